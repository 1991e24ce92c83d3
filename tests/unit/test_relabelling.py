"""A changed vocabulary comes to the stored readings without their files, and makes of them what reading the files again would make."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import invented
import pytest

import search_api.relabelling as relabelling
from corpus.catalogue import Catalogue, Incoming
from corpus.model import Judgement, Reading
from ingest.draft import RawReport
from ingest.pipeline import PIPELINE, WORDS_OF_READING, read_report
from ingest.relabelling import only_labels_differ, relabelled
from search_api.ingesting import ingest_found, reread
from search_api.relabelling import relabel

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "corpus" / "samples"
MASKED = "建议设立夜间停车位\n\n建议人张某某，手机号13800138000。建议在单位院内设立夜间停车位，供周边居民错时停车。\n"

# Run in a process of its own: the vocabulary with the first terms of every issue and method taken away reads the files into a store.
OLDER = """
import sys
import yaml
import corpus.vocabulary as vocabulary
from corpus.vocabulary import entry

present = entry.source


def poorer(items):
    for item in items:
        if len(item.get("terms", [])) > 3:
            del item["terms"][:3]
        poorer(item.get("children", []))


def source(name):
    data = present(name)
    if name not in ("issues.yaml", "methods.yaml"):
        return data
    tree = yaml.load(data, Loader=yaml.BaseLoader)
    for items in tree.values():
        poorer(item for item in items if isinstance(item, dict))
    tree["shared"] = []
    return yaml.safe_dump(tree, allow_unicode=True, sort_keys=False).encode()


entry.source = vocabulary.source = source
from pathlib import Path
from corpus.catalogue import Catalogue
from search_api.ingesting import ingest
from ingest.pipeline import PIPELINE

with Catalogue.open(sys.argv[1]) as catalogue:
    ingest(catalogue, [Path(name) for name in sys.argv[2:]], "案例")
print(PIPELINE)
"""
SPY = """
import sys
from corpus.vocabulary import entry

seen, present = set(), entry.source


def source(name):
    seen.add(name)
    return present(name)


entry.source = source
from pathlib import Path
from corpus.errors import UnreadableSource
from ingest.pipeline import segmented
from ingest.readers import find

for raw in find([Path(name) for name in sys.argv[1:]], collection="案例"):
    try:
        segmented("案例", raw)
    except UnreadableSource:
        pass
print(sorted(seen))
"""


def run(script: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().strip().splitlines()[-1]


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A store of samples and invented reports that an older vocabulary has read, and the version that says so."""
    folder = tmp_path_factory.mktemp("older")
    invented.write(folder / "材料", range(20))
    (folder / "材料" / "遮盖.txt").write_text(MASKED, encoding="utf-8")
    return folder / "a.db", run(OLDER, f"sqlite:///{folder / 'a.db'}", str(folder / "材料"), str(SAMPLES / "reports"))


@pytest.fixture
def store(older: tuple[Path, str], tmp_path: Path) -> Path:
    shutil.copy(older[0], tmp_path / "a.db")
    return tmp_path / "a.db"


@pytest.fixture
def catalogue(store: Path) -> Iterator[Catalogue]:
    with Catalogue.open(f"sqlite:///{store}") as opened:
        yield opened


def readings(catalogue: Catalogue) -> dict[str, Reading]:
    found = catalogue.readings([report.id for report in catalogue.reports()])
    return {id: replace(reading, personal=catalogue.personal(reading.id)) for id, reading in found.items()}


