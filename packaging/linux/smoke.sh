#!/usr/bin/env bash
# Builds the folder that needs no Python and starts it once, so that packaging never surprises.
set -euo pipefail
cd "$(dirname "$0")/../.."
echo "kzcase: building build/dist/kzcase with PyInstaller"
.venv/bin/pyinstaller --log-level ERROR --noconfirm --distpath build/dist --workpath build/work packaging/linux/kzcase.spec
program=build/dist/kzcase/kzcase
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export KZCASE_HOME="$scratch/home" QT_QPA_PLATFORM=offscreen
echo "kzcase: starting it"
"$program" --help >/dev/null
"$program" iin 850714390003 --json
"$program" demo "$scratch/demo" --cases 20 --no-window --json >"$scratch/demo.json"
"$program" print victim_screening --lang kk -o "$scratch/form.pdf"
grep -q '"papers"' "$scratch/demo.json" && [ -s "$scratch/form.pdf" ]
echo "kzcase: the packaged program works ($(du -sh build/dist/kzcase | cut -f1))"
