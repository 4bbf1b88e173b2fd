"""How much is remembered from one reading of a project to the next of what is made of texts alone. Only pure functions are: the same
texts, the same value, in any language of the interface. Those that are asked for least lately are forgotten.
"""

from __future__ import annotations

TEXTS = 1 << 17  # of each function: ten times what a large site holds, so that a whole one is known again
