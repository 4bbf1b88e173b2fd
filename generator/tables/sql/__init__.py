"""What is asked of an engine of SQL, whichever it is: rows laid for it, conditions of which it is sure, questions, and from the numbers of
rows that it finds to causes with their places.
"""
