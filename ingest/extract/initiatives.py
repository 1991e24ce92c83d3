"""Named methods, platforms and programmes: by quotation marks, numerals (三社联动, 3+X), the vocabulary, or their last word."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from corpus.model import FactType
from corpus.vocabulary import Concept, Cue, concept
from ingest.extract import coined, described, nameforms, nameheads, namewords
from ingest.extract.actors import Actor
from ingest.extract.awards import HONOUR
from ingest.extract.finding import Finding
from ingest.extract.nameforms import Name as Name
from ingest.extract.quotes import Speech
from ingest.extract.scene import Quoted, Scene
from ingest.extract.sweep import Names
from ingest.extract.telling import in_title
from ingest.extract.wordlist import word_set

_LONGEST_NAME = 24
_LETTERS = re.compile("[\u4e00-\u9fffA-Za-z]")
_NUMBER_NAME = re.compile("[0-9]{2,5}[”’」](?:平台|工作法|机制|模式|行动|热线|系统|项目)")
_PUNCTUATION = re.compile("[，。！？；：,!?;:]")
_AWARDED = re.compile(r"[”’」](?:荣誉|先进|光荣)?(?:称号|奖|荣誉|示范点|示范社区|观测点|联系点|试验区)|^[”’」]验收")
_AFTER_NAME = re.compile("为(?:主题|重点|目标|内容|题|核心|主线|导向|原则)|社区|小区|街道|村|路|广场|公司|队|协会|志愿")
_BESIDE = re.compile("[”’」](?:[、和与及]|以及)?[\u4e00-\u9fff]{0,9}[“‘「]")
_IN_NAMES = word_set("n nz nr ns nt ng nrt nl vn v b j l i m a an s eng g zg ad k q")


def find_names(scene: Scene, speech: Speech, actors: Sequence[Actor], methods: Iterable[tuple[int, int, Cue]]) -> list[Name]:
    """Names in order; of two that overlap the quoted one, then the longer one stays."""
    found: list[Name] = []
    known: dict[str, FactType] = {}
    bodies = {(actor.start, actor.end) for actor in actors}
    quoted = [item for item in scene.quoted if (item.start, item.end) not in bodies and _may_be_name(scene, speech, item)]
    for item in quoted:
        name = _quoted_name(scene, item) or _listed(scene, item, found[-1] if found else None)
        if name is not None:
            found.append(name)
            known.setdefault(scene.text[name.start : name.end], name.type)
    found.extend(nameforms.fixed(scene, actors))
    shown = {name.start for name in found}
    found.extend(name for name in coined.find(scene) if name.start not in shown)
    found.extend(nameforms.parts(scene, found))
    for part in found:
        if part.rule == "name.part":
            known.setdefault(scene.text[part.start : part.end], part.type)
    headed = [*_numbered(scene), *nameheads.by_head(scene)]
    for name in [*found, *headed]:
        for member in nameforms.members(scene.text, scene.text[name.start : name.end]) if name.type == "method" else ():
            known.setdefault(member, name.type)
        short = namewords.LATIN_SHORT.match(scene.text, name.end)
        if short is not None:
            known.setdefault(short[1], name.type)  # 自评量表（SDS）
    taken = {name.start for name in found}
    firm = {scene.text[name.start : name.end] for name in found if _is_firm(scene.text, name)}
    found.extend(
        Name(item.start, item.end, known[words], "name.again", 0.85)
        for item in quoted
        if item.start not in taken and (words := scene.text[item.start : item.end]) in firm and _again_named(scene.text, item.end)
    )
    found.extend(_again(scene, known, {name.start for name in found}))
    found.extend(headed)
    methods = list(methods)
    found.extend(_from_vocabulary(scene, methods, actors, {scene.text[name.start : name.end] for name in found}))
    kept = _apart(scene, found)
    described.link(scene, methods, kept)
    return sorted([*kept, *described.find(scene, methods, kept)], key=lambda name: name.start)


def _listed(scene: Scene, item: Quoted, previous: Name | None) -> Name | None:
    """“迎客厅”、某站“百通岗”: what stands in a list beside a name is one too."""
    if previous is None or previous.rule == "name.again":
        return None
    gap = scene.text[previous.end : item.start]
    words = scene.text[item.start : item.end]
    if not _BESIDE.fullmatch(gap) or namewords.NO_LINK.search(gap) or namewords.SLOGAN.search(words):
        return None
    return Name(item.start, item.end, namewords.head_type(words) or previous.type, "name.listed", 0.8)


def _again(scene: Scene, known: dict[str, FactType], taken: set[int]) -> list[Name]:
    """Further mentions of the quoted names, with and without marks."""
    names = [
        name
        for name in sorted(known)
        if len(name) >= 4
        or "+" in name
        or (len(name) >= 3 and (namewords.head_type(name) or name.isascii() or name[0] in namewords.NUMERALS))
    ]
    if not names:
        return []
    return [
        Name(start, end, known[name], "name.again", 0.82)
        for start, end, name in Names(names).find(scene.text)
        if start not in taken and not in_title(scene, start, end) and not (name.isascii() and scene.text[start - 1 : start] in tuple("（("))
    ]


def _may_be_name(scene: Scene, speech: Speech, item: Quoted) -> bool:
    words = scene.text[item.start : item.end]
    if (
        not 2 <= len(words) <= _LONGEST_NAME
        or not (_LETTERS.search(words) or _NUMBER_NAME.match(scene.text, item.start))
        or _PUNCTUATION.search(words)
        or namewords.SCARE.search(words)
    ):
        return False
    quote = speech.quote_at(item.start)
    return quote is None or quote.start != item.start


def _quoted_name(scene: Scene, item: Quoted) -> Name | None:
    """A name in quotation marks, recognised by its own last word, the word after it, or what introduces it."""
    text = scene.text
    words = text[item.start : item.end]
    behind = text[item.end : item.end + 24]
    if _AWARDED.match(behind) or "《" in words or words.endswith(("奖", "称号")) or HONOUR.search(words):
        return None
    following = namewords.FOLLOWING_HEAD.match(behind)
    low = max(scene.clause(item.start - 1)[0], item.start - 30)
    opening = namewords.INTRODUCED.search(text[low : item.start - 1])
    introduced = opening is not None
    lead = text[max(0, item.start - 8) : item.start - 1]
    numbered = namewords.NUMBERED.fullmatch(words) is not None or (
        namewords.ROW_OF_NUMERALS.fullmatch(words) is not None
        and (introduced or namewords.ANNOUNCED.search(lead) is not None or namewords.BOUND_BY.search(lead) is not None)
    )
    if namewords.BY_OFFICIALS.fullmatch(words):
        return Name(item.start, item.end, "programme", "name.by_officials", 0.85)
    own = namewords.head_type(words)
    if words.endswith("改革") or (words.endswith("点") and not introduced):
        own = None
    linked = (
        following is not None
        and not namewords.NO_LINK.search(following["between"])
        and ("、" not in following["between"] or following["between"][0] == "进")
    )
    if linked and following is not None and not (namewords.SLOGAN.search(words) and len(words) < 5):
        kind = namewords.HEAD_TYPES[following["head"]]
        if (
            own is not None
            and not words.endswith(namewords.HELD)
            and ((kind == "platform" and own == "method") or namewords.whole_head(words))
        ):
            kind = own
        return Name(item.start, item.end, kind, "name.quoted_head", 0.92, alias=words + behind[1 : following.end()])
    presented = namewords.PRESENTED.match(text, item.end)
    if presented is not None and not namewords.SLOGAN.search(words) and not namewords.BODY.search(words):
        return Name(item.start, item.end, namewords.HEAD_TYPES[presented["head"]], "name.presented", 0.85)
    if namewords.DONE_SO.match(behind) and not namewords.SLOGAN.search(words) and len(words) > 2:
        return Name(item.start, item.end, "method", "name.done_so", 0.85)
    if numbered:
        return Name(item.start, item.end, own or "method", "name.numbered", 0.92)
    if own is not None and (introduced or len(words) >= 4) and not namewords.SLOGAN.search(words):
        return Name(item.start, item.end, own, "name.quoted_own", 0.88 if introduced else 0.75)
    if introduced and not namewords.SLOGAN.search(words) and len(words) >= 3 and not _AFTER_NAME.match(behind[1:]) and behind[1:2] != "的":
        return Name(
            item.start,
            item.end,
            own or ("method" if "+" in words else None) or namewords.introduced_type(opening.group() if opening is not None else ""),
            "name.introduced",
            0.7,
        )
    ahead = namewords.HEAD_BEFORE.search(lead)
    if (
        ahead is not None
        and not namewords.SLOGAN.search(words)
        and not namewords.BODY.search(words)
        and behind[1:2] != "的"
        and not _AFTER_NAME.match(behind[1:])
    ):
        kind = namewords.HEAD_TYPES.get(ahead.group(), "programme")
        return Name(item.start, item.end, own or kind, "name.head_before", 0.85)
    if namewords.ANNOUNCED.search(lead) and 4 <= len(words) <= (8 if lead.endswith("提出") else 14) and _own_words(words, behind):
        return Name(item.start, item.end, own or "method", "name.announced", 0.72)
    if re.search("联动|共治|自治|共建共享|协商|联建$", words) and text.count(words) > 1:
        return Name(item.start, item.end, "method", "name.quoted_own", 0.75)
    return None


def _is_firm(text: str, name: Name) -> bool:
    """Whether the words in marks are a name wherever they stand again: what introduces them or the noun directly behind shows it."""
    if name.rule == "name.quoted_head":
        return (name.alias or "")[name.end - name.start :] in namewords.HEAD_TYPES
    return name.rule != "name.listed"


def _again_named(text: str, end: int) -> bool:
    """Whether the words in marks stand by themselves and not before a noun (“三农”工作)."""
    return namewords.ends_name(text[end : end + 4]) or text[end + 1 : end + 2] in tuple("的中上里是被")


def _own_words(words: str, behind: str) -> bool:
    """Whether the words in marks are a name of their own and no body's."""
    return namewords.ends_name(behind) and not namewords.SLOGAN.search(words) and not namewords.BODY.search(words)


