// A Parquet file, read column by column and group of rows by group. The only module that knows the two libraries of others that stand
// beside it, unchanged, each with its licence: hyparquet (MIT, npm hyparquet 1.33.0, the modules of src/ that are needed) and fzstd
// (MIT, npm fzstd 0.1.1, esm/index.mjs). To change a version, change its folder, and the digests in tests/test_table_page.py.

import { decompress } from "./fzstd-0.1.1/index.js";
import { parquetMetadataAsync, parquetSchema } from "./hyparquet-1.33.0/metadata.js";
import { parquetScan } from "./hyparquet-1.33.0/scan.js";

const PIED = 1 << 16; // bytes of the end that are read first: what a file of 500,000 rows says of itself
const DECODEES = 4_000_000; // values that are kept

const parsers = { dateFromDays: (jours) => new Date(jours * 86_400_000).toISOString().slice(0, 10) };
const compressors = { ZSTD: (octets, taille) => decompress(octets, new Uint8Array(taille)) };

// The whole number that bytes hold (big-endian, two's complement), exact.
function entier(octets) {
  const bits = octets.length * 8;
  let valeur = 0n;
  for (const octet of octets) valeur = (valeur << 8n) | BigInt(octet);
  return octets.length > 0 && octets[0] > 127 ? valeur - (1n << BigInt(bits)) : valeur;
}

function approche(octets) {
  let valeur = octets[0] > 127 ? -1 : 0;
  for (const octet of octets) valeur = valeur * 256 + octet;
  return valeur;
}

// A whole number of so many decimals as a CSV writes it, without zeros that say nothing: 1250n, 2 → 12.5.
export function decimal(nombre, decimales) {
  const chiffres = String(nombre < 0n ? -nombre : nombre).padStart(decimales + 1, "0");
  const coupe = chiffres.length - decimales;
  const suite = chiffres.slice(coupe).replace(/0+$/, "");
  return `${nombre < 0n ? "-" : ""}${chiffres.slice(0, coupe)}${suite && "."}${suite}`;
}

// How the values of a column are read: as the text of a CSV cell, and as a number to be compared.
function lecture(element) {
  if (element.converted_type !== "DECIMAL") return { texte: String, nombre: Number };
  const decimales = element.scale ?? 0;
  const facteur = 10 ** decimales;
  const brut = (v) => (v instanceof Uint8Array ? entier(v) : BigInt(v));
  const vers = (v) => (v instanceof Uint8Array ? approche(v) : Number(v)) / facteur;
  return { texte: (v) => decimal(brut(v), decimales), nombre: vers };
}

// The library would round decimals: it is told that they are bytes, once their bounds are read.
function garder(metadata) {
  for (const element of metadata.schema) {
    if (element.converted_type !== "DECIMAL") continue;
    element.converted_type = undefined;
    element.logical_type = undefined;
  }
}

function borne(extremes, nom) {
  return extremes?.[`${nom}_value`] ?? extremes?.[nom];
}

function groupes(metadata) {
  let debut = 0;
  return metadata.row_groups.map((groupe) => {
    const lignes = Number(groupe.num_rows);
    const colonnes = groupe.columns.map(({ meta_data: meta }) => {
      const place = Number(meta.dictionary_page_offset || meta.data_page_offset);
      const dit = meta.statistics;
      const vides = dit?.null_count === undefined ? undefined : Number(dit.null_count);
      return { place, taille: Number(meta.total_compressed_size), min: borne(dit, "min"), max: borne(dit, "max"), vides };
    });
    debut += lignes;
    return { debut: debut - lignes, lignes, colonnes };
  });
}

// `fichier`: byteLength, slice(start, end), prendre(start, end), as plages.js gives it.
export async function ouvrir(fichier) {
  const metadata = await parquetMetadataAsync(fichier, { parsers, initialFetchSize: PIED, geoparquet: false });
  const elements = parquetSchema(metadata).children.map((enfant) => enfant.element);
  const colonnes = elements.map((element, rang) => ({ rang, nom: element.name, ...lecture(element) }));
  garder(metadata);
  const balayage = await parquetScan({ file: fichier, metadata, parsers, compressors });
  const parts = groupes(metadata);
  const gardees = new Map(); // the values of a column in a group, those last asked for at the end
  let combien = 0;

  function lire(groupe, rang) {
    const cle = `${groupe}/${rang}`;
    const { debut, lignes } = parts[groupe];
    const connues = gardees.get(cle);
    gardees.delete(cle);
    const valeurs = connues ?? balayage.readColumn({ column: colonnes[rang].nom, rowStart: debut, rowEnd: debut + lignes });
    gardees.set(cle, valeurs);
    if (!connues) combien += lignes;
    for (const [ancienne] of gardees) {
      if (combien <= DECODEES || ancienne === cle) break;
      gardees.delete(ancienne);
      combien -= parts[Number(ancienne.split("/")[0])].lignes;
    }
    return valeurs;
  }

  // All the columns of a group, their bytes asked for at once.
  async function lireTout(groupe) {
    const voulues = parts[groupe].colonnes;
    if (!voulues.every((_, rang) => gardees.has(`${groupe}/${rang}`))) {
      const fin = Math.max(...voulues.map((c) => c.place + c.taille));
      await fichier.prendre(Math.min(...voulues.map((c) => c.place)), fin);
    }
    return Promise.all(voulues.map((_, rang) => lire(groupe, rang)));
  }

  return { total: Number(metadata.num_rows), colonnes, groupes: parts, lire, lireTout };
}
