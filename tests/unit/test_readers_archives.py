"""Archives as people send them and as an attacker would: names, folders, archives in archives, limits, what is broken or locked."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import shutil
import stat
import subprocess
import tarfile
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from archives import rar, raw_zip, unicode_path, zipped
from damage import PROSE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import DamagedSource
from corpus.model import SetAside
from ingest import scratch
from ingest.draft import RawReport
from ingest.limits import DEFAULT, Limits
from ingest.readers import find
from ingest.readers.archive import tools
from ingest.readers.archive.names import decoded, safe

TEXT = "\n".join(PROSE).encode()
BSDTAR = pytest.mark.skipif(tools.find_program(("bsdtar",)) is None, reason="没有安装 bsdtar")
SEVENZIP = shutil.which("7z") or shutil.which("7zz")
NEEDS_7Z = pytest.mark.skipif(SEVENZIP is None, reason="没有安装 7z")


def walked(path: Path, limits: Limits = DEFAULT) -> tuple[dict[str, bytes], dict[str, SetAside]]:
    items = list(find([path], collection="测试", limits=limits))
    reports = {item.source: item.data for item in items if isinstance(item, RawReport)}
    aside = {item.source: item for item in items if isinstance(item, SetAside)}
    assert len(reports) + len(aside) == len(items)
    assert {item.key for item in items} == {path.name}
    assert {item.path for item in items} == {str(path)}
    return reports, aside


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def made_tar(members: dict[str, bytes], mode: str = "w", encoding: str = "utf-8") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode, encoding=encoding) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return buffer.getvalue()


def test_folders_become_keys_in_the_order_of_folders(tmp_path: Path) -> None:
    names = ("第二组/乙.txt", "第一组/甲.md", "总述.txt", "第一组/子/丙.html")
    reports, aside = walked(put(tmp_path, "投稿.zip", zipped(dict.fromkeys(names, TEXT))))
    assert not aside
    assert list(reports) == [f"投稿.zip/{name}" for name in sorted(names, key=lambda name: tuple(name.split("/")))]
    assert set(reports.values()) == {TEXT}


def test_what_programs_leave_beside_the_files_is_passed_over(tmp_path: Path) -> None:
    junk = ("__MACOSX/._甲.txt", ".DS_Store", "组/Thumbs.db", "组/~$甲.docx", "组/desktop.ini", "页_files/a.js", "页_files/图/b.png")
    members = dict.fromkeys((*junk, "组/甲.txt", "页.html", "独_files/乙.txt"), TEXT)
    reports, aside = walked(put(tmp_path, "a.zip", zipped(members)))
    assert not aside
    assert set(reports) == {"a.zip/组/甲.txt", "a.zip/页.html", "a.zip/独_files/乙.txt"}


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("南桥街道停车难治理案例.txt", "gbk"),
        ("居民议事厅\\加装电梯.txt", "gb18030"),
        ("社區議事廳的經驗.txt", "big5"),
        ("まちづくり事例.txt", "cp932"),
        ("案例.txt", "utf-8"),
        ("café.txt", "cp437"),
    ],
)
def test_names_in_any_encoding(tmp_path: Path, name: str, encoding: str) -> None:
    reports, _ = walked(put(tmp_path, "a.zip", raw_zip([(name.encode(encoding), TEXT), (b"readme.txt", TEXT)])))
    assert set(reports) == {"a.zip/" + name.replace("\\", "/"), "a.zip/readme.txt"}


def test_the_unicode_path_wins_over_the_name(tmp_path: Path) -> None:
    data = raw_zip([(b"????.txt", TEXT)], extra=unicode_path(b"????.txt", "停车案例.txt"))
    assert set(walked(put(tmp_path, "a.zip", data))[0]) == {"a.zip/停车案例.txt"}
    stale = raw_zip([(b"????.txt", TEXT)], extra=unicode_path(b"other", "停车案例.txt"))
    assert set(walked(put(tmp_path, "b.zip", stale))[0]) == {"b.zip/????.txt"}


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from([piece for text in PROSE for piece in text.split("，")]), min_size=2, max_size=6))
def test_gbk_and_utf8_names_are_told_apart(names: list[str]) -> None:
    for encoding in ("gbk", "utf-8"):
        assert decoded([name.encode(encoding) for name in names]) == names


@pytest.mark.parametrize("name", ["../外.txt", "组/../../外.txt", "/etc/外.txt", "C:\\外.txt", "..\\外.txt", "\\\\主机\\外.txt"])
def test_paths_that_lead_outside_are_refused_and_the_rest_is_read(tmp_path: Path, name: str) -> None:
    assert safe(name) is None
    below = tmp_path / "深" / "处"
    below.mkdir(parents=True)
    raw = [(name.encode("gbk"), TEXT), ("好.txt".encode("gbk"), TEXT)]
    archives = {"a.zip": raw_zip(raw)}
    if "\\" not in name:
        archives["a.tar"] = made_tar({name: TEXT, "好.txt": TEXT})
    if tools.find_program(("bsdtar",)):
        archives["a.rar"] = rar([(name, TEXT), ("好.txt", TEXT)])
    for file, data in archives.items():
        reports, aside = walked(put(below, file, data))
        assert set(reports) == {f"{file}/好.txt"}, file
        assert [item.code for item in aside.values()] == ["damaged"], file
        assert "指向包外" in next(iter(aside.values())).message
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == set(archives)


def test_links_are_not_followed(tmp_path: Path) -> None:
    secret = put(tmp_path, "私.txt", TEXT)
    data = raw_zip([("链.txt".encode(), str(secret).encode())], mode=stat.S_IFLNK | 0o777, flags=0x800)
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE):
            entry = tarfile.TarInfo(f"{kind!r}.txt")
            entry.type, entry.linkname = kind, str(secret)
            archive.addfile(entry)
    for name, content in {"a.zip": data, "a.tar": buffer.getvalue()}.items():
        reports, aside = walked(put(tmp_path, name, content))
        assert not reports
        assert {item.code for item in aside.values()} == {"unknown_format"}


def test_archives_inside_archives_down_to_the_limit(tmp_path: Path) -> None:
    data = zipped({"案例.txt": TEXT})
    for level in range(3, 0, -1):
        data = zipped({f"{level}.zip": data, f"旁{level}.txt": TEXT})
    path = put(tmp_path, "0.zip", data)
    reports, aside = walked(path)
    assert "0.zip/1.zip/2.zip/3.zip/案例.txt" in reports
    assert not aside
    reports, aside = walked(path, Limits(depth=2))
    assert set(reports) == {"0.zip/旁1.txt", "0.zip/1.zip/旁2.txt"}
    assert [(item.source, item.code) for item in aside.values()] == [("0.zip/1.zip/2.zip", "too_large")]
    assert "--limit depth=" in aside["0.zip/1.zip/2.zip"].message


def test_a_flat_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    reports, aside = walked(put(tmp_path, "弹.zip", zipped({"a.txt": bytes(3_000_000), "b.txt": TEXT})), Limits(unpacked=2))
    assert not reports
    assert [(item.source, item.code) for item in aside.values()] == [("弹.zip", "too_large")]
    assert "--limit unpacked=" in aside["弹.zip"].message


def test_a_bomb_that_lies_about_its_size_is_stopped(tmp_path: Path) -> None:
    path = put(tmp_path, "谎.zip", raw_zip([(b"a.txt", b"a" * 5_000_000)], said=10))
    reports, aside = walked(path, Limits(unpacked=2))
    assert not reports
    assert {item.code for item in aside.values()} == {"damaged"}
    for name, packer in {"流.gz": gzip.compress, "流.bz2": bz2.compress, "流.tar.xz": lzma.compress}.items():
        content = made_tar({"a.txt": bytes(5_000_000)}) if ".tar" in name else bytes(5_000_000)
        reports, aside = walked(put(tmp_path, name, packer(content)), Limits(unpacked=2))
        assert not reports
        assert [item.code for item in aside.values()] == ["too_large"], name


def test_a_nested_bomb_is_stopped_as_a_whole(tmp_path: Path) -> None:
    inner = zipped({"a.txt": bytes(900_000)})
    data = zipped({f"{number:02d}.zip": inner for number in range(40)})
    reports, aside = walked(put(tmp_path, "套.zip", data), Limits(unpacked=3))
    assert len(reports) == 3
    assert [(item.source, item.code) for item in aside.values()] == [("套.zip", "too_large")]
    assert "压缩包" not in "".join(path.name for path in tmp_path.iterdir())


def test_overlapping_members_are_not_read_again_and_again(tmp_path: Path) -> None:
    data = raw_zip([(b"a.txt", b"a" * 100_000)])
    at = data.index(b"PK\x01\x02")
    entry, end = data[at : data.index(b"PK\x05\x06")], data[data.index(b"PK\x05\x06") :]
    entries = b"".join(entry.replace(b"a.txt", b"%05d" % number) for number in range(500))
    end = end[:8] + (500).to_bytes(2, "little") * 2 + len(entries).to_bytes(4, "little") + end[16:]
    reports, aside = walked(put(tmp_path, "叠.zip", data[:at] + entries + end), Limits(unpacked=10))
    assert not reports
    assert {item.code for item in aside.values()} <= {"too_large", "damaged"}


def test_too_many_members(tmp_path: Path) -> None:
    members = {f"{number}.txt": b"a" for number in range(12)}
    for name, data in {"a.zip": zipped(members), "a.tar": made_tar(members)}.items():
        _, aside = walked(put(tmp_path, name, data), Limits(members=10))
        assert [(item.source, item.code) for item in aside.values()] == [(name, "too_large")]


def test_locked_members_are_set_aside_and_the_rest_is_read(tmp_path: Path) -> None:
    locked = raw_zip([("密.txt".encode(), TEXT)], flags=0x801)
    plain = raw_zip([("明.txt".encode(), TEXT)], flags=0x800)
    reports, aside = walked(put(tmp_path, "a.zip", zipped({"一.zip": locked, "二.zip": plain})))
    assert set(reports) == {"a.zip/二.zip/明.txt"}
    assert [(item.source, item.code) for item in aside.values()] == [("a.zip/一.zip/密.txt", "unknown_format")]
    assert "已加密" in aside["a.zip/一.zip/密.txt"].message
    assert "请先解压" in aside["a.zip/一.zip/密.txt"].message


def test_a_zip_that_was_cut_short_gives_what_is_whole(tmp_path: Path) -> None:
    members = {f"{number}.txt": (PROSE[number % 6] * 40).encode() for number in range(6)}
    for method in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED):
        whole = zipped(members, method=method)
        cut = whole[: whole.index(b"5.txt") + 30]
        reports, aside = walked(put(tmp_path, "断.zip", cut))
        assert reports == {f"断.zip/{name}": data for name, data in members.items() if name != "5.txt"}
        assert {source: item.code for source, item in aside.items()} == {"断.zip/5.txt": "damaged", "断.zip": "damaged"}


def test_a_member_with_wrong_bytes_costs_itself_only(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": TEXT, "b.txt": TEXT}, method=zipfile.ZIP_STORED))
    data[data.index(TEXT) + 5] ^= 0xFF
    reports, aside = walked(put(tmp_path, "a.zip", bytes(data)))
    assert set(reports) == {"a.zip/b.txt"}
    assert aside["a.zip/a.txt"].code == "damaged"


@pytest.mark.parametrize("data", [zipped({}), zipped({"空/": b"", "__MACOSX/._a": b"x"}), made_tar({})])
def test_archives_with_nothing_in_them(tmp_path: Path, data: bytes) -> None:
    name = "空.zip" if data.startswith(b"PK") else "空.tar"
    reports, aside = walked(put(tmp_path, name, data))
    assert not reports
    assert aside[name].code in ("empty", "damaged")


def test_equal_names_and_long_names(tmp_path: Path) -> None:
    long = "很长的名字" * 60 + ".txt"
    data = raw_zip([(b"a.txt", TEXT), (b"a.txt", TEXT + b"2"), (long.encode(), TEXT)], flags=0x800)
    reports, aside = walked(put(tmp_path, "a.zip", data))
    assert set(reports) == {"a.zip/a.txt", f"a.zip/{long}"}
    assert reports["a.zip/a.txt"] == TEXT
    assert [item.code for item in aside.values()] == ["duplicate_key"]


@pytest.mark.parametrize("name", ["a.tar", "a.tar.gz", "a.tgz", "a.tar.bz2", "a.tar.xz"])
def test_tars(tmp_path: Path, name: str) -> None:
    mode = {"gz": "w:gz", "tgz": "w:gz", "bz2": "w:bz2", "xz": "w:xz"}.get(name.rpartition(".")[2], "w")
    members = {"组/乙.txt": TEXT, "甲.txt": TEXT, "组/.隐.txt": TEXT}
    reports, aside = walked(put(tmp_path, name, made_tar(members, mode)))
    assert list(reports) == [f"{name}/甲.txt", f"{name}/组/乙.txt"] or list(reports) == [f"{name}/组/乙.txt", f"{name}/甲.txt"]
    assert not aside
    old = made_tar({"停车难治理案例.txt": TEXT, "居民议事.txt": TEXT}, mode, "gbk")
    assert set(walked(put(tmp_path, name, old))[0]) == {f"{name}/停车难治理案例.txt", f"{name}/居民议事.txt"}


def test_a_packed_file_and_a_tar_that_was_cut_short(tmp_path: Path) -> None:
    assert walked(put(tmp_path, "案例.txt.gz", gzip.compress(TEXT)))[0] == {"案例.txt.gz/案例.txt": TEXT}
    cut = made_tar({f"{number}.txt": TEXT * 9 for number in range(5)})[: 2 * (512 + 512 * (len(TEXT * 9) // 512 + 1)) + 700]
    reports, aside = walked(put(tmp_path, "断.tar", cut))
    assert set(reports) == {"断.tar/0.txt", "断.tar/1.txt"}
    assert {source: item.code for source, item in aside.items()} == {"断.tar/2.txt": "damaged", "断.tar": "damaged"}
    assert walked(put(tmp_path, "断.txt.gz", gzip.compress(TEXT)[:-20]))[1]["断.txt.gz/断.txt"].code == "damaged"


@BSDTAR
def test_rar(tmp_path: Path) -> None:
    reports, aside = walked(put(tmp_path, "投稿.rar", rar([("第一组/案例.txt", TEXT), ("总述.md", TEXT)])))
    assert set(reports) == {"投稿.rar/第一组/案例.txt", "投稿.rar/总述.md"}
    assert not aside
    data = rar([("总述.md", TEXT), ("案例.txt", TEXT)])
    reports, aside = walked(put(tmp_path, "断.rar", data[: data.index("案例.txt".encode()) + 100]))
    assert set(reports) == {"断.rar/总述.md"}
    assert {source: item.code for source, item in aside.items()} == {"断.rar/案例.txt": "damaged", "断.rar": "damaged"}
    reports, aside = walked(put(tmp_path, "大.rar", rar([("a.txt", bytes(3_000_000))])), Limits(unpacked=2))
    assert not reports
    assert aside["大.rar"].code == "too_large"


@BSDTAR
def test_rar_with_a_locked_member(tmp_path: Path) -> None:
    data = rar([("总述.md", TEXT), ("案例.txt", TEXT)], locked=["案例.txt"])
    reports, aside = walked(put(tmp_path, "锁.rar", data))
    assert set(reports) == {"锁.rar/总述.md"}
    assert all("加密" in item.message for item in aside.values())
    assert aside


@NEEDS_7Z
@pytest.mark.parametrize("without", [None, "bsdtar", "7z"])
def test_7z(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, without: str | None) -> None:
    (tmp_path / "组").mkdir()
    for name in ("组/甲.txt", "乙.txt"):
        (tmp_path / name).write_bytes(TEXT)
    run(tmp_path, "a", "投稿.7z", "组", "乙.txt")
    if without == "7z" and tools.find_program(("bsdtar",)) is None:
        pytest.skip("没有安装 bsdtar")
    hide(monkeypatch, without)
    reports, aside = walked(tmp_path / "投稿.7z")
    assert reports == {"投稿.7z/组/甲.txt": TEXT, "投稿.7z/乙.txt": TEXT}
    assert not aside
    reports, aside = walked(tmp_path / "投稿.7z", Limits(members=1))
    assert not reports
    assert aside["投稿.7z"].code == "too_large"


@NEEDS_7Z
def test_7z_with_locked_members(tmp_path: Path) -> None:
    for name in ("明.txt", "密.txt"):
        (tmp_path / name).write_bytes(TEXT)
    run(tmp_path, "a", "混.7z", "明.txt")
    run(tmp_path, "a", "-p12", "混.7z", "密.txt")
    run(tmp_path, "a", "-p12", "-mhe=on", "全.7z", "密.txt")
    reports, aside = walked(tmp_path / "混.7z")
    assert set(reports) == {"混.7z/明.txt"}
    assert "已加密" in aside["混.7z/密.txt"].message
    reports, aside = walked(tmp_path / "全.7z")
    assert not reports
    assert "已加密" in aside["全.7z"].message


def test_without_any_unpacker_the_message_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hide(monkeypatch, "all")
    _, aside = walked(put(tmp_path, "a.rar", rar([("a.txt", TEXT)])))
    assert aside["a.rar"].code == "unknown_format"
    assert "请解压后导入文件夹" in aside["a.rar"].message


def test_nothing_is_left_behind_when_the_iteration_is_given_up(tmp_path: Path) -> None:
    unpacked = scratch.folder()
    before = set(unpacked.iterdir())
    path = put(tmp_path, "a.zip", zipped({f"{number}.txt": TEXT for number in range(5)}))
    with closing(find([path], collection="测试")) as items:
        next(items)
        assert set(unpacked.iterdir()) > before
    assert set(unpacked.iterdir()) == before
    list(find([path], collection="测试"))
    assert set(unpacked.iterdir()) == before


SEEDS = {
    "a.zip": zipped({"a.txt": TEXT, "组/b.txt": TEXT}),
    "a.tar": made_tar({"a.txt": TEXT, "组/b.txt": TEXT}),
    "a.tgz": made_tar({"a.txt": TEXT}, "w:gz"),
    "a.rar": rar([("a.txt", TEXT), ("组/b.txt", TEXT)]),
}


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(sorted(SEEDS)), changes=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_mutated_archives_raise_nothing(tmp_path: Path, name: str, changes: list[tuple[float, int]]) -> None:
    data = bytearray(SEEDS[name])
    for at, byte in changes:
        data[int(at * (len(data) - 1))] = byte
    list(find([put(tmp_path, name, bytes(data))], collection="测试", limits=Limits(unpacked=20, members=50)))


def run(folder: Path, *arguments: str) -> None:
    assert SEVENZIP is not None
    subprocess.run([SEVENZIP, *arguments], cwd=folder, check=True, capture_output=True)


def hide(monkeypatch: pytest.MonkeyPatch, program: str | None) -> None:
    find_program = tools.find_program

    def found(names: tuple[str, ...]) -> str | None:
        return None if program == "all" or program in names else find_program(names)

    monkeypatch.setattr(tools, "find_program", found)


def test_a_message_stays_short_however_long_the_name_of_a_member_is() -> None:
    error = DamagedSource("没有解出来", where=f"包.zip/{'很长' * 5000}.txt", remedy="请重新获取")
    assert len(str(error)) < 500
    assert str(error).startswith("包.zip/很长")
    assert ".txt：没有解出来。请重新获取。" in str(error)
