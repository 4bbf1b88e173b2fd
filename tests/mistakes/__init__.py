"""Realistic mistakes made in the content of this site, each written with what one expects to be told of it before it was tried."""
