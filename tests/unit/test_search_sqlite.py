"""What only the index in a SQLite file has to do: leave nothing deleted in it, rebuild another version, share the catalogue's file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from indexes import indexed, replace_all, vector, vectors

from corpus.errors import SettingError, StoreDamaged
from corpus.fold import encode
from search_api.index import Counts, Remove, SqliteIndex, open_index

SECRET = "翡翠鸳鸯锦鲤亭"


def raw(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(path.parent.iterdir()) if file.name.startswith(path.name))


def test_a_removed_report_leaves_no_trace_in_the_files(tmp_path: Path) -> None:
    path = tmp_path / "i.db"
    index = SqliteIndex(path)
    kept = [indexed(f"{number}.txt", f"第{number}号楼的电梯。" * 20) for number in range(30)]
    gone = indexed("密.txt", f"这里写着{SECRET}。", title=f"{SECRET}记", facets={"place": (SECRET,)})
    index.apply(replace_all(*kept[:15], gone, *kept[15:]), 1)
    marker = vector(0.123, 0.456, 0.789)
    index.put_vectors("m", vectors([gone], [[0.123, 0.456, 0.789]]))
    pair = encode(SECRET[:2]).encode()
    # FTS5 writes a term without what it has in common with the one before it, so a trace may begin at the second character.
    needles = [SECRET.encode(), SECRET[1:3].encode(), pair, marker.astype("<f2").tobytes(), gone.report.encode()]
    assert all(needle in raw(path) for needle in needles)
    index.apply([Remove(gone.report)], 2)
    index.settle()
    assert [needle for needle in needles if needle in raw(path)] == []
    assert index.counts() == Counts(30, 30, 30)
    assert len(index.candidates(["电梯"], {}, 100)) == 30
    index.close()


def test_a_replaced_generation_and_model_leave_no_trace(tmp_path: Path) -> None:
    path = tmp_path / "i.db"
    index = SqliteIndex(path)
    gone, kept = indexed("密.txt", f"这里写着{SECRET}。"), indexed("a.txt", "别的话")
    index.apply(replace_all(gone, kept), 1)
    index.put_vectors("old", vectors([gone, kept], [[0.123, 0.456], [1]]))
    index.set_live_model("old")
    staged = index.stage()
    staged.apply(replace_all(kept), 2)
    staged.promote()
    index.put_vectors("new", vectors([kept], [[0, 0, 1]]))
    index.set_live_model("new")
    index.settle()
    assert SECRET.encode() not in raw(path)
    assert vector(0.123, 0.456).astype("<f2").tobytes() not in raw(path)
    index.close()


def test_another_version_is_emptied_and_built_again(tmp_path: Path) -> None:
    path = tmp_path / "i.db"
    index = SqliteIndex(path)
    index.apply(replace_all(indexed("a", "电梯")), 5)
    index.close()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE report (id TEXT)")  # the catalogue's, in the same file
        connection.execute("UPDATE index_schema SET version = version + 1")
    connection.close()
    again = SqliteIndex(path)
    assert (again.mark(), again.counts()) == (0, Counts(0, 0, 0))
    again.apply(replace_all(indexed("a", "电梯")), 5)
    assert len(again.candidates(["电梯"], {}, 10)) == 1
    again.close()
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'report'").fetchone() == (1,)
    connection.close()


def test_what_is_no_database_is_said_to_be_damaged(tmp_path: Path) -> None:
    path = tmp_path / "i.db"
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreDamaged):
        SqliteIndex(path)


def test_the_factory_opens_a_file_and_refuses_a_server(tmp_path: Path) -> None:
    index = open_index(f"sqlite:///{tmp_path / 'i.db'}")
    assert index.mark() == 0
    index.close()
    with pytest.raises(SettingError, match="es:9200") as caught:
        open_index("http://elastic:geheim@es:9200")
    assert "geheim" not in str(caught.value)
