"""Words and expressions that tell organisations and groups from what only looks like them."""

from __future__ import annotations

import re

from ingest.extract.wordlist import word_set

LONGEST = 20
NOMINAL = word_set("n nz nt nr nrt nrfg ns ng nl vn j b l eng g zg an i")
VERBAL = word_set(
    "治理 服务 管理 调解 监督 执法 建设 发展 保障 应急 规划 维护 监管 指导 培训 研究 教育 组织 宣传 保护 评估 救助 志愿 互助 "
    "协商 议事 促进 调处 化解 联动 巡逻 巡防 巡查 指挥 联络 孵化 救援 创业",
    "就业 安置 征收 改造 整治 运营 投资 开发 设计 检测 检验 审计 仲裁 援助 接待 筹备 自治 共治 联合 养老 助老 助残 托管 综治 防控 "
    "创建 督导 督查 帮扶 扶贫 加装 加梯 管护 环卫 科普 法治 普法 禁毒 反诈",
    "物流 供销 合作 参事 监察 信访 调查 创新 统计 测绘 交流 租赁 餐饮 安保 停车",
)
STOP = word_set(
    "各 全 本 该 我 每 某 其他 其它 有关 相关 部分 所有 当地 本地 一些 多 个 人 区 组织部门 邀请 聘请 引进 引入 由 及 与 和 等 启动 "
    "优化 发动 运用 设置 打造 提升 完善 深化 强化 实行 推进 主动 积极 参与",
    "成立 动员 委托 依托 联合 会同 计划 拟 协同 携手 联手 商请 约谈 督促 开展 建立 组建 支持 鼓励 带动 代表 为首 为主 特邀 "
    "居民家 使 原因 情况 问题 工作 同时 时 后 前 期间 "
    "之间 目前 其中 方面 包括 支 家 名 位 首家 首个 唯一 全体 广大 老牌 书记",
    "主任 副主任 局长 主席 专业 优秀 资深 知名 著名 大型 中小 新 老 旧 旗下 相应 对应 多方 双方 三方 各方 协助 沟通 要求 感谢 反映 投诉",
)
# Words for anybody of a kind: a fact about them says little.
ANYBODY = word_set(
    "政府 企业 居民 群众 部门 老百姓 村民 业主 老人 老年人 老党员 党员 志愿者 家长 专家 律师 媒体 单位 妇女 残疾人 大学生 青少年 "
    "未成年人 商户 "
    "农户 住户 社会组织 社工 政府部门 相关部门 有关部门 职能部门 主管部门 人大代表 政协委员 当事人 骑手 记者 车主 租户"
)
LEVELS = {
    "省": "province",
    "市": "prefecture",
    "区": "county",
    "县": "county",
    "旗": "county",
    "镇": "township",
    "乡": "township",
    "街道": "township",
    "社区": "community",
    "村": "community",
}
BARE_PLACES = {
    "街道": "township",
    "镇里": "township",
    "乡里": "township",
    "社区": "community",
    "村里": "community",
    "区里": "county",
    "县里": "county",
    "市里": "prefecture",
}
SHORT = re.compile("^(省|市(?!场|民|容)|区|县|旗|镇|乡(?!贤|村)|街道|社区|村(?!民|务))(?=[\u4e00-\u9fff])")
SUBUNIT = re.compile("(?:科|处|室|股|科室|中队|大队|支队|站|所|中心|办)$")
GENERIC_SKIPPED = word_set(
    "办公室 街道 记者 本刊记者 本报记者 通讯员 本人 乡镇街道 部门 当事人 妇女 一村一警 镇街 街镇 社工委员 公安 消防 城管 两委班子 村社 "
    "村居 居村 红马甲 督导 民警 家长 群众 老人 物业 院长制",
)
GENERIC_NEEDS_END = word_set(
    "居民 业主 村民 群众 老百姓 党员 社会组织 社工 企业 志愿者 政府 商户 住户 专家 律师 教授 老年人 残疾人 青少年 未成年人 物业 "
    "家长 媒体 法院 政协委员 人大代表 农户 社会资本 骑手",
)
TRANSITIVE = word_set(
    "组织 建设 发展 宣传 教育 引导 培育 孵化 促进 保障 支持 规范 创新 压实 整顿 抗议 会同 协同 协调 体验 领导 关心 布局 推动 培训 "
    "指导 监督 服务 管理 团结 凝聚 联系 走访 调动 激发 号召 要求 发挥 充分发挥",
    "教育引导 安排 选派 整合 扶持 帮扶 吸引 吸纳 招募 撬动 购买 续聘 另聘 产生 选举 选举产生 选聘 评选 表彰 约谈 对接 联合 创建 "
    "打通 节约 利用 集约 关爱 服务好 治理 整治 改造 救助 评估 投资",
)
LEADING = word_set(
    "广大 各级 所有 时代 时期 年度 领域 个别 优秀 京 所在 当地 本级 今后 不少 许多 众多 全体 此类 沿途 主要 普通 现有 原有 一线 经 "
    "当前 上述 部分 非 行业内 近千 党员队伍"
)
CLASS = re.compile(
    "(?:企业|部门|政府|志愿者|党员|党组织|党支部|社会组织|医院|学校|幼儿园|大学|工厂|加工厂|超市|酒店|民宿|门店|商场|学院|博物馆|"
    "银行|法院|国企|央企|干部|合作社|专家|工会|食堂|党委|服务队|志愿队|协会|商会|联盟)$"
)
COMMUNITY_BODIES = frozenset(["party", "committee", "owners", "agency", "institution"])
MORE_SUFFIXES = ("议事小组", "工作小组", "监督小组", "协商小组", "调解小组", "议事代表团")
# Bodies of the central government by their usual names.
CENTRAL = word_set(
    "外交部 国防部 科技部 科学技术部 工信部 工业和信息化部 国家民委 国家安全部 自然资源部 生态环境部 交通运输部 水利部 商务部 "
    "文化和旅游部 文旅部 退役军人事务部 应急管理部 中国人民银行 央行 审计署 国资委",
    "国务院国资委 海关总署 税务总局 国家税务总局 市场监管总局 国家市场监督管理总局 国家市场监管总局 体育总局 国家统计局 国家医保局 "
    "国家医疗保障局 国家能源局 国家林草局 国家移民管理局 国家邮政局 国家文物局",
    "国家卫健委 国家卫生健康委 国家发改委 发改委 人力资源和社会保障部 人力资源社会保障部 建设部 环保部 环境保护部 卫生部 "
    "国土资源部 农业部 文化部 交通部 铁道部 监察部 银监会 证监会 保监会 银保监会 国家数据局",
    "国家金融监督管理总局 国务院办公厅 国务院扶贫办 国家乡村振兴局 全国老龄办 国家疾控局 中央文明办 中央网信办 国家消防救援局 "
    "新闻出版总署 国家广电总局 国台办 国家知识产权局 中央财办",
)
PLACE_WORDS = word_set("街道 属地街道 镇街 街镇 乡镇街道 村集体")
GOES_WITH = word_set("们 力量 群体 代表 团队 队伍 双方 单位 之间 群众 骨干 自己 家庭 干部 本人 志愿者 家属 大家 共同 全体 家里")
NOT_ORGANISATIONS = re.compile(
    "时间银行|道德银行|积分超市|爱心超市|共享法庭|人才银行|垃圾银行|公益银行|代办处|[^大]自治组织|一站式|[^会]议事会议|问题清单|"
    "办公室里|工作站点|街头巷尾|家门店"
)
BARE_KINDS = word_set("government justice agency institution company mass")
PEOPLE = word_set("residents expert partner person congress media")
QUOTED = re.compile("[“‘「]([^“”‘’「」，。！？；\\n]{1,10})[”’」]$")
COINED = frozenset("伴爱乐助护帮援享创润聚益牵守悦")
LEVEL_WORDS = frozenset("省市区县镇乡")
