"""What machines seek and harvest: each catalogue says the same packages, is what its standard wants by programs that we did not write,
and stays itself whatever the titles are.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from clients import programs
from clients.published import Site
from lxml import etree
from samples import DATE, copy_base, replace

from generator import layout
from generator.catalogue.sitemap import sitemap
from generator.commands.check import checked_project
from generator.commands.making.pipeline import build
from generator.contracts.extent import first_day, last_day
from generator.packages import folder, metadata
from generator.packages.built import Published
from generator.packages.metadata import croissant, csvw
from generator.pages.kinds import page_kinds
from generator.site.engine import ENGINES

SITE = "https://jardins.exemple.fr/"
PREFIXES = """
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX vcard: <http://www.w3.org/2006/vcard/ns#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


def read(path: Path) -> Any:
    return json.loads(path.read_bytes())


def embedded(site: Site) -> dict[str, Any]:
    """The JSON-LD of the pages of a site, by their paths."""
    found = metadata.embedded(site.published.packages, site.project.settings)
    return {path: json.loads(text) for path, text in found.items()}


# --- DCAT --------------------------------------------------------------------------------------------------------


def test_the_official_shapes_accept_the_catalogue(published: Site) -> None:
    found = programs.shacl(published.folder / layout.CATALOGUE, *programs.DCAT_SHAPES, terms=[programs.DCAT_TERMS])
    assert found == []


def test_a_host_of_files_and_a_harvester_read_the_catalogue_as_it_is(published: Site) -> None:
    text = (published.folder / layout.CATALOGUE).read_bytes()
    assert text.isascii()
    assert isinstance(json.loads(text)["@context"], dict), "nothing else is fetched"
    assert b"checksum" not in text, "what the shapes want of it makes data.gouv.fr refuse the dataset"
    graph = programs.graph(published.folder / layout.CATALOGUE)
    periods = graph.query(f"{PREFIXES} SELECT ?period {{ ?dataset dct:temporal ?period . FILTER isIRI(?period) }}")
    assert list(periods) == [], "an address would be fetched"


def place_of(published: Site, url: object) -> Path:
    """The file that an address of the site names."""
    return published.folder / unquote(str(url).removeprefix(published.project.settings.site_url))


def test_every_file_is_in_the_catalogue_once_with_its_size(published: Site) -> None:
    graph = programs.graph(published.folder / layout.CATALOGUE)
    found = Counter[str]()
    for url, size in graph.query(
        f"{PREFIXES} SELECT ?url ?size {{ ?file dcat:downloadURL ?url ; dcat:byteSize ?size }}"
    ):
        path = place_of(published, url)
        found[path.relative_to(published.folder).as_posix()] += 1
        assert path.stat().st_size == int(size)
    wanted = Counter[str]()
    for each in published.published.packages:
        files = [*each.files, *(file for table in (*each.own, *each.flat) for file in table.files)]
        wanted.update(layout.download(each.package.name, file.path) for file in files)
    assert found == wanted
    assert set(found.values()) == {1}
    number = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+")
    assert not [path for path in found if number.search(path)], "an address that has a version in it changes"


def test_every_csv_says_its_schema(published: Site) -> None:
    graph = programs.graph(published.folder / layout.CATALOGUE)
    asked = f'{PREFIXES} SELECT ?url ?schema {{ ?file dcat:downloadURL ?url . FILTER strends(str(?url), ".csv") '
    rows = list(graph.query(f"{asked} OPTIONAL {{ ?file dct:conformsTo ?schema }} }}"))
    assert len(rows) == sum(len((*each.own, *each.flat)) for each in published.published.packages)
    for url, schema in rows:
        described, place = read(place_of(published, schema)), place_of(published, url)
        with place.open(encoding="utf-8", newline="") as stream:
            assert next(csv.reader(stream)) == [field["name"] for field in described["fields"]]


