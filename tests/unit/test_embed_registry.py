"""Which model is at work, and what is said where the better one is missing or damaged."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.embed import BGE, USE, default_cache, list_models, load
from corpus.errors import ModelCorrupt, ModelMissing, SettingError


def spoil(cache: Path, *, cut: int = 0) -> Path:
    """Put files of the right names and (less `cut`) sizes, but of zeros, where bge belongs."""
    folder = BGE.folder(cache)
    folder.mkdir(parents=True, exist_ok=True)
    for file in BGE.files:
        with (folder / file.name).open("wb") as out:
            out.truncate(file.size - cut)
    return folder


def test_without_the_better_model_the_bundled_one_serves_and_says_so(tmp_path: Path) -> None:
    model = load("auto", tmp_path)
    assert model.name == USE.name
    assert BGE.name in model.notice
    assert "jindianzi model get" in model.notice
    assert not list(tmp_path.iterdir())  # asking for a model writes nothing


@pytest.mark.parametrize(("cut", "said"), [(1000, "不完整"), (0, "SHA-256")])
def test_a_damaged_model_is_named_and_not_used(cut: int, said: str, tmp_path: Path) -> None:
    folder = spoil(tmp_path, cut=cut)
    model = load("auto", tmp_path)
    assert model.name == USE.name
    assert said in model.notice
    with pytest.raises(ModelCorrupt, match=said) as raised:
        load(BGE.name, tmp_path)
    assert raised.value.where == str(folder / "model.onnx")
    assert "jindianzi model get" in raised.value.remedy


def test_a_model_asked_for_by_name_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing) as raised:
        load("bge", tmp_path)
    assert str(BGE.folder(tmp_path) / "model.onnx") == raised.value.where
    assert "jindianzi model get" in raised.value.remedy


def test_an_unknown_name_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="word2vec") as raised:
        load("word2vec", tmp_path)
    assert BGE.name in raised.value.remedy
    assert USE.name in raised.value.remedy


def test_the_list_says_what_is_here(tmp_path: Path) -> None:
    states = {status.model.name: status.state for status in list_models(tmp_path)}
    assert states == {BGE.name: "missing", USE.name: "bundled"}
    spoil(tmp_path)
    (bge, _) = list_models(tmp_path)
    assert bge.state == "corrupt"
    assert str(bge.path) in bge.problem
    assert bge.model.size == 24_449_967


@pytest.mark.skipif(os.name == "nt" or getattr(os, "geteuid", lambda: 0)() == 0, reason="needs rights that can be taken away")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    folder = spoil(tmp_path)
    (folder / "model.onnx").chmod(0)
    assert "读不出来" in load("auto", tmp_path).notice


def test_the_cache_is_the_platform_s(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if os.name == "posix" and Path("/proc").exists():
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
        assert default_cache() == tmp_path / "jindianzi"
    assert default_cache().is_absolute()
