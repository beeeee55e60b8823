#!/bin/sh
# Bring what the tests need beside Python and is missing: a browser, gettext and an installed PostgreSQL 15 or newer.
# What cannot be brought is named. In CI (CI=true) that fails; elsewhere the tests that need it say so themselves.
set -eu
cd "$(dirname "$0")/.."

missing=
need() { missing="$missing $1"; }

command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 ||
  command -v google-chrome >/dev/null 2>&1 || need chromium
command -v msgfmt >/dev/null 2>&1 || need gettext
# The suite also runs on a PostgreSQL from the system's packages (REPARTO_TEST_PG=15): not only on the newest one.
newest=0
for folder in /usr/lib/postgresql/*/bin /usr/local/pgsql/bin /opt/homebrew/opt/postgresql@*/bin; do
  [ -x "$folder/initdb" ] || continue
  version=$("$folder/postgres" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
  [ "$version" -gt "$newest" ] && newest=$version
done
[ "$newest" -ge 15 ] || need postgresql

[ -n "$missing" ] || exit 0
# shellcheck disable=SC2086
if scripts/install_system_packages.sh $missing; then exit 0; fi
if [ "${CI:-}" = true ]; then
  echo "setup: CI needs$missing; tests that use them may not be skipped" >&2
  exit 1
fi
echo "setup: going on without$missing; the tests that need them will say so" >&2
