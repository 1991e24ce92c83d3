"""The body of a case card in the API: its lines, the two lenses, and what is remarked on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from corpus.model import Fact, Reading, Report
from corpus.vocabulary import screen
from search_api.basis import Outdated, outdated_basis
from search_api.card import Card, Cited
from search_api.export import case_row, compact, sample_fields
from search_api.inconsistencies import Inconsistency, inconsistencies
from search_api.lenses import lenses

Row = dict[str, Any]


def card_body(report: Report, reading: Reading, card: Card) -> Row:
    """A case card: eleven lines of cited sentences, and 出处, the report's metadata; the two lenses; and what is remarked on its
    basis and its figures."""
    meta = report.metadata
    lines = [{"key": line.key, "label": screen(f"card.{line.key}"), "sentences": _cited(line.sentences)} for line in card.lines]
    seen = lenses(reading, card.case)
    source = {
        "label": screen("card.source"),
        "title": meta.title,
        "publisher": meta.publisher,
        "published": meta.published,
        "number": meta.number,
        "url": meta.url,
        "source": report.source,
        "collection": report.collection,
    }
    return {
        "case": case_row(card.case),
        "lines": lines,
        "lenses": {
            "steps": [{"key": row.key, "label": row.label, "sentences": _cited(row.sentences)} for row in seen.steps],
            "participants": [
                {"key": row.key, "label": row.label, "schemes": list(row.schemes), "sentences": _cited(row.sentences)}
                for row in seen.participants
            ],
        },
        "remarks": [
            *(remark_body(one) for one in outdated_basis(report, reading, card.case)),
            *(disagreement_body(one) for one in inconsistencies(reading, card.case)),
        ],
        "source": compact(source),
        **sample_fields(report.sample),
    }


def remark_body(outdated: Outdated) -> Row:
    """A remark of the program on the basis of a case, with the fact that raises it."""
    return compact(
        {
            "key": "basis_outdated",
            "label": screen("policy.outdated"),
            "generated": screen("generated"),
            "policy": outdated.policy.title,
            "replaced": outdated.date if outdated.replaced_by else None,
            "replaced_by": outdated.replaced_by,
            "revised": None if outdated.replaced_by else outdated.date,
            "note": outdated.policy.note or None,
            "facts": [outdated.fact.id],
        }
    )


def disagreement_body(found: Inconsistency) -> Row:
    """A remark of the program on figures that do not agree, with the facts that raise it and their sentences."""
    sentences: dict[tuple[int, int], list[Fact]] = {}
    for fact in found.facts:
        sentences.setdefault((fact.sentence_start, fact.sentence_end), []).append(fact)
    return {
        "key": f"figures_{found.kind}",
        "label": f"{screen('figures.label')}：{screen(f'figures.{found.kind}')}",
        "generated": screen("generated"),
        "facts": [fact.id for fact in found.facts],
        "sentences": _cited(
            Cited(start, end, facts[0].sentence, tuple(fact.id for fact in facts)) for (start, end), facts in sorted(sentences.items())
        ),
    }


def _cited(sentences: Iterable[Cited]) -> list[Row]:
    return [{"start": cited.start, "end": cited.end, "text": cited.text, "facts": list(cited.facts)} for cited in sentences]
