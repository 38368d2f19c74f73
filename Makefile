# What one does with Rolecall from a checkout. ARGS reaches the program behind a target:
#   make demo ARGS="--port 9000"        make test ARGS="tests/store -x"

.DEFAULT_GOAL := help
# What runs on an installed PostgreSQL too, the oldest that is supported being Debian's.
ON_INSTALLED := tests/actions tests/architecture tests/contract/test_answers.py tests/journeys tests/pages tests/store tests/surfaces tests/web
# A process a core, each with a database of its own.
PARALLEL := -n auto --dist worksteal
.PHONY: help demo test check fix bench

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## Start Rolecall with a demo workspace; Ctrl-C stops it, the data stays
	@scripts/bootstrap --no-dev
	@.venv/bin/rolecall demo $(ARGS)

test: ## Install what the tests need, then run all of them
	@scripts/bootstrap --all-groups
	@scripts/test-dependencies
	@.venv/bin/python -m pytest $(PARALLEL) $(ARGS)
	@echo "The same on the PostgreSQL of this machine, but for what does not touch the database:"
	@scripts/with-postgres .venv/bin/python -m pytest -q -p no:cacheprovider $(PARALLEL) $(ON_INSTALLED)

check: ## Lint, format, types, import rules and size limits
	@scripts/bootstrap --all-groups
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check
	@.venv/bin/pyright
	@.venv/bin/lint-imports --no-logo
	@.venv/bin/python scripts/check-sizes

fix: ## Repair what ruff can repair, and format
	@scripts/bootstrap
	@.venv/bin/ruff check --fix
	@.venv/bin/ruff format

bench: ## Run the benchmarks beside their limits and write bench/RESULTS.md
	@scripts/bootstrap --all-groups
	@scripts/test-dependencies
	@.venv/bin/python -m bench $(ARGS)
