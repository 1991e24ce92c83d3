"""Recognising text in pictures: rapidocr on ONNX Runtime, with the models that its package brings, so nothing is fetched.

It comes with the extra `ocr` and is imported when the first picture is read.
"""

from __future__ import annotations

import importlib.util
import math
import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from statistics import fmean, median
from typing import Any

import numpy as np

from corpus.errors import UnknownFormat
from ingest.characters import HAN
from ingest.readers.layout.lines import Fragment, wide

_REMEDY = '请安装文字识别组件：pip install "jindianzi[ocr]"，再重新导入'
_SIDE = 2000  # pixels of the longer side above which the engine makes a picture smaller
_TALL = 1.6  # times its width from which a picture is read in strips
_SURE = 0.7  # mean confidence of lines on their side from which they are that, and no vertical writing
_GAP = 0.8  # letters between two letters from which a gap is a blank
_LEAST = 3  # columns: they are whole numbers, so the step from letter to letter varies by one either way
_ENOUGH = 3  # steps from one Chinese letter to the next by which the usual one is known
_HAN = re.compile(f"[{HAN}]")
_SEARCH = 0.25  # share of a strip's height in which the emptiest row for the cut is looked for


def available() -> bool:
    """Whether the extra `ocr` is installed."""
    return importlib.util.find_spec("rapidocr") is not None


def missing(where: str, pages: int) -> UnknownFormat:
    """What is raised where there is no engine. `pages`: how many there are to recognise, 0 for a picture."""
    what = f"有 {pages} 页没有可用的文字（是扫描图，或字体缺少字符对照表）" if pages else "这是图片，读取要先识别文字"
    return UnknownFormat(what, where=where, remedy=_REMEDY)


def box(x0: float, y0: float, x1: float, y1: float) -> str:
    """A place in a picture as a location says it, in whole pixels."""
    return f"{round(x0)},{round(y0)},{round(x1)},{round(y1)}"


def recognise(image: np.ndarray) -> tuple[list[Fragment], int]:
    """Lines of text in a picture (height, width, 3; blue, green, red; 8 bits), and how many quarters it was turned to the left to be read.

    Coordinates are those of the turned and straightened picture, in pixels; `box` is in the picture as it was given. Nothing is left out
    for a low confidence.
    """
    found, upside_down = _run(image)
    turned = 2 if upside_down else 0
    tall = [item for item in found if item.tall]
    if len(tall) * 10 > len(found) * 6 and fmean(item.sure for item in tall) > _SURE:  # the engine turns what is tall before it reads
        turned = 3 if upside_down else 1
    height, width = image.shape[:2]
    return _straight(found, turned, width, height), turned


class _Found:
    """One recognised line: the four corners of its box in the picture that was given to the engine."""

    __slots__ = ("corners", "long", "short", "sure", "tall", "text")

    def __init__(self, corners: np.ndarray, text: str, sure: float) -> None:
        self.corners, self.text, self.sure = corners, text, sure
        across, down = (math.hypot(*(corners[n] - corners[0])) for n in (1, 3))
        self.long, self.short = max(across, down), min(across, down)
        self.tall = down > 1.5 * across


