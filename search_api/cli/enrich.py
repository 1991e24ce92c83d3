"""The command of the optional language model: enrich."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

import click

from corpus.catalogue import Catalogue
from corpus.errors import UsageError
from ingest.annotate.reasons import Reason
from search_api.cli.base import print_json, progress, say, settings, tell, wants_json
from search_api.cli.bilingual import Command, language, tr
from search_api.llm import Endpoint, Enriched, Limits, Plan, endpoint_of, enrich, plan

_CONSENT = "enrich_consent"
"""Key of the catalogue's meta: the address that somebody has agreed to send text to."""
_MOST_TOKENS = 1_000_000


@click.command("enrich", cls=Command, help="请语言模型从正文里再找事实，另存为“模型提取、待核实”（默认不用，见 JINDIANZI_LLM_URL）")
@click.argument("reports", nargs=-1, metavar="[REPORT]...")
@click.option("--collection", help="只问这一个分集")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="最多问几段")
@click.option("--max-tokens", default=_MOST_TOKENS, show_default=True, type=click.IntRange(min=1), help="这一次最多用多少词元")
@click.option("--max-cost", type=click.FloatRange(min=0, min_open=True), help="这一次最多花多少钱（要有 JINDIANZI_LLM_PRICE）")
@click.option("--internal", is_flag=True, help="连同标有内部资料、工作秘密的报告")
@click.option("--dry-run", is_flag=True, help="只说会发出什么、约要多少词元，什么也不发")
@click.option("--yes", is_flag=True, help="已知道会发出什么，不再询问")
@click.option("--remove", is_flag=True, help="删去语言模型找到的事实，不问模型")
def enrich_command(
    reports: tuple[str, ...],
    collection: str | None,
    limit: int | None,
    max_tokens: int,
    max_cost: float | None,
    internal: bool,
    dry_run: bool,
    yes: bool,
    remove: bool,
) -> int:
    given = settings()
    with Catalogue.open(given.store) as catalogue:
        if remove:
            return _remove(catalogue, reports, collection)
        endpoint = endpoint_of(given)
        if max_cost is not None and endpoint.price is None:
            raise UsageError(
                "没有设置价格，不能按费用设上限",
                where="--max-cost",
                remedy="请设置 JINDIANZI_LLM_PRICE，或改用 --max-tokens",
                en="set JINDIANZI_LLM_PRICE first, or use --max-tokens",
            )
        planned = plan(catalogue, endpoint.fingerprint, reports, collection=collection, internal=internal)
        if dry_run:
            return _told_plan(endpoint, planned, internal)
        if planned.questions:
            _agree(catalogue, endpoint, planned, internal, yes)
        with progress() as shown:
            result = enrich(
                catalogue,
                endpoint,
                planned,
                internal=internal,
                limits=Limits(limit, max_tokens, max_cost),
                progress=lambda done, total: shown("询问模型", done, total),
                leaving=lambda count: tell(
                    "正在停下：等已发出的 {count} 段答复，至多 {seconds} 秒", count=count, seconds=int(endpoint.timeout)
                ),
            )
    if wants_json():
        print_json(enriched_body(endpoint, planned, result))
    else:
        _tell_result(endpoint, planned, result)
    if result.failure is not None:
        raise result.failure
    return result.exit_status


def _remove(catalogue: Catalogue, reports: tuple[str, ...], collection: str | None) -> int:
    ids = [catalogue.find_report(key).id for key in reports] or None
    if ids is None and collection is not None:
        ids = [report.id for report in catalogue.reports(collection)]
    count = catalogue.remove_annotations(ids)
    if wants_json():
        print_json({"removed": count})
    else:
        say("已删去语言模型在 {count} 段正文里找到的事实", count=count)
    return 0


def _agree(catalogue: Catalogue, endpoint: Endpoint, planned: Plan, internal: bool, yes: bool) -> None:
    """Say what leaves the machine before any does, once for each address. Raises UsageError where nobody agrees."""
    wanted = f"{endpoint.shown} +internal" if internal else endpoint.shown
    if catalogue.meta(_CONSENT) in (wanted, f"{wanted} +internal"):
        return
    for line in _leaving(endpoint, planned, internal):
        tell("{line}", line=line)
    if not yes and not (sys.stdin.isatty() and click.confirm(tr("发出吗？"), err=True)):
        raise UsageError(
            "没有发出任何内容",
            where="enrich",
            remedy="看清上面会发出什么，同意时加 --yes 再运行；只这一次要加",
            en="nothing was sent; add --yes once you agree to what is sent",
        )
    catalogue.set_meta(_CONSENT, wanted)


