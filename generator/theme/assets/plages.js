// A file of which only the parts that are needed are asked for. Its size is known from the page: a host that answers badly to HEAD is
// not asked. One that gives whole files whatever is asked is read whole, when that is little; else it is said.

export const ENTIER = 8_000_000; // bytes of a file that is read whole
const GARDES = 24_000_000; // bytes that are kept

export class Refus extends Error {
  constructor(raison) {
    super(raison);
    this.raison = raison; // "plages": the host gives whole files; "change": the file is another; "panne": it does not come
  }
}

function reponse(raison) {
  return () => {
    throw new Refus(raison);
  };
}

export function plages(adresse, taille, chercher = fetch) {
  const gardes = []; // { debut, fin, octets (a promise) }, the last asked for at the end
  let entier = null;
  let lus = 0;

  async function demander(debut, fin) {
    if (entier) return (await entier).slice(debut, fin);
    const abandon = new AbortController();
    const headers = { Range: `bytes=${debut}-${fin - 1}` };
    const dit = await chercher(adresse, { headers, signal: abandon.signal }).catch(reponse("panne"));
    if (dit.status === 206) {
      const dehors = dit.headers.get("Content-Range")?.match(/\/(\d+)$/);
      if (dehors && Number(dehors[1]) !== taille) {
        abandon.abort();
        throw new Refus("change");
      }
      return compte(dit, fin - debut);
    }
    if (dit.status !== 200) throw new Refus(dit.status === 416 ? "change" : "panne");
    if (taille > ENTIER || entier) abandon.abort();
    if (taille > ENTIER) throw new Refus("plages");
    entier ??= compte(dit, taille);
    return (await entier).slice(debut, fin);
  }

  async function compte(dit, voulu) {
    const octets = await dit.arrayBuffer().catch(reponse("panne"));
    lus += octets.byteLength;
    if (octets.byteLength !== voulu) throw new Refus("change");
    return octets;
  }

  function oublier() {
    let somme = gardes.reduce((s, garde) => s + garde.fin - garde.debut, 0);
    while (gardes.length > 1 && somme > GARDES) {
      const { debut, fin } = gardes.shift();
      somme -= fin - debut;
    }
  }

  // Asks for a part, and keeps it. One that fails is not kept.
  function prendre(debut, fin) {
    const connu = gardes.find((garde) => garde.debut <= debut && fin <= garde.fin);
    if (connu) return connu.octets;
    const garde = { debut, fin, octets: demander(debut, fin) };
    gardes.push(garde);
    oublier();
    garde.octets.catch(() => gardes.splice(gardes.indexOf(garde), 1));
    return garde.octets;
  }

  async function slice(debut, fin = taille) {
    if (entier) return (await entier).slice(debut, fin);
    const connu = gardes.find((garde) => garde.debut <= debut && fin <= garde.fin);
    if (connu) return (await connu.octets).slice(debut - connu.debut, fin - connu.debut);
    return prendre(debut, fin);
  }

  return { byteLength: taille, slice, prendre, get lus() { return lus; } };
}
