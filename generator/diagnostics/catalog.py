"""Every way a record can be wrong. A code never changes its meaning."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of finding."""

    code: str
    title: str
    why: str
    severity: Literal["error", "warning"] = "error"


CATALOG: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        # files
        Kind("F101", "Not a record file", "Only regular .yml files named by their id are read."),
        Kind("F102", "File too large", "A record is at most 64 KB, so that reading it is quick and safe."),
        Kind("F103", "Not UTF-8", "Records are UTF-8 text, the same on every machine."),
        Kind(
            "F104",
            "Character not allowed",
            "Control, invisible and direction-changing characters hide text from reviewers.",
        ),
        Kind("F105", "File name is not an id", "The file name is the record's id and part of its address."),
        Kind("F106", "Cannot be read", "A file that the system does not hand out is not checked."),
        Kind("F107", "More findings", "The first hundred findings of a file are shown; mend them first.", "warning"),
        Kind(
            "F108",
            "Not a plain file",
            "In docs/ and overrides/, links, devices, hidden files and names some system cannot keep are not opened.",
        ),
        # YAML
        Kind("Y201", "Not valid YAML", "The file cannot be read as YAML."),
        Kind("Y202", "Key given twice", "YAML would silently keep one of the two."),
        Kind("Y203", "Anchor, alias or merge key", "A record says each thing where it stands."),
        Kind("Y204", "Tag", "A value's type follows from its field."),
        Kind("Y205", "More than one document", "One file is one record."),
        Kind("Y206", "Nested too deeply", "No record needs more than a few levels."),
        Kind("Y207", "Key is not a word", "Keys are single words or ids."),
        Kind("Y208", "Text cut off at #", "In YAML, a space and # start a comment.", "warning"),
        # fields
        Kind("R301", "Unknown key", "A key that is not part of the record is a typing slip more often than not."),
        Kind("R302", "Missing key", "The record is not complete without it."),
        Kind("R303", "Wrong type", "The field takes another sort of value."),
        Kind("R304", "Empty", "A key without a value says nothing."),
        Kind("R305", "Too short or too long", "Lengths keep pages readable on a phone."),
        Kind("R306", "Not one of the choices", "The field takes one of a few words."),
        Kind("R307", "Not of the required form", "The value has a fixed form."),
        # rules of one record
        Kind("C401", "Claim without evidence", "Every factual block cites at least one evidence key."),
        Kind("C402", "Citation without evidence", "A citation names a key of the record's evidence."),
        Kind("C403", "Evidence never cited", "Evidence that proves nothing on the page is noise."),
        Kind("C404", "Day lies ahead", "Nobody has checked a page tomorrow."),
        Kind("C405", "Brackets that are no link", "[[id]] links and [^key] cites; anything else is a slip."),
        Kind("C406", "Row does not fit the columns", "Each row has one cell per column."),
        Kind("C407", "Given twice", "Ids within a record, and entries of a list, are unique."),
        Kind("C408", "Refers to itself", "A concept is not related to itself."),
        Kind("C409", "Numbers do not add up", "The figures contradict each other."),
        Kind("C410", "Answers do not fit the question", "A practice item has the right answers its type asks for."),
        Kind("C411", "Scenario and flip do not fit", "A flip replaces a marked phrase and changes the answer."),
        Kind("C412", "Looks like HTML", "A record's text knows no HTML; every sign of it would stand on the page."),
        Kind("C413", "Looks like a template", "A record's text is no template; the braces would stand on the page."),
        Kind(
            "C414",
            "Markdown that is not known",
            "A record's text knows a few marks only; others, and addresses, would stand on the page as they are.",
        ),
        # rules of the library
        Kind("L501", "Unknown id", "A reference names a record that exists."),
        Kind("L502", "Id used twice", "An id belongs to one thing."),
        Kind("L503", "Cycle", "What must be read first cannot depend on what comes after."),
        Kind("L504", "One-sided", "Concepts that are confused name each other."),
        Kind("L505", "Unknown objective", "The exam has no objective of that number."),
    )
}
