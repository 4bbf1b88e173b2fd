// Decimal arithmetic as generator/text/expressions.py does it: 28 significant digits at each step, to the nearest even; one rounding at
// the end, a half going away from zero. A number is a whole number `c` (BigInt) times ten to the power `e`.

const CHIFFRES = 28;

// What cannot be computed: `raison` is "zero" (a division by zero), "grand" (too large a number) or "pas" (too many steps).
export class Impossible extends Error {
  constructor(raison) {
    super(raison);
    this.raison = raison;
  }
}

const absolu = (c) => (c < 0n ? -c : c);
const longueur = (c) => absolu(c).toString().length;
const dix = (n) => 10n ** BigInt(n);

class Nombre {
  constructor(c, e) {
    this.c = c;
    this.e = e;
  }

  // With so many decimals, a point between them and what stands before.
  texte(decimales) {
    const entier = arrondir(this, decimales);
    const chiffres = absolu(entier.c * dix(entier.e + decimales)).toString().padStart(decimales + 1, "0");
    const avant = chiffres.slice(0, chiffres.length - decimales);
    return (entier.c < 0n ? "-" : "") + avant + (decimales ? `.${chiffres.slice(-decimales)}` : "");
  }
}

// The number that a text writes with a point: -12.50.
export function lire(texte) {
  const [avant, apres = ""] = texte.split(".");
  return new Nombre(BigInt(avant + apres), -apres.length);
}

// A whole number without its last `n` digits, a half going where `moitie` says: "paire", or away from zero.
function couper(c, n, paire) {
  const unite = dix(n);
  const signe = c < 0n ? -1n : 1n;
  const entier = absolu(c);
  const reste = entier % unite;
  const quotient = entier / unite;
  const monte = 2n * reste > unite || (2n * reste === unite && (!paire || quotient % 2n === 1n));
  return signe * (monte ? quotient + 1n : quotient);
}

function ajuster(c, e) {
  const trop = longueur(c) - CHIFFRES;
  if (trop <= 0) return new Nombre(c, e);
  const coupe = couper(c, trop, true);
  return longueur(coupe) > CHIFFRES ? new Nombre(coupe / 10n, e + trop + 1) : new Nombre(coupe, e + trop);
}

function ajouter(a, b) {
  const e = Math.min(a.e, b.e);
  return ajuster(a.c * dix(a.e - e) + b.c * dix(b.e - e), e);
}

function diviser(a, b) {
  if (b.c === 0n) throw new Impossible("zero");
  const de = Math.max(0, CHIFFRES + 1 + longueur(b.c) - longueur(a.c));
  const haut = a.c * dix(de);
  const signe = (haut < 0n) === (b.c < 0n) ? 1n : -1n;
  const quotient = absolu(haut) / absolu(b.c);
  const reste = absolu(haut) % absolu(b.c);
  // A digit after the others stands for all that remains: it is enough to tell a half from what is more than one.
  return reste === 0n ? ajuster(signe * quotient, a.e - b.e - de) : ajuster(signe * (quotient * 10n + 1n), a.e - b.e - de - 1);
}

const OPERATIONS = {
  "+": ajouter,
  "-": (a, b) => ajouter(a, new Nombre(-b.c, b.e)),
  "*": (a, b) => ajuster(a.c * b.c, a.e + b.e),
  "/": diviser,
};

// What a tree of a calculation is worth; `valeur(nom)` gives the number of each name. null when one of them is not known.
export function calculer(arbre, valeur) {
  const [genre, un, deux] = arbre;
  if (genre === "number") return lire(un);
  if (genre === "name") return valeur(un);
  const gauche = calculer(un, valeur);
  const droite = genre === "minus" ? gauche : calculer(deux, valeur);
  if (gauche === null || droite === null) return null;
  if (genre === "minus") return new Nombre(-gauche.c, gauche.e);
  return OPERATIONS[genre](gauche, droite);
}

// A number with so many decimals.
export function arrondir(nombre, decimales) {
  const trop = -nombre.e - decimales;
  const rond = trop > 0 ? new Nombre(couper(nombre.c, trop, false), -decimales) : new Nombre(nombre.c * dix(-trop), -decimales);
  if (longueur(rond.c) > CHIFFRES) throw new Impossible("grand");
  return rond;
}
