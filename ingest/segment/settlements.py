"""Names of communities, villages and the like in a text: what a case is tied to.

For cutting cases only; places as facts are read elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache

import rjieba

_HAN = "[\u4e00-\u9fff]"
_NEAR = "社区|小区|新村|村|家园|花园|公寓|大厦|农贸市场|菜市场|市场"
_FAR = "街道|镇|乡"
_AFTER_STREET = "(?:(?<=街道)|(?<=[镇乡]))"
_AFTER_WIDE = "(?:(?<=[县州旗])|(?<=[区市])(?!域|别|分|里|块|间|民|长|委|政|场))"
_AFTER_BREAK = r"(?:^|(?<=[，。、；：“‘（(《\s”’]))(?:在|到|来到|走进|以|如|像|位于|对|由|与|和|向|从|是|把|为|当)?"
_WIDE = re.compile(rf"(?:(?<!{_HAN})|(?<=[市省]))({_HAN}{{1,4}}?[区县市旗])(?!{'道|域|别|分|里|块|间|场|民|长|委|政|街'})")
_CUT = (re.compile(r".*(?:街道|镇|乡)"), re.compile(r".*[区县旗州](?=..)"), re.compile(r".*市(?=..)"))
_PARTICLE = re.compile("[的了和与及是在每各某这那该本些个我你他它其所等把被让将]|全|第|[一二三四五六七八九十百几两多]+(?:个|座|条)?$")
_COMMON = re.compile(
    "智慧|美好|和谐|平安|示范|老旧|老|旧|新型|城市|农村|乡村|居民|试点|国际|未来|完整|绿色|美丽|幸福|"
    "商业|商品房|住宅|保障房|安置|回迁|拆迁|集贸|综合|周边|附近|传统|现代|专业|批发|消费|红色|社会|"
    "街道|乡镇|党员|志愿|服务|管理|建设|治理|基层|农贸|菜|行政|自然|城中|中心|全体|所属|辖区|省级|"
    "市级|区级|县级|封闭式|开放式|无物业|单位|高层|普通|老城|主城|中心城|新城|农业|大型|小型|重点|典型"
)


_NOT_WIDE = re.compile("社区|小区|园区|街区|片区|辖区|景区|校区|市区|地区|山区|灾区|老区|库区|郊区|厂区|院区")


@dataclass(frozen=True, slots=True)
class Settlement:
    """`name` as read with its kind (馒头山社区), `base` without it (馒头山)."""

    name: str
    base: str


@lru_cache(maxsize=4)  # asked for by several steps of one text
def settlements(text: str, *, far: bool = False) -> tuple[Settlement, ...]:
    """Settlements that a text names with the place above them, or at least twice, in the order of their first mention.

    Communities, villages, estates and markets; with `far` streets and towns instead.
    """
    kinds, ways = _ways(_FAR if far else _NEAR)
    if len(kinds.findall(text)) < 2:
        return ()
    found: dict[str, Settlement] = {}
    for pattern, least, checked in ways:
        for match in pattern.finditer(text):
            _add(found, text, match[1], match[2], least=least, checked=checked)
    return tuple(sorted(found.values(), key=lambda item: (text.find(item.name), item.name)))


@cache
def _ways(kinds: str) -> tuple[re.Pattern[str], list[tuple[re.Pattern[str], int, bool]]]:
    """Patterns for the kinds alone, and for names of them behind what stands before one; with `least` and `checked` of `_add`."""
    before = ((_AFTER_STREET, 1, False), (_AFTER_WIDE, 1, True), (_AFTER_BREAK, 2, True))
    ways = [(re.compile(rf"{words}({_HAN}{{2,8}}?)({kinds})", re.MULTILINE), least, checked) for words, least, checked in before]
    return re.compile(kinds), ways


def wide_places(text: str) -> frozenset[str]:
    """Districts, counties and cities that a text names more than once."""
    counts = Counter(match[1] for match in _WIDE.finditer(text))
    return frozenset(
        name
        for name, count in counts.items()
        if count >= 2 and len(name) >= 3 and not _COMMON.fullmatch(name[:-1]) and not _NOT_WIDE.fullmatch(name[-2:])
    )


def _add(found: dict[str, Settlement], text: str, base: str, kind: str, *, least: int, checked: bool) -> None:
    """Add what is a name; `checked`: no word in it may be a verb, number or the like, as there is no street before it."""
    for cut in _CUT:
        if match := cut.match(base):
            base = base[match.end() :]
            break
    name = base + kind
    if name in found or not 2 <= len(base) <= 6 or _COMMON.fullmatch(base) or _PARTICLE.search(base):
        return
    if checked and any(tag[:1] in "vadpcrumq" and len(word) > 1 for word, tag in rjieba.tag(base)):
        return
    if least == 1 or text.count(name) >= least:
        found[name] = Settlement(name, base)
