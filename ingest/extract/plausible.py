"""Whether a number with a unit is a measure, and not a name, an idiom, an ordinal or a turn of speech."""

from __future__ import annotations

import re

from ingest.extract.wordlist import word_set

# Words of the vocabulary that are a unit only after digits: after 三 or 一 they are a noun or part of a name (三社, 一街, 四个点).
_AFTER_DIGITS = word_set(
    "镇 乡 村 街 街道 社区 小区 区 路 线 面 片 道 层 楼 环 圈 对 双 步 句 字 排 列 站 格 口 眼 头 场景 度 里 分 门 把 手 回 代 席 "
    "亭 柜 栏 单 载 担 克 升 角 夜 晚 队 组 群 股 枪 梯 孔",
    "车 船 点位 单元 泊位 车位 床位 期 批 轮 级 类",
)
_NAMED = re.compile(
    r"[”’]?(?:的|便民|品质|优质)?(?:[^，。；、！？\s“”（）()]{0,5}圈(?!子|定))|行动|攻坚|规划|计划(?!改|投|建|完|新|于)|战略|方案|"
    r"制(?![定作止约])|工程|义务教育|级地震|大?讲堂|路(?!程|段|灯)|广场|大道"
)
_ROOM = re.compile("[0-9]|[甲乙丙丁一二三四五六东西南北中A-Za-z][0-9]?(?:单元|门|楼|梯)")
_HOURS = re.compile("全天候|不打烊|自助|值守|值班|在线|热线|服务|便利店|响应|监控|开放|营业|不间断|守护|待命|轮流|无人|智能|受理|通办")
_ABSTRACT = re.compile(
    "方面|层面|维度|环节|阶段|部分(?!居民|业主|群众)|步骤|原则|抓手|着力点|关键|坚持|转变|统一|结合|到位|意识|自信|维护|确立|全面|"
    "[一二三四五六七八九]|主体|层次|要点|角度|领域|特点|优势|聚焦|面向|围绕|"
    "更加|凡是|不得|有利于|务必|必须|毫不|高地|先行|伟大|历史|世界|市场|文明|大局"
)
# After these characters a word goes on that only begins like the unit (村|民, 家|庭).
_GOES_ON = {
    word: frozenset(following)
    for word, following in (
        entry.split("|")
        for entry in sorted(
            word_set(
                "村|民庄级居委支集史 镇|街区政域村党 乡|镇村贤亲政愁土 社区|书主居工干服 小区|业居 部|门委队署分落",
                "家|庭人长园门具电乡 人|大均民才员口社行工事 场|所地馆景面 条|件例款约 处|理置罚分级长 项|目",
                "间|接隔断 台|账阶 门|店诊牌口禁面 班|子组 组|织长建合团 队|伍员长 站|点长台 套|餐路 座|谈位",
                "所|有以长在谓 期|间限盼待货 类|别 层|面级次 位|于置居列 名|单字称誉 面|积向对临 字|体",
                "本|地市区社身来 头|部疼条 口|碑号袋 张|贴榜 份|额 批|发评准复 单|位元独一价 车|辆位主库棚间道",
                "路|线口段灯面边 格|局 桶|装 米|饭粮 票|据价 克|服 升|级至到 道|路德 片|区面 级|别",
                "支|部持出付行书",
            )
        )
    )
}
_ONE_ALLOWED = word_set("年 个月 个星期 小时 个小时 学期 个学期 季度 成 倍 元 刻钟 周 年半 个半月 个半小时 个多月")
_COUNTERS = word_set("户 人 名 家 次 票 起 件 座 部 台 处 笔 封 场 轮 辆 套 间 张 条 项 栋 幢 块 盏 根")
_ONLY = re.compile("(?:[仅只]|只有|仅有|各派?|各有|不足|不到|每[年月周天日季][^，。；]{0,3}|每隔|至少|最多)$")  # after which one is counted
_BY_EACH = re.compile("[每一][户人家栋]$")  # 每户一票 is a rule
_TAKEN_TIME = re.compile("(?:[用历经为期约近满超足时隔够过差的了去]|不到|不足|只有|将近|整整)$")
_AFTER_TIME = re.compile("[多余后内来半以之时左前的、，。；！？）)”]|间|期|有余|$")
_TIME = word_set("年 个月 天 周 小时 分钟 个小时 学期 个学期 季度 个季度 周年 岁")


