"""What the lines of an official document look like, each part by itself (GB/T 9704-2012): used by `official`, which knows their places."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.dates import iso_date
from ingest.scan import sought

LONGEST = 240
QUICK = sought(
    r"〔\[（(【抄主签附发文特加共索印报送第—－–：:\-",
    r"[〔\[（(【](?:19|20)\d\d[〕\]）)】]|^(?:抄\s?[送报]|主\s?送|签\s?发\s?人|附\s?件|发文|文\s?号|共印|特\s?急|加\s?急|索引号)|文\s?件$|印\s?发$"
    r"|^[报送发]：|第\s?[\d一二三四五六七八九十百]+\s?期|^[—－\-–]\s?\d{1,4}\s?[—－\-–]$|[：:]$",
    re.MULTILINE,
)
_UNIT = (
    r"(?:人民政府(?:办公[厅室])?|办公[厅室]|委员会|办事处|党工委|工委|党委|党组|[局委部厅院会署]|领导小组|指挥部|联席会议|法院"
    r"|检察院|总工会|联合会|妇联|团委|公司|中心)"
)
BODY = rf"[\u4e00-\u9fff、·（）()]{{2,60}}?{_UNIT}(?:（[\u4e00-\u9fff]{{1,12}}）)?"
NUMBER = re.compile(
    r"(?P<number>[\u4e00-\u9fff]{1,16}[〔\[（(【]\s?(?:19|20)\d\d\s?[〕\]）)】]\s?第?\s?\d{1,5}\s?号)"
    r"(?:\s*签发人[：:]\s?(?P<signed>[\u4e00-\u9fff· ]{2,30}))?"
)
RED = re.compile(rf"(?P<body>{BODY})\s?(?:文\s?件|（?\s?通\s?报\s?）?|令|公\s?报)")
ONLY_BODY = re.compile(BODY)
MASTHEAD = 6  # lines at the head of a bulletin in which its name stands
_SERIES = "简报|专报|快报|内参|动态|专刊|要情|信息|通讯|快讯|参考|摘报|简讯|周报|月报"
_SERIES_ALONE = re.compile(
    "(?:工作|情况|社情民意|信息|调研|决策|政务|党建|基层治理|社会治理)*(?:简报|专报|快报|内参|动态|专刊|要情)"
)  # says that it is one, whatever stands below it
_ISSUE = r"(?:(?:19|20)\d\d年?)?[〕\]）)]?(?:总?第)[\d一二三四五六七八九十百]+期"
_SERIES_NUMBERED = re.compile(rf"(?P<name>[\u4e00-\u9fff“”·]{{0,14}}(?:{_SERIES}))[〔\[（(]?{_ISSUE}.{{0,12}}")
_SERIES_NAME = re.compile(rf"[\u4e00-\u9fff“”·]{{0,14}}(?:{_SERIES})")
_RUNNING = re.compile(
    r"(?:《》)?(?:(?:19|20)\d\d年)?(?:总?第[\d一二三四五六七八九十百]+期)?(?:[（(]总第?\d+期[）)])?"
    r"(?:内部(?:资料|刊物|交流))?[，,·]?(?:注意保[存管])?"
)
_IN_MASTHEAD = re.compile("[报参态刊情息讯考期]")
_LONGEST_ISSUE = 24
_NUMBER_OF_ISSUE = re.compile(rf"[〔\[（(]?{_ISSUE}")
_IMPRINT = 8  # lines at the end of a bulletin among which those stand that say whom it goes to
_SEVERAL = 2
COPY = re.compile(r"(?:份号[：:]?\s?)?0\d{2,6}|(?:第|№|No\.?)\s?\d{1,6}\s?份?号?")
URGENT = re.compile(r"(?:紧急程度[：:]?\s?)?(?:特急|加急|平急|特提|急件)(?:[·・\s]*明电)?")
SIGNED = re.compile(r"(?:签发人?|会签人?|核稿|拟稿人?|校对)[：:].{0,40}")
NOTICE = re.compile(
    r"(?:通知|通报|意见|决定|决议|批复|函|复函|请示|报告|汇报|公告|通告|公报|方案|办法|纪要|指示|命令|规划|要点|议案|总结|细则|规定|告知书|通知书|倡议书|公开信)"
    r"(?:[（(].{1,12}[）)])?$"
)
TO = re.compile(r"[^。；！？“”：:]{2,240}[：:]")
ADDRESSED = re.compile(
    r"(?:政府|委员会|办事处|[局部委厅办院会署]|单位|街道|[镇乡区县市]|社区|村|企业|公司|学校|中心|机关|机构|部门|开发区|团体|协会|党组织|支部"
    r"|(?<![好坏难益用长短去之何此])[科处股]|(?:全体|各位|广大)[^。；，：:]{0,12}(?:居民|村民|业主|住户|租户|商户|家长|住户朋友|居民朋友|业主朋友|村民朋友))"
    r"(?:[（(].{1,20}[）)])?[：:]$"
)
NOT_ADDRESSED = re.compile(
    r"^(?:一|二|三|四|五|第|[（(]?\d|附件|主要|具体|现将|其中|包括|时间|地点|联系|案例|申报|推荐)|如下|以下|同志们|您好|你好"
    r"|做法|^.{0,4}(?:单位|部门)[：:]$"
)
LABELLED = re.compile(
    r"(?:(?P<issuer>发文(?:机关|单位|机构)|制[发定](?:机关|单位)|发布机[关构])|(?P<number>发文字号|文件?(?:编|文)?号|文\s?号)"
    r"|(?P<date>成文(?:日期|时间)|发文(?:日期|时间)|签发日期)"
    r"|(?P<to>主送(?:机关|单位)?)|(?P<copies>抄[送报](?:机关|单位)?)|(?P<printed>印发(?:日期|时间))"
    r"|(?P<other>索引号|主题词|主题分类|体裁分类|公开(?:方式|属性|范围)|有效性|印发(?:机关|单位)))[：:]\s*"
)
ATTACHED = re.compile(r"附\s?件\s?[：:]\s*(?P<name>\S.{1,80})")
ITEM = re.compile(r"(?:\d{1,2}\s?[.．、]|[（(]?[一二三四五六七八九十]{1,2}[）)]?[、.．])\s*(?P<name>\S.{1,80})")
ITEM_START = re.compile(r"(?:\d{1,2}\s?[.．、]|[一二三四五六七八九十]{1,2}[、.．])\s*")
DATE = re.compile(
    r"[（(]?(?:(?:19|20)\d\d年\d{1,2}月\d{1,2}日"
    r"|[二一][〇○零ＯO0oо一二三四五六七八九]{3}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日)[）)]?(?:印)?"
)
SIGN_OFF = re.compile(rf"(?P<body>{BODY})\s*(?P<date>{DATE.pattern})")
REMARK = re.compile(
    r"[（(]?(?:此件|本件|此文)(?:公开|依申请|主动|不予|不|发至|可)[^）)。]{0,30}[）)]?[。]?|[（(]信息公开(?:形式|选项)[：:].{1,20}[）)]"
)
COPIES = re.compile(r"(?:抄\s?[送报]|分\s?送|报\s?送|报\s?备)[：:]\s*(?P<to>.+)")
BULLETIN = re.compile(r"(?:[报送发]|主报|主送|抄报|抄送|抄发)[：:]\s*(?P<to>.{2,160})")  # the last lines of a bulletin: 报：… 送：… 发：…
SENT = re.compile(
    r"(?:(?<=^)|(?<=[\s。；;]))(?:[报送发]|主报|主送|抄报|抄送|抄发)[：:]\s*(?P<to>[^：:。]{2,160}?)(?=[\s。；;]+(?:[报送发]|[主抄][报送发])[：:]|[。]?$)"
)
PRINTED = re.compile(rf"(?P<body>[\u4e00-\u9fff（）()、]{{2,50}}?)?\s*(?P<date>{DATE.pattern})\s*(?:印\s?发|印)?")
IMPRINT = re.compile(r"共\s?印\s?\d+\s?份.{0,6}|[（(]共\s?印\s?\d+\s?份[）)]|主题词[：:].{2,60}|责任编辑[：:].{2,20}")
PAGE = re.compile(r"[—－\-–·]{1,2}\s?\d{1,4}\s?[—－\-–·]{1,2}|第\s?\d{1,4}\s?页(?:\s?[，,/]?\s?共\s?\d{1,4}\s?页)?")
_IN_CHINESE = re.compile("([二一][〇○零ＯOoо0一二三四五六七八九]{3})年([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})日)?")
_CHINESE_DIGITS = str.maketrans("〇○零ＯOoо0一二三四五六七八九", "00000000123456789")


def is_red(line: str) -> bool:
    """Whether a line is the red heading of a document (某区人民政府文件) and no title about documents (关于印发文件)."""
    return RED.fullmatch(line.strip()) is not None and not re.match("关于|转发|印发", line.strip())


def is_masthead(lines: Sequence[str], n: int) -> bool:
    """Whether line `n` is the name or the number of a bulletin (平安简报, 第9期); a name that others may have (某社区动态) is one only
    where the number of the issue stands right below it."""
    if not _IN_MASTHEAD.search(lines[n]):
        return False
    line = re.sub(r"\s+", "", lines[n])
    return bool(_SERIES_ALONE.fullmatch(line) or _NUMBER_OF_ISSUE.match(line) or _series(lines, n))


def bulletin(lines: Sequence[str]) -> str:
    """The name of the bulletin whose masthead the text begins with; empty where there is none."""
    head = lines[:MASTHEAD]
    return next((name for n in range(len(head)) if (name := _series(head, n))), "")


def issue(lines: Sequence[str]) -> str | None:
    """The number of the issue in the masthead of a bulletin: 第9期（总第73期）."""
    for n in range(min(MASTHEAD, len(lines))):
        line = re.sub(r"\s+", "", lines[n])
        match = _SERIES_NUMBERED.fullmatch(line)
        number = line[len(match["name"]) :] if match else line
        if _NUMBER_OF_ISSUE.match(number) and len(number) <= _LONGEST_ISSUE:
            return number.strip("〔[（(") if number.count("（") != number.count("）") else number
    return None


def _series(lines: Sequence[str], n: int) -> str:
    """The name of a bulletin on line `n` with the number of its issue on it or below it; empty where it is none."""
    line = re.sub(r"\s+", "", lines[n])
    if match := _SERIES_NUMBERED.fullmatch(line):
        return match["name"]
    below = (re.sub(r"\s+", "", other) for other in lines[n + 1 : n + 3])
    return line if _SERIES_NAME.fullmatch(line) and any(_NUMBER_OF_ISSUE.match(other) for other in below) else ""


def is_running(line: str, name: str) -> bool:
    """Whether a line is the head or foot that each page of a bulletin has: its name, its issue, 内部资料 注意保存, or some of these."""
    bare = re.sub(r"\s+", "", line)
    named = (bool(name) and name in bare) or "内部" in bare or "注意保" in bare  # a year or an issue alone may head a part of the text
    return named and _RUNNING.fullmatch(bare.replace(name, "")) is not None


def sent(lines: Sequence[str]) -> tuple[str, set[int]]:
    """Whom a bulletin goes to, and the lines that say it: the last ones, two of 报：… 送：… 发：… or more, side by side or not."""
    found: dict[int, list[str]] = {}
    for n in range(max(2, len(lines) - _IMPRINT), len(lines)):
        line = lines[n]
        side = list(SENT.finditer(line)) if len(line) <= LONGEST else []
        if len(side) > 1 and side[0].start() == 0:
            found[n] = [match["to"] for match in side]
        elif len(line) <= LONGEST and (match := BULLETIN.fullmatch(line)):
            found[n] = [match["to"]]
    if sum(map(len, found.values())) < _SEVERAL or max(found) - min(found) != len(found) - 1:
        return "", set()
    return "；".join(to.strip().rstrip("。；;") for several in found.values() for to in several), set(found)


def goes_on(line: str) -> bool:
    """Whether a line may be the next of 抄送, and not who printed it, a heading or an annex."""
    return (
        len(line) <= LONGEST
        and not PRINTED.fullmatch(line)
        and not re.match("附件|案例|[一二三四五六七八九十]、", line)
        and bool(re.search("[，、。]", line))
    )


def joined(number: str | None) -> str | None:
    """A number without blanks, its year in the brackets that the standard asks for (某政发〔2021〕12号)."""
    if number is None:
        return None
    return re.sub(r"[\[（(【]((?:19|20)\d\d)[\]）)】]", r"〔\1〕", re.sub(r"\s", "", number))


def iso(text: str) -> str | None:
    """A date in digits or in Chinese numerals (二〇二一年三月五日)."""
    match = _IN_CHINESE.search(text)
    if match is None:
        return iso_date(text)
    year = match[1].translate(_CHINESE_DIGITS)
    return iso_date(f"{year}年{_small(match[2])}月" + (f"{_small(match[3])}日" if match[3] else ""))


def _small(sign: str) -> int:
    """一 to 三十一."""
    tens, ten, ones = sign.rpartition("十")
    digits = "一二三四五六七八九"
    return (10 * (digits.find(tens) + 1 if tens else 1) if ten else 0) + (digits.find(ones) + 1 if ones else 0)
