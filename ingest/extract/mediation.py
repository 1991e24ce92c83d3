"""Who mediated between the parties of a matter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.extract.ends import Ends
from ingest.extract.finding import Finding
from ingest.extract.joining import edge, fact
from ingest.extract.scene import Scene
from ingest.extract.subjects import doers

_MEDIATED = re.compile("(?:调解|斡旋)(?!员|室|委|会|中心|工作室)")
_HELD = re.compile("(?:组织|主持|开展|进行|安排|启动)(?:了)?[^，。；的]{0,6}$")
_BODIES = frozenset(["actor", "person"])
_SUES = re.compile("(?:向法院|将[^，。；\n]{1,20}|对[^，。；\n]{1,20})?(?:起诉|提起诉讼|申请仲裁|申请调解|告上法庭)")
_BEFORE = 120  # characters before the words for it


def find(scene: Scene, ends: Ends) -> Iterator[Finding]:
    """法院组织了一次调解: mediates the matter that the sentence, or the paragraph before it, names last; where it names none, for the
    party that went to law."""
    for match in _MEDIATED.finditer(scene.text):
        held = _HELD.search(scene.text, max(0, match.start() - 9), match.start())
        if held is None:
            continue
        start = held.start()
        heads = [head for head in doers(ends, start, scene.clause(start)[0])[0] if head.type in _BODIES]
        if not heads:
            continue
        low = max(scene.paragraph(start)[0], start - _BEFORE)
        issue = ends.before(start, low, _BEFORE, lambda item: item.type == "issue")
        sued = None if issue is not None else _SUES.search(scene.text, low, start)
        if sued is not None:
            issue = ends.before(sued.start(), low, 8, lambda item: item.type in _BODIES)
        if issue is not None:
            yield from (fact(scene, edge("mediates"), head, issue, (start, match.end()), 0.7) for head in heads if head.name != issue.name)
