"""Which mentions inside one report mean the same thing: a short form gets the full name it stands for as `canonical`.

Only where the text leaves one candidate; two things that were taken for one spoil both, so doubt means that nothing is said.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from corpus.vocabulary import posts, surnames
from ingest.extract import called, introduced, localities, pointing
from ingest.extract.finding import Finding
from ingest.extract.pointing import whole
from ingest.extract.scene import Scene
from ingest.extract.shortnames import Parts, is_bare_tail, is_end, is_shorter, keeps_order, parts, plain

_MANY = 60  # candidates that end alike; with more of them a short form says too little
_POINTING = re.compile("(?:该|本|我|此|这家|这个|上述)(?=..?)(.+)")
_MANY_OF_A_KIND = ("企业", "居民", "个人", "志愿者")
_OWN = ("我", "本")
_ANY_BODY = {
    "公司": "公司|集团|企业",
    "企业": "公司|集团|企业|厂",
    "学校": "学校|小学|中学|学院|大学",
    "医院": "医院|卫生院",
    "协会": "协会|联合会|商会",
    "所": "所",
    "队": "队",
    "行": "行",
}
_PLACE_WORDS = re.compile("(?:省|市|区|县|镇|乡|街道|社区|村|小区)")
_NOT_ONE = re.compile(
    "(?:每个?|各个?|一个|一家|一支|各级|各地|全部|多个?|[两二三四五六七八九十0-9]个|[0-9两二三四五六七八九十]家|其他|其它|所有|一些|另一?个?|部分|不少|外地|邻近)$"
)
_ANY_OF_THEM = re.compile("乡镇|镇街|街镇|县区|区县|市县|村居|村社|各级")
_OTHER = re.compile("(?:另(?:外)?一?(?:个|位|名|家))(?=([\u4e00-\u9fff]{2,4}))")
_SOMEBODY = re.compile("(?:的|居民|村民|业主|住户|邻居|商户)(?=([\u4e00-\u9fff]{2,4}))")  # 街道的老陈, 居民陈大爷
_HIDDEN = re.compile("[某xX×＊*○〇□]")
_CLIENT = re.compile("(?:案主|服务对象|求助者|求助人)$")  # whom a casework report is about: 林某, later 林伯
_AGED = frozenset("老小")
_CALLED = frozenset(
    ["老师", "师傅", "医生", "大夫", "律师", "警官", "社工", "教授", "民警"]
)  # what a person is called rather than a post held
_PROPOSALS = ("method", "platform", "programme", "policy")
_NO_NAME = frozenset(["办法", "机制", "制度", "模式", "平台", "做法", "方法", "项目", "计划", "规定", "法律", "政策", "文件", "方案"])
_EDITION = re.compile("第[0-9一二三四五六七八九十]{1,3}[届期季轮批]$")


def resolve(scene: Scene, found: Sequence[Finding]) -> list[Finding]:
    """`found`, complete with case and place, with the full names of short forms; and further mentions by short names."""
    everything = introduced.complete(scene, found)
    by_type: dict[str, list[Finding]] = defaultdict(list)
    for finding in everything:
        by_type[finding.type].append(finding)
    _bodies(scene, by_type["actor"])
    _pointing_places(scene, by_type["place"])
    everything.extend(localities.resolve(scene, by_type["actor"], by_type["place"]))
    everything = _persons(scene, by_type["person"], everything)
    for type in _PROPOSALS:
        _named_things(scene, by_type[type])
    _editions(scene, by_type["programme"])
    more = pointing.back(scene, everything)
    return sorted([*everything, *more], key=lambda one: (one.start, one.end, one.type, one.rule)) if more else everything


def _words(scene: Scene, finding: Finding) -> str:
    return finding.name if finding.name is not None else scene.text[finding.start : finding.end]


class _Full:
    """Full names of bodies, by how they end."""

    def __init__(self, scene: Scene, bodies: Iterable[Finding]) -> None:
        self._by_end: dict[str, dict[tuple[str, str | None], list[Finding]]] = defaultdict(dict)
        for body in bodies:
            name = whole(scene, body)
            if body.rule == "actor.generic" and body.canonical is None:
                continue
            if len(name) < 4 or _POINTING.match(_words(scene, body)):
                continue
            own = parts(name, body.place)
            if own.rest:
                for end in {own.rest[-1], *_other_ends(own.rest)}:
                    self._by_end[end].setdefault((name, scene.case(body.start)), []).append(body)

    def of(self, name: Parts, case: str | None, start: int, *, is_kind: bool) -> Finding | None:
        """The one body that the name, first read at `start`, is short for: of those in the case, or if none is there, of those in the
        report. `is_kind`: the name is the word for a kind of which a case has one (业委会). The last words of a name stand for it only
        behind it."""
        ending = self._by_end.get(name.rest[-1] if name.rest else "", {})
        if len(ending) > _MANY:
            ending = {key: named for key, named in ending.items() if key[1] == case}
            if len(ending) > _MANY:
                return None
        fitting = [(parts(key[0], named[0].place), key[1], named[0]) for key, named in ending.items()]
        fitting = [one for one in fitting if is_shorter(name, one[0]) or (is_kind and is_end(name, one[0]))]
        fitting = [one for one in fitting if one[2].start < start or not is_bare_tail(name, one[0])]
        inside = [one for one in fitting if one[1] == case] or fitting
        fullest = [one for one in inside if not any(one[0] != other[0] and is_shorter(one[0], other[0]) for other in inside)]
        return fullest[0][2] if len({one[0] for one in fullest}) == 1 else None

    def ending(self, words: str) -> list[Finding]:
        """Bodies whose name ends in one of the words (公司|集团), by position."""
        end = re.compile(f"(?:{words})$")
        endings = {word[-1] for word in words.split("|")}
        named = [one for last in endings for many in self._by_end.get(last, {}).values() for one in many]
        return sorted(
            (one for one in {id(one): one for one in named}.values() if end.search(one.canonical or "") or end.search(one.name or "")),
            key=lambda one: one.start,
        )


def _other_ends(rest: str) -> tuple[str, ...]:
    """恒达物业有限公司 is also called 恒达物业, a 住建局 住建 and 住建部门."""
    office = re.search("(?:分?局|委|大队)$", rest)
    if office and office.start() > 1:
        return rest[office.start() - 1], "门"
    found = re.search("(?:(?:服务|管理|发展)?(?:集团)?(?:股份)?有限(?:责任)?公司|(?:服务)?中心)$", rest)
    return (rest[found.start() - 1],) if found and found.start() > 3 else ()


def _bodies(scene: Scene, bodies: Sequence[Finding]) -> None:
    full = _Full(scene, bodies)
    lists: dict[str, list[Finding]] = {}
    chosen: list[tuple[Finding, Finding]] = []
    known: dict[tuple[Parts, str | None], Finding | None] = {}
    for body in bodies:
        words = _words(scene, body)
        noun = _POINTING.fullmatch(words)
        if noun:
            if not _PLACE_WORDS.fullmatch(noun[1]):
                nouns = _ANY_BODY.get(noun[1], re.escape(noun[1]))
                if nouns not in lists:
                    lists[nouns] = full.ending(nouns)
                there = _pointed(scene, body, lists[nouns], noun[1], own=words.startswith(_OWN))
                if there is not None:
                    chosen.append((body, there))
            continue
        if _NOT_ONE.search(scene.text[max(0, body.start - 4) : body.start]) or _ANY_OF_THEM.match(words):
            continue
        name = parts(whole(scene, body), body.place if body.canonical else None)
        case = scene.case(body.start)
        if (name, case) not in known:
            known[name, case] = full.of(name, case, body.start, is_kind=body.canonical is None and body.kind not in _MANY_OF_A_KIND)
        there = known[name, case]
        if there is not None:
            chosen.append((body, there))
    for body, there in chosen:
        body.canonical, body.kind = whole(scene, there), there.kind or body.kind
        body.place = there.place or body.place


def _pointed(scene: Scene, body: Finding, candidates: Sequence[Finding], noun: str, *, own: bool) -> Finding | None:
    """Whom 该局 means: the last one named before it; whom 我局 means: the only one in the report."""
    if own:
        return candidates[0] if len({whole(scene, one) for one in candidates}) == 1 else None
    return pointing.last_named(scene, body.start, candidates, noun)


def _pointing_places(scene: Scene, places: Sequence[Finding]) -> None:
    """该区 behind the name of another district that was not read as one means nobody knows which."""
    for place in places:
        if place.rule != "place.pointing" or scene.text[place.start] not in "该此" or not place.canonical or not place.place:
            continue
        name = place.place.rsplit(">", 1)[-1]
        word = scene.text[place.start + 1 : place.end].removeprefix("们")
        if word not in ("区", "县", "镇", "乡", "村", "社区", "街道", "小区"):
            continue
        begin = max(scene.text.rfind(name, 0, place.start) + len(name), place.start - 60, 0)
        between = scene.text[begin : place.start]
        if re.search(
            rf"(?:的|与|和|^|[，。；、])[\u4e00-\u9fff]{{2,3}}(?<![全该本我各这社小片园辖老新城山景]){word}(?![域长里内分别间])", between
        ):
            place.canonical = place.place = None


def _surname(name: str) -> str:
    return name[:2] if name[:2] in surnames().compound else name[:1]


def _address(name: str) -> tuple[str, str] | None:
    """Surname and title of 陈书记, 张大爷; of 老贾 the title is 老."""
    if len(name) == 2 and name[0] in _AGED and name[1] in surnames().single:
        return name[1], name[0]
    if _HIDDEN.search(name):
        return None
    surname = _surname(name)
    title = name[len(surname) :]
    titles = (*posts().words, *posts().address)
    return (surname, title) if title and (title in titles or title.removeprefix("副") in titles) else None


def _persons(scene: Scene, persons: Sequence[Finding], everything: list[Finding]) -> list[Finding]:
    """陈书记 is the one person Chen with that post; 老贾, 贾大爷 the only person of that name in the case. Returns everything with the
    mentions that only the full name told before makes out as such."""
    full_names = [one for one in persons if not _HIDDEN.search(_words(scene, one)) and _address(plain(_words(scene, one))) is None]
    more = called.persons(scene, full_names, (one for one in everything if one.type in ("person", "actor", "place")))
    _name_persons(scene, [*persons, *more])
    known = [one for one in more if one.canonical is not None]
    return sorted([*everything, *known], key=lambda one: (one.start, one.end, one.type, one.rule)) if known else everything


def _name_persons(scene: Scene, persons: Sequence[Finding]) -> None:
    full: dict[str, dict[str, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    addressed: list[tuple[Finding, str, str]] = []
    for person in persons:
        name = plain(_words(scene, person))
        address = _address(name)
        if address:
            addressed.append((person, *address))
        elif 2 <= len(name) <= 4 and (not _HIDDEN.search(name) or _CLIENT.search(scene.text, max(0, person.start - 6), person.start)):
            full[_surname(name)][name].append(person)
    others = {match[1][:length] for match in _OTHER.finditer(scene.text) for length in (2, 3, 4)} if addressed else set()
    anew = {match[1][:length] for match in _SOMEBODY.finditer(scene.text) for length in (2, 3, 4)} if addressed else set()
    for person, surname, title in addressed:
        name = plain(_words(scene, person))
        if name in others or (name in anew and title not in posts().words):
            continue
        there = _addressed(scene, person, title, full.get(surname, {}))
        if there is not None:
            person.canonical = _words(scene, there)
            person.organisation = person.organisation or there.organisation


def _addressed(scene: Scene, person: Finding, title: str, named: dict[str, list[Finding]]) -> Finding | None:
    if title in posts().words and title not in _CALLED:
        fitting = [one for many in named.values() for one in many if one.post and one.post.endswith(title)]
        others = [name for name, many in named.items() if not any(one.post for one in many)]
        names = {plain(_words(scene, one)) for one in fitting}
        return fitting[0] if len(names) == 1 and (len(named) == 1 or not others) else None
    if len(named) != 1:
        return None
    (many,) = named.values()
    case = scene.case(person.start)
    before = [one for one in many if one.start < person.start and scene.case(one.start) == case]
    return before[-1] if before else None


def _named_things(scene: Scene, things: Sequence[Finding]) -> None:
    """停车公约 is 云水苑小区停车公约, 联动平台 is 平安联动平台, where the report has only one name that ends so and told it before."""
    wholes: dict[str, Finding] = {}
    by_end: dict[str, list[str]] = defaultdict(list)
    for thing in things:
        name = plain(whole(scene, thing))
        if name not in wholes:
            wholes[name] = thing
            by_end[name[-2:]].append(name)
    chosen: list[tuple[Finding, Finding]] = []
    for thing in things:
        name = plain(whole(scene, thing))
        alike = by_end[name[-2:]]
        if len(name) < 3 or name in _NO_NAME or len(alike) > _MANY:
            continue
        fuller = [one for one in alike if len(one) > len(name) and _is_short(thing.type, name, one)]
        fuller = [one for one in fuller if not any(one != other and other.endswith(one) for other in fuller)]
        if (
            len(fuller) == 1
            and wholes[fuller[0]].start < thing.start
            and not _NOT_ONE.search(scene.text[max(0, thing.start - 4) : thing.start])
        ):
            chosen.append((thing, wholes[fuller[0]]))
    for thing, there in chosen:
        thing.canonical = whole(scene, there)
        thing.concept = there.concept or thing.concept


def _is_short(type: str, name: str, full: str) -> bool:
    if full.endswith(name):
        return not re.search("[+＋、和与及]$", full.removesuffix(name))
    return type == "platform" and len(name) > 4 and name[:2] in full and keeps_order(name, full)


def _editions(scene: Scene, programmes: Sequence[Finding]) -> None:
    """第五届公益创投 and 第六届公益创投 are two; 本届公益创投 is the one named last."""
    last: dict[str, str] = {}
    for programme in programmes:
        name = whole(scene, programme)
        edition = _EDITION.search(scene.text, max(0, programme.start - 6), programme.start)
        if edition:
            programme.canonical = last[name] = edition[0] + name
        elif name in last and scene.text.endswith("本届", 0, programme.start):
            programme.canonical = last[name]
