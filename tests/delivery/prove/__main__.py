"""Proves that a build is whole, repeatable, and keeps to its folders; prints its counts. Takes some minutes."""

import sys
import tempfile
from pathlib import Path

from tests.delivery.prove import faults, kills, opened, variants


def main() -> None:
    """Runs all proofs; exits with 1 where one fails."""
    with tempfile.TemporaryDirectory(prefix="signpost-prove-") as folder:
        proofs = (opened.prove, faults.prove, variants.prove, kills.prove)
        proved = [proof(Path(folder).resolve()) for proof in proofs]
    sys.exit(not all(proved))


if __name__ == "__main__":
    main()
