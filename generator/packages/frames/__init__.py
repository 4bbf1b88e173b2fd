"""Blank spreadsheets that people fill: written from contracts, read back as YAML. What they have is declared in contracts/framing.py."""
