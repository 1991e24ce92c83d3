"""Words that ask for something about a submission: the labels of forms and the headers of tables, and the field that each stands for.

One table of words for both. `FORMS` and `COLUMNS` are the two readings of it; they differ where the place of a word changes what it says,
and only there. What is told by the shape of a label rather than by its words stays with its reader: `ingest.repair.labels` is strict, since
it looks for labels in running text; `ingest.readers.columns` is free, since a header is known to be one by its place.
"""

from __future__ import annotations

from types import MappingProxyType

_WORDS: dict[str, str] = {
    "title": (
        "案例名称 案例题目 案例标题 项目名称 建议名称 建议题目 建议标题 提案名称 提案题目 提案标题 金点子名称 金点子题目 "
        "点子名称 成果名称 作品名称 作品题目 课题名称 材料题目 申报名称 申报题目 申报项目 申报案例 申报案例名称 参评案例名称 "
        "参评作品 品牌名称 工作法名称 题目 标题 名称 题名"
    ),
    "number": (
        "编号 案例编号 申报编号 受理编号 项目编号 作品编号 参评编号 登记编号 建议编号 提案编号 序列号 参赛编号 报名编号 受理号 登记号"
    ),
    "applicant": (
        "申报单位 报送单位 推荐单位 填报单位 申报主体 案例单位 单位名称 实施单位 提交单位 选送单位 供稿单位 参评单位 申请单位 "
        "所在单位 工作单位 建议单位 牵头单位 主办单位 承担单位 责任单位 实施主体 案例主体 申报机构 申请机构 参赛单位 完成单位 "
        "申报部门 报送部门 单位全称 申报单位名称 申报组织 组织名称 机构名称 上报单位 编报单位 案例来源单位"
    ),
    "category": (
        "类别 申报类别 案例类别 参评类别 所属类别 类型 案例类型 建议类别 建议类型 所属领域 申报类型 参赛类别 参赛组别 领域 "
        "主题类别 项目类别 项目类型 作品类别 申报领域 申报方向 申报组别 申报主题 所属主题 案例领域 专题类别 问题类别"
    ),
    "place": (
        "所在地 地区 所在地区 所属地区 所属区县 地点 实施地点 案例地点 所属街道 所属乡镇 所属镇街 属地 所在社区 所属社区 "
        "所在区县 所在街道 所在镇街 实施区域 实施地区 案例发生地 案例所在地 项目地点 项目实施地 实施范围 所在城市 所在市县"
    ),
    "award": "奖项 评选活动 评选名称 评选届次 届次 活动名称 参评活动 参评届次 申报奖项 参评奖项 获奖等次 获奖等级",
    "published": (
        "申报时间 申报日期 填报时间 填报日期 报送时间 报送日期 提交日期 提交时间 填表日期 填表时间 日期 推荐日期 上报时间 "
        "上报日期 申请日期 登记日期 填卡日期 填卡时间 投稿日期 投稿时间"
    ),
    "authors": (
        "执笔人 撰写人 撰稿人 案例撰写人 案例撰稿人 参与撰写人员 撰写人员 作者姓名 作者 编写人员 编写人 主要撰写人 材料撰写人 案例作者"
    ),
    "contact": (
        "联系人 姓名 联系人姓名 申报人 申报人姓名 建议人 建议人姓名 提案人 负责人 项目负责人 填报人 填表人 经办人 推荐人 "
        "真实姓名 参赛者 案例负责人 单位负责人 主要负责人 分管负责人 分管领导 项目联系人 案例联系人 申请人 申请人姓名 提交人 "
        "报送人 主创人员 团队成员 参与人员 参赛人 领办人 第一作者 联络人 联络员 审核人 负责人签字 填表人签字 经办人签字 "
        "单位负责人签字 申报人签字"
    ),
    "status": "实施状态 实施情况 状态 进展 进展情况 是否实施 是否已实施 实施阶段 项目状态 项目阶段 目前进展 推进情况",
    "opinion": (
        "申报单位意见 审核意见 主管部门意见 街道意见 区级意见 推荐单位意见 推荐意见 单位意见 初审意见 复审意见 社区意见 镇街意见 "
        "县级意见 市级意见 所在单位意见 申报单位审核意见 街道（乡镇）意见 乡镇意见 评审结果 党组织意见 上级部门意见 组织单位意见 "
        "承诺"
    ),
    "handler": "承办单位 承办部门 办理单位 办理部门 交办单位 受理单位 处理单位 主办部门",
    "score": "得分 评分 总分 平均分 最终得分 评审得分 综合得分 专家评分 分数",
    "period": (
        "完成日期 结项时间 结项日期 起止时间 实施时间 开展时间 实施期限 起始时间 项目周期 实施周期 项目起止时间 启动时间 建设时间 开始时间 "
        "完成时间"
    ),
    "private": (
        "联系电话 电话 手机 手机号 手机号码 联系方式 身份证号 身份证号码 身份证 证件号码 邮箱 电子邮箱 电子邮件 联系邮箱 "
        "通讯地址 通信地址 联系地址 家庭住址 家庭地址 现住址 住址 地址 邮编 邮政编码 传真 微信号 微信 QQ QQ号 QQ号码 职务 职称 "
        "性别 年龄 民族 出生年月 出生日期 学历 政治面貌 文化程度 办公电话 固定电话 移动电话 联系人电话 联系人手机 负责人电话 "
        "电话号码 单位电话 职务职称 单位地址 单位职务 银行账号 银行账户 收款账户 收款账号 账户 账号 账户名称 开户名 户名 "
        "银行卡号 卡号 开户行 开户银行 单位及职务 所在单位及职务 居住地址 户籍地址 收件地址"
    ),
    "text": "正文 建议内容 案例内容 主要内容 案例正文 具体内容 项目内容 提案内容 内容",
    "section": (
        "摘要 内容摘要 基本情况 背景 案例背景 主要做法 做法 成效 主要成效 取得成效 创新点 启示 专家意见 评审意见 案例简介 "
        "项目简介 存在问题 问题描述 预期效果 可行性分析 下一步打算 案例摘要 项目背景 工作背景 具体做法 工作成效 实施成效 "
        "建议理由 提案理由 具体建议 对策建议 解决办法 创新之处 主要创新点 推广价值 经验启示 案例概述 项目概述 案由 工作做法 "
        "特色亮点 内容简介 项目成效 案例成效 社会效益 现状分析 问题分析 实施方案 实施计划 预期成效 申报理由 推荐理由 简介 情况介绍"
    ),
    "remark": "备注",
}
_OF_FORMS = {"text": "free", "section": "free", "remark": "free"}
"""Under all of these a form has running text."""
_OF_COLUMNS = {"handler": "ignore", "score": "", "remark": ""}
"""A column of those who deal with proposals is nothing that is told of one; marks and remarks are told under their own header."""
_OTHERWISE = {
    "责任单位": "ignore",  # a column of many rows says who is to deal with each; a form, who hands it in
    "活动名称": "title",  # rows are named by their activities; on a form it is the competition that it is handed in for
    "申报主题": "title",  # likewise: what each row is about, or one of the subjects that a form offers to tick
    "主办部门": "applicant",  # a table says by it who did it, a form of a proposal who is to answer it
    "第一作者": "authors",  # a list prints its authors, a form asks for the person who can be called
    "评审结果": "section",  # told at length in a table, a line for the office on a form
    "进展情况": "section",  # likewise
    "推进情况": "section",  # likewise
    "专家意见": "opinion",  # below the text of a row; on a form of its own it is text that may be read
    "评审意见": "opinion",  # likewise
}
"""The field of a column, of words that say another thing over a column than on a form."""
CASES = "案例|项目|建议|提案|金点子|点子|作品|成果|材料|工作法|品牌|课题"
"""What is handed in, as a form calls it."""
ROWS = f"{CASES}|留言|来信|信件|诉求|工单|事项|典型|经验|事例|个案|活动|文章|论文|申报|实践|创新"
"""As a table may call its rows, too: on a line of text these words name no submission."""


def _read(names: dict[str, str]) -> dict[str, str]:
    return {word: names.get(field, field) for field, words in _WORDS.items() for word in words.split()}


FORMS = MappingProxyType(_read(_OF_FORMS))
"""Labels of forms and what is asked for under them."""
COLUMNS = MappingProxyType({word: field for word, field in (_read(_OF_COLUMNS) | _OTHERWISE).items() if field})
"""Headers of columns and what is in them."""