def test_the_catalogue_means_what_the_contract_says(gardens: Site) -> None:
    graph = programs.graph(gardens.folder / layout.CATALOGUE)
    [row] = graph.query(
        f"""{PREFIXES} SELECT * {{
          ?dataset a dcat:Dataset ; dct:identifier ?identifier ; dct:title ?title ; dct:temporal ?period ; dct:spatial ?place ;
            dct:accrualPeriodicity ?frequency ; dcat:theme ?theme ; dct:license ?licence ; dct:issued ?issued ;
            dct:publisher ?publisher ; dcat:contactPoint ?contact ; dcat:landingPage ?page .
          ?period dcat:startDate ?start ; dcat:endDate ?end . ?place rdfs:label ?country .
          ?publisher a foaf:Agent ; foaf:name ?name . ?contact a vcard:Kind, vcard:Organization ; vcard:hasEmail ?mail .
        }}"""
    )
    told = {str(name): value for name, value in row.asdict().items()}
    authority = "http://publications.europa.eu/resource/authority/"
    assert {name: str(told[name]) for name in ("identifier", "frequency", "theme", "place", "licence", "mail")} == {
        "identifier": f"{SITE}donnees/jardins/",
        "frequency": f"{authority}frequency/ANNUAL",
        "theme": f"{authority}data-theme/ENVI",
        "place": f"{authority}country/FRA",
        "licence": "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
        "mail": "mailto:bonjour@exemple.fr",
    }
    assert told["dataset"] == told["page"]
    assert (told["title"].language, str(told["title"])) == ("fr", "Jardins partagés")
    assert [told[name].n3(graph.namespace_manager) for name in ("start", "end", "issued")] == [
        '"2019-01-01"^^xsd:date', '"2024-02-29"^^xsd:date', f'"{DATE}"^^xsd:date',
    ]  # fmt: skip
    assert (str(told["name"]), str(told["country"])) == ("Les jardiniers", "France")


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2023", "2023-01-01", "2023-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2023-02-03", "2023-02-03", "2023-02-03"),
    ],
)
def test_a_date_has_a_first_and_a_last_day(date: str, first: str, last: str) -> None:
    assert (first_day(date), last_day(date)) == (first, last)


# --- schema.org --------------------------------------------------------------------------------------------------


def test_google_and_typescript_accept_what_pages_hold(published: Site, tmp_path: Path) -> None:
    for path, document in embedded(published).items():
        assert programs.shacl(document, programs.GOOGLE_SHAPES) == [], path
    page = published.published.packages[-1].package.name
    for path in (layout.words().data, layout.package(page)):
        document = embedded(published)[path]
        assert programs.schema_dts(document["@type"], document, tmp_path) == [], path


def test_a_short_description_is_followed_by_the_tables(tmp_path: Path) -> None:
    copy_base(tmp_path)
    replace(
        tmp_path, "datapackages/jardins/datapackage.yaml",
        "Les jardins, leurs parcelles et les relevés qu’on y fait : « tout ce qui pousse ».", "Nos jardins.",
    )  # fmt: skip
    document = embedded(publish(tmp_path))["donnees/jardins/"]
    assert document["description"].startswith(
        "Nos jardins. Les tables de ce jeu de données\u202f: Jardins ; Parcelles ; "
    )
    assert programs.shacl(document, programs.GOOGLE_SHAPES) == []


# --- CSV on the Web ----------------------------------------------------------------------------------------------


def test_csvwvalidate_accepts_every_package(published: Site) -> None:
    for name, place in published.packages.items():
        assert programs.csvwvalidate(place / csvw.PLACE) == [], name


def test_csvwvalidate_sees_what_is_wrong(gardens: Site, tmp_path: Path) -> None:
    place = Path(shutil.copytree(gardens.packages["jardins"], tmp_path / "jardins"))
    replace(place, "data/releves.csv", "r3,petit-pre", "r3,grand-pre")
    assert any("grand-pre" in line for line in programs.csvwvalidate(place / csvw.PLACE)), "a broken key"
    replace(place, "data/releves.csv", "r3,grand-pre,2020-", "r3,petit-pre,20-20-")
    assert any("20-20-" in line for line in programs.csvwvalidate(place / csvw.PLACE)), "a date that is none"


# --- Croissant ---------------------------------------------------------------------------------------------------


