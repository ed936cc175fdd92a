"""Decision pages and their index."""

from generator.check.library import Ref
from generator.model.markup import marked
from generator.present.compose import Composer
from generator.present.page import Menu, Page, by_menu_title
from generator.present.site import by_name

SECTIONS = (
    "Why the exam asks",
    "What pulls which way",
    "Side by side",
    "The options",
    "When signals conflict",
    "Scenarios",
    "Answers at a glance",
    "Related concepts",
    "Objectives",
    "Evidence",
)


def decision_page(composer: Composer, id: str) -> Page:
    """The page of one decision."""
    site = composer.site
    decision = site.library.decisions[id]
    options: list[Ref] = [("concept", option.concept) for option in decision.options]
    named = [ref for ref in site.mentioned_by.get(("decision", id), ()) if ref[0] == "concept" and ref not in options]
    return composer.page(
        f"decisions/{id}",
        "decision",
        decision.name,
        decision.summary,
        SECTIONS,
        menu_title=decision.short_name or decision.name,
        record=("decision", id),
        search_names={"": tuple(dict.fromkeys((decision.name, decision.short_name or decision.name)))},
        id=id,
        decision=decision,
        flips=sum(scenario.flip is not None for scenario in decision.scenarios),
        glance=[(scenario, marked(scenario.text)) for scenario in decision.scenarios],
        related=[(label, refs) for label, refs in (("The options", options), ("Named on", named)) if refs],
        objectives=site.objectives_of(decision.exams),
    )


def decision_menu(composer: Composer, pages: dict[Ref, Page]) -> tuple[Page, Menu]:
    """The index of decisions and their menu."""
    index = composer.page(
        "decisions/index",
        "decisions",
        "Decisions",
        "Choices between answers that both sound right: the fact that decides, the options compared, scenarios to try.",
        (),
        menu_title="All decisions",
        decisions=by_name(composer.site.library.decisions),
    )
    return index, Menu("Decisions", (index, *by_menu_title(pages.values())))
