"""The claims in what a language model wrote: JSON as asked for, in a fence, with talk around it, or cut off in the middle."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

MOST = 300
"""Claims of one answer that are looked at."""
_THOUGHT = re.compile(r"\A.*</think>", re.DOTALL)
_FENCE = re.compile(r"```[A-Za-z]*\s*(.*?)```", re.DOTALL)
_OPENING = re.compile(r"[{\[]")
_FACTS = re.compile(r'"facts"\s*:\s*\[')
_TRIES = 20  # openings in talk around the answer at which JSON is looked for
_GAP = re.compile(r"[\s,]*")


@dataclass(frozen=True, slots=True)
class Answer:
    """`claims` are as they came, of any shape. `surplus`: how many more there were. `cut`: the answer ended in the middle."""

    claims: tuple[object, ...]
    surplus: int = 0
    cut: bool = False


def read_answer(content: str) -> Answer | None:
    """The claims of an answer; None where it holds no list of facts in any form that is understood."""
    content = _THOUGHT.sub("", content).strip()
    for candidate in (content, *(match[1] for match in _FENCE.finditer(content))):
        claims = _claims(_whole(candidate))
        if claims is not None:
            return _answer(claims)
    found = _surrounded(content)
    return found if found is not None else _cut_off(content)


def _answer(claims: list[object], *, cut: bool = False) -> Answer:
    return Answer(tuple(claims[:MOST]), max(0, len(claims) - MOST), cut)


def _claims(value: object) -> list[object] | None:
    if isinstance(value, list):
        return value if not value or any(isinstance(item, dict) for item in value) else None
    if not isinstance(value, dict):
        return None
    facts = value.get("facts")
    if isinstance(facts, list):
        return facts
    return [value] if "type" in value and "quote" in value else None


def _whole(text: str) -> object:
    value, end = _decoded(text.strip(), 0)
    return value if end == len(text.strip()) else None


_decoder = json.JSONDecoder(parse_constant=lambda _: None)


def _decoded(text: str, at: int) -> tuple[object, int]:
    """The JSON value that begins at `at` and where it ends; (None, at) where there is none."""
    try:
        value, end = _decoder.raw_decode(text, at)
    except (ValueError, RecursionError):  # nested or long beyond reason is no answer either
        return None, at
    return value, end


def _surrounded(text: str) -> Answer | None:
    at = 0
    for _ in range(_TRIES):
        opening = _OPENING.search(text, at)
        if opening is None:
            return None
        value, end = _decoded(text, opening.start())
        claims = _claims(value)
        if claims is not None and ((isinstance(value, dict) and "facts" in value) or (isinstance(value, list) and value)):
            return _answer(claims)
        at = max(end, opening.end())
    return None


def _cut_off(text: str) -> Answer | None:
    """The facts before the place where an answer ends in the middle."""
    start = _FACTS.search(text)
    if start is None:
        return None
    claims: list[object] = []
    at = start.end()
    while True:
        gap = _GAP.match(text, at)
        at = gap.end() if gap else at
        if not text.startswith("{", at):
            break
        value, end = _decoded(text, at)
        if end == at:
            break
        claims.append(value)
        at = end
    return _answer(claims, cut=True) if claims else None
