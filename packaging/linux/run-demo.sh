#!/usr/bin/env bash
# Opens the window on a demonstration casebook in build/demo, building it the first time. Without a screen the same day
# is performed headlessly, and the papers are where it says. Nothing outside build/demo is touched.
set -euo pipefail
cd "$(dirname "$0")/../.."

kzcase=.venv/bin/kzcase
demo=${KZCASE_DEMO:-build/demo}
casebook="$demo/demonstration.kzcase"

if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  echo "kzcase: there is no screen here, so the day is performed without the window"
  exec "$kzcase" demo "$demo" --again --no-window
fi
if [ ! -d "$casebook" ]; then
  echo "kzcase: building a casebook of generated people (the first time only)"
  "$kzcase" demo "$demo" --again --no-window
fi
exec "$kzcase" "$casebook" --passphrase-file "$demo/passphrase.txt"
