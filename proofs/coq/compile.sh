#!/usr/bin/env bash
# Compiles the library into a directory (build/coq unless named), one line a file, and ends with the axioms used.
# Any axiom beyond those of Coq's classical reals is a failure.
set -euo pipefail
source_dir="$(cd "$(dirname "$0")" && pwd)"
build="${1:-$source_dir/../../build/coq}"
allowed='sig_forall_dec|sig_not_dec|functional_extensionality_dep|classic'

if ! command -v coqc >/dev/null; then
  install='apt-get install -y --no-install-recommends coq libcoq-interval libcoq-coquelicot'
  if [ "$(id -u)" = 0 ]; then apt-get update -qq && $install >/dev/null
  elif sudo -n true 2>/dev/null; then sudo -n apt-get update -qq && sudo -n $install >/dev/null
  else echo "no coqc here: sudo $install" >&2; exit 1; fi
fi

mkdir -p "$build"
cp "$source_dir"/*.v "$build"
cd "$build"
for file in Definitions Amplification Slope Counting Existence Bmax; do
  start=$(date +%s.%N)
  coqc -w none -Q . VerifiedGRPO "$file.v"
  echo "$file: accepted ($(awk -v a="$start" -v b="$(date +%s.%N)" 'BEGIN { printf "%.1f", b - a }') s)"
done

coqc -w none -Q . VerifiedGRPO Axioms.v > axioms.txt
# An axiom's name begins its line; what follows it, and "Axioms:", is indented or has another form.
used=$(sed -nE 's/^([A-Za-z_][A-Za-z0-9_.]*)( *:.*)?$/\1/p' axioms.txt | grep -vx 'Axioms' | sed 's/.*\.//' | sort -u)
echo "axioms: $(echo $used)"
if [ -z "$used" ] || echo "$used" | grep -vxE "$allowed"; then
  echo "an axiom that is not one of the classical reals, or none read" >&2
  exit 1
fi
