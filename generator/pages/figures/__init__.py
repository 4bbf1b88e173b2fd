"""Drawings of pages, as SVG that reads on a phone, in the dark and on paper; each is told in words beside it."""
