"""JavaScript, in a browser or in Node, without any library."""

from __future__ import annotations

from generator.packages.snippets import Reading, joined

TITLE = "JavaScript"
LANGUAGE = "javascript"


def code(reading: Reading) -> str:
    """The lines."""
    numbers = f"""const nombres = [{joined(reading.numbers)}];
for (const ligne of table) {{
  for (const nom of nombres) ligne[nom] = ligne[nom] && Number(ligne[nom]);
}}
"""
    return f"""const adresse = "{reading.csv}";
const texte = await (await fetch(adresse)).text();
const lignes = [[]];
for (const [, cite, nue, fin] of texte.matchAll(/(?:"((?:[^"]|"")*)"|([^",\\r\\n]*))(,|\\r\\n)/g)) {{
  lignes.at(-1).push((cite?.replaceAll('""', '"') ?? nue) || null);
  if (fin !== ",") lignes.push([]);
}}
lignes.pop();
const noms = lignes.shift();
const table = lignes.map((ligne) => Object.fromEntries(noms.map((nom, i) => [nom, ligne[i]])));
{numbers if reading.numbers else ""}"""
