"""What a person has read and found good: the theme's scripts, and the policy that lets them run."""

import base64
import hashlib
import re
from pathlib import Path

import yaml

FILE = Path(__file__).parent / "reviewed.yml"


def script_hash(code: str) -> str:
    """The hash of a script as a content security policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()


class Reviewed:
    """The contents of reviewed.yml."""

    def __init__(self) -> None:
        listed = yaml.safe_load(FILE.read_text(encoding="utf-8"))
        self.site_name: str = listed["site name"]
        self.generator: str = listed["generator"]
        self.inline: frozenset[str] = frozenset(listed["inline scripts"])
        self.files: dict[str, str] = listed["script files"]
        """Path → hash, of the theme's scripts."""
        scripts = " ".join(f"'{hash}'" for hash in listed["inline scripts"])
        self.policy: str = " ".join(listed["policy"].format(scripts=scripts).split())
        self.redirect_policy: str = listed["policy of redirects"]
        self.patterns: tuple[re.Pattern[str], ...] = tuple(re.compile(pattern) for pattern in listed["other files"])
