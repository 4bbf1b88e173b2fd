"""What one asks for: one file per command."""
