"""Who tells what came of a case: those who did it, those concerned, a medium, or who checked it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache

from corpus.vocabulary import Cue
from ingest.extract.cues import Sighting
from ingest.extract.persons import IN_OFFICE, PRIVATE
from ingest.extract.scene import Scene
from ingest.extract.telling import near


def teller(scene: Scene, tellers: Sequence[Sighting], starts: Sequence[int], position: int) -> Cue | None:
    """Who says so in words: in the clause itself or the one before it."""
    low, high = near(scene, position)
    low = max(scene.sentence(position)[0], near(scene, low - 1)[0] if low else 0)
    at = bisect_left(starts, low)
    named = [cue for start, _, cue in tellers[at : at + 8] if start < high]
    return named[-1] if named else None


def told_by(scene: Scene, named: Cue | None, speaker: str | None, kinds: Mapping[str, str | None]) -> str:
    """A speaker's words are his; otherwise the words of the sentence decide, and at last who wrote the report."""
    if speaker is not None:
        kind = kinds.get(speaker)
        if kind == PRIVATE or re.search("居民|业主|住户|村民|商户|群众|老人|奶奶|大爷|阿姨|摊主|租户|师傅|大妈", speaker):
            return "当事人"
        if kind == IN_OFFICE or re.search("书记|主任|局长|科长|负责人|社区|街道|干部|镇长|村长|站长", speaker):
            return "自述"
    if named is not None:
        return named.id
    return _author(scene)


_REPORTED = re.compile(
    "本[报刊台网]记者|本报讯|记者从|记者(?:看到|了解到|在|走进|来到|近日)|见习记者|通讯员|(?:日报|晚报|晨报|周刊|电视台|客户端)"
)
_CHECKED = re.compile("督查(?:组|室)|检查组|考核组|验收组|巡[查察]组|暗访组|回头看")


@lru_cache(maxsize=1)
def _author(scene: Scene) -> str:
    """Who tells the whole report: a medium, a body that checks what others did, or those who did it."""
    known = scene.metadata
    if known.kind == "news" or _REPORTED.search(known.publisher or "") or re.search("记者", scene.text[:200] + scene.text[-120:]):
        return "媒体"
    if known.kind == "document" and _CHECKED.search(scene.text, 0, 400) and "通报" in scene.text[:400]:
        return "上级验收"
    return "媒体" if len(_REPORTED.findall(scene.text)) > 1 else "自述"
