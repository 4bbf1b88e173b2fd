// The rows of a table: filtered, sorted, seen page by page, downloaded as they are seen. They come from parts of the Parquet file of the
// site; nothing is asked of any other host, and texts are only ever written as texts. What reads it comes when one points at the page, the file
// is opened when something is asked.
//
// The page holds  .parcours                data-modele says the columns (generator/pages/exploring.py), data-fichier and data-taille what
//                                          to read, data-montrees how many rows a page has; the others are sentences, `{nom}` a value
//                 .parcours__filtres       a form: fieldset.parcours__filtre (the first is the model of others), buttons
//                 .parcours__etat          a <p role="status">
//                 .parcours__table         the table, a button in each head
//                 .parcours__pages         button[data-vers], .parcours__place
//
// What is asked is in the address (?filtre=colonne:quoi:valeur&tri=-colonne&page=2): a view can be shared.

import { plages, Refus } from "./plages.js";
import { nombre, QUOI, SANS_VALEUR, texte, vue } from "./vue.js";

const LANGUE = document.documentElement.lang || "fr";
const VIRGULE = !LANGUE.startsWith("en");
const CHER = 20_000_000; // bytes that are not read without asking
const BEAUCOUP = 200_000; // rows that are not put in a file here
const LONG = 160; // characters of a cell, as the page cuts them

const racine = document.querySelector(".parcours");
const modele = JSON.parse(racine.dataset.modele);
const formulaire = racine.querySelector(".parcours__filtres");
const etat = racine.querySelector(".parcours__etat");
const table = racine.querySelector("table");
const place = racine.querySelector(".parcours__place");
const demandee = element("p");
const patron = formulaire.querySelector(".parcours__filtre").cloneNode(true);
const PAR_PAGE = Number(racine.dataset.montrees);
const fichier = plages(new URL(racine.dataset.fichier, location.href).href, Number(racine.dataset.taille));

let ouverte = null; // the promise of { donnees, vue }
let demande = { conditions: [], tri: null }; // what is asked, last
let faite = true; // whether what is shown answers it
let montree = null; // the view that is shown
let page = 0;
let tour = 0; // of what is asked: an answer that comes late is dropped

// A sentence; a number stays with its name, as the site writes them.
function dire(phrase, valeurs = {}) {
  return racine.dataset[phrase].replace(/\{(\w+)\}/g, (_, nom) => valeurs[nom]).replace(/(\d) (?=\p{L})/gu, "$1\u00a0");
}

function element(nom, attributs = {}, ...enfants) {
  const e = document.createElement(nom);
  for (const [cle, valeur] of Object.entries(attributs)) e.setAttribute(cle, valeur);
  e.append(...enfants);
  return e;
}

// --- Words

function chiffre(ecrit) {
  const [entier, decimales] = String(ecrit).replace("-", "").split(".");
  const groupes = entier.replace(/\B(?=(\d{3})+$)/g, VIRGULE ? "\u202f" : ",");
  return `${String(ecrit).startsWith("-") ? "−" : ""}${groupes}${decimales ? `${VIRGULE ? "," : "."}${decimales}` : ""}`;
}

function jour(iso) {
  if (!/^\d{4}-\d\d-\d\d$/.test(iso)) return iso;
  const [annee, mois, rang] = iso.split("-").map(Number);
  const nom = new Intl.DateTimeFormat(LANGUE, { month: "long", timeZone: "UTC" }).format(Date.UTC(2000, mois - 1, 1));
  return `${rang === 1 && VIRGULE ? "1er" : rang} ${nom} ${String(annee).padStart(4, "0")}`;
}

function poids(octets) {
  const [somme, unite] = octets < 1e6 ? [octets / 1e3, "k"] : [octets / 1e6, "M"];
  return `${chiffre(somme.toFixed(1).replace(/\.0$/, ""))}\u00a0${unite}${VIRGULE ? "o" : "B"}`;
}

function montre(rang, colonne, valeur) {
  const ecrit = texte(colonne, valeur);
  const { genre, compte, etiquettes } = modele[rang];
  if (ecrit === "") return "";
  if (etiquettes) return etiquettes[ecrit] ?? ecrit;
  const lu = genre === "date" ? jour(ecrit) : compte ? chiffre(texte(colonne, valeur, modele[rang].decimales)) : ecrit;
  return lu.length <= LONG ? lu : `${lu.slice(0, LONG - 1)}…`;
}

function combien(total) {
  const tout = chiffre(Number(racine.dataset.total));
  if (total === Number(racine.dataset.total)) return dire("toutes", { total: tout });
  return dire(total === 0 ? "aucune" : total === 1 ? "une" : "plusieurs", { combien: chiffre(total), total: tout });
}

// --- Filters

const roles = (filtre) => Object.fromEntries([...filtre.querySelectorAll("[data-role]")].map((e) => [e.dataset.role, e]));

function condition(genre, quoi) {
  return dire((genre === "date" && { min: "des", max: "jusqu" }[quoi]) || quoi);
}

// The condition and the value that a column has.
function accorder(filtre, garde = "") {
  const { colonne, quoi } = roles(filtre);
  const { genre, etiquettes } = modele[colonne.value];
  quoi.replaceChildren(...QUOI[genre].map((nom) => element("option", { value: nom }, condition(genre, nom))));
  if (QUOI[genre].includes(garde)) quoi.value = garde;
  const champ = etiquettes
    ? element("select", {}, ...Object.entries(etiquettes).map(([valeur, mot]) => element("option", { value: valeur }, mot)))
    : element("input", genre === "date" ? { type: "date" } : { type: "text", inputmode: genre === "nombre" ? "decimal" : "text" });
  champ.dataset.role = "valeur";
  roles(filtre).valeur.replaceWith(champ);
  taire(filtre);
}

function taire(filtre) {
  const { quoi, valeur } = roles(filtre);
  valeur.disabled = SANS_VALEUR.has(quoi.value);
}

function ajouter({ rang = 0, quoi = "", valeur = "" } = {}) {
  const filtre = patron.cloneNode(true);
  filtre.disabled = false;
  formulaire.querySelector(".parcours__boutons").before(filtre);
  roles(filtre).colonne.value = String(rang);
  accorder(filtre, quoi);
  roles(filtre).valeur.value = valeur;
  filtre.addEventListener("change", ({ target }) => {
    if (target.dataset.role === "colonne") accorder(filtre);
    if (target.dataset.role === "quoi") taire(filtre);
  });
  filtre.querySelector("legend").textContent = dire("titre", { rang: [...formulaire.querySelectorAll(".parcours__filtre")].indexOf(filtre) + 1 });
  return filtre;
}

// What the form asks: conditions, or the first field that is wrong.
function lire() {
  const conditions = [];
  for (const filtre of formulaire.querySelectorAll(".parcours__filtre")) {
    const { colonne, quoi, valeur } = roles(filtre);
    const { genre } = modele[colonne.value];
    const ecrit = valeur.value.trim();
    valeur.setCustomValidity("");
    if (SANS_VALEUR.has(quoi.value)) conditions.push({ rang: Number(colonne.value), quoi: quoi.value, valeur: "" });
    else if (ecrit !== "" || valeur.validity.badInput) {
      const lu = genre === "nombre" ? nombre(ecrit, VIRGULE) : ecrit;
      if (Number.isNaN(lu) || valeur.validity.badInput) valeur.setCustomValidity(dire(genre === "date" ? "date" : "nombre"));
      conditions.push({ rang: Number(colonne.value), quoi: quoi.value, valeur: String(lu) });
    }
  }
  return formulaire.reportValidity() ? conditions : null;
}

// --- What is seen

const lecteur = () => import("./parquet.js");

function preparer() {
  ouverte ??= lecteur().then(({ ouvrir }) => ouvrir(fichier)).then((donnees) => {
    const rangs = new Map(donnees.colonnes.map((colonne, rang) => [colonne.nom, rang]));
    if (modele.some(({ nom }, rang) => rangs.get(nom) !== rang)) throw new Refus("change");
    return { donnees, vue: vue(donnees, modele) };
  });
  ouverte.catch(() => (ouverte = null));
  return ouverte;
}

function rangee(colonnes, valeurs) {
  return element("tr", {}, ...valeurs.map((valeur, rang) => {
    const cellule = element(rang === 0 ? "th" : "td", rang === 0 ? { scope: "row" } : {}, montre(rang, colonnes[rang], valeur));
    if (modele[rang].compte) cellule.className = "nombre";
    return cellule;
  }));
}

