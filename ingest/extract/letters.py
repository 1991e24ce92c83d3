"""Letters to an office: whether a text is one (a message to a mayor's box, a complaint, a question), and what in it is asked."""

from __future__ import annotations

import re

from ingest.extract.scene import Scene
from ingest.extract.telling import in_heading, near

_LONGEST, _OPENING = 2500, 200  # characters
_ADDRESS = re.compile(
    "尊敬的[^，。\n]{0,12}(?:书记|[市县区州省厅局院校]长|主任|领导|部门)|(?<!“)[您你]好[！!，,。：:\n ]|请问|请教|盼复|盼回复"
)
_APPEAL = re.compile(
    "(?:希望|恳请|请求|盼望?|望|请)(?:市|县|区)?(?:委|政府|有关|相关|上级|贵局|各?领导|各位)[^，。\n]{0,12}"
    "(?:解决|处理|重视|答复|回复|解答|查处|调查|管|协调|整治|给予|解释)|"
    "(?:希望|恳请|请求|强烈)(?:要求|呼吁|建议)?[^，。\n]{0,16}(?:重视|答复|回复|查处)"
)
_WRITER = re.compile("我|本人|请问|请教|投诉|举报")
# The first line: it begins with what the writer does, names that at its end, or is a question.
_ASKED_IN_TITLE = re.compile(
    "(?:咨询|投诉|举报|反映|恳请|求助|质疑|呼吁|盼|强烈|(?:希望|建议)(?!的|小学|工程)|"
    "[请望](?:问|教|求|政府|领导|有关|相关|[市县区省能]|早日|尽快|加强|取消|解决|[严彻]?[查底]|落实|重视|公平|保护|[给还帮]))[^\n]{4,60}\n|"
    "关于[^\n]{4,50}(?:咨询|投诉|质疑|请求|疑问|疑惑|反映)\n|"
    "[^\n]{0,50}(?:请问|何时|什么时候|能否|能不能|可否|怎么办|为何|为什么|合理吗)[^\n]{0,30}\n|[^\n]{4,60}吗[？?]?\n"
)
# Who reports what others did, or how well something was solved, writes no letter.
_REPORTED = re.compile("记者|本报|报讯|新华社|总书记|联播|【|做法|工作法|成效")
_ASKING = re.compile(
    "请问|咨询|何时|什么时候|能否|能不能|可不可以|是否|怎么|如何|为何|为什么|凭什么|合理|请求|恳请|希望|建议|呼吁|盼|投诉|举报|反映|质疑|求助|"
    "不知道|不知是|想问|想知道|可以吗|求[^，。]{2,12}$|吗$"
)


def is_letter(text: str) -> bool:
    """Whether somebody writes to an office, for himself or for others; a text of more than 2,500 characters counts as none."""
    return (
        len(text) <= _LONGEST
        and bool(_ASKED_IN_TITLE.match(text) or ((_ADDRESS.search(text, 0, _OPENING) or _APPEAL.search(text)) and _WRITER.search(text)))
        and not _REPORTED.search(text)
    )


def asked(scene: Scene, start: int) -> bool:
    """Whether a letter asks for what stands at `start`: its title names it, or the clause is a question, a wish or a complaint."""
    low, high = near(scene, start)
    return in_heading(scene, start) or _ASKING.search(scene.text[low : high + 1]) is not None
