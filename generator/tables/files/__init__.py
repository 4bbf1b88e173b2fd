"""Files of CSV → the rows of a table, in text: bytes decoded, records cut, headers understood, each cell with its place; and what is
written so plainly that any engine may read it itself.
"""
