"""The state of a project in which a version of one of its packages was released, found again in the repository: at its tag, or at
the commit that wrote its record, or at one of those that follow. A state is the one when its data have the recorded fingerprint.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from generator.changes.revision import UnknownRevision, commit_of, commits, text_at
from generator.changes.states import NoState, State, at
from generator.contracts.contract import VERSIONS
from generator.contracts.model import Version
from generator.contracts.versions import read_versions
from generator.documents.yaml import parse_yaml
from generator.layout import CONTENT, PACKAGES
from generator.packages.fingerprint import of_data

MOST = 20  # commits that are tried after the one that wrote a record


def tag(package: str, version: str) -> str:
    """The tag of a version."""
    return f"{package}-{version}"


class Past:
    """The past of the project at `root`: each state is read once, and lasts as long as the stack."""

    def __init__(self, root: Path, stack: ExitStack) -> None:
        self.root = root
        self._stack = stack
        self._states: dict[str, State | None] = {}

    def of(self, package: str, version: Version) -> tuple[str, State] | None:
        """The commit and the state of a version; None when the repository does not give it, or there is none. The commit that
        wrote a record without fingerprint is believed.
        """
        try:
            known = ((commit, self._state(commit)) for commit in self._candidates(package, version.version))
            states = [(commit, state) for commit, state in known if state is not None]
            return next(
                (
                    (commit, state)
                    for is_of in (_is_of, _may_be_of)
                    for commit, state in states
                    if is_of(state, package, version)
                ),
                None,
            )
        except UnknownRevision:
            return None

    def _candidates(self, package: str, version: str) -> list[str]:
        """The commits to try, those of one tag or record first. Raises UnknownRevision."""
        path = f"{PACKAGES}/{package}/{VERSIONS}"
        wrote, after = "", "HEAD"
        for commit in commits(self.root, "HEAD", path):
            newest = _newest(text_at(self.root, commit, path), path)
            if newest == version:
                wrote = commit
            elif wrote:
                break
            else:
                after = commit
        follow = commits(self.root, f"{wrote}..{after}", CONTENT, PACKAGES)[::-1][:MOST] if wrote else []
        tagged = self._commit(f"refs/tags/{tag(package, version)}")
        return list(dict.fromkeys(filter(None, (tagged, wrote, *follow))))

    def _commit(self, revision: str) -> str:
        try:
            return commit_of(self.root, revision)
        except UnknownRevision:
            return ""

    def _state(self, commit: str) -> State | None:
        if commit not in self._states:
            try:
                self._states[commit] = at(self.root, commit, self._stack)
            except NoState:
                self._states[commit] = None
        return self._states[commit]


def _newest(text: str, path: str) -> str:
    """The newest version of a file of versions, "" for none."""
    versions = read_versions(parse_yaml(path, text.encode())[0], []) if text else ()
    return versions[0].version if versions else ""


def _is_of(state: State, package: str, version: Version) -> bool:
    found = state.catalogue.contracts.packages.get(package)
    if found is None or not found.versions or found.versions[0].version != version.version:
        return False
    return not version.fingerprint or of_data(found, state.catalogue) == version.fingerprint


def _may_be_of(state: State, package: str, version: Version) -> bool:
    """Whether a state whose large tables have files that are no longer there gives a version: its print cannot be known."""
    found = state.catalogue.contracts.packages.get(package)
    if found is None or not found.versions or found.versions[0].version != version.version:
        return False
    tables = (state.catalogue.tables[name] for name in found.resources if name in state.catalogue.tables)
    return any(table.elsewhere is not None and not table.elsewhere.there for table in tables)
