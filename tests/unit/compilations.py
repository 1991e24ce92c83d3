"""Invented compilations: thirty cases (虚构) in varied house styles, with what a reader of them must find.

Every case holds a sentence with a figure of its own, so that it can be told which stretch belongs to it.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

_CN = "一二三四五六七八九十"
_TOWNS = "柳溪 河东 栖云 白鹭 长埠 鹤鸣 石桥 东篱 望潮 枕山 澄湖 半塘 金筑 云锦 南浦".split()
_UNITS = "青瓦 石桥头 桐花里 麻石巷 北窑 云锣 松林 望篷 兰湾 方圆 早角 樟树下 上河 锦棹 新合 茶亭".split()
_MATTERS = (
    ("停车难", "夜里回家的车没有地方停，消防通道被占，投诉不断"),
    ("加装电梯", "低层住户担心采光，坚决反对，施工队两次被拦下"),
    ("楼道堆物", "旧家具堆到了四楼，安全隐患突出，谁也不愿意先搬"),
    ("飞线充电", "电线从六楼挂到地面，起过两次火，居民意见很大"),
    ("物业撤场", "物业公司连夜离场，垃圾没有人管，电梯停了三天"),
    ("早市占道", "摊位摆到了马路中间，学生上学绕行，屡禁不止"),
    ("广场舞噪声", "音箱从早响到晚，备考的家庭多次报警，矛盾突出"),
    ("垃圾投放", "桶边污水横流，分类率居高不下的是差错，难题摆在面前"),
)
_SLOGANS = (
    "“{unit}”里话家常，一张圆桌解难题",
    "小板凳议出大和谐",
    "从“没人管”到“一起管”——{unit}社区{matter}治理记",
    "党建引领聚合力 多方联动破困局",
    "{town}街道{unit}社区：{matter}这样破题",
    "“三张清单”破解{matter}",
    "把会议桌搬到楼下",
    "{town}镇：{matter}有了新办法",
)
_DONE = (
    "社区先后召开七次协商会，由居民推选的代表逐户征求意见。",
    "街道牵头，联合物业和派出所成立专班，制定了三条公约。",
    "党员带头腾出自家门前的位置，发动楼长挨家挨户上门解释。",
    "引入专业社会组织培育自治小组，每月公示一次账目。",
    "方案改了三稿，最后按楼层分摊费用，余下的由公共收益补足。",
)
_CAME = (
    "如今，投诉量下降了八成，居民满意度达到九成以上。",
    "三个月后问题得到解决，做法在全街道推广。",
    "环境明显改善，社区获评当年的示范点。",
    "截至目前，已有二百多户参与，没有再出现反弹。",
)
_LEARNT = ("实践证明，办法是商量出来的，关键在于让居民说了算。", "由此可见，基层治理离不开耐心，先把话说开才能把事办成。")
_HEADS = (
    ("案例背景", "主要做法", "取得成效", "经验启示"),
    ("背景与起因", "做法与经过", "成效及启示"),
    ("基本情况", "存在问题", "工作举措", "工作成效"),
    ("背景", "做法", "成效"),
)


@dataclass(frozen=True, slots=True)
class Written:
    """One case: `body` hands it in, `lines` stand below, `headings` are those of them that are headings, `mark` a sentence of its own."""

    title: str
    subtitle: str
    body: tuple[str, ...]
    lines: tuple[str, ...]
    headings: tuple[int, ...]
    mark: str


@dataclass(frozen=True, slots=True)
class Style:
    """House style of a compilation. `number`: before a title, with {n} and {c}; `contents`: "", dots, points, blanks, round, plain;
    `parts`: whether the cases stand in parts; `subheads`: all, some or none of the cases have them; `front`: "", notice, preface."""

    number: str = "案例{c}　"
    contents: str = "dots"
    parts: bool = False
    subheads: str = "some"
    front: str = "preface"
    back: bool = True
    wrapped: bool = False


def chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else _CN[tens - 1]) + "十" if tens else "") + (_CN[ones - 1] if ones else "")


def written(count: int, style: Style, seed: int = 0) -> list[Written]:
    """`count` cases whose titles differ."""
    chance = random.Random(seed)
    found: dict[str, Written] = {}
    while len(found) < count:
        town, unit = chance.choice(_TOWNS), chance.choice(_UNITS)
        matter, trouble = chance.choice(_MATTERS)
        title = chance.choice(_SLOGANS).format(town=town, unit=unit, matter=matter)
        if title in found:
            title = f"{unit}社区{matter}治理实践"
        if title in found:
            continue
        subtitle = f"——{town}街道{unit}社区的探索" if "——" not in title and chance.random() < 0.3 else ""
        body = chance.choice(((f"（{town}街道办事处）",), (f"申报单位：安和区{town}街道",), (), (f"安和区{town}街道党工委",), ()))
        mark = f"这一年协商会一共开了{1000 + 7 * len(found)}场。"
        parts = _parts(chance, town, unit, trouble, mark)
        headed = style.subheads == "all" or (style.subheads == "some" and chance.random() < 0.6)
        lines, headings = _with_heads(chance, parts) if headed else (parts, ())
        found[title] = Written(title, subtitle, body, tuple(lines), tuple(headings), mark)
    return list(found.values())


def _parts(chance: random.Random, town: str, unit: str, trouble: str, mark: str) -> list[str]:
    """Paragraphs: how it was, what was done (one or more), what came of it, what is to be learnt."""
    done = [f"{chance.choice(_DONE)}{chance.choice(_DONE)}" for _ in range(chance.choice((1, 1, 2, 5)))]
    done[0] += mark
    first = f"{unit}社区位于{town}街道东侧，共有居民{chance.randint(300, 2900)}户。近年来，{trouble}。"
    return [first, *done, chance.choice(_CAME) + f"累计惠及居民{chance.randint(200, 900)}人。", chance.choice(_LEARNT)]


def _with_heads(chance: random.Random, parts: Sequence[str]) -> tuple[list[str], list[int]]:
    heads = chance.choice(_HEADS)
    sign = chance.choice(("{c}、{head}", "（{c}）{head}", "{head}", "【{head}】", "{n}. {head}"))
    done = parts[1:-2]
    groups = [parts[:1], done, parts[-2:-1], parts[-1:]] if len(heads) == 4 else [parts[:1], done, parts[-2:]]
    if heads[1] == "存在问题":
        groups = [parts[:1], ["问题拖了两年，居民苦不堪言，物业和业主互不相让。"], done, parts[-2:]]
    lines: list[str] = []
    at: list[int] = []
    for n, (head, group) in enumerate(zip(heads, groups, strict=True), 1):
        at.append(len(lines))
        lines += [sign.format(c=chinese(n), n=n, head=head), *group]
    return lines, at


def lines_of(cases: Sequence[Written], style: Style) -> list[tuple[str, str]]:
    """The document's lines, each with what it is: title, contents, part, case, heading, text."""
    out: list[tuple[str, str]] = [("安和区社区治理优秀案例汇编", "title")]
    if style.front == "notice":
        out = [
            ("关于印发《安和区社区治理典型案例》的通知", "title"),
            ("各街道办事处、镇人民政府，区直各有关单位：", "text"),
            ("为推广各地在社区治理中的好经验，区里组织评审，选出一批典型案例，现印发给你们，请结合实际学习借鉴。", "text"),
            ("一要认真组织学习，二要结合实际运用，三要及时总结新的经验，报送区社会工作部。", "text"),
        ]
    entries: list[tuple[str, str]] = []
    body: list[tuple[str, str]] = []
    if style.front == "preface":
        entries.append(("", "前言"))
        body += [("前言", "part"), ("本书收入各街道在社区治理中的案例，供各地参考，前言里的话不属于任何一个案例。", "text")]
    third = max(1, len(cases) // 3)
    for n, case in enumerate(cases):
        if style.parts and n % third == 0 and n // third < 3:
            name = f"第{chinese(n // third + 1)}篇 {('党建引领', '协商共治', '数字赋能')[n // third]}"
            entries.append(("", name))
            body.append((name, "part"))
        number = style.number.format(c=chinese(n + 1), n=n + 1)
        entries.append((number, case.title))
        title = number + case.title
        half = len(title) // 2
        body += [(title[:half], "case"), (title[half:], "more")] if style.wrapped and len(title) > 20 else [(title, "case")]
        if case.subtitle:
            body.append((case.subtitle, "subtitle"))
        body += [(line, "text") for line in case.body]
        body += [(line, "heading" if at in case.headings else "text") for at, line in enumerate(case.lines)]
    if style.back:
        entries.append(("", "后记"))
        body += [("后记", "part"), ("编写工作得到各街道的支持，后记里的话也不属于任何一个案例。", "text")]
    return [*out, *_contents(entries, style), *body]


def _contents(entries: Sequence[tuple[str, str]], style: Style) -> list[tuple[str, str]]:
    if not style.contents:
        return []
    shape = {"dots": "{t}………………{p}", "blanks": "{t}    {p}", "round": "{t}（{p}）", "plain": "{t}", "points": "{t} ........ {p}"}[
        style.contents
    ]
    return [
        ("目　录", "contents"),
        *((shape.format(t=(number + title).replace("　", " "), p=3 + 4 * n), "contents") for n, (number, title) in enumerate(entries)),
    ]


def text_of(cases: Sequence[Written], style: Style) -> str:
    return "\n".join(line for line, _ in lines_of(cases, style))
