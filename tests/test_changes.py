"""What a site had at a revision and has lost, read from a real repository."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import commit, copy_base, replace, write

from generator.changes.revision import UnknownRevision, at_revision
from generator.commands import cli
from generator.commands.check import checked_project, since

RENAMED = "id: tomate-groseille\nnom: Tomate cerise\nfamille: solanacees\nparente: tomate\nanciens_ids: {}\nsource: {{ouvrage: flore}}\n"


def rename(root: Path, former: str) -> Path:
    """The base committed, then a plant that has another identifier, and says which ones it had."""
    commit(copy_base(root))
    (root / "content/botanique/plantes/tomate-cerise.yaml").unlink()
    write(root, {"content/botanique/plantes/tomate-groseille.yaml": RENAMED.format(former)})
    replace(root, "content/botanique/plantes/tomate.yaml", "compagnes: [tomate-cerise", "compagnes: [tomate-groseille")
    return root


def lost(root: Path, revision: str = "HEAD") -> list[str]:
    return [str(d.position) for d in since(checked_project(root), revision).diagnostics if d.code == "adresse-perdue"]


def test_a_former_identifier_keeps_the_address(tmp_path: Path) -> None:
    assert lost(rename(tmp_path / "sans", "cerisette")) == ["content/botanique/plantes/tomate-groseille.yaml:1:1"]
    assert lost(rename(tmp_path / "avec", "cerisette tomate-cerise")) == []


def test_an_older_revision_and_a_project_in_a_folder_of_the_repository(tmp_path: Path) -> None:
    commit(write(tmp_path, {"LISEZMOI": "Un dépôt.\n"}))
    root = copy_base(tmp_path / "site")
    commit(tmp_path)
    assert lost(root) == []
    assert lost(root, "HEAD~1") == [], "there was no project yet"
    (root / "content/jardins/releves.csv").write_text("id,jardin,jour\nr1,clos-vert,2020-01-05\n", encoding="utf-8")
    assert lost(root) == ["content/jardins/releves.csv"] * 2


@pytest.mark.parametrize("revision", ["rien", "--output=x", "HEAD:content", "", "a b", "\n"])
def test_a_revision_that_is_none_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], revision: str
) -> None:
    root = copy_base(tmp_path)
    with pytest.raises(UnknownRevision), at_revision(root, revision or "-"):
        pass
    commit(root)
    assert cli.main(["check", "-C", str(root), f"--since={revision or '-'}"]) == 2
    assert "n’est pas une révision" in capsys.readouterr().err
    assert not (root / "x").exists()
