"""Who gave an honour."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.extract.ends import Ends
from ingest.extract.finding import Finding
from ingest.extract.joining import edge, fact
from ingest.extract.scene import Scene

_GIVES = re.compile("(?:评为|授予|命名为|评选为|认定为|表彰为|评定为|列为|颁发|评选|颁授)(?:的|了)?")


def find(scene: Scene, ends: Ends) -> Iterator[Finding]:
    """被某局评为“示范社区”, 获某厅授予的称号, 某委授予“平安区”称号."""
    text = scene.text
    for match in _GIVES.finditer(text):
        low, high = scene.clause(match.start())
        award = next((item for item in ends.within(match.end(), min(high, match.end() + 60)) if item.type == "award"), None)
        if award is None or award.start - match.end() > 12:
            continue
        giver = ends.before(match.start(), low, 3, lambda item: item.type in ("actor", "place"))
        if giver is None or giver.type != "actor":
            continue
        for one in ends.with_list(giver, low):
            yield fact(scene, edge("awarded_by"), award, one, match.span(), 0.82)