def plausible(text: str, match: re.Match[str], word: str, end: int, han: bool, lone: bool) -> bool:
    """Whether number and unit are a measure and not a name, an idiom, an ordinal or a turn of speech."""
    words = match.group()
    if lone and not _is_one(text, match.start(), end, word):
        return False
    if han and (words in ("二", "一") or len(words) == 1) and word in _AFTER_DIGITS and not _counts(text, match.start(), end, word):
        return False
    if word == "单元" and text[max(0, match.start() - 1) : match.start()] not in tuple("有共计含设为达个第近约各"):
        return False  # 3单元 is the name of an entrance
    if words == "二" or (word in ("楼", "单元", "层") and (text[end : end + 1].isdigit() or text[end : end + 1] in tuple("楼单东西南北"))):
        return False
    if word in ("幢", "栋") and text[end : end + 1] in tuple("是的位") and not han:
        return False
    if word in ("幢", "栋", "楼", "层", "单元") and text[max(0, match.start() - 1) : match.start()] in tuple("在住"):
        return False
    if word in ("幢", "栋") and (
        _ROOM.match(text, end) or text[max(0, match.start() - 1) : match.start()] in tuple("苑园庭区村里邸府湾城寓")
    ):
        return False
    if text[end : end + 1] in _GOES_ON.get(word, frozenset()) or (han and word in ("季度", "盘", "餐", "方")):
        return False
    if word == "天" and words in ("两", "几") and text[max(0, match.start() - 1) : match.start()] in ("这", "那"):  # 这两天 is lately
        return False
    if word == "处" and words in ("四", "一"):  # 四处 is everywhere
        return False
    if word == "日" and not text.startswith(("内", "之内", "以内"), end):
        return False
    if word == "成" and (text[end : end + 1] in tuple("为立功员果本就熟都长型因效") or not han):
        return False
    if word == "分" and (
        han or text[end : end + 1] in tuple("别钟之区级类布") or text[max(0, match.start() - 1) : match.start()] in tuple("时点")
    ):
        return False
    if word == "年" and (text.startswith(("代", "级", "第", "度"), end) or (text[end : end + 1].isdigit() and not han)):
        return False
    if word in ("个", "项", "大", "种", "类") and han and _ABSTRACT.match(text, end):
        return False
    if word == "个" and _ABSTRACT.match(text, end):
        return False
    if word in ("m", "cm", "mm", "km", "t", "kg", "kw", "mw") and text[end : end + 1].isalpha() and text[end : end + 1].isascii():
        return False
    if word in _TIME and _NAMED.match(text, end):
        return False
    return not (word in ("小时", "个小时") and words in ("24", "二十四") and _HOURS.match(text, end))


def _is_one(text: str, start: int, end: int, word: str) -> bool:
    """Whether 一 counts: 仅一户, 发生推搡一起，; not the article of 一个小区, nor the 一年 by which something is counted (一年三次)."""
    before = text[max(0, start - 6) : start]
    if before[-1:] in tuple("这那同每哪另某其头第") or before.endswith(("新的", "过去的", "又")):  # 新的一年
        return False
    if word == "起":  # 一起 is together
        return text[start - 2 : start] not in ("", "在") and bool(
            re.search("发生|处置|报警|案件|推搡|纠纷|事故|[仅只]$", text[max(0, start - 6) : start])
        )
    if word in _COUNTERS:
        return bool(_ONLY.search(before)) or (
            text[end : end + 1] in tuple("，。；、）") and before[-1:] not in tuple("有是，。；、") and not _BY_EACH.search(before)
        )
    if word not in _ONE_ALLOWED:
        return False
    return word not in _TIME or bool(_TAKEN_TIME.search(before)) or bool(_AFTER_TIME.match(text, end))


def _counts(text: str, start: int, end: int, word: str) -> bool:
    """Whether a unit that is often part of a name counts after a single numeral: 七层住宅, 谈了五轮，, 跑了两趟，."""
    if word == "层":
        return text[end : end + 1] in tuple("楼住，。、的高1234567890") and text[max(0, start - 1) : start] not in tuple("第在住到")
    if word in ("轮", "回", "批"):
        return text[end : end + 1] in tuple("，。；、） 共") and text[max(0, start - 1) : start] not in tuple("第头首")
    return False
