"""Getting a model from a folder, a jar, Maven and a hub: verified, atomic, resumed, with the reason of each source that failed.

The hub is a real HTTP server in the test, Maven a script that behaves as the client does.
"""

from __future__ import annotations

import errno
import hashlib
import os
import random
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from corpus.embed import Fetched, Limits, Model, Step, fetch
from corpus.embed.files import ModelFile, check
from corpus.embed.given import GivenSource
from corpus.embed.hub import HubSource, endpoint
from corpus.embed.maven import MavenSource
from corpus.errors import ModelError, ModelMissing

WEIGHTS = random.Random(5).randbytes(400_000)
TOKENIZER = '{"词表": []}'.encode()
LIMITS = Limits(connect=10, silence=10, maven_silence=20)
SHORT = Limits(connect=10, silence=0.5, maven_silence=2)


def _file(name: str, data: bytes, hub: str) -> ModelFile:
    return ModelFile(name, len(data), hashlib.sha256(data).hexdigest(), hub)


MODEL = Model(
    name="tiny",
    title="tiny",
    licence="MIT",
    dimension=8,
    most_tokens=16,
    files=(_file("model.onnx", WEIGHTS, "onnx/model_quantized.onnx"), _file("tokenizer.json", TOKENIZER, "tokenizer.json")),
    maven="org.example:tiny:1.0",
    hub="someone/tiny",
    revision="abc",
)


@dataclass
class Hub:
    """What the server holds and how it misbehaves; `ranges` is what it was asked for, `/path -> Range header`."""

    files: dict[str, bytes] = field(default_factory=dict)
    address: str = ""
    cut_after: list[int] = field(default_factory=list)  # bytes after which an answer breaks off, one answer each
    hang_after: int | None = None
    takes_ranges: bool = True
    redirects: bool = False
    ranges: list[tuple[str, str]] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)


def _handler(hub: Hub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Keep the test's output clean."""

        def do_GET(self) -> None:
            if hub.redirects and not self.path.startswith("/cdn"):
                self.send_response(302)
                self.send_header("Location", "/cdn" + self.path)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            path = self.path.removeprefix("/cdn")
            asked = self.headers.get("Range", "")
            hub.ranges.append((path.rsplit("/", 1)[-1], asked))
            data = hub.files.get(path)
            if data is None:
                self.send_error(404)
                return
            start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and hub.takes_ranges else 0
            if start and start >= len(data):
                self.send_error(416)
                return
            self.send_response(206 if start else 200)
            if start:
                self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
            self.send_header("Content-Length", str(len(data) - start))
            self.end_headers()
            self._send(data[start:])

        def _send(self, body: bytes) -> None:
            if hub.hang_after is not None:
                self.wfile.write(body[: hub.hang_after])
                self.wfile.flush()
                hub.released.wait(20)
            elif hub.cut_after and len(body) > hub.cut_after[0]:
                self.wfile.write(body[: hub.cut_after.pop(0)])
                self.close_connection = True
            else:
                self.wfile.write(body)

    return Handler


@pytest.fixture
def hub() -> Iterator[Hub]:
    hub = Hub({f"/someone/tiny/resolve/abc/{file.hub}": data for file, data in zip(MODEL.files, (WEIGHTS, TOKENIZER), strict=True)})
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(hub))
    hub.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield hub
    hub.released.set()
    server.shutdown()
    thread.join()
    server.server_close()


def contents(cache: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in MODEL.folder(cache).iterdir() if path.name != "checked.json"}


WHOLE = {"model.onnx": WEIGHTS, "tokenizer.json": TOKENIZER}


def from_hub(hub: Hub, cache: Path, report: list[Step] | None = None) -> Fetched:
    return fetch(MODEL, cache, sources=[HubSource(hub.address)], limits=LIMITS, report=None if report is None else report.append)


