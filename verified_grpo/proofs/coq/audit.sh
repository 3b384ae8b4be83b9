#!/usr/bin/env bash
# audit.sh BUILD: the axioms that every theorem of BUILD/library, and each twin's (named as its file), rests on.
# Any axiom beyond the four of Coq's classical reals is a failure.
set -euo pipefail
allowed='sig_forall_dec|sig_not_dec|functional_extensionality_dep|classic'
cd "$1"

{
  echo "From VerifiedGRPO Require $(basename -s .v library/*.v | xargs)."
  [ -z "$(ls twins/*.v 2>/dev/null)" ] || echo "From Twins Require $(basename -s .v twins/*.v | xargs)."
  echo "Definition theorems := (tt"
  for file in library/*.v; do
    sed -nE "s/^(Theorem|Lemma|Corollary) ([A-Za-z0-9_']+).*/  , @$(basename "$file" .v).\2/p" "$file"
  done
  for file in $(ls twins/*.v 2>/dev/null); do name=$(basename "$file" .v); echo "  , @$name.$name"; done
  echo ")."
  echo "Print Assumptions theorems."
} > Audit.v
coqc -w none -Q library VerifiedGRPO -Q twins Twins Audit.v > axioms.txt
# An axiom's name begins its line; what follows it, and "Axioms:", is indented or has another form.
used=$(sed -nE 's/^([A-Za-z_][A-Za-z0-9_.]*)( *:.*)?$/\1/p' axioms.txt | grep -vx 'Axioms' | sed 's/.*\.//' | sort -u)
echo "theorems: $(grep -c '^  , ' Audit.v)"
echo "axioms: $(echo $used)"
if [ -z "$used" ] || echo "$used" | grep -vxE "$allowed"; then
  echo "an axiom that is not one of the classical reals, or none read" >&2
  exit 1
fi
