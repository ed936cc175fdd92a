"""The one-line definition of every concept, for the popups on links."""

import json

from generator.present.rich import address
from generator.present.site import Site

TERMS = "data/terms.json"


def terms_file(site: Site) -> dict[str, str]:
    """Path → JSON text: the address of each concept's page below the site's root, and the concept's summary."""
    terms = {address(site, ("concept", id)): concept.summary for id, concept in site.library.concepts.items()}
    return {TERMS: json.dumps(terms, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"}
