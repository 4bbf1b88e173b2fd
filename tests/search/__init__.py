"""Questions that people type in the search of a site (tests/content/search), each with the pages that answer it. `python -m tests.search`
asks them in Chromium, on the built site, and prints where the right page came.
"""
