"""All rules over all files, in one run."""

from dataclasses import dataclass

from oracle import claims, files, links, markup, policy
from oracle.finding import Finding
from oracle.site import Site

PAGE_RULES = (
    markup.elements,
    markup.attributes,
    markup.ids,
    markup.headings,
    markup.characters,
    policy.policy,
    policy.scripts,
    policy.theme,
    links.links,
    links.moved,
    claims.notes,
    claims.facts,
)
SITE_RULES = (claims.names, claims.claims)


@dataclass(frozen=True)
class Report:
    """What was looked at and what was found."""

    pages: int
    files: int
    elements: int
    links: int
    findings: tuple[Finding, ...]

    def __str__(self) -> str:
        seen = f"{self.pages} pages, {self.files} files, {self.elements} elements, {self.links} links checked"
        return "\n".join([*map(str, self.findings), f"{seen}: {len(self.findings)} findings"])


def check(site: Site) -> Report:
    """Holds every file of a site against every rule."""
    found = [finding for rule in SITE_RULES for finding in rule(site)]
    found += [finding for name in site.files for finding in files.file(name, site)]
    found += [finding for page in site.pages.values() for rule in PAGE_RULES for finding in rule(page, site)]
    elements = [element for page in site.pages.values() for element in page.elements]
    return Report(
        pages=len(site.pages),
        files=len(site.files),
        elements=len(elements),
        links=sum(element.get("href") is not None or element.get("src") is not None for element in elements),
        findings=tuple(sorted(set(found))),
    )
