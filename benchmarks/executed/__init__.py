"""What the frameworks' own code computes, measured: their functions of advantage, KL and loss are cut out of
a checkout's source and run on the CPU.

    python -m venv build/executed && build/executed/bin/pip install torch==2.13.0 numpy==2.4.6
    build/executed/bin/python -m benchmarks.executed --out benchmarks/executed.json NAME=CHECKOUT[@REVISION]

``CHECKOUT`` is a git repository (with or without files), or the ``site-packages`` of an installed TRL. The
rows of the frameworks and revisions that were named replace those in the file. A framework's code runs with
the rights of whoever asks: name checkouts that you trust. Nothing here imports the suite, whose mappings
``tests/benchmarks/test_executed.py`` holds against the rows.
"""

from __future__ import annotations
