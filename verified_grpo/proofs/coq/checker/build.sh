#!/usr/bin/env bash
# build.sh OUT [LIBRARY]: the proved checker as the program OUT/vcheck.  LIBRARY is the library, compiled (compile.sh
# leaves it in build/coq/library); without it the files that the checker rests on are compiled first.  Ends in failure if
# something is admitted or rests on more than the four axioms of the real numbers.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
mkdir -p "$1/checker" "$1/program"; out="$(cd "$1" && pwd)"
library="${2:+$(cd "$2" && pwd)}"
export DEBIAN_FRONTEND=noninteractive

# Coq itself brings zarith without what a program is compiled with.
if ! { command -v coqc && test -f "$(ocamlfind query zarith)/z.cmi"; } >/dev/null 2>&1; then
  packages='coq libcoq-interval libcoq-coquelicot ocaml-nox ocaml-findlib libzarith-ocaml-dev'
  install="apt-get install -y -qq --no-install-recommends $packages"
  if [ "$(id -u)" = 0 ] && [ -n "${CI:-}" ]; then apt-get update -qq && $install >/dev/null
  else echo "Coq or OCaml is missing: sudo apt-get install -y --no-install-recommends $packages" >&2; exit 1; fi
fi
if grep -nwE 'Admitted|admit|Axiom|Axioms|Conjecture' "$here"/*.v; then echo "something is assumed instead of proved" >&2; exit 1; fi

if [ -z "$library" ]; then
  library="$out/library"; mkdir -p "$library"; cp "$here"/../*.v "$library"
  cd "$library"
  for file in $(coqdep -Q . VerifiedGRPO -sort ./*.v); do coqc -w none -Q . VerifiedGRPO "${file%o}"; done
fi
cp "$here"/*.v "$out/checker"; cp "$here"/*.ml "$out/program"
cd "$out/checker"
for file in $(coqdep -Q "$library" VerifiedGRPO -Q . VerifiedGRPO.Checker -sort ./*.v); do
  case "$file" in Extract.v | */*) ;; *) coqc -w none -Q "$library" VerifiedGRPO -Q . VerifiedGRPO.Checker "$file" ;; esac
done
cd "$out/program"
coqc -w none -Q "$library" VerifiedGRPO -Q "$out/checker" VerifiedGRPO.Checker "$out/checker/Extract.v" > "$out/axioms"
allowed='^(ClassicalDedekindReals\.(sig_not_dec|sig_forall_dec)|FunctionalExtensionality\.functional_extensionality_dep|Classical_Prop\.classic)'
if grep -E '^[A-Za-z_.]+ *(:|$)' "$out/axioms" | grep -v '^Axioms:' | grep -vqE "$allowed"; then
  cat "$out/axioms" >&2; echo "the theorem rests on other axioms" >&2; exit 1
fi
ocamlfind ocamlopt -w -a -O3 -package zarith,unix -linkpkg zops.ml proved.mli proved.ml vcheck.ml -o "$out/vcheck" 2>/dev/null ||
  ocamlfind ocamlopt -w -a -package zarith,unix -linkpkg zops.ml proved.mli proved.ml vcheck.ml -o "$out/vcheck"
