// Lists of rows: filters them, sorts them, compares two, makes a file of those that are shown. Everything is in the page: nothing is
// asked from anywhere, and texts are only ever written as texts.
//
// The page holds  .explorer                its data-… attributes are the sentences, where `{nom}` is a value
//                 .explorer__filtre        a form: input[name=q], a select for each facet, by its name, a reset button
//                 .explorer__etat          a <p role="status">
//                 .explorer__face          an empty <div>, for two rows side by side
//                 details > table          th[data-colonne] (data-facette, data-meme), then rows
//
// What is asked is in the address (?q=…): a view can be shared.

const LANGUE = document.documentElement.lang || "fr";
const VIRGULE = !LANGUE.startsWith("en"); // before decimals; elsewhere it parts thousands
const racine = document.querySelector(".explorer");
const formulaire = racine.querySelector(".explorer__filtre");
const etat = racine.querySelector(".explorer__etat");
const face = racine.querySelector(".explorer__face");
const choix = [...formulaire.querySelectorAll("select")];
const tables = [...racine.querySelectorAll("table[data-table]")].map(lire);
const choisies = [];
let tri = "";

function dire(phrase, valeurs = {}) {
  return racine.dataset[phrase].replace(/\{(\w+)\}/g, (_, nom) => valeurs[nom]);
}

function element(nom, attributs = {}, ...enfants) {
  const e = document.createElement(nom);
  for (const [cle, valeur] of Object.entries(attributs)) e.setAttribute(cle, valeur);
  e.append(...enfants);
  return e;
}

