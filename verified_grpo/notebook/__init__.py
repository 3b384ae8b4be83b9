"""The suite as one works with it in a notebook: a variant, a prompt, and outcomes that show, draw, save and
check themselves."""
