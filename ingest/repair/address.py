"""Home addresses: the part that leads to somebody's door (12号3幢2单元501室) is personal, the estate or the road before it is not."""

from __future__ import annotations

import re

from ingest.scan import sought

_CANDIDATE = sought("单幢栋座弄号家住居户地门", "单元|[幢栋座弄]|号楼|号院|家住|住址|住在|住于|居住地|户籍|地址|门牌")
_N = r"(?:[0-9０-９]{1,4}|[A-Za-zＡ-Ｚ甲乙丙丁]|[一二三四五六七八九十]{1,3})"
_D = "[0-9０-９〇零一二三四五六七八九]"
_UNIT = rf"{_N}单元"
_FLOOR = r"(?:[一二三四五六七八九十]{1,3}|[0-9０-９]{1,2})[楼层]"
_FLAT = rf"{_D}{{3,4}}(?:室|房|号房)"
_SHORT = rf"{_D}{{1,3}}-{_D}{{1,2}}-{_D}{{3,4}}室"
_DOOR = (
    rf"(?:{_D}{{1,4}}(?:-{_D}{{1,2}})?[号#](?![楼线院])|{_N}(?:号楼|号院|幢|栋|座|弄|组|队|排|巷)|{_UNIT}|{_FLOOR}|{_FLAT}"
    rf"|{_SHORT}?|{_D}{{1,3}}-{_D}{{3,4}}室)"
)
_SAID = re.compile(
    "(?:家住在?|居住在|现住|常住|租住在?|入住|住在|住于|住址|家庭地址|家庭住址|居住地址|居住地|户籍地址|户籍所在地|身份证地址|现住址|收货地址)"
    rf"(?:[：:为是在于\s]\s?){{0,3}}([^，。；、！？《》〔〕\[\]（）()\n\s]{{0,30}}?)((?:{_DOOR}){{1,6}})"
)
_HOME = re.compile(
    rf"(?<![A-Za-z0-9])(?:{_D}{{1,4}}[号弄])?{_N}(?:号楼|幢|栋|座|号)"
    rf"(?:\s?{_UNIT}\s?(?:{_FLOOR})?{_D}{{2,4}}(?:室|房|号(?![楼线])|(?=[的住业王李张刘陈杨]))|\s?(?:{_N}[楼层])?{_D}{{3,4}}(?:室|号房))"
    rf"|(?<![0-9A-Za-z]){_UNIT}\s?{_D}{{3,4}}(?:室|房|号(?![楼线]))|(?<![0-9.-]){_SHORT}"
)
_LEADS = re.compile(rf"室|房|号(?![楼院])|-|单元{_D}{{3}}")
_OFFICE = re.compile("大厦|写字楼|广场|中心|办公|设在|设于|位于|服务站|活动室|会议室|驿站|议事厅|工作室|商务|产业园|公司|地点|办事处")


def homes(text: str) -> list[tuple[int, int]]:
    """Spans of the doors of homes, in order: behind words for living somewhere, or where a building, a flat and no office are named."""
    if not _CANDIDATE.search(text):
        return []
    found = [match.span(2) for match in _SAID.finditer(text) if _leads_home(match)]
    for match in _HOME.finditer(text):
        start, end = match.span()
        if any(start < high and low < end for low, high in found) or _OFFICE.search(text[max(0, start - 16) : start]):
            continue
        found.append((start, end))
    return sorted(found)


def _leads_home(match: re.Match[str]) -> bool:
    """Whether a number of a house or a flat is named, not only a building (住在三号楼的老人), and no office."""
    if _OFFICE.search(match[1]):
        return False
    return bool(_LEADS.search(match[2]))
