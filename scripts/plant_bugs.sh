#!/bin/sh
# Plant each known bug in a copy of this tree and run the one test that must see it: all must turn red.
#   scripts/plant_bugs.sh [NAME...]     names of tests/trouble/planted/NAME.patch; none: all of them
# Above its lines a patch says what the bug is, which test must see it, and with how many faults that is run.
set -eu
cd "$(dirname "$0")/.."
root=$(pwd)
planted=$root/tests/trouble/planted
copy=$(mktemp -d "${TMPDIR:-/tmp}/reparto-planted-XXXXXX")
trap 'rm -rf "$copy"' EXIT
trap 'exit 1' HUP INT TERM
if [ $# -eq 0 ]; then
    for patch in "$planted"/*.patch; do set -- "$@" "$(basename "$patch" .patch)"; done
fi

field() { sed -n "s/^$1: //p" "$planted/$2.patch"; }

# The tree as it stands, and the migrated database that is only ever copied.
copy_tree() {
    rm -rf "$copy/tree"
    mkdir -p "$copy/tree/.make"
    for part in reparto tests pyproject.toml; do cp -R "$part" "$copy/tree/"; done
    for kept in .make/installation-*-*; do
        [ ! -d "$kept" ] || cp -al "$kept" "$copy/tree/.make/" 2>/dev/null || cp -Rp "$kept" "$copy/tree/.make/"
    done
}

# Run the test of a bug there. Nothing of a test run that called us may reach it.
run_test() {
    cd "$copy/tree"
    env -u PYTEST_XDIST_WORKER -u PYTEST_XDIST_WORKER_COUNT -u PYTEST_XDIST_TESTRUNUID -u PYTEST_CURRENT_TEST \
        -u PYTEST_ADDOPTS -u REPARTO_TEST_RUN -u REPARTO_TEST_CONTROLLER \
        PYTHONPATH="$copy/tree" PYTHONDONTWRITEBYTECODE=1 REPARTO_TEST_FAULTS="$(field Faults "$1")" \
        "$root/.venv/bin/python" -m pytest -q -x -p no:cacheprovider "$(field Test "$1")"
}

green=0
for name in "$@"; do
    copy_tree
    (cd "$copy/tree" && git apply --whitespace=nowarn "$planted/$name.patch")
    status=0
    (run_test "$name") >"$copy/said" 2>&1 || status=$?
    # 1: a test failed. Anything else, or an error around the test, would prove nothing.
    if [ "$status" -eq 1 ] && grep -q '^FAILED' "$copy/said" && ! grep -q '^ERROR' "$copy/said"; then
        echo "red, as it must be: $name ($(sed -n 's/^E  *//p' "$copy/said" | head -n 1 | cut -c 1-100))"
    else
        green=1
        tail -n 40 "$copy/said"
        echo "NOT RED ($status): $name - $(field Bug "$name")"
    fi
done
exit $green
