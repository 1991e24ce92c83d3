"""How a clause tells what it tells: as done, as wanted, as a rule, as a choice that was weighed, or as so everywhere."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from ingest.extract.scene import Scene

_DONE = re.compile("了(?!解)|已(?!故)|曾|先后|终于|成功|累计|完成|共计|当场|当[天晚日即]|随[后即]|后来|于是|最终|日前|近日|立即|顺利")
_DATED = re.compile("[0-9]{4}年|[0-9]{1,2}月|[0-9]{1,2}日|[上下]午|去年|今年|当年|同年|年底|年初|上旬|中旬|下旬")
_MEANT = re.compile(
    "要(?![价闻点素么件害塞道])|应(?![急对用届收到付邀聘有])|必须|须|需要?|如何|怎样|怎么|能否|是否|可以|"
    "可(?=[由在按向获用申享采])|能够?(?!力)|"
    "鼓励|引导|提倡|倡导|支持|便于|负责|用于|旨在|目的|为了|职责|任务是|以便|才能|方能|确保|防止|避免|杜绝|力求|促进|"
    "推动|建议|希望|请求?|"
    "要求|想|盼|不妨|尽快|尽早|抓紧|加快|加强|宜|愿意?|答应|要价|计划(?!生育)|拟|打算|下一步|准备|(?:[日月]|年?底)前(?=[^，。]{1,12}$)"
)
_CALLS = re.compile(
    "(?:会议|通知|意见|方案|办法|规定|条例|要求|强调|指出|提出|明确|各地)[^。；]{0,24}[，：:](?:各[地级]|要|必须|应|"
    "坚持|进一步|到20)|^(?:要|必须|应当?|坚持)"
)
_AHEAD = re.compile(
    "将(?=[^，。；]{0,6}(?:开展|启动|推进|实施|建|陆续|继续|接续|大力))|(?<![按照])计划(?=[0-9于在到今明投新])|"
    "争取(?=[0-9在于年])|力争|预计|有望|下一步|今后"
)
_AWAITED = re.compile("(?:^|[，。])(?:[等待俟]|一俟)[^，。]{1,24}(?:后|时|之后|再)")
_EVERYWHERE = re.compile(
    "我国|全国|各地|各级|全世界|世界各|国家(?=[^，。]{0,12}(?:推进|实施|出台|建立|启动|开展))|中央|党的[十一二]|总书记|"
    "中国共产党|中华大地|新时代|五年来|十年来"
)
_WEIGHED = re.compile(
    "第[一二三四五]个(?:办法|方案)?是|有人(?:提出|建议|主张|提议|说)|考虑(?!到)|设想|最先想到|第[一二三四五]条路|"
    "[一二三四五两]种(?:办法|方案|路子|选择)?是|方案[一二三四ABCabc]|备选|要么|讨论过|原打算|本想"
)
_OFFERED = re.compile(
    "(?:方案|办法|路子|选项|意见)[^，。：；]{0,8}(?:请|供|让|备选|可选|任选)|(?:[两二三四几]|多)(?:个|种|套|条)(?:方案|"
    "办法|路子|路|意见|选择)[^，。；]{0,10}[：:]"
)
_DROPPED = re.compile("放弃|被否|未采用|没有采用|不可行|行不通|走不通|没走这条|没有走|作罢|否决|未采纳|没有采纳|不现实")


_AT_HOME = re.compile(
    "社区|小区|街道|居委会|村委会|业委会|居民|业主|住户|村民|老百姓|网格|物业|楼栋|楼道|邻里|商户|农贸市场|理事会|议事|[本该全]村|村里|镇里|县里|"
    "村干部|村规|村务|镇政府|镇党委|乡党委"
)
_OF_STATE = re.compile(
    "我国|中国(?!社会报)|中央(?!空调)|国务院|总书记|习近平|总理|委员长|全国(?:人大|政协|人民|各|共|累计|已)|外交|总统|欧盟|联合国|主席令|[0-9]亿|[0-9]+个(?:省|脱贫县)"
)
_SHORT = 500
_READ = 6000

_REACH = 80


@lru_cache(maxsize=1)
def _headings(scene: Scene) -> tuple[list[int], list[int]]:
    spans = sorted((section.start, section.start + len(section.heading)) for section in scene.sections if section.heading)
    title = scene.metadata.title
    at = scene.text.find(title, 0, 400 + len(title)) if title else -1
    if at >= 0:
        spans = sorted([*spans, (at, at + len(title))])
    return [start for start, _ in spans], [end for _, end in spans]


def near(scene: Scene, position: int) -> tuple[int, int]:
    """The clause around `position`, at most `_REACH` characters to each side, so that a text without stops takes no longer."""
    low, high = scene.clause(position)
    return max(low, position - _REACH), min(high, position + _REACH)


def in_heading(scene: Scene, position: int) -> bool:
    """Whether `position` stands in the title or a heading: those name things and tell nothing."""
    starts, ends = _headings(scene)
    at = bisect_right(starts, position) - 1
    if at >= 0 and position < ends[at]:
        return True
    low, high = scene.paragraph(position)
    return high - low <= 30 and not re.search("[。！？；，,;]", scene.text[low:high])


def done(scene: Scene, start: int, end: int, *, dated: bool = False) -> bool:
    """Whether the clause of [start, end) says that it happened; `dated`: a date in it is enough."""
    low, high = near(scene, start)
    words = scene.text[low : max(end, min(high, end + 12))]
    return bool(_DONE.search(words)) or (dated and bool(_DATED.search(words)))


def meant(scene: Scene, start: int, end: int) -> bool:
    """Whether it is only wanted, asked for, allowed or a rule, by the words before it in its clause or by what opens its sentence."""
    low, high = near(scene, start)
    low = max(low, start - 24)
    if scene.text.startswith("将", start - 1) or _AWAITED.search(scene.text[low : min(high, end + 4)]):
        return True
    last = None
    for match in _MEANT.finditer(scene.text, low, start):
        last = match
    if last is not None and not _DONE.search(scene.text[last.end() : end + 2]):
        return True
    if done(scene, start, end):
        return False
    first = scene.sentence(start)[0]
    before = scene.text[max(first, start - 120) : start]
    return bool(_AHEAD.search(scene.text, max(first, low - 40), start) or _CALLS.search(before))


def everywhere(scene: Scene, start: int) -> bool:
    """Whether the sentence, up to `start`, speaks of the whole country."""
    return bool(_EVERYWHERE.search(scene.text, max(scene.sentence(start)[0], start - 160), start + 2))


def local(scene: Scene, position: int) -> bool:
    """Whether the text is about a place where people live, and the sentence not about the state, its organs or the economy."""
    first, last = scene.sentence(position)
    return _about_home(scene) and _OF_STATE.search(scene.text, max(first, position - 120), min(last, position + 80)) is None


@lru_cache(maxsize=1)
def _about_home(scene: Scene) -> bool:
    """Whether the text often speaks of communities and those who live there; what is too short to tell may do."""
    text = scene.text
    return len(text) < _SHORT or sum(1 for _ in _AT_HOME.finditer(text, 0, _READ)) * 450 >= min(len(text), _READ)


def weighed(scene: Scene, start: int, end: int) -> bool:
    """Whether it is a choice that was weighed or dropped and not what was done."""
    low, high = near(scene, start)
    text = scene.text
    if _WEIGHED.search(text, max(low, start - 30), start) or _DROPPED.search(text, end, min(high + 24, scene.sentence(start)[1])):
        return True
    before = text[max(scene.sentence(start)[0], low - 24) : low]
    return bool(_WEIGHED.search(before) or _OFFERED.search(text, max(scene.sentence(start)[0], start - 120), low)) and not done(
        scene, start, end
    )


def in_title(scene: Scene, start: int, end: int) -> bool:
    """Whether it stands inside 《》."""
    text = scene.text
    opening = text.rfind("《", max(0, start - 40), start)
    return opening >= 0 and text.find("》", opening, start) < 0 and text.find("》", end, end + 40) >= 0


def whole_words(scene: Scene, start: int, end: int) -> bool:
    """Whether the words begin where a word begins, and if they are short also end where one ends (not 户口|头)."""
    return scene.word_starts_at(start) and (end - start > 3 or scene.word_starts_at(end))
