"""The kinds of fault, each with its title and what to know about it. The page « Messages » is made from this table, and a
folder of tests/diagnostics/ shows each one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["erreur", "avertissement"]


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of fault: its title, why it is one and how to mend it. The help page of the site is made from these."""

    title: str
    explanation: str
    severity: Severity = "erreur"


CODES: dict[str, Code] = {
    # files
    "fichier-illisible": Code("Fichier illisible", "Le fichier n’existe pas, n’est pas un fichier ordinaire, ou vous n’avez pas le droit de le lire."),
    "fichier-trop-gros": Code("Fichier trop gros", "Un fichier a au plus un million d’octets et cent mille valeurs : au-delà, il se relit et se corrige mal. Partagez-le, ou permettez davantage dans le contrat de sa table (« limits »)."),
    "lien-symbolique": Code("Lien symbolique", "Un lien symbolique pourrait faire publier un fichier étranger au projet : il n’est jamais suivi."),
    "pas-en-utf8": Code("Encodage", "Tous les textes sont en UTF-8. Un fichier enregistré par un vieux tableur ou éditeur peut être dans un autre encodage : enregistrez-le de nouveau en UTF-8, ou, si c’est un CSV, déclarez son encodage dans le contrat de sa table."),
    "caractere-interdit": Code("Caractère interdit", "Certains caractères invisibles changent l’ordre d’affichage du texte, le coupent ou trompent la recherche. Ils arrivent par copier-coller depuis un PDF."),
    "texte-mal-lu": Code("Texte lu dans un autre encodage", "« Ã© » ou « â€™ » à la place de « é » ou « ’ » : un fichier en UTF-8 a été ouvert comme s’il était en Windows-1252, puis enregistré.", "avertissement"),
    "espace-insecable": Code("Espace insécable mal placée", "YAML ne reconnaît que l’espace ordinaire pour le retrait et autour des clés ; dans un CSV, une espace insécable fait d’un nom de colonne un autre nom."),
    "conflit-git": Code("Conflit de fusion", "Deux modifications du même passage se sont rencontrées : il faut choisir laquelle garder."),
    "fichier-sans-table": Code("Fichier qu’aucune table ne lit", "Chaque fichier de « content » appartient à une table, dont le contrat dit l’emplacement. Celui-ci est mal placé ou mal nommé."),
    "fichier-refuse": Code("Fichier qui ne se publie pas tel quel", "Ce que contient « content/fichiers » est publié à la même adresse, sans y toucher : images, documents, polices, feuilles de style. Un fichier y est du genre que dit son nom, n’exécute rien et ne charge rien d’ailleurs."),
    "fichier-de-passage": Code("Fichier de passage", "Word, LibreOffice, Windows ou un éditeur laissent parfois à côté des fiches un fichier à eux (« ~$… », « Thumbs.db »). Il n’est ni lu ni publié.", "avertissement"),
    "table-vide": Code("Table vide", "Le contrat déclare une table dont les lignes ont disparu : le fichier n’existe plus, ou ne contient que son en-tête ou des commentaires. Une table vide ne se publie pas par accident.", "avertissement"),
    "grande-table": Code("Fichier d’une grande table", "Les fichiers d’une grande table sont hors de git, dans le dossier que nomme mkdocs.yml (« grandes_tables »). Le contrat donne la taille et l’empreinte de chacun, et dit où on le trouve : ainsi, ce qui est publié se refait à l’octet près, et un fichier absent ou changé se voit. Rien ne va le chercher."),
    "contenu-vide": Code("Contenu vide", "Il n’y a rien à publier : le dossier « content » manque ou ne contient aucune donnée."),
    # YAML
    "yaml-mal-forme": Code("YAML mal formé", "Le fichier ne se lit pas à partir de cet endroit. Le plus souvent : un texte qui contient « : » sans guillemets, un guillemet non refermé, un retrait décalé."),
    "texte-coupe": Code("Texte coupé", "Dans un texte sans guillemets, « # » après une espace commence un commentaire : ce qui le suit n’est pas publié.", "avertissement"),
    "cle-en-double": Code("Clé en double", "La même clé est donnée deux fois au même endroit : une des deux valeurs serait perdue."),
    "cle-vide": Code("Clé vide", "Il manque le nom devant les deux-points."),
    "cle-composee": Code("Clé composée", "Une clé est un mot simple."),
    "cle-de-fusion": Code("Clé de fusion", "« << » recopierait des clés venues d’ailleurs : chaque fiche se lit seule."),
    "ancre-ou-alias": Code("Ancre ou alias", "« & » et « * » recopient une valeur écrite ailleurs : chaque fiche se lit seule."),
    "etiquette-yaml": Code("Étiquette YAML", "« ! » imposerait un type : le type d’une valeur vient du contrat."),
    "directive": Code("Directive YAML", "Une ligne « %TAG » imposerait des types : le type d’une valeur vient du contrat. « %YAML » est admise, et ne change rien."),
    "plusieurs-documents": Code("Plusieurs documents", "Un fichier contient un seul document YAML, sauf si le contrat de sa table en admet plusieurs (« documents »)."),
    "trop-profond": Code("Imbrication trop profonde", "Au-delà de douze niveaux, un fichier ne se relit plus."),
    "json-mal-forme": Code("JSON mal formé", "Le fichier ne se lit pas à partir de cet endroit. JSON ne connaît ni commentaire, ni apostrophe autour d’un texte, ni virgule après le dernier élément ; chaque clé est entre guillemets."),
    "texte-sans-colonne": Code("Texte sans colonne", "Le texte qui suit l’en-tête d’une fiche en Markdown va dans la colonne que nomme le contrat de sa table (« body »). Sans elle, il ne serait publié nulle part."),
    "csv-mal-forme": Code("CSV mal formé", "Chaque ligne a autant de cellules que l’en-tête ; un texte qui contient une virgule ou un guillemet s’écrit entre guillemets. Un fichier qui emploie un autre séparateur se lit tel qu’il est si le contrat de sa table le déclare."),
    "csv-en-tete": Code("En-tête d’un CSV", "La première ligne d’un CSV nomme les colonnes de la table, une fois. Un titre, un commentaire, une consigne pour Excel ou des données n’y ont pas leur place."),
    # records
    "fiche-vide": Code("Fiche vide", "Le fichier existe mais ne dit rien."),
    "groupe-attendu": Code("Groupe de clés attendu", "Une fiche, ou un groupe comme la source, s’écrit avec des clés : « cle: valeur »."),
    "liste-attendue": Code("Liste attendue", "Chaque élément d’une liste commence par un tiret."),
    "valeur-simple-attendue": Code("Valeur simple attendue", "Cette colonne contient un texte, un nombre ou une date, pas une liste."),
    "cle-inconnue": Code("Clé inconnue", "Le contrat de la table ne prévoit pas cette clé : c’est le plus souvent une faute de frappe."),
    "colonne-remplie": Code("Colonne remplie par le générateur", "Cette colonne se déduit de la place de la ligne dans le fichier : l’écrire serait la dire deux fois."),
    "valeur-et-place": Code("Valeur et place", "Le nom d’un fichier, ou la clé sous laquelle une ligne est rangée, remplit une colonne : la ligne peut l’écrire aussi, si elle dit la même chose."),
    "calcul-impossible": Code("Calcul impossible", "Une valeur calculée part de nombres avec lesquels le calcul ne se fait pas : un diviseur est nul, ou le résultat a trop de chiffres."),
    "ligne-impossible": Code("Ligne impossible à tirer d’une autre", "Une table dont personne n’écrit les lignes les tire d’autres tables : une série va d’un début à une fin, en nombres entiers, deux cents pas au plus, et dit comment passer d’une valeur à la suivante ; une table a dix mille lignes au plus."),
    "valeur-manquante": Code("Valeur obligatoire manquante", "Le contrat rend cette colonne obligatoire."),
    "valeur-a-ecrire": Code("Valeur à écrire", "Les trois points, « AAAA-MM-JJ » et « identifiant-a-choisir » d’un gabarit annoté tiennent la place d’une valeur : ils ne se publient pas."),
    "valeur-vide": Code("Clé sans valeur", "Une clé sans valeur ne dit rien. Absent veut dire absent : supprimez la ligne."),
    # values
    "valeur-du-mauvais-type": Code("Valeur du mauvais type", "La valeur n’est pas un nombre, une date, une adresse… comme le contrat le demande."),
    "hors-liste": Code("Valeur hors liste", "La colonne n’admet que les valeurs d’une liste fermée."),
    "hors-bornes": Code("Valeur hors bornes", "Le contrat fixe un minimum ou un maximum."),
    "longueur": Code("Longueur", "Le contrat fixe une longueur minimale ou maximale."),
    "forme": Code("Forme inattendue", "Le contrat fixe la forme de la valeur par un motif."),
    "identifiant": Code("Identifiant", "Un identifiant sert d’adresse de page et de nom de fichier : minuscules sans accent, chiffres, traits d’union."),
    "ancien-identifiant": Code("Ancien identifiant", "Une fiche renommée garde ses anciennes adresses par la liste de ses anciens identifiants : aucun ne peut être celui d’une autre fiche."),
    "identifiant-et-fichier": Code("Identifiant et nom de fichier", "Le nom du fichier, l’identifiant et l’adresse de la page sont le même mot."),
    "espace-en-trop": Code("Espace en trop", "Une espace au début ou à la fin d’un texte ne se voit pas mais empêche les rapprochements."),
    "mot-reserve": Code("Mot lu comme une absence", "« NA », « null »… sont lus comme des valeurs manquantes par les tableurs et les logiciels de statistique. Ils sont admis là où le contrat les permet : comme valeurs, par un motif ou une liste, ou comme absences, par « missingValues »."),
    "formule": Code("Texte qu’un tableur exécuterait", "Un texte qui commence par « = », « @ », « | », « % », « + » ou « - », ou dont une partie commence ainsi après un point-virgule, une tabulation ou un saut de ligne, peut devenir une formule dans un tableur : il est refusé à l’entrée, pour rester le même dans tous les formats."),
    "guillemets": Code("Guillemets autour d’un texte", "Les guillemets courbes “ ” ne sont pas ceux de YAML : autour d’un texte entier, ils seraient publiés avec lui.", "avertissement"),
    "reste-de-tableur": Code("Reste de tableur", "Un tableur laisse parfois autre chose que la valeur : une erreur (« #REF! », « #N/A », « ##### »), un long code arrondi (« 7,92E+13 »), un code sans son zéro du début (« 1001 » pour « 01001 »). Un logiciel de texte, ou une colonne au format Texte, n’y touche pas.", "avertissement"),
    "texte-trop-long": Code("Texte trop long", "Une cellule de tableur ne contient pas plus de 32 767 caractères."),
    # keys, references, rules
    "cle-primaire-en-double": Code("Identifiant en double", "Deux lignes d’une table ne peuvent pas avoir le même identifiant."),
    "cle-unique-en-double": Code("Valeur en double", "Le contrat veut que cette valeur, ou cette combinaison, soit unique."),
    "reference-introuvable": Code("Renvoi introuvable", "La valeur doit être l’identifiant d’une ligne d’une autre table, qui n’existe pas."),
    "reference-incomplete": Code("Renvoi incomplet", "Plusieurs colonnes désignent ensemble une ligne d’une autre table : elles sont toutes remplies, ou toutes absentes. Quand les premières se suffisent, la dernière seule peut manquer."),
    "image-sans-mots": Code("Image d’une fiche", "L’image d’une fiche est un fichier de « content/fichiers », ou une adresse du web, qui n’est alors que nommée : rien ne vient d’un autre site. Elle a des mots, pour qui ne la voit pas."),
    "boucle": Code("Ligne au-dessous d’elle-même", "Une table dont les lignes se rangent les unes sous les autres se lit comme un arbre : en remontant d’une ligne à celle qui la contient, on arrive à une première. Une ligne qui se contient, même de loin, n’aurait de place nulle part."),
    "ligne-orpheline": Code("Ligne que rien ne nomme", "Le contrat dit que les lignes de cette table sont là pour être nommées par d’autres (« reference_list »). Une ligne qu’aucune ne nomme ne mène nulle part : ou bien un renvoi manque, ou bien la ligne est de trop.", "avertissement"),
    "titre-inconnu": Code("Titre que la source n’imprime pas", "Un endroit cite entre « » un titre qui n’est pas dans la table des titres de cette source (« headings ») : abrégé, mal recopié, ou d’un autre document. Un lecteur ne le retrouverait pas dans l’original.", "avertissement"),
    "endroit-en-nombre": Code("Endroit réduit à un nombre", "L’endroit où se lit une source est un nombre seul, dans une colonne de textes : rien ne dit s’il compte des pages, des articles ou des notes, et un lecteur chercherait au hasard.", "avertissement"),
    "regle": Code("Règle du domaine", "Le contrat déclare une règle que cette ligne ne respecte pas."),
    "question": Code("Valeur à vérifier", "Deux valeurs d’une ligne ne s’accordent pas : le nombre et ce que la source imprime, le qualificatif, l’unité ou l’année. L’une des deux est sans doute à corriger ; si elles sont justes toutes les deux, rien n’empêche de publier.", "avertissement"),
    "coffre": Code("Source à moitié décrite", "Ce qu’on sait de l’endroit où se lit une source se tient : une copie archivée est celle d’une adresse, une vérification a sa date et son résultat."),
    "cadre-mal-rempli": Code("Cadre mal rempli", "Un classeur rempli a perdu une feuille ou une colonne, contient une formule où une valeur est attendue, ou dit ce qui n’a de place dans aucune ligne. Dit à la lecture d’un cadre (frame --read), à sa cellule."),
    "cadre-a-verifier": Code("Cadre à vérifier", "Un classeur rempli suit une autre version du contrat, ou ses listes ont été modifiées : ses valeurs sont lues et contrôlées comme les autres. Dit à la lecture d’un cadre (frame --read).", "avertissement"),
    "lien-casse": Code("Lien qui ne mène nulle part", "Un lien dans un texte désigne une page ou une fiche qui n’existe pas."),
    "citation-perimee": Code("Citation périmée", "Une phrase cite un chiffre par un lien ; elle doit dire la valeur imprimée ou une partie de celle-ci. Quand le chiffre change, chaque phrase qui le cite est à reprendre, et de même chaque phrase qui compte les lignes d’une table."),
    "affirmation-fausse": Code("Affirmation que les nombres démentent", "Une phrase dit en mots ce que valent des nombres (« près d’un tiers », « a doublé », « trois fois plus »), et leur rapport n’est pas celui que ces mots demandent. Quand un nombre change, chaque phrase qui le compare est à reprendre."),
    "affirmation": Code("Affirmation qui ne se vérifie pas", "Un lien compare des nombres par des mots que le contrôle ne connaît pas, ou compare ce qui ne se compare pas : des unités différentes, un nombre négatif, une ligne sans nombre."),
    "titre-de-partie": Code("Titre dans un texte", "Les titres d’un texte commencent à « ## » : le titre principal est celui de la page. Chacun a des mots, qui font son ancre ; deux titres d’une page n’ont pas la même."),
    "lien-mal-forme": Code("Lien mal formé", "Ce qui nomme une fiche, une page ou un nombre s’écrit dans un lien, d’un seul tenant : [mots](page:jardins/). Une espace entre les crochets et la parenthèse, ou après le deux-points, et les crochets se liraient tels quels."),
    "html-dans-un-texte": Code("HTML dans un texte", "Les textes s’écrivent en Markdown. Le HTML n’y est jamais repris, pour que rien ne s’exécute dans une page : il s’y lirait tel quel.", "avertissement"),
    "image-de-page": Code("Image d’une page", "Une page montre une image de « content/fichiers », et dit ce qu’elle montre : ces mots sont lus à qui ne la voit pas, et tiennent sa place si elle manque."),
    "markdown-inconnu": Code("Marques d’un autre Markdown", "Les textes s’écrivent en Markdown tel que CommonMark le définit, avec des tableaux. Ce que d’autres outils y ajoutent (notes, encadrés, cases à cocher, ancres, images) n’est pas repris.", "avertissement"),
    "mise-en-page-perdue": Code("Mise en page perdue", "Une liste, un tableau ou des paragraphes tels qu’ils sont écrits n’en seraient plus sur la page : leurs lignes se rejoignent, ou leurs marques ne sont pas celles de Markdown.", "avertissement"),
    "nombre-libre": Code("Nombre libre", "Un nombre écrit dans un texte et lié à aucune donnée ne sera pas corrigé le jour où la donnée change. Liez-le au chiffre d’où il vient ; les dates, articles, numéros, rangs, titres et sigles se reconnaissent à leur forme, et tout autre nombre se marque [12](nombre:).", "avertissement"),
    "adresse": Code("Adresse impossible", "Une adresse devient un dossier et un lien : chacun de ses noms doit tenir sur tout disque et dans tout navigateur, sans signe qui y ait un sens, et sans se confondre avec un autre."),
    "adresse-prise": Code("Adresse déjà prise", "Deux pages du site auraient la même adresse."),
    "adresse-perdue": Code("Adresse perdue", "Une adresse qui a été publiée ne mène plus nulle part : les liens d’ailleurs, les signets et les citations se perdent. Une ligne renommée garde ses anciennes adresses si elle nomme ses anciens identifiants. Dit seulement quand on le demande (check --since).", "avertissement"),
    # settings, contracts, pages
    "en-tete": Code("En-tête", "Une page, ou une fiche en Markdown, commence par un en-tête entre deux lignes « --- » ; celui d’une page donne son titre."),
    "reglage": Code("Réglage faux", "Un réglage de mkdocs.yml ne convient pas."),
    "reglage-absent": Code("Réglage absent", "Ce qui n’est pas renseigné n’est pas inventé : ce qui en dépend est omis.", "avertissement"),
    "contrat-manquant": Code("Contrat manquant", "Chaque dossier de « datapackages » contient un contrat, datapackage.yaml."),
    "contrat-faux": Code("Contrat faux", "Le contrat d’un paquet ne se comprend pas ou se contredit."),
    "version-a-donner": Code("Version à donner", "Les données d’un jeu ont changé depuis sa dernière version. Ce n’est pas une faute : qui corrige un chiffre n’a rien à faire. Qui publie donne un numéro, une date et une raison au changement (generator release), pour que ceux qui réutilisent les données sachent ce qui a changé. D’ici là, le jeu publié porte le numéro de sa dernière version suivi d’une empreinte.", "avertissement"),
    "modele-faux": Code("Modèle de page faux", "Un modèle d’un paquet nomme ce qui n’existe pas, ou ne se lit pas."),
    # packages of anybody (generator validate)
    "paquet-propriete": Code("Propriété d’un paquet", "Le descripteur d’un paquet de données (datapackage.json) suit la norme Data Package : chaque propriété y a son genre (texte, nombre, liste, groupe), et quelques-unes sont obligatoires. Dit par generator validate."),
    "paquet-schema": Code("Schéma qui se contredit", "Un schéma décrit les colonnes d’une table : leurs types et leurs contraintes vont ensemble, chaque clé nomme des colonnes qui existent, chaque valeur qu’il donne est du type de sa colonne. Dit par generator validate."),
    "paquet-chemin": Code("Chemin d’un paquet", "Un descripteur ne désigne que des fichiers de son dossier : ni chemin absolu, ni « .. », ni fichier caché, ni lien symbolique, pour que lire un paquet n’ouvre jamais autre chose que lui. Dit par generator validate."),
    "paquet-empreinte": Code("Fichier qui a changé", "La taille (« bytes ») et l’empreinte (« hash ») d’un fichier disent qu’il est arrivé entier et tel qu’il a été publié. Dit par generator validate."),
    "paquet-recommandation": Code("Recommandation de la norme", "La norme Data Package recommande ce qui rend un paquet plus facile à trouver, à citer et à lire. Dit seulement quand on le demande (generator validate --strict)."),
    "paquet-non-verifie": Code("Ce qui n’a pas été vérifié", "Des données d’une autre machine, un format ou une contrainte que la commande ne lit pas : elle dit ce qu’elle n’a pas vérifié, et juge le reste. Dit par generator validate.", "avertissement"),
    "frictionless": Code("Refus de Frictionless", "Le paquet construit est refusé par Frictionless alors que nos contrôles l’ont accepté."),
    "lien-du-site": Code("Lien cassé dans le site construit", "Un lien ou une ancre du site construit ne mène nulle part, ou appelle un autre hôte."),
    "moteur": Code("Refus du moteur de site", "MkDocs ou Zensical n’a pas pu construire le site ; son message est recopié."),
}  # fmt: skip
