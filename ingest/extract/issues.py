"""Issues: what a text calls a problem, linked to the vocabulary. The problem a case is mainly about is found by whoever counts them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

from corpus.model import Modality
from corpus.vocabulary import Concept, Cue
from ingest.extract import letters, troubles
from ingest.extract.actors import Actor
from ingest.extract.finding import Finding
from ingest.extract.modality import modality
from ingest.extract.scene import Scene
from ingest.extract.telling import everywhere, in_heading, in_title, near, whole_words

# Words that speak of trouble by themselves.
_TROUBLED = re.compile(
    "[难乱差脏堵缺违弃噪漏危破慢贵吵臭患害欠拖弱旧损坏塌裂渗失抢抛荒浊毁污黑]|不[\u4e00-\u9fff]|无|没有|矛盾|纠纷|问题|"
    "反映|投诉|上访|信访|隐患|事故|火灾|困|老化|脱落|飞线|堆物|隔断|跑了|跑路|[情系错漏骗]保(?![障险护证持安洁姆管密留存])|明.暗.|重.{1,3}轻|堆放|"
    "虚假|群租|占道|扰民|争议|冲突|薄弱|推诿|短板|瓶颈|负担|减负|撤场|加装|加梯|装电梯|电梯加装|征迁|拆迁|流动摊"
)
# Wrongs and mishaps: trouble too, unless a campaign is named by what it is against (防电信诈骗宣传, 打击传销).
_WRONG = re.compile(
    "骗|欺诈|传销|劣|假冒|烂|殴打|被盗|盗窃|超载|滥|刁难|违章|拒载|宰客|晚点|甩客|作弊|辍学|失学|劝退|体罚|虐|停[电水气暖]|断[电水气]|"
    "强[制迫占征拆]|克扣|污染|恶臭|刺鼻|扬尘|粉尘|油烟(?!机)|异味|砍伐|地痞|勒索|偷|误诊|过期|涨价|车祸|超生|垄断|串标|围标|质量太?差|"
    "勾结|敷衍|塞车|占用|辞退|裁员|故障|非法|违法|违规|擅自"
)
_AGAINST = re.compile(
    "(?:防|防范|排除|反|打击|严打|识别|辨别|远离|拒绝|抵制|禁止|严禁|治理|整治|谨防|警惕|减少|降低|无|零)[^，。；\n]{0,10}$"
)
_CAMPAIGN = re.compile(
    "(?:的)?(?:宣传|知识|降|下降|消除|消失|没了|减少|意识|专项|预防|治理|整治|监管|防范|套路|手段|案例|宣讲|讲座|培训|手册|传单|联防|净化|"
    "排放|防治|防控|攻坚)|[”’]?(?:专线|热线)"
)
_FIELD = re.compile("防治|防控|攻坚|知识|宣传")  # 大气污染防治: a field of work
# What has to stand in the clause of a word that names a thing (农贸市场, 路灯) for it to be a problem.
_TROUBLE = re.compile(
    "难题|难点|太难|很难|[^困]难$|[乱脏堵挤吵臭]|破[损旧败]|漏[水雨]|缺[少乏口失水电]|短缺|欠[费缴账]|拖欠|不(?:足|够|"
    "便|通|畅|满|同意|愿|肯|公|明|清|到位|规范|合理|敢|亮|上|了)|矛盾|纠纷|投诉|问题|反对|隐患|"
    "事故|火灾|求助|诉求|整治|争议|争执|反弹|故障|停运|损坏|老旧|老化|失管|举报|痛点|堵点|瓶颈|短板|担心|抱怨|亏损|"
    "空置|被盗|受损|风险|危|受灾|成灾|下跌|滞销|风波|流失|涨|占道|拥堵"
)
_LACK = re.compile("(?:没有?|无|缺少?|缺乏|少)[^，。；]{0,4}$")
_LEAST = 3
_BESIDE = 10
# No lift, no property service: how a place is, where the size or the age of the place is told beside it.
_ABSENCE = re.compile("没有?|无|未")
_SETTING = re.compile("[0-9一二三四五六七八九十百]+(?:余|多)?(?:户|栋|幢|个单元|层)|建成|建于|始建|年建|交付")
_ABSENT_BEFORE = re.compile("(?:没有|没|无|未|尚未)$")
_LACKS = re.compile("没有|[、，；也]无|^无|未")
_TAKEN_IN = re.compile("(?:纳入|列入|结合|借助?|趁|搭)[^，。]{0,4}$")  # 纳入老旧小区改造: a programme
_WHEN = re.compile("[的]?(?:时|前|以前|之前|后|以后|之后|期间|周边|附近|门口|旁)")
_MEASURED = re.compile("(?:值)?(?:卧室|约|为|达|在)?[0-9.]+分贝|，卧室[0-9]+")
_HANDLED_BEHIND = re.compile("[^，。；\n]{0,4}(?:问题|难|纠纷|矛盾|整治|治理|化解|处置|之[困争]|乱象|改造|协商|破冰|案例)")
_HANDLED_BEFORE = re.compile("(?:破解|化解|整治|解决|治理|根治|告别|协商|推进)[^，。；\n]{0,4}$")


def find(scene: Scene, issues: Iterable[tuple[int, int, Cue]], actors: Sequence[Actor]) -> list[Finding]:
    """One fact a sentence and issue: its first words there, linked to the vocabulary (`concept`, label in `canonical`, tree in `kind`).

    Names of bodies (垃圾分类办), titles of documents and what is said of the whole country tell of no issue; nor does a word that only
    names a thing (早上去农贸市场买菜), unless its clause speaks of trouble, a heading names what the text then comes back to, or a letter
    to an office asks for it.
    """
    ends = [actor.end for actor in actors]
    sighted = [
        (start, end, cue)
        for start, end, cue in issues
        if isinstance(cue, Concept) and whole_words(scene, start, end) and not _in_name(scene, start, end, actors, ends)
    ]
    marked = troubles.find(scene)
    starts = [start for start, _ in marked]
    told = Counter((scene.case(start), cue.id) for start, _, cue in sighted)
    headed = {(scene.case(start), cue.id) for start, _, cue in sighted if in_heading(scene, start)}
    letter = letters.is_letter(scene.text)
    found: list[Finding] = []
    seen: set[tuple[int, str]] = set()
    covered: set[int] = set()
    for start, end, cue in sighted:
        key = (scene.sentence(start)[0], cue.id)
        if key in seen or everywhere(scene, start):
            continue
        count = told[(scene.case(start), cue.id)]
        topical = count >= _LEAST or (count > 1 and (scene.case(start), cue.id) in headed)
        troubled = _TROUBLED.search(scene.text, start, end) is not None
        at = bisect_right(starts, start) - 1
        named = at >= 0 and end <= marked[at][1]
        if named:
            covered.add(at)
        elif not _is_problem(scene, start, end, troubled=troubled, topical=topical) and not (
            letter and (topical or letters.asked(scene, start))
        ):
            continue
        seen.add(key)
        confidence = 0.88 if troubled and topical else 0.83 if troubled else 0.76
        found.append(
            Finding(
                "issue", start, end, "issue.term", confidence, canonical=cue.label, concept=cue.id, kind=cue.tree,
                modality=_modality(scene, start, end),
            )
        )  # fmt: skip
    terms = sorted((finding.start, finding.end) for finding in found)
    for at, (start, end) in enumerate(marked):
        if at not in covered and not _overlaps(terms, start, end) and not _in_name(scene, start, end, actors, ends):
            found.append(Finding("issue", start, end, "issue.marked", 0.72, modality=_modality(scene, start, end)))
    return sorted(found, key=lambda finding: (finding.start, finding.end))


def _overlaps(terms: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_left(terms, (end, 0))
    return any(low < end and start < high for low, high in terms[max(0, at - 3) : at])


def _is_problem(scene: Scene, start: int, end: int, *, troubled: bool, topical: bool) -> bool:
    """Whether a term of the vocabulary is told as a problem: by itself, or by what stands beside it."""
    text = scene.text
    first = scene.sentence(start)[0]
    if _ABSENCE.match(text, start) or _ABSENT_BEFORE.search(text, max(0, start - 4), start):
        around = text[max(first, start - 40) : end + 30].split("。", 1)[0]
        if _SETTING.search(around) or len(_LACKS.findall(around)) > 1:
            return False
    if text[max(0, start - 1) : start] == "反":  # 反不正当竞争, 反家暴
        return False
    if _MEASURED.match(text, end) or _TAKEN_IN.search(text, max(first, start - 8), start) or (text[end - 1] == "件" and not topical):
        return False
    if text.startswith("时", end) or (not troubled and _WHEN.match(text, end)):
        return False
    if (troubled and not _FIELD.match(text, end)) or _is_wrong(text, start, end, max(first, start - 12)):
        return True
    return (topical and in_heading(scene, start) and _handled(text, start, end)) or _troubled_around(scene, start, end)


def _is_wrong(text: str, start: int, end: int, low: int) -> bool:
    return bool(_WRONG.search(text, start, end)) and not _AGAINST.search(text, low, start) and not _CAMPAIGN.match(text, end)


def _handled(text: str, start: int, end: int) -> bool:
    return bool(_HANDLED_BEHIND.match(text, end) or _HANDLED_BEFORE.search(text, max(0, start - 8), start))


def _in_name(scene: Scene, start: int, end: int, actors: Sequence[Actor], ends: Sequence[int]) -> bool:
    at = bisect_left(ends, end)
    if at < len(actors) and actors[at].start <= start and actors[at].end - actors[at].start > end - start:
        return True
    return in_title(scene, start, end) or scene.text.startswith("圈", end)


def _troubled_around(scene: Scene, start: int, end: int) -> bool:
    """Whether the clause speaks of trouble beside the word."""
    low, high = near(scene, start)
    before, behind = scene.text[max(low, start - _BESIDE) : start], scene.text[end : min(high, end + _BESIDE)]
    return bool(_LACK.search(before) or _TROUBLE.search(before) or _TROUBLE.search(behind))


_PREVENTED = re.compile("(?:防止|避免|杜绝|预防|以免|谨防|严防|防范)[^，。；]{0,8}$")
_ABSENT = re.compile(
    "(?:再未|未再|没有|从未|未|无|不再)(?:再)?(?:发生|出现|接到|发现)(?:过|一起|任何)?[^，。；]{0,6}$|排除了[^，。；]{0,16}$"
)


def _modality(scene: Scene, start: int, end: int) -> Modality:
    """A problem that did not come up is denied; one that is to be prevented is supposed. What a plan is meant for is there all the same."""
    before = scene.text[max(near(scene, start)[0], start - 16) : start]
    if _ABSENT.search(before):
        return "negated"
    if _PREVENTED.search(before):
        return "conditional"
    return "conditional" if modality(scene, start, end, denial_is_part=True) == "conditional" else "asserted"
