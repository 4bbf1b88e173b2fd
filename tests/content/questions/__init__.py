"""Thirteen questions that people ask of this content, each answered on one downloaded file, without putting tables together. What is
expected is counted from the YAML of the content, by other means than ours.

`python -m tests.content.questions` prints each question, its file, its command and its answer.
"""
