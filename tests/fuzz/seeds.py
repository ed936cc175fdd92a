"""What fuzzing starts from: records of the small library and of the site, each behind a byte for its kind."""

from generator.model.kinds import KINDS, RecordKind
from generator.read.events import parse
from generator.read.tree import scalars
from tests.conftest import LIBRARY, ROOT
from tests.fuzz import LONGEST

YAML_TOKENS = ("- ", ": ", "\n  ", "\n", "|-\n", ">\n", "&a ", "*a", "!!str ", "<<: ", "---", "...", "%YAML 1.1", "# ")
YAML_TOKENS += ("{", "}", "[", "]", ",", '"', "'", "\\u202e", "\r", "\t", "? ", "~", "\ufeff", "\u0085", "é", "😀")


def kind_and_text(data: bytes) -> tuple[RecordKind, bytes]:
    """The kind of record that the first byte picks, and the rest."""
    return KINDS[data[0] % len(KINDS) if data else 0], data[1:]


def records() -> list[bytes]:
    """Every record that is not too long, as `kind_and_text` takes it apart."""
    return [
        bytes([number]) + path.read_bytes()
        for root in (LIBRARY, ROOT / "content")
        for number, kind in enumerate(KINDS)
        for path in sorted((root / kind.folder).glob("*.yml"))
        if path.stat().st_size < LONGEST
    ]


def texts() -> list[bytes]:
    """The texts with markup of the small library's records."""
    found: dict[str, None] = {}
    for path in sorted(LIBRARY.rglob("*.yml")):
        root, _ = parse(path.read_text("utf-8"), path.name)
        if root:
            found.update((scalar.text, None) for _, scalar in scalars(root) if scalar.text and " " in scalar.text)
    return [text.encode() for text in found]
