"""Imported, it cuts the guides, which are the same for every project: clean builds fork from there."""

from __future__ import annotations

from generator.pages import help

tuple(help._guides())
