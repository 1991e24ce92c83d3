"""The models themselves: bge where it is in the cache (`jindianzi model get` puts it there), USE always."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from corpus.embed import BGE, USE, Embedder, default_cache, list_models, load

NEED = "一楼业主反对加装电梯，怎么谈成的"
FITTING = "低层住户担心采光和噪音，不同意安装电梯。社区组织七次协商，按楼层分摊费用并给一楼补偿，最终全楼签字同意。"
OTHERS = (
    "农贸市场周边占道经营屡禁不止，街道划定临时摊位，引导商贩入室经营，秩序明显好转。",
    "社区食堂为独居老人提供助餐服务，每餐由财政补贴三元。",
    "县里举办秋季运动会，各乡镇代表队参加了拔河比赛。",
)
LONG = "".join(f"第{n}次会议讨论了第{n * 7}条意见，居民代表作了说明。" for n in range(400))


def cache() -> Path:
    given = os.environ.get("JINDIANZI_CACHE")
    return Path(given) if given else default_cache()


@pytest.fixture(scope="module", params=[BGE, USE], ids=lambda model: model.name)
def embedder(request: pytest.FixtureRequest) -> Embedder:
    states = {status.model: status.state for status in list_models(cache())}
    if states[request.param] not in ("present", "bundled"):
        pytest.skip(f"{request.param.name} is not in {cache()}: run jindianzi model get")
    return load(request.param.name, cache())


def test_vectors_are_of_unit_length_and_of_the_dimension_that_is_said(embedder: Embedder) -> None:
    rows = embedder.passages([FITTING, "", "梯", *OTHERS])
    assert rows.shape == (6, embedder.dimension)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert embedder.query("梯").shape == (embedder.dimension,)
    assert embedder.passages([]).shape == (0, embedder.dimension)


def test_the_fitting_passage_is_nearest(embedder: Embedder) -> None:
    likeness = embedder.passages([*OTHERS, FITTING]) @ embedder.query(NEED)
    assert int(np.argmax(likeness)) == len(OTHERS)


def test_a_vector_depends_on_its_text_alone_to_the_last_bit(embedder: Embedder) -> None:
    texts = [FITTING, *OTHERS, LONG[:3000], "梯", ""]
    together = embedder.passages(texts)
    backwards = embedder.passages(texts[::-1])[::-1]
    alone = np.stack([embedder.query(text) for text in texts])
    np.testing.assert_array_equal(together, backwards)
    np.testing.assert_array_equal(together, alone)


def test_many_may_ask_at_once(embedder: Embedder) -> None:
    with ThreadPoolExecutor(6) as pool:
        rows = list(pool.map(embedder.query, [FITTING, NEED] * 12))
    np.testing.assert_array_equal(np.stack(rows[::2]), np.tile(embedder.query(FITTING), (12, 1)))
    np.testing.assert_array_equal(np.stack(rows[1::2]), np.tile(embedder.query(NEED), (12, 1)))


@pytest.mark.parametrize(
    ("text", "same"),
    [("一樓業主反對加裝電梯", "一楼业主反对加装电梯"), ("“３＋Ｘ”ＰＭ2.5", '"3+x"pm2.5')],
)
def test_script_width_and_case_make_no_difference(embedder: Embedder, text: str, same: str) -> None:
    np.testing.assert_array_equal(embedder.query(text), embedder.query(same))


def test_the_end_of_a_long_text_counts(embedder: Embedder) -> None:
    ordinary, other = LONG[:2000], LONG[:1600] + "县里举办秋季运动会，各乡镇代表队参加了拔河比赛和接力赛跑。" * 14
    near = embedder.query("乡镇运动会拔河比赛")
    assert near @ embedder.query(other) > near @ embedder.query(ordinary) + 0.05


def test_a_query_of_twenty_thousand_characters_is_answered_in_seconds(embedder: Embedder) -> None:
    text = (LONG * 4)[:20_000]
    assert len(text) == 20_000
    began = time.process_time()
    assert np.isfinite(embedder.query(text)).all()
    assert time.process_time() - began < 15


def test_characters_that_no_vocabulary_has_do_no_harm(embedder: Embedder) -> None:
    for text in ("𠮷野家😀", "\ud800", "\x00\x1f", "<script>alert(1)</script>", "a" * 5000):
        assert np.isfinite(embedder.query(text)).all()


def test_the_notice_names_the_model(embedder: Embedder) -> None:
    assert embedder.name.split("-")[0].casefold() in embedder.notice.casefold()


def test_a_fingerprint_is_the_model_s_own_and_stays(embedder: Embedder) -> None:
    (other,) = {BGE.name, USE.name} - {embedder.name}
    known = {status.model.name: status.state for status in list_models(cache())}
    assert embedder.fingerprint == load(embedder.name, cache()).fingerprint
    if known[other] in ("present", "bundled"):
        assert embedder.fingerprint != load(other, cache()).fingerprint
