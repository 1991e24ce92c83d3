"""Issues: what a text calls a problem, linked to the vocabulary. The problem a case is mainly about is found by whoever counts them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from corpus.model import Modality
from corpus.vocabulary import Concept, Cue
from ingest.extract.actors import Actor
from ingest.extract.finding import Finding
from ingest.extract.modality import modality
from ingest.extract.scene import Scene
from ingest.extract.telling import everywhere, in_heading, in_title, near, whole_words

# Words that speak of trouble by themselves.
_TROUBLED = re.compile(
    "[难乱差脏堵缺违弃噪漏危破慢贵吵臭患害欠拖弱旧损坏塌裂渗失抢抛荒浊毁污黑]|不[\u4e00-\u9fff]|无|没有|矛盾|纠纷|问题|"
    "反映|投诉|上访|信访|隐患|事故|火灾|困|老化|脱落|飞线|堆物|堆放|"
    "虚假|群租|占道|扰民|争议|冲突|薄弱|推诿|短板|瓶颈|负担|减负|撤场|加装|加梯|装电梯|电梯加装|征迁|拆迁|流动摊"
)
# What has to stand in the clause of a word that names a thing (农贸市场, 路灯) for it to be a problem.
_TROUBLE = re.compile(
    "难题|难点|太难|很难|[^困]难$|[乱脏堵挤吵臭]|破[损旧败]|漏[水雨]|缺[少乏口失水电]|短缺|欠[费缴账]|拖欠|不(?:足|够|"
    "便|通|畅|满|同意|愿|肯|公|明|清|到位|规范|合理|敢|亮|上|了)|矛盾|纠纷|投诉|问题|反对|隐患|"
    "事故|火灾|求助|诉求|整治|争议|争执|反弹|故障|停运|损坏|老旧|老化|失管|举报|痛点|堵点|瓶颈|短板|担心|抱怨|亏损|"
    "空置|被盗|受损|风险|危|受灾|成灾|下跌|滞销|风波|流失|涨|占道|拥堵"
)
_LACK = re.compile("(?:没有?|无|缺少?|缺乏|少)[^，。；]{0,4}$")
_LEAST = 3


def find(scene: Scene, issues: Iterable[tuple[int, int, Cue]], actors: Sequence[Actor]) -> list[Finding]:
    """One fact a sentence and issue: its first words there, linked to the vocabulary (`concept`, label in `canonical`, tree in `kind`).

    Names of bodies (垃圾分类办), titles of documents and what is said of the whole country tell of no issue; nor does a word that only
    names a thing (早上去农贸市场买菜), unless its clause speaks of trouble or a heading names what the text then comes back to.
    """
    ends = [actor.end for actor in actors]
    sighted = [
        (start, end, cue)
        for start, end, cue in issues
        if isinstance(cue, Concept) and whole_words(scene, start, end) and not _in_name(scene, start, end, actors, ends)
    ]
    told = Counter((scene.case(start), cue.id) for start, _, cue in sighted)
    headed = {(scene.case(start), cue.id) for start, _, cue in sighted if in_heading(scene, start)}
    found: list[Finding] = []
    seen: set[tuple[int, str]] = set()
    for start, end, cue in sighted:
        key = (scene.sentence(start)[0], cue.id)
        if key in seen or everywhere(scene, start):
            continue
        count = told[(scene.case(start), cue.id)]
        topical = count >= _LEAST or (count > 1 and (scene.case(start), cue.id) in headed)
        troubled = _TROUBLED.search(scene.text, start, end) is not None
        if not troubled and not (topical and in_heading(scene, start)) and not _troubled_around(scene, start, end):
            continue
        seen.add(key)
        confidence = 0.88 if troubled and topical else 0.83 if troubled else 0.76
        found.append(
            Finding(
                "issue", start, end, "issue.term", confidence, canonical=cue.label, concept=cue.id, kind=cue.tree,
                modality=_modality(scene, start, end),
            )
        )  # fmt: skip
    return found


def _in_name(scene: Scene, start: int, end: int, actors: Sequence[Actor], ends: Sequence[int]) -> bool:
    at = bisect_left(ends, end)
    if at < len(actors) and actors[at].start <= start and actors[at].end - actors[at].start > end - start:
        return True
    return in_title(scene, start, end) or scene.text.startswith("圈", end)


def _troubled_around(scene: Scene, start: int, end: int) -> bool:
    """Whether the clause speaks of trouble beside the word."""
    low, high = near(scene, start)
    before, behind = scene.text[max(low, start - 24) : start], scene.text[end : min(high, end + 24)]
    return bool(_LACK.search(before) or _TROUBLE.search(before) or _TROUBLE.search(behind))


_PREVENTED = re.compile("(?:防止|避免|杜绝|预防|以免|谨防|严防|防范)[^，。；]{0,8}$")
_ABSENT = re.compile("(?:再未|未再|没有|从未|未|无|不再)(?:再)?(?:发生|出现|接到|发现)(?:过|一起|任何)?[^，。；]{0,6}$")


def _modality(scene: Scene, start: int, end: int) -> Modality:
    """A problem that did not come up is denied; one that is to be prevented is supposed. What a plan is meant for is there all the same."""
    before = scene.text[max(near(scene, start)[0], start - 16) : start]
    if _ABSENT.search(before):
        return "negated"
    if _PREVENTED.search(before):
        return "conditional"
    return "conditional" if modality(scene, start, end, denial_is_part=True) == "conditional" else "asserted"
