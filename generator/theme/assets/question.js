// What a question asks of the index: its words without those that say nothing, its amounts as the index writes them, its acronyms with
// what they stand for, its faults of spelling mended. Each word is asked of Pagefind by itself: a page that lacks one is not lost, and
// the rarest words count most. What is particular to a language or to a site comes from pagefind/lexique.json (see
// generator/site/lexicon.py); the words of the site, from pagefind/mots.json, fetched for a word that the index does not have.

const VARIANTES = [["œ", "oe"], ["æ", "ae"]];
const COURT = 5; // letters of a word that may have a fault of spelling: a shorter one is another word
const PHRASE = 2; // what an amount, an acronym or a phrase found word for word is worth, in words of the same rarity
const EN_TITRE = 5; // and in the title, or among the words of readers
const PROPRE = 8; // and an amount that is the figure of the page
const GENRE = 1.4; // how much a page counts whose kind the question asks for
const COMMUNE = 0.4; // the share of the pages beyond which it does not matter how often a page has a word
const COMBLE = 6; // the most that one word is worth, in words of the same rarity, however often a page has it
const PROLONGE = 0.4; // what a longer word is worth (« pauvreté » for « pauvre »)
const SUITE = 0.5; // what two words that follow each other are worth besides, when the page has them so
const TITRE = 2; // how much a page gains whose title, or what readers call it, is the question itself
const PARTAGE = 0.995; // what is left of that for each name that the page has: the fewer, the more it is about each
const RELUES = 12; // pages whose title is read again
const EN_PASSANT = 0.3; // how little a word counts as met that a page says in passing
const COUVERTURE = 2; // how much a page loses that lacks words: the power of the share that it has, each word by its rarity

const COMMUN = 5; // letters that two forms of a word share at least

export function plier(texte) {
  return texte.toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae").normalize("NFD").replace(/[\u0300-\u036f]/g, "");
}

// The amounts of a text, and the text without them. Written twice, here and in generator/text/query.py, which gives the pattern.
export function montants(texte, lexique) {
  const jetons = [];
  const reste = texte.toLowerCase().replace(new RegExp(lexique.montant, "g"), (trouve, entier, decimales = "", lettres, echelle, pct) => {
    if (!lettres && entier.length <= 4 && trouve === entier) return trouve;
    const zeros = echelle ? lexique.echelles[echelle.replace(/s$/, "")] : 0;
    const chiffres = (entier ?? lexique.lettres[lettres]).replace(/[^0-9]/g, "") + decimales.slice(0, zeros).padEnd(zeros, "0");
    const suite = decimales.slice(zeros).replace(/0+$/, "");
    jetons.push(`n${chiffres.replace(/^0+(?=.)/, "")}${suite ? `v${suite}` : ""}${pct ? "pct" : ""}`);
    return " ";
  });
  return { jetons, reste };
}

