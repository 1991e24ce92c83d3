"""Personal data: what is masked, told from the many other long numbers of official texts.

Masked: identity numbers, passports and permits, telephone numbers (mobile, office and 400 numbers), bank accounts, e-mail addresses, WeChat
and QQ numbers, number plates, and the part of a home address that leads to the door. Hotlines (12345, 110, 96345) stay, and so do names in
the body of a text, codes of organisations, numbers of documents, statistics and dates.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ingest.repair.address import homes
from ingest.repair.checkdigits import is_card, is_credit_code, is_identity, is_like_identity, is_old_identity
from ingest.repair.split import DIAL, is_call, is_odd, original, rejoined, stands_alone
from ingest.scan import sought

MASK = "＊"
_SEPARATORS = " \u00a0\u2002-\u200a\u3000\n\t\\-‐‑—–－·._"
_HAN_DIGITS = "〇零幺一二三四五六七八九"
_CANDIDATE = sought(
    f"0-9０-９{_HAN_DIGITS}OoＯ@＠微QqA-Za-zＡ-Ｚａ-ｚ扣护通",
    rf"(?:[0-9０-９{_HAN_DIGITS}OoＯ][\s\-—–－·.()（）]{{0,12}}){{7}}|[@＠]|微信|QQ|qq|扣扣|护照|通行证|[A-Za-zＡ-Ｚ][·• ]?[A-Z0-9]{{5}}",
)
_PLAIN = str.maketrans("０１２３４５６７８９ＸｘＯ＠．－＋（）：／＿", "0123456789XxO@.-+():/_")
_SPELLED = re.compile(f"(?<![{_HAN_DIGITS}])[幺一][三四五六七八九][{_HAN_DIGITS}]{{9}}(?![{_HAN_DIGITS}十百千万])")
_NUMERALS = str.maketrans(_HAN_DIGITS, "001123456789")
_LETTER_O = re.compile("(?<=[0-9])[Oo]{1,4}(?![A-Za-z])")

_G = f"[{_SEPARATORS}]?"
_GG = f"[{_SEPARATORS}]{{0,3}}"
_L = _G.replace("\n", "")  # on one line
_LL = _GG.replace("\n", "")
_ALONE, _END = "(?<![0-9A-Za-z])", "(?![0-9A-Za-z])"
_WHOLE, _STOP = r"(?<![0-9A-Za-z])(?<!\d\.)", r"(?![0-9A-Za-z]|\.\d)"  # no part of a longer number, decimals too
_UNITS = r"\s?(?:[万亿元吨米%％倍]|平方|公里|人次|户|余|号段)"
_EXTENSION = r"(?:\s?(?:[-—–]|转(?:分机)?|分机|ext\.?)\s?\d{1,5})?"
_CITY = r"(?:10|2\d|[3-9]\d{2})"
_NUMBER = r"[2-8]\d{2,3}[ \u00a0-]?\d{4}"
_FURTHER = rf"(?:\s?[/、,，;；]\s?{_NUMBER}(?![\d-]))*"
_OFFICES = "(?:值班室|办公室|传达室|门卫室?|监控室|服务台|接待室|调度室|总机|值班|咨询|报名|预约|举报|报修|报警|求助)"

_IDENTITY = re.compile(rf"{_WHOLE}[1-9]{_GG}(?:\d{_GG}){{16}}[0-9Xx]{_STOP}")
_LIKE_IDENTITY = re.compile(rf"{_WHOLE}[1-9]\d{{5}}[ -]?\d{{8}}[ -]?\d{{3}}[0-9Xx]{_STOP}")
_OLD_IDENTITY = re.compile(rf"{_WHOLE}[1-8]\d{{7}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{{3}}{_STOP}")
_LABELLED_IDENTITY = re.compile(
    rf"(?:身份证|公民身份)(?:件)?(?:编号|号码?|证号)?[^\d\n]{{0,8}}(?P<n>(?:\d{_G}){{14}}(?:(?:\d{_G}){{3}}[0-9Xx]|\d)){_END}"
)
_DOCUMENT = re.compile(
    "(?:护照|通行证|台胞证|军官证|士兵证|警官证|残疾人?证|社保卡|社会保障卡|医保卡|居住证|驾驶证|证件)(?:号码|编号|号)?"
    rf"[^0-9A-Za-z\n]{{0,6}}(?P<n>[A-Za-z]{{1,2}}\d{{7,9}}|\d{{8,20}}){_END}"
)
_MOBILE = re.compile(
    rf"(?<![0-9A-Za-z.])(?:(?:\+|00)?86{_LL})?"
    rf"1[3-9]\d(?:{_LL}\d{{8}}|\d{{4}}{_LL}\d{{4}}|(?P<s>{_LL})\d{{4}}(?P=s)\d{{4}}"
    rf"|(?P<t>{_L})\d{{3}}(?P=t)\d{{5}}|\d(?P<u>{_L})\d{{3}}(?P=u)\d{{4}})"
    rf"(?![0-9A-Za-z]|\.\d|{_UNITS})"
)
_SPACED_MOBILE = re.compile(rf"(?<![0-9A-Za-z.])(?<![0-9] )1 [3-9](?: \d){{9}}(?! ?[0-9A-Za-z]|{_UNITS})")
_SPLIT_MOBILE = re.compile(rf"(?<![0-9A-Za-z.])1[ -]{{0,2}}[3-9](?:[ -]{{0,2}}\d){{9}}(?![0-9A-Za-z]|\.\d|{_UNITS}|\s?[年月人])")
_LANDLINE = re.compile(
    rf"(?<![0-9A-Za-z.])(?:(?:\+|00)86[ -]?)?(?:[(]0{_CITY}[)]\s?-?|0{_CITY}\s?[-—–\s]{{1,2}}\s?|(?:(?<=86)|(?<=86[ -])){_CITY}[-—–\s])"
    rf"{_NUMBER}{_EXTENSION}{_FURTHER}{_END}"
)
_LOCAL = re.compile(
    rf"{DIAL}(?:号码?)?[：:为是\s]{{0,3}}[^\d\n]{{0,6}}"
    rf"(?P<n>(?:(?:0{_CITY})?{_NUMBER}|[48]00\d{{7}}){_EXTENSION}{_FURTHER})(?![\d.%％万亿元])"
)
_SPLIT_LANDLINE = re.compile(
    r"(?<![0-9A-Za-z.])[(]?0[ -]?(?:1[ -]?0|2[ -]?\d|[3-9][ -]?\d[ -]?\d)[)]?[ -]{0,2}[2-8](?:[ -]?\d){6,7}"
    rf"(?![ -]?[0-9A-Za-z]|{_UNITS})"
)
_SPLIT_LOCAL = re.compile(rf"(?:{DIAL}(?:号码?)?|{_OFFICES})[：:为是 ]{{0,3}}(?P<n>[2-8](?:[ -]?\d){{6,7}})(?![ -]?[0-9A-Za-z])")
_SERVICE = re.compile(rf"(?<![0-9A-Za-z.])[48]00[- ](?:\d{{3}}[- ]\d{{4}}|\d{{4}}[- ]\d{{3}}|\d{{7}}){_EXTENSION}(?![0-9A-Za-z]|{_UNITS})")
_ACCOUNT = re.compile(r"(?:账号|帐号|账户|帐户|卡号|银行卡|存折|开户行[^\n]{0,30}?)[^\d\n]{0,12}(?P<n>\d(?:[ -]{0,2}\d){11,22})(?![\d.])")
_CARD = re.compile(rf"{_WHOLE}(?:62|4\d|5[1-5]|3[57]|9\d|6[05])\d{{2}}(?:{_L}\d{{4}}){{2,3}}{_L}\d{{1,7}}{_STOP}")
_SPLIT_CARD = re.compile(rf"{_WHOLE}6[ -]?2(?:[ -]?\d){{14,17}}{_STOP}")
_EMAIL = re.compile(
    rf"(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{{0,63}}\s?@\s?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{{2,10}}{_END}"
)
_CHAT = re.compile(
    r"(?:微信(?!公众|公号|小程序|群)(?:号码?|ID|id)?(?:同号)?\s?(?:[:：为是]|添加|搜索)?\s?"
    r"|(?<![A-Za-z])(?:weixin|WeChat|VX|vx|wx)\s?(?:号|[:：])+\s?)(?P<n>[A-Za-z][A-Za-z0-9_-]{5,19})(?![A-Za-z0-9_.-])"
)
_QQ = re.compile(r"(?<![A-Za-z])(?:QQ|qq|扣扣)(?:号码?|群号?|账号)?\s?[:：为是]?\s?(?P<n>[1-9]\d{4,10})(?![\d万元%])")
_PLATE = re.compile(
    "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·•・ ]?"
    r"(?=[A-HJ-NP-Z0-9]{0,5}\d)(?:[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳]|[DF][A-HJ-NP-Z0-9]\d{4}|\d{5}[DF])(?![A-Za-z0-9])"
)
_PUBLIC = re.compile(
    "(?:信用代码|机构代码|注册号|许可证|备案号|登记证|编号|文号|案号|单号|订单|流水号|标识码|校验码|序列号|条码|ISBN|ISSN)"
    r"[^\n]{0,6}$"
)


@dataclass(frozen=True, slots=True)
class _Rule:
    """The number is group `n` of the pattern, else all of it; `valid` judges it without separators, `fits` its place in the text. A
    `doubtful` one is left where words before it say that it is a public number."""

    pattern: re.Pattern[str]
    kind: str
    valid: Callable[[str], bool]
    doubtful: bool = False
    fits: Callable[[str, int, int], bool] | None = None

    @property
    def group(self) -> str | int:
        return "n" if "n" in self.pattern.groupindex else 0


def find(text: str) -> list[tuple[int, int, str]]:
    """Spans of personal data in `text` as (start, end, kind), in order and not overlapping.

    Kinds: identity, document, mobile, phone, account, email, chat, plate, address. Identity numbers that no label names need a valid date
    and, in the 18-digit form, a province or the check digit of GB 11643; card numbers the check digit of ISO/IEC 7812.
    """
    found: list[tuple[int, int, str]] = []
    if _CANDIDATE.search(text):
        plain = _plain(text)
        whole, cuts = rejoined(plain)
        if cuts:  # numbers that a line end cuts first: half of one may look like another
            for start, end, kind in _numbers(whole, []):
                if any(start < place < end for place, _ in cuts):
                    found.append((*original(start, end, cuts), kind))
        found = _numbers(plain, found)
    found += [(start, end, "address") for start, end in homes(text) if not any(start < high and low < end for low, high, _ in found)]
    return sorted(found)


def _numbers(plain: str, known: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """`known` spans and those that the rules find beside them, the surer rules first."""
    found = list(known)
    for rule in _RULES:
        for match in rule.pattern.finditer(plain):
            start, end = match.span(rule.group)
            if any(start < high and low < end for low, high, _ in found) or not rule.valid(_bare(match[rule.group])):
                continue
            if rule.doubtful and _PUBLIC.search(plain[max(0, start - 16) : start]):
                continue
            if rule.fits is None or rule.fits(plain, start, end):
                found.append((start, end, rule.kind))
    return found


def _plain(text: str) -> str:
    """`text` with its digits in ASCII, as long as before: full-width ones, those spelled out in a telephone number, O for 0."""
    plain = text.translate(_PLAIN)
    plain = _SPELLED.sub(lambda match: match[0].translate(_NUMERALS), plain)
    return _LETTER_O.sub(lambda match: "0" * len(match[0]), plain)


def _bare(number: str) -> str:
    return "".join(character for character in number.upper() if character.isascii() and character.isalnum())


def _is_like_identity(number: str) -> bool:
    return is_like_identity(number) and not is_credit_code(number)


def _anything(_: str) -> bool:
    return True


_RULES = (
    _Rule(_LABELLED_IDENTITY, "identity", _anything),
    _Rule(_IDENTITY, "identity", is_identity),
    _Rule(_LIKE_IDENTITY, "identity", _is_like_identity, doubtful=True),
    _Rule(_OLD_IDENTITY, "identity", is_old_identity, doubtful=True),
    _Rule(_DOCUMENT, "document", _anything),
    _Rule(_EMAIL, "email", _anything),
    _Rule(_CHAT, "chat", _anything),
    _Rule(_QQ, "chat", _anything),
    _Rule(_ACCOUNT, "account", _anything, doubtful=True),
    _Rule(_SPLIT_CARD, "account", is_card, doubtful=True, fits=stands_alone),
    _Rule(_CARD, "account", is_card, doubtful=True),
    _Rule(_MOBILE, "mobile", _anything),
    _Rule(_SPACED_MOBILE, "mobile", _anything),
    _Rule(_SPLIT_MOBILE, "mobile", _anything, doubtful=True, fits=stands_alone),
    _Rule(_SPLIT_LANDLINE, "phone", _anything, doubtful=True, fits=is_odd),
    _Rule(_SPLIT_LOCAL, "phone", _anything, doubtful=True, fits=is_odd),
    _Rule(_LANDLINE, "phone", _anything, doubtful=True),
    _Rule(_LOCAL, "phone", _anything, doubtful=True),
    _Rule(_SPLIT_LOCAL, "phone", _anything, doubtful=True, fits=is_call),
    _Rule(_SERVICE, "phone", _anything, doubtful=True),
    _Rule(_PLATE, "plate", _anything),
)
