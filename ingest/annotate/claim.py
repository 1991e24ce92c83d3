"""One claim of a language model, looked at field by field: whatever it holds, only strings and finite numbers come out."""

from __future__ import annotations

import math
from collections.abc import Mapping

from ingest.annotate.reasons import Rejected
from ingest.extract import numerals

_LONGEST = 600


class Claim:
    """Fields that were not asked for are never looked at."""

    def __init__(self, value: object) -> None:
        if not isinstance(value, Mapping):
            raise Rejected("shape")
        self._fields: Mapping[object, object] = value

    def words(self, name: str) -> str | None:
        """The string of this field, None where it is absent or empty. Raises Rejected for anything else, and for one beyond all measure."""
        value = self._fields.get(name)
        if value is None:
            return None
        if not isinstance(value, str) or len(value) > _LONGEST:
            raise Rejected("shape")
        return value.strip() or None

    def wanted(self, name: str) -> str:
        """As `words`, where the claim must have it."""
        value = self.words(name)
        if value is None:
            raise Rejected("shape")
        return value

    def number(self, name: str) -> float | None:
        """A number, or a string that says one (12万, 1,433). Raises Rejected for anything else."""
        value = self._fields.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, str):
            read = numerals.read(value.strip().removesuffix("%")) if _is_numeral(value) else None
            value = None if read is None else read.low
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Rejected("shape")
        try:
            number = float(value)
        except OverflowError:
            raise Rejected("shape") from None
        if not math.isfinite(number):
            raise Rejected("shape")
        return number


def _is_numeral(words: str) -> bool:
    return 0 < len(words.strip()) <= 20 and set(words.strip()) <= set(
        "0123456789０１２３４５６７８９,，.．%零〇一二两三四五六七八九十百千万亿点"
    )
