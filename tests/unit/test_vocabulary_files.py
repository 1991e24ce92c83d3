"""Malformed vocabulary files are refused with file, line and entry; the files ship inside a wheel; the version follows them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import corpus
from corpus import vocabulary
from corpus.errors import SettingError
from corpus.vocabulary import actors, basis, concepts, narrative
from corpus.vocabulary.entry import parse


def malformed(function: Callable[[], object], module: object, text: str, monkeypatch: pytest.MonkeyPatch) -> SettingError:
    """The complaint of an uncached vocabulary function about `text` in place of its file."""
    monkeypatch.setattr(module, "load", lambda name: parse(name, text))
    with pytest.raises(SettingError) as caught:
        function.__wrapped__()  # type: ignore[attr-defined]
    return caught.value


ISSUE = "{id: a, label: 甲, scope: x, terms: [停车难], children: [{id: a.b, label: %s, scope: x, terms: [%s]}]}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"resident: [{ISSUE % ('甲', '加梯')}]\ngoverning: []", "label 重复：甲"),
        (f"resident: [{ISSUE % ('乙', '停车难')}]\ngoverning: []", "term 重复：停车难"),
        ("resident: [{id: a, label: 甲, scope: x, children: [{id: b.c, label: 乙, scope: x}]}]", "id 应以“a.”开头"),
        ("resident: [{id: a, label: 甲, scope: x, term: [加梯]}]", "不认识的字段“term”"),
        ("resident: [{id: a, label: 甲}]", "缺少字段“scope”"),
        ("resident: [{id: a, label: 甲, scope: x, patterns: ['(电梯']}]", "正则表达式“(电梯”有误"),
        ("resident: [{id: a, label: 甲, scope: x, patterns: ['电?']}]", "与空文字相符"),
        ("resident: [{id: a, label: 甲, scope: x, terms: 加梯}]", "“terms”应为列表"),
        ("resident: [{id: a, label: 甲, scope: x, terms: [加梯, 加梯]}]", "“terms”中有重复：加梯"),
        ("resident: [{id: a, id: b, label: 甲, scope: x}]", "字段“id”出现两次"),
        ("resident: [加梯]", "应为一组字段"),
        ("resident: [{id: [a], label: 甲, scope: x}]", "“id”应为文字"),
        ("resident: [", "不是有效的 YAML"),
        ("- a", "最外层"),
    ],
)
def test_a_malformed_issue_file_is_refused_with_the_reason(text: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    error = malformed(vocabulary.issues, concepts, text, monkeypatch)
    assert said in error.what
    assert error.where.startswith("issues.yaml")
    assert error.remedy


def test_a_complaint_names_line_and_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "resident:\n  - id: a\n    label: 甲\n    scope: x\n    children:\n      - {id: a.b, label: 乙, scope: ' x'}\n"
    error = malformed(vocabulary.issues, concepts, text, monkeypatch)
    assert error.where == "issues.yaml 第 6 行 a.b"


def test_shared_terms_must_be_declared(monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"shared: [停车难]\nresident: [{ISSUE % ('乙', '停车难')}]\ngoverning: []"
    monkeypatch.setattr(concepts, "load", lambda name: parse(name, text))
    assert [issue.id for issue in vocabulary.issues.__wrapped__()] == ["a", "a.b"]


@pytest.mark.parametrize(
    ("function", "module", "text", "said"),
    [
        (vocabulary.policies, basis, "policies: [{id: a, title: 甲, kind: law, issuer: x, in_force: 1.1.2021}]", "日期"),
        (vocabulary.policies, basis, "policies: [{id: a, title: 甲, kind: law, issuer: x, replaced: 2021}]", "须同时给出"),
        (vocabulary.policies, basis, "policies: [{id: a, title: 甲, kind: poem, issuer: x}]", "没有“poem”这种依据"),
        (vocabulary.policies, basis, "policies: [{id: a, title: 甲, kind: law, issuer: x, revised: ['2021', '2020']}]", "按先后"),
        (vocabulary.bodies, basis, "bodies: [{old: [a], new: [b], level: x}]", "缺少字段“date”"),
        (vocabulary.surnames, actors, "single: [王 欧阳]\ncompound: [上官]", "单姓应为一字"),
        (vocabulary.headings, narrative, "words: {plot: [情节]}\npatterns: []\ncues: []", "不认识的字段“plot”"),
        (vocabulary.headings, narrative, "words: {background: [问题], problem: [问题]}\npatterns: []\ncues: []", "同时属于"),
        (vocabulary.stances, narrative, "stances: [{label: 反对}]\nholders: [{label: 甲}]\ntopics: [{label: 乙}]", "应恰为"),
    ],
)
def test_other_malformed_files_are_refused(
    function: Callable[[], object], module: object, text: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert said in malformed(function, module, text, monkeypatch).what


def test_the_version_follows_the_files(monkeypatch: pytest.MonkeyPatch) -> None:
    before = vocabulary.version()
    assert re.fullmatch(r"[0-9a-f]{32}", before)
    assert vocabulary.version.__wrapped__() == before
    original = vocabulary.source
    monkeypatch.setattr(vocabulary, "source", lambda name: original(name).replace(b"\n", b"\r\n"))
    assert vocabulary.version.__wrapped__() == before
    monkeypatch.setattr(vocabulary, "source", lambda name: original(name) + (b"\n# x" if name == "issues.yaml" else b""))
    assert vocabulary.version.__wrapped__() != before


def test_it_is_read_from_a_wheel(tmp_path: Path) -> None:
    package = Path(corpus.__file__).parent
    with zipfile.ZipFile(tmp_path / "包.whl", "w") as wheel:
        for path in sorted(package.rglob("*")):
            if path.suffix in (".py", ".yaml"):
                wheel.write(path, path.relative_to(package.parent).as_posix())
    code = "import corpus.vocabulary as v; print(v.__file__); print(v.version())"
    run = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, sys.argv[1]); {code}", str(tmp_path / "包.whl")],
        capture_output=True,
        check=True,
        cwd=tmp_path,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    origin, version = run.stdout.split("\n")[:2]
    assert "包.whl" in origin
    assert version == vocabulary.version()
