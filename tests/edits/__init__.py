"""The judge of what is made again: random edits of a project, each followed by what a session that stays open makes of it, compared
byte for byte with a clean build in a fresh process.
"""
