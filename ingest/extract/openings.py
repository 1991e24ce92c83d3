"""The highest place of a chain that begins a clause or follows a preposition, told by what stands directly below it and not by its
characters, which the segmenter may not know: 瀚湖区|双井街道, 禾川区|生态环境局."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.extract import placewords
from ingest.extract.scene import Scene

_NAME = f"(?:(?![{''.join(sorted(placewords.STOP_CHARACTERS))}市区县一二三四五六七八九十两几年月日季])[\u4e00-\u9fff])"
_EDGE = "(?:(?<![\u4e00-\u9fff])|(?<=[在由据与和、]))"
_BODY = (
    "(?:生态环境|交通运输|市监|市场监管|市场监督管理|民政|住建|住房和?城乡建设|城管|城市管理|综合行政执法|综合执法|公安|司法|信访|财政|教育|卫健|"
    "卫生健康|人社|人力资源和社会保障|水务|水利|农业农村|文旅|应急管理|自然资源|规划和自然资源|房管|审计|统计|园林|医保|退役军人事务|"
    "市政园林|发改)(?:分?局|委)|(?:人民)?法院|(?:人民)?检察院|人民政府"
)
_VERBAL = frozenset(["v", "vn", "vd", "p", "c", "d", "ad", "r"])
_HIGHEST = re.compile(
    f"{_EDGE}(?P<name>{_NAME}{{2,3}}市)(?={_NAME}{{2,3}}(?:区|县|镇|街道)(?![域别块间分]))|"
    f"{_EDGE}(?P<district>{_NAME}{{2,3}}[区县])(?={_NAME}{{2,4}}(?:街道|镇|路|大道|社区|小区|花园|家园|新村)(?![街村上下线边面])|{_BODY})"
)


def find(scene: Scene) -> Iterator[tuple[int, int]]:
    """Where such places stand; a verb before a body of a district (联合|区城管局) begins none."""
    for match in _HIGHEST.finditer(scene.text):
        start, end = match.span("name" if match["name"] else "district")
        at = scene.token(start)
        if scene.flags[at] not in _VERBAL or len(scene.words[at]) < 2:
            yield start, end
