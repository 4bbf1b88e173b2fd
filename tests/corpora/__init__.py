"""Content of other publishers, as it is. Beside this, small made-up twins of public corpora: the same shapes under contracts of ours, with
values of ours. `python -m tests.corpora NAME FOLDER` takes a local copy of the public repository itself, under the same contract.
"""
