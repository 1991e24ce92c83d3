"""Cases: one report tells of one unless it shows that it tells of more.

It shows it by headings (案例一, 案例二; the same sub-headings again and again) or by telling, in different stretches, of different
communities, each with a problem and with what was done about it. Then each case holds the stretches that are about its place, to the
sentence; what is about the district around it, or about nothing in particular, is background and belongs to none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.model import Case, Section, case_id
from corpus.vocabulary import issue_finder
from ingest.segment.headings import Heading
from ingest.segment.paragraphs import paragraphs
from ingest.segment.roles import cue_roles
from ingest.segment.sentences import sentences
from ingest.segment.settlements import Settlement, settlements, wide_places

_QUOTED = re.compile(r"[“‘「]([^“”‘’「」，。\n]{2,8})[”’」]")
_OBJECT = re.compile(r"[\u4e00-\u9fff]{2}(?:中心|市场|公寓|广场|驿站|食堂|花园|大院|工程|议事厅|服务站)")
_TIME = re.compile(r"(?:19|20)\d\d年|\d{1,2}月|去年|今年|前年|近年|当时|那年|起初|曾经|过去")
_FAMOUS = re.compile("三社联动|社会联动|共建共治共享|最多跑一次|枫桥经验|基层治理|社会治理|社区治理|金点子|一站式|互联网")
Span = tuple[int, int]
_Found = tuple[str, tuple[Span, ...], str | None]  # title, spans, place


@dataclass(slots=True)
class _Thread:
    """One place's story while it is being cut out: `terms` are the names and coined words that it brought up."""

    place: Settlement
    terms: set[str]
    spans: list[Span] = field(default_factory=list)
    issue: str = ""


def cases(report: str, text: str, title: str, body: int, sections: Sequence[Section], headings: Sequence[Heading]) -> tuple[Case, ...]:
    """The cases of a report with their spans, in the order of the text; what belongs to none is background.

    Where there is one case, the title speaks of it, too.
    """
    end = len(text.rstrip())
    if body >= end:
        return ()
    found = _by_headings(text, end, headings) or _by_places(text, title, sections) or [(title, ((0, end),), None)]
    counts: dict[str, int] = {}
    out = []
    for name, spans, community in found:
        ordinal = counts.get(name, 0)
        counts[name] = ordinal + 1
        out.append(Case(case_id(report, name, ordinal), name, spans, community=None, place=community))
    return tuple(out)


def _by_headings(text: str, end: int, headings: Sequence[Heading]) -> list[_Found]:
    """The cases of a compilation, each from its title to the next title, part, or annex."""
    borders = [heading for heading in headings if heading.case or heading.apart]
    found: list[_Found] = []
    for heading, following in zip(borders, [*borders[1:], None], strict=False):
        if heading.case:
            stop = following.start if following else end
            found.append((heading.words, (_trimmed(text, heading.start, stop),), _place(text, heading, stop)))
    return found if len(found) > 1 else []


def _place(text: str, heading: Heading, end: int) -> str | None:
    """The settlement that a case's heading names, else the one that its text names first, else the seat of whoever handed it in."""
    places = settlements(text[heading.start : end])
    titled = text[heading.start : heading.end]
    return next((place.name for place in places if place.name in titled), None) or next((place.name for place in places), heading.place)


def _trimmed(text: str, start: int, end: int) -> Span:
    return start, start + len(text[start:end].rstrip())


def _by_places(text: str, title: str, sections: Sequence[Section]) -> list[_Found]:
    named = settlements(text)
    if len(named) < 2:
        return []
    places = [place for place in named if not any(place.base in other.base and place != other for other in named)]
    if any(place.base in title for place in places):
        return []
    lines = [(section, low, high) for section in sections for low, high in paragraphs(text, section.start, section.end)]
    anchors: dict[int, Settlement] = {}
    for n, (_, low, high) in enumerate(lines):
        if place := _anchor(text[low:high], places):
            anchors.setdefault(n, place)
    if len({place.name for place in anchors.values()}) < 2:
        return []
    threads = _threads(text, lines, anchors, places)
    threads = [thread for thread in threads if _is_story(text, thread)]
    if len(threads) < 2 or sum(len(thread.spans) for thread in threads) > 0.8 * len(lines) * len(threads):
        return []
    return [(_name(thread), _merged(text, thread.spans), thread.place.name) for thread in sorted(threads, key=lambda t: t.spans[0])]


