#!/usr/bin/env bash
# A load test with a gate, for whatever can run a shell script. Ends as `plimsoll gate` does: 0 passed, 99 failed,
# 3 cannot tell, 2 wrong input. Everything is said by variables:
#
#   SCENARIO          the scenario file
#   TARGET            URL to load instead of the scenario's
#   TARGET_HOST       its host, which you allow to be loaded; not needed for this machine
#   POLICY            policy file of the gate
#   HISTORY           folder of earlier reports; a run that passes is added to it
#   REPORTS           folder for what is written (default: reports)
#   INCONCLUSIVE      fail (default), or warn: end with 0 where the gate cannot tell
#   PLIMSOLL_PACKAGE  what npm installs, if plimsoll is not there yet: a tarball that `npm pack` made, git+https://…#TAG,
#                     or a package of your own registry
set -euo pipefail

if [ -z "${SCENARIO:-}" ]; then
  echo 'SCENARIO is missing; name a scenario file' >&2
  exit 2
fi
reports=${REPORTS:-reports}
inconclusive=${INCONCLUSIVE:-fail}
case $inconclusive in
  fail | warn) ;;
  *) echo "INCONCLUSIVE is $inconclusive; write fail or warn" >&2; exit 2 ;;
esac

if [ -n "${PLIMSOLL_PACKAGE:-}" ]; then
  npm install --no-save --no-audit --no-fund --prefix .plimsoll "$PLIMSOLL_PACKAGE"
  PATH="$PWD/.plimsoll/node_modules/.bin:$PATH"
fi

# What an earlier run has left is not to be judged in place of this one.
rm -f "$reports/load.json" "$reports/load.html" "$reports/gate.xml"
run=("$SCENARIO" --out "$reports/load.json" --html "$reports/load.html")
if [ -n "${TARGET:-}" ]; then run+=(--target "$TARGET"); fi
if [ -n "${TARGET_HOST:-}" ]; then run+=(--allow-host "$TARGET_HOST"); fi
code=0
plimsoll run "${run[@]}" || code=$?
# Whether 3 (inconclusive) and 99 (failed) end the pipeline is for the gate to say; all else ends it here.
case $code in 0 | 3 | 99) ;; *) exit "$code" ;; esac

gate=("$reports/load.json")
if [ -n "${POLICY:-}" ]; then gate+=(--policy "$POLICY"); fi
if [ -n "${HISTORY:-}" ]; then
  # The first run finds none, and the gate wants a folder.
  mkdir -p "$HISTORY"
  gate+=(--history "$HISTORY")
fi
plimsoll gate "${gate[@]}" --format junit -o "$reports/gate.xml" || true
code=0
plimsoll gate "${gate[@]}" || code=$?

if [ "$code" -eq 0 ] && [ -n "${HISTORY:-}" ]; then
  cp "$reports/load.json" "$HISTORY/$(date -u +%Y%m%dT%H%M%SZ)-$$.json"
fi
if [ "$code" -eq 3 ] && [ "$inconclusive" = warn ]; then
  echo 'The gate cannot tell; INCONCLUSIVE=warn lets it pass.' >&2
  code=0
fi
exit "$code"
