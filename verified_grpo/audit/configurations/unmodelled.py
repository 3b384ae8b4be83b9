"""What frameworks compute and the model does not have: one sentence each, which refusals repeat. A variant
that the model learns is taken off here, and mapped where the sentence was used."""

from __future__ import annotations

BATCH_STD = (
    "advantages are divided by the standard deviation of the whole batch, which depends on all its prompts: "
    "no variant for one prompt"
)
KL_BEFORE = (
    "the KL is subtracted from the reward before normalisation, so what divides the advantage divides it "
    "too: no contrast of 0/1 rewards describes that"
)
DROPPED = "groups without signal are dropped, which reweights a KL"