// The words of a text: elisions (« l’école »), punctuation and hyphens part them.
function decouper(texte) {
  const sansElision = texte.replace(/(^|[^\p{L}\p{N}])(?:[cdjlmnst]|qu|lorsqu|puisqu|jusqu)['’ʼ](?=\p{L})/giu, "$1");
  return sansElision.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

// A word, its other spellings, and its other gender (« éducatrice » for « éducateur »), as the endings of the language go.
export function variantes(mot, lexique) {
  const genres = lexique.feminins.flatMap(([un, deux]) => [[un, deux], [deux, un]]);
  const autres = genres.flatMap(([un, deux]) => (mot.length > un.length + 3 && mot.replace(/s$/, "").endsWith(un) ? [mot.replace(/s$/, "").slice(0, -un.length) + deux] : []));
  return [...new Set([mot, ...VARIANTES.flatMap(([un, deux]) => [mot.replaceAll(un, deux), mot.replaceAll(deux, un)]), ...autres])];
}

// How many letters to add, remove, change or exchange, up to `max`.
export function distance(a, b, max) {
  if (Math.abs(a.length - b.length) > max) return max + 1;
  let avant = [];
  let rang = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const suivant = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = rang[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      suivant[j] = Math.min(change, rang[j] + 1, suivant[j - 1] + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) suivant[j] = Math.min(suivant[j], avant[j - 2] + 1);
    }
    [avant, rang] = [rang, suivant];
  }
  return rang[b.length];
}

// The word of the site that a word without any page was meant to be: the nearest, then the most frequent; "" when there is none.
export function corriger(mot, mots) {
  const plie = plier(mot);
  const max = plie.length < COURT ? 0 : plie.length < 8 ? 1 : 2;
  let meilleur = "";
  let rang = [max + 1, 0];
  for (const { connu, plie: lu, pages } of mots) {
    const ecart = distance(plie, lu, max);
    if (ecart < rang[0] || (ecart === rang[0] && ecart <= max && pages > rang[1])) [meilleur, rang] = [connu, [ecart, pages]];
  }
  return meilleur;
}

export class Questionneur {
  // `api` is Pagefind, `fiches` its pages (Map: identifier → {genre, poids}: kind, how much it counts), `lire(nom)` gives a JSON
  // file of the folder of Pagefind.
  constructor(api, lexique, fiches, lire) {
    Object.assign(this, { api, lexique, pages: lexique.pages, fiches, lire, vides: new Set(lexique.vides), mots: null });
    this.sigles = lexique.sigles.map(([sigle, sens]) => ({ sigle: plier(sigle), suite: decouper(plier(sens)) }));
  }

  // The pages that answer, best first: {resultats: [{id, score, r, part}], corrections: [[écrit, lu]], complet}.
  async chercher(question) {
    const { jetons, reste } = montants(question, this.lexique);
    const tous = decouper(reste);
    const pleins = tous.filter((mot) => !this.vides.has(plier(mot)));
    const termes = pleins.length + jetons.length > 0 ? pleins : tous;
    const corrections = [];
    const trouves = [];
    for (const mot of new Set(await this.parties(termes))) trouves.push(await this.mot(mot, corrections));
    for (const jeton of jetons) trouves.push({ pages: await this.phrase(jeton), mots: [] });
    await this.sigles_de(trouves);
    for (const trouve of trouves) this.genre(trouve, trouves);
    const demandes = new Set(tous.map((mot) => this.genreDe(plier(mot))).filter(Boolean));
    const { resultats, complet } = this.classer(trouves, await this.suites(tous), demandes);
    return { resultats: await this.relire(resultats, trouves), complet, corrections };
  }

  // The kind of page that a word of a question calls for, whatever its ending (« financent » for « financer »).
  genreDe(mot) {
    const proche = Object.keys(this.lexique.genres).find((dit) => memeMot(dit, mot));
    return this.lexique.genres[singulier(mot)] ?? this.lexique.genres[proche];
  }

  // Letters and digits that are written together (« ccn66 ») are two words, unless the site writes them so.
  async parties(termes) {
    const dites = await Promise.all(termes.map(async (mot) => (/\p{L}[0-9]|[0-9]\p{L}/u.test(mot) && (await this.phrase(mot)).size === 0 ? mot.match(/\p{L}+|[0-9]+/gu) : [mot])));
    return dites.flat();
  }

  // A word that is that of a kind of page (« métier ») stands on all of that kind.
  genre({ mots, pages }, trouves) {
    const voulu = this.lexique.genres[singulier(mots[0] ?? "")];
    const voulues = voulu ? [...this.fiches].filter(([, { genre }]) => genre === voulu).map(([id]) => id) : [];
    for (const id of voulues) {
      const ailleurs = pages.has(id) ? null : trouves.map((trouve) => trouve.pages.get(id)).find(Boolean);
      if (ailleurs) pages.set(id, { score: PHRASE * this.rarete(voulues.length), r: ailleurs.r });
    }
  }

  // Pages where two words of the question follow each other as they do there.
  async suites(tous) {
    const rangs = tous.flatMap((mot, i) => (this.vides.has(plier(mot)) ? [] : [i]));
    const paires = rangs.slice(1).map((rang, i) => tous.slice(rangs[i], rang + 1).join(" "));
    return Promise.all(paires.map((paire) => this.phrase(paire)));
  }

  // The best pages again, those first whose title says the question, no more and no less; or one of the names that readers give them.
  async relire(resultats, trouves) {
    const relues = await Promise.all(resultats.slice(0, RELUES).map(async (page) => {
      const { title = "", mots = "" } = (await page.r.data()).meta;
      const noms = [title, title.split(" : ").at(-1), ...mots.split(" ; ")];
      const accord = Math.max(...noms.map((nom) => this.accord(nom, trouves))) * PARTAGE ** noms.length;
      return { ...page, score: page.score * (1 + TITRE * accord ** 2) };
    }));
    relues.sort((a, b) => b.score - a.score);
    return [...relues, ...resultats.slice(RELUES)];
  }

  rarete(nombre) {
    return Math.log(1 + this.pages / Math.max(1, nombre));
  }

  // Pages where a text stands word for word, as Map(id → {score, r}).
  async phrase(texte) {
    const { results } = await this.api.search(`"${texte}"`);
    const rarete = this.rarete(results.length);
    return new Map(results.map((r) => [r.id, { score: rarete * valeur(r.matchedMetaFields ?? []), r }]));
  }

  async mot(mot, corrections) {
    let exactes = await this.exactes(mot);
    let cherche = mot;
    if (exactes.size === 0) {
      this.mots ??= Object.entries(await this.lire("mots.json")).map(([connu, pages]) => ({ connu, plie: plier(connu), pages }));
      const debut = plier(mot);
      const commence = debut.length > 2 && this.mots.some(({ plie }) => plie.startsWith(debut));
      if (!commence) {
        cherche = corriger(mot, this.mots);
        if (!cherche) return { pages: new Map(), mots: [debut] };
        corrections.push([mot, cherche]);
        exactes = await this.exactes(cherche);
      }
    }
    if (exactes.size > COMMUNE * this.pages) return { pages: exactes, mots: [plier(cherche)], rares: exactes.size };
    const pages = new Map();
    for (const variante of variantes(cherche, this.lexique)) {
      const { results } = await this.api.search(variante);
      const comble = COMBLE * this.rarete(exactes.size || results.length);
      for (const r of results) {
        const exact = exactes.has(r.id);
        if (!exact && cherche.length < 4 && exactes.size > 0) continue;
        const score = ((r.score * comble) / (r.score + comble)) * (exact || exactes.size === 0 ? 1 : PROLONGE);
        if ((pages.get(r.id)?.score ?? 0) < score) pages.set(r.id, { score, r });
      }
    }
    return { pages, mots: [plier(cherche)], rares: exactes.size };
  }

  // Pages that have a word, whatever its spelling or its ending.
  async exactes(mot) {
    return new Map((await Promise.all(variantes(mot, this.lexique).map((variante) => this.phrase(variante)))).flatMap((pages) => [...pages]));
  }

  // An acronym of the question is also looked for as what it stands for, and the reverse.
  async sigles_de(trouves) {
    const suite = trouves.map((trouve) => trouve.mots[0] ?? "");
    for (const { sigle, suite: longue } of this.sigles) {
      const pleins = longue.filter((mot) => !this.vides.has(mot));
      const rang = suite.indexOf(sigle);
      const debut = pleins.length > 1 ? suite.findIndex((_, i) => pleins.every((mot, j) => memeMot(suite[i + j], mot))) : -1;
      if (rang >= 0) ajouter(trouves[rang].pages, await this.phrase(longue.join(" ")), 1);
      if (debut >= 0) {
        const pages = new Map([...(await this.phrase(sigle)), ...(await this.phrase(longue.join(" ")))]);
        for (const trouve of trouves.slice(debut, debut + pleins.length)) ajouter(trouve.pages, pages, 1);
      }
    }
  }

  // From 0 to 1, how much a name and the question say the same: the harmonic mean of what each has of the other.
  accord(nom, trouves) {
    const mots = decouper(nom).map(plier).filter((mot) => !this.vides.has(mot));
    const dits = mots.filter((mot) => trouves.some((trouve) => trouve.mots.some((demande) => memeMot(mot, demande)))).length;
    const total = trouves.reduce((somme, trouve) => somme + this.poidsDe(trouve), 0);
    const reconnus = trouves.filter((trouve) => trouve.mots.some((demande) => mots.some((mot) => memeMot(mot, demande))));
    const rappel = reconnus.reduce((somme, trouve) => somme + this.poidsDe(trouve), 0) / total;
    return dits === 0 ? 0 : 2 / (mots.length / dits + 1 / rappel);
  }

  poidsDe({ pages, rares }) {
    return this.rarete(rares || pages.size || this.pages);
  }

  classer(trouves, suites, demandes) {
    const poids = trouves.map((trouve) => this.poidsDe(trouve));
    const total = poids.reduce((a, b) => a + b, 0);
    const pages = new Map();
    trouves.forEach((trouve, i) => {
      for (const [id, { score, r }] of trouve.pages) {
        const page = pages.get(id) ?? { id, somme: 0, part: 0, mots: 0, meilleur: 0 };
        page.somme += score;
        page.part += ((poids[i] / total) * score) / (score + EN_PASSANT * poids[i]);
        page.mots += 1;
        if (score > page.meilleur) Object.assign(page, { meilleur: score, r });
        pages.set(id, page);
      }
    });
    for (const suite of suites) for (const [id, { score }] of suite) if (pages.has(id)) pages.get(id).somme += SUITE * score;
    const resultats = [...pages.values()].map((page) => {
      const { genre, poids = 1 } = this.fiches.get(page.id) ?? {};
      return { ...page, score: page.somme * page.part ** COUVERTURE * poids * (demandes.has(genre) ? GENRE : 1) };
    });
    resultats.sort((a, b) => b.score - a.score);
    return { resultats, complet: resultats.some((page) => page.mots === trouves.length) };
  }
}

// What a text found word for word is worth, by where it stands.
function valeur(champs) {
  if (champs.includes("propres")) return PROPRE;
  return champs.some((champ) => champ !== "montants") ? EN_TITRE : PHRASE;
}

export function singulier(mot) {
  return mot.length > 3 ? mot.replace(/[sx]$/, "") : mot;
}

// Whether two folded words are forms of one: the same, or alike but for their ends (« recruter », « recrutement »).
function memeMot(a = "", b = "") {
  if (singulier(a) === singulier(b)) return true;
  const court = Math.min(a.length, b.length);
  const commun = [...a].findIndex((lettre, i) => lettre !== b[i]);
  return court >= COMMUN && (commun < 0 ? court : commun) >= Math.max(COMMUN, 0.75 * court);
}

function ajouter(pages, autres, facteur) {
  for (const [id, { score, r }] of autres) {
    if ((pages.get(id)?.score ?? 0) < score * facteur) pages.set(id, { score: score * facteur, r });
  }
}
