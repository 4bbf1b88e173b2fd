"""Sentences and their links: Markdown, what its links name, who quotes what, how much is bound to data."""
