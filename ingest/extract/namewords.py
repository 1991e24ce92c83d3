"""How named methods, platforms and programmes end, and what introduces a name in quotation marks."""

from __future__ import annotations

import re

from corpus.model import FactType
from ingest.extract.wordlist import word_set

# Longest first within each type; the word itself decides the type of a name that it ends or follows.
_HEADS: dict[FactType, str] = {
    "method": (
        "工作法 议事法 调解法 协商法 治理法 管理法 工作机制 协商机制 联动机制 议事机制 治理机制 服务机制 管理机制 调解机制 机制 "
        "工作模式 治理模式 服务模式 管理模式 运营模式 模式 服务体系 治理体系 工作体系 体系 "
        "制度 时间银行 银行 工作制 积分制 承诺制 公示制 清单制 办法 做法 经验 格局 品牌 "
        "夜话 夜谈 恳谈 说事 议事日 说事日 接待日 量表 公约 路径 流程 理念 制 法 矩阵 链条"
    ),
    "platform": (
        "服务平台 管理平台 治理平台 协商平台 议事平台 联动平台 信息平台 智慧平台 平台 小程序 公众号 应用程序 系统 热线 服务中心 "
        "工作站 服务站 服务点 驿站 工作室 议事厅 会客厅 客厅 议事坊 议事亭 议事角 议事点 "
        "议事会 调解室 阵地 基地 中心 空间 大脑 专窗 窗口 站 室 厅 坊 岗 亭 廊 吧 园地 家园 之家 直通车 服务综合体 综合体 书屋 "
        "底座 驾驶舱 随手拍 二维码 疏导点 联系点 点 工坊 学堂 课堂 讲堂 食堂 超市 信箱 微信群 群 APP app 码 云"
    ),
    "programme": (
        "综合整治工程 整治工程 改造工程 翻新工程 惠民工程 民生工程 示范工程 工程 专项行动 行动计划 行动 三年计划 计划 创投项目 "
        "服务项目 实事项目 改造项目 项目 主题活动 活动 发展基金 专项基金 慈善基金 基金 "
        "改革 专项整治 建设方案 工作方案 行动方案 专项资金 协商资金 资金 专项经费 评选 大赛 活动周 活动月 活动日 节 创投 试点"
    ),
}
HEAD_TYPES: dict[str, FactType] = {word: kind for kind, words in _HEADS.items() for word in words.split()}
_SORTED = sorted(HEAD_TYPES, key=lambda word: (-len(word), word))
_LONG_HEADS = [word for word in _SORTED if len(word) > 1 and word != "中心"]
HEAD_AT_END = re.compile(f"(?:{'|'.join(_SORTED)})$")
FOLLOWING_HEAD = re.compile(rf"[”’」](?P<between>(?:[一-龥A-Za-z、]{{0,10}}?))(?P<head>{'|'.join(_LONG_HEADS)})(?![一-龥]?(?:室主任|长))")
NO_LINK = re.compile("[两二三四五六几]个|这|[是为的在了有让使将把对以由被等和与及到从]|参与|进行|成为|作为|开展|推动|提升|不断")
INTRODUCED = re.compile(
    "(?:打造|创新|创立|首创|推行|推出|推广|构建|建立|建起|搭建|探索|实施|实行|开展|设立|设置|成立|形成|创建|创设|启动|提炼|总结|"
    "采取|采用|运用|深化|完善|落实|践行|开设|开通|上线|开发|"
    "引入|组建|开辟|确立|叫响|擦亮|发布|策划|举办|发起|名为|取名|命名为|叫做|叫作|称为|被称为|称之为)(?:了|出|"
    "起)?[^，。；！？“”‘’\\n]{0,12}?$|"
    "(?:依托|借助|通过|按照|按|即|以|用好|坚持|写明的|约定的|规定的|确定的)$"
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
    "公益金|公共收益|(?:自评|评定|评估|筛查|测评)?量表|维修资金|维修基金|(?:发展|互助|奖励|风险|调解)金|惠民资金|服务资金|救助资金|帮扶资金|激励资金|创新项目|提升计划|提升行动|提质行动|攻坚行动|攻坚计划|示范项目|改造项目|试点项目|示范工程|提升工程|"
    "综合整治工程|整治工程|改造工程|翻新工程|建设工程|惠民工程|民生工程|行动计划|专项行动|专项整治|创投项目|发展基金|专项基金|"
    "慈善基金|社区基金|微基金|专项资金|专项经费|协商资金|联动平台|协商平台|议事平台|治理平台|服务平台|"
    "管理平台|信息平台|智慧平台|便民热线|服务热线|市民热线|协商机制|联动机制|议事机制|会商机制|工作机制|落地机制|服务综合体|公益创投|新时代文明实践(?:站|所|中心)(?!建设|[（(、所站])|数字驾驶舱|治理驾驶舱|数据驾驶舱|智慧[\u4e00-\u9fff]{2,6}?系统"
)
WHOLE_HEADS = re.compile("公益创投|新时代文明实践.+|智慧.+系统")
"""Last words that are a name without anything before them."""
PRESENTED = re.compile(
    "[”’」](?:其实|就)?(?:是|为|系)(?:一[款个种面座条项套支家]|[^，。；“”]{1,8}的)[^，。；：“”\n]{0,10}?(?P<head>小程序|公众号|平台|系统|热线|微信群|驿站|议事厅|基金|工作法|机制|模式|制度)(?=[，。；、\n])"
)
"""What says of the words in marks which kind of thing they are (“乐邻圈”是一款小程序)."""
SCARE = re.compile(
    "^(?:[\u4e00-\u9fff]|壁垒|管理|治理|被动|主动|搭台|唱戏|主导|主角|配角|掌声|痛点|堵点|难点|亮点|短板|钥匙|密码|答卷|最后一公里|"
    "零距离|点对点|一对一|面对面|手把手|一老一小|一带一路|十[二三四五六]五|一国两制|瓶颈|窗口|桥梁|纽带|主人翁|旁观者|陌生人|主心骨|金钥匙|牛鼻子)$"
)
SLOGAN = re.compile("以[\u4e00-\u9fff]{1,6}为|[我你他她咱谁]|不[\u4e00-\u9fff]|没|吗|吧$|什么|怎么|如何|变|从|成为")


