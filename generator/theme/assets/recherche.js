// The search page: asks, and writes the answers as text (no HTML of the index is ever inserted). What a question means is in question.js.
//
// The page holds  #recherche-champ      an <input name="q"> inside a <form method="get">
//                 #recherche-etat       a <p role="status">, which has the sentences
//                 #recherche-genres     a <p> with a <select> where the kinds are offered, hidden without answer
//                 #recherche-resultats  an empty <div>, the last of the page: nothing is pushed down by what fills it
// and, for readers without JavaScript, a <noscript> with other ways.
// The question and the kind are in the address (?q=…&genre=…): a search can be linked, and the form of every page leads here.

import { Questionneur } from "./question.js";

const RACINE = new URL("../", import.meta.url);
const PAR_PAGE = 10;
const DELAI_MS = 200;
const MOINDRE = 0.12; // of the score of the best: below it, a page has little to do with the question

const champ = document.getElementById("recherche-champ");
const resultats = document.getElementById("recherche-resultats");
const etat = document.getElementById("recherche-etat");
const genres = document.getElementById("recherche-genres");
let preparation = null;
let numero = 0;

// The sentences are those of the page (its data-… attributes), where `{nom}` is a value.
function dire(phrase, valeurs = {}) {
  return etat.dataset[phrase].replace(/\{(\w+)\}/g, (_, nom) => valeurs[nom]);
}

function element(nom, attributs = {}, ...enfants) {
  const e = document.createElement(nom);
  for (const [cle, valeur] of Object.entries(attributs)) e.setAttribute(cle, valeur);
  e.append(...enfants);
  return e;
}

// The index has a space after every elision, so that « école » finds « l’école » (see generator/site/search.py).
function recoller(texte) {
  return texte.replace(/’(<\/mark>)? /g, "’$1");
}

// An excerpt is text with <mark>: read in an inert document, and only its text and its marks are copied.
function extrait(html) {
  const p = element("p", { class: "resultat__extrait" });
  for (const noeud of new DOMParser().parseFromString(recoller(html), "text/html").body.childNodes) {
    p.append(noeud.nodeName === "MARK" ? element("mark", {}, noeud.textContent) : noeud.textContent);
  }
  return p;
}

function adresse(brute) {
  return new URL(brute.replace(/^\/+/, ""), RACINE).href;
}

async function lire(nom) {
  const reponse = await fetch(new URL(`pagefind/${nom}`, RACINE));
  if (!reponse.ok) throw new Error(nom);
  return reponse.json();
}

// What reads a question, and what is known of the pages (Map: identifier → {genre, poids}).
async function preparer() {
  const [api, lexique, dites] = await Promise.all([
    import(new URL("pagefind/pagefind.js", RACINE).href), lire("lexique.json"), lire("fiches.json"),
  ]);
  await api.options({
    excerptLength: 26,
    ranking: { termSimilarity: 2, metaWeights: { title: 5, mots: 5, propres: 5, contexte: 1, chiffres: 2, selon: 0.5, montants: 0 } },
  });
  await api.init();
  const fiches = new Map();
  for (const [cle, valeurs] of Object.entries(dites)) {
    for (const [valeur, ids] of Object.entries(valeurs)) {
      const dit = cle === "poids" ? { poids: Number(valeur) } : { genre: valeur };
      for (const id of ids) fiches.set(id, { ...fiches.get(id), ...dit });
    }
  }
  return { questionneur: new Questionneur(api, lexique, fiches, lire), fiches };
}

function ligne(donnees, genre) {
  const meta = donnees.meta;
  const lien = adresse(donnees.raw_url ?? donnees.url);
  const titre = recoller(meta.title ?? lien);
  const li = element("li", {}, element("p", { class: "resultat__titre" }, element("a", { href: lien }, titre)));
  const chemin = [genre, meta.contexte].filter(Boolean).map(recoller).join(" · ");
  if (chemin) li.prepend(element("p", { class: "resultat__chemin" }, chemin));
  if (meta.chiffres || meta.selon) {
    const chiffre = element("p", { class: "resultat__chiffre" });
    if (meta.chiffres) chiffre.append(element("strong", {}, recoller(meta.chiffres)));
    if (meta.selon) chiffre.append(meta.chiffres ? " " : "", element("span", { class: "source" }, dire("source", { source: recoller(meta.selon) })));
    li.append(chiffre);
  }
  li.append(extrait(donnees.excerpt));
  const parties = (donnees.sub_results ?? []).filter((partie) => partie.url.includes("#") && partie.title !== meta.title);
  if (parties.length > 0) {
    li.append(element("ul", {}, ...parties.slice(0, 3).map((partie) => {
      const ancre = partie.url.slice(partie.url.indexOf("#"));
      return element("li", {}, element("a", { href: lien.split("#")[0] + ancre }, recoller(partie.title)));
    })));
  }
  return li;
}