def _numbered(scene: Scene) -> list[Name]:
    found = []
    position = 0
    for first in namewords.NUMBERED_BEGINNING.finditer(scene.text):
        match = namewords.NUMBERED.match(scene.text, first.start()) if first.start() >= position else None
        if match is None or match.group()[0] == "多":
            continue
        position = match.end()
        start, end = match.span()
        if match.group()[0].isdigit() or match.group()[1:2] in "+＋":
            found.append(Name(start, end, "method", "name.numbered", 0.88))
            continue
        start = _leftmost(scene, max(0, start - 10) if match.group().endswith("法") else start, end)
        if end - start >= 3 and scene.word_starts_at(end):
            found.append(Name(start, end, namewords.head_type(scene.text[start:end]) or "method", "name.numbered", 0.88))
    return found


def _leftmost(scene: Scene, start: int, end: int) -> int:
    """Cut a match that began inside a sentence to the words that belong to the name."""
    at = scene.token(end - 1)
    begin = scene.starts[at]
    while at > 0 and scene.starts[at - 1] >= start and _belongs(scene.words[at - 1], scene.flags[at - 1]):
        at -= 1
        begin = scene.starts[at]
    return max(start, begin)


def _belongs(word: str, flag: str) -> bool:
    if word in nameheads.WALK_STOP or not word.strip() or not word[0].isalnum():
        return False
    return flag in _IN_NAMES


