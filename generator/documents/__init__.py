"""Files of the content → text with places, before any contract."""