class TestHub:
    def test_files_are_fetched_and_a_second_time_asks_nobody(self, hub: Hub, tmp_path: Path) -> None:
        steps: list[Step] = []
        assert from_hub(hub, tmp_path, steps).source == "Hugging Face"
        assert contents(tmp_path) == WHOLE
        assert steps[-2].done == steps[-2].total == len(WEIGHTS)
        asked = len(hub.ranges)
        assert from_hub(hub, tmp_path).source == "cache"
        assert len(hub.ranges) == asked

    def test_a_redirect_to_a_file_server_is_followed(self, hub: Hub, tmp_path: Path) -> None:
        hub.redirects = True
        hub.cut_after = [100_000]
        from_hub(hub, tmp_path)
        assert contents(tmp_path) == WHOLE

    def test_an_answer_that_breaks_off_is_resumed_where_it_was(self, hub: Hub, tmp_path: Path) -> None:
        hub.cut_after = [150_000, 100_000]
        from_hub(hub, tmp_path)
        assert contents(tmp_path) == WHOLE
        assert hub.ranges[:3] == [
            ("model_quantized.onnx", ""),
            ("model_quantized.onnx", "bytes=150000-"),
            ("model_quantized.onnx", "bytes=250000-"),
        ]

    def test_a_silent_server_is_given_up_and_the_next_call_goes_on(self, hub: Hub, tmp_path: Path) -> None:
        hub.hang_after = 120_000
        began = time.monotonic()
        with pytest.raises(ModelMissing, match="没有动静"):
            fetch(MODEL, tmp_path, sources=[HubSource(hub.address)], limits=SHORT)
        assert time.monotonic() - began < 10
        assert contents(tmp_path) == {"model.onnx.part": WEIGHTS[:120_000]}
        hub.hang_after = None
        from_hub(hub, tmp_path)
        assert contents(tmp_path) == WHOLE
        assert ("model_quantized.onnx", "bytes=120000-") in hub.ranges

    def test_a_server_without_ranges_sends_all_again(self, hub: Hub, tmp_path: Path) -> None:
        hub.takes_ranges = False
        hub.cut_after = [150_000]
        from_hub(hub, tmp_path)
        assert contents(tmp_path) == WHOLE

    def test_an_interrupt_keeps_the_part_for_the_next_call(self, hub: Hub, tmp_path: Path) -> None:
        def interrupt(step: Step) -> None:
            if step.done > 200_000:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            fetch(MODEL, tmp_path, sources=[HubSource(hub.address)], limits=LIMITS, report=interrupt)
        (kept,) = contents(tmp_path).items()
        assert kept[0] == "model.onnx.part"
        assert WEIGHTS.startswith(kept[1])
        from_hub(hub, tmp_path)
        assert contents(tmp_path) == WHOLE
        assert hub.ranges[1] == ("model_quantized.onnx", f"bytes={len(kept[1])}-")

    def test_a_part_of_another_file_is_thrown_away(self, hub: Hub, tmp_path: Path) -> None:
        folder = MODEL.folder(tmp_path)
        folder.mkdir(parents=True)
        for left in (b"x" * 1000, b"x" * len(WEIGHTS), b"x" * (len(WEIGHTS) + 9)):
            (folder / "model.onnx.part").write_bytes(left)
            (folder / "model.onnx").unlink(missing_ok=True)
            from_hub(hub, tmp_path)
            assert contents(tmp_path) == WHOLE

    def test_wrong_bytes_are_refused_and_leave_nothing(self, hub: Hub, tmp_path: Path) -> None:
        name = next(iter(hub.files))
        for wrong in (b"?" + WEIGHTS[1:], WEIGHTS + b"more", b"<html>please log in</html>"):
            hub.files[name] = wrong
            with pytest.raises(ModelMissing) as raised:
                from_hub(hub, tmp_path)
            assert hub.address in str(raised.value)
            assert not (MODEL.folder(tmp_path) / "model.onnx").exists()
        hub.files[name] = WEIGHTS
        from_hub(hub, tmp_path)
        assert contents(tmp_path) == WHOLE

    @pytest.mark.parametrize("address", ["http://127.0.0.1:1", "nonsense", "http://[", "ftp://127.0.0.1"])
    def test_an_address_where_nobody_answers_is_named(self, address: str, tmp_path: Path) -> None:
        with pytest.raises(ModelMissing) as raised:
            fetch(MODEL, tmp_path, sources=[HubSource(address)], limits=LIMITS)
        assert address in raised.value.what

    def test_a_status_that_is_no_file_is_named(self, hub: Hub, tmp_path: Path) -> None:
        hub.files.clear()
        with pytest.raises(ModelMissing, match="404"):
            from_hub(hub, tmp_path)

    def test_two_at_a_time_end_with_one_whole_model(self, hub: Hub, tmp_path: Path) -> None:
        hub.cut_after = [50_000, 100_000, 60_000]
        with ThreadPoolExecutor(4) as pool:
            done = list(pool.map(lambda _: from_hub(hub, tmp_path), range(4)))
        assert len(done) == 4
        assert contents(tmp_path) == WHOLE

    def test_the_part_of_a_process_that_was_killed_is_taken_over_or_cleared(self, hub: Hub, tmp_path: Path) -> None:
        folder = MODEL.folder(tmp_path)
        folder.mkdir(parents=True)
        dead, alive = folder / "model.onnx.123-abcd.part", folder / "model.onnx.124-abcd.part"
        dead.write_bytes(WEIGHTS[:70_000])
        alive.write_bytes(WEIGHTS[:90_000])
        os.utime(dead, (time.time() - 3600,) * 2)
        from_hub(hub, tmp_path)
        assert hub.ranges[0] == ("model_quantized.onnx", "bytes=70000-")
        assert contents(tmp_path) == WHOLE | {alive.name: WEIGHTS[:90_000]}

    def test_the_address_comes_from_hf_endpoint(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HF_ENDPOINT", "https://mirror.example")
        assert endpoint() == "https://mirror.example"
        monkeypatch.setenv("HF_ENDPOINT", "")
        assert endpoint() == "https://huggingface.co"


def jar(path: Path, weights: bytes = WEIGHTS) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("META-INF/MANIFEST.MF", "Manifest-Version: 1.0")
        archive.writestr("some-name-q.onnx", weights)
        archive.writestr("some-name-tokenizer.json", TOKENIZER)
    return path


class TestGiven:
    def get(self, path: Path, cache: Path) -> Fetched:
        return fetch(MODEL, cache, sources=[GivenSource(path)])

    def test_a_jar(self, tmp_path: Path) -> None:
        self.get(jar(tmp_path / "模型.jar"), tmp_path / "cache")
        assert contents(tmp_path / "cache") == WHOLE

    def test_a_folder_whatever_the_files_are_called_in_it(self, tmp_path: Path) -> None:
        (tmp_path / "给" / "onnx").mkdir(parents=True)
        (tmp_path / "给" / "onnx" / "quantized.onnx").write_bytes(WEIGHTS)
        (tmp_path / "给" / "other.json").write_bytes(b"x" * len(TOKENIZER))
        (tmp_path / "给" / "tok.json").write_bytes(TOKENIZER)
        self.get(tmp_path / "给", tmp_path / "cache")
        assert contents(tmp_path / "cache") == WHOLE

    def test_a_folder_with_the_jar_in_it(self, tmp_path: Path) -> None:
        (tmp_path / "下载").mkdir()
        jar(tmp_path / "下载" / "a.jar")
        self.get(tmp_path / "下载", tmp_path / "cache")
        assert contents(tmp_path / "cache") == WHOLE

    def test_a_lone_file_is_kept_and_the_other_named(self, tmp_path: Path) -> None:
        (tmp_path / "m.onnx").write_bytes(WEIGHTS)
        with pytest.raises(ModelMissing, match=r"tokenizer\.json"):
            self.get(tmp_path / "m.onnx", tmp_path / "cache")
        assert contents(tmp_path / "cache") == {"model.onnx": WEIGHTS}

    @pytest.mark.parametrize("kept", [0, 10, 5000, 399_000])
    def test_a_jar_cut_short_is_refused(self, kept: int, tmp_path: Path) -> None:
        whole = jar(tmp_path / "a.jar").read_bytes()
        (tmp_path / "a.jar").write_bytes(whole[:kept])
        with pytest.raises(ModelMissing, match="压缩包"):
            self.get(tmp_path / "a.jar", tmp_path / "cache")
        assert not MODEL.folder(tmp_path / "cache").exists() or contents(tmp_path / "cache") == {}

    def test_a_jar_with_flipped_bytes_is_refused(self, tmp_path: Path) -> None:
        data = bytearray(jar(tmp_path / "a.jar").read_bytes())
        data[200_000] ^= 255
        (tmp_path / "a.jar").write_bytes(data)
        with pytest.raises(ModelMissing, match=r"a\.jar"):
            self.get(tmp_path / "a.jar", tmp_path / "cache")
        assert contents(tmp_path / "cache") == {}

    def test_a_model_of_another_hash_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(ModelMissing, match="SHA-256"):
            self.get(jar(tmp_path / "a.jar", b"?" + WEIGHTS[1:]), tmp_path / "cache")
        assert contents(tmp_path / "cache") == {}

    def test_what_is_not_there_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(ModelMissing, match="没有这个文件"):
            self.get(tmp_path / "无", tmp_path / "cache")


MAVEN = """
import pathlib, sys, time
options = dict(a[2:].split("=", 1) for a in sys.argv[1:] if a.startswith("-D"))
print("[INFO] Scanning for projects...", flush=True)
{what}
"""
COPIES = """
assert options["artifact"] == "org.example:tiny:1.0"
target = pathlib.Path(options["outputDirectory"]) / "tiny-1.0.jar"
target.write_bytes(pathlib.Path({jar!r}).read_bytes())
for n in range(6):
    print(f"Progress (1): {{n}}/6 MB", end="\\r", flush=True)
    time.sleep(0.4)
"""
FAILS = 'print("\\x1b[1m[ERROR] Could not resolve artifact org.example:tiny\\x1b[m"); sys.exit(1)'
HANGS = """
import subprocess
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
pathlib.Path({pid!r}).write_text(str(child.pid))
time.sleep(60)
"""


class TestMaven:
    def source(self, tmp_path: Path, what: str) -> MavenSource:
        script = tmp_path / "mvn.py"
        script.write_text(MAVEN.format(what=what), encoding="utf-8")
        return MavenSource((sys.executable, str(script)), tmp_path / "no-repository")

    def test_the_jar_that_maven_copies_is_taken(self, tmp_path: Path) -> None:
        source = self.source(tmp_path, COPIES.format(jar=str(jar(tmp_path / "a.jar"))))
        steps: list[Step] = []
        # It runs for longer than the limit, but never silently for so long.
        assert fetch(MODEL, tmp_path / "c", sources=[source], limits=SHORT, report=steps.append).source == "Maven"
        assert contents(tmp_path / "c") == WHOLE
        assert "Progress (1): 3/6 MB" in [step.what for step in steps]

    def test_its_local_repository_is_looked_into_first(self, tmp_path: Path) -> None:
        place = tmp_path / "repository" / "org" / "example" / "tiny" / "1.0"
        place.mkdir(parents=True)
        jar(place / "tiny-1.0.jar")
        fetch(MODEL, tmp_path / "c", sources=[MavenSource((), tmp_path / "repository")])
        assert contents(tmp_path / "c") == WHOLE

    def test_a_damaged_jar_in_the_local_repository_is_passed_over(self, tmp_path: Path) -> None:
        place = tmp_path / "repository" / "org" / "example" / "tiny" / "1.0"
        place.mkdir(parents=True)
        (place / "tiny-1.0.jar").write_bytes(b"PK")
        source = self.source(tmp_path, COPIES.format(jar=str(jar(tmp_path / "a.jar"))))
        fetch(MODEL, tmp_path / "c", sources=[MavenSource(source.command, tmp_path / "repository")], limits=LIMITS)
        assert contents(tmp_path / "c") == WHOLE

    def test_its_own_words_are_the_reason(self, tmp_path: Path) -> None:
        with pytest.raises(ModelMissing, match="Maven 没有取到：Could not resolve artifact org"):
            fetch(MODEL, tmp_path / "c", sources=[self.source(tmp_path, FAILS)], limits=LIMITS)

    def test_a_silent_maven_is_stopped_with_what_it_started(self, tmp_path: Path) -> None:
        pid = tmp_path / "pid"
        began = time.monotonic()
        with pytest.raises(ModelMissing, match="没有动静"):
            fetch(MODEL, tmp_path / "c", sources=[self.source(tmp_path, HANGS.format(pid=str(pid)))], limits=SHORT)
        assert time.monotonic() - began < 15
        assert ended(int(pid.read_text()))

    def test_no_maven_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(ModelMissing, match="没有安装 Maven"):
            fetch(MODEL, tmp_path / "c", sources=[MavenSource((), tmp_path)])

    def test_a_command_that_does_not_start_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(ModelMissing, match="启动不了"):
            fetch(MODEL, tmp_path / "c", sources=[MavenSource((str(tmp_path / "nothing"),), tmp_path)])


def ended(pid: int) -> bool:
    """Tell whether a process is gone within a second (a zombie waiting for its parent counts as gone)."""
    for _ in range(20):
        status = Path(f"/proc/{pid}/stat")
        if sys.platform != "linux" or not status.exists() or status.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


class TestTurns:
    def test_the_reason_of_each_source_before_is_kept(self, hub: Hub, tmp_path: Path) -> None:
        got = fetch(
            MODEL, tmp_path / "c", limits=LIMITS, sources=[GivenSource(tmp_path / "无"), MavenSource((), tmp_path), HubSource(hub.address)]
        )
        assert [attempt.source for attempt in got.attempts] == ["给定的文件夹或文件", "Maven"]
        assert "没有这个文件或文件夹" in got.attempts[0].reason

    def test_where_all_fail_the_message_has_every_reason_and_a_remedy(self, tmp_path: Path) -> None:
        sources = [MavenSource((), tmp_path), HubSource("http://127.0.0.1:1")]
        with pytest.raises(ModelMissing) as raised:
            fetch(MODEL, tmp_path / "c", sources=sources, limits=LIMITS)
        assert "Maven：没有安装" in raised.value.what
        assert "Hugging Face：" in raised.value.what
        assert "jindianzi model get" in raised.value.remedy

    def test_what_one_source_brought_is_not_asked_of_the_next(self, hub: Hub, tmp_path: Path) -> None:
        (tmp_path / "m.onnx").write_bytes(WEIGHTS)
        fetch(MODEL, tmp_path / "c", sources=[GivenSource(tmp_path / "m.onnx"), HubSource(hub.address)], limits=LIMITS)
        assert [name for name, _ in hub.ranges] == ["tokenizer.json"]

    def test_a_damaged_file_in_the_cache_is_said_and_replaced(self, hub: Hub, tmp_path: Path) -> None:
        from_hub(hub, tmp_path)
        (MODEL.folder(tmp_path) / "model.onnx").write_bytes(WEIGHTS[:-1])
        got = from_hub(hub, tmp_path)
        assert [attempt.source for attempt in got.attempts] == ["缓存"]
        assert contents(tmp_path) == WHOLE

    def test_a_full_disk_stops_the_fetch_and_leaves_no_model(self, hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(_: int) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(ModelError, match="磁盘空间不足") as raised:
            fetch(MODEL, tmp_path / "c", sources=[GivenSource(jar(tmp_path / "a.jar")), HubSource(hub.address)], limits=LIMITS)
        assert not isinstance(raised.value, ModelMissing)
        assert contents(tmp_path / "c") == {}
        assert hub.ranges == []

    def test_a_cache_that_is_a_file_is_named(self, hub: Hub, tmp_path: Path) -> None:
        (tmp_path / "models").write_text("x")
        with pytest.raises(ModelError, match="models"):
            from_hub(hub, tmp_path)

    def test_a_hash_is_computed_once_and_again_after_a_change(self, hub: Hub, tmp_path: Path) -> None:
        from_hub(hub, tmp_path)
        folder, file = MODEL.folder(tmp_path), MODEL.files[0]
        check(file, folder, remedy="")
        path = folder / "model.onnx"
        found = path.stat()
        path.write_bytes(b"?" + WEIGHTS[1:])
        os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
        check(file, folder, remedy="")  # same size and time: taken from checked.json
        os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns + 1000))
        with pytest.raises(ModelError, match="SHA-256"):
            check(file, folder, remedy="")
        path.write_bytes(WEIGHTS)
        (folder / "checked.json").write_bytes(b'{"model.onnx": [')
        check(file, folder, remedy="")
