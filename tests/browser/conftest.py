"""A real browser on a real server. Where there is no browser these tests are skipped, with a line that says how to get one."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from serving import HOSTILE, LIFT, MARKET, running, settings_for

NAMES = ("chromium", "chromium-browser", "google-chrome", "msedge")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
OVERLAPPING = LIFT.replace("柳荫里", "榆树湾")


def bring(address: str, identifier: str, text: str) -> str:
    """Send one report as json, wait until it can be found, and give its id."""
    body = json.dumps({"id": identifier, "text": text}).encode("utf-8")
    with urlopen(Request(f"{address}/v1/reports", body, {"Content-Type": "application/json"})) as answer:
        job = json.load(answer)
    while job["state"] in ("queued", "running"):
        with urlopen(f"{address}/v1/jobs/{job['id']}") as answer:
            job = json.load(answer)
    assert job["state"] == "done", job
    return str(job["reports"][0])


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server with a few reports."""
    with running(settings_for(tmp_path_factory.mktemp("pages"))) as address:
        for identifier, text in (("加梯", LIFT), ("加梯二", OVERLAPPING), ("市场", MARKET), ("<img src=x onerror=hacked()>", HOSTILE)):
            bring(address, identifier, text)
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = os.environ.get("JINDIANZI_BROWSER") or next((path for name in NAMES if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        executable = found or playwright.chromium.executable_path
        if not Path(executable).exists():
            pytest.skip("没有浏览器：apt-get install chromium，或 python -m playwright install chromium，或设置 JINDIANZI_BROWSER")
        opened = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture(params=[1280, 390], ids=["wide", "narrow"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A window; what its console or scripts complain of fails the test."""
    context = browser.new_context(viewport={"width": request.param, "height": 900}, locale="zh-CN")
    shown = context.new_page()
    complaints: list[str] = []
    shown.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    shown.on("pageerror", lambda error: complaints.append(str(error)))
    yield shown
    context.close()
    assert complaints == []


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A window without scripts."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()
