"""`make bench`: what the generator costs, measured on the real content and on copies ten and a hundred times its size."""

# The stages from reading to rendered pages, and the same when the templates are already compiled.
OURS = ("lecture", "chargement", "contrôle", "export", "pages")
AGAIN = "lecture aux pages, modèles déjà compilés"
