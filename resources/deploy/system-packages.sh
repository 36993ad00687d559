#!/usr/bin/env bash
# Install what system-packages.txt (or another list) names and this machine lacks; arguments: the
# Python to run with, and the list.
set -euo pipefail
cd "$(dirname "$0")/../.."
python=$1
list=${2:-system-packages.txt}

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "make: needs Python 3.11 or newer as \`$python\`; say PYTHON=... to name another" >&2
  exit 1
fi
mapfile -t wanted < <(grep -Ev '^(#|$)' "$list")
"$python" -c 'import ensurepip' 2>/dev/null || wanted+=("$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')")

if ! command -v dpkg-query >/dev/null; then
  echo "not a Debian system: please see to these packages yourself: ${wanted[*]}" >&2
  exit 0
fi
missing=()
for package in "${wanted[@]}"; do
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "make: as root, run: apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi
echo "installing ${missing[*]}"
"${as_root[@]}" apt-get update -q
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
  apt-get install -q -y --no-install-recommends "${missing[@]}"
