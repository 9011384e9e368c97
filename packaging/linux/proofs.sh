#!/usr/bin/env bash
# Installs what the long proofs look through the program with: strace, a printing system to print through, and what
# makes a file system on a device that is to fail.
set -euo pipefail
missing=()
command -v strace >/dev/null || missing+=(strace)
{ command -v cupsd || [ -x /usr/sbin/cupsd ]; } >/dev/null || missing+=(cups cups-client)
{ command -v mkfs.ext4 || [ -x /usr/sbin/mkfs.ext4 ]; } >/dev/null || missing+=(e2fsprogs)
[ "${#missing[@]}" -gt 0 ] || exit 0
echo "kzcase: installing ${missing[*]} for the long proofs"
export DEBIAN_FRONTEND=noninteractive
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo -n "$@"; else return 1; fi; }
as_root apt-get update -qq && as_root apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null || {
  echo "kzcase: please install ${missing[*]}; the proofs of printing, of plain text and of failing devices need them"; exit 3; }
