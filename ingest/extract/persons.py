"""People: with their post and organisation, and private persons (崔奶奶, 王某, 居民李星)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from corpus.lexicon import leftmost_longest
from corpus.vocabulary import posts
from ingest.extract import namesigns, nicknames, offices, personwords, rolewords, signatures
from ingest.extract.actors import Actor
from ingest.extract.chains import Places
from ingest.extract.finding import Finding
from ingest.extract.personnames import IN_OFFICE as IN_OFFICE
from ingest.extract.personnames import PRIVATE as PRIVATE
from ingest.extract.personnames import Person as Person
from ingest.extract.personnames import is_surname, name_at
from ingest.extract.scene import Scene
from ingest.extract.signatures import organisation_before
from ingest.extract.sweep import Family, Hits, Names

POSTS: Family[str] = Family(lambda: ((word, word) for word in sorted({*posts().words, *personwords.MORE_POSTS, *rolewords.ROLES})))


ADDRESS: Family[str] = Family(lambda: ((word, word) for word in sorted(personwords.FAMILIAR | {"×", "××", "＊", "＊＊", "x", "xx"})))


def find_people(scene: Scene, places: Places, actors: Sequence[Actor]) -> list[Person]:
    """All mentions in order: those whose surroundings show a name, and each further mention of the same names."""
    found: dict[int, Person] = {}
    held = leftmost_longest(scene.hits.of(POSTS))
    for start, end, post in held:
        _beside_post(scene, places, actors, start, end, post, found)
    led = frozenset([*(end for _, end, _ in held), *(actor.end for actor in actors)])
    for start, end, address in leftmost_longest(scene.hits.of(ADDRESS)):
        person = nicknames.addressed(scene, start, end, address, led)
        if person is not None:
            if person.kind == IN_OFFICE:
                person.organisation, person.belongs_to = organisation_before(scene, places, actors, person.start)
            found.setdefault(person.start, person)
        elif address in nicknames.FULL_TITLES:
            person = nicknames.titled(scene, start, address)
            if person is not None:
                found.setdefault(person.start, person)
    for person in (*signatures.signed(scene, places, actors), *nicknames.aliased(scene), *nicknames.called(scene, led)):
        found.setdefault(person.start, person)
    known = [at for at, flag in enumerate(scene.flags) if flag in ("nr", "nrfg")]
    _speaking(scene, known, found)
    _introduced(scene, found)
    for person in namesigns.told(scene, known):
        found.setdefault(person.start, person)
    for person in namesigns.dotted(scene, led):
        part = found.setdefault(person.start, person)
        part.end, part.name = person.end, person.name
    for person in [*namesigns.listed(scene, known, found)]:
        found.setdefault(person.start, person)
    _cut(found)
    _again(scene, found)
    _whole(scene.text, found)
    named = [
        person for person in found.values() if not _is_place(places, person) and not personwords.BODY_BEHIND.match(scene.text, person.end)
    ]
    people = _apart(sorted(named, key=lambda person: (person.start, -person.end)))
    _told_later(scene, places, people)
    heads = [head for head in offices.speaking(scene, places, held, people) if not _is_place(places, head)]
    return sorted([*people, *heads], key=lambda person: person.start)


def _is_place(places: Places, person: Person) -> bool:
    unit = places.around(person.start) or places.around(person.end - 1)
    return unit is not None and unit.start < person.end and person.start < unit.end


def _apart(people: Sequence[Person]) -> list[Person]:
    kept: list[Person] = []
    for person in people:
        if not kept or person.start >= kept[-1].end:
            kept.append(person)
    return kept


def _beside_post(scene: Scene, places: Places, actors: Sequence[Actor], start: int, end: int, post: str, found: dict[int, Person]) -> None:
    """主任汪琳, and 汪琳主任."""
    text = scene.text
    role = post in rolewords.ROLES and post not in personwords.MORE_POSTS
    name_end = name_at(scene, end, sure=post not in personwords.LOOSE_POSTS and post not in rolewords.LOOSE_ROLES)
    if role:
        if name_end is not None and namesigns.plausible(scene, end, name_end):
            found.setdefault(end, Person(end, name_end, text[end:name_end], PRIVATE, rule="person.role", confidence=0.85))
        elif (pet := namesigns.short(scene, end)) is not None:
            found.setdefault(end, pet)
        return
    if name_end is None and text[end : end + 1] in tuple(" 　"):
        _behind_blank(scene, places, actors, start, end, post, found)
        return
    if name_end is not None and text[end:name_end] not in personwords.NOT_NAMES:
        kind = PRIVATE if post in personwords.PRIVATE_POSTS else IN_OFFICE
        first = _run_start(text, _split(places, actors, start, end, text))
        whole, belongs_to = organisation_before(scene, places, actors, first)
        person = Person(end, name_end, text[end:name_end], kind, text[first:end], whole, belongs_to, "person.post", 0.93)
        found[end] = person
        return
    at = scene.token(start) - 1
    if at >= 0 and scene.starts[at + 1] == start and scene.flags[at] in ("nr", "nrfg") and 2 <= len(scene.words[at]) <= 3:
        name = scene.words[at]
        if (
            is_surname(name)
            and name not in personwords.NOT_NAMES
            and post != "代表"
            and post.endswith(("长", "书记", "主任", "主席", "委员", "常委", "代表"))
            and scene.starts[at] not in found
        ):
            found[scene.starts[at]] = Person(scene.starts[at], start, name, IN_OFFICE, post, rule="person.before_post", confidence=0.85)


def _behind_blank(scene: Scene, places: Places, actors: Sequence[Actor], start: int, end: int, post: str, found: dict[int, Person]) -> None:
    """书记 汪琳）: a post and a name as a signature sets them."""
    match = personwords.SIGNED.match(scene.text, end)
    if match is None or not is_surname(match["name"]) or match["name"] in personwords.NOT_NAMES:
        return
    first = _run_start(scene.text, _split(places, actors, start, end, scene.text))
    whole, belongs_to = organisation_before(scene, places, actors, first)
    kind = PRIVATE if post in personwords.PRIVATE_POSTS else IN_OFFICE
    name_start, name_end = match.span("name")
    found[name_start] = Person(name_start, name_end, match["name"], kind, scene.text[first:end], whole, belongs_to, "person.post", 0.88)


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


def _speaking(scene: Scene, known: Sequence[int], found: dict[int, Person]) -> None:
    """Words that the segmenter takes for names count where someone speaks or acts, or where they come back."""
    text = scene.text
    counts: dict[str, list[int]] = {}
    for at in known:
        start = scene.starts[at]
        end = name_at(scene, start, sure=False)
        if (
            end is not None
            and 2 <= end - start <= 3
            and text[start:end] not in personwords.NOT_NAMES
            and not personwords.NO_NAME_END.search(text[start:end])
        ):
            counts.setdefault(text[start:end], []).append(start)
            role = _role(scene, at) if end - start == 3 else None
            if role is not None:
                found.setdefault(start, Person(start, end, text[start:end], PRIVATE, role or None, rule="person.role", confidence=0.85))
    for name, starts in sorted(counts.items()):
        speaking = [
            start
            for start in starts
            if personwords.SPEAKS.match(text, start + len(name))
            or (text[start + len(name) : start + len(name) + 1] in ("：", ":") and not text[scene.paragraph(start)[0] : start].strip(" 　"))
        ]
        if speaking and (len(name) == 3 or len(starts) > 1) and (len(starts) > 1 or nicknames.begins(text, speaking[0])):
            for start in starts:
                found.setdefault(start, Person(start, start + len(name), name, None, rule="person.speaks", confidence=0.8))


def _introduced(scene: Scene, found: dict[int, Person]) -> None:
    """Names that the segmenter does not know: after an age (72岁的某某某), or before words that only a person is the subject of."""
    text = scene.text
    for match in personwords.AGED.finditer(text):
        end = name_at(scene, match.end(), sure=True)
        if end is not None and end - match.end() == 3:
            found.setdefault(match.end(), Person(match.end(), end, text[match.end() : end], PRIVATE, rule="person.aged", confidence=0.8))
    for match in personwords.DESCRIBED.finditer(text):
        if is_surname(match["name"]) and match["name"] not in personwords.NOT_NAMES and not personwords.NO_NAME_END.search(match["name"]):
            found.setdefault(match.start("name"), Person(*match.span("name"), match["name"], rule="person.described", confidence=0.85))
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
    if at < 1:
        return None
    before, flag = scene.words[at - 1], scene.flags[at - 1]
    if before == "的" and at > 2 and scene.words[at - 2] in ("岁", "周岁"):
        return ""
    return (
        before
        if flag == "n" and len(before) > 1 and before[-1] in "员长师队工匠贩人民友手生" and before not in personwords.NO_ROLES
        else None
    )


def _again(scene: Scene, found: dict[int, Person]) -> None:
    """Each further mention of a name that was established, at the borders of words."""
    names = sorted({person.name for person in found.values() if len(person.name) >= 2})
    if not names:
        return
    kinds = {person.name: person.kind for person in sorted(found.values(), key=lambda person: -person.start) if person.kind is not None}
    for start, end, name in Names(names).find(scene.text):
        if start not in found and (scene.word_starts_at(start) or len(name) > 2) and (scene.word_starts_at(end) or len(name) > 2):
            found[start] = Person(start, end, name, kinds.get(name), rule="person.again", confidence=0.85)


def _cut(found: dict[int, Person]) -> None:
    """林丹为 where the text also says 林丹 is that name before a preposition."""
    names = {person.name for person in found.values() if len(person.name) == 2}
    for person in found.values():
        if len(person.name) == 3 and person.name[2] in "为在向与和对被将" and person.name[:2] in names:
            person.name, person.end = person.name[:2], person.end - 1


def _whole(text: str, found: dict[int, Person]) -> None:
    """聂柏 where the text also says 聂柏根 is that name, if the third character follows here too."""
    names = {person.name for person in found.values() if len(person.name) == 3}
    for person in found.values():
        longer = text[person.start : person.end + 1]
        if len(person.name) == 2 and longer in names:
            person.name, person.end = longer, person.end + 1


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
        for start, end, word in leftmost_longest(Hits(text[match.end() : min(limit, match.end() + 30)], {}).of(POSTS)):
            if word in rolewords.ROLES and word not in personwords.MORE_POSTS:
                continue
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
