"""Form fields (申报单位：…) at the head or the end of a submission become metadata and leave the body; names of contacts are hidden."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import get_args

from corpus.model import Metadata, Stage
from corpus.offsets import Edit
from ingest.dates import iso_date
from ingest.draft import Draft

STEP = "form"
_LABELS: dict[str, str] = {
    "title": (
        "案例名称 案例题目 案例标题 项目名称 建议名称 建议题目 提案名称 提案题目 金点子名称 点子名称 成果名称 作品名称 题目 标题 名称"
    ),
    "number": "编号 案例编号 申报编号 受理编号 项目编号 作品编号 参评编号 登记编号",
    "applicant": (
        "申报单位 报送单位 推荐单位 填报单位 申报主体 案例单位 单位名称 实施单位 提交单位 选送单位 "
        "供稿单位 参评单位 申请单位 所在单位 工作单位 建议单位"
    ),
    "category": ("类别 申报类别 案例类别 参评类别 所属类别 类型 案例类型 建议类别 所属领域 申报类型 参赛类别 领域 主题类别"),
    "place": ("所在地 地区 所在地区 所属地区 所属区县 地点 实施地点 案例地点 所属街道 所属乡镇 属地 所在社区 所属社区"),
    "award": "奖项 评选活动 评选名称 评选届次 届次 活动名称 参评活动",
    "published": "申报时间 申报日期 填报时间 填报日期 报送时间 提交日期 提交时间 填表日期 日期",
    "authors": "执笔人 撰写人 撰稿人 案例撰写人 参与撰写人员 撰写人员 作者姓名 作者",
    "contact": (
        "联系人 姓名 联系人姓名 申报人 申报人姓名 建议人 建议人姓名 提案人 负责人 项目负责人 填报人 填表人 经办人 推荐人 真实姓名 参赛者"
    ),
    "status": "实施状态 实施情况 状态 进展 是否实施 实施阶段",
    "opinion": "申报单位意见 审核意见 主管部门意见 街道意见 区级意见",
    "period": "起止时间 实施时间 开展时间 实施期限",
    "private": (
        "联系电话 电话 手机 手机号 手机号码 联系方式 身份证号 身份证号码 身份证 邮箱 电子邮箱 "
        "通讯地址 联系地址 家庭住址 住址 地址 邮编 邮政编码 传真 微信号 QQ 职务 职称 "
        "银行账号 银行账户 收款账户 收款账号 账户 账号 银行卡号 卡号 开户行 开户银行"
    ),
    "free": (
        "摘要 正文 内容摘要 建议内容 案例内容 主要内容 案例正文 具体内容 基本情况 背景 案例背景 "
        "主要做法 做法 成效 主要成效 取得成效 创新点 启示 专家意见 "
        "评审意见 备注 案例简介 项目简介 存在问题 问题描述 预期效果 可行性分析 下一步打算"
    ),
}
_FIELDS = {label: name for name, labels in _LABELS.items() for label in labels.split()}
_KEPT = frozenset(("free",))
_ANY = "|".join(sorted(_FIELDS, key=lambda label: (-len(label), label)))
_LABEL = re.compile(rf"(?:(?<=^)|(?<=[\s；;，,、]))(?:[（(]?\d{{1,2}}[）)、.．]\s*)?(?:[【\[]({_ANY})[】\]]\s*[：:]?|({_ANY})\s*[：:])\s*")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,14}[〔\[（(](?:19|20)\d\d[〕\]）)]\s?第?\d{1,5}号")
_AWARD = re.compile(
    r"(.{4,50}?(?:评选|大赛|征集|评比|竞赛|活动|案例|金点子))(?:活动)?(?:申报|推荐|登记|报名|征集|参评)(?:表|书)(?:（.{1,10}）)?"
)
_CHECKED = re.compile(r"[☑√■✔✓☒●]\s*([\u4e00-\u9fff]{2,10})")
_HEAD = 30
_LONGEST = 160
_VALUE = 70
_CONTACT_NAME = re.compile("[\u4e00-\u9fff·]{2,4}")


def is_label(words: str) -> bool:
    """Whether a table cell is the label of a form."""
    return _plain(words) in _FIELDS


def fields(draft: Draft) -> tuple[list[Edit], Metadata, list[tuple[int, int]]]:
    """Edits that take field lines out, the metadata with what they say, and the spans (before the edits) of what must not be shown.

    A field line is a known label, a colon and a short value; single ones that might be text (`背景：`) stay.
    """
    edits: list[Edit] = []
    told: dict[str, str] = {}
    hidden: list[tuple[int, int]] = []
    lines = _lines(draft.text)
    zone = range(len(lines)) if len(lines) <= 2 * _HEAD else [*range(_HEAD), *range(len(lines) - _HEAD, len(lines))]
    for number in zone:
        start, end = lines[number]
        line = draft.text[start:end]
        found = _read(line)
        if not found:
            continue
        for name, low, high in found:
            told.setdefault(name, line[low:high])
            if name in ("contact", "private") and low < high:
                hidden.append((start + low, start + high))
        if found[0][0] == "title" and len(found) == 1:
            edits.append(Edit(start, start + found[0][1], "", STEP))
        else:
            edits.append(Edit(start, min(end + 1, len(draft.text)), "", STEP))
    return (edits, _filled(draft.metadata, told), hidden) if told else ([], draft.metadata, [])


def _read(line: str) -> list[tuple[str, int, int]]:
    """What a line says as a form, (field, start and end of its value); empty where it is text."""
    if len(line) > _LONGEST:
        return []
    if _NUMBER.fullmatch(line):
        return [("number", 0, len(line))]
    if award := _AWARD.fullmatch(line):
        return [("award", *award.span(1))]
    labels = list(_LABEL.finditer(line))
    if not labels or line[: labels[0].start()].strip():
        return []
    found = []
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        low, high = label.end(), following.start() if following else len(line)
        value = line[low:high]
        name = _FIELDS[label[1] or label[2]]
        if name in _KEPT or len(value) > _VALUE or (re.search("[。！；]", value) and name != "opinion"):
            return []
        found.append((name, low, low + len(value.rstrip(" ；;，,\t"))))
    return found


def _filled(known: Metadata, told: dict[str, str]) -> Metadata:
    authors = tuple(_CONTACT_NAME.findall(told.get("authors", "")))
    return replace(
        known,
        title=known.title or told.get("title", ""),
        number=known.number or told.get("number") or None,
        applicant=known.applicant or told.get("applicant") or None,
        category=known.category or told.get("category") or None,
        place=known.place or told.get("place") or None,
        award=known.award or told.get("award") or None,
        authors=known.authors or authors,
        published=known.published or iso_date(told.get("published", "")),
        stage=known.stage or _stage(told.get("status", "")),
    )


def _stage(status: str) -> Stage | None:
    """What is ticked, or the only word: 已实施, 设想 …"""
    ticked = _CHECKED.search(status)
    words = ticked[1] if ticked else status
    if re.search("☐|□|○", words):
        return None
    if re.search("建议|设想|未实施|构思", words):
        return "设想"
    return next((stage for stage in get_args(Stage) if stage in words), None)


def _plain(label: str) -> str:
    return re.sub(r"[\s：:*＊（(]+$|\s+", "", label)


def _lines(text: str) -> list[tuple[int, int]]:
    spans = []
    at = 0
    for line in text.split("\n"):
        spans.append((at, at + len(line)))
        at += len(line) + 1
    return spans
