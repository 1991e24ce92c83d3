"""Relations of fixed phrases: who acts together with whom, what consists of what, who gave an honour, who mediated, what stands where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ingest.extract.ends import Ends
from ingest.extract.finding import Finding
from ingest.extract.joining import edge, fact
from ingest.extract.scene import Scene

_BODIES = frozenset(["actor", "person"])
_ANYBODY = frozenset("企业 机构 居民 群众 业主 商户 村民 社会组织 老人 学校 家长 单位 部门".split())
_NAMED = frozenset(["method", "platform", "programme"])
_ASKED = re.compile(
    "(?:邀请|约请|召集|组织|发动|动员|带着|拉上|叫上|请|约)(?:来|了)?(?=[^，。；：\n]{2,60}(?:一起|一同|一道|共同|联合|成立|组成|组建))"
)
_TOGETHER = re.compile("(?P<how>一起|一同|一道|共同|联合|(?:共同)?(?:成立|组成|组建)(?:了|起)?(?P<made>))(?!体)")
_BROKEN = re.compile("[让使把给为]|参加|参与")
_WITH = re.compile("^(?:与|和|同|跟)$")
_ACT = re.compile(
    "^(?:等(?:部门|单位)?)?(?:共同|联合|携手|联手|合作|一起|一道|开展|举办|组织|回访|共建|共办|走访|巡查|检查|执法|制定|发起|推出|启动|签(?:订|署|约)|"
    "建立|结对|合办|对接|联动)(?!体|会|社|队)"
)
_CONTAINS = re.compile(
    "^[”’」]?(?:（[^（）]{1,20}）)?(?:[：:]|，?(?:即|包括|分为|分别是|分别为|内含|下设|下辖|涵盖|由|指的是|也就是)[：:]?)(?:一是|一个是)?[“‘「]?$"
)
_PART_GAP = re.compile("^[”’」]?(?:[、，；和与及]|以及|[、，；]?(?:二|三|四|五|六)是|[，；、]?(?:另)?一个是)[“‘「]?$")
_GIVES = re.compile("(?:评为|授予|命名为|评选为|认定为|表彰为|评定为|列为|颁发|评选|颁授)(?:的|了)?")
_MEDIATED = re.compile("(?:组织|主持|开展|进行|安排|启动)(?:了)?[^，。；的]{0,6}(?:调解|斡旋)(?!员|室|委|会|中心|工作室)")
_AT = re.compile("^(?:就|正)?(?:在|位于|地处|坐落[于在]|处于)$")
_SITE = re.compile("^(?:的)?(?:[东西南北中]+[侧边部面口段头门]|旁|境内|内|里|附近|交界|交汇|城区|腹地|，|。|；|\n|$)")
_OFFICE = re.compile("(?:担任|出任|当选为?|现任|任|是)(?:了)?$")
_HEADS = re.compile("^[”’」]?的?(?:组长|队长|会长|团长|理事长|召集人|负责人|带头人|站长|主任|社长)")


def find(scene: Scene, ends: Ends) -> Iterator[Finding]:
    yield from _asked(scene, ends)
    yield from _beside(scene, ends)
    yield from _parts(scene, ends)
    yield from _given(scene, ends)
    yield from _mediated(scene, ends)
    yield from _headed(scene, ends)


def _asked(scene: Scene, ends: Ends) -> Iterator[Finding]:
    """社区请甲、乙和丙一起走访: works with them; 组织甲、乙成立小组: they are part of it."""
    text = scene.text
    for match in _ASKED.finditer(text):
        low, high = scene.clause(match.start())
        heads = [head for head in ends.doers(match.start(), low)[0] if head.type in _BODIES]
        how = _TOGETHER.search(text, match.end(), high)
        if how is None:
            continue
        others = [item for item in ends.within(match.end(), how.start()) if item.type in _BODIES]
        if not others or others[0].start - match.end() > 6 or _BROKEN.search(text, match.end(), how.start()):
            continue
        if how["made"] is not None:
            group = next((item for item in ends.behind(how.end(), high) if item.type == "actor"), None)
            if group is not None:
                yield from (
                    fact(scene, edge("part_of"), other, group, how.span("how"), 0.78) for other in others if other.name != group.name
                )
        elif heads:
            yield from (fact(scene, edge("cooperates_with"), heads[0], other, match.span(), 0.74) for other in others)


def _beside(scene: Scene, ends: Ends) -> Iterator[Finding]:
    """甲与乙开展巡查: two bodies that do one thing, where 与 begins no list of what somebody else does something to."""
    items = ends.items
    for left, right in pairwise(items):
        if left.type != "actor" or right.type != "actor" or not _WITH.match(scene.text[left.end : right.start]):
            continue
        if left.name in _ANYBODY and right.name in _ANYBODY:
            continue
        low, high = scene.clause(left.start)
        listed = ends.with_list(left, low)
        if listed[0].start - low <= 8 and _ACT.match(scene.text[right.end : min(high, right.end + 12)]):
            verb = (left.end, right.start)
            yield from (fact(scene, edge("cooperates_with"), listed[0], other, verb, 0.72) for other in [*listed[1:], right])


def _parts(scene: Scene, ends: Ends) -> Iterator[Finding]:
    """“三步法”：提、议、评 with each by name; 六项制度包括甲、乙: what is listed is part of what is named before."""
    items = ends.items
    for at, whole in enumerate(items[:-2]):
        if whole.type not in _NAMED or items[at + 1].type not in _NAMED:
            continue
        joint = scene.text[whole.end : items[at + 1].start]
        if len(joint) > 32 or not _CONTAINS.match(joint):
            continue
        listed = [items[at + 1]]
        for item in items[at + 2 : at + 14]:
            if item.type not in _NAMED or not _PART_GAP.match(scene.text[listed[-1].end : item.start]):
                break
            listed.append(item)
        if len(listed) > 1:
            verb = (whole.end, listed[0].start)
            yield from (fact(scene, edge("part_of"), part, whole, verb, 0.8) for part in listed if part.name != whole.name)


def _given(scene: Scene, ends: Ends) -> Iterator[Finding]:
    """被某局评为“示范社区”, 获某厅授予的称号, 某委授予“平安区”称号."""
    text = scene.text
    for match in _GIVES.finditer(text):
        low, high = scene.clause(match.start())
        award = next((item for item in ends.within(match.end(), high) if item.type == "award"), None)
        if award is None or award.start - match.end() > 12:
            continue
        giver = ends.before(match.start(), low, 3, lambda item: item.type in ("actor", "place"))
        if giver is None or giver.type != "actor":
            continue
        for one in ends.with_list(giver, low):
            yield fact(scene, edge("awarded_by"), award, one, match.span(), 0.82)


def _mediated(scene: Scene, ends: Ends) -> Iterator[Finding]:
    """法院组织了一次调解: mediates the matter that the sentence, or the paragraph before it, names last."""
    for match in _MEDIATED.finditer(scene.text):
        heads = [head for head in ends.doers(match.start(), scene.clause(match.start())[0])[0] if head.type in _BODIES]
        if not heads:
            continue
        low = max(scene.paragraph(match.start())[0], match.start() - 120)
        issue = ends.before(match.start(), low, 120, lambda item: item.type == "issue")
        if issue is not None:
            yield from (fact(scene, edge("mediates"), head, issue, match.span(), 0.7) for head in heads)


def _headed(scene: Scene, ends: Ends) -> Iterator[Finding]:
    """钱师傅是监督组的组长: leads it. 菜场在桥东街道: is located there."""
    text = scene.text
    for left, right in pairwise(ends.items):
        gap = text[left.end : right.start]
        if left.type in ("place", "platform", "actor") and right.type == "place" and len(gap) <= 4 and _AT.match(gap):
            if _SITE.match(text[right.end : right.end + 4]) or gap != "在":
                yield fact(scene, edge("located_in"), left, right, (left.end, right.start), 0.78)
        elif right.type == "actor" and right.end < len(text) and _HEADS.match(text[right.end : right.end + 6]):
            office = _OFFICE.search(text, max(scene.clause(right.start)[0], right.start - 6), right.start)
            if office is None:
                continue
            low = max(scene.sentence(right.start)[0], right.start - 60)
            person = ends.before(office.start(), low, 40, lambda item: item.type == "person")
            if person is not None:
                yield fact(scene, edge("leads"), person, right, office.span(), 0.74)
