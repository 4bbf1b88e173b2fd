"""Small packages of anybody, with the verdict that the standard gives: `make` writes one in a folder, `CASES` are the rules of the standard,
one by one. A case is a title, whether the package is valid, and what changes in the base: a path in the descriptor → a value, `GONE` for
one that goes away; the name of a file → its text.
"""

from __future__ import annotations

import copy
import gzip
import json
from pathlib import Path
from typing import Any

GONE = object()
BASE: dict[str, Any] = {
    "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
    "name": "serres",
    "id": "https://exemple.fr/serres",
    "licenses": [{"name": "etalab-2.0"}],
    "resources": [
        {
            "name": "serres",
            "type": "table",
            "path": "serres.csv",
            "encoding": "utf-8",
            "schema": {
                "fields": [
                    {"name": "id", "type": "string"},
                    {"name": "n", "type": "integer"},
                    {"name": "v", "type": "string"},
                ]
            },
        }
    ],
}
FILES = {"serres.csv": "id,n,v\na,1,un\nb,2,deux\n"}
TABLE = "resources.0"
SCHEMA = f"{TABLE}.schema"
V = f"{SCHEMA}.fields.2"

Case = tuple[str, bool, dict[str, Any]]


def changed(descriptor: dict[str, Any], path: str, value: object) -> None:
    """Put a value at a path of a descriptor, made of keys and of ranks."""
    *steps, last = path.split(".")
    at: Any = descriptor
    for step in steps:
        at = at[int(step)] if isinstance(at, list) else at.setdefault(step, {})
    if value is GONE:
        del at[last]
    elif isinstance(at, list) and int(last) == len(at):
        at.append(value)
    else:
        at[int(last) if isinstance(at, list) else last] = value


def make(folder: Path, changes: dict[str, Any]) -> Path:
    """Write the base in a folder, with changes: names of files have a dot before `csv`, `json`, `bin` or `gz`."""
    descriptor, files = copy.deepcopy(BASE), dict(FILES)
    for path, value in changes.items():
        if path.endswith((".csv", ".json", ".bin", ".tsv", ".gz", ".xlsx")):
            files[path] = value
        else:
            changed(descriptor, path, value)
    files.setdefault("datapackage.json", json.dumps(descriptor, ensure_ascii=False, indent=1))
    for name, text in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def column(kind: str, *texts: str, **more: object) -> dict[str, Any]:
    """The column `v` of a type, and its texts, one row each."""
    rows = "".join(f"r{n},{n},{text}\n" for n, text in enumerate(texts))
    return {V: {"name": "v", "type": kind} | more, "serres.csv": f"id,n,v\n{rows}"}


def asked(kind: str, *texts: str, **constraints: object) -> dict[str, Any]:
    """The same, with constraints."""
    return column(kind, *texts, constraints=constraints)


def inline(rows: object, *fields: dict[str, Any], **more: object) -> dict[str, Any]:
    """A table that the descriptor holds itself."""
    own = {"name": "serres", "type": "table", "data": rows, "schema": {"fields": list(fields)}} | more
    return {TABLE: own}


def second(*names: str, **more: object) -> dict[str, Any]:
    """A second resource, `pays`, of columns of texts."""
    fields = [{"name": name, "type": "string"} for name in names]
    own = {"name": "pays", "type": "table", "path": "pays.csv", "schema": {"fields": fields}}
    return {"resources.1": own | more}


def key(fields: list[str], named: list[str], resource: str) -> dict[str, Any]:
    """A foreign key."""
    reference = {"resource": resource, "fields": named}
    return {f"{SCHEMA}.foreignKeys": [{"fields": fields, "reference": reference}]}


