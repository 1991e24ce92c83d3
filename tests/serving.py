"""The real application over real stores in a folder, for the tests of the API and of the pages. The texts are written for these tests."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from search_api.app import create_app, server
from search_api.settings import Settings

LIFT = """柳荫里加装电梯的三次协商

一、背景
柳荫里社区建于1992年，共有六层住宅18栋，没有电梯。2021年3月，二单元的业主提出加装电梯。

二、难点
一楼业主周先生反对加装电梯，担心采光变差、房价下跌。

三、做法
社区党委牵头成立加梯协商小组，先后召开三次协商会。经表决，12户中有10户同意，同意率83.3%。
高层住户补偿一楼业主每户2万元，周先生在协议上签字。

四、成效
2022年6月，电梯投入使用，总投入48万元，每户平均出资3.5万元。
"""
MARKET = """南桥农贸市场整治情况

南桥农贸市场摊位占道经营，居民多次投诉脏乱差。2019年5月，街道办事处联合城管部门开展集中整治，清理占道摊位63个。
整治后不到三个月，占道经营又出现反弹。社区随后成立市场议事会，由摊主和居民代表共同商议划线经营的办法。
截至2020年1月，投诉由38件下降到11件。
"""
PRIVATE = """关于设立社区夜间停车位的建议

建议人张某某，身份证号999999199003074515，手机号13800138000。
建议在单位院内设立夜间停车位，供周边居民错时停车。
"""
HOSTILE = """<script>window.hacked=1</script>小区垃圾分类

<img src=x onerror="window.hacked=1">居民反映垃圾分类督导员太少，垃圾投放点脏乱。社区召开居民议事会，决定实行积分制。
"""


def settings_for(folder: Path) -> Settings:
    """Settings of a store of its own; files are read in this process, which starts sooner (tests/unit/test_workers.py has the others)."""
    url = f"sqlite:///{folder / 'store.db'}"
    return Settings(
        store=url, graph=url, index=url, model="auto", cache=folder / "cache", host="127.0.0.1", port=8000, user=None, workers=0
    )


@contextmanager
def application(folder: Path) -> Iterator[TestClient]:
    """A started application; answers of what failed unexpectedly come as they would over the network."""
    with TestClient(create_app(settings_for(folder)), base_url="http://127.0.0.1:8000", raise_server_exceptions=False) as client:
        yield client


def send(client: TestClient, name: str, text: str, **params: str) -> dict[str, Any]:
    """Upload one text and wait until it can be found. Returns the job."""
    answer = client.post("/v1/reports", params=params, files={"file": (name, text.encode("utf-8"))})
    assert answer.status_code == 202, answer.text
    return settled(client, answer.json()["id"])


def bring_row(client: TestClient, row: dict[str, str]) -> dict[str, Any]:
    """Send one report as json. Returns the job as it is at first."""
    answer = client.post("/v1/reports", json=row)
    assert answer.status_code == 202, answer.text
    return dict(answer.json())


def settled(client: TestClient, job: str) -> dict[str, Any]:
    until = time.monotonic() + 60
    while (body := client.get(f"/v1/jobs/{job}").json())["state"] in ("queued", "running"):
        assert time.monotonic() < until, body
        time.sleep(0.05)
    return dict(body)


def pages(client: TestClient, path: str, **params: str | int) -> Iterator[dict[str, Any]]:
    """The bodies of a list, one page after the other."""
    cursor: str | None = ""
    while cursor is not None:
        body = client.get(path, params=params | ({"cursor": cursor} if cursor else {})).json()
        yield body
        cursor = body["next"]


@contextmanager
def running(settings: Settings) -> Iterator[str]:
    """A real server on a free loopback port, in a thread. Gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    made = server(replace(settings, port=port))
    thread = threading.Thread(target=made.run, daemon=True)
    thread.start()
    try:
        until = time.monotonic() + 60
        while not made.started:
            assert thread.is_alive(), "the server ended"
            assert time.monotonic() < until
            time.sleep(0.02)
        yield f"http://127.0.0.1:{port}"
    finally:
        made.should_exit = True
        thread.join()
