"""Quotations with their speakers, and the stretches in which somebody's words are told without quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.extract import speech
from ingest.extract.finding import Finding
from ingest.extract.persons import Person
from ingest.extract.scene import Quoted, Scene

_VERB = (
    "介绍道|介绍说|介绍|说道|说起|说出|说|表示|认为|坦言|指出|强调|解释道|解释说|解释|回忆道|回忆说|回忆|"
    "感慨道|感慨|感叹道|感叹|告诉|补充道|补充|透露|称赞|称|问道|问|答道|回答|看来|提醒|呼吁|抱怨|点赞|"
    "道|直言|讲|笑着|反映|反问|喊|念叨|建议|提出"
)
_AFTER = re.compile(rf"[，,]?(?:在)?(?P<who>[^，。！？；：,:“”\n]{{1,24}}?)(?:[^，。！？；“”\n]{{0,14}}?)(?:{_VERB})")
_BEFORE = re.compile(
    rf"(?P<who>[^，。！？；：,:“”\n]{{1,30}}?)(?:[^。！？；“”\n]{{0,16}}?)(?:{_VERB})(?:[^。！？；“”\n]{{0,8}}?)[：:，,]?$"
)
_TOLD = re.compile(rf"(?:据|在)?(?P<who>[\u4e00-\u9fff]{{2,4}})(?:向[^，。]{{1,8}})?(?:{_VERB})[，,：:]?")
_GROUPS = re.compile(
    "(?P<group>(?:[一几多]位|几名|一名|不少|许多|很多|有|部分)?(?:[\u4e00-\u9fff]{0,8})(?:居民|业主|住户|村民|商户|摊主|摊贩|群众|"
    "老人|奶奶|爷爷|大爷|大妈|阿姨|负责人|工作人员|社工|志愿者|"
    "网格员|书记|主任|家长|租户|房东|店主|老板|骑手|老党员|相关人士|专家|代表)们?)"
)
_STOPS = re.compile("[，。！？；,!?;]")
_PRONOUN = re.compile("[，,]?[她他](?!们)[^，。！？；“”\n]{1,12}")
_PRONOUN_BEFORE = re.compile(f"[她他](?!们)[^，。！？；“”\\n]{{0,14}}(?:[：:]|(?:{_VERB})[，,])$")
_OTHERS = re.compile("[”]|住户|居民|业主|村民|商户|家长|摊主|租户|另一|对方|有人|大家")
_KIN = re.compile("的?(?:妈妈|爸爸|母亲|父亲|奶奶|爷爷|家人?|妻子|丈夫|儿子|女儿|孩子)")
_NEAR = 60
_CONFIDENCE = {
    "quote.before": 0.93,
    "quote.after": 0.93,
    "quote.line": 0.8,
    "quote.subject": 0.85,
    "quote.pronoun": 0.8,
    "quote.shared": 0.8,
    "quote.nearest": 0.65,
    "quote.unattributed": 0.6,
}
_LOOKBACK = 200
_ENDS = "。！？…!?"
_ADVERBS = re.compile(
    "(?:高兴|激动|感慨|自豪|欣慰|无奈|坦率|笑呵呵|乐呵呵|开心|兴奋|由衷|深有感触|纷纷|都|这样|如此|也|笑着|连连|不禁|曾|对此|"
    "最后|后来|终于|当场|当时|一直|常常|总|还|又|反复|对记者|向记者|告诉记者|说起[^，]*|提起[^，]*)+地?$"
)


@dataclass(slots=True)
class Quote:
    """Somebody's words at [start, end), without the marks."""

    start: int
    end: int
    speaker: str | None
    person: Person | None
    rule: str


class Speech:
    """Who speaks where: in quotations, and behind 陈某认为 to the end of the sentence."""

    def __init__(self, quotes: Sequence[Quote], told: Sequence[tuple[int, int, str]]) -> None:
        self.quotes = list(quotes)
        self._starts = [quote.start for quote in self.quotes]
        self._told = sorted(told)
        self._told_starts = [start for start, _, _ in self._told]

    def quote_at(self, position: int) -> Quote | None:
        at = bisect_right(self._starts, position) - 1
        return self.quotes[at] if at >= 0 and position < self.quotes[at].end else None

    def between(self, position: int, low: int, high: int) -> tuple[int, int]:
        """[low, high) around a position outside quotations, cut at the quotations on both sides."""
        at = bisect_right(self._starts, position)
        before = self.quotes[at - 1].end if at else low
        after = self.quotes[at].start if at < len(self.quotes) else high
        return max(low, before), min(high, after)

    def speaker(self, position: int) -> str | None:
        quote = self.quote_at(position)
        if quote is not None:
            return quote.speaker
        at = bisect_right(self._told_starts, position) - 1
        return self._told[at][2] if at >= 0 and position < self._told[at][1] else None


