"""What may run on a page: its content security policy, scripts, and blocks of data."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from oracle.finding import Finding
from oracle.records import fields
from oracle.reviewed import script_hash
from oracle.site import Page, Site

_REVIEW = "Read it (see oracle/reviewed.yml), then pin the hash there and in overrides/main.html."
_ADDRESSES = frozenset(("@id", "url", "item", "image"))


def policy(page: Page, site: Site) -> Iterator[Finding]:
    """The reviewed policy, right after the character set and before all that loads anything."""
    head = page.tree.find("head")
    metas = [
        meta
        for meta in page.elements
        if meta.tag == "meta" and meta.get("http-equiv", "").lower() == "content-security-policy"
    ]
    wanted = site.reviewed.redirect_policy if page.is_redirect else site.reviewed.policy
    if len(metas) != 1:
        yield Finding(
            page.name,
            "<head>",
            f"{len(metas)} content security policies",
            "Each page has the one of overrides/main.html.",
        )
    elif list(head)[:2] != [head.find("meta[@charset]"), metas[0]]:
        yield page.finding(
            metas[0], "the policy does not stand right after the character set", "What stands before it escapes it."
        )
    for meta in metas:
        if meta.get("content") != wanted:
            yield page.finding(
                meta, f"the policy is {meta.get('content', '')[:200]!r}", f"The reviewed one is {wanted!r}."
            )


def scripts(page: Page, site: Site) -> Iterator[Finding]:
    """Scripts in the page are reviewed ones; others are files of the site."""
    for script in page.elements:
        if script.tag != "script":
            continue
        kind, code = script.get("type", ""), "".join(script.itertext())
        if script.get("src") is not None:
            if code.strip():
                yield page.finding(script, "a script with an address holds code", "It has one or the other.")
        elif kind in ("application/json", "application/ld+json"):
            yield from _data(page, site, script, code)
        elif kind or script_hash(code) not in site.reviewed.inline:
            yield page.finding(script, f"inline script {script_hash(code)} was not reviewed", _REVIEW)


def theme(page: Page, site: Site) -> Iterator[Finding]:
    """The theme has the version that was reviewed."""
    for meta in page.elements:
        if meta.tag == "meta" and meta.get("name") == "generator" and meta.get("content") != site.reviewed.generator:
            yield page.finding(
                meta,
                f"made by {meta.get('content')}, reviewed was {site.reviewed.generator}",
                "Read what changed in the theme's templates and scripts, then bring oracle/reviewed.yml up to date.",
            )


def _data(page: Page, site: Site, script: Any, code: str) -> Iterator[Finding]:
    try:
        data = json.loads(code)
    except ValueError as problem:
        yield page.finding(script, f"its JSON does not parse: {problem}", "Write it with json.dumps.")
        return
    if re.search(r"[<>]", code):
        yield page.finding(script, "a block of data holds < or >", "Escape them as \\u003c and \\u003e.")
    if script.get("type") == "application/json":
        if script.get("id") != "__config" or page.parents[script].tag != "body":
            yield page.finding(
                script, "a block of JSON that is not the theme's configuration", "Load data from a file."
            )
            return
        for key in ("base", "search"):
            if not re.fullmatch(r"[\w./-]+", data.get(key, "")) or data[key].startswith("//"):
                yield page.finding(
                    script, f"`{key}` of the theme's configuration is {data.get(key)!r}", "It is a path on the site."
                )
    else:
        for key, value in fields(data):
            if key in _ADDRESSES and not _on_site(site, value):
                yield page.finding(script, f"structured data names {value!r}", "Addresses in it are the site's own.")
            if key == "@context" and value != "https://schema.org":
                yield page.finding(script, f"structured data has the context {value!r}", "It is https://schema.org.")


def _on_site(site: Site, address: Any) -> bool:
    return isinstance(address, str) and address.startswith(site.root) and ".." not in urlsplit(address).path
