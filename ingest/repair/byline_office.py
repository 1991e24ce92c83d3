"""Who wrote a submission, as the line under its title says without a label: `枫桥街道平安办 王小明 李红整理`, or the office alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.repair.byline_names import is_name, joined_names
from ingest.repair.byline_patterns import NOBODY, OFFICE, UNIT

_UNDER = 3  # lines under the title in which an office and names without a label are who wrote it
_LONGEST = 50
_MOST = 8  # words of a line
_GIVEN = 3  # characters of a name without a label, which more of them may also be words
_DID = re.compile("(?:口述|讲述|自述|整理|记录|执笔|撰写|撰文|编写|供稿|文)$")
_WORDS = frozenset(
    "安全 和谐 文明 平安 温馨 温暖 和美 安宁 宜居 高效 时间 时段 金额 成本 成效 成果 效果 方法 方式 单位 项目 内容 户数 人数 备注 常态 "
    "全面".split()
)
"""What a name may look like: beside an office in the heads of tables, and in slogans."""
_POST = re.compile(
    "(?:[\u4e00-\u9fff]{0,6}(?:工作者|网格[员长]|调解员|辅导员|营造[员师]|志愿者|负责人|[干]部|社工|民警|法官|站长|所长|科员|主任|书记|委员|助理))$"
)
_SEATED = re.compile(
    "^(?!走进|建好|打造|推进|全市|全区|全县|本|我|首个|城乡|[^街]{0,3}城[乡区])[\u4e00-\u9fff]{2,8}?(?:[省市县旗州镇]|(?<!城)[区乡]|街道)[\u4e00-\u9fff（）()“”·]*$"
)
_ALONE = re.compile(rf"{OFFICE.pattern[:-2]}|[\u4e00-\u9fff]村|调委会|[综矛]\S{{0,4}}中心)$")
_SAID = re.compile("首个|融合|样板|幸福|走进|打造|关于|[的了与和在把让为]|建设|工作|治理|经验|案例|做法")
_TITLE = 60


def contributed(lines: Sequence[str]) -> dict[int, tuple[tuple[str, ...], str]]:
    """Of the lines of a text, from its title on, those that say who wrote it: their places, the names of persons and the office.

    Several lines of one kind are rows of a table, and the last line of a text is none of them.
    """
    filled = [n for n, line in enumerate(lines) if line.strip()][: _UNDER + 2]
    found = {n: told for n in filled[1:] if (told := _with_names(lines[n]))}
    if len(found) == 1 and filled[-1] not in found:
        return found
    return {} if found else _alone(lines, filled)


def _with_names(line: str) -> tuple[tuple[str, ...], str] | None:
    words = joined_names(line.strip(" （）()\u3000")).split() if len(line) <= _LONGEST else []
    if not 2 <= len(words) <= _MOST:
        return None
    office = words[0] if len(words[0]) >= 4 and (UNIT.search(words[0]) or words[0].endswith("办")) else ""
    people = []
    for word in words[1:]:
        bare = _DID.sub("", word)
        if bare in _WORDS:
            return None
        if is_name(bare) and len(bare) <= _GIVEN and not UNIT.search(bare) and not NOBODY.search(bare) and not _POST.search(bare):
            people.append(bare)
        elif not _POST.fullmatch(word):
            return None
    return (tuple(dict.fromkeys(people)), office) if office and people else None


def _alone(lines: Sequence[str], filled: Sequence[int]) -> dict[int, tuple[tuple[str, ...], str]]:
    """The office by itself, right under the title or its second half; a title that begins with who issues it goes on behind that."""
    if len(filled) < _UNDER:
        return {}
    at = 2 if lines[filled[1]].strip().startswith(("——", "--", "—")) else 1
    if at + 1 >= len(filled):
        return {}
    title, line, after = (lines[filled[n]].strip() for n in (0, at, at + 1))
    if not (5 <= len(line) <= 30 and _SEATED.match(line) and _ALONE.search(line)) or _SAID.search(line):
        return {}
    if _ALONE.search(title) or not 4 <= len(title) <= _TITLE or re.search("[。；：:]$|文件$|关于$", title) or "关于" in after[:4]:
        return {}
    if _SEATED.match(after) and _ALONE.search(after):
        return {}
    return {filled[at]: ((), line)}
