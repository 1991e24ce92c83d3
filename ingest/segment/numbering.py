"""Numbers before headings, titles and items: 第一篇、案例三、一、（二）4. ⑤, told apart by their style."""

from __future__ import annotations

import re
from typing import NamedTuple

_CN = "一二三四五六七八九十百零〇两"
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_FORMAL = "壹贰叁参肆伍陆柒捌玖拾"  # as in official papers in Traditional characters, and on cheques
_ROUND = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_DOTTED = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
_WORD = (
    r"(?:典型|参考|示范|优秀|入选|创新|实践|精选|经典|获奖|交流|工作|治理)*"
    r"(?:案例|事例|个案|实例|范例|范本|金点子|点子|经验材料|交流材料|申报材料)"
)
# What makes words of a numeral before it (案例一直, 案例三个, 案例十分): no number of a case.
_WORDS = "[直般旦样些个定切起共经并律等批次件条项名篇则种类位届年月日大佳]|方面|分(?!类)|者"
_STOP = r"[、：:.．。\s—\-–|丨·]+"
# 案例一、…；【案例3】…；案例之二：…；案例（四）…；第五例 …；案例6青瓦… (digits need no border, 案例一直 is no number)
CASE_NUMBER = re.compile(
    rf"(?:[【〖\[（(《「]\s?{_WORD}\s?[之第]?\s?(?P<boxed>[{_CN}]{{1,4}}|\d{{1,3}})\s?[】〗\]）)》」](?:{_STOP})?"
    rf"|{_WORD}\s?(?:之|第|No\.?|NO\.?|#|＃)?\s?[（(](?P<round>[{_CN}]{{1,4}}|\d{{1,3}})[）)](?:{_STOP})?"
    rf"|{_WORD}\s?(?:之|第|No\.?|NO\.?|#|＃)?\s?(?P<cn>[{_CN}]{{1,4}})(?:{_STOP}|$|(?=[“《「【]))"
    rf"|{_WORD}\s?(?:之|第|No\.?|NO\.?|#|＃)?\s?(?P<digits>\d{{1,3}})(?:{_STOP}|$|(?=[“《「【\u4e00-\u9fff])(?![年月日个件条项中里的、，]))"
    rf"|{_WORD}(?P<glued>[{_CN}]{{1,4}})(?=[\u4e00-\u9fff])(?!{_WORDS})"
    rf"|第(?P<nth>[{_CN}]{{1,4}}|\d{{1,3}})(?:例|则|个案例|个故事)(?:{_STOP}|$))\s*"
)
_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"第(?P<n>[{_CN}]{{1,4}}|\d{{1,2}})(?:部分|篇章|[篇编辑章卷]|单元|板块)(?:[\s、：:·—]+|$|(?=[\u4e00-\u9fff“]))")),
    ("part", re.compile(rf"(?P<n>第[{_CN}\d]{{1,3}}节)(?:[\s、：:·—]+|$|(?=[\u4e00-\u9fff“]))")),
    ("case", CASE_NUMBER),
    ("一", re.compile(rf"(?P<n>[{_CN}]{{1,4}})\s?[、.．]\s?")),
    ("壹", re.compile(rf"(?P<n>[{_FORMAL}]{{1,2}})[、.．]\s?")),
    ("（一）", re.compile(rf"[（(]\s?(?P<n>[{_CN}]{{1,4}})\s?[）)][、.．]?\s?")),
    ("1.1", re.compile(r"(?P<n>\d{1,2}(?:\.\d{1,2}){1,3})[.、．]?\s?(?=[\u4e00-\u9fff“])(?![万亿千百元倍个公平])")),
    ("1", re.compile(r"(?P<n>\d{1,3})\s?[、.．]\s?(?!\d)")),
    ("1 ", re.compile(r"(?:No\.?|NO\.?|#|＃)?(?P<n>\d{1,3})\s+(?=[\u4e00-\u9fff“《])")),
    ("（1）", re.compile(r"[（(]\s?(?P<n>\d{1,3})\s?[）)][、.．]?\s?")),
    ("①", re.compile(rf"(?P<n>[{_ROUND}{_DOTTED}])\s?")),
)


_PLAIN_DIGITS = str.maketrans(_FORMAL, "一二三三四五六七八九十")
_FIRST = frozenset("第【〖[（(《「#＃Nn典参示优入创实精经获交工治案事个范金点申0123456789" + _FORMAL + _CN + _ROUND + _DOTTED)


class Numbered(NamedTuple):
    """`style` as in the list above ("" for none), `number` counts from 1 (0 where it is none that counts), `rest` starts at `end`."""

    style: str
    number: int
    end: int
    rest: str


def numbered(line: str) -> Numbered:
    """The number that a line begins with."""
    if line[:1] not in _FIRST:
        return Numbered("", 0, 0, line)
    for style, pattern in _STYLES:
        if match := pattern.match(line):
            groups = [value for value in match.groupdict().values() if value]
            return Numbered(style, ordinal(groups[0]) if groups else 0, match.end(), line[match.end() :])
    return Numbered("", 0, 0, line)


def ordinal(sign: str) -> int:
    """The number that 3, 03, 三, 二十一, ③ stand for; 0 for anything else."""
    if sign.isascii() and sign.isdigit():
        return int(sign)
    if len(sign) == 1 and sign in _ROUND + _DOTTED:
        return (_ROUND.find(sign) if sign in _ROUND else _DOTTED.find(sign)) + 1
    sign = sign.translate(_PLAIN_DIGITS)
    if not sign or any(character not in _CN for character in sign):
        return 0
    if not re.search("[十百]", sign):
        return int("".join(str(_DIGITS[character]) for character in sign))
    hundreds, _, rest = sign.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    value = 100 * (_small(hundreds) or 1) if "百" in sign else 0
    if ten:
        value += 10 * (_small(tens) or 1)
    return value + _small(ones)


def _small(signs: str) -> int:
    return _DIGITS.get(signs.strip("零〇"), 0)
