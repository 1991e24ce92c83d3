"""What the collection is made of: frozen values without I/O, shared by all parts.

Positions are code points of a reading's cleaned text (`start` inclusive, `end` exclusive). The fields of `Metadata`, `Case`, `Fact`
and `Comparison` are those of the export (see docs/formats.md); a field that does not apply is None or empty and is left out there.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Literal

from corpus.identity import digest
from corpus.offsets import OffsetMap

Role = Literal["background", "problem", "dispute", "options", "approach", "outcome", "insight", "other"]
ReportKind = Literal["case", "proposal", "news", "document"]
Stage = Literal["设想", "拟实施", "试点", "已实施", "已推广", "已停止"]
Outcome = Literal["已解决", "部分解决", "未解决", "反弹", "中止", "未记载"]
Modality = Literal["asserted", "planned", "negated", "conditional"]
FactType = Literal[
    "actor", "person", "place", "context", "issue", "position", "method", "platform", "programme", "step", "policy", "award",
    "measure", "outcome", "date", "quote", "relation",
]  # fmt: skip
EntityType = Literal["actor", "person", "place", "issue", "method", "platform", "programme", "policy", "award"]
ENTITY_TYPES: tuple[EntityType, ...] = ("actor", "person", "place", "issue", "method", "platform", "programme", "policy", "award")
Handling = Literal["内部资料", "工作秘密"]
OUTCOME_UNKNOWN: Outcome = "未记载"
NOT_TOLD = "文中未记载"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is said about a report as a whole; all as read. Dates in ISO form as precise as the text (2019-12-27, 2015-10, 2018)."""

    title: str = ""
    kind: ReportKind = "document"
    stage: Stage | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    publisher: str | None = None
    published: str | None = None
    place: str | None = None
    number: str | None = None
    applicant: str | None = None
    category: str | None = None
    award: str | None = None
    url: str | None = None
    issuer: str | None = None  # 发文机关
    document_number: str | None = None  # 发文字号
    addressee: str | None = None  # 主送机关
    attachments: tuple[str, ...] = ()  # 附件
    copies: str | None = None  # 抄送
    printed: str | None = None  # 印发日期, ISO
    handling: Handling | None = None


