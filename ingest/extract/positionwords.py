"""The words around those for a position by which a text says who takes it, how far it reaches, and that it is none."""

from __future__ import annotations

import re

from ingest.extract.wordlist import word_set

PARTIES = frozenset("residents owners company collective partner".split())
FREE = frozenset("vote".split())
NEED_CONTENT = frozenset("demand objection concern concession".split())
WEAK = word_set(
    "要求 投诉 奖励 补贴 优惠 置换 承诺 兜底 拒绝 质疑 担心 担忧 害怕 犹豫 降价 错时 错峰 观望 让步 补偿款 减租 免租 "
    "起诉 表决 投票 方案一 方案二 要么 希望尽快 理解支持 调整方案 优化方案 修改方案 方案调整",
)
RULES = re.compile("应当|应由|须经|需经|必须|法定|依法|规定|条例|民法典|物权法|[经由]专有部分")
LONGEST = 120
FAR = 24
DENIALS = frozenset(["objection", "concern", "option"])
ABOUT = frozenset(["objection", "concern"])
PASSIVE = re.compile("被|遭|受到|变|化解|减少|避免|防止|消除|打消|无视")
OF_IT = re.compile(
    "(?:大幅|明显|逐步|持续)?(?:减|下降|为零|归零|清零|量|率|数|件|热线|处理|办理|平台|电话|渠道|渠|渠道|举报|机制|"
    "制度|诉求件|的(?:投诉|诉求|问题|人数|比例)|为领导|办法|方式)"
)
ANSWERED = re.compile(
    "按照|根据|依据|依照|应(?=[^，。]{1,8}(?:要求|请求))|满足|响应|回应|符合|结合|针对|收集|受理|处理|办理|接到|收到|关于|对于"
)
NOUN = re.compile("[和与、]|什么|多少|强烈|的(?![是，])")
GRANT = re.compile("补贴|补助|以奖代补|奖励")  # what an office pays for is no offer in a dispute
UNDERGOES = re.compile("[^，。；]{0,4}(?:手术|采访|培训|治疗|教育|检查|访问|捐赠|救助)")
OF_ANYBODY = frozenset("concern objection option offer concession".split())
PLAIN = word_set(
    "担心 怕车 怕以 怕没 怕影 最怕 就怕 嫌租 嫌多 不服 不想 不答 反对 不愿 不肯 怕吵 怕挡 嫌贵 嫌远 嫌麻 不同 拒不 坚决 强烈 顾虑 抱怨 联名"
)
LISTED = frozenset(["concern", "objection"])
SOMEBODY = re.compile("有人|有的(?!放矢)|有些人?|也有|还有|[一几个]部分|个别|少数|多数|大家|大伙|不少|[几数两三四五六七八九十0-9]户")
AT_END = re.compile("(?:最终|最后|结果|其中|当场|目前|共有?|全部|业主|居民){1,3}")
PRONOUN = re.compile("(?:[他她]们?|[我咱]们?|对方|大伙|大家|双方)(?:[先也就都还才又却]|起初|一开始|始终|坚决|终于|后来|最后|最终){0,2}$")
GIVES_WAY = ("不再反对", "松口", "松了口", "撤诉", "补签", "点头", "点了头", "让步", "退一步", "改口", "改了主意", "没再反对", "撤回")
RAISES = re.compile("[加抬举]到")
VERB = re.compile(
    "(?:坚决|强烈|一致|极力|联名|始终|死活|明确|不再)?(?:要求|希望|提出|主张|呼吁|反对|不[愿肯同答服接承想]|拒|担心|担忧|怕|嫌|顾虑|犹豫|观望|建议|提议|盼|请求|"
    "愿意|同意|答应|承诺|松口|点头|让步|签字|接受|想要|急需|说|放弃|阻|抵制|凭什么|搬|理解)"
)
COMFORTED = re.compile("(?:不要|不必|不用|无需|别|莫)$")
AROUND = re.compile("(?:坚决|强烈|一致|极力|联名|始终|死活|明确|带头|集体)+$")
OPENS = re.compile("(?:提出|建议|提议|认为|说|主张|要求|希望|担心|反映|抱怨|呼吁|表示|的是)$|方案.$|是$")
PARTY = re.compile("户|签名|联名|居民|业主|住户|村民|商户|摊主|老人|家长|骑手|[他她]们?|信")
ONE_WHO = re.compile("的(?!是|有|理由|原因|主要)|者|声")
AT_LAST = re.compile("终于|最终|最后|后来|才|也|转而|改口|补")
NO_OFFER = re.compile("没有|未|谈不上|不给|不予|拒|投诉|标准为|纠纷|差距|太低|过低|不到位")
NUMBER = re.compile("[0-9一二两三四五六七八九十百]+户")
BETWEEN = re.compile("与|之间|找|对(?!此)|向|把|将|让|给|被|为(?!由)|帮|替|的(?:说法|共有|诉求|投诉|居住|利益)|环境|纠纷")
NO_VOTER = re.compile("物业|企业|公司|施工|开发商|广场")
SOME = re.compile(
    "(?:[一二三四五六七八九十底顶低高]|[0-9]{1,2})(?:楼|层)(?:的)?(?:[一二两三四五六七八九十0-9]+户|住户|业主|居民)|"
    "(?:[一二三四五六七八九底顶]楼|楼[上下]|[高低]层|[一两]户|对方)(?=[怕担嫌不要说反觉先坚开又只也])|"
    "(?:部分|少数|个别|多数|大部分|有的|有些|不少|几位|几户)"
    "(?:居民|业主|住户|村民|商户|摊贩|群众|老人|家长)|(?<![0-9年月])[0-9一二两三四五六七八九十]+户(?=[坚明强表不反担])"
)
