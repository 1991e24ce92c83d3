"""What tells titles of cases from other headings in a compilation: what the three ways to find them share."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.segment.numbering import numbered
from ingest.segment.roles import cue_roles, role_of_heading
from ingest.segment.titling import Head

STORIES = 0.6  # share of the titles under which a story must be told where nothing else speaks for cases
EDGE = re.compile(
    r"^(?:[前序引]言|代?序[一二三]?|总序|编者按|编者的话|编[写辑]说明|说明|导[读言语]|凡例|后记|编后记?|跋|致谢|结束语|附[录件表图].{0,30}|参考文献.*|"
    r"参考资料|目录|封[面底]|索引|.{0,24}(?:通知|评审委员会|编委会|名单|评审专家|评审说明|总体情况|综述))$"
)
PART = re.compile(r"[^，。：:]{2,12}[篇编辑]$|^[\u4e00-\u9fff]{2,10}类(?:案例|[（(].{1,8}[）)])?$")


@dataclass(frozen=True, slots=True)
class Line:
    """What is known of a line as a heading: `mark` its level as the format gives it, `level` as it was found; `words` without number."""

    level: int
    words: str
    mark: int | None = None


@dataclass(frozen=True, slots=True)
class Begin:
    """Where a case begins, or (`case` False) what belongs to none: a part's title, a preface, an annex."""

    head: Head
    case: bool


def with_others(lines: Sequence[str], start: int, heads: Sequence[Head]) -> list[Begin]:
    """The cases with the titles of the parts that they stand in, and with what comes behind the last of them (后记, 附录)."""
    taken = {n for item in heads for n in range(item.first, item.last)}
    last = heads[-1].last
    others = [
        n
        for n in range(start, len(lines))
        if n not in taken and len(lines[n]) <= 40 and (is_part(lines[n]) or (n > last and len(lines[n]) <= 20 and is_edge(lines[n])))
    ]
    begins = [*(Begin(item, True) for item in heads), *(Begin(Head(n, n + 1, lines[n]), False) for n in others)]
    return sorted(begins, key=lambda begin: begin.head.first)


def is_story(lines: Sequence[str], item: Head, heads: Sequence[Head], others: set[int] | None = None) -> bool:
    """Whether the text under a title tells of trouble, of what was done and of what came of it, each in its own words."""
    following = [other.first for other in heads if other.first > item.first] + [n for n in others or () if n > item.first]
    roles = cue_roles("\n".join(lines[item.last : min(following, default=len(lines))]))
    return "approach" in roles and "outcome" in roles and bool(roles & {"problem", "dispute"})


def share(heads: Sequence[Head], holds: Callable[[Head], bool]) -> float:
    return sum(map(holds, heads)) / len(heads) if heads else 0.0


def bare(title: str) -> str:
    return (numbered(title).rest or title).strip(" 【】〖〗：:。")


def is_role(words: str) -> bool:
    """Whether words are a heading that reports consist of (案例背景), as the vocabulary lists them, and no preface."""
    found = role_of_heading(words)
    return found is not None and found[1] == 1.0 and not EDGE.match(words)


def sounds_like_part(title: str) -> bool:
    found = role_of_heading(title)
    return found is not None and (found[1] == 1.0 or (found[0] != "approach" and len(title) <= 12))


def is_part(line: str) -> bool:
    return len(line) <= 40 and (numbered(line).style == "part" or PART.search(line) is not None)


def is_edge(line: str) -> bool:
    return EDGE.match(bare(line)) is not None
