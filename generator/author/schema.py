"""The schemas in schemas/, for editors: written anew, and held against what the models say."""

from pathlib import Path

from generator.check.library import Library
from generator.present.data.schema import record_schemas, schema_files


def write(folder: Path, library: Library) -> list[Path]:
    """Writes all schemas into a folder, which is made where it is missing; returns the files that changed."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = schema_files(library)
    changed = [name for name, text in texts.items() if _differs(folder / name, text)]
    for name in changed:
        (folder / name).write_text(texts[name], encoding="utf-8", newline="\n")
    return [folder / name for name in changed]


def drifted(folder: Path) -> list[Path]:
    """The files of a folder that no longer say what the models say. The known ids may lag behind."""
    return [folder / name for name, text in record_schemas().items() if _differs(folder / name, text)]


def _differs(file: Path, text: str) -> bool:
    return not file.is_file() or file.read_text(encoding="utf-8") != text