function tourner(total) {
  const pages = Math.max(1, Math.ceil(total / PAR_PAGE));
  place.textContent = dire("place", { page: chiffre(page + 1), pages: chiffre(pages) });
  for (const bouton of racine.querySelectorAll("[data-vers]")) {
    bouton.dataset.page = { debut: 0, avant: page - 1, apres: page + 1, fin: pages - 1 }[bouton.dataset.vers];
    const la = Number(bouton.dataset.page);
    bouton.setAttribute("aria-disabled", String(la < 0 || la >= pages || la === page));
  }
}

// Asks for a view: the filters of the form, and a sort.
async function demander(tri, voulue = 0) {
  const conditions = lire();
  if (!conditions) return;
  demande = { conditions, tri };
  faite = false;
  signaler();
  await montrer(voulue);
}

// Shows a page of what is asked; a view that was asked for and did not come is asked for again.
async function montrer(voulue, force = false) {
  const moi = ++tour;
  const { conditions, tri } = demande;
  table.setAttribute("aria-busy", "true");
  etat.textContent = dire("lit");
  try {
    const { donnees, vue: seen } = await preparer();
    if (moi !== tour) return;
    const cher = faite ? 0 : seen.cout(conditions, tri);
    if (cher > CHER && !force) {
      demanderCher(cher, () => montrer(voulue, true));
      return;
    }
    const voulues = faite ? (montree ?? seen.tout) : await seen.demander(conditions, tri);
    const derniere = Math.max(0, Math.ceil(voulues.total / PAR_PAGE) - 1);
    const la = Math.min(Math.max(0, voulue), derniere);
    const lignes = await voulues.lignes(la * PAR_PAGE, (la + 1) * PAR_PAGE);
    if (moi !== tour) return;
    [montree, page, faite] = [voulues, la, true];
    table.tBodies[0].replaceChildren(...lignes.map((valeurs) => rangee(donnees.colonnes, valeurs)));
    tourner(montree.total);
    const conseil = montree.total === 0 && conditions.some(({ quoi, rang }) => modele[rang].genre === "texte" && quoi !== "contient");
    const lus = dire("lus", { lus: poids(fichier.lus), taille: poids(fichier.byteLength) });
    etat.textContent = [combien(montree.total), conseil ? dire("essayez") : lus].join(" ");
    noter();
    resumer();
  } catch (erreur) {
    if (moi === tour) regretter(erreur);
  } finally {
    if (moi === tour) table.removeAttribute("aria-busy");
  }
}

function regretter(erreur) {
  etat.textContent = dire(erreur instanceof Refus ? erreur.raison : "panne", { taille: poids(fichier.byteLength) });
  if (!(erreur instanceof Refus)) console.error(erreur);
}

function demanderCher(octets, suite) {
  const bouton = element("button", { type: "button", class: "bouton--second" }, dire("quand"));
  bouton.addEventListener("click", suite);
  etat.replaceChildren(dire("cher", { lus: poids(octets), taille: poids(fichier.byteLength) }), " ", bouton);
}

function trier(rang) {
  const { tri } = demande;
  return demander(tri?.rang === rang && tri.baisse ? null : { rang, baisse: tri?.rang === rang });
}

function signaler() {
  const { tri } = demande;
  [...table.tHead.rows[0].cells].forEach((th, rang) => {
    if (tri?.rang === rang) th.setAttribute("aria-sort", tri.baisse ? "descending" : "ascending");
    else th.removeAttribute("aria-sort");
  });
}

// The published CSV, when the Parquet file does not tell how its decimals are written; null otherwise, undefined when it is too large.
async function publie(exacte) {
  const { csv, csvTaille } = racine.dataset;
  if (exacte || !csv) return null;
  if (Number(csvTaille) > CHER) return undefined;
  const entier = await plages(new URL(csv, location.href).href, Number(csvTaille)).slice(0);
  return new TextDecoder().decode(entier);
}

