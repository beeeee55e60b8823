# `make run` shows the demo, `make test` proves everything. Each begins with `make setup`, which is quick when done.
.PHONY: setup run test lint format proof bench bench-full drill clean

PYTHON := .venv/bin/python
WORKERS ?= 2

setup:
	@scripts/bootstrap.sh

run: setup
	@exec .venv/bin/reparto up --demo

# The last line is the summary of pytest: the tests come last.
test: setup
	@scripts/bring_tools.sh
	@scripts/lint.sh
	@$(PYTHON) -m pytest -n $(WORKERS) || { echo "once more, alone, what failed beside others:"; \
		$(PYTHON) -m pytest --last-failed --last-failed-no-failures none; }

# The same promises at full size: 10,000 faults instead of 2,000.
proof: setup
	@scripts/bring_tools.sh
	@exec $(PYTHON) -m pytest -n $(WORKERS) -m "slow or not slow"

lint: setup
	@scripts/lint.sh

format: setup
	@$(PYTHON) -m ruff check -q --fix . || true
	@$(PYTHON) -m ruff format .

bench: setup
	@exec $(PYTHON) -m benchmarks

bench-full: setup
	@exec $(PYTHON) -m benchmarks --full

# The acceptance of faults alone: kills, a stopped database, planted bugs.
drill: setup
	@exec $(PYTHON) -m pytest -n $(WORKERS) -m drill

clean:
	@rm -rf .venv .node-venv node_modules .make .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
