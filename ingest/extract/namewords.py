"""How named methods, platforms and programmes end, and what introduces a name in quotation marks."""

from __future__ import annotations

import re

from corpus.model import FactType

# Longest first within each type; the word itself decides the type of a name that it ends or follows.
_HEADS: dict[FactType, str] = {
    "method": (
        "工作法 议事法 调解法 协商法 治理法 管理法 工作机制 协商机制 联动机制 议事机制 治理机制 服务机制 管理机制 调解机制 机制 "
        "工作模式 治理模式 服务模式 管理模式 运营模式 模式 服务体系 治理体系 工作体系 体系 "
        "制度 时间银行 银行 工作制 积分制 承诺制 公示制 清单制 办法 做法 经验 格局 品牌 公约 路径 流程 理念 制 法 矩阵 链条"
    ),
    "platform": (
        "服务平台 管理平台 治理平台 协商平台 议事平台 联动平台 信息平台 智慧平台 平台 小程序 公众号 应用程序 系统 热线 服务中心 "
        "工作站 服务站 服务点 驿站 工作室 议事厅 会客厅 客厅 议事坊 议事亭 议事角 议事点 "
        "议事会 调解室 阵地 基地 中心 空间 大脑 专窗 窗口 站 室 厅 坊 岗 亭 廊 吧 园地 家园 之家 直通车 服务综合体 综合体 书屋 "
        "工坊 学堂 课堂 讲堂 食堂 超市 信箱 微信群 群 APP app 码 云"
    ),
    "programme": (
        "综合整治工程 整治工程 改造工程 翻新工程 惠民工程 民生工程 示范工程 工程 专项行动 行动计划 行动 三年计划 计划 创投项目 "
        "服务项目 实事项目 改造项目 项目 主题活动 活动 发展基金 专项基金 慈善基金 基金 "
        "专项资金 协商资金 资金 专项经费 评选 大赛 活动周 活动月 活动日 节 创投 试点"
    ),
}
HEAD_TYPES: dict[str, FactType] = {word: kind for kind, words in _HEADS.items() for word in words.split()}
_SORTED = sorted(HEAD_TYPES, key=lambda word: (-len(word), word))
_LONG_HEADS = [word for word in _SORTED if len(word) > 1 and word != "中心"]
HEAD_AT_END = re.compile(f"(?:{'|'.join(_SORTED)})$")
FOLLOWING_HEAD = re.compile(rf"[”’」](?P<between>(?:[一-龥A-Za-z、]{{0,10}}?))(?P<head>{'|'.join(_LONG_HEADS)})(?![一-龥]?(?:室主任|长))")
NO_LINK = re.compile("[是为的在了有让使将把对以由被等和与及到从]|参与|进行|成为|作为|开展|推动|提升|不断")
INTRODUCED = re.compile(
    "(?:打造|创新|创立|首创|推行|推出|推广|构建|建立|建起|搭建|探索|实施|实行|开展|设立|设置|成立|形成|创建|创设|启动|提炼|总结|"
    "采取|采用|运用|深化|完善|落实|践行|开设|开通|上线|开发|"
    "引入|组建|开辟|确立|叫响|擦亮|发布|策划|举办|发起|名为|取名|命名为|叫做|叫作|称为|被称为|称之为)(?:了|出|"
    "起)?[^，。；！？“”‘’\\n]{0,12}?$|"
    "(?:依托|借助|通过|按照|即|以|用好|坚持)$"
)
NUMBERED = re.compile(
    "(?<![0-9A-Za-z.])[0-9一二三四五六七八九十百]{1,3}(?:[+＋][0-9一二三四五六七八九十A-ZXNn]{1,4})+(?![0-9A-Za-z])|"
    "[一二两三四五六七八九十双多][社步联级治共化网议事会员岗管调询审评单码办站必有][\u4e00-\u9fff]{0,4}?(?:工作法|议事法|调解法|"
    "工作机制|联动|共治|机制|模式|工作制|分流|公开|制度)|"
    "[三五多][社方][\u4e00-\u9fff]{0,2}?联动|(?:工作|议事|调解|六步|五步|四步|七步|八步)法"
)
NUMBERED_BEGINNING = re.compile(
    "[0-9一二两三四五六七八九十百双多](?=[0-9+＋一二三四五六七八九十百社步联级治共化网议事会员岗管调询审评单码办站必有方]|"
    "[\u4e00-\u9fff]{2}联动)|(?:工作|议事|调解|[六五四七八]步)法"
)
UNQUOTED_HEADS = re.compile(
    "综合整治工程|整治工程|改造工程|翻新工程|建设工程|惠民工程|民生工程|行动计划|专项行动|专项整治|创投项目|发展基金|专项基金|"
    "慈善基金|社区基金|微基金|专项资金|专项经费|协商资金|联动平台|协商平台|议事平台|治理平台|服务平台|"
    "管理平台|信息平台|智慧平台|协商机制|联动机制|议事机制|会商机制|工作机制|落地机制|服务综合体|公益创投"
)
SCARE = re.compile(
    "^(?:[\u4e00-\u9fff]|壁垒|管理|治理|被动|主动|搭台|唱戏|主导|主角|配角|掌声|痛点|堵点|难点|亮点|短板|钥匙|密码|答卷|最后一公里|"
    "零距离|瓶颈|窗口|桥梁|纽带|主人翁|旁观者|陌生人|主心骨|金钥匙|牛鼻子)$"
)
SLOGAN = re.compile("以[\u4e00-\u9fff]{1,6}为|[我你他她咱谁]|不[\u4e00-\u9fff]|没|吗|吧$|什么|怎么|如何|变|从|成为")


METHOD_TERM = re.compile(
    "(?:法|制|制度|机制|模式|联动|自治|共治|共享|协商|议事|众筹|银行|网格化|网格化管理|经验|联建|红色物业|购买服务|"
    "购买[^，。]{2,10}服务|公开|公约|民约|创投|积分|积分超市|下沉|报到|吹哨|接诉即办|一站式|治理|调解|会商|"
    "联席会|联席会议|恳谈会?|听证会?|圆桌会议?|坝坝会|院坝会|议事会|志愿服务|减负|清单|引领|执法|托管|代建|赋能|大脑|党建|回访|"
    "巡查|包联|首创|吹哨报到|最多跑一次|跑一次|枫桥|说事|评议会|协调会|对接会|"
    "合作社\\+[^，。]{2,8}|委托给社会组织)$"
)
"""Terms of the vocabulary that name a way of working; its other terms are signs of one and no names."""


def head_type(word: str) -> FactType | None:
    """The type of a name by the word that it ends in."""
    match = HEAD_AT_END.search(word)
    return HEAD_TYPES[match.group()] if match is not None else None


def whole_head(word: str) -> bool:
    """Whether the last word of a name is more than one character, so that it tells the type for certain."""
    match = HEAD_AT_END.search(word)
    return match is not None and len(match.group()) > 1


def introduced_type(words: str) -> FactType:
    """The type of a name without a telling last word, by the verb that introduces it."""
    if re.search("举办|发起|策划|开展|启动", words):
        return "programme"
    return "platform" if re.search("打造|设立|成立|建起|搭建|开设|开通|上线|开辟|组建|设置", words) else "method"
