"""Leftovers of markup in plain text, as exports of web sites and databases leave them: entities (&nbsp;, escaped twice: &amp;nbsp;), tags
(<br>, ruby readings with their text), and runs of escaped characters (%E7%A4%BE, \\u793e, =E7=A4=BE)."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from html.entities import html5

from corpus.offsets import Edit
from ingest.characters import HAN
from ingest.draft import Draft

STEP = "markup"
_START = re.compile(r"\\[nrtx]|&(?:amp;|#?[A-Za-z0-9])|<[A-Za-z/!]|%[0-9A-Fa-fu]|\\[u/\"]|=[0-9A-F]{2}=")
_ENTITY = re.compile(r"&(?:(?:amp;){0,4}(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,10});|nbsp(?![A-Za-z0-9=]))")
_KNOWN = frozenset(name[:-1] for name in html5 if name.endswith(";"))
_TAG = re.compile(
    r"<!--[^<>]{0,2000}?-->|<(?:rt|rp)>[^<>]{0,20}</(?:rt|rp)>"
    r"|</?(?:p|br|div|span|strong|b|i|em|u|s|a|img|font|h[1-6]|li|ul|ol|dl|dt|dd|table|tr|td|th|tbody|thead|section|article|center|sup|sub|ruby"
    r"|rt|rp|rb|o:p|label|big|small|blockquote|pre|hr|wbr|nobr|iframe|input|video|strike|figure|figcaption)(?:\s{1,4}[A-Za-z_][^<>]{0,500})?\s{0,4}/?>",
    re.IGNORECASE,
)
_BREAKS = re.compile(r"</?(?:p|br|div|h[1-6]|li|ul|ol|dl|dt|dd|table|tr|section|article|center|blockquote|pre|hr)\b", re.IGNORECASE)
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})(?:%[0-9A-Fa-f]{2}|[A-Za-z0-9_.~+-](?=[A-Za-z0-9_.~+-]{0,3}%[0-9A-Fa-f]{2}))*")
_QUOTED = re.compile(r"(?:=[0-9A-F]{2}(?:=\r?\n)?){4,}")
_POINTS = re.compile(r"(?:(?:\\u|%u)[0-9a-fA-F]{4}){2,}|\\u[4-9][0-9a-fA-F]{3}")
_SLASHED = re.compile(r"\\([\"/])")
_BROKEN = re.compile(r"(?:\\r\\n|\\[nrt]|\\x0[aAdD])+(?![A-Za-z])")
_LINK = re.compile(r"(?:https?://|www\.)[^\s\u4e00-\u9fff]*$")
_CHINESE = re.compile(f"[{HAN}]")


_REPLY = re.compile(r"^[ \t]?(?:> ?){1,5}(?![A-Za-z]*:)", re.MULTILINE)  # before the lines of a letter that is answered
_REPLIES = 3


def markup(draft: Draft) -> list[Edit]:
    """Edits that resolve entities and escapes and take tags out; those of blocks become line breaks. Addresses of pages stay."""
    text = draft.text
    replies = list(_REPLY.finditer(text)) if ">" in text else []
    edits = [Edit(match.start(), match.end(), "", STEP) for match in replies] if len(replies) >= _REPLIES else []
    if not _START.search(text):
        return edits
    taken = bytearray(len(text))
    for edit in edits:
        taken[edit.start : edit.end] = b"\x01" * (edit.end - edit.start)
    for pattern, resolve in _WAYS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if taken.find(1, start, end) >= 0 or (new := resolve(match)) is None:
                continue
            taken[start:end] = b"\x01" * (end - start)
            edits.append(Edit(start, end, new, STEP))
    return edits


def _tag(match: re.Match[str]) -> str | None:
    return "\n" if _BREAKS.match(match[0]) else ""


def _entity(match: re.Match[str]) -> str | None:
    plain = re.sub("(?:amp;)+", "", match[0]) if not re.fullmatch("&(?:amp;)+", match[0]) else "&amp;"
    name = plain[1:].rstrip(";")
    if not name.startswith("#") and name not in _KNOWN:
        return None
    return unescape(plain if plain.endswith(";") else plain + ";").replace("\r", "").replace("\n", "")


def _percent(match: re.Match[str]) -> str | None:
    """Bytes of UTF-8 or GB 18030 as browsers escape them; a per cent sign before two digits is one."""
    if match[0].count("%") < 2 or _LINK.search(match.string, max(0, match.start() - 300), match.start()):
        return None
    parts = re.findall("%([0-9A-Fa-f]{2})|(.)", match[0])
    return _chinese(b"".join(bytes.fromhex(pair) if pair else sign.encode() for pair, sign in parts))


def _quoted(match: re.Match[str]) -> str | None:
    return _chinese(bytes.fromhex(re.sub(r"=\r?\n|=", "", match[0])))


def _points(match: re.Match[str]) -> str | None:
    data = bytes.fromhex(re.sub(r"\\u|%u", "", match[0]))
    text = data.decode("utf-16-be", "replace")
    return text if "\ufffd" not in text and "\x00" not in text else None


def _slashed(match: re.Match[str]) -> str | None:
    return match[1] if _CHINESE.match(match.string, match.end()) or _CHINESE.match(match.string, max(0, match.start() - 1)) else None


def _broken(match: re.Match[str]) -> str | None:
    """Line ends that were written out (\\n) beside Chinese text."""
    sides = match.string[max(0, match.start() - 1) : match.start()] + match.string[match.end() : match.end() + 1]
    if not any(side > "\u2000" for side in sides):
        return None
    return " " if set(match[0]) == {"\\", "t"} else "\n"


def _chinese(data: bytes) -> str | None:
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CHINESE.search(text) or (encoding == "utf-8" and any(sign > "\u2000" for sign in text)):
            return text
    return None


_WAYS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]], ...] = (
    (_TAG, _tag),
    (_ENTITY, _entity),
    (_PERCENT, _percent),
    (_QUOTED, _quoted),
    (_POINTS, _points),
    (_SLASHED, _slashed),
    (_BROKEN, _broken),
)
