"""`make corrections`: values of generated files are corrected one by one, and what `apply` writes is compared with the file that
was there: every byte but those of the value is the same, and the value reads as asked.

A file is made of pieces, so that what stands before and after a value is known without asking the code that is tried.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

if __name__ == "__main__":  # the tests find their neighbours by pytest, the command by itself
    sys.path.insert(0, str(Path(__file__).parent))

from samples import copy_base

from generator.authoring.applying import Correction, correction
from generator.catalogue.loading import load
from generator.catalogue.project import Project
from generator.commands.check import checked_project
from generator.documents.folder import read_file
from generator.documents.nodes import Scalar

PLANT, SHEET = "content/botanique/plantes/essai.yaml", "content/jardins/releves.csv"
SHOWN = 5  # wrong cases, whole
COMMENTS = ("# note : « à revoir »", "## a: b", "#", "# - x # y", "# e\u0301te\u0301", "# tab\tulation")
TEXTS = (
    *(
        "Rave",
        "Navet long",
        "Chou: pommé",
        "L’été # doux",
        "'guillemets'",
        'dit "bon"',
        "- tiret",
        "[crochet]",
        "{a: b}",
    ),
    *(
        "oui",
        "true",
        "12:30",
        "01",
        "&ancre",
        "*alias",
        "!étiquette",
        "%d",
        "`code`",
        "?",
        "a,b;c",
        "é\u0301",
        "# dièse",
        "null x",
    ),
    *(
        "fin :",
        "C:\\jardin",
        "🌱 pousse",
        "x" * 130,
        "mot " * 40 + "fin",
        ">- plié",
        "|",
        "Œuvre d’ailleurs",
        "a  b",
        "\u202f!",
    ),
)
LONG = (
    *TEXTS,
    "Premier paragraphe.\n\nSecond : le fil.",
    "une ligne\nune autre",
    "Semer *tôt* ; [la courge](plante:courge).",
)


@dataclass(frozen=True)
class Case:
    """A file and a value in it: what stands before and after (both "" when the value is not written), and what is asked."""

    path: str
    before: str
    after: str
    column: str
    new: str
    table: str
    package: str
    key: str
    whole: str = ""

    @property
    def asked(self) -> str:
        """The new value as the reading of a request gives it: its letters composed."""
        return unicodedata.normalize("NFC", self.new)

    @property
    def data(self) -> bytes:
        return self.whole.encode()


def written(text: str, rng: random.Random, indent: str) -> str:
    """A text in one of the ways of YAML that hold it."""
    ways = ['"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"']
    if "\n" not in text:
        ways.append("'" + text.replace("'", "''") + "'")
        if text.replace(" ", "").isalnum() and text.strip() == text and "  " not in text:
            ways += [text] * 3
    if indent:
        lines = [f"{indent}  {line}".rstrip() for line in text.split("\n")]
        ways.append("\n".join(["|-", *lines]))
        ways.append("\n".join([">-", *"\n\n".join(lines).split("\n")]))
    return rng.choice(ways)


def plant(rng: random.Random) -> Case:
    """A file of keys and values, one of them to be corrected."""
    values = {"nom": rng.choice(TEXTS), "famille": "solanacees"}
    values |= {
        key: text for key, text in (("rusticite", "gelive"), ("culture", rng.choice(LONG))) if rng.random() < 0.7
    }
    order = ["id", *rng.sample(sorted(values), len(values)), "source"]
    column = rng.choice(["nom", "rusticite", "culture", "source_page", "varietes"])
    parts, marked = [rng.choice(["", "\ufeff"])], False
    place = (0, 0)
    for key in order:
        parts += [f"{rng.choice(COMMENTS)}\n" for _ in range(rng.choice([0, 0, 1]))]
        parts += ["\n"] * rng.choice([0, 0, 1])
        gap, tail = " " * rng.choice([1, 1, 3]), rng.choice(["", "", "  ", f" {rng.choice(COMMENTS)}"])
        if key == "source":
            flow = rng.random() < 0.5
            page = rng.choice(["", "12"])
            if flow:
                inner = [f"source:{gap}{{ouvrage: manuel", f", page:{gap}" if page else "", page, f"}}{tail}\n"]
            else:
                inner = [
                    f"source:\n  ouvrage: manuel{tail}\n",
                    f"  page:{gap}" if page else "",
                    page,
                    f"{tail}\n" if page else "",
                ]
            if column == "source_page" and page:
                place, marked = (len(parts) + 2, 0), True
            parts += inner
            continue
        text = "essai" if key == "id" else written(values[key], rng, "" if key in ("rusticite", "famille") else "  ")
        text = values[key] if key in ("rusticite", "famille") else text
        if text[:1] in "|>":
            tail = ""
        if key == column:
            place, marked = (len(parts) + 1, 0), True
        parts += [f"{key}:{gap}", text, f"{tail}\n"]
    table, identifier = "plantes", "essai"
    name = column
    if column == "varietes":
        table, identifier, name = "varietes", "essai/une", "nom"
        flow = rng.random() < 0.5
        raw = written(rng.choice([t for t in TEXTS if 3 <= len(t) <= 30]), rng, "")
        parts += ["varietes:\n  - {id: une, nom: " if flow else "varietes:\n    - id: une\n      nom:   "]
        place, marked = (len(parts), 0), True
        parts += [raw, ", code: AB123}\n" if flow else " # dit\n      code: AB123\n"]
    elif rng.random() < 0.3:
        parts += ["varietes:\n- {id: une, nom: Une belle}\n"]
    end = rng.choice(["\n", "\n", "\r\n"])
    joined = ["".join(parts[: place[0]]), "".join(parts[place[0] + 1 :])] if marked else ["", ""]
    whole = "".join(parts).removesuffix("\n") if rng.random() < 0.2 else "".join(parts)
    joined[1] = joined[1].removesuffix("\n") if not whole.endswith("\n") else joined[1]
    new = {"rusticite": "rustique", "source_page": str(rng.randint(13, 999))}.get(name) or rng.choice(
        LONG if name == "culture" else TEXTS
    )
    package = "botanique"
    ended = [text.replace("\n", end) for text in (*joined, whole)]
    return Case(PLANT, ended[0], ended[1], name, new, table, package, identifier, whole=ended[2])


def sheet(rng: random.Random) -> Case:
    """A file of cells, one of them to be corrected."""
    header = ["id", "jardin", "jour", "temperature", "remarque"]
    rng.shuffle(header)
    rows, end = [], rng.choice(["\n", "\r\n"])
    chosen, column = rng.randrange(3), rng.choice(["remarque", "temperature", "jour"])
    for number in range(3):
        values = {
            "id": f"r{number}",
            "jardin": "clos-vert",
            "jour": f"2020-01-0{number + 1}",
            "temperature": rng.choice(["", "7", "-2.5"]),
        }
        values["remarque"] = rng.choice(["", *(text for text in TEXTS)])
        rows.append([cell(values[name], rng) for name in header])
    lines = [",".join(header), *(",".join(row) for row in rows)]
    at = header.index(column)
    before = end.join([*lines[: chosen + 1], ",".join(rows[chosen][:at])]) + ("," if at else "")
    after = ("," if at < 4 else "") + end.join([",".join(rows[chosen][at + 1 :]), *lines[chosen + 2 :]]) + end
    new = {"temperature": "12.5", "jour": "2021-02-03"}.get(column) or rng.choice(LONG)
    mark = rng.choice(["", "\ufeff"])
    whole = mark + end.join(lines) + end
    return Case(SHEET, mark + before, after, column, new, "releves", "jardins", f"r{chosen}", whole=whole)


def cell(text: str, rng: random.Random) -> str:
    if any(sign in text for sign in ',"\n') or (text and rng.random() < 0.3):
        return '"' + text.replace('"', '""') + '"'
    return text


def cases(seed: int, amount: int) -> Iterator[Case]:
    rng = random.Random(seed)
    for _ in range(amount):
        yield (plant if rng.random() < 0.7 else sheet)(rng)


def tried(project: Project, case: Case) -> str:
    """What becomes of a case: « écrit », « ajouté », « refusé », « illisible », or what is wrong."""
    path = project.root / case.path
    path.write_bytes(case.data)
    document, _ = read_file(project.root, case.path, project.catalogue.contracts.manner)
    catalogue, _ = load([document], project.catalogue.contracts)
    record = next((row for row in catalogue[case.table] if "/".join(map(str, row.id)) == case.key), None)
    if record is None:
        return "illisible"
    node = record.written(case.column)
    old = node.text if isinstance(node, Scalar) else ""
    told = {
        "paquet": case.package,
        "table": case.table,
        "ligne": case.key,
        "champ": case.column,
        "valeur": old,
        "nouvelle": case.asked,
    }
    found = correction(replace(project, catalogue=catalogue), told)
    if not isinstance(found, Correction):
        return f"refusé : {found.told.key}"
    before, after = case.before.encode(), case.after.encode()
    if node is None or not case.before:
        return (
            "ajouté" if _only_adds(case.data, found.data) and reads(project, case, found.data) else "AUTRE OCTET TOUCHÉ"
        )
    if not (
        found.data.startswith(before) and found.data.endswith(after) and len(found.data) >= len(before) + len(after)
    ):
        return "AUTRE OCTET TOUCHÉ"
    return "écrit" if reads(project, case, found.data) else "VALEUR MAL ÉCRITE"


def _only_adds(old: bytes, new: bytes) -> bool:
    """Whether the new bytes are the old ones with one passage more."""
    start = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(old))
    return len(new) > len(old) and new.endswith(old[start:])


def reads(project: Project, case: Case, data: bytes) -> bool:
    """Whether the file, read again, has the value that was asked for."""
    (project.root / case.path).write_bytes(data)
    document, _ = read_file(project.root, case.path, project.catalogue.contracts.manner)
    catalogue, _ = load([document], project.catalogue.contracts)
    [record] = [row for row in catalogue[case.table] if "/".join(map(str, row.id)) == case.key]
    node = record.written(case.column)
    return isinstance(node, Scalar) and node.text == case.asked


def run(seed: int, amount: int) -> Counter[str]:
    """How many cases had each outcome; what is wrong is shown."""
    outcomes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        project = checked_project(copy_base(Path(folder, "projet")))
        for number, case in enumerate(cases(seed, amount)):
            outcome = tried(project, case)
            outcomes[outcome] += 1
            if outcome[:2].isupper() and sum(n for told, n in outcomes.items() if told[:2].isupper()) <= SHOWN:
                print(f"{number} : {outcome}\n{case}", file=sys.stderr)
    return outcomes


def main() -> int:
    options = argparse.ArgumentParser(
        "make corrections", description="Corrige des valeurs de fichiers engendrés, et compte."
    )
    options.add_argument("--cas", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    outcomes = run(asked.seed, asked.cas)
    for outcome, amount in outcomes.most_common():
        print(f"{amount:6} {outcome}")
    wrong = sum(amount for outcome, amount in outcomes.items() if outcome[:2].isupper())
    print(f"{sum(outcomes.values())} cas : {wrong} où un autre octet change ou dont la valeur est mal écrite.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
