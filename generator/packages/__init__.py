"""What is re-used: the data packages, their descriptors and their files."""
