#!/bin/sh
# Make this checkout ready to run: Python environment, locked packages, translations, assets.
# Safe to repeat: each step is skipped while what it was made from has not changed.
set -eu
cd "$(dirname "$0")/.."

say() { echo "setup: $*" >&2; }

# Version-manager shims can be on the PATH and fail, so every candidate is really run.
fits() { [ -n "$1" ] && "$1" -c 'import sys, venv; sys.exit(not (3, 12) <= sys.version_info[:2] < (3, 15))' >/dev/null 2>&1; }
has_pip() { "$1" -c 'import ensurepip' >/dev/null 2>&1; }

candidates() {
  echo "${REPARTO_PYTHON:-}"
  for version in 3.13 3.14 3.12; do
    echo "python$version"
    for place in "${PYENV_ROOT:-$HOME/.pyenv}/versions/$version".*/bin/python \
      "$HOME/.local/share/uv/python/cpython-$version".*/bin/python3 "$HOME/.asdf/installs/python/$version".*/bin/python \
      "$HOME/.local/share/mise/installs/python/$version"*/bin/python "/usr/local/bin/python$version" \
      "/opt/homebrew/bin/python$version" /opt/python*/bin/python"$version" "/usr/bin/python$version"; do
      [ -x "$place" ] && echo "$place"
    done
  done
  echo python3
  echo python
}

# Prints the first Python that fits and can make an environment with pip.
find_python() {
  without_pip=
  for candidate in $(candidates); do
    fits "$candidate" || continue
    if has_pip "$candidate"; then "$candidate" -c 'import sys; print(sys.executable)'; return 0; fi
    without_pip=${without_pip:-$candidate}
  done
  if [ -n "$without_pip" ]; then
    # Debian and Ubuntu ship Python without what `venv` needs to bring pip.
    version=$("$without_pip" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    say "$without_pip cannot make environments; installing python$version-venv"
    scripts/install_system_packages.sh "python$version-venv" >&2 && has_pip "$without_pip" &&
      "$without_pip" -c 'import sys; print(sys.executable)' && return 0
  fi
  ask_uv_for_python
}

# uv (a wheel) can fetch a standalone Python; that needs the open internet.
ask_uv_for_python() {
  for starter in python3 python; do
    command -v uv >/dev/null 2>&1 && uv=uv && break
    "$starter" -m venv .make/uv >/dev/null 2>&1 && .make/uv/bin/pip install -q uv >/dev/null 2>&1 && uv=.make/uv/bin/uv && break
  done
  if [ -n "${uv:-}" ]; then
    say "no Python 3.12 to 3.14 here; asking uv for one"
    if "$uv" python install -q 3.13 >/dev/null 2>&1 && found=$("$uv" python find 3.13 2>/dev/null) && fits "$found"; then
      echo "$found"
      return 0
    fi
  fi
  say "Reparto needs Python 3.12, 3.13 or 3.14 with venv. Debian and Ubuntu: apt-get install python3 python3-venv;" \
    "macOS: brew install python@3.13; or name one: REPARTO_PYTHON=/path/to/python3 make setup"
  return 1
}

if [ "${1:-}" = --find-python ]; then
  find_python
  exit
fi

mkdir -p .make

# The folder is part of the stamp: an environment holds absolute paths, so a moved checkout needs a new one.
lock="$(cksum <requirements-dev.lock) $(pwd)"
if [ ! -x .venv/bin/python ] || [ "$(cat .venv/.locked 2>/dev/null)" != "$lock" ]; then
  if [ ! -x .venv/bin/python ] || ! .venv/bin/python -m pip --version >/dev/null 2>&1 ||
    { [ -f .venv/.locked ] && [ "$(cut -d' ' -f3- .venv/.locked)" != "$(pwd)" ]; }; then
    python=$(find_python)
    say "making .venv with $python"
    "$python" -m venv --clear .venv
  fi
  say "installing the locked packages"
  .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes --only-binary :all: \
    -r requirements-dev.lock >&2
  echo "$lock" >.venv/.locked
fi

package="$(cksum <pyproject.toml) $(pwd)"
if [ ! -x .venv/bin/reparto ] || [ "$(cat .venv/.package 2>/dev/null)" != "$package" ]; then
  say "installing reparto itself, editable"
  .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e . >&2
  echo "$package" >.venv/.package
fi

for catalogue in $(find reparto/locale -name '*.po' 2>/dev/null); do
  # A file that is not there is older for some shells and for others not.
  if [ ! -e "${catalogue%.po}.mo" ] || [ "$catalogue" -nt "${catalogue%.po}.mo" ]; then
    say "compiling the translations"
    .venv/bin/python scripts/compile_messages.py
    break
  fi
done

if [ -x scripts/build_assets.sh ]; then
  PATH="$(scripts/find_node.sh):$PATH" scripts/build_assets.sh
fi
