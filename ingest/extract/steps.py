"""Steps of a process: only where the text says that they were done. A sentence that names a method by its parts is no evidence of them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.model import Modality
from corpus.vocabulary import Cue, step_schemes, steps
from ingest.extract.cues import Sighting
from ingest.extract.extent import clauses, index, sentence
from ingest.extract.finding import Finding
from ingest.extract.initiatives import Name
from ingest.extract.modality import modality
from ingest.extract.quotes import Speech
from ingest.extract.scene import Scene
from ingest.extract.sweep import Family
from ingest.extract.telling import done, everywhere, in_heading, in_title, local, meant, near, weighed, whole_words
from ingest.extract.wordlist import word_set

# Words that name the activity as well as they tell that it took place: something in the sentence has to say that it did.
_BARE = word_set(
    "施工 投资 贷款 验收 回头看 监理 审计 专项审计 督查组 督导组 推行 征求意见 清运 拆除 启用 投用 同意率 签约率 垫付 "
    "垫资 赞助 捐款 捐资 捐赠 搬迁 接管 修缮 翻新 粉刷 铺设 施划 回访",
    "监督员 社会监督 群众监督 居民监督 评议会 财政补贴 财政补助 政府补贴 政府补助 自筹 自筹资金 众筹 集资 筹款 认领 "
    "认捐 问卷调查 调查问卷 摸底调查 走访调研 实地走访 组织实施",
    "试运行 集中整治 集中清理 联合执法 开业 入驻 搬入 进驻 费用分摊 分摊费用 共同分摊 按比例分摊 拨款 拨付 划拨 募捐 "
    "筹资 配套资金 补助资金 补贴资金 居民自筹 业主自筹 村民自筹 意见征求",
    "意见征询 逐户走访 入户走访 入户调查 入户摸底 绩效评价 绩效评估 成效评估 效果评估 考核评价 红黑榜 满意度测评 "
    "满意度调查 满意度评价 民主评议 民主测评 第三方评估 第三方测评 竣工验收 完工 竣工",
    "建成 动工 开工 交付使用 投入使用 现场监督 财务公开 账目公开 账目公示 收支公示 进度公示 方案公示 定期公示 争取资金 "
    "申请资金 以工代赈 投工投劳 义务投工 表决同意 投票表决 书面表决 举手表决",
    "定期督查 挂牌督办 跟踪督办 督促整改 整改到位 落地实施 实施改造 启动改造 开展整治 兑现补偿 提出申请 提出诉求 "
    "星级评定 评星定级 监督小组 监督委员会 监事会 义务监督员 质量监督员",
)
_STARTED_BEFORE = word_set("建成 开业 竣工 完工 投用 启用 交付使用 投入使用 建成投用 建成使用 落成 入驻 搬入 搬迁")
_AFTER = re.compile(
    "(?:的)?(?:机制|制度|平台|能力|渠道|流程|原则|办法|规则|权利?(?!属)|作用|责任|职责|体系|模式|成本|意识|方法|方案中|"
    "难|工作法|率(?!达|为|[0-9])|前(?!后)|之前|时(?!间)|条件|仪式|义务|权益|工作(?!组)|"
    "区域|场地|费|决定|单位|方(?!案)|队|人员|期|阶段|现场|安全|质量|图|标准|报告|公司|有限|者|额|增长|增速|下降|利率|"
    "余额|规模|环境|政策|款|重建|算起|[^，。；]{0,8}算起|计划|任务|要求|需求|问题|程序|路线|路径|后的|并重|"
    "大厅|中心|系统|通道|情况|建设(?:有限|公司|项目))"
)
_FALSE_FUNDS = re.compile("补偿|赔|标准|收入|支出|成本|缺口|租金|利率|额度")
_OWED = re.compile("押金|保证金|索赔|赔偿|罚款|滞纳金")
_TAKEN_BACK = re.compile("追回|追缴|骗取|套取|扣|停发|退|欠|拖|罚|奖励?$|要求|索")
_NEVER = re.compile("不会|不再|无法|未能|没能|尚未|不能|没法")
_PLANS = re.compile("下一?步|今后|接下来|计划(?!生育)|拟(?![人态声定])|打算|准备|即将|将(?=[于会在要继续启实开推召组完建])|预计|力争|有望")
_CUT = re.compile("[，；。]|前|必须|为|没有|未|的(?=.)|费(?=.)|专项")
_GROWS = re.compile(
    "[^，。；]{0,8}(?:[0-9一二三四五六七八九十][0-9]*[件起次]|由|从|月均|[是为]下)|强烈|突出|集中|较多|的热点|(?:量|率|件|数|总量)?(?:也|都|均|均已|已)?(?:大幅|明显|逐步|在变|持续|减|下降|增|上升|变)"
)
_WILL_NOT = re.compile("[不拒]|难以|无人|无法")
_SETS_UP = re.compile("^[^，]{0,6}(?:建立|完善|健全|构建|形成|搭建|整合)")
_CALLED_SO = re.compile("叫|取名|称为|工作法|[一二三四五六七八]步|机制|制度|程序|流程|闭环|按|“[^”]{2,8}”[：:]")
_BODY = re.compile("^(?!召开|举行|举办|组织|成立|组建|开|选出|聘请|推选)[\u4e00-\u9fff]*(?:会|小组|委员会|员|队|组)$")
_CALLED = re.compile("召开|举行|举办|组织|成立|组建|选出|推选|聘请|开了?")
_RESULT = "了过齐得到出成好完上掉下"
# What was done so often or to so many, and what became of a thing, was done.
_COUNTED = re.compile(
    "[^，。；、]{0,6}(?:[0-9一二两三四五六七八九十几百][0-9.一二三四五六七八九十百千万余多]*(?:次|户|人|处|个|名|份|场|轮|辆|间|套|块|台|部|件|条|家|位|起|盏|元|万|栋|幢|遍|趟|天|封|亩|米|吨|处))"
)
_RESULTS = re.compile("(?:了|到|成|好|完|上|走|掉|下|出|为|回)(?![^，。；]{0,3}[的])")
_MOST_TOLD: tuple[Modality, ...] = ("asserted", "negated", "conditional", "planned")
_RULE = re.compile("标准[为：:]|应当|应由|须|必须|不得|规定[：:，]|第[0-9一二三四五六七八九十百]+条[^，]{0,6}(?:规定|明确)")


def _part_words() -> Iterator[tuple[str, str]]:
    """Parts of methods (民提) and the words for those methods (六步工作法)."""
    names = {name for step in steps() for name in step.names if len(name) > 1}
    names |= {part for scheme in step_schemes() for part, _ in scheme.parts if len(part) > 1}
    names |= {term for scheme in step_schemes() for term in scheme.terms}
    return ((name, name) for name in sorted(names))


@cache
def _orders() -> dict[str, int]:
    return {step.id: step.order for step in steps()}


def steps_order(step: str | None) -> int:
    """The place of a step among the steps."""
    return _orders().get(step or "", 0)


PARTS: Family[str] = Family(_part_words)


def find(scene: Scene, sightings: Sequence[Sighting], speech: Speech, names: Sequence[Name]) -> list[Finding]:
    """Facts of the kind `step` in order, one of a step in a sentence: the clauses that tell of it; `step` is the Chinese
    label, `concept` the step's id.

    What stands inside a name (资本众筹), in a heading, in a list of a method's parts, or is supposed, wanted, weighed or a rule tells of no
    step. One that is planned or was not done is told as such (`modality`).
    """
    name_starts = [name.start for name in names]
    text = scene.text
    naming = sorted(start for start, _, _ in scene.hits.of(PARTS))
    told: dict[tuple[int, str], list[_Deed]] = {}
    for start, end, cue in sightings:
        within = bisect_right(name_starts, start) - 1
        if within >= 0 and _part_of(names[within], start, end):
            continue
        if scene.cases and scene.case(start) is None:
            continue
        as_told = _told(scene, start, end, cue.id)
        if as_told is None:
            continue
        low, high = _stretch(scene, speech, start)
        at = bisect_left(naming, low)
        named = [position for position in naming[at : at + 12] if position < high]
        if any(not start <= position < end for position in named) and _names_method(text, named, start, end):
            continue
        told.setdefault((sentence(scene, start)[0], cue.id), []).append(_Deed(start, end, as_told, cue))
    found = [_row(scene, deeds) for (first, step), deeds in told.items() if not _serves_another(scene, first, step, deeds, told)]
    return sorted(found, key=lambda finding: (finding.start, steps_order(finding.concept)))


@dataclass(frozen=True, slots=True)
class _Deed:
    """Words that tell of a step, and whether as done, planned or left undone."""

    start: int
    end: int
    told: Modality
    cue: Cue


_FOR_ANOTHER = word_set("开展 组织 委托 启动 聘请 配备 发放 推行 完成 组织实施 立案")
_ASKED = re.compile("问卷|入户|走访|座谈|[抽访]问|摸底|调查|上门")


def _serves_another(scene: Scene, first: int, step: str, deeds: Sequence[_Deed], told: Mapping[tuple[int, str], Sequence[_Deed]]) -> bool:
    """Whether the words only bring in another step (开展测评, 组织协商), or ask people how they judge what was done."""
    if step == "deliberation":
        asked = all(_ASKED.search(scene.text, deed.start, deed.end) for deed in deeds)
        return asked and (first, "evaluation") in told
    if step != "implementation":
        return False
    others = [other for (start, kind), listed in told.items() if start == first and kind != step for other in listed]
    return all(
        scene.text[deed.start : deed.start + 2] in _FOR_ANOTHER
        and any(deed.start < other.end and other.start < scene.clause(deed.start)[1] for other in others)
        for deed in deeds
    )


def _row(scene: Scene, deeds: Sequence[_Deed]) -> Finding:
    """One row for the deeds of a step in a sentence: the run of neighbouring clauses from the first one that is told as done, if any is."""
    told: Modality = next((kind for kind in _MOST_TOLD if any(deed.told == kind for deed in deeds)), "asserted")
    counted = [deed for deed in deeds if deed.told == told]
    parts = list(clauses(scene, sentence(scene, counted[0].start)))
    places = sorted({index(parts, deed.start) for deed in counted})
    last = places[0]
    for place in places:
        if place <= last + 1:
            last = place
    start, end = parts[places[0]][0], max(parts[last][1], min(deed.end for deed in counted))
    sure = any(done(scene, deed.start, deed.end, dated=True) for deed in counted)
    cue = counted[0].cue
    return Finding(
        "step", start, end, "step.cue", 0.87 if sure else 0.75, step=cue.label, concept=cue.id, modality=told, evidence=((start, end),),
    )  # fmt: skip


def _part_of(name: Name, start: int, end: int) -> bool:
    return end <= name.end and name.end - name.start > end - start and name.rule != "name.head"


def _told(scene: Scene, start: int, end: int, step: str) -> Modality | None:
    """Whether the words say that the step was done, is planned or was left undone; None where they say neither."""
    text = scene.text
    said = text[start:end]
    low = near(scene, start)[0]
    if not whole_words(scene, start, end) or in_heading(scene, start) or everywhere(scene, start) or in_title(scene, start, end):
        return None
    told = _modality(scene, start, end, low)
    if told == "negated" and (scene.opens(start) or _WILL_NOT.search(text, max(low, start - 8), start)):
        return None
    if _bare(said) and text.startswith("的", end) and not re.match("的?[，。；]|$", text[end : end + 2]):
        return None
    if text[sentence(scene, start)[1] : sentence(scene, start)[1] + 1] in ("？", "?"):
        return None
    if not local(scene, start):
        return None
    if told is None or _AFTER.match(text, end) or weighed(scene, start, end):
        return None
    if scene.role(start) == "background" and said in _STARTED_BEFORE and step == "implementation":
        return None
    if (step == "proposal" and _GROWS.match(text, end)) or (step == "decision" and said.startswith("参与率")):
        return None
    if _lists_parts(scene, start, end):
        return None
    if len(said) > 4 and _CUT.search(said[1:]):
        return None
    if step == "funding" and (
        _FALSE_FUNDS.search(said)
        or _OWED.search(text, max(low, start - 12), end + 6)
        or _TAKEN_BACK.search(text, max(low, start - 4), start)
    ):
        return None
    first = scene.sentence(start)[0]
    if _RULE.search(text, max(first, start - 60), start) and not done(scene, start, end):
        return None
    if _BODY.match(said) and not _CALLED.search(text, max(low, start - 12), start):
        return None
    if _listed(scene, start) or (told == "asserted" and _bare(said) and not _happened(scene, start, end)):
        return None
    return told


def _modality(scene: Scene, start: int, end: int, low: int) -> Modality | None:
    """Done, planned or denied; None for what is supposed, wanted or allowed."""
    told = modality(scene, start, end)
    if told == "conditional":
        return None
    if told == "asserted" and meant(scene, start, end):
        ahead = scene.text[max(scene.sentence(start)[0], low - 40) : start]
        return "planned" if _PLANS.search(ahead) and not done(scene, start, end) else None
    if told == "asserted" and _NEVER.search(scene.text, low, start) and not done(scene, start, end):
        return "negated" if re.search("尚未|未能|没能", scene.text[low:start]) else None
    return told if told != "planned" or _PLANS.search(scene.text, max(scene.sentence(start)[0], low - 40), start) else None


def _lists_parts(scene: Scene, start: int, end: int) -> bool:
    """Whether the clause lists what a method or mechanism consists of (建立收集、协商、反馈的机制; 五步：…提、…议、…定)."""
    low, high = near(scene, start)
    listed = scene.text.count("、", low, high)
    if listed < 2 or done(scene, start, end):
        return False
    first = max(scene.sentence(start)[0], low - 40)
    return bool(_SETS_UP.search(scene.text[low:high])) or (listed >= 3 and bool(_CALLED_SO.search(scene.text[first:low])))


def _bare(said: str) -> bool:
    """Whether the words alone do not yet say that it took place."""
    return said in _BARE or (len(said) <= 3 and said[-1] not in _RESULT)


def _happened(scene: Scene, start: int, end: int) -> bool:
    """Whether the clause, or a date in the sentence before it, puts a bare word into the past."""
    if done(scene, start, end, dated=True) or "自己" in scene.text[near(scene, start)[0] : start]:
        return True
    if _COUNTED.match(scene.text, end) or _RESULTS.match(scene.text, end):
        return True
    first, low = scene.sentence(start)[0], near(scene, start)[0]
    return low > first and done(scene, low - 1, low - 1, dated=True)


def _listed(scene: Scene, start: int) -> bool:
    """Inside a short quotation that lists (“议题征集、分楼协商、账目上墙”) the words are names."""
    around = scene.quotes_around(start, start + 1)
    inside = scene.text[around[0].start : around[0].end] if around else ""
    return len(inside) <= 40 and "、" in inside and not re.search("[，。；！？]", inside)


def _names_method(text: str, named: Sequence[int], start: int, end: int) -> bool:
    """Whether parts of a method are listed there: two of them, or one that is no part of what was found."""
    outside = [position for position in named if not start <= position < end]
    return len(outside) >= 2 or any(text.startswith(("民", "六步", "四议", "五步", "七步"), position) for position in outside)


def _stretch(scene: Scene, speech: Speech, position: int) -> tuple[int, int]:
    """The quotation around a position, or its sentence as far as no quotation comes between."""
    quote = speech.quote_at(position)
    if quote is not None:
        return quote.start, quote.end
    return speech.between(position, *scene.sentence(position))
