"""Contrasts as the model and as the checker define them, and the facts that both name."""
