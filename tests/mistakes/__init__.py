"""Realistic mistakes made in the content of a site (tests/content/mistakes), each written with what one expects to be told of it before
it was tried.
"""
