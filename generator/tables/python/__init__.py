"""The engine that needs nothing: rows checked as they come, in Python. What another engine is not sure of is decided here too."""
