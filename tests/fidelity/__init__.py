"""Seeded draws of the content read against its sources (tests/content/fidelity): rows and facts, each with the verdict of who read it."""
