"""Fixtures of the API's tests.

`library` is one application with a few reports, shared by the tests that only read (starting one loads the model); a test that changes
anything asks for `fresh`, which is empty.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import HOSTILE, LIFT, MARKET, PRIVATE, application, send
from starlette.testclient import TestClient


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with application(tmp_path_factory.mktemp("library")) as client:
        rows = [{"id": "T-1", "text": "一段关于楼道堆物的记录。居民把旧家具堆在楼道里，社区多次上门劝说。", "title": "楼道堆物"}]
        lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        for name, text in (("加梯.txt", LIFT), ("市场.txt", MARKET), ("建议.txt", PRIVATE), ("<b>坏.txt", HOSTILE), ("表.jsonl", lines)):
            assert send(client, name, text)["state"] == "done"
        yield client


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[TestClient]:
    with application(tmp_path) as client:
        yield client
