"""Why a claim of a language model is thrown away."""

from __future__ import annotations

from typing import Literal

Reason = Literal[
    "shape", "surplus", "type", "identifier", "quote", "name", "attribute", "value", "ends", "allowed", "direction", "modality", "form"
]
"""`shape`: not written as asked, or a field is missing; `surplus`: beyond what is looked at of one answer; `type` and `identifier`: not in
the schema or the vocabulary; `quote`: not in the text; `name`: not in the quotation; `attribute`: a further value not in the sentence;
`value`: a number or date that we read otherwise; `ends`: of a relation, not both in the quotation; `allowed`: not to be joined by it;
`direction`: the sentence does not tell it, or the other way round; `modality`: told as not done, planned or supposed; `form`: no name,
document or speech."""


class Rejected(Exception):
    """A claim does not hold."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason
