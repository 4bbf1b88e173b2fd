// A page that computes: the numbers of its example become fields, and what follows from them is computed again as one writes, by the
// formulas of the page. Nothing is asked from anywhere; texts are only ever written as texts.
//
// The page holds  form.calcul              data-modele is the calculation (generator/pages/kinds/calculator.py), the other data-… are
//                                          sentences, where `{nom}` is a value
//                 table[data-bloc]         td[data-entree] are numbers to give, td[data-sortie] results, a column for each row
//                 table[data-serie]        a line for each step, a column for each row
//                 .calcul__etat            a <p role="status">
//                 .calcul__actions         an empty <p> for buttons
//
// What one writes is in the address (?bloc.colonne.rang=…): a calculation can be shared.

import { arrondir, calculer, lire, Impossible } from "./decimales.js";

const formulaire = document.querySelector(".calcul");
const modele = JSON.parse(formulaire.dataset.modele);
const etat = formulaire.querySelector(".calcul__etat");
const champs = [];
const ATTENTE = 400; // milliseconds without writing, after which what is computed is said

function dire(phrase, valeurs = {}) {
  return formulaire.dataset[phrase].replace(/\{(\w+)\}/g, (_, nom) => valeurs[nom]);
}

function element(nom, attributs = {}, ...enfants) {
  const e = document.createElement(nom);
  for (const [cle, valeur] of Object.entries(attributs)) e.setAttribute(cle, valeur);
  e.append(...enfants);
  return e;
}

const VIRGULE = !document.documentElement.lang.startsWith("en"); // before decimals; elsewhere it parts thousands

// A number as the site writes it: 1 250,5 or 1,250.5.
function chiffre(texte) {
  const [, signe, entier, , decimales] = /^(-?)(\d+)(\.(\d+))?$/.exec(texte);
  return (signe ? "−" : "") + entier.replace(/\B(?=(\d{3})+$)/g, VIRGULE ? "\u202f" : ",") + (decimales ? `${VIRGULE ? "," : "."}${decimales}` : "");
}

function normal(texte) {
  return texte.replace(/[\s\u00a0\u202f\u2009]/g, "").replace("−", "-").replaceAll(",", VIRGULE ? "." : "");
}

// What is wrong with a text that should be a number, or "".
function faute({ entier, min, max }, texte) {
  if (texte === "") return "";
  if (!/^-?\d{1,20}(\.\d{1,10})?$/.test(texte)) return dire("nombre");
  if (entier && texte.includes(".")) return dire("entier");
  if (min !== "" && compare(texte, min) < 0) return dire("min", { borne: chiffre(min) });
  if (max !== "" && compare(texte, max) > 0) return dire("max", { borne: chiffre(max) });
  return "";
}

function compare(a, b) {
  return calculer(["-", ["number", a], ["number", b]], () => null).c;
}

function preparer() {
  const demandes = new URLSearchParams(location.search);
  for (const bloc of modele.blocs) {
    for (const entree of bloc.entrees) {
      const cellules = [...formulaire.querySelectorAll(`table[data-bloc="${bloc.nom}"] td[data-entree="${CSS.escape(entree.nom)}"]`)];
      cellules.forEach((td, rang) => champs.push(champ(bloc, entree, rang, td, demandes)));
    }
  }
}

function champ(bloc, entree, rang, td, demandes) {
  const nom = `${bloc.nom}.${entree.nom}.${rang}`;
  const ligne = bloc.lignes.length > 1 ? `${entree.titre}, ${bloc.lignes[rang]}` : entree.titre;
  const id = encodeURIComponent(nom); // which has no space
  const saisie = element("input", { name: nom, id, inputmode: "decimal", "aria-label": ligne, "aria-describedby": `${id}.faute`, maxlength: "32" });
  const message = element("span", { class: "erreur", id: `${id}.faute` });
  saisie.value = demandes.has(nom) ? demandes.get(nom) : ecrit(entree.exemple[rang], entree);
  td.replaceChildren(saisie, message);
  return { nom, bloc, entree, rang, saisie, message, exemple: ecrit(entree.exemple[rang], entree) };
}

function ecrit(texte, { entier }) {
  return texte === "" || entier ? texte : chiffre(texte);
}

// The number that a name stands for in a row: one that is written, else one that is computed; null when it is not known.
function valeur(nom, bloc, rang) {
  const de = [bloc, modele.blocs[0]];
  for (const autre of de) {
    const place = autre === bloc ? rang : 0;
    const donnee = champs.find((c) => c.bloc === autre && c.rang === place && c.entree.nom === nom);
    if (donnee) return donnee.lu;
    const sortie = autre.sorties.find((s) => s.nom === nom);
    if (sortie) return resultat(sortie, autre, place);
  }
  return null;
}

function resultat(sortie, bloc, rang) {
  const brut = calculer(sortie.arbre, (nom) => valeur(nom, bloc, rang));
  return brut === null ? null : arrondir(brut, sortie.decimales);
}

function texte(nombre, decimales) {
  return nombre === null ? "—" : chiffre(nombre.texte(decimales));
}

// What `faire` gives as a text, or what stops it.
function tente(faire) {
  try {
    return faire();
  } catch (erreur) {
    if (erreur instanceof Impossible) return dire(erreur.raison);
    throw erreur;
  }
}

function recalculer() {
  for (const c of champs) {
    const ecrite = normal(c.saisie.value);
    const dit = faute(c.entree, ecrite);
    c.lu = dit || ecrite === "" ? null : lire(ecrite);
    marquer(c, dit);
  }
  for (const bloc of modele.blocs) {
    for (const ordre of bloc.ordres) bloc.lignes.forEach((_, rang) => ordonner(bloc, ordre, rang));
  }
  for (const bloc of modele.blocs) montrer(bloc);
  for (const serie of modele.series) derouler(serie);
}

function marquer(champ, dit) {
  champ.message.textContent = dit;
  if (dit) champ.saisie.setAttribute("aria-invalid", "true");
  else champ.saisie.removeAttribute("aria-invalid");
}

// A number that is at most another; else the second says so, and nothing follows from it.
function ordonner(bloc, { bas, haut, phrase }, rang) {
  const [petit, grand] = [bas, haut].map((nom) => champs.find((c) => c.bloc === bloc && c.rang === rang && c.entree.nom === nom));
  if (!petit.lu || !grand.lu || compare(normal(petit.saisie.value), normal(grand.saisie.value)) <= 0) return;
  marquer(grand, phrase);
  grand.lu = null;
}

function montrer(bloc) {
  for (const sortie of bloc.sorties) {
    const cellules = [...formulaire.querySelectorAll(`table[data-bloc="${bloc.nom}"] td[data-sortie="${CSS.escape(sortie.nom)}"]`)];
    cellules.forEach((td, rang) => {
      td.textContent = tente(() => texte(resultat(sortie, bloc, rang), sortie.decimales));
    });
  }
}

// The steps of a row, as [step, value] with what is not rounded; they stop at what cannot be computed, which `dit` says.
function etapes(serie, bloc, rang) {
  const de = (arbre, connu = {}) => calculer(arbre, (nom) => connu[nom] ?? valeur(nom, bloc, rang));
  const [premier, dernier, chaque, depart] = ["premier", "dernier", "chaque", "depart"].map((nom) => de(serie[nom]));
  if ([premier, dernier, chaque, depart].includes(null)) return [];
  const [debut, fin, pas] = [premier, dernier, chaque].map((nombre) => Number(nombre.texte(0)));
  if (pas < 1 || (fin - debut) / pas + 1 > modele.pas) throw new Impossible("pas");
  const suite = [];
  let courante = depart;
  for (let ici = debut; ici <= fin; ici += pas) {
    if (ici > debut) {
      const connu = { [serie.pas]: lire(String(ici)), [serie.valeur]: courante };
      const prete = serie.suite.find(({ noms }) => noms.every((nom) => (connu[nom] ?? valeur(nom, bloc, rang)) !== null));
      if (!prete) break;
      courante = de(prete.arbre, connu);
    }
    suite.push([String(ici), arrondir(courante, serie.decimales)]);
  }
  return suite;
}

