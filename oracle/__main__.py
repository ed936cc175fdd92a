"""`python -m oracle SITE`: checks a built site, prints all that is wrong; exit code 1 where there is anything.

SITE_URL and REPO_URL are those that the site was built with.
"""

import os
import sys
import time
from pathlib import Path

from oracle.check import check
from oracle.site import Site


def main(folder: str) -> int:
    """Checks the site in a folder against the records of this project."""
    start = time.perf_counter()
    root = os.environ.get("SITE_URL") or "http://localhost:8000/"
    report = check(Site(Path(folder), Path(__file__).parent.parent, root, os.environ.get("REPO_URL", "")))
    print(report)
    print(f"{time.perf_counter() - start:.1f} s")
    return 1 if report.findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
