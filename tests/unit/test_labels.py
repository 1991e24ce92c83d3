"""One table of label words for forms and for columns, and where the two readings of it differ."""

from __future__ import annotations

import pytest

from ingest.labels import COLUMNS, FORMS
from ingest.readers import columns
from ingest.repair import labels


def test_both_read_the_same_table() -> None:
    for word, field in FORMS.items():
        assert labels.field_of(word) == field
        if word in COLUMNS and columns.plain(word) == word:
            assert columns.field_of(word) == COLUMNS[word]


def test_what_is_private_on_a_form_is_private_over_a_column() -> None:
    for word, field in FORMS.items():
        if field == "private":
            assert columns.field_of(word) == "private", word
        if field == "contact":
            assert columns.field_of(word) in ("contact", "authors"), word


@pytest.mark.parametrize(
    ("word", "form", "column"),
    [
        ("责任单位", "applicant", "ignore"),
        ("承办单位", "handler", "ignore"),
        ("活动名称", "award", "title"),
        ("第一作者", "contact", "authors"),
        ("专家意见", "free", "opinion"),
        ("案例内容", "free", "text"),
        ("主要做法", "free", "section"),
        ("得分", "score", None),
        ("备注", "free", None),
        ("序号", None, "ordinal"),
        ("户籍地址", "private", "private"),
        ("现住址", "private", "private"),
        ("联络员", "contact", "contact"),
        ("申报奖项", "award", "award"),
    ],
)
def test_words_that_say_another_thing_over_a_column(word: str, form: str | None, column: str | None) -> None:
    assert labels.field_of(word) == form
    assert columns.field_of(word) == column