def test_the_result_is_that_of_reading_the_files_again(
    catalogue: Catalogue, store: Path, older: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert only_labels_differ(older[1])
    before = readings(catalogue)
    assert {reading.pipeline.partition("+")[0] for reading in before.values()} == {older[1]}
    shutil.copy(store, store.with_name("b.db"))
    changed = relabel(catalogue)
    left = catalogue.stale(PIPELINE)
    assert len(changed) == len(before) - len(left) > 20
    assert len(left) < len(before) / 4
    after = readings(catalogue)
    assert sum(after[id].facts != reading.facts for id, reading in before.items() if id not in left) > 5
    with Catalogue.open(f"sqlite:///{store.with_name('b.db')}") as other:
        monkeypatch.setattr(relabelling, "only_labels_differ", lambda pipeline: False)
        assert len(reread(other).changed) == len(before)
        expected = readings(other)
    assert {id: reading for id, reading in after.items() if id not in left} == {
        id: reading for id, reading in expected.items() if id not in left
    }
    monkeypatch.undo()
    assert len(reread(catalogue).changed) == len(left)
    assert readings(catalogue) == expected
    assert catalogue.stale(PIPELINE) == []


def test_what_lies_beside_the_text_stays(catalogue: Catalogue) -> None:
    by_source = {report.source: report for report in catalogue.reports()}
    masked = by_source["遮盖.txt"]
    catalogue.correct(masked.id, "title", "停车位", who="刘敏")
    catalogue.judge(Judgement("判断", "wrong", masked.reading, "", "刘敏", "", "试"))
    bytes_before = catalogue.revision_bytes(masked.id)
    relabel(catalogue)
    now = catalogue.report(masked.id)
    assert now.reading != masked.reading
    assert [one.original for one in catalogue.personal(now.reading)] == ["13800138000"]
    assert (now.metadata.title, now.number, catalogue.revision_bytes(masked.id)) == ("停车位", masked.number, bytes_before)
    assert catalogue.reading(masked.reading).pipeline != PIPELINE  # kept for the judgement about it


def test_stopped_in_the_middle_it_goes_on(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relabelling, "_BATCH", 5)
    taken: list[str] = []

    def stop(source: str, count: int) -> None:
        taken.append(source)
        if len(taken) == 12:
            raise KeyboardInterrupt

    total = len(catalogue.stale(PIPELINE))
    with pytest.raises(KeyboardInterrupt):
        relabel(catalogue, stop)
    done = total - len(catalogue.stale(PIPELINE))
    assert 5 <= done < 12
    rest = relabel(catalogue)
    assert len(rest) + done == total - len(catalogue.stale(PIPELINE))
    assert relabel(catalogue) == []


def test_what_was_read_again_meanwhile_stays(catalogue: Catalogue) -> None:
    report = next(report for report in catalogue.reports() if report.source == "000003.txt")
    item = relabelling._again(catalogue, report, catalogue.readings([report.id])[report.id])
    assert item is not None
    newer = RawReport("000003.txt", invented.report(77).encode(), "txt", "000003.txt")
    ingest_found(catalogue, [newer], "案例")
    assert catalogue.put_many([item]) == ["unchanged"]
    catalogue.withdraw(report.id, why="撤回", who="刘敏")
    assert catalogue.put_many([item]) == ["unchanged"]


def test_page_lines_stay(catalogue: Catalogue) -> None:
    head = "<head><title>加梯</title><meta property='og:url' content='https://www.news.example/{0}.html'></head>"
    page = f"<html>{head}<body><p>{{1}}</p></body></html>"
    raws = [
        RawReport(f"{at}.html", page.format(at, "</p><p>".join(invented.report(at).split("\n"))).encode(), "html", f"{at}.html")
        for at in range(3)
    ]
    ingest_found(catalogue, raws, "网页")
    lines = catalogue.site_pages("网页", "host:news.example")
    assert len(lines) == 3
    for report in catalogue.reports("网页"):
        reading = catalogue.readings([report.id])[report.id]
        old = replace(reading, pipeline=f"{PIPELINE[:-1]}_", id=f"{reading.id[:-1]}x", personal=())
        data, media = catalogue.revision_bytes(report.id)
        page_lines = next(page for of, _, page in lines if of == report.id)
        catalogue.put_many([Incoming(replace(old, page=page_lines), "网页", report.source, data, media)])
    assert len(relabel(catalogue)) > 3
    assert [(report, page) for report, _, page in catalogue.site_pages("网页", "host:news.example")] == [
        (of, page) for of, _, page in lines
    ]


def test_only_words_that_facts_hang_on_may_differ() -> None:
    steps, reading_words, _ = PIPELINE.split("-")
    assert only_labels_differ(f"{steps}-{reading_words}-000000000000")
    assert only_labels_differ(f"{steps}-{reading_words}-000000000000+abc")
    for other in (PIPELINE, f"{PIPELINE}+abc", f"1-{reading_words}-0", f"{steps}-00000000-0", "1-old", "another version", ""):
        assert not only_labels_differ(other)


def test_a_text_whose_cut_may_hang_on_issues_is_read_from_its_file() -> None:
    raw = RawReport("甲.txt", invented.report(1).encode(), "txt", "甲.txt")
    reading = replace(read_report("案例", raw), pipeline=PIPELINE[:-1] + "_")
    assert relabelled(reading) is not None
    (case,) = reading.cases
    assert relabelled(replace(reading, cases=(replace(case, spans=((0, 10),)),))) is None
    assert relabelled(replace(reading, metadata=replace(reading.metadata, stage="已停止"))) is None


def test_reading_a_file_takes_no_other_words() -> None:
    seen = set(ast.literal_eval(run(SPY, str(SAMPLES / "reports"), str(SAMPLES / "submissions"))))
    assert seen == {*WORDS_OF_READING, "issues.yaml"}
