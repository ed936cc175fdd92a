"""Exam maps and task pages."""

from generator.check.library import Ref
from generator.model.concept import Misconception
from generator.model.exam import Domain, Exam, Task
from generator.present.address import task_page
from generator.present.compose import Composer
from generator.present.page import Menu, Page
from generator.present.pages.cheat_sheets import cheat_sheets
from generator.present.site import Site, by_name
from generator.present.stats import coverage

SECTIONS = (
    "Map",
    "Tasks and objectives",
    "What changed",
    "How it is scored",
    "Who it is for",
    "Services in scope",
    "Evidence",
)
TASK_SECTIONS = (
    "Objectives",
    "Read for this task",
    "Traps in this task",
    "The official page",
)


def exam_page(composer: Composer, code: str) -> Page:
    """The map of one exam."""
    site = composer.site
    exam = site.library.exams[code]
    done, total = coverage(site, exam)
    return composer.page(
        f"exams/{code.lower()}/index",
        "exam",
        f"{code} map",
        f"{exam.name} ({code}): domains by weight, every task and objective, and the concepts that cover them.",
        SECTIONS,
        record=("exam", code.lower()),
        exam=exam,
        coverage={task.number: _covered(site, code, task) for domain in exam.domains for task in domain.tasks},
        covered=done,
        total=total,
        services=[id for id, service in by_name(site.library.services) if code in (service.exams or {})],
        changed=_changes(exam),
    )


def task_pages(composer: Composer, code: str) -> list[Page]:
    """One page per task statement of an exam."""
    exam = composer.site.library.exams[code]
    return [_task_page(composer, exam, domain, task) for domain in exam.domains for task in domain.tasks]


def _task_page(composer: Composer, exam: Exam, domain: Domain, task: Task) -> Page:
    site = composer.site
    refs = list(dict.fromkeys(ref for o in task.objectives for ref in site.covering.get((exam.code, o.number), ())))
    return composer.page(
        task_page(exam.code, task.number),
        "task",
        f"{task.number} {task.title}",
        f"{exam.code} task {task.number}: its objectives and the concepts that cover them.",
        TASK_SECTIONS,
        menu_title=f"{task.number} {task.title.rstrip('.')}",
        record=("exam", exam.code.lower()),
        exam=exam,
        domain=domain,
        task=task,
        refs=refs,
        traps=traps_of(site, [ref for ref in refs if ref[0] == "concept"]),
        changed=_changes(exam),
    )


def _changes(exam: Exam) -> dict[str, str]:
    """Objective → whether this version of the guide added or reworded it."""
    if exam.changes is None:
        return {}
    return dict.fromkeys(exam.changes.reworded, "changed") | dict.fromkeys(exam.changes.added, "new")


def _covered(site: Site, code: str, task: Task) -> int:
    return sum((code, objective.number) in site.covering for objective in task.objectives)


def traps_of(site: Site, refs: list[Ref]) -> list[tuple[Ref, Misconception]]:
    """The misconceptions of some concepts."""
    return [(ref, trap) for ref in refs for trap in site.library.concepts[ref[1]].misconceptions]


def exam_menu(composer: Composer, pages: dict[Ref, Page]) -> tuple[list[Page], Menu]:
    """The index of exams, the task pages and cheat sheets, and the menu of all but the sheets of single domains."""
    site = composer.site
    index = composer.page(
        "exams/index",
        "exams",
        "Exams",
        "The blueprints as maps: every domain by weight, every task, every objective and what covers it.",
        (),
        menu_title="Both exams",
        progress=[(exam, *coverage(site, exam)) for exam in site.library.exams.values()],
    )
    in_menu: dict[Ref, list[Page]] = {}
    single_sheets: list[Page] = []
    for code in site.library.exams:
        sheet, single = cheat_sheets(composer, code)
        in_menu["exam", code.lower()] = [sheet, *task_pages(composer, code)]
        single_sheets += single
    menus = tuple(Menu(ref[1].upper(), (page, *in_menu.get(ref, ()))) for ref, page in pages.items())
    return [index, *(page for group in in_menu.values() for page in group), *single_sheets], Menu(
        "Exams", (index, *menus)
    )