@dataclass(frozen=True, slots=True)
class Location:
    """Where in a file a stretch of its source text stands, for formats whose text the reader makes.

    `kind`: page (`value` its number from 1), cell (sheet!B7), row, note, box (`value` page:x0,y0,x1,y1 in pixels of the scan, `confidence`
    that of its recognition), damaged (what could not be repaired). Positions are code points of the source text.
    """

    kind: str
    start: int
    end: int
    value: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (may be empty) with what stands under it; `start` includes the heading. Sections do not overlap and come in order."""

    role: Role
    heading: str
    start: int
    end: int
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Case:
    """One 事例 inside a report: a place, a problem, a period, and the parts of the text that tell it (in order, not overlapping)."""

    id: str
    title: str
    spans: tuple[tuple[int, int], ...]
    place: str | None = None
    kind: ReportKind = "case"
    stage: Stage | None = None
    implemented: str | None = None
    community: str | None = None
    outcome: Outcome = OUTCOME_UNKNOWN

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]

    def holds(self, position: int) -> bool:
        return any(start <= position < end for start, end in self.spans)


def case_id(report: str, title: str, ordinal: int) -> str:
    """Id of a case: its report, title, and ordinal among the report's cases of the same title."""
    return digest("case", report, title, str(ordinal))


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text that is searched as one: at most about 400 characters, cut at sentence borders, inside one case or none.

    `text` is what is embedded: the title of its case or report, a line break, and the stretch (which alone may begin with the title).
    """

    id: str
    case: str | None
    start: int
    end: int
    text: str
    hash: str
    path: str = ""  # headings above it, joined by " › "
    role: Role = "other"


@dataclass(frozen=True, slots=True)
class Comparison:
    """`increase` and `decrease` from, to or by a value; `rank`; `share`. Numbers are in the unit of the measure that carries it."""

    type: str
    start: float | None = None  # exported as `from`
    to: float | None = None
    by: float | None = None
    by_unit: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """Something read in the text, with the words it was read from.

    `start`, `end`: the words themselves; `sentence_start`, `sentence_end`: the sentence around them, `sentence` its text;
    `evidence`: further spans that the fact rests on. `name` is what was read, as written. Facts of one type use the fields named for
    it in docs/formats.md.
    The id does not depend on offsets, rule or confidence, so a judgement about a fact survives re-reading.
    """

    id: str
    type: FactType
    name: str
    start: int
    end: int
    sentence: str
    sentence_start: int
    sentence_end: int
    case: str | None = None
    canonical: str | None = None
    aliases: tuple[str, ...] = ()
    kind: str | None = None
    post: str | None = None
    organisation: str | None = None
    concept: str | None = None
    evidence: tuple[tuple[int, int], ...] = ()
    modality: Modality = "asserted"
    speaker: str | None = None
    time: str | None = None
    place: str | None = None
    confidence: float = 1.0
    rule: str = ""
    aspect: str | None = None  # context
    holder: str | None = None  # position
    stance: str | None = None
    step: str | None = None
    state: str | None = None  # outcome
    told_by: str | None = None
    value: float | str | None = None  # measure: a number; date: ISO form
    value_max: float | str | None = None
    unit: str | None = None
    qualifier: str | None = None
    subject: str | None = None
    per: str | None = None
    comparison: Comparison | None = None
    relation: str | None = None
    head: str | None = None
    tail: str | None = None
    head_type: EntityType | None = None
    tail_type: EntityType | None = None


def fact_key(fact: Fact) -> tuple[str, ...]:
    """What was read, apart from where: type and name, or value and unit, or head, relation and tail; with what tells two readings apart."""
    if fact.type == "relation":
        return (fact.type, fact.head or "", fact.relation or "", fact.tail or "")
    if fact.type in ("measure", "date"):
        return (fact.type, str(fact.value), str(fact.value_max), fact.unit or "")
    return (fact.type, fact.name, fact.aspect or fact.stance or fact.step or fact.state or "")


_BUT_ID = attrgetter(*[item.name for item in fields(Fact) if item.name != "id"])  # a third of what dataclasses.replace costs


def with_ids(report: str, facts: list[Fact]) -> tuple[Fact, ...]:
    """Give each fact its id and order them by position: the ordinal counts equal readings of equal sentences, in the order of the text."""
    seen: dict[tuple[str, ...], int] = {}
    named = []
    for fact in sorted(facts, key=lambda f: (f.start, f.end, f.type, fact_key(f))):
        key = (*fact_key(fact), fact.sentence)
        ordinal = seen.get(key, 0)
        seen[key] = ordinal + 1
        named.append(Fact(digest("fact", report, *key, str(ordinal)), *_BUT_ID(fact)))
    return tuple(sorted(named, key=lambda f: (f.start, f.end, f.type, f.id)))


@dataclass(frozen=True, slots=True)
class Personal:
    """Personal data masked in the cleaned text: where it stood (cleaned text, source text), its kind, and the original characters."""

    start: int
    end: int
    source_start: int
    source_end: int
    kind: str
    original: str


@dataclass(frozen=True, slots=True)
class PageLines:
    """What is kept of a page to find the lines that recur on its site: hashes of its longest line, which copies of one article share, and
    of the lines that may be the site's own. `site` is what pages are counted together by."""

    site: str
    body: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one pipeline version read in one revision of a report.

    `source` is the source text that offsets lead back to, masked at the same places as `text` (one ＊ a character). `page` is None where
    the report belongs to no site; it is written with a reading and not given back with it.
    """

    id: str
    report: str
    revision: str
    pipeline: str
    text: str
    source: str
    offsets: OffsetMap
    metadata: Metadata
    sections: tuple[Section, ...] = ()
    cases: tuple[Case, ...] = ()
    passages: tuple[Passage, ...] = ()
    facts: tuple[Fact, ...] = ()
    personal: tuple[Personal, ...] = ()
    locations: tuple[Location, ...] = ()
    page: PageLines | None = None

    def at(self, start: int, end: int, kind: str = "page") -> tuple[Location, ...]:
        """The locations of a kind that the cleaned span [start, end) was taken from, in order."""
        low, high = self.offsets.to_source(start, end)
        return tuple(item for item in self.locations if item.kind == kind and item.start < max(high, low + 1) and low < item.end)


def reading_id(report: str, revision: str, pipeline: str, text: str) -> str:
    return digest("reading", report, revision, pipeline, text)


@dataclass(frozen=True, slots=True)
class Report:
    """One source in a collection as it stands now. `revision` is the SHA-256 of the source bytes, `number` counts revisions from 1."""

    id: str
    collection: str
    source: str
    metadata: Metadata
    reading: str
    revision: str
    number: int
    sample: bool = False
    corrected: tuple[str, ...] = ()  # fields that a person's judgement has set


@dataclass(frozen=True, slots=True)
class Mention:
    """One name in one report that may be the same thing as a name elsewhere. `scope` is the place chain or organisation that tells homonyms
    apart ("" where the name alone is enough); `facts` are the ids of the facts that speak of it."""

    key: str
    report: str
    type: EntityType
    name: str
    scope: str
    kind: str | None = None
    concept: str | None = None
    place: str | None = None
    names: tuple[str, ...] = ()  # the forms as read
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """What several mentions are taken to be. `forwards` are ids that lead here: those its mentions would have had alone."""

    id: str
    type: EntityType
    name: str
    kind: str | None = None
    aliases: tuple[str, ...] = ()
    place: str | None = None
    concept: str | None = None
    mentions: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    forwards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the feed: something of `kind` (report, entity, links, model) with this id is new or different, or gone."""

    number: int
    kind: str
    id: str
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person said. `kind`: withdrawn, field, same, different, name, wrong, label, relevant; `target`, `value` as it needs."""

    id: str
    kind: str
    target: str
    value: str
    who: str
    when: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A source that could not be read: `code` is that of the error, `message` names the file, the place in it and the remedy."""

    collection: str
    source: str
    code: str
    message: str
    when: str = ""
    path: str = ""  # the file on this machine that it came from, absolute; empty where there was none
    key: str = ""  # the key that the file itself had (a member of an archive has a longer one)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found by a channel, with its raw score there."""

    passage: str
    report: str
    case: str | None
    score: float
    reasons: tuple[str, ...] = field(default_factory=tuple)