INTEGER, TEXT = {"name": "n", "type": "integer"}, {"name": "v", "type": "string"}
PACKAGE: list[Case] = [
    ("le paquet de départ", True, {}),
    ("sans resources", False, {"resources": GONE}),
    ("resources vide", False, {"resources": []}),
    ("resources n’est pas une liste", False, {"resources": {}}),
    ("une ressource n’est pas un groupe", False, {TABLE: "serres"}),
    ("name n’est pas un texte", False, {"name": 12}),
    ("title null", False, {"title": None}),
    ("sans name, id ni licenses", True, {"name": GONE, "id": GONE, "licenses": GONE}),
    ("licenses vide", False, {"licenses": []}),
    ("licence sans name ni path", False, {"licenses": [{"title": "Libre"}]}),
    ("licence par son adresse", True, {"licenses": [{"path": "https://exemple.fr/licence"}]}),
    ("licence au nom en toutes lettres", False, {"licenses": [{"name": "Licence Ouverte"}]}),
    ("licence dans un fichier au-dessus", False, {"licenses": [{"path": "../LICENCE"}]}),
    ("contributor vide", False, {"contributors": [{}]}),
    ("contributors vide", False, {"contributors": []}),
    ("contributor complet", True, {"contributors": [{"title": "A", "givenName": "B", "roles": ["creator"]}]}),
    ("roles en texte", False, {"contributors": [{"title": "A", "roles": "creator"}]}),
    ("role de la version 1", True, {"contributors": [{"title": "A", "role": "author"}]}),
    ("adresse électronique fausse", False, {"contributors": [{"title": "A", "email": "personne"}]}),
    ("source vide", False, {"sources": [{}]}),
    ("sources vide", True, {"sources": []}),
    ("source et sa version", True, {"sources": [{"title": "A", "version": "2024"}]}),
    ("version d’une source en nombre", False, {"sources": [{"title": "A", "version": 2024}]}),
    ("created, date seule", False, {"created": "2025-11-03"}),
    ("created", True, {"created": "2025-11-03T00:00:00Z"}),
    ("created, décalage", True, {"created": "2025-11-03T01:00:00.5+01:00"}),
    ("created, mois faux", False, {"created": "2025-13-03T00:00:00Z"}),
    ("homepage", False, {"homepage": "exemple.fr"}),
    ("keywords en texte", False, {"keywords": "serres"}),
    ("keywords, un nombre", False, {"keywords": ["serres", 3]}),
    ("image absolue", False, {"image": "/serres.png"}),
    ("propriété d’ailleurs", True, {"dc:temporal": {"start": 1}, "x": None}),
    ("profil d’un autre", True, {"$schema": "https://exemple.fr/profil.json"}),
    ("fichier qui n’est pas du JSON", False, {"datapackage.json": "{'a': 1}"}),
    ("NaN", False, {"datapackage.json": '{"resources": NaN}'}),
    ("liste à la racine", False, {"datapackage.json": "[]"}),
    ("fichier vide", False, {"datapackage.json": ""}),
    ("clé en double", False, {"datapackage.json": '{"resources": [], "resources": []}'}),
    ("BOM", True, {"datapackage.json": b"\xef\xbb\xbf" + json.dumps(BASE).encode()}),
    ("UTF-8 faux", False, {"datapackage.json": b'{"name": "\xe9"}'}),
]
RESOURCE: list[Case] = [
    ("ressource sans name", False, {f"{TABLE}.name": GONE}),
    ("name vide", False, {f"{TABLE}.name": ""}),
    ("name accentué", True, {f"{TABLE}.name": "Les Serres"}),
    ("deux ressources de même nom", False, {"resources.1": BASE["resources"][0]}),
    ("ni path ni data", False, {f"{TABLE}.path": GONE}),
    ("path et data", False, {f"{TABLE}.data": []}),
    ("type inconnu", False, {f"{TABLE}.type": "tableau"}),
    ("path, un nombre", False, {f"{TABLE}.path": 3}),
    ("path vide", False, {f"{TABLE}.path": ""}),
    ("path, liste vide", False, {f"{TABLE}.path": []}),
    ("fichier absent", False, {f"{TABLE}.path": "serre.csv"}),
    ("fichier d’une autre casse", False, {f"{TABLE}.path": "Serres.csv"}),
    ("dossier", False, {f"{TABLE}.path": "d", "d/x.csv": ""}),
    ("chemin absolu", False, {f"{TABLE}.path": "/etc/passwd"}),
    ("chemin de Windows", False, {f"{TABLE}.path": "C:\\serres.csv"}),
    ("chemin au-dessus", False, {f"{TABLE}.path": "../serres.csv"}),
    ("chemin au-dessus, au milieu", False, {f"{TABLE}.path": "a/../../serres.csv"}),
    ("chemin depuis ici", False, {f"{TABLE}.path": "./serres.csv"}),
    ("dossier caché", False, {f"{TABLE}.path": ".h/serres.csv", ".h/serres.csv": "id,n,v\n"}),
    ("maison", False, {f"{TABLE}.path": "~/serres.csv"}),
    ("file:", False, {f"{TABLE}.path": "file:///etc/passwd"}),
    ("barre oblique inverse", False, {f"{TABLE}.path": "d\\serres.csv"}),
    ("adresse du web", True, {f"{TABLE}.path": "https://exemple.fr/serres.csv"}),
    ("adresse et chemin mêlés", False, {f"{TABLE}.path": ["https://exemple.fr/serres.csv", "serres.csv"]}),
    ("url de la version 0", True, {f"{TABLE}.path": GONE, f"{TABLE}.url": "serres.csv"}),
    ("mediatype", False, {f"{TABLE}.mediatype": "csv"}),
    ("encodage inconnu", False, {f"{TABLE}.encoding": "utf-9"}),
    ("bytes", True, {f"{TABLE}.bytes": 23}),
    ("bytes faux", False, {f"{TABLE}.bytes": 22}),
    ("bytes en texte", False, {f"{TABLE}.bytes": "24"}),
    ("hash md5", True, {f"{TABLE}.hash": "cbcd7437d0a359d291bf0541ebb1b22e"}),
    ("hash md5 faux", False, {f"{TABLE}.hash": "00000000000000000000000000000000"}),
    ("hash sha256 faux", False, {f"{TABLE}.hash": "sha256:" + "0" * 64}),
    ("hash trop court", False, {f"{TABLE}.hash": "sha256:00"}),
    ("hash d’un calcul inconnu", True, {f"{TABLE}.hash": "tiger:00"}),
    ("fichier qui n’est pas une table", True, {"resources.1": {"name": "notice", "path": "notice.bin"}, "notice.bin": b"\0\1"}),
    ("fichier qui n’est pas une table, absent", False, {"resources.1": {"name": "notice", "path": "notice.bin"}}),
    ("fichier qui n’est pas une table, bytes", False, {"resources.1": {"name": "x", "path": "x.bin", "bytes": 3}, "x.bin": b"\0\1"}),
    ("table d’un classeur", True, {f"{TABLE}.path": "serres.xlsx", "serres.xlsx": b"PK"}),
    ("table sans schéma", True, {SCHEMA: GONE}),
    ("data en texte sans format", False, {TABLE: {"name": "t", "data": "a,b"}}),
    ("data, un nombre", False, {TABLE: {"name": "t", "data": 3}}),
    ("data qui n’est pas une table", True, {TABLE: {"name": "t", "data": {"a": 1}}}),
    ("profile de la version 1", True, {"$schema": GONE, "profile": "tabular-data-package", f"{TABLE}.profile": "tabular-data-resource"}),
    ("schéma dans un fichier", True, {SCHEMA: "schema.json", "schema.json": json.dumps(BASE["resources"][0]["schema"])}),
    ("schéma dans un fichier, faux", False, {SCHEMA: "schema.json", "schema.json": '{"fields": [{"name": 3}]}'}),
    ("schéma dans un fichier absent", False, {SCHEMA: "schema.json"}),
    ("schéma dans un fichier au-dessus", False, {SCHEMA: "../schema.json"}),
    ("schéma ailleurs", True, {SCHEMA: "https://exemple.fr/schema.json"}),
    ("schéma, un nombre", False, {SCHEMA: 3}),
    ("dialecte dans un fichier", True, {f"{TABLE}.dialect": "dialecte.json", "dialecte.json": '{"delimiter": ","}'}),
]  # fmt: skip
DEEP = {"properties": {"a": {"items": {"items": {"items": {"type": "integer"}}}}}}
SCHEMAS: list[Case] = [
    ("schéma sans fields", False, {f"{SCHEMA}.fields": GONE}),
    ("fields vide", False, {f"{SCHEMA}.fields": []}),
    ("colonne sans name", False, {f"{V}.name": GONE}),
    ("deux colonnes de même nom", False, {f"{V}.name": "n"}),
    ("type inconnu", False, {f"{V}.type": "str"}),
    ("sans type", True, {f"{V}.type": GONE}),
    ("format inconnu", False, {f"{V}.format": "mail"}),
    ("format d’un type sans format", False, {f"{SCHEMA}.fields.1.format": "decimal"}),
    ("format default", True, {f"{SCHEMA}.fields.1.format": "default"}),
    ("motif de date", True, column("date", "05/01/2024", format="%d/%m/%Y")),
    ("motif de date impossible", False, column("date", format="%Q")),
    ("example en nombre", False, {f"{V}.example": 3}),
    ("contrainte d’un autre type", False, {f"{V}.constraints": {"minimum": 3}}),
    ("contrainte mal nommée", True, {f"{V}.constraints": {"minlength": 1}}),
    ("required en texte", False, {f"{V}.constraints": {"required": "true"}}),
    ("minLength en texte", False, {f"{V}.constraints": {"minLength": "2"}}),
    ("minimum qui n’est pas du type", False, {f"{SCHEMA}.fields.1.constraints": {"minimum": "un"}}),
    ("minimum en texte", True, {f"{SCHEMA}.fields.1.constraints": {"minimum": "1"}}),
    ("exclusiveMinimum", True, {f"{SCHEMA}.fields.1.constraints": {"exclusiveMinimum": 0}}),
    ("enum vide", False, {f"{V}.constraints": {"enum": []}}),
    ("enum, une valeur d’un autre type", False, {f"{V}.constraints": {"enum": ["un", 2]}}),
    ("enum, une valeur deux fois", False, {f"{V}.constraints": {"enum": ["un", "un", "deux"]}}),
    ("motif faux", False, {f"{V}.constraints": {"pattern": "[a-"}}),
    ("motif sans fin", True, {f"{V}.constraints": {"pattern": "(u|d)((n|eux)+)+"}}),
    ("categories", True, {f"{V}.categories": ["un", "deux"]}),
    ("categories à libellés", True, {f"{SCHEMA}.fields.1.categories": [{"value": 1, "label": "A"}, {"value": 2}]}),
    ("categories, libellé deux fois", False, {f"{V}.categories": [{"value": "un", "label": "A"}, {"value": "deux", "label": "A"}]}),
    ("categories, valeur deux fois", False, {f"{V}.categories": ["un", "deux", "un"]}),
    ("categories, groupe sans value", False, {f"{V}.categories": [{"label": "un"}]}),
    ("categories d’un nombre", False, column("number", "1", categories=["1"])),
    ("categories d’un autre type", False, {f"{SCHEMA}.fields.1.categories": ["un"]}),
    ("enum hors de categories", False, {f"{V}.categories": ["un", "deux"], f"{V}.constraints": {"enum": ["trois"]}}),
    ("categoriesOrdered en texte", False, {f"{V}.categories": ["un", "deux"], f"{V}.categoriesOrdered": "oui"}),
    ("missingValues à libellés", True, {f"{SCHEMA}.missingValues": [{"value": "", "label": "rien"}]}),
    ("missingValues mêlés", False, {f"{SCHEMA}.missingValues": ["", {"value": "-"}]}),
    ("missingValues en double", False, {f"{SCHEMA}.missingValues": ["", "-", "-"]}),
    ("missingValues, un nombre", False, {f"{SCHEMA}.missingValues": [-99]}),
    ("clé primaire en texte", True, {f"{SCHEMA}.primaryKey": "id"}),
    ("clé primaire, colonne inconnue", False, {f"{SCHEMA}.primaryKey": ["ident"]}),
    ("clé primaire vide", False, {f"{SCHEMA}.primaryKey": []}),
    ("uniqueKeys à plat", False, {f"{SCHEMA}.uniqueKeys": ["id"]}),
    ("uniqueKeys, colonne inconnue", False, {f"{SCHEMA}.uniqueKeys": [["id", "x"]]}),
    ("clé étrangère sans reference", False, {f"{SCHEMA}.foreignKeys": [{"fields": ["id"]}]}),
    ("clé étrangère vers rien", False, key(["id"], ["id"], "x")),
    ("clé étrangère, colonne inconnue là-bas", False, {f"{SCHEMA}.foreignKeys": [{"fields": ["id"], "reference": {"fields": ["x"]}}]}),
    ("clé étrangère, colonne inconnue ici", False, {f"{SCHEMA}.foreignKeys": [{"fields": ["x"], "reference": {"fields": ["id"]}}]}),
    ("clé étrangère, longueurs", False, {f"{SCHEMA}.foreignKeys": [{"fields": ["id", "v"], "reference": {"fields": ["id"]}}]}),
    ("fieldsMatch inconnu", False, {f"{SCHEMA}.fieldsMatch": "any"}),
    ("jsonSchema profond", True, column("object", constraints={"jsonSchema": DEEP})),
    ("jsonSchema faux", False, column("object", constraints={"jsonSchema": {"type": "objet"}})),
    ("jsonSchema d’un texte", False, {f"{V}.constraints": {"jsonSchema": {}}}),
    ("groupChar et decimalChar", False, column("number", "1", groupChar=",", decimalChar=",")),
    ("itemType inconnu", False, column("list", "1", itemType="objet")),
    ("trueValues et falseValues", False, column("boolean", "1", trueValues=["1"], falseValues=["1"])),
    ("dialecte, séparateur en nombre", False, {f"{TABLE}.dialect": {"delimiter": 3}}),
    ("dialecte, guillemet de deux signes", False, {f"{TABLE}.dialect": {"quoteChar": "''"}}),
    ("dialecte, header en texte", False, {f"{TABLE}.dialect": {"header": "oui"}}),
    ("dialecte, headerRows à zéro", False, {f"{TABLE}.dialect": {"headerRows": [0]}}),
    ("dialecte, un séparateur guillemet", False, {f"{TABLE}.dialect": {"delimiter": '"'}}),
    ("dialecte de la version 1", True, {f"{TABLE}.dialect": {"csvddfVersion": 1.2, "caseSensitiveHeader": False}}),
]  # fmt: skip
VALUES: list[Case] = [
    ("integer", True, column("integer", "1", "-2", "+3", "007", "")),
    ("integer, décimales", False, column("integer", "1.5")),
    ("integer, espace devant", False, column("integer", " 1")),
    ("integer, mille", False, column("integer", '"1,000"')),
    ("integer, groupChar", True, column("integer", '"1,000"', groupChar=",")),
    ("integer, bareNumber", True, column("integer", "95%", "€12", bareNumber=False)),
    ("integer, bareNumber vrai", False, column("integer", "95%")),
    ("number", True, column("number", "1", "-1.5", ".5", "5.", "1e6", "+100000.00", "NaN", "INF", "-inf")),
    ("number, virgule", False, column("number", '"1,5"')),
    ("number, decimalChar", True, column("number", '"1,5"', '"-1,5"', decimalChar=",")),
    ("number, espaces", False, column("number", "1 234.5")),
    ("boolean", True, column("boolean", "true", "False", "1", "0", "TRUE")),
    ("boolean, oui", False, column("boolean", "oui")),
    ("boolean, trueValues", True, column("boolean", "oui", "non", trueValues=["oui"], falseValues=["non"])),
    ("date", True, column("date", "2024-01-05")),
    ("date sans zéros", False, column("date", "2024-1-5")),
    ("date du calendrier", False, column("date", "2024-02-30")),
    ("date, motif", False, column("date", "2024-01-05", format="%d/%m/%Y")),
    ("datetime", True, column("datetime", "2024-01-05T10:00:00Z", "2024-01-05T10:00:00", "2024-01-26T15:00:00.300-05:00")),
    ("datetime, espace", False, column("datetime", "2024-01-05 10:00:00")),
    ("datetime, motif", True, column("datetime", "05/01/2024 10:00", format="%d/%m/%Y %H:%M")),
    ("time", True, column("time", "15:00:00")),
    ("time sans secondes", False, column("time", "15:00")),
    ("year", True, column("year", "2024", "-0044")),
    ("year", False, column("year", "24")),
    ("yearmonth", True, column("yearmonth", "2024-01")),
    ("yearmonth", False, column("yearmonth", "2024-13")),
    ("duration", True, column("duration", "P1Y2M3DT4H5M6S", "PT0.5S", "-P1D")),
    ("duration en semaines", False, column("duration", "P2W")),
    ("geopoint", True, column("geopoint", '"2.35, 48.85"', '"2.35,48.85"')),
    ("geopoint hors du globe", False, column("geopoint", '"200, 48"')),
    ("geopoint en liste", True, column("geopoint", '"[2.35, 48.85]"', format="array")),
    ("geojson", True, column("geojson", '"{""type"":""Point"",""coordinates"":[2,48]}"')),
    ("geojson faux", False, column("geojson", '"{""type"":""Rond""}"')),
    ("object", True, column("object", '"{""a"":1}"')),
    ("object, une liste", False, column("object", "[1]")),
    ("array", True, column("array", '"[1,2]"')),
    ("array, un objet", False, column("array", "{}")),
    ("list", True, column("list", '"a,b"', "a")),
    ("list d’entiers", True, column("list", "1;2", delimiter=";", itemType="integer")),
    ("list d’entiers, un mot", False, column("list", "1;b", delimiter=";", itemType="integer")),
    ("any", True, column("any", "1", "un", "=A1", " x", "NA")),
    ("string : rien de nos règles", True, column("string", "=SOMME(A1)", " espaces ", "NA", "TODO", "x" * 40_000)),
    ("email", True, column("string", "a@exemple.fr", format="email")),
    ("email faux", False, column("string", "a@", format="email")),
    ("uri", True, column("string", "https://exemple.fr/a", "urn:isbn:123", "mailto:a@b.fr", format="uri")),
    ("uri fausse", False, column("string", "exemple", format="uri")),
    ("uuid", True, column("string", "123e4567-e89b-12d3-a456-426614174000", format="uuid")),
    ("uuid faux", False, column("string", "123", format="uuid")),
    ("binary", True, column("string", "YQ==", format="binary")),
    ("binary faux", False, column("string", "Y=", format="binary")),
    ("required", False, asked("string", "a", "", required=True)),
    ("required et mot d’absence", False, asked("string", "a", "-", required=True) | {f"{SCHEMA}.missingValues": ["-"]}),
    ("required, vide permis", True, asked("string", "a", "", required=True) | {f"{SCHEMA}.missingValues": ["-"]}),
    ("unique", False, asked("integer", "1", "01", unique=True)),
    ("unique, absences", True, asked("string", "a", "", "", unique=True)),
    ("enum de nombres", True, asked("number", "1.50", "2", enum=[1.5, "2"])),
    ("enum", False, asked("string", "a", "c", enum=["a", "b"])),
    ("pattern entier", False, asked("string", "abc", pattern="a")),
    ("pattern", True, asked("string", "abc", pattern="^a.*$")),
    ("pattern de XML Schema", True, asked("string", "Été", pattern=r"\p{Lu}\p{Ll}+")),
    ("pattern de XML Schema, faux", False, asked("string", "été1", pattern=r"\p{L}+")),
    ("pattern qui regarde autour", False, asked("string", "abc", "xbc", pattern="(?!x)[a-z]+")),
    ("minLength", False, asked("string", "a", minLength=2)),
    ("maxLength d’une liste", False, asked("list", '"a,b,c"', maxLength=2)),
    ("minimum", False, asked("integer", "0", minimum=1)),
    ("maximum de date", False, asked("date", "2025-01-01", maximum="2024-12-31")),
    ("exclusiveMaximum", False, asked("number", "1.5", exclusiveMaximum=1.5)),
    ("NaN et un minimum", False, asked("number", "NaN", minimum=0)),
    ("jsonSchema", False, asked("object", '"{""n"":""x""}"', jsonSchema={"properties": {"n": {"type": "integer"}}})),
    ("categories", False, column("string", "a", "c", categories=["a", "b"])),
    ("categories d’entiers", True, column("integer", "1", "02", categories=[1, {"value": 2, "label": "deux"}])),
    ("missingValues de la colonne", True, column("integer", "1", "-", missingValues=["-"])),
    ("missingValues de la colonne, vide", False, column("integer", "1", "", missingValues=["-"])),
    ("missingValues à libellés", True, column("integer", "-99") | {f"{SCHEMA}.missingValues": [{"value": "-99", "label": "refus"}]}),
    ("missingValues vide", False, column("integer", "") | {f"{SCHEMA}.missingValues": []}),
]  # fmt: skip
PAIRS = {"pays.csv": "a,b\nx,y\n"} | second("a", "b")
ITSELF = [{"fields": ["v"], "reference": {"fields": ["id"]}}]
BARE = {"resources.1": {"name": "pays", "type": "table", "path": "pays.csv"}, "pays.csv": "d,c\n1,un\n"}
KEYS: list[Case] = [
    ("clé primaire", False, {f"{SCHEMA}.primaryKey": ["id"], "serres.csv": "id,n,v\na,1,x\na,2,y\n"}),
    ("clé primaire absente", False, {f"{SCHEMA}.primaryKey": ["id"], "serres.csv": "id,n,v\n,1,x\n"}),
    ("clé primaire de deux colonnes", True, {f"{SCHEMA}.primaryKey": ["id", "n"], "serres.csv": "id,n,v\na,1,x\na,2,y\n"}),
    ("clé primaire de deux colonnes, une absente", False, {f"{SCHEMA}.primaryKey": ["id", "n"], "serres.csv": "id,n,v\na,,x\n"}),
    ("uniqueKeys", False, {f"{SCHEMA}.uniqueKeys": [["id", "n"]], "serres.csv": "id,n,v\na,1,x\na,1,y\n"}),
    ("uniqueKeys, absence", True, {f"{SCHEMA}.uniqueKeys": [["id", "n"]], "serres.csv": "id,n,v\na,,x\na,,y\n"}),
    ("clé étrangère", True, key(["v"], ["c"], "pays") | {"pays.csv": "c\nun\ndeux\n"} | second("c")),
    ("clé étrangère, vers rien", False, key(["v"], ["c"], "pays") | {"pays.csv": "c\nun\n"} | second("c")),
    ("clé étrangère de la version 1", False, {f"{SCHEMA}.foreignKeys": [{"fields": "v", "reference": {"resource": "", "fields": "id"}}]}),
    ("clé étrangère vers elle-même", True, {f"{SCHEMA}.foreignKeys": ITSELF, "serres.csv": "id,n,v\na,1,\nb,2,a\n"}),
    ("clé étrangère, absence", True, key(["id", "v"], ["a", "b"], "pays") | {"serres.csv": "id,n,v\na,1,\n"} | PAIRS),
    ("clé étrangère de deux colonnes", False, key(["id", "v"], ["a", "b"], "pays") | {"serres.csv": "id,n,v\nx,1,z\n"} | PAIRS),
    ("clé étrangère vers une table sans schéma", False, key(["v"], ["c"], "pays") | BARE),
    ("clé étrangère vers une colonne qui n’est pas une clé", False, key(["v"], ["c"], "pays") | {"pays.csv": "c,d\nun,1\n"} | second("c", "d")),
]  # fmt: skip
TWO = {f"{TABLE}.path": ["serres.csv", "suite.csv"]}
LINES = {f"{TABLE}.path": "s.json", f"{TABLE}.dialect": {"property": "lignes"}}
DATA: list[Case] = [
    ("en-tête", False, {"serres.csv": "id,n,w\na,1,x\n"}),
    ("en-tête, ordre", False, {"serres.csv": "n,id,v\n1,a,x\n"}),
    ("en-tête, ordre libre", True, {f"{SCHEMA}.fieldsMatch": "equal", "serres.csv": "n,id,v\n1,a,x\n"}),
    ("en-tête, ordre libre, liste", True, {f"{SCHEMA}.fieldsMatch": ["equal"], "serres.csv": "n,id,v\n1,a,x\n"}),
    ("equal, une colonne de moins", False, {f"{SCHEMA}.fieldsMatch": "equal", "serres.csv": "n,id\n1,a\n"}),
    ("subset, une colonne de plus", True, {f"{SCHEMA}.fieldsMatch": "subset", "serres.csv": "z,n,id,v\n0,1,a,x\n"}),
    ("subset, une de moins", False, {f"{SCHEMA}.fieldsMatch": "subset", "serres.csv": "n,id\n1,a\n"}),
    ("superset, une de moins", True, {f"{SCHEMA}.fieldsMatch": "superset", "serres.csv": "n,id\n1,a\n"}),
    ("superset, une de plus", False, {f"{SCHEMA}.fieldsMatch": "superset", "serres.csv": "n,id,z\n1,a,x\n"}),
    ("partial", True, {f"{SCHEMA}.fieldsMatch": "partial", "serres.csv": "z,id\n1,a\n"}),
    ("partial, aucune", False, {f"{SCHEMA}.fieldsMatch": "partial", "serres.csv": "z,y\n1,a\n"}),
    ("en-tête, espace", False, {"serres.csv": "id ,n,v\na,1,x\n"}),
    ("cellule de trop", False, {"serres.csv": "id,n,v\na,1,x,y\n"}),
    ("cellule de moins", False, {"serres.csv": "id,n,v\na,1\n"}),
    ("guillemet ouvert", False, {"serres.csv": 'id,n,v\na,1,"x\n'}),
    ("ligne sur deux lignes", True, {"serres.csv": 'id,n,v\na,1,"x\ny"\n'}),
    ("fichier vide", False, {"serres.csv": ""}),
    ("en-tête seul", True, {"serres.csv": "id,n,v\n"}),
    ("point-virgule", False, {"serres.csv": "id;n;v\na;1;x\n"}),
    ("point-virgule déclaré", True, {f"{TABLE}.dialect": {"delimiter": ";"}, "serres.csv": "id;n;v\na;1;x\n"}),
    ("sans en-tête", True, {f"{TABLE}.dialect": {"header": False}, "serres.csv": "a,1,x\n"}),
    ("sans en-tête, faute", False, {f"{TABLE}.dialect": {"header": False}, "serres.csv": "a,un,x\n"}),
    ("commentaires", True, {f"{TABLE}.dialect": {"commentChar": "#"}, "serres.csv": "id,n,v\n# x\na,1,x\n"}),
    ("commentRows", True, {f"{TABLE}.dialect": {"commentRows": [2]}, "serres.csv": "id,n,v\nx\na,1,x\n"}),
    ("headerRows", True, {f"{TABLE}.dialect": {"headerRows": [2]}, "serres.csv": "titre\nid,n,v\na,1,x\n"}),
    ("guillemet simple", True, {f"{TABLE}.dialect": {"quoteChar": "'"}, "serres.csv": "id,n,v\na,1,'x,y'\n"}),
    ("escapeChar", True, {f"{TABLE}.dialect": {"escapeChar": "\\"}, "serres.csv": "id,n,v\na,1,x\\,y\n"}),
    ("nullSequence", True, {f"{TABLE}.dialect": {"nullSequence": "\\N"}, "serres.csv": "id,n,v\na,\\N,x\n"}),
    ("skipInitialSpace", True, {f"{TABLE}.dialect": {"skipInitialSpace": True}, "serres.csv": "id, n, v\na, 1, x\n"}),
    ("lineTerminator", True, {f"{TABLE}.dialect": {"lineTerminator": ";"}, "serres.csv": "id,n,v;a,1,x;"}),
    ("latin-1 déclaré", True, {f"{TABLE}.encoding": "iso-8859-1", "serres.csv": "id,n,v\na,1,été\n".encode("latin-1")}),
    ("latin-1 qui se dit utf-8", False, {"serres.csv": "id,n,v\na,1,été\n".encode("latin-1")}),
    ("utf-16", True, {f"{TABLE}.encoding": "utf-16", "serres.csv": "id,n,v\na,1,été\n".encode("utf-16")}),
    ("sans encodage", True, {f"{TABLE}.encoding": GONE, "serres.csv": "id,n,v\na,1,été\n".encode("latin-1")}),
    ("tsv", True, {f"{TABLE}.path": "serres.tsv", "serres.tsv": "id\tn\tv\na\t1\tx\n"}),
    ("plusieurs fichiers", True, TWO | {"suite.csv": "id,n,v\nc,3,x\n"}),
    ("plusieurs fichiers, la clé", False, TWO | {f"{SCHEMA}.primaryKey": ["id"], "suite.csv": "id,n,v\na,3,x\n"}),
    ("plusieurs fichiers, un en-tête", True, TWO | {"suite.csv": "c,3,x\n"}),
    ("gz", True, {f"{TABLE}.path": "s.csv.gz", "s.csv.gz": gzip.compress(b"id,n,v\na,1,x\n", mtime=0)}),
    ("gz coupé", False, {f"{TABLE}.path": "s.csv.gz", "s.csv.gz": gzip.compress(b"id,n,v\na,1,x\n" * 99, mtime=0)[:-20]}),
    ("JSON", True, {f"{TABLE}.path": "s.json", "s.json": '[{"id": "a", "n": 1, "v": "x"}, {"id": "b", "n": null, "v": "y"}]'}),
    ("JSON sous une clé", True, LINES | {"s.json": '{"lignes": [["id", "n", "v"], ["a", 1, "x"]]}'}),
    ("JSON, un nombre pour un texte", False, {f"{TABLE}.path": "s.json", "s.json": '[{"id": 1, "n": 1, "v": "x"}]'}),
    ("data, des groupes", True, inline([{"n": 1, "v": "a"}, {"v": "b", "n": None}], INTEGER, TEXT)),
    ("data, un texte pour un entier", True, inline([{"n": "1", "v": "a"}], INTEGER, TEXT)),
    ("data, un mot pour un entier", False, inline([{"n": "un", "v": "a"}], INTEGER, TEXT)),
    ("data, une clé de plus", False, inline([{"n": 1, "v": "a", "w": 2}], INTEGER, TEXT)),
    ("data, des listes", True, inline([["n", "v"], [1, "a"], [2, None]], INTEGER, TEXT)),
    ("data, une liste trop courte", False, inline([["n", "v"], [1]], INTEGER, TEXT)),
    ("data, lignes mêlées", False, inline([["n", "v"], {"n": 1}], INTEGER, TEXT)),
    ("data, un objet", False, inline({"n": 1}, INTEGER, TEXT)),
    ("data, un nombre pour un texte", False, inline([{"n": 1, "v": 2}], INTEGER, TEXT)),
    ("data, un booléen", True, inline([{"b": True}, {"b": "false"}], {"name": "b", "type": "boolean"})),
    ("data, des objets", True, inline([{"o": {"a": [1]}}], {"name": "o", "type": "object"})),
    ("data, vide", True, inline([], INTEGER, TEXT)),
    ("data, en CSV", True, inline("n,v\n1,a\n", INTEGER, TEXT, format="csv")),
    ("data, en CSV, faute", False, inline("n,v\nun,a\n", INTEGER, TEXT, format="csv")),
    ("data, sans en-tête", True, inline([[1, "a"]], INTEGER, TEXT, dialect={"header": False})),
    ("data, doublon", False, inline([{"n": 1}, {"n": 1}], INTEGER | {"constraints": {"unique": True}})),
]  # fmt: skip
CASES = {"paquet": PACKAGE, "ressource": RESOURCE, "schéma": SCHEMAS, "valeurs": VALUES, "clés": KEYS, "données": DATA}
