"""Where things are on the site. Every internal address is made here."""

from generator.check.library import Ref

_FOLDERS = {"concept": "concepts", "decision": "decisions", "exam": "exams"}
_LISTS = {"service": "services", "source": "sources", "wording": "signals"}


def page_of(ref: Ref) -> str:
    """The page (path without ending) that shows a record. Services, sources and wordings share one page each."""
    kind, id = ref
    if kind in _LISTS:
        return _LISTS[kind]
    return f"exams/{id.lower()}/index" if kind == "exam" else f"{_FOLDERS[kind]}/{id}"


def anchor_of(ref: Ref) -> str:
    """The id of the element that shows a record on its page; empty where the page is the record's own."""
    kind, id = ref
    return f"{kind}-{id}" if kind in _LISTS else ""


def task_page(code: str, number: str) -> str:
    """The page of a task statement."""
    return f"exams/{code.lower()}/task-{number.replace('.', '-')}"


def cheat_sheet_page(code: str, domain: int | None = None) -> str:
    """The cheat sheet of an exam, or of one of its domains."""
    return f"exams/{code.lower()}/cheat-sheet{f'-{domain}' if domain else ''}"


def url_of(page: str) -> str:
    """The address of a page below the site's root: `concepts/index` is `concepts/`, `concepts/x` is `concepts/x/`."""
    folder, _, name = page.rpartition("/")
    path = folder if name == "index" else page
    return f"{path}/" if path else ""


def relative(to_page: str, from_page: str, anchor: str = "") -> str:
    """The address of a page as written on another page."""
    if to_page == from_page and anchor:
        return f"#{anchor}"
    path = "../" * url_of(from_page).count("/") + url_of(to_page) or "./"
    return f"{path}#{anchor}" if anchor else path


def relative_file(file: str, from_page: str) -> str:
    """The address of a file that is not a page, as written on a page."""
    return "../" * url_of(from_page).count("/") + file
