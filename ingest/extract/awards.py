"""Honours: prizes, titles, and acceptance as a pilot or a model."""

from __future__ import annotations

import re
from bisect import bisect_left

from ingest.extract.finding import Finding
from ingest.extract.modality import modality
from ingest.extract.scene import Scene
from ingest.extract.telling import in_heading, near

_SURE = (
    "荣获|获评|荣膺|被评为|评为|被授予|授予|入选|被命名为|命名为|斩获|摘得|荣登|被认定为|获颁|捧得|被评选为|评选为|喜获|"
    "成功创建|创成|获得|获|夺得"
)
_VERBS = f"{_SURE}|被确定为|被列为|被列入|列为|确定为|认定为|获批|跻身|当选"
_LEAD = re.compile(f"(?:{_VERBS})(?:了|为|过|的|成为)?")
_HEAD = (
    "称号|[一二三特金银铜]等奖|优胜奖|优秀奖|金奖|银奖|铜奖|创新奖|提名奖|组织奖|奖项|奖|荣誉|先进集体|先进单位|"
    "先进个人|先进社区|示范社区|示范村|示范点|示范单位|示范区|示范小区|示范街道|示范乡镇|示范基地|示范县|示范市|"
    "优秀案例|典型案例|创新案例|十佳案例|十大案例|最佳案例|案例|试点|试点单位|试点社区|样板|标杆|文明单位|文明社区|"
    "文明村|文明小区|文明城市|文明村镇|红旗|模范|劳动模范|联系点|观测点|实验区|试验区|百强|十强|十佳|先进基层党组织|"
    "优秀共产党员|无讼村|民主法治村|最美[\u4e00-\u9fff]{2,6}|先锋|标兵|五好[\u4e00-\u9fff]{2,6}"
)
_AWARD = re.compile(f"(?P<name>(?:[^，。；！？\\n：:]{{0,40}}?)(?:{_HEAD}))(?=[”’」，。；！？、\\n）)（( ,;.]|$|等|的|并|和|与|及|后)")
_QUOTED = re.compile(
    "[“‘「](?P<name>[^“”‘’「」，。！？；\\n]{2,30})[”’」](?:[“‘「][^“”‘’「」，。！？；\\n]{2,30}[”’」]|、){0,8}"
    "(?P<head>(?:等)?(?:多项|一系列)?(?:荣誉|光荣)?称号|奖(?![励补金])|荣誉|验收|先进(?:单位|集体|个人|社区|村)|"
    "示范(?:社区|村|点|单位|区|小区|街道))?"
)
HONOUR = re.compile("(?:文明|光荣|示范|诚信|信用|平安)户$|(?:文明|最美|五好|书香|平安|绿色)家庭$|好(?:媳妇|婆婆|儿女)$|道德模范$")
"""Honours that households and persons hold; in quotation marks they count without a verb."""
_PART = re.compile("[“‘「](?P<name>[^“”‘’「」，。！？；\\n]{2,30})[”’」]")
_EARNED = re.compile(f"(?:{_SURE}|通过|创建|创成|被列为|被确定为|认定为)[^。；！？\n]{{0,60}}$")
_STRONG = "荣获|获评|荣膺|被评为|评为|被授予|授予|入选|被命名为|命名为|荣登|被认定为|被评选为|评选为|喜获"
_DIRECTLY = re.compile(
    f"(?:{_STRONG}|被列为|被确定为)(?:了|为|过|成为)?(?:[0-9]{{4}}年度?|首批|第[一二三四五六七八九十]+批|全国|全省|全市|"
    f"全区|国家级|省级|市级|区级|[\u4e00-\u9fff]{{2,3}}[省市区县])*[“‘「]$"
)
_NO_AWARD = re.compile(
    "获得感|获得[了]?(?:居民|群众|业主|村民|一致|大家|社会|广泛|好评|支持|认可|理解|信任|满意|点赞|收入|补偿|补贴|资金|"
    "贷款|批准|通过)|获得?了?[0-9]|获得?(?:奖励|奖补|奖金)|机会|收益|经验|获(?:悉|取|知|利|益|准|救|刑)"
)
_GIVER = re.compile("(?:被|由|获)(?P<giver>[\u4e00-\u9fff]{2,20}?)(?:联合)?(?:授予|评为|命名|认定|确定|评选|颁发|列为)")
_TOO_GENERAL = ("其他", "多项", "各类", "多个", "一系列", "诸多", "若干")


