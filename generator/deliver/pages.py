"""Our pages as pages of MkDocs."""

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from generator.deliver.front import front_matter
from generator.present.page import Page


class SignpostPage(MkDocsPage):
    """A page that was finished before MkDocs saw it: no Markdown is read or rendered."""

    def __init__(self, page: Page, structured: str, file: File, config: MkDocsConfig) -> None:
        # Theme templates do not escape titles and descriptions.
        super().__init__(escape(page.menu_title), file, config)
        self.signpost = page
        self.structured = structured

    def take(self, page: Page, structured: str, config: MkDocsConfig, files: Files) -> None:
        """Becomes a later version of the page, with the same place in the menu."""
        self.signpost, self.structured = page, structured
        self.read_source(config)
        self.render(config, files)

    def read_source(self, config: MkDocsConfig) -> None:
        """Sets what front matter would set."""
        self.markdown = ""
        # The plugin adds its entries to the search itself.
        self.meta = {**front_matter(self.signpost, self.structured), "search": {"exclude": True}}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Takes over the finished HTML with its table of contents and anchors."""
        page = self.signpost
        self.content = page.html
        sections = [(section.heading, section.id) for section in page.sections]
        self.toc = contents(str(escape(page.title)), sections)
        self.present_anchor_ids = set(page.ids)

    def validate_anchor_links(self, *, files: Files, log_level: int) -> None:
        """Nothing to do: the core has proved all links already."""


def contents(title: str, sections: list[tuple[str, str]]) -> TableOfContents:
    """The table of contents of a page with that heading and those sections, each a heading and its anchor."""
    top = AnchorLink(title, "title", level=1)
    top.children = [AnchorLink(heading, anchor, level=2) for heading, anchor in sections]
    return TableOfContents([top])
