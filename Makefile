# Two commands do everything on a fresh machine with Python 3.11 or newer: make run, make test.
PYTHON ?= python3
BIN := .venv/bin
# Compiled modules are kept: each process of the many below would compile them anew.
unexport PYTHONDONTWRITEBYTECODE
# A process for each processor; the tests of a file stay together.
PYTEST := $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

run: .venv/run           ## bring up the portal with demo people
	$(BIN)/python -m portal_app run --demo
test: .venv/dev          ## everything: checks, tests on real servers, browser
	$(BIN)/python -m tests.prepare && $(MAKE) --no-print-directory check-fast
	$(PYTEST) --ignore tests/e2e && $(BIN)/python -m pytest tests/e2e
check: .venv/dev         ## about a minute: style, direction, types, unit tests, migrations
	$(MAKE) --no-print-directory -j2 check-fast check-tests
check-fast: .venv/dev
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/lint-imports && $(BIN)/pyright
check-tests: .venv/dev
	$(PYTEST) --ignore tests/e2e -m "not slow"
e2e: .venv/dev           ## the browser journeys alone
	$(BIN)/python -m tests.prepare && $(PYTEST) tests/e2e
fix: .venv/dev           ## let the tools tidy up
	$(BIN)/ruff check --fix . ; $(BIN)/ruff format .
bench: .venv/dev         ## measure, beside the bare floors
	$(BIN)/python -m bench
scoreboard: .venv/dev    ## what the last `make test` proved
	$(BIN)/python -m tests.scoreboard
demo: .venv/run          ## load the demo people into the database
	$(BIN)/python -m portal_app demo load
docs: .venv/dev          ## write the pages that follow from the code
	$(BIN)/python -m docs.make
components: .venv/dev    ## every component as CycloneDX, in build/components.json
	$(BIN)/python -m scripts.list_components
migration: .venv/dev     ## write a migration from the models: make migration m="add a thing"
	$(BIN)/alembic revision --autogenerate -m "$(m)"

.venv/run: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --no-compile --disable-pip-version-check -r requirements.txt
	printf '#!/bin/sh\nexec "$$(dirname "$$0")/python" -m portal_app "$$@"\n' > $(BIN)/portal
	chmod +x $(BIN)/portal && touch $@
.venv/dev: .venv/run requirements-dev.txt
	$(BIN)/python -m pip install -q --no-compile --disable-pip-version-check -r requirements-dev.txt && touch $@

.PHONY: run test check check-fast check-tests e2e fix bench scoreboard demo docs components migration
