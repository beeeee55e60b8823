#!/bin/sh
# Every check that reads the code without running it. Quiet when all is well; stops at the first that is not.
set -eu
cd "$(dirname "$0")/.."
mkdir -p .make

# mypy's Django plugin reads the settings, which refuse to load without these; nothing connects to anything.
export DATABASE_URL=postgresql://reparto_app@127.0.0.1:1/none
export REPARTO_SECRET_KEY=only-for-reading-the-code-0123456789

.venv/bin/ruff check -q .
.venv/bin/ruff format -q --check .
.venv/bin/mypy --no-error-summary
DJANGO_SETTINGS_MODULE=reparto.config.settings .venv/bin/python -W ignore -m django makemigrations --check --dry-run >.make/migrations.log 2>&1 || { cat .make/migrations.log; exit 1; }
.venv/bin/lint-imports --no-logo >.make/lint-imports.log 2>&1 || { cat .make/lint-imports.log; exit 1; }
.venv/bin/djlint --quiet --lint reparto >.make/djlint.log 2>&1 || { cat .make/djlint.log; exit 1; }
echo "lint: ruff, mypy, import-linter and djlint found nothing" >&2
