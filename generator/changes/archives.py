"""The archives of all versions that record a fingerprint: those that are published already as they are, the others built again from
the state that the repository gives. Each has the recorded fingerprint, or none is given.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from generator import layout
from generator.catalogue.project import Project
from generator.changes.past import Past, tag
from generator.changes.states import State
from generator.contracts.model import Package, Version
from generator.packages.archive import archived, fingerprint_of
from generator.packages.folder import write_one
from generator.text.interface import Sentence, sentence


class NoArchive(Exception):
    """An archive that cannot be; the sentence says why."""

    def __init__(self, told: Sentence) -> None:
        super().__init__(str(told))
        self.told = told


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive: its version, its tag, the commit that it was built from ("" when it was published before), its place on the
    site and its file.
    """

    package: Package
    version: Version
    tag: str
    commit: str
    path: str
    file: Path


def archives(project: Project, published: Path | None, folder: Path) -> tuple[Archive, ...]:
    """All of them, in the order of the packages, the newest first. `published`: a folder of those that are already, by their
    names; `folder`: where the others are made. Raises NoArchive.
    """
    with ExitStack() as stack:
        past = Past(project.root, stack)
        return tuple(
            _archive(project, package, version, past, (published, folder))
            for package in project.catalogue.contracts.packages.values()
            for version in package.versions
            if version.fingerprint
        )


def _archive(
    project: Project, package: Package, version: Version, past: Past, folders: tuple[Path | None, Path]
) -> Archive:
    published, made = folders
    path = layout.archive(package.name, version.version, version.date)
    name, label = path.rpartition("/")[2], tag(package.name, version.version)
    kept = published / name if published is not None else None
    if kept is not None and kept.is_file() and not kept.is_symlink():
        file, commit = kept, ""
    else:
        found = past.of(package.name, version)
        if found is None:
            message = (
                "{package} {version} : ni l’étiquette « {tag} » ni l’historique de git ne donnent des données qui aient l’empreinte "
                "enregistrée. Cette version ne peut pas être publiée."
            )
            raise NoArchive(sentence(message, package=package.name, version=version.version, tag=label))
        commit, state = found
        file = _built(project, package.name, version, state, made / name)
    if fingerprint_of(file) != version.fingerprint:
        message = "{package} {version} : l’archive « {name} » n’a pas l’empreinte enregistrée. Elle n’est pas publiée."
        raise NoArchive(sentence(message, package=package.name, version=version.version, name=name))
    return Archive(package, version, label, commit, path, file)


def _built(project: Project, name: str, version: Version, state: State, file: Path) -> Path:
    """The archive of a package as it was in a state, which may not say where the site and the repository are: a file that is made."""
    now, then = project.settings, state.project.settings
    settings = replace(then, site_url=then.site_url or now.site_url, repo_url=then.repo_url or now.repo_url)
    with tempfile.TemporaryDirectory() as folder:
        built = write_one(name, state.catalogue, settings, version.date, Path(folder))
        shutil.move(archived(built), file)
    return file


def rebuilt(found: tuple[Archive, ...]) -> Iterator[Archive]:
    """Those that are not published yet."""
    return (archive for archive in found if archive.commit)
