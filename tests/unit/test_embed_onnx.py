"""The ONNX adapter on a model of a few numbers, written here byte by byte: pooling, windows, order, threads."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import TemplateProcessing

from corpus.embed.base import pooled, prepare, windows
from corpus.embed.onnx import OnnxEmbedder, cores

WORDS = ["[PAD]", "[CLS]", "[SEP]", "[UNK]", *"加装电梯一楼业主反对农贸市场", "x", '"', "3"]
DIMENSION = 8
MOST_TOKENS = 12


def _field(number: int, value: int | bytes | str) -> bytes:
    """A field of a Protocol Buffers message: an integer, or bytes with their length."""
    if isinstance(value, int):
        return _integer(number << 3) + _integer(value)
    data = value.encode() if isinstance(value, str) else value
    return _integer(number << 3 | 2) + _integer(len(data)) + data


def _integer(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def _node(operator: str, inputs: Sequence[str], output: str, attributes: Sequence[bytes] = ()) -> bytes:
    parts = [_field(1, name) for name in inputs] + [_field(2, output), _field(4, operator)]
    return b"".join(parts + [_field(5, attribute) for attribute in attributes])


def _value(name: str, kind: int, rank: int) -> bytes:
    shape = b"".join(_field(1, _field(2, f"d{axis}")) for axis in range(rank))
    return _field(1, name) + _field(2, _field(1, _field(1, kind) + _field(2, shape)))


def tiny_model() -> bytes:
    """An ONNX model (onnx.proto3) whose hidden state of a token is its row of a table plus the mean over all tokens."""
    table = np.random.default_rng(3).normal(size=(len(WORDS), DIMENSION)).astype("<f4")
    tensor = _field(1, len(WORDS)) + _field(1, DIMENSION) + _field(2, 1) + _field(8, "table") + _field(9, table.tobytes())
    axes = _field(1, "axes") + _field(8, 1) + _field(20, 7)
    nodes = [
        _node("Gather", ["table", "input_ids"], "rows"),
        _node("ReduceMean", ["rows"], "mean", [axes]),
        _node("Add", ["rows", "mean"], "last_hidden_state"),
    ]
    names = ("input_ids", "attention_mask", "token_type_ids")
    graph = b"".join(
        [
            *(_field(1, node) for node in nodes),
            _field(2, "tiny"),
            _field(5, tensor),
            *(_field(11, _value(name, 7, 2)) for name in names),
            _field(12, _value("last_hidden_state", 1, 3)),
        ]
    )
    return _field(1, 8) + _field(8, _field(1, "") + _field(2, 13)) + _field(7, graph)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("模型")
    (folder / "model.onnx").write_bytes(tiny_model())
    tokenizer = Tokenizer(WordLevel({word: at for at, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer(lowercase=False)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    tokenizer.post_processor = TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 1), ("[SEP]", 2)])
    (folder / "tokenizer.json").write_text(tokenizer.to_str(), encoding="utf-8")
    return folder


def make(folder: Path, threads: int | None = None) -> OnnxEmbedder:
    paths = (folder / "model.onnx", folder / "tokenizer.json")
    return OnnxEmbedder("tiny", *paths, fingerprint="f", dimension=DIMENSION, most_tokens=MOST_TOKENS, threads=threads)


@pytest.fixture(scope="module")
def tiny(folder: Path) -> OnnxEmbedder:
    return make(folder)


def by_hand(text: str) -> np.ndarray:
    """The vector of a text that fits into one window."""
    table = np.random.default_rng(3).normal(size=(len(WORDS), DIMENSION)).astype("<f4")
    rows = table[[1, *(WORDS.index(c) if c in WORDS else 3 for c in text), 2]]
    vector = rows[0] + rows.mean(axis=0)
    return vector / np.linalg.norm(vector)


def test_the_vector_is_the_first_token_s_state_at_unit_length(tiny: OnnxEmbedder) -> None:
    np.testing.assert_allclose(tiny.query("加装电梯"), by_hand("加装电梯"), atol=1e-6)


def test_a_long_text_is_the_mean_of_its_windows_not_its_beginning(tiny: OnnxEmbedder) -> None:
    text = "加装电梯一楼业主反对农贸市场加装电梯一"  # 19 tokens: windows of 9 and 10
    expected = 9 * by_hand(text[:9]) + 10 * by_hand(text[9:])
    np.testing.assert_allclose(tiny.query(text), expected / np.linalg.norm(expected), atol=1e-6)
    assert not np.allclose(tiny.query(text), tiny.query(text[:10]))


@given(st.lists(st.text(st.sampled_from("加装电梯一楼业主反对农贸市场xQ　“\n𠮷"), max_size=40), max_size=9))
def test_each_row_is_what_its_text_alone_gives(tiny: OnnxEmbedder, texts: list[str]) -> None:
    rows = tiny.passages(texts)
    assert rows.shape == (len(texts), DIMENSION)
    assert rows.dtype == np.float32
    for text, row in zip(texts, rows, strict=True):
        np.testing.assert_array_equal(row, tiny.query(text))
        assert np.linalg.norm(row) == pytest.approx(1, abs=1e-5)


def test_one_thread_or_many_give_the_same(folder: Path) -> None:
    texts = ["电梯" * n for n in range(1, 30)]
    np.testing.assert_array_equal(make(folder, 1).passages(texts), make(folder, 4).passages(texts))


def test_many_may_ask_at_once_before_the_model_is_loaded(folder: Path) -> None:
    embedder = make(folder)
    with ThreadPoolExecutor(8) as pool:
        rows = list(pool.map(embedder.query, ["一楼反对"] * 32))
    np.testing.assert_allclose(np.stack(rows), np.tile(by_hand("一楼反对"), (32, 1)), atol=1e-6)


def test_texts_are_prepared(tiny: OnnxEmbedder) -> None:
    np.testing.assert_array_equal(tiny.query("“３Ｘ”電梯"), tiny.query('"3x"电梯'))


def test_nothing_is_read_before_the_first_text(tmp_path: Path) -> None:
    embedder = make(tmp_path)
    assert embedder.dimension == DIMENSION
    with pytest.raises(FileNotFoundError):
        embedder.query("加装")


def test_cores_counts_what_there_is() -> None:
    assert cores() >= 1


@given(st.integers(0, 5000), st.integers(1, 600))
def test_windows_cover_all_once_and_are_equal_within_one(length: int, most: int) -> None:
    ranges = windows(length, most)
    assert [start for start, _ in ranges] == [0, *(end for _, end in ranges[:-1])]
    assert ranges[-1][1] == length
    sizes = {end - start for start, end in ranges}
    assert max(sizes) <= most
    assert max(sizes) - min(sizes) <= 1
    assert len(ranges) == max(1, -(-length // most))


def test_pooled_weighs_by_length() -> None:
    rows = np.eye(2, dtype=np.float32)
    np.testing.assert_allclose(pooled(rows, [3, 4]), [0.6, 0.8], atol=1e-6)


def test_a_lone_surrogate_is_an_unknown_character(tiny: OnnxEmbedder) -> None:
    np.testing.assert_array_equal(tiny.query("电梯\ud800"), tiny.query("电梯\ufffd"))


@given(st.text(st.characters(), max_size=50))
def test_preparing_keeps_the_length_and_needs_to_be_done_once(text: str) -> None:
    assert len(prepare(text)) == len(text)
    assert prepare(prepare(text)) == prepare(text)
