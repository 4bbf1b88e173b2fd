"""data.gouv.fr's own harvester takes the catalogue: every package once, every file of it once, as often as it comes back."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from browser import served
from clients.programs import ran
from clients.published import Site
from complets.prepare import HERE, UDATA

from generator import layout

NAME = layout.CATALOGUE


def harvested(folder: Path, times: int = 2) -> dict[str, Any]:
    """What the harvester makes of the catalogue of a folder, served on this machine: its jobs, then the datasets that it keeps."""
    if not UDATA.ready:
        pytest.skip("UDATA ABSENT : « make test-complet » l’installe")
    with served(folder) as address:
        done = ran(UDATA.program("python"), HERE / "harvest.py", address + NAME, str(times))
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def faults(found: dict[str, Any]) -> list[str]:
    """All that it reproached a catalogue."""
    jobs = found["jobs"]
    said = [error for job in jobs for error in job["errors"]]
    said += [
        f"{item['id']} : {item['status']} {item['errors']}"
        for job in jobs
        for item in job["items"]
        if item["status"] != "done"
    ]
    return said + [job["status"] for job in jobs if job["status"] != "done"]


def test_the_catalogue_is_taken_without_loss_or_double(published: Site) -> None:
    once, twice = harvested(published.folder, 1), harvested(published.folder, 2)
    assert faults(twice) == []
    assert twice["datasets"] == once["datasets"], "nothing more the second time"
    titles = [each.package.title for each in published.published.packages]
    assert sorted(dataset["title"] for dataset in twice["datasets"]) == sorted(titles)
    urls = Counter(resource["url"] for dataset in twice["datasets"] for resource in dataset["resources"])
    assert [url for url, number in urls.items() if number > 1] == [], "a table is in its own package only"
    for each in published.published.packages:
        paths = (layout.download(each.package.name, table.path) for table in (*each.own, *each.flat))
        assert {published.project.settings.absolute(path) for path in paths} <= set(urls), each.package.name
    assert {dataset["licence"] for dataset in twice["datasets"]} == {"lov2"}
    for dataset in twice["datasets"]:
        assert {point["role"] for point in dataset["contacts"]} == {"contact", "creator", "publisher"}, dataset["title"]
        wanting = [file["url"] for file in dataset["resources"] if file["url"].endswith(".csv") and not file["schema"]]
        assert wanting == [], "every table has its schema"
        assert all(file["size"] and file["format"] and file["mime"] for file in dataset["resources"])
    print(f"{len(twice['datasets'])} jeux de données, {urls.total()} fichiers")


def test_what_a_contract_says_is_kept(gardens: Site) -> None:
    found = {dataset["title"]: dataset for dataset in harvested(gardens.folder)["datasets"]}
    kept = found["Jardins partagés"]
    assert (kept["frequency"], kept["temporal"]) == ("annual", ["2019-01-01", "2024-02-29"])
    assert kept["url"] == kept["id"] == "https://jardins.exemple.fr/donnees/jardins/"
    assert {point["email"] for point in kept["contacts"]} == {"bonjour@exemple.fr"}


# --- What it is known to do (standards change: these say so) -----------------------------------------------------

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def catalogue(folder: Path, dataset: dict[str, Any], **distribution: Any) -> Path:
    """A folder whose catalogue has one dataset and one distribution of it."""
    file = {
        "@type": "dcat:Distribution",
        "dct:title": "Un tableau",
        "dcat:accessURL": {"@id": "https://exemple.fr/a.csv"},
    }
    told = {
        "@context": CONTEXT,
        "@id": "https://exemple.fr/",
        "@type": "dcat:Catalog",
        "dcat:dataset": {
            "@id": "https://exemple.fr/a/",
            "@type": "dcat:Dataset",
            "dct:title": {"@value": "Un jeu de données", "@language": "fr"},
            "dct:description": "Une description",
            "dcat:distribution": file | distribution,
            **dataset,
        },
    }
    (folder / NAME).write_text(json.dumps(told), encoding="utf-8")
    return folder


LICENCE = {"dct:license": {"@id": "https://www.etalab.gouv.fr/licence-ouverte-open-licence"}}
NAMED = {"dct:identifier": "https://exemple.fr/a/"}


def test_a_dataset_is_taken_whole(tmp_path: Path) -> None:
    frequency = {"@id": "http://publications.europa.eu/resource/authority/frequency/ANNUAL"}
    period = {"@type": "dct:PeriodOfTime", "dcat:startDate": {"@value": "2020-01-01", "@type": "xsd:date"}}
    period |= {"dcat:endDate": {"@value": "2024-12-31", "@type": "xsd:date"}}
    told = NAMED | {"dct:accrualPeriodicity": frequency, "dct:temporal": period, "dcat:keyword": ["autonomie"]}
    found = harvested(catalogue(tmp_path, told, **LICENCE))
    assert faults(found) == []
    (dataset,) = found["datasets"]
    assert (dataset["licence"], dataset["frequency"], dataset["tags"]) == ("lov2", "annual", ["autonomie"])
    assert dataset["temporal"] == ["2020-01-01", "2024-12-31"]
    assert [resource["url"] for resource in dataset["resources"]] == ["https://exemple.fr/a.csv"]


def test_a_dataset_without_an_identifier_is_left_out(tmp_path: Path) -> None:
    assert any("missing identifier" in line for line in faults(harvested(catalogue(tmp_path, {}, **LICENCE))))


def test_a_print_as_dcat_ap_wants_it_is_refused(tmp_path: Path) -> None:
    checksum = {
        "@type": "spdx:Checksum",
        "spdx:algorithm": {"@id": "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"},
    }
    checksum |= {"spdx:checksumValue": {"@value": "ab" * 32, "@type": "xsd:hexBinary"}}
    assert faults(harvested(catalogue(tmp_path, NAMED, **LICENCE, **{"spdx:checksum": checksum})))