@cache
def _engine() -> Any:
    import rapidocr

    models = Path(rapidocr.__file__).parent / "models"
    paths = {}
    for part, pattern in (("Det", "*det*.onnx"), ("Cls", "*cls*.onnx"), ("Rec", "*rec*.onnx")):
        found = sorted(models.glob(pattern))
        if not found:
            raise UnknownFormat(
                "文字识别组件不完整，缺少模型文件", where=str(models), remedy='请重新安装：pip install --force-reinstall "rapidocr>=3.10"'
            )
        paths[f"{part}.model_path"] = str(found[0])
    return rapidocr.RapidOCR(
        params={
            **paths,
            "Global.log_level": "critical",
            "Global.text_score": 0.0,
            "Global.max_side_len": _SIDE,
            "Global.return_word_box": True,  # for the columns of the letters
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _run(image: np.ndarray) -> tuple[list[_Found], bool]:
    """What is found, and whether most of it stands upside down. A long picture is read in strips."""
    found: list[_Found] = []
    over = upright = 0
    for top, strip in _strips(image):
        engine = _engine()
        prepared, record = engine.preprocess_img(strip)
        located, classified, read, crops = engine.run_ocr_steps(prepared, record)
        for label, _ in classified.cls_res or ():
            over += label == "180"
            upright += label != "180"
        if read.txts is not None:
            read.txts = tuple(map(_with_gaps, read.txts, read.word_results))
            read.word_results = (None,) * len(read.txts)  # boxes of words are not needed
        result = engine.build_final_output(strip, located, classified, read, crops, record)
        if getattr(result, "boxes", None) is None or getattr(result, "txts", None) is None:
            continue
        for corners, text, sure in zip(result.boxes, result.txts, result.scores, strict=True):
            text = " ".join(text.split())
            if text:
                found.append(_Found(np.asarray(corners, dtype=float) + np.array([0.0, top]), text, float(sure)))
    return found, over > upright


def _with_gaps(text: str, found: Any) -> str:
    """A recognised line with a blank where the print has a gap nearly as wide as a letter: the engine gives few blanks between Chinese.

    `found.word_cols` are the columns (a sixth of the line's height) in which the engine saw the letters, blanks left out.
    """
    columns = [column for word in found.word_cols for column in word] if found is not None else []
    places = [at for at, letter in enumerate(text) if not letter.isspace()]
    if len(columns) != len(places):
        return text
    steps = [(at, after, right - left) for (at, left), (after, right) in pairwise(zip(places, columns, strict=True)) if after == at + 1]
    usual = [step for at, after, step in steps if _HAN.match(text, at) and _HAN.match(text, after)]
    if len(usual) < _ENOUGH:
        return text
    letter = median(usual)
    out = list(text)
    for at, after, step in steps:
        signs = text[at].isalnum() + text[after].isalnum()  # a sign fills half of its square only
        if step - letter >= max((1.3, 1.05, _GAP)[signs] * letter, _LEAST):
            out[at] += " "
    return "".join(out)


def _strips(image: np.ndarray) -> list[tuple[int, np.ndarray]]:
    """A picture much higher than wide (a long screenshot) in strips, cut where a row has the least on it."""
    height, width = image.shape[:2]
    if height <= _SIDE or height <= _TALL * width:
        return [(0, image)]
    step = max(600, min(_SIDE, int(_TALL * width)))
    strips = []
    top = 0
    while height - top > step:
        low = top + int(step * (1 - _SEARCH))
        rows = image[low : top + step].astype(np.float32).std(axis=(1, 2))
        calm = np.convolve(rows, np.ones(9) / 9, mode="same")
        cut = low + int(calm.argmin())
        strips.append((top, np.ascontiguousarray(image[top:cut])))
        top = cut
    strips.append((top, np.ascontiguousarray(image[top:])))
    return strips


def _straight(found: list[_Found], turned: int, width: int, height: int) -> list[Fragment]:
    """Fragments in the turned picture, with the slant of the scan taken out of their places."""
    places = [_turned(item.corners, turned, width, height) for item in found]
    slopes = [_slope(corners) for corners, item in zip(places, found, strict=True) if item.long > 6 * item.short]
    angle = median(slopes) if slopes else 0.0
    cos, sin = math.cos(-angle), math.sin(-angle)
    turn = np.array([[cos, -sin], [sin, cos]])
    fragments = []
    for item, corners in zip(found, places, strict=True):
        straight = corners @ turn.T
        low, high = straight.min(axis=0), straight.max(axis=0)
        middle = float(straight[:, 1].mean())
        size = _size(item)
        x0, y0, x1, y1 = float(low[0]), middle - size / 2, float(high[0]), middle + size / 2
        edges = (*item.corners.min(axis=0), *item.corners.max(axis=0))
        fragments.append(Fragment(item.text, x0, y0, x1, y1, size, confidence=round(item.sure, 3), box=box(*edges)))
    return fragments


def _turned(corners: np.ndarray, turned: int, width: int, height: int) -> np.ndarray:
    """Corners in the picture turned by so many quarters to the left."""
    x, y = corners[:, 0], corners[:, 1]
    if turned == 1:
        return np.stack([y, width - x], axis=1)
    if turned == 2:
        return np.stack([width - x, height - y], axis=1)
    if turned == 3:
        return np.stack([height - y, x], axis=1)
    return corners


def _slope(corners: np.ndarray) -> float:
    """Angle of the longer edge of a box to the horizontal, whichever of its corners is named first."""
    across, down = corners[1] - corners[0], corners[2] - corners[1]
    edge = across if math.hypot(*across) >= math.hypot(*down) else down
    return math.remainder(math.atan2(edge[1], edge[0]), math.pi)


def _size(item: _Found) -> float:
    """Size of the letters: by the height of the box, which is a tenth higher, and by the width where there are enough letters."""
    by_height = 0.88 * item.short
    count = sum(1.0 if wide(sign) else 0.55 for sign in item.text)
    if count < 8:
        return by_height
    return min(max(item.long / count, 0.8 * by_height), 1.15 * by_height)