function derouler(serie) {
  const bloc = modele.blocs.find(({ nom }) => nom === serie.de);
  const corps = formulaire.querySelector(`table[data-serie="${serie.nom}"] tbody`);
  const lignes = new Map();
  let arret = "";
  bloc.lignes.forEach((_, rang) => {
    const suite = tente(() => etapes(serie, bloc, rang));
    if (typeof suite === "string") arret = suite.replace("{borne}", modele.pas);
    else for (const [pas, nombre] of suite) lignes.set(pas, { ...lignes.get(pas), [rang]: texte(nombre, serie.decimales) });
  });
  if (!arret && lignes.size === 0) arret = dire("vide");
  const faites = [...lignes].sort(([a], [b]) => a - b).map(([pas, valeurs]) => element(
    "tr", {}, element("th", { scope: "row" }, pas), ...bloc.lignes.map((_, rang) => element("td", { class: "nombre" }, valeurs[rang] ?? "—")),
  ));
  if (arret) faites.push(element("tr", {}, element("th", { scope: "row" }, "—"), element("td", { colspan: bloc.lignes.length }, arret)));
  corps.replaceChildren(...faites);
}

// The last results, in a sentence for those who hear the page; what is to be put right comes first.
function annoncer() {
  const derniers = modele.blocs.flatMap((bloc) => bloc.sorties.slice(-1).map((sortie) => {
    const valeurs = bloc.lignes.map((_, rang) => tente(() => texte(resultat(sortie, bloc, rang), sortie.decimales)));
    return `${sortie.titre} : ${valeurs.join(" ; ")}`;
  }));
  const lignes = modele.series.map(({ nom }) => [...formulaire.querySelector(`table[data-serie="${nom}"]`).tBodies[0].rows]);
  const arrets = lignes.flat().map((ligne) => ligne.querySelector("td[colspan]")?.textContent).filter(Boolean);
  const finales = lignes.map((de) => de.filter((ligne) => !ligne.querySelector("td[colspan]")).at(-1)).filter(Boolean)
    .map((ligne) => [...ligne.cells].map((cel) => cel.textContent).join(" ; "));
  const fautes = champs.filter((c) => c.message.textContent).map((c) => c.saisie.getAttribute("aria-label")).join(" ; ");
  const quoi = [...derniers, ...finales].join(". ");
  etat.textContent = [
    ...(fautes ? [dire("fautes", { quoi: fautes })] : []), ...arrets, ...(quoi || !arrets.length ? [dire("recalcule", { quoi: quoi || "—" })] : []),
  ].join(" ");
}

function noter() {
  const ici = new URL(location.href);
  for (const { nom, saisie, exemple } of champs) {
    if (saisie.value === exemple) ici.searchParams.delete(nom);
    else ici.searchParams.set(nom, saisie.value);
  }
  history.replaceState(null, "", ici);
}

// The tables as they are shown, for a spreadsheet: each cell a text, quoted; a number as programs write it.
function fichier() {
  const lignes = [...formulaire.querySelectorAll("table")].flatMap((table) => [[table.caption.textContent.trim()], ...[...table.rows].map((ligne) => [...ligne.cells].map(cellule), []), []]);
  const contenu = lignes.map((ligne) => ligne.map((cel) => `"${cel.replaceAll('"', '""')}"`).join(VIRGULE ? ";" : ",")).join("\r\n");
  const lien = element("a", { href: URL.createObjectURL(new Blob([`\ufeff${contenu}`], { type: "text/csv" })), download: `${formulaire.dataset.fichier}.csv` });
  lien.click();
  setTimeout(() => URL.revokeObjectURL(lien.href), 1000);
}

// A text that a spreadsheet would take for a formula is kept a text.
function cellule(td) {
  const saisie = td.querySelector("input");
  const lu = normal((saisie ? saisie.value : td.textContent).trim());
  if (/^-?\d+(\.\d+)?$/.test(lu)) return VIRGULE ? lu.replace(".", ",") : lu;
  const dit = td.textContent.trim();
  return /^[=+\-@\t\r]/.test(dit) ? `'${dit}` : dit;
}

let attente = 0;
preparer();
recalculer();
formulaire.addEventListener("submit", (evenement) => evenement.preventDefault());
formulaire.addEventListener("input", () => {
  recalculer();
  clearTimeout(attente);
  attente = setTimeout(() => {
    noter();
    annoncer();
  }, ATTENTE);
});
const remettre = element("button", { type: "button", class: "bouton--second" }, dire("remettre"));
remettre.addEventListener("click", () => {
  for (const c of champs) c.saisie.value = c.exemple;
  recalculer();
  noter();
  annoncer();
});
const telecharger = element("button", { type: "button" }, dire("telecharger"));
telecharger.addEventListener("click", fichier);
formulaire.querySelector(".calcul__actions").append(telecharger, " ", remettre);
