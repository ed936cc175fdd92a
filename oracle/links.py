"""Addresses on a page: where they may lead."""

import posixpath
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from oracle.finding import Finding
from oracle.site import Page, Site

_PLAIN = re.compile(r"[A-Za-z0-9/._~%+=&?#:@,;!$()*'-]*")
_QUERY = re.compile(r"(of|exam)=[A-Za-z0-9:/._-]+(&[a-z]+=[A-Za-z0-9:/._-]+)*")


def links(page: Page, site: Site) -> Iterator[Finding]:
    """Every address is a file of the site or, on a link, one that a record declares."""
    for element in page.elements:
        for name in ("href", "src"):
            address = element.get(name)
            if address is not None and (wrong := _wrong(element, address, page, site)):
                yield page.finding(element, f"`{name}` is {address[:120]!r}: {wrong}", _mend(element))
        if element.get("property") in ("og:url", "og:image") and not element.get("content", "").startswith(site.root):
            yield page.finding(
                element, f"{element.get('content')!r} is not on the site", f"The site is at {site.root}."
            )


def moved(page: Page, site: Site) -> Iterator[Finding]:
    """A page that sends on stands at a former address and leads to the record's present one."""
    refreshes = [
        meta for meta in page.elements if meta.tag == "meta" and meta.get("http-equiv", "").lower() == "refresh"
    ]
    if not page.is_redirect:
        return
    former = site.records.former().get(page.name.removesuffix("/index.html"))
    if former is None:
        yield Finding(
            page.name, "page", "a page without an article that is no former address of a record", "Delete it."
        )
        return
    targets = {link.get("href") for link in page.elements if link.get("href")}
    targets |= {meta.get("content", "").removeprefix("0; url=") for meta in refreshes}
    if len(refreshes) != 1 or {_path(page, target) for target in targets} != {f"{former}/index.html"}:
        yield Finding(page.name, "page", f"leads to {sorted(targets)}", f"It leads to {former}/ and nowhere else.")


def _wrong(element: Any, address: str, page: Page, site: Site) -> str:
    if not _PLAIN.fullmatch(address):
        return "it holds characters that an address spells as %XX"
    try:
        parts = urlsplit(address)
    except ValueError:
        return "it is no address"
    if parts.scheme or parts.netloc:
        return _abroad(element, address, page, site)
    if parts.query and not (_QUERY.fullmatch(parts.query) and element.tag == "a"):
        return f"the query {parts.query!r} is of no form of ours"
    path = _path(page, parts.path, site.path)
    if path not in site.files:
        return f"the site has no file {path}"
    target = site.pages.get(path)
    if parts.fragment and (target is None or unquote(parts.fragment) not in target.by_id):
        return f"nothing on {path} has the id {parts.fragment!r}"
    return ""


def _abroad(element: Any, address: str, page: Page, site: Site) -> str:
    if element.tag == "link" and element.get("rel") == "canonical":
        own = site.root + page.name.removesuffix("index.html")
        return "" if address == own else f"the page is {own}"
    if element.tag != "a":
        return "the site loads nothing from elsewhere"
    if address in site.records.addresses:
        return ""
    if site.repository and (address == site.repository or address.startswith(f"{site.repository}/")):
        return ""
    return "no record declares it"


def _path(page: Page, address: str | None, root: str = "/") -> str:
    """The file that an address on a page leads to; outside of the site, one that does not exist."""
    base = f"https://site{root}{page.name}"
    joined = unquote(urlsplit(urljoin(base, address or "")).path)
    if not joined.startswith(root):
        return joined
    path = posixpath.normpath(joined.removeprefix(root)) if joined != root else ""
    return posixpath.join("" if path == "." else path, "index.html") if joined.endswith("/") else path


def _mend(element: Any) -> str:
    if element.tag == "a":
        return "Link to a page of the site or an address under content/."
    return "Put the file under docs/assets/."
