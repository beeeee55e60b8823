#!/bin/sh
# Install packages of the system by name, or say exactly what to install when that is not possible.
# Debian and Ubuntu, as root or by a sudo that asks no password.
set -eu

refuse() {
  echo "setup: please install by hand: $*" >&2
  exit 1
}

command -v apt-get >/dev/null 2>&1 || refuse "$*"
as_root=
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null || refuse "sudo apt-get install $*"
  as_root="sudo -n"
fi
# RUNLEVEL=1: a package that brings a server (PostgreSQL) must not start one of its own beside ours.
install() { $as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq --no-install-recommends "$@" >/dev/null; }

echo "setup: installing $* by apt-get" >&2
# The list of packages may be missing or old: only then is it fetched, because that is slow.
install "$@" 2>/dev/null || { $as_root apt-get update -qq >/dev/null && install "$@"; } || refuse "apt-get install $*"
