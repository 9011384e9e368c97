#!/usr/bin/env bash
# Sets kzcase up on Debian 12 or Ubuntu 22.04/24.04: system libraries Qt needs, .venv, hash-locked wheels.
set -euo pipefail
cd "$(dirname "$0")/../.."

say() { echo "kzcase: $*"; }

# Qt's offscreen and window platforms need these; a library that is there already is left alone.
declare -A library=(
  [libGL.so.1]=libgl1 [libEGL.so.1]=libegl1 [libxkbcommon.so.0]=libxkbcommon0 [libfontconfig.so.1]=libfontconfig1
  [libdbus-1.so.3]=libdbus-1-3 [libglib-2.0.so.0]=libglib2.0-0 [libxcb-cursor.so.0]=libxcb-cursor0
  [libxcb-icccm.so.4]=libxcb-icccm4 [libxcb-keysyms.so.1]=libxcb-keysyms1 [libxcb-shape.so.0]=libxcb-shape0
  [libxcb-xkb.so.1]=libxcb-xkb1 [libxkbcommon-x11.so.0]=libxkbcommon-x11-0
)
known=$(/sbin/ldconfig -p 2>/dev/null || ldconfig -p)
missing=()
for so in "${!library[@]}"; do grep -q -F "$so" <<<"$known" || missing+=("${library[$so]}"); done
command -v pdftotext >/dev/null || missing+=(poppler-utils)
command -v dbus-daemon >/dev/null || missing+=(dbus)

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo -n "$@"; else return 1; fi; }

if [ "${#missing[@]}" -gt 0 ]; then
  say "installing system libraries: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  as_root apt-get update -qq && as_root apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null || {
    say "these system libraries are missing and could not be installed: ${missing[*]}"
    say "please ask whoever looks after this machine to install them, then start again"; exit 3; }
fi

find_python() {
  local candidate
  for candidate in python3.11 python3.12 python3.13 python3; do
    command -v "$candidate" >/dev/null || continue
    "$candidate" -c 'import sys; sys.exit(not (3,11) <= sys.version_info[:2] <= (3,13))' 2>/dev/null && { echo "$candidate"; return; }
  done
  return 0
}
python=$(find_python)
# Ubuntu 22.04 itself has Python 3.10; its own packages hold 3.11 beside it.
for version in 3.11 3.12 3.13; do
  [ -z "$python" ] || break
  say "installing Python $version"
  export DEBIAN_FRONTEND=noninteractive
  as_root apt-get update -qq && as_root apt-get install -y -qq --no-install-recommends "python$version-venv" >/dev/null 2>&1 || true
  python=$(find_python)
done
[ -n "$python" ] || { say "Python 3.11, 3.12 or 3.13 is needed and was neither found nor could be installed"; exit 3; }

if ! "$python" -c 'import ensurepip' 2>/dev/null; then
  say "installing the venv module for $python"
  version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  as_root apt-get update -qq; as_root apt-get install -y -qq --no-install-recommends "python$version-venv" >/dev/null
fi

[ -x .venv/bin/python ] || { say "making the virtual environment .venv with $("$python" --version)"; "$python" -m venv .venv; }
say "installing hash-locked wheels (first time: about a minute)"
.venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-dev.lock
.venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
touch .venv/ready
say "ready: .venv/bin/kzcase"
