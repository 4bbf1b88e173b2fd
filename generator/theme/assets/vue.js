// Which rows of a table are seen, in which order, and what they hold: filters, sort, pages, CSV. `table` is what parquet.js opens; what
// the contract says of its columns is in `modele`: { genre, etiquettes } each, in the same order. Nothing here knows the page.
//
// A condition is { rang, quoi, valeur }: the column, what is asked of it (one of QUOI), a text.

export const QUOI = {
  texte: ["contient", "est", "commence", "vide", "rempli"],
  nombre: ["min", "max", "est", "vide", "rempli"],
  date: ["min", "max", "est", "vide", "rempli"],
  choix: ["est", "vide", "rempli"],
};
export const SANS_VALEUR = new Set(["vide", "rempli"]);
const ENSEMBLE = 6; // groups that are read at once

const octets = new TextEncoder();

export function plier(texte) {
  return texte.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

// The order of texts in a Parquet file: that of their bytes.
function avant(a, b) {
  const longueur = Math.min(a.length, b.length);
  for (let i = 0; i < longueur; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return a.length - b.length;
}

// A number as people write it, in French or in English: 1 250,5 or 1,250.5; NaN when it is none.
export function nombre(texte, virgule) {
  const nu = texte.replace(/[\s\u00a0\u202f]/g, "").replace("−", "-");
  const lu = virgule ? nu.replace(",", ".") : nu.replaceAll(",", "");
  return /^-?(\d+\.?\d*|\.\d+)$/.test(lu) ? Number(lu) : Number.NaN;
}

// --- One condition: what keeps a value, and whether the bounds of a group leave room for one

const ECART = 1e-12; // between a number and what is held of it

function surNombre(quoi, valeur, lu) {
  const x = Number(valeur);
  const marge = Math.abs(x) * ECART;
  // Numbers that a file holds as texts are in the order of texts there: their bounds say nothing.
  const bornes = (dit) => (min, max) => typeof min === "string" || dit(Number(min), Number(max));
  if (quoi === "min") return { garde: (v) => lu(v) >= x, place: bornes((min, max) => max >= x - marge) };
  if (quoi === "max") return { garde: (v) => lu(v) <= x, place: bornes((min) => min <= x + marge) };
  return { garde: (v) => lu(v) === x, place: bornes((min, max) => min <= x + marge && max >= x - marge) };
}

function sur(genre, quoi, valeur, colonne) {
  if (genre === "nombre") return surNombre(quoi, valeur, colonne.nombre);
  if (quoi === "min") return { garde: (v) => String(v) >= valeur, place: (min, max) => String(max) >= valeur };
  if (quoi === "max") return { garde: (v) => String(v) <= valeur, place: (min) => String(min) <= valeur };
  if (quoi === "contient") {
    const plie = plier(valeur);
    return { garde: (v) => plier(String(v)).includes(plie), place: () => true };
  }
  const commence = quoi === "commence";
  return {
    garde: commence ? (v) => String(v).startsWith(valeur) : (v) => colonne.texte(v) === valeur,
    place: entre(valeur, commence),
  };
}

// Whether a text is between two bounds, or begins what is; codes that are numbers are in the order of numbers.
function entre(valeur, commence) {
  const voulu = octets.encode(valeur);
  const debut = (borne) => octets.encode(String(borne)).slice(0, commence ? voulu.length : undefined);
  const { place } = surNombre("est", valeur);
  return (min, max) =>
    ["number", "bigint"].includes(typeof min) ? place(min, max) : avant(debut(min), voulu) <= 0 && avant(debut(max), voulu) >= 0;
}

function preparer({ rang, quoi, valeur }, table, modele) {
  const { genre } = modele[rang];
  if (quoi === "vide") {
    return { rang, garde: (v) => v === undefined || v === null, place: ({ vides }) => vides !== 0 };
  }
  if (quoi === "rempli") {
    return { rang, garde: (v) => v !== undefined && v !== null, place: ({ vides }, lignes) => vides !== lignes };
  }
  const dit = sur(genre, quoi, valeur, table.colonnes[rang]);
  const place = ({ min, max, vides }, lignes) =>
    min === undefined || max === undefined ? vides !== lignes : dit.place(min, max);
  return { rang, garde: (v) => v !== undefined && v !== null && dit.garde(v), place };
}

// The groups that may hold a row that is asked for.
function candidats(table, prets) {
  const rangs = table.groupes.map((_, rang) => rang);
  return rangs.filter((rang) => {
    const { colonnes, lignes } = table.groupes[rang];
    return prets.every(({ rang: c, place }) => place(colonnes[c], lignes));
  });
}

// --- Several groups at a time

async function chacun(groupes, faire) {
  let suivant = 0;
  async function suite() {
    while (suivant < groupes.length) {
      const rang = suivant++;
      await faire(groupes[rang], rang);
    }
  }
  await Promise.all(Array.from({ length: ENSEMBLE }, suite));
}

// The places at which each group stands in a list of groups.
function ranger(groupes) {
  const parts = new Map();
  groupes.forEach((groupe, i) => {
    if (!parts.has(groupe)) parts.set(groupe, []);
    parts.get(groupe).push(i);
  });
  return parts;
}

function cout(table, groupes, rangs) {
  return groupes.reduce((s, g) => s + rangs.reduce((t, c) => t + table.groupes[g].colonnes[c].taille, 0), 0);
}

// --- The views

// What is asked of a table gives a view of it, which does not change: one that comes late takes the place of no other.
export function vue(table, modele) {
  const rangs = table.colonnes.map((_, rang) => rang);

  function groupeDe(ligne) {
    let [bas, haut] = [0, table.groupes.length - 1];
    while (bas < haut) {
      const milieu = (bas + haut + 1) >> 1;
      if (table.groupes[milieu].debut <= ligne) bas = milieu;
      else haut = milieu - 1;
    }
    return bas;
  }

  async function filtrer(conditions) {
    const prets = conditions.map((condition) => preparer(condition, table, modele));
    if (prets.length === 0) return null;
    const restent = candidats(table, prets);
    const trouvees = restent.map(() => []);
    await chacun(restent, async (groupe, rang) => {
      const valeurs = await Promise.all(prets.map((pret) => table.lire(groupe, pret.rang)));
      const { debut, lignes: combien } = table.groupes[groupe];
      for (let i = 0; i < combien; i++) {
        if (prets.every(({ garde }, n) => garde(valeurs[n][i]))) trouvees[rang].push(debut + i);
      }
    });
    return Uint32Array.from(trouvees.flat());
  }

  // Numbers of rows in the order of a column; what is empty comes last.
  async function trier(numeros, rang, baisse) {
    const places = numeros ?? Uint32Array.from({ length: table.total }, (_, i) => i);
    const cles = new Array(places.length);
    const parts = ranger(Array.from(places, groupeDe));
    const cle = modele[rang].genre === "nombre" ? table.colonnes[rang].nombre : (v) => plier(String(v));
    await chacun([...parts.keys()], async (groupe) => {
      const valeurs = await table.lire(groupe, rang);
      for (const i of parts.get(groupe)) {
        const v = valeurs[places[i] - table.groupes[groupe].debut];
        cles[i] = v === undefined || v === null ? null : cle(v);
      }
    });
    const sens = baisse ? -1 : 1;
    const ordre = Uint32Array.from(places.keys()).sort((a, b) => {
      const [x, y] = [cles[a], cles[b]];
      if (x === null || y === null) return (x === null) - (y === null) || a - b;
      return x < y ? -sens : x > y ? sens : a - b;
    });
    return ordre.map((i) => places[i]);
  }

  // `numeros`: those of its rows, in order; null: all, as they stand.
  function voir(numeros) {
    const total = numeros ? numeros.length : table.total;

    // Rows of the view, from one place to another, each with its group and its place there.
    function placer(de, a) {
      const voulues = numeros ? numeros.subarray(de, a) : Uint32Array.from({ length: Math.max(0, a - de) }, (_, i) => de + i);
      return Array.from(voulues, (ligne) => {
        const groupe = groupeDe(ligne);
        return { groupe, ligne, ici: ligne - table.groupes[groupe].debut };
      });
    }

    return {
      total,
      // The values of some rows, each a list.
      async lignes(de, a) {
        const places = placer(de, Math.min(a, total));
        const lus = new Map();
        await chacun([...new Set(places.map((p) => p.groupe))], async (groupe) => lus.set(groupe, await table.lireTout(groupe)));
        return places.map(({ groupe, ici }) => rangs.map((c) => lus.get(groupe)[c][ici] ?? null));
      },
      // A CSV file, in pieces: the texts of the published one, which its decimals follow, or of which it has the lines (`publie`).
      async csv(publie = null) {
        const places = placer(0, total);
        if (publie !== null) {
          const [tete, ...lignes] = enregistrements(publie);
          return [tete, ...places.map(({ ligne: rang }) => lignes[rang])];
        }
        const textes = new Array(places.length);
        const parts = ranger(places.map((p) => p.groupe));
        await chacun([...parts.keys()], async (groupe) => {
          const valeurs = await table.lireTout(groupe);
          for (const i of parts.get(groupe)) textes[i] = ligne(rangs.map((c) => ecrit(c, valeurs[c][places[i].ici])));
        });
        return [ligne(table.colonnes.map((c) => c.nom)), ...textes];
      },
      get coutEntier() {
        return cout(table, [...new Set(numeros ? Array.from(numeros, groupeDe) : table.groupes.keys())], rangs);
      },
    };
  }

  function ecrit(rang, valeur) {
    return valeur === undefined || valeur === null ? "" : table.colonnes[rang].texte(valeur, modele[rang].decimales);
  }

  return {
    tout: voir(null),
    // Whether the Parquet file is enough to write what the published CSV has: its decimals have no zero that a rule does not tell.
    exacte: table.colonnes.every(({ decimale }, rang) => !decimale || modele[rang].decimales !== undefined),
    // Bytes that a demand reads, at most, besides what pages show.
    cout(conditions, tri) {
      const prets = conditions.map((condition) => preparer(condition, table, modele));
      const restent = candidats(table, prets);
      return cout(table, restent, [...new Set([...prets.map((p) => p.rang), ...(tri ? [tri.rang] : [])])]);
    },
    // Filters, then sorts: a view.
    async demander(conditions, tri) {
      const gardees = await filtrer(conditions);
      return voir(tri ? await trier(gardees, tri.rang, tri.baisse) : gardees);
    },
  };
}

export function texte(colonne, valeur, decimales) {
  return valeur === undefined || valeur === null ? "" : colonne.texte(valeur, decimales);
}

// The records of a CSV text, each with its end of line; one may span lines.
function enregistrements(csv) {
  const lus = [];
  let [debut, dedans] = [0, false];
  for (let i = 0; i < csv.length; i++) {
    if (csv[i] === "\u0022") dedans = !dedans;
    else if (csv[i] === "\n" && !dedans) {
      lus.push(csv.slice(debut, i + 1));
      debut = i + 1;
    }
  }
  return lus;
}

function cellule(mot) {
  return /[\u0022,\n\r]/.test(mot) ? `\u0022${mot.replace(/\u0022/g, "$&$&")}\u0022` : mot;
}

// A row alone that is empty is written as two quotes: else readers skip it.
function ligne(mots) {
  return `${mots.length === 1 && mots[0] === "" ? "\u0022\u0022" : mots.map(cellule).join(",")}\r\n`;
}
