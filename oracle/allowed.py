"""What a page may hold: elements, their attributes, ids. Whatever is not named here is a finding."""

import re
from collections.abc import Mapping

Attributes = Mapping[str, str]
"""Name → pattern of the whole value."""

_ANY = r"(?s).*"
_SLUG = r"[a-z0-9]+(?:-{1,2}[a-z0-9]+)*"

SVG = "{http://www.w3.org/2000/svg}"
_XMLNS = "{http://www.w3.org/2000/xmlns/}xmlns"

EVERYWHERE: Attributes = {
    "class": r"[a-zA-Z0-9_ -]*",
    "id": _ANY,  # the ids have patterns of their own, below
    "hidden": "",
    "tabindex": r"0|-1",
    "role": r"dialog|presentation|region|search|status",
    "aria-label": _ANY,
    "aria-labelledby": r"__nav_\d+(_\d+)*_label",
    "aria-hidden": "true",
    "aria-current": "true",
    "aria-expanded": "true|false",
}

_COLORS = {
    "data-md-color-scheme": "default|slate",
    "data-md-color-primary": "custom",
    "data-md-color-accent": "custom",
}
_THEME = {
    "data-md-component": r"[a-z-]+",
    "data-md-type": "navigation|toc",
    "data-md-scrollfix": "",
    "data-md-level": r"\d",
}
_TOOL = {"data-tool": r"[a-z]+", "data-record": rf"[a-z]+/{_SLUG}", "data-exam": r"[A-Z]{3}-C\d\d"}

# An address has rules of its own: see links.py. A title is text that the theme's scripts may read as HTML.
ELEMENTS: dict[str, Attributes] = {
    **{
        name: {}
        for name in (
            "b",
            "blockquote",
            "caption",
            "cite",
            "code",
            "dd",
            "del",
            "dt",
            "em",
            "figcaption",
            "h1",
            "h2",
            "h3",
            "h4",
            "i",
            "ins",
            "li",
            "ol",
            "q",
            "small",
            "strong",
            "summary",
            "sup",
            "table",
            "tbody",
            "td",
            "thead",
            "title",
            "tr",
            "details",
            "head",
            "p",
            "pre",
            "dl",
            "footer",
            "label",
            "main",
            "article",
            "header",
        )
    },
    "a": {
        "href": _ANY,
        "rel": r"noopener noreferrer|noopener|edit",
        "title": r"Signpost|Go to repository|Edit this page",
        "data-md-component": "logo|source",
        "data-task": r"\d+\.\d+",
        "download": "",
    },
    "article": {},
    "body": {"dir": "ltr", **_COLORS},
    "button": {"type": "reset|button", "title": "Clear", **_THEME},
    "div": {**_THEME, **_TOOL},
    "form": {**_THEME, "name": "search", "data-sp-palette": ""},
    "header": _THEME,
    "html": {"lang": "en"},
    "input": {
        "type": "checkbox|radio|text",
        "name": "__palette|query",
        "data-md-toggle": r"drawer|search|__nav_\d+(_\d+)*",
        "data-md-color-media": r"\(prefers-color-scheme: (light|dark)\)",
        **_COLORS,
        **_THEME,
        "autocomplete": "off",
        "autocapitalize": "off",
        "autocorrect": "off",
        "spellcheck": "false",
        "placeholder": "Search",
        "required": "",
        "checked": "",
    },
    "label": {
        "for": r"__(drawer|search|toc|palette_\d|nav_\d+(_\d+)*)",
        "title": r"Switch to (dark|light) colors",
        "tabindex": "0|",
    },
    "link": {"rel": "canonical|prev|next|icon|stylesheet|manifest|apple-touch-icon", "href": _ANY},
    "main": _THEME,
    "meta": {
        "charset": "utf-8",
        "name": "viewport|description|generator|twitter:card",
        "property": r"og:(site_name|type|title|description|url|image|image:width|image:height|image:alt)",
        "http-equiv": "Content-Security-Policy",
        "content": _ANY,
    },
    "nav": _THEME,
    "ol": _THEME,
    "p": _TOOL,
    "script": {"id": "__config", "src": _ANY, "type": r"module|application/(ld\+)?json"},
    "span": {"data-objective": r"\d+\.\d+\.\d+"},
    "th": {"scope": "col|row"},
    "time": {"datetime": r"\d{4}-\d\d(-\d\d)?"},
    "ul": _THEME,
    f"{SVG}path": {"d": r"[\d\sa-zA-Z.,-]+"},
    f"{SVG}svg": {"viewBox": r"[\d .]+", _XMLNS: r"http://www\.w3\.org/2000/svg"},
}
"""Element → its attributes beside those of EVERYWHERE."""

NOT_IN_ARTICLE = frozenset(
    (
        "body",
        "button",
        "footer",
        "form",
        "header",
        "html",
        "head",
        "input",
        "label",
        "link",
        "main",
        "meta",
        "nav",
        "script",
        "title",
    )
)
"""What only the frame around an article holds."""

REDIRECT: dict[str, Attributes] = {
    "html": {"lang": "en"},
    "head": {},
    "body": {},
    "title": {},
    "meta": {"charset": "utf-8", "http-equiv": "Content-Security-Policy|refresh", "content": _ANY},
    "link": {"rel": "canonical", "href": _ANY},
    "a": {"href": _ANY},
}
"""What the page at a former address holds."""

THEME_ID = re.compile(r"__(drawer|search|config|toc|palette_\d|nav_\d+(_\d+)*(_label)?)")
HEADING_ID = re.compile(_SLUG)
OWN_ID = re.compile(
    rf"(check|misconception|objective|option|page|practice|scenario|service|source|task|domain|trap|wording)-{_SLUG}"
    rf"|fn:{_SLUG}|fnref\d*:{_SLUG}"
)

SECTIONS: dict[str, frozenset[str]] = {
    "concepts": frozenset(
        (
            "What it is",
            "What it does not do",
            "Mental model",
            "When to use it",
            "Common misconceptions",
            "How it shows up on the exam",
            "In the decisions",
            "In scenarios",
            "Check yourself",
            "Easily confused with",
            "Related concepts",
            "Objectives",
            "Evidence",
        )
    ),
    "decisions": frozenset(
        (
            "Why the exam asks",
            "What pulls which way",
            "The options",
            "Side by side",
            "When signals conflict",
            "Scenarios",
            "Answers at a glance",
            "Related concepts",
            "Objectives",
            "Evidence",
        )
    ),
}
"""Kind of record → the headings its page may have. No record makes one."""

HIDDEN_CHARACTERS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)
"""Characters that nobody sees and that change what is read."""

SHOWN_ON_PURPOSE = {"contribute/errors/f104": "\u200b"}
"""Page → the hidden character that it explains."""
