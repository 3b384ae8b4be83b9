"""A certificate's bytes as a file of Coq in which the proved checker is run by the kernel itself.

``python -m verified_grpo.export.proved_kernel FILE`` prints it: slower than the extracted program, and with
neither extraction nor Zarith nor OCaml's compiler among what is trusted. In their place stand the kernel's
own machine integers, on which Coq-Interval's mantissas are built (``Uint63``): `Print Assumptions` names
them beside the four axioms. `coqc` refuses the file where the checker does not accept.
"""

from __future__ import annotations

import sys
from pathlib import Path

from ..errors import InputError
from .proved import bytes_of

_FILE = """\
(** {name} by the checker that is proved: run by the kernel on the bytes of the file. *)
From Coq Require Import String List Ascii.
From Interval Require Import Float.Specific_ops Float.Specific_bigint.
From VerifiedGRPO.Checker Require Import Json Certificates.

Module Floats := SpecificFloat BigIntRadix2.
Module Proved := TextChecker Floats.
Definition bytes : text := list_ascii_of_string "{data}"%string.
Definition proved : option json := Eval vm_compute in Proved.check_text bytes.
Theorem it_holds : match proved with Some statement => holds statement | None => False end.
Proof. exact (Proved.check_text_correct bytes _ (eq_refl proved <: Proved.check_text bytes = proved)). Qed.
Eval vm_compute in option_map (fun statement => string_of_list_ascii (shown statement)) proved.
"""


def kernel_file(path: Path) -> str:
    """The file of Coq for a certificate.

    Raises:
        FileError: it cannot be read.
        InputError: it is not plain text, which no certificate is.
    """
    data = bytes_of(path)
    if not data.isascii() or b"\0" in data:
        raise InputError(f"{path}: not a certificate: it is not in ASCII")
    name = "".join(character for character in path.name if character.isalnum() or character in "-_.")
    return _FILE.format(name=name, data=data.decode("ascii").replace('"', '""'))


if __name__ == "__main__":
    sys.stdout.write(kernel_file(Path(sys.argv[1])))
