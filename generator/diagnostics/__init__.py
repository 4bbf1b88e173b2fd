"""What is wrong with the content, as values, and how it is told."""
