# Needs Python 3.11 or newer with venv, and make; everything else goes into .venv.
PYTHON ?= python3
VENV := .venv
DOCS := .venv-docs
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# More words for the command: make demo ARGS="--seed 7 --keep"
ARGS ?=
TAMPERINGS ?= 10000
TABS ?= 3
# One for each core, and at least four, as many tests wait for most of their time.
PROCESSES ?= $(shell $(PYTHON) -c 'import os; print(max(4, min(12, os.cpu_count() or 4)))')
ROUNDS ?= 10000
# Which tests share a process, and in which order they begin: tests/sharing.py.
# A process that crashes is not begun anew: pytest-xdist then waits for ever for the tests it was to share.
SHARED := --dist loadscope --no-loadscope-reorder --max-worker-restart=0

# Folders without a fast test: to read them takes as long as a third of those that there are.
NONE_FAST := browser kill leaks operators reading workflows

.DEFAULT_GOAL := help
.PHONY: help demo up test fast tamper rounds browser-round check bench docs lock format clean

help:
	@echo "make demo    run a whole round on a stack of its own: about a minute once installed"
	@echo "make up      start the stack and leave it running"
	@echo "make test    all tests                         make fast    the fast ones only"
	@echo "make tamper  spoil a bundle in thousands of ways"
	@echo "make rounds  thousands of rounds led by chance  fewer:         make rounds ROUNDS=500"
	@echo "make browser-round  the whole example in Chromium, each act in a page, as by the client; takes long"
	@echo "                    with one pair of hands:      make browser-round TABS=1"
	@echo "make check   lint, types, layers               make format  lay out the code"
	@echo "make bench   measure                           make lock    lock the dependencies anew"
	@echo "make docs    build docs/ as a site in site/"

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; say which: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.packages: requirements.txt $(VENV)/.made
	@echo "Installing the locked packages into $(VENV)"
	@$(PIP) install --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.installed: pyproject.toml $(VENV)/.packages
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

demo: $(VENV)/.installed
	@$(BIN)/selection demo $(ARGS)

up: $(VENV)/.installed
	@$(BIN)/selection up $(ARGS)

# All in one run, as the kill tests wait most of their time, and each process takes a while to begin.
# Python's compiled files are kept even where the environment says no, as containers do: else each process compiles
# everything anew, which is a tenth of the time.
test fast: export PYTHONDONTWRITEBYTECODE :=
test: $(VENV)/.installed
	TAMPERINGS=2000 $(BIN)/pytest -n $(PROCESSES) $(SHARED) $(ARGS)

fast: $(VENV)/.installed
	$(BIN)/pytest -m fast -n 2 $(SHARED) $(NONE_FAST:%=--ignore=tests/%) $(ARGS)

# Five times as many as in make test; the run tells how many of each kind, and fails when there were fewer.
tamper: $(VENV)/.installed
	TAMPERINGS=$(TAMPERINGS) $(BIN)/pytest -q -n 2 $(SHARED) tests/tamper \
	  tests/workflows/proof/test_tampered_histories.py $(ARGS)

# One dot for fifty rounds; at the end a table of what they reached. Fails where one breaks what must hold, and where
# they do not reach all that they should.
rounds: export PYTHONDONTWRITEBYTECODE :=
rounds: $(VENV)/.installed
	ROUNDS=$(ROUNDS) $(BIN)/pytest -n 2 $(SHARED) tests/rounds/test_many_rounds.py $(ARGS)

# What make test does with three applications, with all of them. The run tells at its end what it came through.
browser-round: export PYTHONDONTWRITEBYTECODE :=
browser-round: $(VENV)/.installed
	WHOLE=1 TABS=$(TABS) $(BIN)/pytest tests/browser/round/test_whole_round.py $(ARGS)

check: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy .ci/*.py .ci/independent/*.py
	$(BIN)/lint-imports
	$(BIN)/python .ci/committed_names.py

format: $(VENV)/.installed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.installed
	$(BIN)/python -m benchmarks $(ARGS)

# In an environment of its own: nothing of the engine needs what builds pages.
$(DOCS)/.packages: requirements-docs.txt $(VENV)/.made
	@$(BIN)/python -m venv $(DOCS)
	@$(DOCS)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements-docs.txt
	@touch $@

docs: $(DOCS)/.packages
	@# Not --quiet: that would hide the warnings which --strict counts.
	@NO_MKDOCS_2_WARNING=1 $(DOCS)/bin/mkdocs build --strict $(ARGS)
	@echo "The site is in site/: open site/index.html"

LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-annotate --no-header --no-emit-index-url --no-emit-find-links

# Newer versions of everything: make lock ARGS=--upgrade
lock: $(VENV)/.packages
	$(LOCK) --extra dev --output-file requirements.txt $(ARGS) pyproject.toml
	$(LOCK) --group docs --output-file requirements-docs.txt $(ARGS)

clean:
	rm -rf $(VENV) $(DOCS) site build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
