"""Houses and their entrances by number: 43号楼2单元, 17栋, 1、3单元. A number of houses (46栋, 改造12幢) is no place."""

from __future__ import annotations

import re
from collections.abc import Callable

from ingest.extract.scene import Scene

Span = tuple[int, int]

_NUMBER = "(?:[0-9]{1,4}|[一二三四五六七八九十]{1,3}|[A-Z])"
_SERIES = f"{_NUMBER}(?:[、至到~～—-]{_NUMBER})*"
_NUMBERED = re.compile(
    rf"(?<![0-9A-Za-z.+一二三四五六七八九十百千第、至~～—-])(?P<series>{_SERIES})(?P<what>号楼|号院|幢|栋|单元|座)(?P<entrance>{_NUMBER}单元)?"
)
# Before a number of houses, before one of a series that is counted, and behind it.
_COUNTED = re.compile(
    r"(?:[共有约达近余多等计剩仅只建拆改装修造了成为盖]|涉及|覆盖|完成|楼房|住宅|建筑|房屋|楼|这|那|每|各|另|同|某|该|任|本|几|哪|整)$"
)
_ANY = re.compile("(?:每|各|另|同|某|该|任|本|几|哪|整)$")
_LED_TO = re.compile(r"(?:[住在从到去对看把将往进于和与及离距]|隔壁|最近的|临近|靠近|走进|来到|位于|认定|包括)$")
_KINDS_OF_HOUSE = re.compile(
    "(?:楼房|住宅|居民楼|单体|高层|小高层|多层|别墅|建筑|房屋|商品房|安置房|厂房|老楼|危房|旧楼|宿舍|板楼|塔楼|洋房|楼)(?!下|顶|道|上|里|长)"
)
_DESCRIBED = re.compile(
    f"{_NUMBER}(?:楼|层|号|室)|[底顶]楼|门口|门前|楼下|楼顶|楼道|的|有(?!居民楼)|是|等[0-9一二三四五六七八九十]|居民|业主|住户|东|西|南|北|外墙|旁|前|后面|"
    "对面|电梯|没有|一直|燃气|地下|全体|原|也|改|仍|还|已|至今"
)
_INSIDE_IT = re.compile(f"{_NUMBER}(?:楼|层|单元)|门口|门前|楼下")
_WORDS = ("号楼", "号院", "幢", "栋", "单元", "座")
_FIRM = ("号楼", "号院", "单元")


def find(scene: Scene, taken: Callable[[int], bool]) -> list[Span]:
    """Where a house or an entrance is named; `taken(position)` tells whether a place ends there, of which the house is then a part."""
    found: list[Span] = []
    if not any(word in scene.text for word in _WORDS):
        return found
    for match in _NUMBERED.finditer(scene.text):
        start, end = match.span()
        if _names(scene.text, match, taken(start)):
            found.append((start, end))
    return found


def _names(text: str, match: re.Match[str], follows_place: bool) -> bool:
    start, end = match.span()
    lead = text[max(0, start - 4) : start]
    latin = not match["series"].isascii()
    if match["what"] in _FIRM or match["entrance"]:
        return not _ANY.search(lead) and not (latin and match["what"] == "单元" and _COUNTED.search(lead))
    if match["what"] == "座" or latin:
        return follows_place or (match["series"].isalpha() and match["series"].isascii())
    if follows_place:
        return not text.startswith(("。", "，", "；"), end) or match["what"] == "座"
    if _COUNTED.search(lead) or _KINDS_OF_HOUSE.match(text, end):
        return False
    opens = not lead or not "\u4e00" <= lead[-1] <= "\u9fff"
    if _LED_TO.search(lead) or _INSIDE_IT.match(text, end):
        return True
    return opens and _DESCRIBED.match(text, end) is not None
