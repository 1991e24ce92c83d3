"""Issues: what a text calls a problem, linked to the vocabulary. The problem a case is mainly about is found by whoever counts them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from corpus.vocabulary import Concept, Cue
from ingest.extract.actors import Actor
from ingest.extract.finding import Finding
from ingest.extract.scene import Scene

_PROBLEM = re.compile(
    "[难乱差脏堵缺少违占弃噪漏危破慢贵挤吵臭患害]|不[\u4e00-\u9fff]|无|没|矛盾|纠纷|投诉|问题|反映|反对|隐患|事故|火灾|困扰|诉求|意见|整治|治理|改造|加装|增设|解决|破解|清理|拆除|化解|调解|更新|整改|提升|翻新|执法|维修|"
    "收费|选举|换届|表决|减负|欠|拖|弱|重复|推诿|短板|瓶颈|需求|分摊|补偿|搬迁|安置|专项|巡查|监管|分类"
)


def find(scene: Scene, issues: Iterable[tuple[int, int, Cue]], actors: Sequence[Actor]) -> list[Finding]:
    """One fact a sentence and issue: its first words there. Names of bodies (垃圾分类办) tell of no issue, nor does a
    sentence without any sign of trouble or treatment (早上去农贸市场买菜)."""
    found: list[Finding] = []
    seen: set[tuple[int, str]] = set()
    ends = [actor.end for actor in actors]
    for start, end, cue in issues:
        key = (scene.sentence(start)[0], cue.id)
        at = bisect_left(ends, end)
        inside = at < len(actors) and actors[at].start <= start and actors[at].end - actors[at].start > end - start
        if key in seen or inside or not isinstance(cue, Concept):
            continue
        if not _PROBLEM.search(scene.text, *scene.sentence(start)):
            continue
        seen.add(key)
        confidence = 0.85 if end - start <= 8 else 0.75
        found.append(Finding("issue", start, end, "issue.term", confidence, canonical=cue.label, concept=cue.id, kind=cue.tree))
    return found
