"""The kinds of record: the folder each lies in and the model it follows."""

from dataclasses import dataclass

from generator.model.concept import Concept
from generator.model.decision import Decision
from generator.model.exam import Exam
from generator.model.fields import KindName, Model
from generator.model.service import Service
from generator.model.source import Source
from generator.model.wording import Wording


@dataclass(frozen=True, slots=True)
class RecordKind:
    """One kind of record."""

    name: KindName
    folder: str
    model: type[Model]


KINDS: tuple[RecordKind, ...] = (
    RecordKind("exam", "exams", Exam),
    RecordKind("source", "sources", Source),
    RecordKind("service", "services", Service),
    RecordKind("concept", "concepts", Concept),
    RecordKind("decision", "decisions", Decision),
    RecordKind("wording", "wording", Wording),
)
BY_FOLDER = {kind.folder: kind for kind in KINDS}
