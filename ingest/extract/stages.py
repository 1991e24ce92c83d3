"""How far the work of a case has got (设想 拟实施 试点 已实施 已推广 已停止), with the words that say so: a fact of the kind `context`.

What is only wanted, planned, weighed or said of another place does not count as done; what is told before the work began (a project that
came to nothing earlier, a programme of the whole city) is no stage of this one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from corpus.model import Case, Stage
from ingest.extract.cues import Sighting
from ingest.extract.finding import Finding
from ingest.extract.modality import modality
from ingest.extract.scene import Scene
from ingest.extract.telling import everywhere, in_heading, in_title, meant, near, weighed
from ingest.segment.doing import done

ASPECT = "stage"
_STAGES: tuple[Stage, ...] = get_args(Stage)
_IDEA, _PLAN, _TRIAL, _DONE, _SPREAD, _STOPPED = _STAGES

_PATTERNS: tuple[tuple[Stage, re.Pattern[str]], ...] = (
    (
        _STOPPED,
        re.compile(
            "(?:项目|工程|工作|试点|方案|改造|加装|计划|做法|机制|平台|食堂)[^，。；\n]{0,6}?(?:最终|后来|已|就此|至今|一直)?(?:被)?"
            "(?:叫停|搁置|中止|终止|取消|停止|夭折|流产|停摆|停办|停运|停用|下线|撤销|撤回)|不了了之|名存实亡|没有?(?:再)?(?:坚持|继续|办|做|搞)下去|散了伙|"
            "(?:决定|只好|不得不|最终|被迫)[^，。；\n]{0,8}(?:中止|终止|停下|停办|放弃|撤回|退还)|宣布[^，。；\\n]{0,6}(?:中止|终止|停止|解散|失败)|(?:撤回|撤销)(?:了)?(?:申请|项目|备案)"
        ),
    ),
    (
        _SPREAD,
        re.compile(
            "(?:全[国省市区县镇乡]|全街道|[多各](?:个)?(?:社区|街道|小区|村|镇)|其[他余](?:的)?(?:社区|街道|小区|村|镇|区县)|[0-9一二三四五六七八九十]+个(?:社区|街道|小区|村|镇))"
            "[^，。；\n]{0,12}(?:推广|推开|复制|铺开|推行)|(?:推广|复制|推开|推行|铺开)(?:到|至|于|给)?了?(?:全[国省市区县镇乡街]|其他|周边|更多|[0-9一二三四五六七八九十]+(?:余|多)?个)"
        ),
    ),
    (
        _DONE,
        re.compile(
            "(?:改造|整治|建设|加装|施工|验收|拆除|清理|安装|项目|工程|工作|电梯)[^，。；\n]{0,8}?(?:完成|完工|竣工|投入使用|投用|启用|落成|通过验收)|建成(?:投用|启用|了)?|"
            "投入使用|正式(?:运行|启用|投用|开放|上线)|(?:实施|运行|推行|开展|成立|启动|试行|上线)(?:以来|至今)|达成(?:了)?(?:一致|协议|调解协议)|签订(?:了)?[^，。；\n]{0,8}协议|"
            "(?:得到|妥善|圆满|彻底|成功)(?:解决|化解)|(?:解决|化解|办结)了"
        ),
    ),
    (
        _TRIAL,
        re.compile(
            "(?:正在|开展|启动|作为|列为|率先|选取|选择|确定|先在)[^，。；\n]{0,16}试点|先行先试|试运行|(?:在|先)[^，。；\n]{1,16}试点|(?:正在|目前)[^，。；\n]{0,10}试行|试点(?:工作)?(?:正在|已经?启动|期间)"
        ),
    ),
    (
        _PLAN,
        re.compile(
            "拟(?:采取|实施|建立|设立|开展|于|在|建)|计划(?:于|在|用|投入|今年|明年|年内)|将(?:于|在)(?:20\\d\\d年|今年|明年|年[内底])|预计[^，。；\n]{0,12}(?:完工|完成|启动|投用|建成)|"
            "(?:列入|纳入)[^，。；\n]{0,12}(?:计划|项目)|正在(?:筹备|筹划|报批|招标|设计)|即将(?:开工|启动|动工|实施|上线)|尚未(?:实施|开工|启动|动工)"
        ),
    ),
    (
        _IDEA,
        re.compile(
            "(?:我|本人|笔者|特|故)?建议(?:：|由|在|对|将|设立|建立|增设|采取|从|把|可以|可|政府|社区|街道|有关部门|相关部门)|(?:初步)?(?:设想|构想)(?:是|如下|：)?|"
            "预期(?:效果|成效)|可行性分析"
        ),
    ),
)
_TITLE_STOPPED = re.compile("中止|叫停|搁置|流产|没有?(?:装|办|建|做)成|夭折|停摆|为何失败|失败")
_TITLE_PLANNED = re.compile("拟实施|实施方案|工作方案|(?:建设|改造|行动|实施)计划")
_NOT_YET = re.compile("尚未|还没有?|即将|正在(?:筹备|筹划|报批|招标|设计)|待[^，。；]{0,6}后")
_NOW = re.compile("正在|目前|现在|当前|仍|还在|阶段")
_NOT_SPREAD = re.compile("(?:可|值得|便于|有待|适合|利于|希望|建议|应|要|能|待|再|拟|将|计划|准备|考虑|意义|价值)[^，。；]{0,6}$")
_STARTED_ANEW = re.compile("重新|恢复|重启|再次启动|改为|换成|接着")
_OF_OLD = re.compile(r"(?:19\d\d|20\d\d)年[^，。；\n]{0,8}?(?:始?建成|建造|竣工|交付|落成|开业)|[（(](?:19|20)\d\d年[^）)]{0,6}$")
_STRONG = 0.9
_WEAK = 0.7
_FAINT = 0.5


@dataclass(frozen=True, slots=True)
class _Sign:
    stage: Stage
    start: int
    end: int
    confidence: float


def find(scene: Scene, sightings: Sequence[Sighting], steps: Sequence[Finding] = ()) -> list[Finding]:
    """One fact a case, `aspect` stage and `kind` the stage, where the text of the case says it; its words are those it was read from.

    `sightings` are the vocabulary's words for stages; `steps` the facts of the kind `step`, of which one that was carried out tells, where
    nothing better does, that the work was done.
    """
    found = []
    seen: dict[str | None, list[Sighting]] = defaultdict(list)
    taken: dict[str | None, list[Finding]] = defaultdict(list)
    for sighting in sightings:
        seen[scene.case(sighting[0])].append(sighting)
    for step in steps:
        taken[scene.case(step.start)].append(step)
    for case in scene.cases:
        signs = sorted((*_signs(scene, case), *_sighted(scene, seen[case.id])), key=lambda sign: (sign.start, sign.end))
        sign = (
            _of_proposal(case, signs)
            if case.kind == "proposal"
            else _of_case(scene, case, signs) or _by_steps(scene, taken[case.id]) or _told(scene, case)
        )
        if sign is not None:
            found.append(
                Finding("context", sign.start, sign.end, "stage", sign.confidence, aspect=ASPECT, kind=sign.stage, modality="asserted")
            )
    return found


def stage_of(case: Case, found: Sequence[Finding]) -> Stage | None:
    """The stage among the findings of a case; what nothing tells is an idea for a proposal and unknown for a case."""
    told = next((finding.kind for finding in found if finding.type == "context" and finding.aspect == ASPECT), None)
    if case.kind == "case" and told not in (_STOPPED, _SPREAD) and _TITLE_STOPPED.search(case.title):
        return _STOPPED
    for stage in _STAGES:
        if stage == told:
            return stage
    return _IDEA if case.kind == "proposal" else None


def _signs(scene: Scene, case: Case) -> Iterator[_Sign]:
    for low, high in case.spans:
        for stage, pattern in _PATTERNS:
            for match in pattern.finditer(scene.text, low, high):
                yield from _counted(scene, stage, match.start(), match.end(), _STRONG)


def _sighted(scene: Scene, sightings: Sequence[Sighting]) -> Iterator[_Sign]:
    for start, end, cue in sightings:
        stage = next(stage for stage in _STAGES if stage == cue.id)
        if stage in (_TRIAL, _SPREAD, _STOPPED):
            continue  # the vocabulary's words for these also say what happened to things (停用) or how wide something reaches
        yield from _counted(scene, stage, start, end, _WEAK)


def _counted(scene: Scene, stage: Stage, start: int, end: int, confidence: float) -> Iterator[_Sign]:
    """The sign if it tells of this work: as it is, or as a plan where it is planned."""
    if everywhere(scene, start) or in_title(scene, start, end) or (in_heading(scene, start) and stage != _IDEA):
        return
    if stage in (_IDEA, _PLAN):
        if modality(scene, start, start) not in ("negated", "conditional") and not weighed(scene, start, end):
            yield _Sign(stage, start, end, confidence)
        return
    if (stage in (_STOPPED, _SPREAD) or confidence == _WEAK) and scene.opens(start):
        return
    text = scene.text
    if stage == _DONE and (text.startswith("于", end) or _OF_OLD.search(text, max(near(scene, start)[0], start - 24), end)):
        return
    if stage == _SPREAD and _NOT_SPREAD.search(text, max(near(scene, start)[0], start - 14), _spreading(text, start, end)):
        return
    said = modality(scene, start, end)
    if said == "planned" or (said == "asserted" and meant(scene, start, end)):
        if stage != _STOPPED and said == "planned":
            yield _Sign(_PLAN, start, end, _WEAK)
        return
    if said == "asserted" and not weighed(scene, start, end):
        yield _Sign(stage, start, end, confidence)


def _spreading(text: str, start: int, end: int) -> int:
    """Where the verb begins in the words that tell of spreading."""
    at = re.search("推广|推开|复制|铺开|推行", text[start:end])
    return start + (at.start() if at else 0)


def _of_proposal(case: Case, signs: Sequence[_Sign]) -> _Sign | None:
    planned = [sign for sign in signs if sign.stage == _PLAN and sign.confidence == _STRONG]
    ideas = [sign for sign in signs if sign.stage == _IDEA]
    if planned and (_TITLE_PLANNED.search(case.title) or not ideas):
        return planned[0]
    if _TITLE_PLANNED.search(case.title):
        return next((_Sign(_PLAN, sign.start, sign.end, sign.confidence) for sign in signs if sign.stage == _PLAN), None)
    return max(ideas, key=lambda sign: (sign.confidence, -sign.start), default=None)


def _of_case(scene: Scene, case: Case, signs: Sequence[_Sign]) -> _Sign | None:
    by_stage = {stage: [sign for sign in signs if sign.stage == stage] for stage in _STAGES}
    done = [sign for sign in by_stage[_DONE] if sign.confidence == _STRONG]
    for stop in reversed(by_stage[_STOPPED]):
        later = [sign for sign in (*done, *by_stage[_SPREAD]) if sign.start > stop.end]
        anew = _STARTED_ANEW.search(scene.text, stop.end, min(case.end, stop.end + 200))
        if (not later and not anew) or _TITLE_STOPPED.search(case.title):
            return stop
    if by_stage[_SPREAD]:
        return by_stage[_SPREAD][-1]
    trial = by_stage[_TRIAL][-1] if by_stage[_TRIAL] else None
    if trial and (not done or done[-1].start < trial.start) and _NOW.search(scene.text, *_clause(scene, trial)):
        return trial
    if done:
        return done[-1]
    if trial:
        return trial
    weak = by_stage[_DONE]
    plans = [sign for sign in by_stage[_PLAN] if sign.confidence == _STRONG]
    if plans and not weak and (case.kind != "case" or any(_NOT_YET.search(scene.text, *_clause(scene, sign)) for sign in plans)):
        return plans[-1]
    return weak[-1] if weak else None


def _clause(scene: Scene, sign: _Sign) -> tuple[int, int]:
    low, high = near(scene, sign.start)
    return max(low, sign.start - 20), min(high, sign.end + 10)


def _by_steps(scene: Scene, steps: Sequence[Finding]) -> _Sign | None:
    for step in reversed(steps):
        if step.type == "step" and step.concept == "implementation" and step.modality == "asserted" and not scene.opens(step.start):
            return _Sign(_DONE, step.start, step.end, _WEAK)
    return None


def _told(scene: Scene, case: Case) -> _Sign | None:
    """The clause of a case that tells of work done, where nothing better says how far it has got."""
    if case.kind != "case" or _TITLE_STOPPED.search(case.title):
        return None
    found = next((span for low, high in case.spans if (span := done(scene.text, low, high, scene.sections))), None)
    return _Sign(_DONE, *found, _FAINT) if found else None
