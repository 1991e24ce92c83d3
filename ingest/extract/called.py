"""What a text calls a thing for short once it has named it in full, where no other rule reads that as a name: 老裘 and 裘楼长 after 裘永年,
the 大队 after 临江区劳动监察大队, the 驾驶舱 after 社会治理数字驾驶舱.

Such a word stands alone, and only one thing of its case may be called so; else nothing is said.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from corpus.vocabulary import posts, surnames
from ingest.extract.finding import Finding
from ingest.extract.scene import Scene, tag
from ingest.extract.shortnames import is_tail, parts, plain
from ingest.extract.wordlist import word_set

_MOST = 60  # bodies of a case whose short names are looked for
_LEFT = r"(?:(?<![\u4e00-\u9fffA-Za-z0-9、])|(?<=[由请向在到让被把给对但而是据经从找跟后时里年月日天来则]))"  # no members of a list
_UNITS = frozenset(["大队", "中队", "支队", "分局", "支行", "分行", "协会", "商会", "学会"])
_NOT_ALONE = re.compile(
    "[\u4e00-\u9fff]*(?:公司|集团|委员会|小组|人员|队伍|志愿者|部门|单位|企业|机构|学校|小学|中学|大学|医院|银行|[员者民众们])$"
)
_GENERAL = word_set(
    "服务队 志愿队 志愿服务队 工作组 工作队 领导小组 居民小组 党支部 调查组 巡逻队 业主群 工作站点 服务平台 工作平台 信息平台",
    "互助小组 社会组织 社区组织 项目组 课题组 示范点 试点项目 改造工程 建设工程 服务项目 活动中心 小程序",
)
_PARTS_OF_OFFICES = ("办", "站", "所", "队")
_HEADS = re.compile(
    "(?:驾驶舱|大脑|系统|大厅|议事厅|厅|站|中心|食堂|驿站|学堂|书屋|茶馆|热线|平台|大赛|基金|微基金|课堂|讲堂|银行|超市|集市|广场|工作室|工坊|花园)$"
)
_NAMED = ("platform", "programme")
_COMPANY = re.compile(
    "(?P<brand>[\u4e00-\u9fff]{2})(?:物业|置业|地产|房地产|建设|电梯|环境|科技|停车|养老|公益|社工|环保)[\u4e00-\u9fff]{0,6}(?:有限公司|集团|中心)"
)
_TITLED = 4  # characters of a title behind a surname
_MORE_TITLES = word_set("支书 楼长 队长 警官 社工 医生 老师 师傅 律师 教授 经理 总 姐 哥 叔 婶 嫂 伯 爷爷 大夫")
_PLACE_AFTER = re.compile("[\u4e00-\u9fff]?[庄村镇街路巷桥湾沟屯寨楼]")


def persons(scene: Scene, named: Sequence[Finding], taken: Iterable[Finding]) -> list[Finding]:
    """Mentions of persons of whom the full name is told before, by surname and title or by 老 and 小; who it is must still be found."""
    first: dict[str, int] = {}
    for person in named:
        name = plain(scene.text[person.start : person.end])
        surname = name[:2] if name[:2] in surnames().compound else name[:1]
        if 2 <= len(name) - len(surname) + 1 <= 3 and (len(surname) == 2 or surname in surnames().single):
            first.setdefault(surname, person.end)
    if not first:
        return []
    spans = sorted((one.start, one.end) for one in taken)
    covered = _Covered(spans)
    families = "|".join(sorted(first, key=len, reverse=True))
    matches = list(re.finditer(rf"[老小](?P<aged>{families})|(?P<family>{families})(?:{_titles()})", scene.text))
    aged = {match[0] for match in matches if match["aged"]}
    found = []
    for match in matches:
        surname = match["aged"] or match["family"]
        start, end = match.span()
        if start < first[surname] or covered.at(start, end) or not scene.word_starts_at(start) or not scene.word_starts_at(end):
            continue
        if match["aged"] and ({f"老{surname}", f"小{surname}"} <= aged or _PLACE_AFTER.match(scene.text, end)):
            continue  # 老马带小马: two, or a figure of speech
        found.append(Finding("person", start, end, "person.shortened", 0.75, modality="asserted"))
    return found


class _Covered:
    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._inside = {position for start, end in spans for position in range(start, end)}

    def at(self, start: int, end: int) -> bool:
        return start in self._inside or end - 1 in self._inside


@cache
def _titles() -> str:
    words = {word for word in (*posts().words, *posts().address) if 2 <= len(word) <= _TITLED} | _MORE_TITLES
    words |= {f"副{word}" for word in posts().words if len(word) == 2}
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


def heads(scene: Scene, named: Sequence[Finding]) -> Iterator[tuple[Finding, int, int]]:
    """Named things with the places where the last words of their name stand alone for them."""
    forms: dict[str | None, dict[str, Finding | None]] = defaultdict(dict)
    seen: dict[str | None, set[str]] = defaultdict(set)
    for one in named:
        if one.rule != "actor.named" and one.type not in _NAMED:
            continue
        case = scene.case(one.start)
        name = plain(one.canonical or (one.name if one.name is not None else scene.text[one.start : one.end]))
        if name in seen[case] or len(seen[case]) > _MOST:
            continue
        seen[case].add(name)
        for form in _last_words(name, one.place if one.type == "actor" else None, one.type):
            known = forms[case].get(form, one)
            same = known is one or (known is not None and plain(known.canonical or "").endswith(name))
            forms[case][form] = known if same else None
    for one in named:
        if one.rule == "actor.generic":  # 消防大队: another that ends so
            name, of = plain(scene.text[one.start : one.end]), forms.get(scene.case(one.start), {})
            for size in range(2, len(name)):
                if (known := of.get(name[-size:])) is not None and not plain(known.canonical or "").endswith(name):
                    of[name[-size:]] = None
    words = {form for of in forms.values() for form, one in of.items() if one is not None}
    if not words:
        return
    pattern = re.compile(rf"{_LEFT}(?:{'|'.join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))})(?![长员部区群圈费])")
    for match in pattern.finditer(scene.text):
        start, end = match.span()
        whole = forms.get(scene.case(start), {}).get(match[0])
        if whole is not None and whole.end <= start and scene.word_starts_at(start) and scene.word_starts_at(end):
            yield whole, start, end


@lru_cache(maxsize=8192)
def _last_words(name: str, place: str | None, type: str) -> tuple[str, ...]:
    """The words that a name ends with, and those made of the first characters of its parts (社会事务办: 社事办)."""
    rest = parts(name, place).rest if type == "actor" else name
    words = [word for word, _ in tag(rest)]
    found = []
    if type == "actor" and (brand := _COMPANY.fullmatch(rest)) and not _is_word(brand["brand"]):
        found.append(brand["brand"])
    for at in range(0 if rest != name else 1, len(words)):
        form = "".join(words[at:])
        if _stands_alone(form, rest, type):
            found.append(form)
    if type == "actor" and rest.endswith(_PARTS_OF_OFFICES) and len(words) > 1 and len(rest) > 4:
        stem, last = tag(rest[:-1]), rest[-1]
        if 2 <= len(stem) <= 3 and all(len(word) == 2 for word, _ in stem):
            found.append("".join(word[0] for word, _ in stem) + last)
            found.append(stem[0][0] + last)
    return tuple(dict.fromkeys(found))


def _is_word(text: str) -> bool:
    """Whether the dictionary knows it as a word of the language, and not only as a name."""
    words = tag(text)
    return len(words) == 1 and words[0][1] not in ("nr", "nz", "nrt", "nrfg", "x")


def _stands_alone(form: str, name: str, type: str) -> bool:
    if form in _GENERAL or _NOT_ALONE.match(form):
        return False
    if type == "actor" and form != name and form not in _UNITS and not is_tail(form, name):
        return False
    if type != "actor":
        return len(form) >= 3 and _HEADS.search(form) is not None
    return form in _UNITS or len(form) >= 3