def _anchor(paragraph: str, places: Sequence[Settlement]) -> Settlement | None:
    """The one place that a paragraph brings in together with a problem and a time."""
    named = [place for place in places if place.name in paragraph]
    if len(named) != 1 or not _TIME.search(paragraph):
        return None
    return named[0] if "problem" in cue_roles(paragraph) or issue_finder().find(paragraph) else None


def _threads(
    text: str, lines: list[tuple[Section, int, int]], anchors: dict[int, Settlement], places: Sequence[Settlement]
) -> list[_Thread]:
    threads: dict[str, _Thread] = {}
    wide = wide_places(text)
    inside: _Thread | None = None
    for n, (_, low, high) in enumerate(lines):
        line = text[low:high]
        place = anchors.get(n)
        named = [other for other in places if other.name in line or (len(other.base) > 2 and other.base in line)]
        if place:
            thread = threads.setdefault(place.name, _Thread(place, {place.base}))
            thread.terms |= _terms(line, wide, places)
            thread.issue = thread.issue or _issue(line)
            thread.spans.append((low, high))
            inside = thread
            continue
        if len(named) == 1 and named[0].name in threads:
            inside = threads[named[0].name]
        elif named and inside and inside.place not in named:
            inside = None
        if inside is not None:
            stop = _local_end(text, low, high, inside, wide)
            if stop > low:
                inside.spans.append((low, stop))
                inside.terms |= _terms(text[low:stop], wide, places) if any(term in line for term in inside.terms) else set()
            if stop < high:
                inside = None
    return list(threads.values())


def _terms(text: str, wide: frozenset[str], places: Sequence[Settlement]) -> set[str]:
    """Coined words in quotation marks and things with a name, by which a later paragraph shows that it goes on about the same."""
    found = {match[1] for match in _QUOTED.finditer(text)} | {match[0] for match in _OBJECT.finditer(text)}
    return {
        term
        for term in found
        if not _FAMOUS.fullmatch(term) and not any(name in term for name in wide) and not any(place.base in term for place in places)
    }


def _issue(text: str) -> str:
    found = issue_finder().find(text)
    return text[found[0][0] : found[0][1]] if found else ""


def _local_end(text: str, low: int, high: int, thread: _Thread, wide: frozenset[str]) -> int:
    """Where in a paragraph the story of the place ends: before a sentence that speaks of the larger place and of nothing of its own."""
    own = any(term in text[low:high] for term in thread.terms)
    spoken = any(name in text[low:high] for name in wide)
    if not spoken:
        return high
    if not own:
        return low
    end = low
    for start, stop in sentences(text, low, high):
        sentence = text[start:stop]
        if any(name in _without_quotes(sentence) for name in wide) and not any(term in sentence for term in thread.terms):
            break
        end = stop
    return end


def _without_quotes(sentence: str) -> str:
    return re.sub("“[^”]*”?", "", sentence)


def _is_story(text: str, thread: _Thread) -> bool:
    """Whether the stretches tell of a problem and of what was done about it or came of it."""
    told = "\n".join(text[start:end] for start, end in thread.spans)
    roles = cue_roles(told)
    return len(told) >= 80 and bool(roles & {"approach", "outcome"})


def _merged(text: str, spans: list[Span]) -> tuple[Span, ...]:
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and not text[out[-1][1] : start].strip():
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return tuple(out)


def _name(thread: _Thread) -> str:
    return f"{thread.place.name}：{thread.issue}" if thread.issue else thread.place.name
