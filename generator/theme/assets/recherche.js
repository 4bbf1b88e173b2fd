// The search page: asks Pagefind, writes the answers as text (no HTML of the index is ever inserted).
//
// The page holds  #recherche-champ      an <input name="q"> inside a <form method="get">
//                 #recherche-resultats  an empty <div>
//                 #recherche-etat       a <p role="status"> (made here if it is missing)
// and, for readers without JavaScript, a <noscript> with links to the indexes.
// The question is in the address (?q=…): a search can be linked, and the form of every page leads here.

const RACINE = new URL("../", import.meta.url);
const PAR_PAGE = 10;
const DELAI_MS = 200;

const champ = document.getElementById("recherche-champ");
const resultats = document.getElementById("recherche-resultats");
const etat = document.getElementById("recherche-etat");
let pagefind = null;
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
  const p = element("p");
  for (const noeud of new DOMParser().parseFromString(recoller(html), "text/html").body.childNodes) {
    p.append(noeud.nodeName === "MARK" ? element("mark", {}, noeud.textContent) : noeud.textContent);
  }
  return p;
}

function adresse(brute) {
  return new URL(brute.replace(/^\/+/, ""), RACINE).href;
}

// The same for the question: « l’école » is asked as « école ».
function separer(question) {
  return question.replace(/(^|\s)(?:[cdjlmnst]|qu)['’ʼ](?=\S)/gi, "$1").replace(/['’ʼ]/g, " ");
}

// « œuvre » and « oeuvre », « ex æquo » and « ex aequo »: the index knows the spelling of the page only.
function variantes(question) {
  const avec = question.replace(/oe/gi, "œ").replace(/ae/gi, "æ");
  const sans = question.replace(/œ/gi, "oe").replace(/æ/gi, "ae");
  return [...new Set([question, avec, sans])];
}

async function moteur() {
  if (!pagefind) {
    pagefind = await import(new URL("pagefind/pagefind.js", RACINE).href);
    await pagefind.options({ excerptLength: 26 });
    await pagefind.init();
  }
  return pagefind;
}

async function trouver(question) {
  const api = await moteur();
  const trouves = new Map();
  for (const variante of variantes(separer(question))) {
    for (const r of (await api.search(variante)).results) {
      if (!trouves.has(r.id) || trouves.get(r.id).score < r.score) trouves.set(r.id, r);
    }
  }
  return [...trouves.values()].sort((a, b) => b.score - a.score);
}

function ligne(donnees) {
  const lien = adresse(donnees.raw_url ?? donnees.url);
  const titre = recoller(donnees.meta.title ?? lien);
  const li = element("li", {}, element("p", { class: "resultat__titre" }, element("a", { href: lien }, titre)));
  if (donnees.meta.rubrique) li.prepend(element("p", { class: "resultat__chemin" }, recoller(donnees.meta.rubrique)));
  li.append(extrait(donnees.excerpt));
  const parties = (donnees.sub_results ?? []).filter((partie) => partie.url.includes("#") && partie.title !== donnees.meta.title);
  if (parties.length > 0) {
    li.append(element("ul", {}, ...parties.slice(0, 3).map((partie) => {
      const ancre = partie.url.slice(partie.url.indexOf("#"));
      return element("li", {}, element("a", { href: lien.split("#")[0] + ancre }, recoller(partie.title)));
    })));
  }
  return li;
}

async function montrer(trouves, debut, liste, tour) {
  const lot = await Promise.all(trouves.slice(debut, debut + PAR_PAGE).map((r) => r.data()));
  if (tour !== numero) return;
  const lignes = lot.map(ligne);
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

async function chercher() {
  const question = champ.value.trim();
  const tour = ++numero;
  if (question === "") {
    resultats.replaceChildren();
    etat.textContent = "";
    return;
  }
  etat.textContent = dire("enCours");
  let trouves;
  try {
    trouves = await trouver(question);
  } catch {
    if (tour === numero) etat.textContent = dire("panne");
    return;
  }
  if (tour !== numero) return;
  const combien = trouves.length;
  etat.textContent = dire(combien === 0 ? "aucune" : combien === 1 ? "une" : "plusieurs", { combien, question });
  const liste = element("ol", { class: "resultats" });
  resultats.replaceChildren(liste);
  await montrer(trouves, 0, liste, tour);
}

function noter(question, pousser) {
  const ici = new URL(location.href);
  if (question) ici.searchParams.set("q", question);
  else ici.searchParams.delete("q");
  if (ici.href !== location.href) history[pousser ? "pushState" : "replaceState"](null, "", ici);
}

function depuisAdresse() {
  champ.value = new URLSearchParams(location.search).get("q") ?? "";
  chercher();
}

let attente = 0;
champ.addEventListener("input", () => {
  clearTimeout(attente);
  attente = setTimeout(() => {
    noter(champ.value.trim(), false);
    chercher();
  }, DELAI_MS);
});
champ.form?.addEventListener("submit", (evenement) => {
  evenement.preventDefault();
  clearTimeout(attente);
  noter(champ.value.trim(), true);
  chercher();
});
window.addEventListener("popstate", depuisAdresse);
depuisAdresse();
