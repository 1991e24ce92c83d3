"""Which entities the facts of a report speak of, as the export and the API name them."""

from __future__ import annotations

from corpus.catalogue import Catalogue
from corpus.model import Reading
from graph.mentions import links


def entity_links(catalogue: Catalogue, report: str, reading: Reading) -> dict[str, str]:
    """Entity ids by fact id, and by fact id + `:head`, `:tail`, `:subject` for the ends of relations and the subject of a measure.

    What is not resolved yet is left out.
    """
    found = links(report, reading)
    entity_of = catalogue.membership(reports=[report])
    named = {**found.of}
    named |= {f"{fact}:head": key for fact, key in found.heads.items()}
    named |= {f"{fact}:tail": key for fact, key in found.tails.items()}
    for fact in reading.facts:
        if fact.subject and (key := found.find(fact.subject, fact.case)):
            named[f"{fact.id}:subject"] = key
    return {name: entity_of[key] for name, key in named.items() if key in entity_of}