METHOD_TERM = re.compile(
    "(?:(?<!执)法|制|制度|机制|模式|联动|自治|众筹|银行|网格化|网格化管理|联建|红色物业|购买服务|"
    "购买[^，。]{2,10}服务|公约|民约|规约|创投|积分|积分超市|吹哨|接诉即办|协商议事|议事协商|"
    "联席会|联席会议|恳谈会?|听证会?|圆桌会议?|坝坝会|院坝会|小微权力清单|[清单]单制|双报到|"
    "吹哨报到|最多跑一次|跑一次|枫桥|枫桥经验|说事|评议会|"
    "合作社\\+[^，。]{2,8}|委托给社会组织|四议两公开|[三四五六]议[三两双]公开)$"
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


HELD = ("夜话", "夜谈", "恳谈", "说事")
"""Ends of names of talks that are held; the noun behind (“……夜话”平台) tells better what is meant."""
GENERIC = word_set(
    "小程序 微信群 居民微信群 业主微信群 公众号 微信公众号 二维码 老年食堂 社区食堂 议事会 议事厅 议事亭 议事室 议事点 议事角 居民议事会 "
    "商户议事会 服务站 驿站 工作站 党群服务中心 业主群 居民群 工作群 网格群 热线 平台 意见箱 公约"
)
"""Terms that say what kind of thing something is and no more."""
HOTLINE = re.compile(
    r"(?<![0-9.(])(?:12345|12348|12338|12355|12340|12315|12319|96\d{3})(?![0-9.])(?:政务服务便民热线|政务便民热线|政务服务热线|市民服务热线|市民热线|便民热线|政府热线|平台|热线)?(?!热线办|办[公的]?)"
)
HEAD_BEFORE = re.compile(
    "(?<!的)(?<![两三几各])(?:微信群|公众号|小程序|服务平台|议事平台|平台|驿站|议事厅|热线|品牌|工作法|机制|模式|制度|做法|公约|行动|计划|基金|项目名称[：:]|案例名称[：:])$"
)
FIXED = re.compile(
    "一[户楼梯村居事院区企人栋街店路小案社网]一[策议案约法警群码品格档单](?![\u4e00-\u9fff]?户)|一事一议|[楼路街巷河田林湾院]长制|首问负责制|限时办结制|信托制物业|信托制|酬金制|轮值制|"
    "一网统管|一表通用|四议两公开|四议二公开|吹哨报到|街道吹哨、部门报到|"
    "接诉即办|民事民议|村民说事|(?:半|非)?结构[式化]访谈|生态系统图|生态图|家谱图|家系图|社会支持网络图"
)
"""Terms of four or more characters that name a way of working wherever they stand."""
CIRCLE = re.compile("(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})分钟[\u4e00-\u9fff]{0,6}?圈")
"""What is within reach on foot by plan (15分钟生活圈)."""
COVENANT_OF = (
    "居民|业主|小区|社区|村|楼|院|停车|养犬|邻里|市场|商户|摊|文明|街|物业|治理|自治|电梯|加梯|充电|垃圾|卫生|健身|广场舞|"
    "骑手|红白|家园|屋场"
)
COVENANT = re.compile(f"《(?P<name>(?=[^《》\\n]{{0,30}}(?:{COVENANT_OF}))[^《》\\n]{{2,40}}(?:公约|民约|规约|约定|自治章程))》")
DONE_SO = re.compile("[”’」]的?(?:做法|办法|方法|路子|规矩|打法)")
ANNOUNCED = re.compile(
    "(?:改为|改成|(?<!明确)提出|搞|搞起|办起|开一次|叫|叫作|叫做|称作|实行|采用|采取|定下|立下|首创|总结出|摸索出|摸索|推出)(?:了|的是)?$"
)
PARTS = re.compile(
    "[”’」]?(?:[：:]|（|，即|，就是|，包括|——)(?P<parts>[^，。；！？：\n（）“”]{2,10}(?:、[^，。；！？：\n、（）“”]{2,10}){2,7})(?=[。；，）\n]|$)"
)
NUMERALS = {"两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8}

LATIN_SHORT = re.compile("[”’」]?[（(]([A-Z][A-Z0-9-]{2,7})[）)]")
_COUNTED = "([一二两三四五六七八九十][^一二两三四五六七八九十]{1,3})"
TWO_NUMERALS = re.compile(_COUNTED * 2)
COUNTED_PART = re.compile("(?P<count>[两三四五六七八])(?P<word>公开|[议审评查帮问访清事单])")
# The part begins or ends in the word that the name counts.
ENUMERATED = (
    "(?:(?:^|\\n)[ 　]*(?:[（(]?[一二三四五六七八1-8][）)]?[、.．]?|第[一二三四五六七八]步?[，、：:]?)[ 　]*|"
    "[一二三四五六七八首次再]个?是|另一个是)"
    "(?P<part>%(word)s[^，。；：:、\\n“”]{1,6}|[^，。；：:、\\n“”]{1,6}?%(word)s)(?=[，。；：:\\n（])"
)


def ends_name(behind: str) -> bool:
    """Whether what stands behind a closing mark leaves the words inside a name of their own (改为“一户一策”，)."""
    return re.match("[”’」](?:[，。；：、！？）\n—]|$|列|作|后|以来)", behind) is not None


ROW_OF_NUMERALS = re.compile(
    "(?=.{4})(?!两岸|[三五]位一体|两降|一老一小|一带一路|两代表一委员|一心一意|一点一滴|一朝一夕|一国两制|七下八上|[四八]纵[四八]横|三区三州|两优一先|四梁八柱|两高[一两]部|两高两部|十[一二三四五六]五|一[^一]一[^一]$)(?:[一二两三四五六七八九十][^一二两三四五六七八九十“”，、]{1,3}){2,5}"
)
"""Names made of numerals and what they count (三上三下, 一约四会)."""
BOUND_BY = re.compile("(?:[须应要按用以靠有]|实行|落实|严格|坚持|执行|我们有)$")
BY_OFFICIALS = re.compile("回头看|[十百0-9]+(?:件|大)(?:民生)?(?:实事|小事)|民生实事")
"""Names in marks that authorities give to what they undertake every year."""
BODY = re.compile("(?:号|办|局|科|队|所|组|公司|协会|委|街道|社区)$")
ENLISTED = re.compile(
    "(?:纳入|列入)(?:了)?(?:全[市区县]|当年|今年|[0-9]{4}年度?)?"
    "(?P<name>(?:老旧小区|城中村|棚户区|危旧房|危房|背街小巷|农贸市场|老旧街区|雨污分流|美丽乡村|和美乡村|完整社区|未来社区|城市|民生)"
    "[^，。；：、的“”]{0,6}?(?:改造|整治|更新|建设|提升|实事|试点|创建)(?:工程|项目|计划|行动|试点)?)(?=[，。；、后]|$)"
)
"""What a place is enlisted in is a programme by that name."""
SCHEME = re.compile("城乡居民(?:基本)?(?:医保|医疗保险|养老保险)|长期护理保险|长护险|新农合|新农保")
YEARS_BEFORE = re.compile("[一二三四五六两]年$")
PAYER = re.compile("(?:动用|使用|用|由|从|申请|列支|提取|支取|启用|划拨|走)[^，。；\n]{0,8}$")
PAYS = re.compile("(?:支付|承担|列支|出资|支出|解决|垫付|[里中]?(?:列支|支出|支付|补|出))")
