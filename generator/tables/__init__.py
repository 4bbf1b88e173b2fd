"""Tables of any size: what is asked of their rows, and what is found wrong with them, whatever engine reads them."""
