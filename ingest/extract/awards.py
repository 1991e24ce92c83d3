"""Honours: prizes, titles, and acceptance as a pilot or a model."""

from __future__ import annotations

import re

from ingest.extract.finding import Finding
from ingest.extract.scene import Scene

_VERBS = "荣获|获得|获评|荣膺|被评为|评为|被授予|授予|入选|被命名为|命名为|被确定为|被列为|列为|确定为|斩获|摘得|荣登|被认定为|认定为|获批|获颁|捧得|跻身|被评选为|评选为|当选|喜获|获"
_LEAD = re.compile(rf"(?:{_VERBS})(?:了|为|过|的)?")
_HEAD = (
    "称号|[一二三特金银铜]等奖|优胜奖|优秀奖|金奖|银奖|铜奖|创新奖|提名奖|组织奖|奖项|奖|荣誉|先进集体|先进单位|先进个人|先进社区|示范社区|示范村|示范点|示范单位|示范区|示范小区|示范街道|示范基地|示范县|示范市|"
    "优秀案例|典型案例|创新案例|十佳案例|十大案例|案例|试点|试点单位|试点社区|样板|标杆|文明单位|文明社区|文明村|文明小区|红旗|模范|劳动模范|联系点|观测点|实验区|试验区|品牌|名单|百强|十强|十佳|基层党组织|共产党员|"
    "最美[\u4e00-\u9fff]{2,6}"
)
_AWARD = re.compile(rf"(?P<name>(?:[^，。；！？\n：:]{{0,40}}?)(?:{_HEAD}))(?=[”’」，。；！？、\n）)（( ,;.]|$|等|的|并|和|与|及|后|，)")
_QUOTED = re.compile(
    r"[“‘「](?P<name>[^“”‘’「」，。！？；\n]{2,24})[”’」](?P<head>(?:等)?(?:荣誉)?称号|奖|荣誉|验收|先进[\u4e00-\u9fff]{0,4}|示范[\u4e00-\u9fff]{0,4}|光荣称号)"
)
_NO_AWARD = re.compile(
    "获得感|获得[了]?(?:居民|群众|业主|村民|一致|大家|社会|广泛|好评|支持|认可|理解|信任|满意|点赞|收入|补偿|补贴|资金|贷款|批准|通过)|获得了?[0-9]|机会|收益|经验"
)


def find(scene: Scene) -> list[Finding]:
    """Awards in order; a list of them behind one verb (、) gives several."""
    text = scene.text
    found: list[Finding] = []
    for match in _QUOTED.finditer(text):
        if match["head"] != "验收" or re.search("通过[^，。]{0,4}$", text[max(0, match.start() - 8) : match.start()]):
            found.append(Finding("award", match.start("name"), match.end("name"), "award.quoted", 0.9))
    for lead in _LEAD.finditer(text):
        if _NO_AWARD.match(text, lead.start()) or (found and found[-1].start <= lead.start() < found[-1].end):
            continue
        end = scene.clause(lead.end())[1]
        position = lead.end()
        while True:
            award = _AWARD.match(text, position, min(len(text), end + 1))
            if award is None or award.end() > end + 1:
                break
            start, stop = _bounds(text, award.start("name"), award.end("name"))
            if (
                stop - start >= 3
                and not text.startswith(("其他", "多项", "各类", "多个"), start)
                and not any(other.start < stop and start < other.end for other in found[-4:])
            ):
                found.append(Finding("award", start, stop, "award.verb", 0.85))
            position = award.end()
            if text[position : position + 1] in "”’」":
                position += 1
            if text[position : position + 1] in tuple("、和及与"):
                position += 1
            elif text[position : position + 1] not in tuple("“‘「"):
                break
    found.sort(key=lambda finding: (finding.start, -finding.end))
    kept: list[Finding] = []
    for finding in found:
        if not kept or finding.start >= kept[-1].end:
            kept.append(finding)
    return kept


def _bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Without an opening mark whose partner lies outside, and with the closing mark of one that lies inside."""
    if text[start : start + 1] in "“‘「" and text[end : end + 1] in tuple("”’」"):
        return start + 1, end
    if text[end : end + 1] in tuple("”’」") and re.search("[“‘「]", text[start:end]):
        return start, end + 1
    return start, end
