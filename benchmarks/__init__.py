"""Speed and memory of the suite, next to what a user could pick instead.

`python -m benchmarks` measures all and writes one JSON. Nothing here decides whether the suite is right
(that is for the tests), except that contestants must agree on the counts.
"""

from __future__ import annotations