def _from_vocabulary(scene: Scene, methods: Iterable[tuple[int, int, Cue]], actors: Sequence[Actor], named: Collection[str]) -> list[Name]:
    """Terms of the vocabulary that name a way of working; each once a sentence. Those that are somebody (居民骨干) name no method."""
    found = []
    seen: set[tuple[int, str]] = set()
    ends = [actor.end for actor in actors]
    for start, end, cue in methods:
        words = scene.text[start:end]
        at = bisect_left(ends, start + 1)
        key = (scene.sentence(start)[0], words)
        if key in seen or in_title(scene, start, end) or (at < len(actors) and actors[at].start < end):
            continue
        head = namewords.head_type(words)
        if (words in namewords.GENERIC or words.endswith(("示范点", "联系点"))) and not any(name.endswith(words) for name in named):
            continue
        if isinstance(cue, Concept) and (namewords.METHOD_TERM.search(words) or head == "platform"):
            seen.add(key)
            kind: FactType = "platform" if head == "platform" else "method"
            found.append(Name(start, end, kind, "method.term", 0.8, concept=cue.id, description=True))
    return found


def _apart(scene: Scene, names: Sequence[Name]) -> list[Name]:
    """Names that overlap lend each other what they know; the better one stays. The same words have one type all over the text."""
    ordered = sorted(names, key=lambda name: (name.start, -(name.end - name.start), name.description))
    kept: list[Name] = []
    for name in ordered:
        clash = next((other for other in reversed(kept[-3:]) if name.start < other.end and other.start < name.end), None)
        if clash is None:
            kept.append(name)
            continue
        better, worse = (
            (name, clash)
            if (clash.description, -clash.confidence, -(clash.end - clash.start))
            > (name.description, -name.confidence, -(name.end - name.start))
            else (clash, name)
        )
        better.concept = better.concept or worse.concept
        if better is name:
            kept[kept.index(clash)] = name
    types: dict[str, FactType] = {}
    return [
        replace(name, type=types.setdefault(words, name.type)) if (words := scene.text[name.start : name.end]) else name for name in kept
    ]


def find(names: Iterable[Name], scene: Scene) -> list[Finding]:
    return [
        Finding(
            name.type,
            name.start,
            name.end,
            name.rule,
            name.confidence,
            concept=name.concept,
            canonical=concept(name.concept).label if name.described and name.concept else _canonical(scene.text[name.start : name.end]),
            aliases=(name.alias,) if name.alias else (),
        )
        for name in names
    ]


def _canonical(words: str) -> str:
    return words.strip("“”‘’「」").replace("＋", "+")
