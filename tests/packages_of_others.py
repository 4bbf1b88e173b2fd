"""Small packages of anybody, with the verdict that the standard gives: `make` writes one in a folder, `CASES` are the rules of the standard,
one by one. A case is a title, whether the package is valid, and what changes in the base: a path in the descriptor → a value, `GONE` for
one that goes away; the name of a file → its text.
"""

from __future__ import annotations

import copy
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
WHOLE = 1  # a path is relative to the descriptor

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
    ("clé étrangère vers rien", False, {f"{SCHEMA}.foreignKeys": [{"fields": ["id"], "reference": {"resource": "x", "fields": ["id"]}}]}),
    ("clé étrangère, colonne inconnue là-bas", False, {f"{SCHEMA}.foreignKeys": [{"fields": ["id"], "reference": {"fields": ["x"]}}]}),
    ("clé étrangère, colonne inconnue ici", False, {f"{SCHEMA}.foreignKeys": [{"fields": ["x"], "reference": {"fields": ["id"]}}]}),
    ("clé étrangère, longueurs", False, {f"{SCHEMA}.foreignKeys": [{"fields": ["id", "v"], "reference": {"fields": ["id"]}}]}),
    ("fieldsMatch inconnu", False, {f"{SCHEMA}.fieldsMatch": "any"}),
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
CASES = {"paquet": PACKAGE, "ressource": RESOURCE, "schéma": SCHEMAS}
