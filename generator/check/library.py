"""The library: every valid record, every reference resolvable. Immutable; what pages are made from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

from generator.check.record import Record
from generator.model.concept import Concept
from generator.model.decision import Decision
from generator.model.exam import Domain, Exam, Objective, Task
from generator.model.fields import KindName
from generator.model.service import Service
from generator.model.source import Source, SourcePage
from generator.model.wording import Wording

Ref = tuple[KindName, str]
"""Kind and id of a record."""


@dataclass(frozen=True)
class Library:
    """All records by kind and id. Those with errors are in `broken` only, so that links to them lead somewhere."""

    concepts: Mapping[str, Concept]
    decisions: Mapping[str, Decision]
    services: Mapping[str, Service]
    sources: Mapping[str, Source]
    exams: Mapping[str, Exam]
    wordings: Mapping[str, Wording]
    records: Mapping[Ref, Record]
    """Kind and id → the record with its file and its marked texts."""
    broken: Mapping[Ref, Record]

    @cached_property
    def source_pages(self) -> Mapping[str, tuple[Source, SourcePage]]:
        """Page id → its publication and itself."""
        return {id: (source, page) for source in self.sources.values() for id, page in source.pages.items()}

    def objective(self, code: str, number: str) -> tuple[Domain, Task, Objective] | None:
        """An objective with its task and domain, or None where the exam has no such number."""
        return self._objectives.get((code, number))

    @cached_property
    def _objectives(self) -> dict[tuple[str, str], tuple[Domain, Task, Objective]]:
        return {(exam.code, o.number): (d, t, o) for exam in self.exams.values() for d, t, o in objectives(exam)}


def objectives(exam: Exam) -> Iterator[tuple[Domain, Task, Objective]]:
    """Every objective of an exam with its domain and task."""
    for domain in exam.domains:
        for task in domain.tasks:
            for objective in task.objectives:
                yield domain, task, objective


def make_library(records: tuple[Record, ...]) -> Library:
    """The library of all records without errors."""
    good = [record for record in records if not record.has_errors]

    def contents(kind: KindName) -> Mapping[str, Any]:
        return MappingProxyType({record.id: record.contents for record in good if record.kind.name == kind})

    return Library(
        concepts=contents("concept"),
        decisions=contents("decision"),
        services=contents("service"),
        sources=contents("source"),
        exams=MappingProxyType({exam.code: exam for exam in contents("exam").values()}),
        wordings=contents("wording"),
        records=MappingProxyType({record.ref: record for record in good}),
        broken=MappingProxyType({record.ref: record for record in records if record.has_errors}),
    )
