#!/usr/bin/env bash
# compile.sh [BUILD [DIRECTORY...]]: compiles the library into BUILD (build/coq unless named), then every .v file of the
# directories on top of it (exported certificates; two at a time), one line an item, and ends with the axioms used
# (audit.sh).  Anything admitted or refused is a failure.  What it printed stays beside it, and of what it was made: the
# suite's tests then need not compile the library again.
set -euo pipefail
source_dir="$(cd "$(dirname "$0")" && pwd)"
build="${1:-$source_dir/../../build/coq}"
[ $# -eq 0 ] || shift
export DEBIAN_FRONTEND=noninteractive

if ! command -v coqc >/dev/null; then
  packages='coq libcoq-interval libcoq-coquelicot'
  install="apt-get install -y -qq --no-install-recommends $packages"
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -qq && $install >/dev/null
  elif sudo -n true 2>/dev/null; then sudo -n apt-get update -qq && sudo -n $install >/dev/null
  else echo "no coqc here: sudo apt-get install -y --no-install-recommends $packages" >&2; exit 1; fi
fi

rm -rf "$build/library" "$build/twins" "$build/made-of"
mkdir -p "$build/library" "$build/twins"
cp "$source_dir"/*.v "$build/library"
for directory in "$@"; do find "$directory" -maxdepth 1 -name '*.v' -exec cp {} "$build/twins" \; ; done
cd "$build"

if grep -nwE 'Admitted|admit|Axiom|Axioms|Parameter|Parameters|Conjecture' library/*.v twins/*.v 2>/dev/null; then
  echo "something is assumed instead of proved" >&2
  exit 1
fi

# One file by the kernel: its name and seconds, or what it says against it.
accept() {
  local start; start=$(date +%s.%N)
  if ! coqc -w none -Q library VerifiedGRPO -Q twins Twins "$1" > "$1.log" 2>&1; then
    cat "$1.log" >&2; echo "$(basename "$1" .v): REFUSED"; return 1
  fi
  echo "$(basename "$1" .v): accepted ($(awk -v a="$start" -v b="$(date +%s.%N)" 'BEGIN { printf "%.1f", b - a }') s)"
}
export -f accept

{
  for file in $(coqdep -Q library VerifiedGRPO -sort library/*.v); do accept "${file%o}"; done
  find twins -name '*.v' | sort | xargs -r -P 2 -I{} bash -c 'accept {}'
  "$source_dir/audit.sh" .
} | tee printed

(coqc --version; coqc --config; cd "$source_dir"; LC_ALL=C; sha256sum *.sh *.v) > made-of.part
mv made-of.part made-of
