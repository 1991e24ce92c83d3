"""Words that tell a place's name from an ordinary phrase that ends the same way."""

from __future__ import annotations

import re

from ingest.extract.wordlist import word_set

GENERIC = word_set(
    "各 全 本 该 我 每 某 有的 其他 其它 其余 多个 部分 个别 所有 周边 附近 临近 相邻 邻近 属地 所在 所辖 所属 下辖 辖区 辖内 城市 "
    "农村 乡村 城乡 城镇 老旧 老 新 旧 新建 大型 小型 高档 普通 一般 示范",
    "试点 先进 优秀 典型 重点 样板 标杆 文明 平安 和谐 智慧 智能 数字 数字化 未来 美丽 美好 幸福 绿色 宜居 韧性 完整 国际 现代 "
    "现代化 特色 品质 品牌 红色 活力 安置 回迁 拆迁 搬迁 易地搬迁 单位 企业 商业",
    "商品房 住宅 居民 村民 业主 物业 网格 街道 社区 小区 村 镇 乡 楼宇 校园 园区 开放式 封闭式 无物业 失管 村改居 混合 贫困 脱贫 "
    "边境 边远 偏远 中心 城郊 基层 首批 首个 第一 同一 共同 整个 全体 全部 当地",
    "本地 外地 原 现 原有 现有 有关 相关 各类 专业 综合 大 小 多 少 好 新型 传统 历史 文化 旅游 生态 工业 农业 产业 科技 创新 经济 "
    "志愿 服务 公共 便民 党建 党群 治理 管理 建设 改造 集体 民族 少数民族",
    "主 副 核心 老城 主城 新城 老式 高层 多层 别墅 公寓 保障房 安居 廉租 棚户 城中 空心 软弱涣散 后进 富裕 特困 深度贫困 帮扶 结对 "
    "共建 友好 互助 学习型 环境 卫生 健康 无障碍 适老化 儿童友好 青年 老年 退休",
    "军人 大学 国家级 省级 市级 区级 县级 镇级 村级 全国 全省 全市 全区 全县 全镇 美好生活 家 大院 连片 片区 散落 零散 危旧 破旧 "
    "陈旧 繁华 热闹 安静 温馨 亲切 陌生 熟悉 自己 咱们 我们 他们 居住 生活 工作",
    "入住 租住 租赁 群租 出租 临街 沿街 背街 主要 重要 关键 问题 难点 同 别 行政 自然 社会 城郊结合 网络 虚拟 线上 线下 服务型 "
    "花园式 园林式 海绵 零碳 低碳 无废 书香 民主法治 法治 民主 德治 自治 数智 红",
    "美 富 强 弱 特 名 古 山 渔 农 牧 林 水 驻 包 联 全域 若干 许多 不少 大量 一些 众多 更多 多数 大多数 绝大多数 少数 极少数 千万 "
    "广大 区 市 县 省 州 旗 经开 高新 对口 结合 城乡结合 边缘 底部 前沿",
    "中部 东部 西部 南部 北部 沿海 内陆 沿边 沿江 发达 欠发达 落后 革命 老年友好 友好型 幸福感 创建 幸福里 居家 医养 养老 托育 "
    "服务中心 党委 支部 网 党员 党建引领 邻里 志愿者 便民服务 干部 书记 主任 群众",
)
"""Modifiers after which 社区, 小区, 村, 镇 is a common noun."""

STOP_CHARACTERS = frozenset(
    "地的了着过和与及或而且并但把被给让使令为由向对从自往在于以按据将就才又再还也都只仅是有没无不未很更最太越该此这那哪每各某本我你他她它您谁等其之所者们个名位次项件条种类批"
    "到进入出去来赴抵回走住跑带帮助推促抓建办做搞打说讲问看见听想要会能可应须得约超达如像当跟同比离距至叫称做成变用凭靠替即因若虽却则乃便竟很挺极非常曾已正刚刚先后全赴访聚请送归"
)
"""One-character words that are no part of a name."""

LED_BY = frozenset("归由在到对向把被将让使从为与和于住距离据请给因")
"""Prepositions and verbs that the segmenter may have joined with the name behind them."""
NEVER_INSIDE = re.compile(".[由请让给把被]|^(?:后来|年|因|区)|撤$")
"""What no name of a place holds: the words before it were taken for a part of it."""

STRONG_RIGHT = tuple(
    sorted(
        word_set(
            "党委 党总支 党支部 党组织 党群 党工委 居委会 居民委员会 村委会 两委 书记 主任 办事处 街道办 政府 位于",
            "地处 坐落 建于 始建 辖区 下辖 网格 业委会 物业 居民 村民 业主 社区 小区 综治 派出所 人民 民警 社工",
            "共有 现有 有居民 是一个 是典型 村 镇长 乡长 离县城 距县城 距离县城 离城 距城 离镇 距镇 距离镇 离市区 距市区 依山 "
            "背靠 紧邻 毗邻 东临 西临 南临 北临 "
            "下辖 有农户 有村民 由原 全村 合并 区长 县长 市长 区委 县委 市委",
        )
    )
)
STRONG_LEFT = word_set(
    "— 在 来到 走进 位于 走访 对 由 到 以 像 如 例如 比如 是 与 和 、 ， 。 ： （ “ ； 从 家住 赴 向 让 给 为 ( , : 于 进驻 入驻 "
    "落户 就 即 叫 抵达 前往 今天 目前 如今 当 住 离 至 距 据 到 请 委托 委托的 聘请 周边 附近 隔壁 旁边 隔壁的 旁边的 附近的 外的 侧的 们 "
    "取名 改称 改名 会同 联合 协同 指导 协调 督促 商请",
)
RISKY = word_set(
    "里 弄 苑 广场 大厦 大楼 人家 新城 小院 院落 宿舍 山庄 名城 大院 胡同 座 幢 栋 安置房 公寓 别墅 楼院 寨 屯 盟 旗 地区 管理区 "
    "特区 林区 公馆 家属院 市场 桥 水库 码头 停车场"
)
"""Suffixes that need more evidence than one mention without a place above it."""
NAME_FLAGS = word_set("ns nr nrt nrfg nz g zg ng nt")
COMMON_TOKENS = word_set("扎根 宜居 美丽 城市 三联 新建 普及 聚集 精细 现代 和谐 文明 平安 品质 便民 时间 干部 热心 优秀")
"""Ordinary words that the segmenter takes for names."""

ADORNING = word_set("幸福 和谐 平安 文明 美好 美丽 新建 中心 温馨 友好 团结 青年 科技 文化 民主 法治 民族 前沿 繁华 绿色 红色 新")
"""Modifiers that communities bear as names as well."""
STRIVEN_FOR = re.compile(
    "(?:的)?(?:[^，。；]{0,4}?(?:建设|创建|评[选估比定]|打造|营造|标准|称号|奖|试点|示范)|活动|工程|行动|目标|[0-9一二三四五六七八九十]+个)"
)
AWARDED = re.compile("(?:获|评|选|创|授予|命名|争做|打造|建设|推进|成为|建成|星级|级)[为了得成选]?[“‘「]?$")

EXCLUDED_TOO = {
    "county": word_set(
        "赛区 滩区 关区 港区 展区 灌区 澳区 林区 湾区 彩旗 军区 矿区 营区 病区 学区 时区 专区 警区 商区 住区 考区 产区 海区 水区"
    ),
    "township": word_set("街乡 强镇 名镇 大镇 市镇 该镇 该乡"),
    "estate": word_set("重建家园 共建家园"),
}
"""Ends of phrases that are no names of places, by level, besides those of the vocabulary."""