def listen(scene: Scene, people: Sequence[Person]) -> Speech:
    quotes: list[Quote] = []
    for item in scene.quoted:
        if item.depth == 0:
            quote = _quote(scene, people, item, quotes[-1] if quotes else None)
            if quote is not None:
                quotes.append(quote)
    quotes = _with_interview(scene, people, quotes)
    _share(scene, quotes)
    return Speech(quotes, _told(scene, people, quotes))


def _with_interview(scene: Scene, people: Sequence[Person], quotes: Sequence[Quote]) -> list[Quote]:
    """With what a person says behind a colon that his name begins a line with, to the end of the paragraph (周梅：我们满意。)."""
    text = scene.text
    told = []
    for person in people:
        if text[person.end : person.end + 1] not in ("：", ":") or text[person.end + 1 : person.end + 2] in tuple('“‘「"'):
            continue
        low, high = scene.paragraph(person.start)
        if not text[low : person.start].strip(" 　") and speech.is_statement(text[person.end + 1 : high].rstrip()):
            told.append(Quote(person.end + 1, high, person.name, person, "quote.line"))
    starts = [quote.start for quote in told]
    kept = [quote for quote in quotes if (at := bisect_right(starts, quote.start) - 1) < 0 or told[at].end <= quote.start]
    return sorted([*kept, *told], key=lambda quote: quote.start)


def _quote(scene: Scene, people: Sequence[Person], item: Quoted, previous: Quote | None) -> Quote | None:
    """The quotation between a pair of marks; None for a name, a slogan or a single word."""
    text = scene.text
    words = text[item.start : item.end]
    spoken = speech.sounds_spoken(scene, item)
    if not spoken:
        if len(words) < 4 or (not _STOPS.search(words.rstrip(_ENDS)) and words[-1] not in _ENDS and not _announced(text, item)):
            return None
        if words[-1] not in _ENDS and not _STOPS.search(words) and not speech.is_closed(text, item.end):
            return None
        if speech.is_named(text, item.end) or (words[-1] not in _ENDS and speech.is_theme(text, item)):
            return None
    speaker, person, rule = _attribution(scene, people, item)
    if not spoken:
        if speaker is None and words[-1] not in _ENDS and len(words) < 20:
            return None
        if speaker is None and (speech.is_motto(text, item) or (previous is None and len(words) < 12)):
            return None
    elif speaker is None and words[-1] not in _ENDS and len(words) < 6:
        return None
    return Quote(item.start, item.end, speaker, person, rule)


def _announced(text: str, item: Quoted) -> bool:
    """Words of speech with a colon before the mark."""
    return bool(re.search(rf"(?:{_VERB})[：:，,]$", text[max(0, item.start - 8) : item.start - 1]))


def _attribution(scene: Scene, people: Sequence[Person], item: Quoted) -> tuple[str | None, Person | None, str]:
    text = scene.text
    sentence_start = min(scene.sentence(item.start)[0], item.start - 1)
    low = max(sentence_start, item.start - 60, _last_mark(text, item.start - 1) + 1)
    before = text[low : item.start - 1]
    subject = speech.subject(before)
    if subject is not None and not _GROUPS.search(subject):
        person = _last_person(people, max(low, scene.clause(item.start - 2)[0]), item.start - 1)
        return (person.name, person, "quote.before") if person is not None else (subject, None, "quote.subject")
    match = _BEFORE.search(before)
    if match is not None and (before.rstrip()[-1:] in "：:，,道说" or speech.SAID.search(before)):
        person = _last_person(people, low, item.start - 1)
        if person is not None:
            return person.name, person, "quote.before"
        group = _group(match.group())
        if group:
            return group, None, "quote.before"
    if before.rstrip()[-1:] in ("：", ":"):
        person = _last_person(people, max(low, scene.clause(item.start - 2)[0]), item.start - 1)
        if person is not None:
            return person.name, person, "quote.before"
        group = _group(before[-30:])
        if group:
            return group, None, "quote.before"
    high = scene.paragraph(item.end)[1]
    behind = _first_person(people, item.end, min(high, item.end + 44))
    after = _AFTER.match(text, item.end + 1, min(high, item.end + 60))
    if behind is not None and _names_speaker(text, item.end + 1, behind, after is not None):
        return behind.name, behind, "quote.after"
    if _PRONOUN.match(text, item.end + 1) or _PRONOUN_BEFORE.search(before):
        earlier = _last_person(people, scene.paragraph(item.start)[0], item.start)
        if earlier is not None:
            return earlier.name, earlier, "quote.pronoun"
    if after is not None and (text[item.end - 1] in _ENDS or text[item.end + 1 : item.end + 2] in ("，", ",")):
        group = _group(after.group())
        if group:
            return group, None, "quote.after"
    if text[item.end - 1] in _ENDS:
        near = _last_person(people, max(scene.paragraph(item.start)[0], item.start - _NEAR), item.start)
        if near is not None and not _OTHERS.search(text, near.end, item.start) and (behind is None or behind.name == near.name):
            return near.name, near, "quote.nearest"
    if text[item.end - 1] not in _ENDS:
        near = _last_person(people, max(scene.sentence(item.start)[0], scene.paragraph(item.start)[0]), item.start)
        if near is not None and not _OTHERS.search(text, near.end, item.start) and not _KIN.match(text, near.end):
            return near.name, near, "quote.nearest"
    return None, None, "quote.unattributed"


