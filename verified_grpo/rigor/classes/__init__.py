"""Classes of answers: fixed points of the tilt, where steps lead, and what becomes of correctness."""