async function montrer(trouves, debut, liste, tour) {
  const lignes = await Promise.all(trouves.slice(debut, debut + PAR_PAGE).map(async ({ r, genre }) => ligne(await r.data(), genre)));
  if (tour !== numero) return;
  liste.append(...lignes);
  if (debut > 0) lignes[0]?.querySelector("a").focus();
  const suite = trouves.length - debut - PAR_PAGE;
  if (suite <= 0) return;
  const bouton = element("button", { type: "button" }, dire("suite", { suite }));
  bouton.addEventListener("click", () => {
    bouton.remove();
    montrer(trouves, debut + PAR_PAGE, liste, tour);
  });
  liste.after(bouton);
}

// What is said of the answers: how many, for which words when the spelling was mended, and whether words are missing.
function annoncer({ combien, question, corrections, complet }) {
  const phrases = corrections.map(([ecrit, lu]) => dire("corrigee", { ecrit, lu }));
  if (combien > 0 && !complet) phrases.push(dire("relachee"));
  phrases.push(dire(combien === 0 ? "aucune" : combien === 1 ? "une" : "plusieurs", { combien, question }));
  return phrases.join(" ");
}

function proposer(comptes, choisi) {
  const choix = [["", dire("tous")], ...[...comptes.keys()].sort((a, b) => a.localeCompare(b, document.documentElement.lang)).map((nom) => [nom, `${nom} (${comptes.get(nom)})`])];
  if (choisi && !comptes.has(choisi)) choix.push([choisi, choisi]);
  genres.hidden = choix.length < 3 && !choisi;
  const liste = genres.querySelector("select");
  liste.replaceChildren(...choix.map(([value, texte]) => element("option", { value }, texte)));
  liste.value = choisi;
}

async function chercher() {
  const question = champ.value.trim();
  const choisi = new URLSearchParams(location.search).get("genre") ?? "";
  const tour = ++numero;
  if (question === "") {
    resultats.replaceChildren();
    genres.hidden = true;
    etat.textContent = "";
    return;
  }
  resultats.setAttribute("aria-busy", "true");
  etat.textContent = dire("enCours");
  let reponse;
  let pret;
  try {
    pret = await (preparation ??= preparer());
    reponse = await pret.questionneur.chercher(question);
  } catch {
    preparation = null;
    if (tour === numero) etat.textContent = dire("panne");
    resultats.removeAttribute("aria-busy");
    return;
  }
  if (tour !== numero) return;
  const seuil = (reponse.resultats[0]?.score ?? 0) * MOINDRE;
  const retenus = reponse.resultats.filter(({ score }) => score >= seuil).map((page) => ({ ...page, ...pret.fiches.get(page.id) }));
  const comptes = new Map();
  for (const { genre } of retenus) if (genre) comptes.set(genre, (comptes.get(genre) ?? 0) + 1);
  const trouves = retenus.filter(({ genre }) => !choisi || genre === choisi);
  const liste = element("ol", { class: "resultats" });
  const bloc = element("div", {}, liste);
  await montrer(trouves, 0, liste, tour);
  if (tour !== numero) return;
  proposer(comptes, choisi);
  resultats.replaceChildren(bloc);
  etat.textContent = annoncer({ combien: trouves.length, question, ...reponse });
  resultats.removeAttribute("aria-busy");
}

function noter(cle, valeur, pousser) {
  const ici = new URL(location.href);
  if (valeur) ici.searchParams.set(cle, valeur);
  else ici.searchParams.delete(cle);
  if (ici.href !== location.href) history[pousser ? "pushState" : "replaceState"](null, "", ici);
}

// Whether the question of the address was asked; one that is typed meanwhile takes one entry of the history, after it.
let posee = true;

function depuisAdresse() {
  posee = true;
  champ.value = new URLSearchParams(location.search).get("q") ?? "";
  chercher();
}

let attente = 0;
champ.addEventListener("input", () => {
  clearTimeout(attente);
  attente = setTimeout(() => {
    noter("q", champ.value.trim(), posee && new URLSearchParams(location.search).has("q"));
    posee = false;
    chercher();
  }, DELAI_MS);
});
champ.form?.addEventListener("submit", (evenement) => {
  evenement.preventDefault();
  clearTimeout(attente);
  noter("q", champ.value.trim(), posee);
  posee = true;
  chercher();
});
genres.addEventListener("change", (evenement) => {
  noter("genre", evenement.target.value, true);
  chercher();
});
window.addEventListener("popstate", depuisAdresse);
depuisAdresse();
