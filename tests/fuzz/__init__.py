"""Fuzzing: see run.py."""

LONGEST = 4096
"""Bytes of the longest input: short ones run and grow faster."""
