"""This content, read and checked once for all the tests of a process, and a copy of it in which a test may write."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from copies import Copy
from samples import ROOT

from generator.catalogue.project import Project
from generator.catalogue.records import Catalogue
from generator.commands.check import checked_project


@pytest.fixture(scope="session")
def project() -> Project:
    return checked_project(ROOT)


@pytest.fixture(scope="session")
def catalogue(project: Project) -> Catalogue:
    return project.catalogue


@pytest.fixture(scope="session")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return Copy(tmp_path_factory.mktemp("contenu"))


@pytest.fixture
def copy(copied: Copy) -> Iterator[Copy]:
    yield copied
    copied.undo()
