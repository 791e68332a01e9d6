"""Comparing a run with gold data, or two coders with each other (CODEBOOK section 5)."""
