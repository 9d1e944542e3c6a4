# Everything a newcomer types. Each target first puts in place what it needs (tools/setup.py) and says so.
# Variables: PORT, HOST (demo) · ARGS="-k words" (test, test-postgres, e2e) · BROWSER=no (test without the browser
# journeys) · WORKERS=2 (test processes) · PYTHON=/path/to/python3 (the interpreter to build on) · APT=no (never install
# system packages).

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test test-postgres e2e lint format bench docs messages setup

# What is printed is seen at once, also through a pipe.
export PYTHONUNBUFFERED := 1

SETUP := python3 -m tools.setup
PY := .venv/bin/python

help: ## this list
	@awk -F':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## the whole product with Kainuu's real facts, on http://127.0.0.1:8000
	@$(SETUP) demo
	@.venv/bin/vetovoima demo

test: ## the whole test suite on SQLite, browser journeys where a Chromium is found
	@$(SETUP) test
	@$(PY) -m tools.suite sqlite

test-postgres: ## the same suite on a PostgreSQL of its own (or VETOVOIMA_TEST_DATABASE_URL)
	@$(SETUP) test-postgres
	@$(PY) -m tools.suite postgres

e2e: ## the browser journeys alone
	@$(SETUP) e2e
	@$(PY) -m tools.suite browser

lint: ## style, types, import order, templates, migrations, messages, docs, architecture
	@$(SETUP) lint
	@$(PY) -m tools.lint

format: ## let the formatters write what lint would ask for
	@$(SETUP) lint
	@$(PY) -m tools.lint --write

bench: ## the benchmarks: a table, and JSON in var/bench/
	@$(SETUP) bench
	@$(PY) -m benchmarks

docs: ## the documentation: links that lead somewhere, every setting named
	@$(SETUP) docs
	@$(PY) -m tools.docs

messages: ## gather the texts of the code into the catalogues of fi, en and sv
	@$(SETUP) messages
	@$(PY) -m tools.messages update
