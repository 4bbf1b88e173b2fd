"""`make bench`: what the generator costs, measured on the real content and on copies ten and a hundred times its size."""