def test_croissant_names_files_columns_and_keys_that_are_there(published: Site) -> None:
    for place in published.packages.values():
        found = read(place / croissant.FILE)
        assert {"name", "description", "url", "license", "creator", "datePublished"} <= set(found)
        assert found["conformsTo"] == "http://mlcommons.org/croissant/1.0"
        files = {file["@id"]: file for file in found["distribution"]}
        for path, file in files.items():
            assert hashlib.sha256((place / path).read_bytes()).hexdigest() == file["sha256"]
        fields = {field["@id"] for records in found["recordSet"] for field in records["field"]}
        for records in found["recordSet"]:
            columns = [field["source"]["extract"]["column"] for field in records["field"]]
            [path] = {field["source"]["fileObject"]["@id"] for field in records["field"]}
            with (place / path).open(encoding="utf-8", newline="") as stream:
                assert next(csv.reader(stream)) == columns
            assert {key["@id"] for key in records["key"]} <= fields
            named = {field["references"]["field"]["@id"] for field in records["field"] if "references" in field}
            assert named <= fields
        assert len(fields) == sum(len(records["field"]) for records in found["recordSet"]), (
            "an identifier is one thing's"
        )


# --- llms.txt, robots.txt ----------------------------------------------------------------------------------------


def test_every_link_of_llms_leads_somewhere(published: Site) -> None:
    project = published.project
    text = (published.folder / layout.LLMS).read_text(encoding="utf-8")
    urls = re.findall(r"^- \[.*\]\((\S+)\)", text, re.MULTILINE)
    assert len(urls) == text.count("\n- ")
    pages = {
        address.path for address in sitemap(project.catalogue, project.names, page_kinds(), project.settings.guides)
    }
    for url in urls:
        path = url.removeprefix(project.settings.site_url)
        assert path in pages or (published.folder / path).is_file(), url
    assert {layout.package(name) for name in published.packages} <= {
        url.removeprefix(project.settings.site_url) for url in urls
    }


def test_robots_read_everything_and_find_the_map(published: Site) -> None:
    text = (published.folder / layout.ROBOTS).read_text(encoding="utf-8")
    assert text == f"User-agent: *\nDisallow:\n\nSitemap: {published.project.settings.site_url}sitemap.xml\n"


# --- Without the address of the site -----------------------------------------------------------------------------


def publish(root: Path) -> Site:
    """The packages of a project as it is, and what describes them, in `publie/`."""
    project, where = checked_project(root), root / "publie"
    assert not project.faulty, [str(found.message) for found in project.diagnostics]
    packages = folder.write(project.catalogue, project.settings, DATE, where / layout.words().data)
    published = Published(project.catalogue, project.settings, DATE, packages)
    metadata.write(published, where)
    return Site(project, published, where)


@pytest.fixture
def nowhere(tmp_path: Path) -> Site:
    """The small project, whose address nobody knows."""
    copy_base(tmp_path)
    replace(tmp_path, "mkdocs.yml", f"site_url: {SITE}\n", "")
    return publish(tmp_path)


def test_without_an_address_nothing_is_invented(nowhere: Site) -> None:
    names = {path.name for path in nowhere.folder.rglob("*") if path.is_file()}
    assert not names & {layout.CATALOGUE, croissant.FILE, "versions.atom"}
    assert (nowhere.folder / layout.ROBOTS).read_text(encoding="utf-8") == "User-agent: *\nDisallow:\n"
    assert "](/donnees/jardins/)" in (nowhere.folder / layout.LLMS).read_text(encoding="utf-8")
    assert programs.csvwvalidate(nowhere.packages["jardins"] / csvw.PLACE) == []
    package = next(each.package for each in nowhere.published.packages)
    linked = [link.path for link in metadata.links(nowhere.project.settings, package)]
    assert all((nowhere.folder / path).is_file() for path in linked)


def test_without_an_address_files_are_found_from_the_page(nowhere: Site) -> None:
    here = embedded(nowhere)["donnees/jardins/"]
    assert programs.shacl(here, programs.GOOGLE_SHAPES) == []
    assert not {"@id", "identifier"} & set(here)
    for file in here["distribution"]:
        assert (nowhere.folder / urljoin("donnees/jardins/", file["contentUrl"])).is_file()


# --- Whatever the titles -----------------------------------------------------------------------------------------

HOSTILE = 'Jar]( "l\'enclos" <!-- </script><script>alert(1)</script> ]]> &amp; [x]: y 🌿 \u05d2\u05df 14 \\ {{ 7*7 }} {% raw %} #'


