"""Rows with their places: documents read as the contracts say, and the relations between them."""
