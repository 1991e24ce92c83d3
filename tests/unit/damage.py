"""Damage done on purpose, as mirrors, converters and scrapers do it: for the tests and for measuring what repair brings back."""

from __future__ import annotations

import random
from functools import cache

import opencc
from pypinyin import Style, lazy_pinyin

PROSE = (
    "2021年春天，枫桥社区的老旧小区改造遇到了难题：停车位只有86个，登记的车辆却有312辆，居民为抢车位争吵不断。",
    "社区党委书记召集物业公司、业主委员会和居民代表开了五次协商会，把意见归成十七条，逐条商量解决办法。",
    "“谁家都有难处，关键是把话摊开说。”楼组长李阿姨说，大家先定规矩，再谈费用，三分之二以上的住户签字同意。",
    "街道办事处拨款18万元，居民自筹6.5万元，施工队用了两个月时间，把闲置的锅炉房改成了立体车库。",
    "改造完成以后，停车纠纷从每月二十多起下降到两三起，12345热线的投诉减少了78%，社区还评上了市级示范点。",
    "这件事给我们的启示是：办法要从群众中来，账目要让群众看，结果要由群众评。",
)


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


def traditional(text: str) -> str:
    return _converter().convert(text)


def annotated(text: str, *, pair: str = "()", style: Style = Style.TONE, every: int = 1) -> str:
    """Traditional characters, of the changed ones every n-th with its pinyin behind it."""
    changed = traditional(text)
    assert len(changed) == len(text)
    out = []
    count = 0
    for number, (old, new) in enumerate(zip(text, changed, strict=True)):
        out.append(new)
        if old != new:
            count += 1
            if count % every == 0:
                reading = lazy_pinyin(text, style=style, errors=lambda run: list(run))
                out.append(f"{pair[0]}{reading[number]}{pair[1]}" if len(reading) == len(text) else "")
    return "".join(out)


def byte_replaced(text: str, character: str, reading: str) -> str:
    """What a mirror makes that annotates GBK text byte by byte: it also hits where two halves of neighbours look like `character`."""
    data = text.encode("gbk").replace(character.encode("gbk"), character.encode("gbk") + f"({reading})".encode("gbk"))
    return data.decode("gbk", "replace").replace("\ufffd", "?")


def byte_lost(text: str, at: int, *, errors: str = "replace") -> str:
    """GBK text without its byte number `at`."""
    data = text.encode("gbk")
    return (data[:at] + data[at + 1 :]).decode("gbk", errors)


def wrong_table(text: str, right: str, wrong: str) -> str:
    """Text saved in one encoding and opened in another."""
    return text.encode(right).decode(wrong, "replace").replace("\ufffd", "?")


NAVIGATION = (
    "首页 > 新闻中心 > 基层动态",
    "您当前的位置：首页 >> 工作动态 >> 正文",
    "网站首页 | 机构概况 | 政务公开 | 办事服务 | 互动交流 | 专题专栏",
    "当前位置：首页»社区治理»典型案例",
)
SHARING = ("分享到：", "【打印本页】 【关闭窗口】", "字号：大 中 小", "扫一扫在手机打开当前页", "点赞 128", "浏览次数：3562次")
TAILS = (
    "上一篇：老楼装电梯记\n下一篇：一条小巷的变迁\n版权所有：某某市民政局 备案号：浙ICP备12345678号-1",
    "相关阅读\n小区门口的早点摊去哪了\n业委会换届的三个难点\n社区食堂怎么才能不亏本",
    "主办：某区人民政府办公室 承办：某区大数据中心\n网站标识码：3301020001\n技术支持：某某科技有限公司",
    "友情链接: 减速机厂家| 钢管批发价格| 二手叉车市场| 注塑机维修| 灯具配件大全| 电缆桥架安装| 塑料颗粒回收| 门窗定制|",
    "5\n热点专题\nX\nX\n主站蜘蛛池模板: 手机游戏排行榜| 免费小说阅读网| 在线棋牌官网下载| 体育直播平台| "
    "彩票开奖查询| 美容护肤品牌| 网络电视剧全集|",
    "棋牌游戏平台注册就送彩金，真人娱乐城官网下载，百家乐投注技巧，时时彩计划软件免费领取。",
)


def wrapped(paragraphs: tuple[str, ...], width: int) -> str:
    """Lines of one width, paragraphs indented by two full-width blanks."""
    lines = []
    for paragraph in paragraphs:
        text = "\u3000\u3000" + paragraph
        lines += [text[at : at + width] for at in range(0, len(text), width)]
    return "\n".join(lines)


def spaced(text: str, seed: int) -> str:
    """Blanks put between some of the characters, as OCR and PDF export do."""
    chance = random.Random(seed)
    return "".join(character + (" " if chance.random() < 0.3 else "") for character in text)
