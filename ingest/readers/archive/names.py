"""The names of what an archive holds: bytes of an unknown encoding become text, and paths that lead out of it are told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.characters import plausibility

_ENCODINGS = ("gb18030", "big5hkscs", "cp932", "cp437")
_LIKELY = {"gb18030": 1.0, "cp437": -1.0}  # an archive of Chinese files is mostly packed on a Chinese Windows
_DRIVE = re.compile(r"^[A-Za-z]:")
_KANA = re.compile("[\u3041-\u30ff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


def decoded(names: Sequence[bytes]) -> list[str]:
    """Names of one archive as text: UTF-8 where all are, else the one encoding in which they read most like Chinese.

    A name that this encoding does not hold is decided by itself; in the end its odd bytes become U+FFFD.
    """
    foreign = [name for name in names if not name.isascii()]
    whole = b"\n".join(foreign)
    encoding = "utf-8" if _fits(whole, "utf-8") else _best(whole)
    return [_decode(name, encoding) for name in names]


def safe(name: str) -> str | None:
    """The path with `/` between its steps and nothing that does not print; None where it would lead out of a folder."""
    path = name.replace("\\", "/")
    if path.startswith("/") or _DRIVE.match(path):
        return None
    steps = [step for step in path.split("/") if step not in ("", ".")]
    return None if ".." in steps else _CONTROL.sub("\ufffd", "/".join(steps))


def shown(name: str) -> str:
    """A path as a message can show it."""
    return _CONTROL.sub("\ufffd", name.replace("\\", "/"))[:200]


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _best(data: bytes) -> str | None:
    fitting = [encoding for encoding in _ENCODINGS if _fits(data, encoding)]
    return max(fitting, key=lambda encoding: plausibility(_kanji(data.decode(encoding))) + _LIKELY.get(encoding, 0.0), default=None)


def _kanji(text: str) -> str:
    """Kana as a character that is neither rare nor frequent: they are no damage."""
    return _KANA.sub("町", text)


def _decode(name: bytes, encoding: str | None) -> str:
    if encoding is None or not _fits(name, encoding):
        encoding = "utf-8" if _fits(name, "utf-8") else _best(name) or "gb18030"
    return name.decode(encoding, "replace")