function plier(texte) {
  return texte.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function mots(cellule) {
  const valeurs = cellule.querySelectorAll(".valeur");
  const texte = valeurs.length > 0 ? [...valeurs].map((v) => v.textContent).join(" ; ") : cellule.textContent;
  return texte.replace(/\s+/g, " ").trim();
}

// A table as it stands in the page: its heads, and for each row its texts, its link, the values of its facets.
function lire(table) {
  const tetes = [...table.tHead.rows[0].cells];
  const lignes = [...table.tBodies[0].rows].map((tr) => {
    const cellules = [...tr.cells];
    const lien = cellules[0].querySelector("a");
    const valeurs = new Map();
    tetes.forEach((th, rang) => {
      if ("facette" in th.dataset) {
        valeurs.set(th.dataset.colonne, new Set([...cellules[rang].querySelectorAll(".valeur")].map((v) => v.textContent)));
      }
    });
    const textes = cellules.map(mots);
    return { tr, lien, textes, valeurs, plie: plier(textes.join(" ")) };
  });
  return { nom: table.dataset.table, titre: table.caption.textContent.trim(), table, tetes, lignes, pli: table.closest("details") };
}

function visibles(liste) {
  return liste.lignes.filter((ligne) => !ligne.tr.hidden);
}

// --- Filter

function demande() {
  const filtres = choix.filter((s) => s.value !== "").map((s) => [s.name, s.value]);
  return { cherches: plier(formulaire.elements.q.value).split(/\s+/).filter(Boolean), filtres };
}

function garde(ligne, { cherches, filtres }) {
  return cherches.every((mot) => ligne.plie.includes(mot)) && filtres.every(([c, v]) => ligne.valeurs.get(c)?.has(v));
}

function compter(combien, total) {
  return dire(combien === 0 ? "aucune" : combien === 1 ? "une" : "plusieurs", { combien, total });
}

function filtrer() {
  const voulu = demande();
  const actif = voulu.cherches.length + voulu.filtres.length > 0;
  let combien = 0;
  let total = 0;
  for (const liste of tables) {
    for (const ligne of liste.lignes) ligne.tr.hidden = !garde(ligne, voulu);
    const restent = visibles(liste).length;
    liste.pli.hidden = restent === 0;
    liste.reste.textContent = actif ? ` (${compter(restent, liste.lignes.length)})` : "";
    if (actif) liste.pli.open = restent > 0;
    combien += restent;
    total += liste.lignes.length;
  }
  etat.textContent = compter(combien, total);
}

function remplir() {
  for (const liste of choix) {
    const comptes = new Map();
    for (const ligne of tables.flatMap((t) => t.lignes)) {
      for (const v of ligne.valeurs.get(liste.name) ?? []) comptes.set(v, (comptes.get(v) ?? 0) + 1);
    }
    const noms = [...comptes.keys()].sort((a, b) => a.localeCompare(b, LANGUE));
    liste.append(...noms.map((nom) => element("option", { value: nom }, `${nom} (${comptes.get(nom)})`)));
    liste.disabled = noms.length === 0;
  }
}

// --- Sort

// What a cell is worth: its number when all of them have one, else its text.
function comparer(rang, lignes) {
  const nombre = (texte) => Number.parseFloat(texte.replace(/[\s\u202f]/g, "").replace("−", "-").replaceAll(",", VIRGULE ? "." : ""));
  const chiffres = lignes.every((l) => l.textes[rang] === "" || !Number.isNaN(nombre(l.textes[rang])));
  return (a, b) => {
    const [x, y] = [a.textes[rang], b.textes[rang]];
    if (x === "" || y === "") return (x === "") - (y === "");
    return chiffres ? nombre(x) - nombre(y) : x.localeCompare(y, LANGUE, { numeric: true });
  };
}

function trier(liste, colonne, baisse) {
  const rang = liste.tetes.findIndex((th) => th.dataset.colonne === colonne);
  if (rang < 0) return;
  const ordre = comparer(rang, liste.lignes);
  const rangees = [...liste.lignes].sort((a, b) => {
    if (a.textes[rang] === "" || b.textes[rang] === "") return ordre(a, b); // what is empty stays last
    return baisse ? ordre(b, a) : ordre(a, b);
  });
  liste.table.tBodies[0].append(...rangees.map((ligne) => ligne.tr));
  for (const th of liste.tetes) th.removeAttribute("aria-sort");
  liste.tetes[rang].setAttribute("aria-sort", baisse ? "descending" : "ascending");
  liste.lignes = rangees;
  tri = [liste.nom, encodeURIComponent(colonne), baisse ? "-" : ""].join(":");
}

function boutons(liste) {
  for (const th of liste.tetes) {
    const nom = th.textContent.trim();
    const bouton = element("button", { type: "button", class: "explorer__tri", title: dire("trier", { colonne: nom }) }, nom);
    bouton.addEventListener("click", () => {
      trier(liste, th.dataset.colonne, th.getAttribute("aria-sort") === "ascending");
      noter();
    });
    th.replaceChildren(bouton);
  }
}

// --- Compare

function cle(liste, ligne) {
  return `${liste.nom}:${(ligne.lien?.getAttribute("href") ?? "").replace(/^(\.\.\/)+/, "")}`;
}

function refus(a, b) {
  if (a.liste !== b.liste) return dire("autretable", { une: a.liste.titre, autre: b.liste.titre });
  const rang = a.liste.tetes.findIndex((th, r) => "meme" in th.dataset && a.ligne.textes[r] !== b.ligne.textes[r]);
  if (rang < 0) return "";
  const [une, autre] = [a, b].map((c) => c.ligne.textes[rang] || dire("vide"));
  return dire("autreunite", { colonne: a.liste.tetes[rang].textContent, une, autre });
}

function copie(choisie) {
  return choisie.ligne.lien
    ? element("a", { href: choisie.ligne.lien.getAttribute("href") }, choisie.ligne.textes[0])
    : choisie.ligne.textes[0];
}

function cote(a, b) {
  const tetes = [dire("attribut"), copie(a), copie(b)].map((texte) => element("th", { scope: "col" }, texte));
  const lignes = a.liste.tetes.slice(1).map((th, rang) => {
    const [x, y] = [a.ligne.textes[rang + 1], b.ligne.textes[rang + 1]];
    const tr = element("tr", {}, element("th", { scope: "row" }, th.textContent), element("td", {}, x), element("td", {}, y));
    if (x !== y) tr.className = "explorer__differe";
    return tr;
  });
  const table = element("table", {}, element("caption", { id: "explorer-face" }, dire("comparaison")),
    element("thead", {}, element("tr", {}, ...tetes)), element("tbody", {}, ...lignes));
  return element("div", { class: "tableau", role: "region", tabindex: "0", "aria-labelledby": "explorer-face" }, table);
}

function confronter() {
  const [a, b] = choisies;
  if (!a) face.replaceChildren();
  else if (!b) face.replaceChildren(element("p", { class: "note" }, dire("encore", { ligne: a.ligne.textes[0] })));
  else {
    const raison = refus(a, b);
    face.replaceChildren(raison ? element("p", { class: "attention" }, raison) : cote(a, b));
  }
}

function choisir(liste, ligne, oui) {
  const place = choisies.findIndex((c) => c.ligne === ligne);
  if (!oui && place >= 0) choisies.splice(place, 1);
  if (oui && place < 0) {
    choisies.push({ liste, ligne });
    if (choisies.length > 2) choisies.shift().ligne.case.checked = false;
  }
  ligne.case.checked = oui;
  confronter();
}

function cases(liste) {
  for (const ligne of liste.lignes) {
    ligne.case = element("input", { type: "checkbox", "aria-label": dire("choisir", { ligne: ligne.textes[0] }) });
    ligne.case.addEventListener("change", () => {
      choisir(liste, ligne, ligne.case.checked);
      noter();
    });
    ligne.tr.cells[0].prepend(ligne.case, " ");
  }
}

// --- Download

// No text begins as a formula does: the check of the content refuses it.
function cellule(texte) {
  return /[\u0022,\n\r]/.test(texte) ? `\u0022${texte.replace(/\u0022/g, "$&$&")}\u0022` : texte;
}

function csv(liste) {
  const lignes = visibles(liste).map((ligne) => [...ligne.textes, ligne.lien?.href ?? ""]);
  const tetes = [...liste.tetes.map((th) => th.textContent), dire("adresse")];
  return `\ufeff${[tetes, ...lignes].map((cellules) => cellules.map(cellule).join(",")).join("\r\n")}\r\n`;
}

function telecharger(liste) {
  const bouton = element("button", { type: "button", class: "explorer__csv" }, dire("telecharger"));
  bouton.addEventListener("click", () => {
    const adresse = URL.createObjectURL(new Blob([csv(liste)], { type: "text/csv;charset=utf-8" }));
    element("a", { href: adresse, download: `${liste.nom}.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(adresse), 1000);
  });
  liste.pli.append(bouton);
}

// --- The address

function noter() {
  const ici = new URL(location.href);
  const valeurs = { q: formulaire.elements.q.value.trim(), tri, comparer: choisies.map((c) => cle(c.liste, c.ligne)).join(" ") };
  for (const s of choix) valeurs[s.name] = s.value;
  for (const [nom, valeur] of Object.entries(valeurs)) {
    if (valeur) ici.searchParams.set(nom, valeur);
    else ici.searchParams.delete(nom);
  }
  history.replaceState(null, "", ici);
}

function reprendre() {
  const dit = new URLSearchParams(location.search);
  formulaire.elements.q.value = dit.get("q") ?? "";
  for (const s of choix) s.value = [...s.options].some((o) => o.value === dit.get(s.name)) ? dit.get(s.name) : "";
  const [nom, colonne, baisse] = (dit.get("tri") ?? "").split(":");
  const triee = tables.find((liste) => liste.nom === nom);
  if (triee) {
    const th = triee.tetes.find((tete) => encodeURIComponent(tete.dataset.colonne) === colonne);
    if (th) trier(triee, th.dataset.colonne, baisse === "-");
    triee.pli.open = true;
  }
  for (const voulue of (dit.get("comparer") ?? "").split(" ").filter(Boolean)) {
    for (const liste of tables) {
      const ligne = liste.lignes.find((l) => cle(liste, l) === voulue);
      if (ligne) {
        choisir(liste, ligne, true);
        liste.pli.open = true;
      }
    }
  }
}

for (const liste of tables) {
  liste.reste = liste.pli.querySelector("summary").appendChild(element("span"));
  boutons(liste);
  cases(liste);
  telecharger(liste);
}
remplir();
reprendre();
filtrer();
formulaire.addEventListener("input", () => {
  filtrer();
  noter();
});
formulaire.addEventListener("submit", (evenement) => evenement.preventDefault());
formulaire.addEventListener("reset", () => setTimeout(() => {
  for (const liste of tables) liste.pli.open = false;
  for (const choisie of [...choisies]) choisir(choisie.liste, choisie.ligne, false);
  filtrer();
  noter();
}));