@pytest.fixture(scope="module", params=ENGINES)
def hostile(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a package whose title and keyword would break what is not careful, by each engine."""
    root = copy_base(tmp_path_factory.mktemp("hostile"), theme=True)
    contract = "datapackages/jardins/datapackage.yaml"
    written = json.dumps(HOSTILE, ensure_ascii=False)
    replace(root, contract, "title: Jardins partagés\n", f"title: {written}\n")
    replace(root, contract, "[jardin, parcelle]", f"[jardin, {written}]")
    project = checked_project(root)
    assert not project.faulty, [str(found.message) for found in project.diagnostics]
    assert not build(project, request.param, DATE, lambda *told: None, validate=False).diagnostics
    return root / "site"


def titles(site: Path) -> Iterator[object]:
    """The title of the package, wherever it is described."""
    package = site / "donnees/jardins"
    yield read(package / "datapackage.json")["title"]
    yield read(package / csvw.PLACE)["dc:title"]
    yield read(package / croissant.FILE)["name"]
    [found] = (each for each in read(site / layout.CATALOGUE)["dcat:dataset"] if each["@id"].endswith("/jardins/"))
    yield found["dct:title"]["@value"]
    yield found["dcat:keyword"][1]["@value"]
    held = script(package / "index.html")
    yield from (held["name"], held["keywords"][1])
    yield next(each for each in script(site / "donnees/index.html")["dataset"] if each["name"] == held["name"])["name"]


def head(page: Path) -> etree._Element:
    found = etree.fromstring(page.read_bytes(), etree.HTMLParser(encoding="utf-8")).find("head")
    assert found is not None
    return found


def script(page: Path) -> Any:
    """The data that a page holds: a script that nothing runs, and the only one."""
    [found] = head(page).iter("script")
    assert found.get("type") == "application/ld+json"
    return json.loads(found.text or "")


def test_a_hostile_title_stays_itself_in_every_format(hostile: Path) -> None:
    assert list(titles(hostile)) == [HOSTILE] * 8
    assert programs.shacl(hostile / layout.CATALOGUE, *programs.DCAT_SHAPES, terms=[programs.DCAT_TERMS]) == []
    text = (hostile / layout.LLMS).read_text(encoding="utf-8")
    words = HOSTILE.replace("[", "\\[").replace("]", "\\]")
    assert f"- [{words}]({SITE}donnees/jardins/)" in text


def test_the_head_of_a_page_of_data_leads_to_what_describes_it(hostile: Path) -> None:
    def links(path: str) -> dict[str, tuple[str, str]]:
        page = f"{SITE}{path}"
        found = (link for link in head(hostile / path / "index.html").iter("link") if link.get("title"))
        return {
            urljoin(page, str(link.get("href"))).removeprefix(SITE): (str(link.get("rel")), str(link.get("type")))
            for link in found
        }

    catalogue = {layout.CATALOGUE: ("alternate", "application/ld+json")}
    atom = {"donnees/botanique/versions.atom": ("alternate", "application/atom+xml")}
    assert links("donnees/") == catalogue
    assert links("donnees/botanique/versions/") == atom
    assert links("donnees/botanique/") == catalogue | atom | {
        "donnees/botanique/datapackage.json": ("alternate", "application/json"),
        "donnees/botanique/croissant.json": ("alternate", f'application/ld+json; profile="{croissant.CONFORMS}"'),
        "donnees/botanique/data/csv-metadata.json": ("describedby", "application/csvm+json"),
    }
    assert links("jardins/") == {}


def test_the_map_of_the_site_has_the_pages_of_data(hostile: Path) -> None:
    names = {
        str(found.text) for found in ElementTree.parse(hostile / layout.SITE_MAP).iter() if found.tag.endswith("loc")
    }
    pages = ("donnees/", "donnees/jardins/", "donnees/botanique/", "donnees/botanique/versions/")
    assert {f"{SITE}{page}" for page in pages} <= names
    for name in names:
        path = unquote(urlsplit(name).path).lstrip("/")
        assert (hostile / path / "index.html").is_file(), name


def test_the_bytes_are_the_same_again(tmp_path: Path) -> None:
    sites = []
    for name in ("un", "deux"):
        site = publish(copy_base(tmp_path / name))
        paths = (
            layout.CATALOGUE,
            layout.LLMS,
            layout.ROBOTS,
            f"donnees/jardins/{csvw.PLACE}",
            "donnees/jardins/croissant.json",
        )
        made = metadata.embedded(site.published.packages, site.project.settings)
        sites.append(({path: (site.folder / path).read_bytes() for path in paths}, made))
    assert sites[0] == sites[1]
