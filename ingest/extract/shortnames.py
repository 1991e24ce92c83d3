"""Whether a name is a shorter form of another in the same report: 恒达公司 of 恒达物业有限公司, 区应急局 of 区应急管理局."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.bodies import short
from corpus.fold import fold

_MARKS = re.compile(r"[\s\"'“”‘’「」『』《》〈〉【】()（）·•‧・,，、]+")
_RELATIVE = re.compile(r"(省|市|区|县|街道|镇|乡|社区|村|小区)(?=..)(?!场)")
_H = "[\u4e00-\u9fff]"
_PLACES = re.compile(
    rf"({_H}{{2,3}}?省)?({_H}{{2,6}}?市(?!场))?({_H}{{2,6}}?(?:(?<![社小园片民])区|县))?({_H}{{2,5}}?(?:街道|(?<![城乡])镇|乡))?({_H}{{2,8}}?(?:社区|村))?"
)
_LAST_WORD = re.compile("(?:新区|街道|社区|小区|[省市区县镇乡村旗])$")
_REGISTERED = re.compile(
    "(?:(?:服务|管理|发展|咨询|科技)?(?:集团)?(?:股份)?有限(?:责任)?公司|集团(?:公司)?|(?:服务)?中心|(?:律师)?事务所|律所|基金会|促进会)$"
)
_CLASS = re.compile("(?:机构|单位|企业|公司|组织|部门|学校|医院|小学|中学|干部|党员|代表|志愿者|居民|村民|业主|群众|老人|人员|队员|队伍)$")
_MANY_LIKE_IT = re.compile("(?:大学|学院|中学|小学|学校|医院|银行|机构|部门|组织)$")
_ONE_OF_A_KIND = re.compile("(?:业委会|物管会|自管会|院委会|调委会|居委会|村委会|业主大会|网格党支部)$")
_COMMON = frozenset(
    ["物业", "社区", "小区", "街道", "社会", "居民", "业主", "公益", "志愿", "城市", "管理", "服务", "综合", "人民", "中国"]
)


@dataclass(frozen=True, slots=True)
class Parts:
    """A name without marks: the places it begins with, from the top, and the rest with the short word for its kind."""

    places: tuple[str, ...]
    relative: str
    rest: str


def plain(name: str) -> str:
    """A name as it is compared: half width, Simplified, without marks and blanks."""
    return _MARKS.sub("", fold(name))


@lru_cache(maxsize=8192)
def parts(whole: str, place: str | None) -> Parts:
    """The parts of a name whose place is the chain `place`, where the name begins with that."""
    form = plain(whole)
    if place:
        chain = tuple(plain(name) for name in place.split(">"))
        joined = "".join(chain)
        if form.startswith(joined) and len(form) > len(joined):
            rest = form[len(joined) :]
            below = _PLACES.match(rest)
            cut = below.end() if below and len(rest) - below.end() > 1 else 0
            more = tuple(name for name in below.groups() if name) if below and cut else ()
            return Parts((*chain, *more), "", short(rest[cut:]))
        if joined.startswith(form):
            return Parts(chain, "", "")
    if relative := _RELATIVE.match(form):
        return Parts((), relative[1], short(form[relative.end() :]))
    written = _PLACES.match(form)
    if written and len(form) - written.end() > 1 and written.end():
        return Parts(tuple(name for name in written.groups() if name), "", short(form[written.end() :]))
    return Parts((), "", short(form))


def is_shorter(name: Parts, full: Parts) -> bool:
    """Whether `name` says less than `full` and nothing else: of its place, of its own words, or of both."""
    if not name.rest or not full.rest or name == full:
        return False
    if name.places or name.relative:
        return _is_there(name, full) and (name.rest == full.rest or is_contraction(name.rest, full.rest))
    if name.rest == full.rest:
        return (
            len(name.rest) > 2 and bool(full.places or full.relative in ("省", "市", "区", "县", "街道")) and not _CLASS.search(name.rest)
        )
    if full.places and len(name.rest) > 4:
        stem = _LAST_WORD.sub("", full.places[-1])
        if len(stem) > 1 and name.rest.startswith(stem):
            rest = name.rest[len(stem) :]
            return rest == full.rest or is_contraction(rest, full.rest)
    return is_contraction(name.rest, full.rest)


def _is_there(name: Parts, full: Parts) -> bool:
    if name.places:
        shorter, longer = sorted((name.places, full.places), key=len)
        return bool(shorter) and longer[-len(shorter) :] == shorter
    return (
        (full.places[-1].endswith(name.relative) and _is_own(full.places[-1], name.relative))
        if full.places
        else full.relative == name.relative
    )


def _is_own(place: str, word: str) -> bool:
    return not (word == "区" and place.endswith(("社区", "小区")))


def is_end(name: Parts, full: Parts) -> bool:
    """Whether `name` is a kind of body and `full` one of that kind: 业委会 of 云水苑业委会."""
    if not _ONE_OF_A_KIND.search(name.rest):
        return False
    return not name.places and 3 <= len(name.rest) < len(full.rest) <= len(name.rest) + 8 and full.rest.endswith(name.rest)


def is_contraction(name: str, full: str) -> bool:
    """Whether `name` is `full` with words left out: it begins with its first two characters, ends as it does and keeps their order."""
    if not 3 <= len(name) < len(full) or name[:2] != full[:2] or name[:2] in _COMMON:
        return False
    registered = _REGISTERED.search(full)
    if registered and len(name) > 3 and full[: registered.start()].startswith(name):
        return True  # 恒达物业 of 恒达物业有限公司
    if full.startswith(name) or full[-2] == "分" or _MANY_LIKE_IT.search(name):
        return False  # 慈善会棠溪分会 is a branch, 江南大学 not 江南师范大学
    return name[-1] == full[-1] and keeps_order(name, full)


def keeps_order(name: str, full: str) -> bool:
    """Whether all characters of `name` stand in `full` in their order."""
    rest = iter(full)
    return all(character in rest for character in name)
