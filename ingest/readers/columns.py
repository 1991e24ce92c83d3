"""What the columns of a table of submissions are, by their header words."""

from __future__ import annotations

import re

from ingest.labels import COLUMNS, ROWS
from ingest.repair.labels import is_label

FIELDS = frozenset(
    (
        "title", "text", "section", "number", "ordinal", "applicant", "contact", "private", "authors", "category", "place", "award",
        "published", "status", "period", "opinion", "url", "ignore",
    )
)  # fmt: skip
LABELS = {
    "number": "编号", "applicant": "申报单位", "contact": "联系人", "private": "联系方式", "authors": "撰写人", "category": "类别",
    "place": "所在地", "award": "奖项", "published": "申报时间", "status": "实施状态", "period": "实施时间", "opinion": "审核意见",
}  # fmt: skip
"""The label that a form has for a field, where a header says it in other words."""
LONGEST = 24  # characters of a header, without hints in brackets

_HINT = re.compile(r"[（(【\[][^（()）【】\[\]]{0,60}[）)】\]]|[*＊※★]")
_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[、.．)）])")
_BODY = "单位|部门|机构|组织|主体|街道|社区|乡镇|镇街|村居|村社|企业|公司|学校|支部|党委|党组织|机关"
_TOLD = f"(?:{ROWS})"
# Tried in this order on the header without blanks, hints and numbering, where its words are not in the table; the first that fits decides.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (field, re.compile(pattern, re.IGNORECASE))
    for field, pattern in (
        ("ordinal", r"序号|次序|序|no\.?|行号|排序|项次|#"),
        ("private", r".*(?:电话|手机|联系方式|身份证|证件号|邮箱|e-?mail|微信|qq|账号|账户|开户|银行卡|邮编|邮政编码|传真).*"),
        ("private", r"(?:通讯|通信|联系|家庭|居住|收件|户籍)?(?:地址|住址)|住址|职务|职称|性别|年龄|民族|出生(?:日期|年月)|学历|政治面貌"),
        ("authors", r".*(?:执笔|撰写人|撰稿|作者|编写人|起草人).*|authors?"),
        (
            "contact",
            r"(?:.*(?:联系人|负责人|申报人|填报人|填表人|报送人|经办人|建议人|提案人|推荐人|参赛者|申请人|提交人|参与人员|团队成员|领办人)|(?:真实)?姓名)(?:姓名|名单)?",
        ),
        ("number", rf"(?:{_TOLD}|受理|参评|登记|报名|投稿|工单|流水|统一|档案)?(?:编号|编码|代码|id)|(?:受理|参评|登记|投稿|工单|流水)号"),
        ("title", rf"{_TOLD}{{0,2}}的?(?:名称|题目|标题|题名|主题)|名称|题目|标题|题名|篇名|标题名称|title|{_TOLD}{{1,2}}名"),
        ("ignore", rf"(?:承办|主责|责任|办理)(?:{_BODY})(?:名称|全称)?"),  # who deals with a proposal, not whose it is
        ("place", "(?:所属|所在|属地)(?:街道|社区|乡镇|镇街|村居|村社)"),
        (
            "applicant",
            r"(?:申报|报送|推荐|填报|实施|提交|选送|供稿|参评|申请|牵头|主办|所在|工作|案例|建议|编报|来源|建设|主要|所属)*"
            rf"(?:{_BODY})(?:名称|全称)?",
        ),
        (
            "category",
            rf"(?:{_TOLD}|参评|所属|主题|参赛|问题|专题)*(?:类别|类型|分类|领域|方向|组别|赛道|大类|小类|标签)|{_TOLD}类|category",
        ),
        (
            "place",
            r"(?:所在|所属|实施|案例|项目|发生)?(?:地区|地域|区域|区县|县区|县市区|区市县|市州|地市|城市|省份|省市|省|市|区|县|地点|属地|区划)|所在地|(?:项目|案例|实施)地址|place",
        ),
        ("award", r"(?:所获|获得|获奖)?(?:奖项|奖次|获奖等级|获奖情况|等次|荣誉)|.*(?:届次|评选名称|评选活动)"),
        ("period", r"(?:起止|实施|开展|项目|活动|建设|完成)(?:时间|周期|期限|年限|日期)|(?:案例)?发生时间"),
        (
            "published",
            r"(?:申报|填报|报送|提交|填表|发布|收到|受理|登记|投稿|上报|推荐|创建|发表|留言|来信)?(?:时间|日期|年度|年份|年月)|时间|日期|"
            r"date|published",
        ),
        ("status", r"(?:实施|目前|当前|项目)?(?:状态|进展|进度|阶段)|是否(?:已)?(?:实施|落地|采纳)|实施情况"),
        ("url", r".*(?:链接|网址|url)|原文地址"),
        ("text", rf"{_TOLD}{{0,2}}(?:主要|具体|详细)?(?:正文|全文|内容|文本|原文|详情)|文字材料|text|content"),
        (
            "section",
            r".*(?:背景|缘由|起因|问题|痛点|难点|矛盾|诉求|做法|措施|举措|办法|对策|方案|过程|经过|步骤|流程|机制|成效|成果|效果|效益|成绩|变化|结果|影响|反响|启示|经验|体会|反思|"
            r"思考|创新点?|亮点|特色|意义|价值|简介|简述|概述|概况|摘要|介绍|说明|情况|思路|目标|内容|计划|理由|依据|可行性|打算|展望|不足|评语|点评|评价|描述|事迹|建议)(?:及.{1,6}|和.{1,6}|与.{1,6})?",
        ),
        ("opinion", r".*意见"),
    )
)  # fmt: skip


def plain(header: str) -> str:
    """A header without blanks, hints in brackets (必填, 500字以内), stars, numbering and the colon at its end."""
    words = re.sub(r"\s+", "", header)
    bare = _HINT.sub("", words).strip("：:、.．-—")
    bare = _NUMBERING.sub("", bare)
    return bare or words.strip("：:")


def field_of(header: str) -> str | None:
    """The field that a column with this header holds, None where the words are not known."""
    words = plain(header)
    if not words or len(words) > LONGEST:
        return None
    return COLUMNS.get(words) or next((field for field, pattern in _PATTERNS if pattern.fullmatch(words)), None)


def label_of(header: str, field: str | None) -> str:
    """The words before the colon of a form line: the header itself where forms know it, else the form's word for the field."""
    words = plain(header)
    return words if field is None or is_label(words) else LABELS.get(field, words)
