"""Positions in a dispute: who wants, refuses, fears, offers or concedes what, and how a vote went."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from corpus.fold import fold
from corpus.lexicon import Lexicon
from corpus.vocabulary import Cue, stances
from ingest.extract import choices, holding, positionwords
from ingest.extract.actors import Actor
from ingest.extract.choices import DROPPED
from ingest.extract.cues import Sighting
from ingest.extract.extent import sentence, trimmed
from ingest.extract.finding import Finding
from ingest.extract.modality import modality
from ingest.extract.persons import PRIVATE, Person
from ingest.extract.scene import Scene
from ingest.extract.telling import everywhere, in_heading, local, near, whole_words


@cache
def _topics() -> Lexicon[str]:
    return Lexicon([(term, topic.id) for topic in stances().topics for term in topic.terms], fold=fold)


def find(
    scene: Scene, cues: Sequence[Sighting], holders: Sequence[Sighting], actors: Sequence[Actor], people: Sequence[Person]
) -> list[Finding]:
    """Facts of the kind `position`: name is the clause from the holder on, `holder` his words, `stance` the kind of position; what
    an objection or a concern is about (its topic's id) stands in `concept`."""
    if not cues:
        return sorted(choices.find(scene, ()), key=lambda finding: finding.start)
    candidates = sorted(
        {
            *((start, end) for start, end, _ in holders),
            *((match.start(), match.end()) for match in positionwords.SOME.finditer(scene.text)),
            *((actor.start, actor.end) for actor in actors if actor.kind.id in positionwords.PARTIES),
            *((person.start, person.end) for person in people if person.kind == PRIVATE),
        }
    )
    officials = [(actor.start, actor.end) for actor in actors if actor.kind.id not in positionwords.PARTIES]
    anybody = sorted({*candidates, *officials})
    named = sorted((person.start, person.end) for person in people)
    votes = [(start, end) for start, end, cue in cues if cue.id == "vote"]
    plans = [(start, end) for start, end, cue in cues if cue.id in ("option", "offer")]
    found: list[Finding] = []
    reach: dict[str, int] = {}
    for start, end, cue in cues:
        if start < reach.get(cue.id, 0) or (cue.id == "objection" and _counted(scene, votes, start, end)):
            continue
        if cue.id == "demand" and _meets(plans, start, end):
            continue
        takers = anybody if cue.id in positionwords.OF_ANYBODY else candidates
        finding = _position(scene, start, end, cue, takers, officials, named if cue.id in positionwords.OF_ANYBODY else ())
        if finding is not None:
            reach[cue.id] = finding.end
            found.append(finding)
    found.extend(choices.find(scene, found))
    return sorted(found, key=lambda finding: (finding.start, finding.end, finding.stance or ""))


def name_holders(scene: Scene, found: Sequence[Finding], actors: Sequence[Actor], people: Sequence[Person]) -> None:
    """Give positions whose clause names nobody the holder that the text before tells of (ingest/extract/holding.py). What relations rest
    on is the text's plain word, so this comes after them."""
    everybody = sorted({(actor.start, actor.end) for actor in actors})
    voters = sorted({(actor.start, actor.end) for actor in actors if actor.kind.id in positionwords.PARTIES})
    named = sorted((person.start, person.end) for person in people)
    for finding in found:
        start, end = finding.evidence[-1] if finding.evidence else (finding.start, finding.end)
        told = finding.holder
        before = len(finding.evidence) > 1  # the holder stands in an earlier clause
        counted = finding.stance == "vote" and told is not None and positionwords.NUMBER.fullmatch(told) is not None
        if told is not None and not before and not counted:
            continue
        beside = None if told is not None and scene.quotes_around(start, end) else holding.beside(scene, start)
        if beside is None and told is not None and not counted:
            continue
        parties = voters if finding.stance == "vote" else everybody
        holder = beside or holding.holder(scene, start, end, finding.stance or "", parties, named)
        if holder is not None:
            finding.holder = scene.text[slice(*holder)]
            finding.evidence = (holder, (start, end))


def _meets(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_left(spans, (start - 30, 0))
    return any(low < end and start < high for low, high in spans[at : at + 8])


def _counted(scene: Scene, votes: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a refusal is counted in a vote (1户反对)."""
    at = bisect_left(votes, (start - 20, 0))
    return any(low < end and start < high and re.search("[0-9]", scene.text[low:high]) for low, high in votes[at : at + 6])


def _position(
    scene: Scene,
    start: int,
    end: int,
    cue: Cue,
    candidates: Sequence[tuple[int, int]],
    officials: Sequence[tuple[int, int]],
    named: Sequence[tuple[int, int]],
) -> Finding | None:
    text = scene.text
    clause = near(scene, start)
    said = text[start:end]
    if not whole_words(scene, start, end) or in_heading(scene, start) or everywhere(scene, start) or not _says(scene, start, end, cue.id):
        return None
    if not local(scene, start) or (scene.cases and scene.case(start) is None):
        return None
    holder = _holder(scene, start, end, cue.id, candidates, officials)
    if holder is None and named:
        holder = _holder(scene, start, end, cue.id, named, officials)
    if holder is None and not _unheld(scene, start, end, cue.id):
        return None
    if cue.id == "offer" and holder in officials and positionwords.GRANT.search(said):
        return None
    if cue.id in ("offer", "option") and said in positionwords.WEAK and not re.search("[0-9元]", text[start : clause[1]]):
        return None
    if holder is not None and holder[0] >= start and positionwords.VERB.search(text, start, holder[0]):
        holder = None  # part of what is wanted or feared
    begin, stop = _extent(scene, start, end, cue.id, holder)
    if stop - begin < 2:
        return None
    topic = next((topic for _, _, topic in _topics().find(text[clause[0] : clause[1]])), None) if cue.id in positionwords.ABOUT else None
    told = modality(scene, start, end, denial_is_part=cue.id in positionwords.DENIALS)
    if cue.id == "option" and DROPPED.search(text, start, min(sentence(scene, start)[1], stop + 60)):
        told = "negated"
    return Finding(
        "position", begin, stop, "position.cue", 0.87 if holder is not None and said not in positionwords.WEAK else 0.75,
        holder=None if holder is None else text[holder[0] : holder[1]], stance=cue.id, modality=told, concept=topic,
        evidence=((start, end),) if holder is None or holder[0] >= clause[0] else ((holder[0], holder[1]), (start, end)),
    )  # fmt: skip


def _unheld(scene: Scene, start: int, end: int, stance: str) -> bool:
    """Whether words without a holder tell of a position all the same: a vote with a number, what 有人 says, an alternative that was
    weighed, and an attitude whose subject the sentence leaves out."""
    text = scene.text
    said = text[start:end]
    low, high = near(scene, start)
    if stance != "vote" and positionwords.PRONOUN.search(text, max(low, start - 8), start):
        return True
    if stance == "concession":
        return said.startswith(positionwords.GIVES_WAY) and start - low <= 12
    if stance == "offer":
        return positionwords.RAISES.match(said) is not None
    if stance in positionwords.FREE:
        return said not in positionwords.WEAK and re.search("[0-9%％一二三四五六七八九十]", text[low:high]) is not None
    if stance == "option":
        return True
    if positionwords.SOMEBODY.search(text, max(low, start - 8), start + 2):
        return True
    if stance == "demand":
        return (
            start == low
            and said in ("要求", "请求", "希望")
            and positionwords.PARTY.search(text, max(sentence(scene, start)[0], low - 30), low) is not None
        )
    return stance in ("concern", "objection") and (said[:2] in positionwords.PLAIN or said[0] in "怕嫌") and start - low <= 6


def _extent(scene: Scene, start: int, end: int, stance: str, holder: tuple[int, int] | None) -> tuple[int, int]:
    """From the verb of attitude to the end of its content, the holder outside; a vote: its clause."""
    text = scene.text
    whole = sentence(scene, start)
    low, high = scene.clause(start)
    low, high = max(low, whole[0]), min(high, whole[1])
    if stance == "vote":
        begin = low
        if holder is not None and not re.search("[0-9一二三四五六七八九十]", text[holder[0] : holder[1]]) and low <= holder[0] <= start:
            begin = holder[1]
        lead = positionwords.AT_END.match(text, begin, end)
        begin = lead.end() if lead is not None and lead.end() < end - 3 else begin
    else:
        begin = start if holder is None or not start <= holder[0] < end else min(holder[1], end)
        verb = positionwords.VERB.search(text, begin, end) if begin > start or holder is None else None
        begin = verb.start() if verb is not None else begin
        around = positionwords.AROUND.search(text, max(low, begin - 4), begin)
        begin = around.start() if around is not None else begin
    stop = max(high, end)
    if text[end : end + 1] in ("，", "：", ",", ":") and stance != "vote" and positionwords.OPENS.search(text[start:end]):
        stop = whole[1]
    elif stance in positionwords.LISTED:
        following = text.find("、", end, high)
        if following >= 0 and text[following + 1 : following + 2] in ("怕", "嫌", "担"):
            stop = following
    for quoted in scene.quoted[bisect_left(scene.quoted, begin, key=lambda item: item.start) :][:3]:
        if quoted.start < stop < quoted.end:
            stop = min(quoted.end + 1, max(whole[1], stop))
    return trimmed(scene, begin, min(stop, begin + positionwords.LONGEST))


def _says(scene: Scene, start: int, end: int, stance: str) -> bool:
    """Whether the words say that somebody takes the position, and not that positions become fewer, are answered or stand in a rule."""
    text = scene.text
    low, high = near(scene, start)
    said = text[start:end]
    border = sentence(scene, start)[1]
    if text[border : border + 1] in ("？", "?") and not scene.quotes_around(start, end):
        return False
    if stance == "concern" and positionwords.COMFORTED.search(text, max(low, start - 3), start):
        return False
    if stance == "objection" and positionwords.ONE_WHO.match(text, end):
        return False
    if text.endswith("不是", max(0, start - 2), start):
        return False
    if positionwords.PASSIVE.search(text, max(low, start - 3), start) or positionwords.OF_IT.match(text, end):
        return False
    if stance == "vote":
        if said in ("表决", "投票") and not re.search("[0-9]", text[low:high]):
            return False
        first = scene.sentence(start)[0]
        listed = text.count("、", low, high) >= 2 and not re.search("[0-9]", text[low:high])
        counted = re.search("[0-9]", text[low:high]) is not None
        if "之二" in said or "之三" in said or "半" in said:
            counted = counted and re.search("业主|居民|村民|代表|户|票|表决", text[low:high]) is not None
        return not listed and (counted or not positionwords.RULES.search(text, max(first, low - 40), high))
    if stance == "demand":
        return not positionwords.NOUN.match(text, end) and not positionwords.ANSWERED.search(text, max(low, start - 14), end)
    if stance == "concession" and said in ("降到", "减为") and re.search("[由从]", text[low:start]):
        return False
    if stance == "concession" and said.startswith("接受") and positionwords.UNDERGOES.match(text, end):
        return False
    if stance == "concession":
        return not said.endswith(("签了字", "点了头", "同意签字", "理解支持")) or bool(positionwords.AT_LAST.search(text, low, start))
    if stance == "offer":
        return not positionwords.NO_OFFER.search(text, low, high)
    return not (stance == "objection" and said.startswith("挡在"))


def _holder(
    scene: Scene, start: int, end: int, stance: str, candidates: Sequence[tuple[int, int]], officials: Sequence[tuple[int, int]]
) -> tuple[int, int] | None:
    """Who takes the position: the party named before the cue in its clause, before the quotation it stands in, or as the subject of the
    clause before."""
    text = scene.text
    low = near(scene, start)[0]
    around = scene.quotes_around(start, end)
    if around and around[0].end - around[0].start > 6 and around[0].start > 1 and text[around[0].start - 2] in "：，说道:":
        first = max(scene.sentence(start)[0], around[0].start - 30)
        speaker = _before(candidates, first, around[0].start - 1)
        group = _before(candidates, first, speaker[0]) if speaker is not None else None
        return group if group is not None and speaker is not None and group[1] == speaker[0] else speaker
    holder = _before(candidates, low, start) or _inside(candidates, start, end)
    if positionwords.SOMEBODY.match(text, start, end) and stance == "option":
        return None
    if (
        holder is not None
        and holder[1] <= start
        and (start - holder[1] > positionwords.FAR or positionwords.BETWEEN.search(text, holder[1], start))
    ):
        holder = None
    official = _before(officials, low, start)
    if official is not None and (holder is None or official[0] > holder[0]) and stance == "demand":
        return None
    if holder is not None and stance == "vote" and positionwords.NO_VOTER.search(text[holder[0] : holder[1]]):
        return None
    if holder is None and stance in positionwords.NEED_CONTENT and start - low <= 3 and low > scene.sentence(start)[0] and official is None:
        previous = near(scene, low - 1)
        holder = _before(candidates, previous[0], previous[1])
        if holder is not None and (start - holder[1] > 30 or holder[0] - previous[0] > 8 or positionwords.BETWEEN.match(text, holder[1])):
            holder = None
    return holder


def _before(spans: Sequence[tuple[int, int]], low: int, high: int) -> tuple[int, int] | None:
    """The last span in [low, high)."""
    at = bisect_left(spans, (high, 0)) - 1
    while at >= 0 and spans[at][0] >= low:
        if spans[at][1] <= high:
            return spans[at]
        at -= 1
    return None


def _inside(spans: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    at = bisect_left(spans, (start, 0))
    return spans[at] if at < len(spans) and spans[at][1] <= end else None
