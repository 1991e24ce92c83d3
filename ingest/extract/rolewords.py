"""Words that say what someone is, directly before the name: titles of a profession, roles in a case or among neighbours, kin."""

from __future__ import annotations

from ingest.extract.wordlist import word_set

TITLES = word_set(
    "社工师 高级社工师 中级社工师 助理社工师 初级社工师 高级社会工作师 中级社会工作师 助理社会工作师 心理咨询师 "
    "咨询师 法律顾问 造价师 建造师 公证员 仲裁员 陪审员 人民陪审员 书记员 特邀调解员 专职调解员 金牌调解员 "
    "驻点律师 助理工程师 中医师 主治医师 主任医师 副主任医师 药师 农艺师 农技员 辅导员 台长 社长 副社长 委员长 "
    "副委员长 总理 副总理 国务委员 行政长官 护工 专员 秘书"
)
"""Posts beside those of the vocabulary."""

HEADS = word_set("书记 主任 支书 站长 所长 队长 经理 局长 科长 校长 院长 园长 会长 部长 镇长 乡长 村长 组长 厂长 庭长 主席")
"""Posts by which someone is addressed after the surname (岑所长)."""

CASE_ROLES = word_set(
    "案主 服务对象 申请人 被申请人 当事人 信访人 上访人 投诉人 举报人 反映人 来访人 来访者 来电人 求助人 求助者 "
    "诉求人 承包人 承租人 出租人 受害人 被害人 受害者 肇事者 肇事人 侵权人 被侵权人 上诉人 被上诉人 被执行人 "
    "申请执行人 受助人 受助者 委托人 监护人 债务人 债权人 死者 伤者 犯罪嫌疑人 嫌疑人 违法行为人 被处罚人 购房人 "
    "购房者 牵头人 带头人 致富带头人 低保户 五保户 五保老人 低保对象 特困户 特困人员 困难户 贫困户 脱贫户 监测户 "
    "独居老人 孤寡老人 空巢老人 失独老人 失能老人 高龄老人 残疾人 种植大户 养殖大户 种粮大户 养殖户 种植户 "
    "退伍军人 退役军人 退伍老兵 老兵 老战士 老干部 老教师 老邻居 外卖小哥 快递小哥 乡贤 新乡贤 新农人 新市民 "
    "热心人 木匠 鞋匠 修鞋匠 瓦匠 泥瓦匠 油漆匠 花匠 菜贩 商贩 小贩 养蜂人 看门人 守门人 手艺人 传承人 "
    "非遗传承人"
)
"""What someone is in a case or among the neighbours; no post."""

LOOSE_ROLES = word_set(
    "原告 被告 甲方 乙方 第三人 家属 患者 病人 孕妇 母亲 父亲 儿子 女儿 妻子 丈夫 老伴 孙子 孙女 外孙 "
    "外孙女 儿媳 女婿 弟弟 哥哥 姐姐 妹妹 侄子 侄女 前妻 前夫 邻居 青年 小伙 小伙子 姑娘 学生 大学生 研究生 "
    "同学 学员 组员 成员 房客 顾客 买家 卖家 车主 船主 货主 小哥 能人 经营者"
)
"""Roles that often stand before something else: what follows must look like a name by itself."""

ROLES = CASE_ROLES | LOOSE_ROLES
NICKNAMED = ("案主", "服务对象", "组员", "学员")
