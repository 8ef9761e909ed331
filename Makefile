.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 8000
RUN := .venv/bin/python

.PHONY: help demo demo-reset test faults rehearse-upgrade lint lock verify-containers bench clean

help: ## What can be made here
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 26

demo: .venv/runtime ## Run the whole product with a seeded network, at http://127.0.0.1:8000 (PORT= changes it)
	@$(RUN) -m deploy.demo --port $(PORT)

demo-reset: .venv/runtime ## Forget the demo's data; the next `make demo` begins anew
	@$(RUN) -m deploy.demo --reset

test: .venv/dev ## Run the tests; PostgreSQL, RabbitMQ and Chromium are used where they are there
	PYTHONDONTWRITEBYTECODE= $(RUN) -m pytest -n 3 --dist loadgroup # or hundreds of processes compile all sources anew

faults: .venv/dev ## Strike everything with faults while residents book, on servers of its own (long; NAMES= chooses)
	$(RUN) -m tests.faults $(NAMES)

rehearse-upgrade: .venv/dev ## Update from an older version while residents book, and go back (FROM= names others)
	$(RUN) -m tests.upgrade $(FROM)

lint: .venv/dev ## Check style, types, and the contracts between the rooms
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/bandit -q -ll -ii -c pyproject.toml -r shared services deploy
	.venv/bin/mypy shared services deploy tests bench
	.venv/bin/lint-imports

verify-containers: .venv/runtime ## Build and start all containers without an image registry, restart each under load (root)
	$(RUN) -m deploy.verify_containers

bench: .venv/dev ## Measure speed on PostgreSQL and RabbitMQ, beside the floor of the same run
	$(RUN) -m bench

lock: ## Lock the dependencies anew, with hashes
	$(PYTHON) -m venv .cache/lock && .cache/lock/bin/pip -q install uv
	.cache/lock/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" -q pyproject.toml -o requirements.lock
	.cache/lock/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" -q -c requirements.lock --group dev pyproject.toml -o requirements-dev.lock

clean: ## Forget the environment and all caches
	rm -rf .venv .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Tablée needs Python 3.11 or newer." if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv

.venv/runtime: requirements.lock | .venv/bin/python
	.venv/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/dev: requirements-dev.lock | .venv/bin/python
	.venv/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@ .venv/runtime