def find(scene: Scene) -> list[Finding]:
    """Awards in order; a list of them behind one verb gives several. `organisation` is the giver where the clause names it
    (被省民政厅评为)."""
    text = scene.text
    quoted = _quoted(scene)
    starts = [finding.start for finding in quoted]
    found = [*quoted, *(finding for finding in _named(scene) if not _overlaps(quoted, starts, finding))]
    found.sort(key=lambda finding: (finding.start, -finding.end))
    kept: list[Finding] = []
    for finding in found:
        if (kept and finding.start < kept[-1].end) or in_heading(scene, finding.start):
            continue
        low = near(scene, finding.start)[0]
        giver = None
        for match in _GIVER.finditer(text, max(low, finding.start - 60), finding.start):
            giver = match["giver"]
        finding.organisation = giver
        finding.modality = modality(scene, finding.start, finding.end)
        if finding.modality == "asserted" and re.search(
            "决定草案|争创|创建(?!成)|申报|争取|冲刺|目标", text[max(low, finding.start - 24) : finding.end + 6]
        ):
            finding.modality = "planned"
        kept.append(finding)
    return kept


def _overlaps(quoted: list[Finding], starts: list[int], finding: Finding) -> bool:
    """Whether a name in quotation marks makes up most of what was found behind the verb (“平安区”称号, but not 创新奖“优胜奖”)."""
    at = bisect_left(starts, finding.start)
    return at < len(quoted) and quoted[at].end <= finding.end and quoted[at].start - finding.start <= 2


def _quoted(scene: Scene) -> list[Finding]:
    """Names in quotation marks, with a word for an award behind (“平安区”称号) or its verb directly before (获评“最美社区”)."""
    text = scene.text
    found: list[Finding] = []
    for match in _QUOTED.finditer(text):
        before = text[max(0, match.start() - 64) : match.start()]
        before = before[max(before.rfind(mark) for mark in "。；！？\n") + 1 :]
        if HONOUR.search(match["name"]):
            fits = True
        elif match["head"]:
            fits = _EARNED.search(before) is not None and (match["head"] != "验收" or re.search("通过[^，。]{0,6}$", before) is not None)
        else:
            fits = _DIRECTLY.search(text[max(0, match.start() - 30) : match.start() + 1]) is not None
        if not fits:
            continue
        found.extend(
            Finding("award", match.start() + part.start("name"), match.start() + part.end("name"), "award.quoted", 0.9)
            for part in _PART.finditer(match.group())
        )
    return found


def _named(scene: Scene) -> list[Finding]:
    """What follows the verb of an award up to a word for one (获评全国先进基层党组织、省级文明社区)."""
    text = scene.text
    found: list[Finding] = []
    for lead in _LEAD.finditer(text):
        if _NO_AWARD.match(text, lead.start()) or not scene.word_starts_at(lead.start()):
            continue
        end = scene.clause(lead.end())[1]
        position = lead.end()
        while True:
            award = _AWARD.match(text, position, min(len(text), end + 1))
            if award is None or award.end() > end + 1:
                break
            start, stop = _bounds(text, award.start("name"), award.end("name"))
            if stop - start >= 3 and not text.startswith(_TOO_GENERAL, start) and not re.search("的.*的|向|将|把", text[start:stop]):
                found.append(Finding("award", start, stop, "award.verb", 0.85))
            position = award.end()
            if text[position : position + 1] in tuple("”’」"):
                position += 1
            if text[position : position + 1] in tuple("、和及与"):
                position += 1
            elif text[position : position + 1] not in tuple("“‘「"):
                break
    return found


def _bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Without an opening mark whose partner lies outside, and with the closing mark of one that lies inside."""
    if text[start : start + 1] in "“‘「" and text[end : end + 1] in tuple("”’」"):
        return start + 1, end
    if text[end : end + 1] in tuple("”’」") and re.search("[“‘「]", text[start:end]):
        return start, end + 1
    return start, end
