#!/usr/bin/env bash
# Builds what the browser loads into reparto/web/static/built/, and names it by its content in reparto/web/served/
# (neither is committed). Needs the environment of bootstrap.sh for the second.
# Runs npm only when the lock file changed, and nothing at all when no source changed.
# NODE_BIN, when set, is the folder of the node to use; it must be 20 or newer.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ -n "${NODE_BIN:-}" ]; then PATH="$NODE_BIN:$PATH"; fi

digest() { find "$@" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1; }

sources="$(digest package.json package-lock.json .npmrc scripts/build_assets.sh scripts/build_assets.mjs scripts/hash_assets.py \
  requirements.lock reparto/web/assets $(find reparto/web/static -maxdepth 1 -type f))"
built=reparto/web/static/built
stamp=.make/assets.stamp
served=reparto/web/served
if [ -f "$built/app.js" ] && [ -f "$built/app.css" ] && [ -f "$served/staticfiles.json" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$sources" ]; then exit 0; fi

if ! command -v node >/dev/null 2>&1 || [ "$(node -p 'parseInt(process.versions.node)')" -lt 20 ]; then
  echo "build_assets: needs node 20 or newer on the PATH, or its folder in NODE_BIN" >&2
  exit 1
fi

mkdir -p .make
lock="$(sha256sum package-lock.json .npmrc | sha256sum | cut -d' ' -f1)"
if [ ! -d node_modules/esbuild ] || [ "$(cat .make/npm.stamp 2>/dev/null)" != "$lock" ]; then
  echo "build_assets: installing the locked packages"
  npm ci --silent
  echo "$lock" > .make/npm.stamp
fi

node scripts/build_assets.mjs
.venv/bin/python scripts/hash_assets.py
echo "$sources" > "$stamp"