def _leaving(endpoint: Endpoint, planned: Plan, internal: bool) -> list[str]:
    if endpoint.is_local:
        way = tr("本机")
    elif endpoint.is_encrypted:
        way = tr("本机以外，加密传送")
    else:
        way = tr("本机以外，不加密：沿途都能看到正文和密钥")
    lines = [
        tr("将发往 {url}（{way}），模型 {model}", url=endpoint.shown, way=way, model=endpoint.model),
        tr(
            "发出的是 {reports} 份报告里还没有问过的 {questions} 段正文，共 {characters} 字，约 {tokens} 个词元",
            reports=len(planned.reports),
            questions=planned.questions,
            characters=planned.characters,
            tokens=planned.tokens,
        ),
        tr("正文已清洗，证件号、电话、账号、住址等已遮盖；人名、单位名、地名没有遮盖，会一并发出"),
        tr("不发原文件、文件名、题录和已读出的事实"),
    ]
    if planned.internal:
        lines.append(tr("标有内部资料、工作秘密的 {count} 份不发", count=len(planned.internal)))
    elif internal:
        lines.append(tr("标有内部资料、工作秘密的也发（--internal）"))
    if endpoint.price is not None:
        price = endpoint.price
        cost = price.of(planned.tokens - planned.characters // 2, planned.characters // 2)
        lines.append(tr("费用估计不超过 {cost} {currency}", cost=f"{cost:.4g}", currency=price.currency))
    return lines


def _told_plan(endpoint: Endpoint, planned: Plan, internal: bool) -> int:
    if wants_json():
        print_json(plan_body(endpoint, planned))
        return 0
    for line in _leaving(endpoint, planned, internal):
        say("{line}", line=line)
    say("以上只是说明，什么也没有发出")
    return 0


def plan_body(endpoint: Endpoint, planned: Plan) -> dict[str, Any]:
    return {
        "endpoint": endpoint.shown,
        "model": endpoint.fingerprint,
        "reports": len(planned.reports),
        "internal": planned.internal,
        "questions": planned.questions,
        "characters": planned.characters,
        "tokens": planned.tokens,
    }


def enriched_body(endpoint: Endpoint, planned: Plan, result: Enriched) -> dict[str, Any]:
    price = endpoint.price
    return {
        "endpoint": endpoint.shown,
        "model": endpoint.fingerprint,
        "reports": len(planned.reports),
        "internal": planned.internal,
        "questions": planned.questions,
        "answered": result.answered,
        "reused": result.reused,
        "cut": result.cut,
        "facts": dict(sorted(result.facts.items())),
        "rejected": dict(sorted(result.rejected.items())),
        "rejected_share": None if result.rejected_share is None else round(result.rejected_share, 4),
        "unanswered": dict(sorted(Counter(error.what for error in result.unanswered).items())),
        "tokens": {"read": result.read, "written": result.written, "estimated": result.estimated},
        "cost": None if price is None else round(price.of(result.read, result.written), 6),
        "currency": None if price is None else price.currency,
        "stopped": result.stopped,
    }


def _tell_result(endpoint: Endpoint, planned: Plan, result: Enriched) -> None:
    facts, rejected = sum(result.facts.values()), sum(result.rejected.values())
    say("问了 {answered} 段，留下事实 {facts} 条，标为“模型提取、待核实”", answered=result.answered, facts=facts)
    if result.rejected_share is not None:
        say("另有 {rejected} 条经不起核对，已丢弃（占 {share}）", rejected=rejected, share=f"{result.rejected_share:.0%}")
    for reason, count in sorted(result.rejected.items(), key=lambda item: (-item[1], item[0])):
        say("  {reason}：{count}", reason=_reason(reason), count=count)
    if result.reused:
        say("另有 {count} 段与已答过的相同，没有再问", count=result.reused)
    if result.cut:
        say("{count} 段的答复没有写完，只取了写完的事实", count=result.cut)
    english = language() == "en"
    for what, count in sorted(Counter((error.en if english else "") or error.what for error in result.unanswered).items()):
        say("{count} 段没有得到答复（{what}），再运行一次会再问", count=count, what=what)
    about = tr("约 ") if result.estimated else ""
    say(
        "用了 {about}{tokens} 个词元（问 {read}，答 {written}）",
        about=about,
        tokens=result.tokens,
        read=result.read,
        written=result.written,
    )
    if endpoint.price is not None:
        cost = endpoint.price.of(result.read, result.written)
        say("费用 {about}{cost} {currency}", about=about, cost=f"{cost:.4g}", currency=endpoint.price.currency)
    if result.stopped is not None:
        left = planned.questions - result.answered - len(result.unanswered)
        say("到了这一次的上限，还有 {left} 段没有问；再运行一次会接着做", left=max(0, left))
    if planned.internal:
        say("标有内部资料、工作秘密的 {count} 份没有发出", count=len(planned.internal))
    if facts:
        say("查看：jindianzi facts --by-model；删去：jindianzi enrich --remove")


def _reason(reason: Reason) -> str:
    words: dict[Reason, str] = {
        "shape": tr("写法不对"),
        "surplus": tr("一次答得太多"),
        "type": tr("没有这种事实"),
        "identifier": tr("编号不在词表里"),
        "quote": tr("引文在文中找不到"),
        "name": tr("名称不在引文里"),
        "attribute": tr("别的值不在同一句里"),
        "value": tr("数值或日期与原文不符"),
        "ends": tr("关系的两端不全在引文里"),
        "allowed": tr("这种关系不能连这两类"),
        "direction": tr("句中没有这个关系，或两端颠倒"),
        "modality": tr("文中说的是没有做、还没做或假设"),
        "form": tr("不成名称、文件名或引语"),
    }
    return words[reason]


COMMANDS = (enrich_command,)
