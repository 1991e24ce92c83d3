"""People: with their post and organisation, and private persons (崔奶奶, 王某, 居民李星)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.lexicon import leftmost_longest
from corpus.model import EntityType
from corpus.vocabulary import posts, surnames
from ingest.extract import personwords
from ingest.extract.actors import Actor
from ingest.extract.chains import Places
from ingest.extract.finding import Finding
from ingest.extract.scene import Scene
from ingest.extract.sweep import Family, Hits, Names

PRIVATE = "个人"
IN_OFFICE = "任职人员"


@dataclass(slots=True)
class Person:
    """A mention of a person. `post_start` is where the words of post and organisation begin, if they stand directly before the name."""

    start: int
    end: int
    name: str
    kind: str | None = None
    post: str | None = None
    organisation: str | None = None  # its whole name
    belongs_to: tuple[int, int, EntityType] | None = None  # where the organisation or place stands, if directly before the post
    rule: str = "person.name"
    confidence: float = 0.85


POSTS: Family[str] = Family(lambda: ((word, word) for word in posts().words))


ADDRESS: Family[str] = Family(lambda: ((word, word) for word in sorted(personwords.FAMILIAR | {"×", "××", "＊", "＊＊", "x", "xx"})))


def find_people(scene: Scene, places: Places, actors: Sequence[Actor]) -> list[Person]:
    """All mentions in order: those whose surroundings show a name, and each further mention of the same names."""
    found: dict[int, Person] = {}
    for start, end, post in leftmost_longest(scene.hits.of(POSTS)):
        _beside_post(scene, places, actors, start, end, post, found)
    for start, end, address in leftmost_longest(scene.hits.of(ADDRESS)):
        person = _familiar(scene, start, end, address)
        if person is not None:
            found.setdefault(person.start, person)
    _speaking(scene, found)
    _introduced(scene, found)
    _again(scene, found)
    named = [person for person in found.values() if not _is_place(places, person)]
    people = _apart(sorted(named, key=lambda person: (person.start, -person.end)))
    _told_later(scene, places, people)
    return people


def _is_place(places: Places, person: Person) -> bool:
    unit = places.around(person.start) or places.around(person.end - 1)
    return unit is not None and unit.start < person.end and person.start < unit.end


def _apart(people: Sequence[Person]) -> list[Person]:
    kept: list[Person] = []
    for person in people:
        if not kept or person.start >= kept[-1].end:
            kept.append(person)
    return kept


def is_surname(name: str) -> bool:
    return name[:1] in surnames().single or name[:2] in surnames().compound


def _name_at(scene: Scene, position: int, *, sure: bool) -> int | None:
    """Where a name that begins at `position` ends; `sure` means that a post stands before it."""
    text = scene.text
    if not is_surname(text[position : position + 2]) or position >= len(text):
        return None
    at = scene.token(position)
    if scene.starts[at] == position:
        word, flag = scene.words[at], scene.flags[at]
        if flag in ("nr", "nrfg", "nrt") and len(word) == 4 and word[:2] not in surnames().compound:
            return position + 3 if personwords.NAME_ENDS.match(text, position + 3) and sure else None
        if flag in ("nr", "nrfg", "nrt") and 2 <= len(word) <= 4 and word not in personwords.NOT_NAMES:
            return position + _name_length(scene, at, word)
        if (
            flag in ("nr", "nrfg")
            and len(word) == 1
            and at + 1 < len(scene.words)
            and len(scene.words[at + 1]) <= 2
            and scene.flags[at + 1][0] in "ngzajbt"
        ):
            return position + 1 + len(scene.words[at + 1])
        if (len(word) > 1 and flag not in ("ns", "nz", "x")) or flag in ("c", "p", "d", "r", "m", "ud", "uj", "v"):
            return None
    if not sure or text[position] in personwords.DOUBTFUL:
        return None
    compound = text[position : position + 2] in surnames().compound
    for size in (4, 3) if compound else (3, 2):
        name = text[position : position + size]
        if size > 2 and name[-1] in "说称道" and text[position + size : position + size + 1] in tuple("。，：,:"):
            return position + size - 1
        if (
            re.fullmatch(personwords.NAME_CHARACTERS + "+", name)
            and name not in personwords.NOT_NAMES
            and scene.word_starts_at(position)
            and (size == 3 or personwords.NAME_ENDS.match(text, position + size))
        ):
            return position + size if scene.word_starts_at(position + size) else None
    return None


def _name_length(scene: Scene, at: int, word: str) -> int:
    """Characters of the name that the segmenter began at word `at`: 骆源作|的 ends before 作, 陈家|奇 goes on by one character."""
    end = scene.starts[at] + len(word)
    if len(word) == 3 and word[2] in "作任等说向在" and scene.text[end : end + 1] in tuple("了的关题为"):
        return 2
    if len(word) == 3 and word[2] == "在" and "\u4e00" <= scene.text[end : end + 1] <= "\u9fff":
        return 2
    if len(word) == 3 and word[2] in "说称道" and scene.text[end : end + 1] in tuple("。，：,:"):
        return 2
    following = scene.words[at + 1] if at + 1 < len(scene.words) else ""
    if (
        len(word) == 2
        and len(following) == 1
        and "\u4e00" <= following <= "\u9fff"
        and scene.flags[at + 1][0] in "nagzjx"
        and not personwords.NAME_ENDS.match(scene.text, end)
    ):
        return 3
    return len(word)


def _beside_post(scene: Scene, places: Places, actors: Sequence[Actor], start: int, end: int, post: str, found: dict[int, Person]) -> None:
    """主任汪琳, and 汪琳主任."""
    text = scene.text
    name_end = _name_at(scene, end, sure=post not in ("老师", "博士", "专家", "医生", "护士"))
    if name_end is not None and text[end:name_end] not in personwords.NOT_NAMES:
        kind = PRIVATE if post in personwords.PRIVATE_POSTS else IN_OFFICE
        first = _run_start(text, _split(places, actors, start, end, text))
        whole, belongs_to = _organisation(scene, places, actors, first)
        person = Person(end, name_end, text[end:name_end], kind, text[first:end], whole, belongs_to, "person.post", 0.93)
        found[end] = person
        return
    at = scene.token(start) - 1
    if at >= 0 and scene.starts[at + 1] == start and scene.flags[at] in ("nr", "nrfg") and 2 <= len(scene.words[at]) <= 3:
        name = scene.words[at]
        if (
            is_surname(name)
            and name not in personwords.NOT_NAMES
            and post.endswith(("长", "书记", "主任", "主席", "委员", "常委", "代表"))
            and scene.starts[at] not in found
        ):
            found[scene.starts[at]] = Person(scene.starts[at], start, name, IN_OFFICE, post, rule="person.before_post", confidence=0.85)


def _split(places: Places, actors: Sequence[Actor], start: int, end: int, text: str) -> int:
    """Where the post begins if a name ends inside the word found: 馒头山社区|主任, not 馒头山|社区主任."""
    unit = places.around(start)
    inner = unit.end if unit is not None else start
    at = bisect_left(actors, start + 1, key=lambda actor: actor.end)
    if at < len(actors) and actors[at].start < start and actors[at].end < end:
        inner = max(inner, actors[at].end)
    return inner if inner > start and text[inner:end] in posts().words else start


def _run_start(text: str, start: int) -> int:
    """Where a row of posts begins (党委书记、局长), and the words before a post (原, 时任, 副)."""
    moved = True
    while moved:
        moved = False
        for before in posts().before:
            if text.endswith(before, 0, start) and before not in ("老", "总"):
                start -= len(before)
                moved = True
        if start and text[start - 1] in "、兼":
            for word in posts().words:
                if text.endswith(word, 0, start - 1):
                    start -= 1 + len(word)
                    moved = True
                    break
    return start


def _organisation(
    scene: Scene, places: Places, actors: Sequence[Actor], position: int
) -> tuple[str | None, tuple[int, int, EntityType] | None]:
    """The whole name of the organisation or place that ends at `position`, and where it stands."""
    text = scene.text
    at = bisect_left(actors, position, key=lambda actor: actor.end)
    if at < len(actors) and actors[at].end == position:
        actor = actors[at]
        name = text[actor.start : actor.end]
        if actor.unit is not None:
            name = "".join(actor.unit.chain) + (text[actor.unit.end : actor.end] if actor.unit.end <= actor.end else "")
        return name, (actor.start, actor.end, "actor")
    unit = places.at(position)
    if unit is not None:
        return "".join(unit.chain), (unit.first, unit.end, "place")
    return None, None


def _speaking(scene: Scene, found: dict[int, Person]) -> None:
    """Words that the segmenter takes for names count where someone speaks or acts, or where they come back."""
    text = scene.text
    counts: dict[str, list[int]] = {}
    for at, flag in enumerate(scene.flags):
        if flag in ("nr", "nrfg"):
            start = scene.starts[at]
            end = _name_at(scene, start, sure=False)
            if end is not None and 2 <= end - start <= 3 and text[start:end] not in personwords.NOT_NAMES:
                counts.setdefault(text[start:end], []).append(start)
                role = _role(scene, at) if end - start == 3 else None
                if role is not None:
                    found.setdefault(start, Person(start, end, text[start:end], PRIVATE, role or None, rule="person.role", confidence=0.85))
    for name, starts in sorted(counts.items()):
        speaking = [start for start in starts if personwords.SPEAKS.match(text, start + len(name))]
        if speaking and (len(name) == 3 or len(starts) > 1) and (len(starts) > 1 or _begins(text, speaking[0])):
            for start in starts:
                found.setdefault(start, Person(start, start + len(name), name, None, rule="person.speaks", confidence=0.8))


def _introduced(scene: Scene, found: dict[int, Person]) -> None:
    """Names that the segmenter does not know: after an age (72岁的某某某), or before words that only a person is the subject of."""
    text = scene.text
    for match in personwords.AGED.finditer(text):
        end = _name_at(scene, match.end(), sure=True)
        if end is not None and end - match.end() == 3:
            found.setdefault(match.end(), Person(match.end(), end, text[match.end() : end], PRIVATE, rule="person.aged", confidence=0.8))
    for match in personwords.PERSONAL.finditer(text):
        start = match.start("name")
        at = scene.token(start)
        single = scene.starts[at] == start and len(scene.words[at]) == 1 and scene.flags[at] not in personwords.FUNCTION_FLAGS
        if (
            single
            and is_surname(match["name"])
            and match["name"][0] not in personwords.DOUBTFUL
            and scene.word_starts_at(match.end("name"))
        ):
            found.setdefault(start, Person(start, start + 3, match["name"], rule="person.personal", confidence=0.72))


def _role(scene: Scene, at: int) -> str | None:
    """The noun for what someone is before his name (领队刘桂珍), "" for an age (72岁的谢银娣)."""
    if at < 3:
        return None
    before, flag = scene.words[at - 1], scene.flags[at - 1]
    if before == "的" and scene.words[at - 2] in ("岁", "周岁"):
        return ""
    return (
        before
        if flag == "n" and len(before) > 1 and before[-1] in "员长师队工匠人民友手生" and before not in personwords.NO_ROLES
        else None
    )


def _begins(text: str, start: int) -> bool:
    """Whether a name stands at the beginning of a clause."""
    return start == 0 or text[start - 1] in "，。；：！？”’、\n（(,;: 　在"


def _familiar(scene: Scene, position: int, end: int, address: str) -> Person | None:
    """崔奶奶, 王某, 李×: a surname before the form of address at [position, end)."""
    text = scene.text
    start = position - (2 if text[max(0, position - 2) : position] in surnames().compound else 1)
    if start < 0 or not is_surname(text[start:position]) or not scene.word_starts_at(start):
        return None
    masked = address in personwords.MASKED
    if masked and text[start] in personwords.DOUBTFUL:
        return None
    if (masked and start and text[start - 1] in "第某老大小") or (not masked and not scene.word_starts_at(end)):
        return None
    if address in personwords.SHORT_FAMILIAR and not (_begins(text, start) and personwords.NAME_ENDS.match(text, end)):
        return None
    if address in personwords.OFFICIAL_ADDRESS and not (_begins(text, start) or text[start - 1] in "是由对向找和与"):
        return None
    name = text[start:end]
    if name in personwords.NOT_NAMES or (name[0] in "高时方全成单任老" and address in ("老人", "书记", "主任", "老师", "同志")):
        return None
    official = address in ("书记", "主任", "法官", "警官")
    post = address if official else None
    return Person(start, end, name, IN_OFFICE if official else PRIVATE, post, rule="person.address", confidence=0.88)


def _again(scene: Scene, found: dict[int, Person]) -> None:
    """Each further mention of a name that was established, at the borders of words."""
    names = sorted({person.name for person in found.values() if len(person.name) >= 2})
    if not names:
        return
    kinds = {person.name: person.kind for person in sorted(found.values(), key=lambda person: -person.start) if person.kind is not None}
    for start, end, name in Names(names).find(scene.text):
        if start not in found and (scene.word_starts_at(start) or len(name) > 2) and (scene.word_starts_at(end) or len(name) > 2):
            found[start] = Person(start, end, name, kinds.get(name), rule="person.again", confidence=0.85)


def _told_later(scene: Scene, places: Places, people: Sequence[Person]) -> None:
    """邹紫娟来到上羊市街社区，作为社区党委书记、居委会主任: post and place follow in the sentence."""
    text = scene.text
    for index, person in enumerate(people):
        if person.post is not None:
            continue
        limit = min(scene.sentence(person.start)[1], people[index + 1].start if index + 1 < len(people) else len(text))
        match = personwords.AS_POST.match(text, person.end, limit)
        if match is None:
            continue
        last = None
        for start, end, _ in leftmost_longest(Hits(text[match.end() : min(limit, match.end() + 30)], {}).of(POSTS)):
            if (
                (last is None and start > 12)
                or (last is not None and start - last[1] > 8)
                or re.search("[，。；]", text[match.end() + (last[1] if last else 0) : match.end() + start])
            ):
                break
            last = (last[0] if last else 0, end)
        if last is not None and last[1] <= 16:
            person.post = text[match.end() : match.end() + last[1]]
            person.kind = IN_OFFICE
            person.rule = "person.told_later"
            unit = places.nearest(person.end, match.start() + 60, match.end()) or places.salient(match.end(), "community")
            if unit is not None:
                person.organisation = "".join(unit.chain)


def find(people: Sequence[Person]) -> list[Finding]:
    """One fact a mention. Post and organisation stand where the sentence tells them."""
    return [
        Finding(
            "person",
            person.start,
            person.end,
            person.rule,
            person.confidence,
            name=person.name,
            canonical=person.name,
            kind=person.kind,
            post=person.post,
            organisation=person.organisation,
        )
        for person in people
    ]
