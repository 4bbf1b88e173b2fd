"""Data that are no longer those of the newest version of their package: somebody who publishes has a release to make."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.records import Catalogue
from generator.diagnostics.finding import Diagnostic, fault
from generator.packages.fingerprint import of_data


def check(catalogue: Catalogue) -> Iterator[Diagnostic]:
    """One warning a package, of a catalogue without fault; none for a version that records no fingerprint."""
    for package in catalogue.contracts.packages.values():
        newest = package.versions[0] if package.versions else None
        if newest is None or not newest.fingerprint or newest.fingerprint == of_data(package, catalogue):
            continue
        message = "Les données du jeu « {title} » ne sont plus celles de sa version {version}."
        hint = (
            "Il n’y a rien à corriger, et rien à faire pour qui propose un changement. Qui publie donnera une nouvelle version : "
            'generator release {package} --raison "…"'
        )
        values = {"title": package.title, "version": newest.version, "package": package.name}
        yield fault("version-a-donner", newest.position, message, hint, **values)
