"""The labels of forms and what is asked for under them: 案例名称（不超过30字）, 申 报 单 位, 2.联系人*, 单位（盖章）."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.labels import CASES, FORMS

FIELDS = FORMS
LONGEST = 20
_NUMBER = re.compile(r"^(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[）)][、.．]?|[、.．]))")
_HINT = re.compile(r"[（(〔\[【][^（()）〔〕\[\]【】]{0,40}[）)〕\]】]|[（(][^（()）]{0,40}$")
_MARKS = re.compile(r"[\s*＊※★:：_＿、]+")
_DONE_TO = re.compile("(?:盖章|公章|签字|签名|签章)$")
_ASKED = "申报|报送|推荐|填报|申请|参评|选送|提交|上报|参赛"
_ENDINGS = (  # of labels in other words, tried in this order
    ("private", re.compile("(?:电话|手机号?码?|邮箱|身份证号?码?|证件号码?|住址|通讯地址|邮编|账号|卡号|开户行)$")),
    ("contact", re.compile("^.{0,8}(?:联系人|负责人|申报人|填报人|填表人|经办人|建议人|提案人|联络员)(?:姓名)?$")),
    (
        "opinion",
        re.compile(
            "^(?!专家|评审|居民|群众|各方|征求|主要).{0,12}(?:单位|部门|街道|社区|乡镇|党委|政府|办公室)(?:审核|推荐|审查|初审)?意见$"
        ),
    ),
    ("applicant", re.compile(f"^(?:{_ASKED}|案例|实施|供稿).{{0,6}}(?:单位|主体|机构|组织|部门)(?:名称|全称)?$")),
    ("title", re.compile(f"^(?:{_ASKED}|拟报)?(?:{CASES})(?:的)?(?:名称|题目|标题)$")),
    ("category", re.compile(f"^(?:{_ASKED}|{CASES}|所属)(?:的)?.{{0,4}}(?:类别|类型|领域|方向|组别|赛道)$")),
    ("number", re.compile(f"^(?:{_ASKED}|{CASES}|受理|登记).{{0,4}}(?:编号|编码)$")),
    ("place", re.compile("^(?:案例|项目|实施|申报单位)(?:所在|实施|发生)?(?:地|地点|地区|区域)$")),
    ("place", re.compile("^(?:所在|所属)(?:省|市|区|县|街道|乡镇|镇街|社区|村).{0,4}$")),
    ("published", re.compile(f"^(?:{_ASKED}|填表)(?:时间|日期)$")),
)


@lru_cache(maxsize=4096)
def field_of(label: str) -> str | None:
    """What a form asks for under this label: title, number, applicant, category, place, award, published, authors, contact, status,
    handler (who deals with it, not who handed it in),
    score (a judge's), opinion, period, private, free (running text); None for words that are no label.

    The label may be spaced, numbered and marked, and hold a hint in parentheses or a colon.
    """
    words = normal(label)
    if not 2 <= len(words) <= LONGEST:
        return None
    found = FIELDS.get(words)
    if found is None:
        found = next((name for name, pattern in _ENDINGS if pattern.search(words)), None)
    return found


def is_label(words: str) -> bool:
    """Whether a table cell is the label of a form."""
    return field_of(words) is not None


@lru_cache(maxsize=4096)
def normal(label: str) -> str:
    """A label without blanks, number, hint and marks: `2. 申 报 单 位（盖章）：` is 申报单位."""
    words = _MARKS.sub("", label)
    words = _HINT.sub("", _NUMBER.sub("", words)) or words
    return _DONE_TO.sub("", words) or words
