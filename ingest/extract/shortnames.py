"""Whether a name is a shorter form of another in the same report: 恒达公司 of 恒达物业有限公司, 区应急局 of 区应急管理局."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.bodies import in_order, is_kind, short
from corpus.fold import fold
from corpus.vocabulary import actor_kinds, actor_suffixes
from ingest.extract.scene import tag

_MARKS = re.compile(r"[\s\"'“”‘’「」『』《》〈〉【】()（）·•‧・,，、]+")
_RELATIVE = re.compile(r"(省|市|区|县|街道|镇|乡|社区|村|小区)(?=..)(?!场)")
_H = "[\u4e00-\u9fff]"
_PLACES = re.compile(
    rf"({_H}{{2,3}}?省)?({_H}{{2,6}}?(?<!城)市(?!场))?({_H}{{2,6}}?(?:(?<![社小园片民])区|县))?({_H}{{2,5}}?(?:街道|(?<![城乡集])镇|(?<![城家故新下])乡))?"
    rf"({_H}{{2,8}}?(?:(?<!街道)(?<!城乡)社区|村))?"
)
_LAST_WORD = re.compile("(?:新区|街道|社区|小区|[省市区县镇乡村旗])$")
_REGISTERED = re.compile(
    "(?:(?:服务|管理|发展|咨询|科技)?(?:集团)?(?:股份)?有限(?:责任)?公司|集团(?:公司)?|(?:服务)?中心|(?:律师)?事务所|律所|基金会|促进会)$"
)
_CLASS = re.compile(
    "(?:机构|机关|政府|单位|企业|公司|组织|部门|频道|学校|医院|小学|中学|干部|党员|代表|志愿者|居民|村民|业主|群众|老人|人员|队员|队伍)$"
)
_MANY_LIKE_IT = re.compile("(?:大学|学院|中学|小学|学校|医院|银行|机构|部门|组织)$")
_MANY_OF_THEM = re.compile(
    "(?:服务队|志愿队|先锋队|突击队|工作队|巡逻队|小分队|委员会|领导小组|小组|工作组|党支部|网格|物业公司|有限公司|集团公司|子公司|合伙人|居民区|"
    "支部|专班|分会|分社|分店|门店|商店|超市|药店)$"
)
_WHOLE_COUNTRY = re.compile("人民(?!调解|政府)|中国|国家|国际|全国|中央|中华|世界|联合国|社会组织$")
_NO_BEGINNING = re.compile("重新|组建|升级|规定|统一|成立|设立|推动|支持|联合|协同|会同|要求|全国$|国家$|中国$|民政部|财政部|.*[、和与及]")
_NO_NAME_FLAGS = frozenset(["v", "vd", "p", "c", "d", "r", "uj", "ul", "m", "x"])  # parts of speech that no name begins with
_KINDS_OF_OFFICES = ("局", "委", "分局", "大队", "执法局")
_ONE_OF_A_KIND = re.compile("(?:业委会|物管会|自管会|院委会|调委会|居委会|村委会|业主大会|网格党支部|^法院|^检察院)$")
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
    form = in_order(plain(whole))
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
    if not is_kind(form) and (relative := _RELATIVE.match(form)):
        return Parts((), relative[1], short(form[relative.end() :]))
    written = _PLACES.match(form)
    if written and len(form) - written.end() > 1 and written.end():
        return Parts(tuple(name for name in written.groups() if name), "", short(form[written.end() :]))
    return Parts((), "", short(form))


def is_shorter(name: Parts, full: Parts) -> bool:
    """Whether `name` says less than `full` and nothing else: of its place, of its own words, or of both."""
    if not name.rest or not full.rest or name == full:
        return False
    if name.relative and full.places and _is_last_of(name.relative + name.rest, full.rest):
        return True
    if _is_field_of(name.rest, full.rest) and (full.places or full.relative):
        return not (name.places or name.relative) or _is_there(name, full)
    if name.places or name.relative:
        return _is_there(name, full) and (name.rest == full.rest or is_contraction(name.rest, full.rest) or is_tail(name.rest, full.rest))
    if name.rest == full.rest:
        return (
            len(name.rest) > 2 and bool(full.places or full.relative in ("省", "市", "区", "县", "街道")) and not _CLASS.search(name.rest)
        )
    if full.places and len(name.rest) > 3:
        stem = _LAST_WORD.sub("", full.places[-1])
        if len(stem) > 1 and name.rest.startswith(stem):
            rest = name.rest[len(stem) :]
            return rest == full.rest or (len(rest) > 2 and (is_contraction(rest, full.rest) or is_tail(rest, full.rest)))
    return is_contraction(name.rest, full.rest) or is_tail(name.rest, full.rest)


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
    if name.places or name.relative or not full.rest.endswith(name.rest):
        return False
    return len(name.rest) < len(full.rest) <= len(name.rest) + 8 or (name.rest == full.rest and bool(full.places or full.relative))


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


def _is_field_of(name: str, full: str) -> bool:
    """区住建 and 住建部门 for the 住建局 of a 区."""
    field = name.removesuffix("部门")
    return len(field) > 1 and full.startswith(field) and full[len(field) :] in _KINDS_OF_OFFICES


def _is_last_of(name: str, full: str) -> bool:
    """社区服务中心 in 槐树街道社区服务中心: a word for a place that is part of the name."""
    return name == full or is_tail(name, full)


def is_bare_tail(name: Parts, full: Parts) -> bool:
    """Whether the name is nothing but the last words of the other, without a place."""
    return not name.places and not name.relative and name.rest != full.rest and full.rest.endswith(name.rest)


def is_tail(name: str, full: str) -> bool:
    """Whether `name` is the last words of `full`, enough of them for one body: 执法局 of 综合执法局, 供电公司 of 国网供电公司."""
    if not 3 <= len(name) < len(full) or not full.endswith(name):
        return False
    more = full[: -len(name)]
    if _WHOLE_COUNTRY.match(name) or name in _words() or _NO_BEGINNING.match(more) or more.endswith(tuple(_words())):
        return False
    if any(flag in _NO_NAME_FLAGS for _, flag in tag(more)):
        return False
    if name.endswith("公司") and len(name) > 3 and not _MANY_OF_THEM.search(name):
        return True
    if _CLASS.search(name) or _MANY_LIKE_IT.search(name) or _MANY_OF_THEM.search(name):
        return False
    return len(full) - len(name) in _word_starts(full) or name in _kinds()


@cache
def _words() -> frozenset[str]:
    """Words that are whole names of bodies, or name their kind in any place: 国务院, 财政部, 法院."""
    return frozenset(fold(word) for kind in actor_kinds() for word in kind.words)


@cache
def _kinds() -> frozenset[str]:
    return frozenset(fold(suffix) for suffix, _ in actor_suffixes())


@lru_cache(maxsize=8192)
def _word_starts(name: str) -> frozenset[int]:
    starts = [0]
    for word, _ in tag(name):
        starts.append(starts[-1] + len(word))
    return frozenset(starts)


def keeps_order(name: str, full: str) -> bool:
    """Whether all characters of `name` stand in `full` in their order."""
    rest = iter(full)
    return all(character in rest for character in name)