async function telecharger() {
  const moi = tour;
  etat.textContent = dire("lit");
  try {
    const { vue: seen } = await preparer();
    const vues = montree ?? seen.tout;
    const trop = vues.total > BEAUCOUP || vues.coutEntier > CHER;
    const source = trop ? undefined : await publie(seen.exacte);
    const morceaux = source === undefined ? null : await vues.csv(source);
    if (morceaux) emporter(morceaux);
    if (moi === tour) etat.textContent = morceaux ? combien((montree ?? vues).total) : dire("beaucoup");
  } catch (erreur) {
    if (moi === tour) regretter(erreur);
  }
}

function emporter(morceaux) {
  const adresse = URL.createObjectURL(new Blob(morceaux, { type: "text/csv;charset=utf-8" }));
  element("a", { href: adresse, download: `${racine.dataset.nom}.csv` }).click();
  setTimeout(() => URL.revokeObjectURL(adresse), 60_000);
}

// --- The address

function noter() {
  const { conditions, tri } = demande;
  const ici = new URL(location.href);
  ici.search = "";
  for (const { rang, quoi, valeur } of conditions) ici.searchParams.append("filtre", [encodeURIComponent(modele[rang].nom), quoi, valeur].join(":"));
  if (tri) ici.searchParams.set("tri", `${tri.baisse ? "-" : ""}${modele[tri.rang].nom}`);
  if (page) ici.searchParams.set("page", String(page + 1));
  history.replaceState(null, "", ici);
}

function reprendre() {
  const dit = new URLSearchParams(location.search);
  const rangDe = (nom) => modele.findIndex((colonne) => colonne.nom === nom);
  for (const ecrit of dit.getAll("filtre")) {
    const [nom, quoi, ...reste] = ecrit.split(":");
    const rang = rangDe(decodeURIComponent(nom));
    const valeur = reste.join(":");
    if (rang >= 0) ajouter({ rang, quoi, valeur: modele[rang].genre === "nombre" ? chiffre(valeur) : valeur });
  }
  const [, baisse, nom] = /^(-?)(.*)$/.exec(dit.get("tri") ?? "");
  if (rangDe(nom) >= 0) demande.tri = { rang: rangDe(nom), baisse: baisse === "-" };
  return [...dit.keys()].length > 0 ? Number(dit.get("page") ?? 1) - 1 : -1;
}

// The filters, in words: on paper, where the form is not; the heads say the sort.
function resumer() {
  const dites = demande.conditions.map(({ rang, quoi, valeur }) => {
    const { titre, genre, etiquettes } = modele[rang];
    const voulue = etiquettes?.[valeur] ?? (genre === "date" ? jour(valeur) : genre === "nombre" ? chiffre(valeur) : valeur);
    return `${titre} ${condition(genre, quoi)} ${voulue}`.trim();
  });
  demandee.textContent = dites.join(" ; ");
}

// --- Beginning

function commencer() {
  demandee.classList.add("parcours__demande", "marge");
  etat.after(demandee);
  formulaire.querySelector(".parcours__filtre").remove();
  const voulue = reprendre();
  if (!formulaire.querySelector(".parcours__filtre")) ajouter();
  table.tHead.querySelectorAll("button").forEach((bouton, rang) => {
    bouton.title = dire("trier", { colonne: modele[rang].titre });
    bouton.addEventListener("click", () => trier(rang));
  });
  for (const bouton of racine.querySelectorAll("button")) bouton.disabled = false;
  tourner(Number(racine.dataset.total));
  formulaire.addEventListener("submit", (evenement) => {
    evenement.preventDefault();
    demander(demande.tri);
  });
  formulaire.addEventListener("reset", (evenement) => {
    evenement.preventDefault();
    formulaire.querySelectorAll(".parcours__filtre").forEach((filtre) => filtre.remove());
    ajouter();
    demander(null);
  });
  formulaire.querySelector("[data-role=ajouter]").addEventListener("click", () => roles(ajouter()).colonne.focus());
  formulaire.querySelector("[data-role=csv]").addEventListener("click", telecharger);
  for (const bouton of racine.querySelectorAll("[data-vers]")) {
    bouton.addEventListener("click", () => {
      if (bouton.getAttribute("aria-disabled") !== "true") montrer(Number(bouton.dataset.page));
    });
  }
  for (const geste of ["pointerover", "focusin"]) racine.addEventListener(geste, () => lecteur().catch(() => null), { once: true });
  if (voulue >= 0) demander(demande.tri, voulue);
}

commencer();
