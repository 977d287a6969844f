# Two commands matter: `make run` and `make test`. Both set up what they need, on a Debian or Ubuntu with python3 (3.11 or
# newer), python3-venv and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
export SELFHELP_PORT := $(PORT)
# What runs on SQLite runs on PostgreSQL too, journeys and drills included; what is left out asks no database, or tries both by
# itself. Psycopg warns of every pool that a test leaves to the garbage collector: that is no fault here.
WITHOUT_A_DATABASE := $(addprefix --ignore=tests/,core instruments meta)
ON_POSTGRES := --engine=postgres -m "not sqlite_file and not postgres" $(WITHOUT_A_DATABASE) \
	-W "ignore::ResourceWarning" -W "ignore::pytest.PytestUnraisableExceptionWarning"

.PHONY: help run test check lint bench drills i18n format clean lock

help: ## Show this list
	@grep -hE '^[a-z0-9]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: PYTHON=python3.11 make ..."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "type: apt-get install python3-venv"; exit 1; }

$(VENV)/.runtime: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing Selfhelp ..."
	@$(BIN)/python tools/install.py requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@echo "Installing the tests' tools ..."
	@$(BIN)/python tools/install.py requirements-dev.lock
	@touch $@

.tools/.ready: $(VENV)/.dev package-lock.json tools/machine.py
	@$(BIN)/python tools/machine.py
	@mkdir -p .tools && touch $@

run: $(VENV)/.runtime ## Install, make the demo, and serve it on http://127.0.0.1:$PORT (8000)
	@SELFHELP_MODE=demo $(BIN)/selfhelp demo
	@SELFHELP_MODE=demo exec $(BIN)/selfhelp serve

test: .tools/.ready ## Install the tests' tools and run the whole suite (browser and PostgreSQL included)
	@$(BIN)/python -m pytest -n 2 --dist loadgroup
	@$(BIN)/python -m pytest -n 2 --dist loadgroup $(ON_POSTGRES)

lint: .tools/.ready ## Linters and types only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/djlint --quiet --lint templates
	node_modules/.bin/biome ci --colors=off --error-on-warnings static service-worker tests
	$(BIN)/python tools/i18n.py --check

check: lint test ## What CI runs: linters, types, the whole suite

bench: .tools/.ready ## Print the figures, as ratios within one run
	@$(BIN)/python -m tests.bench

drills: .tools/.ready ## Run the fault drills in full
	@SELFHELP_DRILL_SECONDS=60 $(BIN)/python -m pytest tests/drills -p no:xdist

i18n: .tools/.ready ## Merge new messages into the catalogues
	@$(BIN)/python tools/i18n.py

format: .tools/.ready ## Format everything
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .
	node_modules/.bin/biome check --colors=off --write static service-worker tests

lock: ## Pin all dependencies anew (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-header --extra postgres --extra build pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-header --extra postgres --extra build --group dev --constraints requirements.lock pyproject.toml -o requirements-dev.lock

clean: ## Remove everything that was installed or made
	rm -rf $(VENV) .tools node_modules var test-output
