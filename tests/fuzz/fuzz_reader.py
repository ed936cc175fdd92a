"""Any bytes in the place of a record give findings inside the file, and never an exception."""

from generator.check.library_rules import check_library
from generator.check.load import _record as read_record
from generator.diagnostics.report import as_text
from generator.read.files import RawFile
from tests.conftest import TODAY
from tests.fuzz.seeds import YAML_TOKENS, kind_and_text, records

TOKENS = (*YAML_TOKENS, "type: ", "evidence:", "[^", "]]", "**")
seeds = records


def check(data: bytes) -> None:
    """Reads the bytes as a record of some kind, and applies all rules to it."""
    kind, data = kind_and_text(data)
    raw = RawFile(kind.folder, "x.yml", data)
    record = read_record(raw, TODAY)
    found = [*record.found, *check_library((record,))]
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for diagnostic in found:
        span = diagnostic.span
        assert 1 <= span.line <= len(lines), diagnostic
        assert (span.line, span.column) <= (span.end_line, span.end_column), diagnostic
        assert 1 <= span.column <= len(lines[span.line - 1]) + 1, diagnostic
        assert diagnostic.message and diagnostic.hint, diagnostic
    assert record.contents is not None or found, "a record was refused without a reason"
    as_text(found, {raw.path: record.source})