def _names_speaker(text: str, position: int, person: Person, verb: bool) -> bool:
    """Whether the first person behind a quotation (its end at `position`) is who spoke: `verb` tells of a word of speech there."""
    between = text[position : person.start]
    if re.search("[。！？；“：]", between) or between.count("，") + between.count(",") > 1:
        return False
    return verb or person.post is not None or re.fullmatch("[，,]?在?", between) is not None


def _last_mark(text: str, position: int) -> int:
    low = max(0, position - _LOOKBACK)
    return max(text.rfind("”", low, position), text.rfind("\n", low, position), low - 1)


def _group(words: str) -> str | None:
    """Speakers without a name: 一位居民, 社区负责人."""
    match = _GROUPS.search(_ADVERBS.sub("", words))
    if match is None or match["group"][0] in "对向跟给和与把被":
        return None
    return re.sub("^(?:也|还|却|又|但)?(?:有(?![关的]))?", "", match["group"])


def _first_person(people: Sequence[Person], low: int, high: int) -> Person | None:
    at = bisect_left(people, low, key=lambda person: person.start)
    return people[at] if at < len(people) and people[at].end <= high else None


def _last_person(people: Sequence[Person], low: int, high: int) -> Person | None:
    at = bisect_left(people, high, key=lambda person: person.start) - 1
    return people[at] if at >= 0 and people[at].start >= low else None


def _share(scene: Scene, quotes: Sequence[Quote]) -> None:
    """A quotation without an attribution goes on with the words of the one before it in the paragraph, or begins those of the next."""
    for index, quote in enumerate(quotes):
        if quote.speaker is not None:
            continue
        for other in (quotes[index - 1] if index else None, quotes[index + 1] if index + 1 < len(quotes) else None):
            if (
                other is not None
                and other.speaker is not None
                and scene.paragraph(other.start) == scene.paragraph(quote.start)
                and _one_voice(scene.text, quote, other)
            ):
                quote.speaker, quote.person, quote.rule = other.speaker, other.person, "quote.shared"
                break


def _one_voice(text: str, first: Quote, second: Quote) -> bool:
    low, high = sorted((first.end, second.end))[0], sorted((first.start, second.start))[1]
    return high - low <= 120


def _told(scene: Scene, people: Sequence[Person], quotes: Sequence[Quote]) -> list[tuple[int, int, str]]:
    """陈宏萍认为……: from the verb to the end of the sentence, as far as no quotation comes between."""
    text = scene.text
    starts = [quote.start for quote in quotes]
    found = []
    for person in people:
        verb = re.compile(rf"(?:向[^，。]{{1,8}})?(?:{_VERB})[，,：:]?").match(text, person.end)
        if verb is None or verb.group().startswith(("提出", "建议", "反映", "道", "讲")):
            continue
        end = scene.sentence(person.start)[1]
        at = bisect_left(starts, verb.end())
        if at < len(starts):
            end = min(end, starts[at] - 1)
        if end - verb.end() > 4:
            found.append((verb.end(), end, person.name))
    return found


def find(heard: Speech) -> list[Finding]:
    """One fact a quotation: its words as name, with the speaker and, where the text has just told it, his post."""
    return [
        Finding(
            "quote",
            quote.start,
            quote.end,
            quote.rule,
            _CONFIDENCE[quote.rule],
            speaker=quote.speaker,
            modality="asserted",
            post=quote.person.post if quote.person is not None else None,
            organisation=quote.person.organisation if quote.person is not None else None,
        )
        for quote in heard.quotes
    ]
