"""How a clause tells what it tells: as done, as wanted, as a rule, as a choice that was weighed, or as so everywhere."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from ingest.extract.scene import Scene

_DONE = re.compile("了(?!解)|已(?!故)|曾|先后|终于|成功|累计|完成|共计|当场|当[天晚日即]|随[后即]|后来|于是|最终|日前|近日|立即|顺利")
_BEHIND_WISH = re.compile(  # what turns a wish into a deed: not 要完成, 应成功
    "了(?!解)|已(?!故)|曾|先后|终于|当场|当[天晚日即]|随[后即]|后来|于是|最终|日前|近日|立即|顺利|(?<!^)(?:成功|累计|完成|共计)"
)
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
    "争取(?=[0-9在于年再今明])|力争|预计|有望|下一步|今后"
)
_AWAITED = re.compile("(?:^|[，。])(?:[等待俟]|一俟)[^，。]{1,24}(?:后|时|之后|再)")
_ABOUT_TO = re.compile("(?:就要|快要|将要|即将)[^，。；]{0,4}$")
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
    "村干部|村规|村务|镇政府|镇党委|乡党委|农户|村集体|村[支两]|摊[主位贩]|[0-9]户|院落|邻居"
)
_OF_STATE = re.compile(
    "我国|中国(?!社会报)|中央(?!空调)|国务院|总书记|习近平|总理|委员长|全国(?:人大|政协|人民|各|共|累计|已)|外交|总统|首相|欧盟|联合国|主席令|"
    "[0-9]亿|[0-9]+个(?:省|脱贫县)|全省|全自治区|各省|[0-9]{3,}余?多?个?(?:城镇)?(?:老旧)?(?:小区|社区|行政村)|[0-9.]+万余?多?个|"
    "(?:部|委|总局|厅|署)(?:等[^，。；]{1,6}部门)?(?:日前|近日|[0-9]{1,2}日)?(?:印发|发布|部署)|十[四五]五”?以来|日本|美国|英国|法国|德国|俄罗斯|乌克兰|以色列|巴勒斯坦|韩国|当地时间|联邦|中华人民共和国|国家(?=关于|和省|战略|建立|出台|政策)|(?:自然资源|民政|住建|住房城乡建设|教育|财政|公安|司法|农业农村|卫生健康|应急管理)部(?!门)|县处级|学习教育|[0-9]+个[^，。；0-9]{0,4}(?:县|城市)"
)
_PROVINCE = re.compile(
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|"
    "内蒙古|广西|西藏|宁夏|新疆|香港|澳门"
)
_BY_PROVINCE = re.compile(
    f"(?:{_PROVINCE.pattern})(?:省|市|自治区)?(?:全[市区]|今年|去年|目前|现)?(?:已|累计|共(?!同)|计划|还将|出台|发布|部署|启动|全力|全面|陆续|先后|市县|设置|组建|接待)|"
    f"(?:^|[，。；\n])在(?:{_PROVINCE.pattern})(?:省|自治区)?[，,]"
)
# News of a meeting, a visit or a message: what was said there is no case, whatever it was about.
_OCCASION = re.compile(
    "(?:书记|[市区县省部镇]长|局长|主任|委员|领导|代表团|一行)[^，。；\n]{0,14}(?:调研|视察|考察|检查指导|督导|走访慰问|看望)(?!报告)|"
    "参观|视察|会见|会谈|致电|致信|贺信|回信|访谈|专访|热烈反响|"
    "(?:会议|大会|全会|座谈会|发布会|报告会|推进会|动员会)(?:在[^，。；\n]{1,10})?(?:今天|昨天|[0-9]{1,2}日)?(?:在[^，。；\n]{1,10})?"
    "(?:召开|举行|闭幕|开幕)|(?:召开|举行|出席|主持)[^，。；\n]{2,24}(?:会议|大会|全会|座谈会|发布会|报告会|推进会|动员会)$"
)
_ROUND_UP = re.compile("各地|我国|各部门|快讯|联播|治国理政|新思想引领|国务院|印发《|发布《|部门联合|运动会|奥会|博会")
_HANDLED = re.compile("解决|化解|破解|调解|整治|改造|加装|难|纠纷|案例|做法|工作法|办实事|业主|居民|村民|议事|楼|院落|小区")
_SHORT = 500
_BRIEF = 200
_READ = 6000
_APART = 350  # characters for each of which a report of a place speaks at least once of those who live there
_DENSE = 150  # the same for one that names many provinces
_MANY = 4
_BESIDE = 60

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
    if (
        scene.text.startswith("将", start - 1)
        or _ABOUT_TO.search(scene.text, max(low, start - 8), start)
        or _AWAITED.search(scene.text[low : min(high, end + 4)])
    ):
        return True
    last = None
    for match in _MEANT.finditer(scene.text, low, start):
        last = match
    if last is not None and not _BEHIND_WISH.search(scene.text[last.end() : end + 2]):
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
    """Whether the text is about a place where people live, and the sentence not about the state, a province or the economy."""
    first, last = scene.sentence(position)
    low, high = max(first, position - 120), min(last, position + 80)
    homes = home_words(scene)
    return (
        homes > 0
        and _OF_STATE.search(scene.text, low, high) is None
        and _BY_PROVINCE.search(scene.text, low, high) is None
        and (
            homes > 1
            or _AT_HOME.search(scene.text, max(scene.paragraph(position)[0], first - _BESIDE), min(last, position + 80)) is not None
        )
    )


@lru_cache(maxsize=1)
def home_words(scene: Scene) -> int:
    """How much the text speaks of communities and those who live there: 2 throughout, 1 here and there, 0 too seldom; no round-up of many
    provinces does, nor news of a meeting or a visit; what is too short to tell may do."""
    text, title = scene.text, scene.metadata.title
    if _ROUND_UP.search(title) or (_OCCASION.search(title) and not _HANDLED.search(title)):
        return 0
    if len(text) < _BRIEF:
        return 2
    read = min(len(text), _READ)
    homes = sum(1 for _ in _AT_HOME.finditer(text, 0, _READ))
    if homes * _DENSE >= read:
        return 2
    if not homes or (len(text) >= _SHORT and homes * _APART < read):
        return 0
    return 1 if len(set(_PROVINCE.findall(text, 0, _READ))) < _MANY else 0


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
    opening = text.rfind("《", max(0, start - 60), start)
    return opening >= 0 and text.find("》", opening, start) < 0 and text.find("》", end, end + 60) >= 0


def whole_words(scene: Scene, start: int, end: int) -> bool:
    """Whether the words begin where a word begins, and if they are short also end where one ends (not 户口|头)."""
    return scene.word_starts_at(start) and (end - start > 3 or scene.word_starts_at(end))
