"""`make fuzz`: hostile contents, contracts, settings and names, made of fragments, and what must be true whatever they are.

`fragments` are what texts are made of, `trees` makes YAML documents and mutates them, `properties` says what each kind of
input is laid in, `oracle` what must hold. `make test` runs a short part of it, always the same (tests/test_fuzz.py).
"""
