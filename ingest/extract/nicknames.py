"""People by pet names and with a form of address: 老周, 小孟姑娘, 阿蓉, 罗秀珍老人, 阿蓉（化名）."""

from __future__ import annotations

import re
from collections.abc import Collection

from corpus.vocabulary import surnames
from ingest.extract import personwords, rolewords
from ingest.extract.personnames import IN_OFFICE, PRIVATE, Person, is_surname
from ingest.extract.scene import Scene

_CALLED = re.compile("(?P<first>[老小阿])(?P<given>[\u4e00-\u9fff])(?P<title>头儿?|爷子|太太|大爷|大哥|大姐|姑娘|师傅|同志)?")
_NO_SURNAME = frozenset(
    "路房车楼门井花水古白党路商管卫项单边连关于时能应年成高全方平常乐步巷沙田米麻皮银金石毛龙云和元温康店伙区学组户孩康字表乡师总班盖权封吉符况"
)
_FOREIGN = frozenset("姨婆公伯爷妈叔哥姐妹嫂弟拉根富胶訇坝克尔斯勒塞莫迪联曼姆米波甘德特巴里拿司诺布瓦图昌基维兹胡盟")
_SPEAKS = re.compile(
    "(?:也|又|还|却|就|则|只|都|笑着|当场|后来|第一个)?(?:说|讲|表示|告诉|坦言|回忆|感慨|笑|叹|摇头|点头|搬|住|家|有点|今年|提出|不同意|"
    "同意|反对|签|来|去|想|觉得|担心|听|找|带|看|记得|是|陪|算|把|给|交|和|与|，|。|、|（)"
)
_SAYS = re.compile("说|表示|告诉|坦言|回忆|感慨")
_LED_TO = re.compile(
    "(?:[楼号幢栋室元岁层户区村里边家][的]|[\u4e00-\u9fff]{2}的|[，。、；：“”‘’（）\\s—]|^|[员者师长工匠人厨手友贩主医生户代表兵]|[对向跟和与找让叫给请帮])$"
)
_ORDER = re.compile("[甲乙丙丁]")
_ALIAS = re.compile("[（(](?:均?为?|系)?化名")
_FULL_TITLES = (
    "老人 老人家 女士 先生 奶奶 爷爷 大爷 大妈 大叔 大姐 大哥 大娘 大伯 大嫂 大婶 阿姨 阿婆 阿公 阿伯 叔叔 老伯 老太 老太太 老汉 "
    "老先生 婆婆 师傅 老师 医生 同志 警官 律师 教授 法官 书记 主任"
).split()
FULL_TITLES = frozenset(_FULL_TITLES)


def called(scene: Scene, led: Collection[int]) -> list[Person]:
    """老周, 小孟, 阿蓉: where a noun for what someone is ends directly before it (at a position in `led`), or where what stands around it
    is said of a person only; then each mention in the text."""
    text = scene.text
    seen: dict[str, list[tuple[int, int, bool]]] = {}
    for match in _CALLED.finditer(text):
        start, first, given = match.start(), match["first"], match["given"]
        if first == "阿":
            if given in _FOREIGN:
                continue
        elif given not in surnames().single or given in _NO_SURNAME:
            continue
        end = match.end("title") if match["title"] else match.end("given")
        if not _apart(scene, start, match.end("given"), end):
            continue
        sure = bool(match["title"]) or (
            _LED_TO.search(text, max(0, start - 4), start) is not None and _SPEAKS.match(text, end) is not None and first != "小"
        )
        if first == "小" and not match["title"]:
            sure = _SAYS.match(text, end) is not None
        if first == "阿":
            sure = bool(match["title"]) or _SAYS.match(text, end) is not None or _ALIAS.match(text, end) is not None
        if text.endswith("叫", 0, start) and text.startswith(("的", "，"), end):
            sure = True
        if start in led and first != "阿":
            sure = sure or personwords.NAME_ENDS.match(text, end) is not None or scene.flags[scene.token(end)][0] in "vd"
        if text.startswith(("工作室", "工作法", "调解室", "说事"), end):
            continue
        seen.setdefault(text[start:end], []).append((start, end, sure))
    return [
        Person(start, end, name, PRIVATE, _role(scene, start), rule="person.called", confidence=0.8)
        for name, places in seen.items()
        if any(sure for _, _, sure in places)
        for start, end, _ in places
    ]


def _role(scene: Scene, start: int) -> str | None:
    """What someone is, where a noun directly before the name tells it (志愿者老何)."""
    at = scene.token(start) - 1
    if at < 0 or scene.flags[at] not in ("n", "nz") or scene.words[at] in personwords.NO_ROLES or len(scene.words[at]) < 2:
        return None
    return scene.words[at] if scene.words[at][-1] in "员者师长匠厨手友贩" else None


def _apart(scene: Scene, start: int, inner: int, end: int) -> bool:
    """Whether a nickname is a word of its own (not 老乔|木, 小区); the segmenter may part 老|孙头 and 老|郑和."""
    if not scene.word_starts_at(start):
        return False
    at = scene.token(start)
    word = scene.words[at]
    if len(word) > end - start:
        return False
    if scene.word_starts_at(end):
        return True
    following = scene.token(end)
    return scene.starts[following] == start + 1 and scene.text[end] in "和与对向说在到"


def aliased(scene: Scene) -> list[Person]:
    """Whoever is said to bear another name: 罗某（化名）, 阿蓉（化名）."""
    text = scene.text
    found = []
    for match in _ALIAS.finditer(text):
        end = match.start()
        for size in (3, 2):
            start = end - size
            if start >= 0 and scene.word_starts_at(start) and (is_surname(text[start:end]) or text[start] in "老小阿"):
                name = text[start:end]
                if re.fullmatch("[\u4e00-\u9fff]+", name) and name not in personwords.NOT_NAMES:
                    found.append(Person(start, end, name, PRIVATE, rule="person.aliased", confidence=0.9))
                    break
    return found


def begins(text: str, start: int) -> bool:
    """Whether a name stands at the beginning of a clause."""
    return start == 0 or text[start - 1] in "，。；：！？“”‘’、\n（(,;: 　在"


def addressed(scene: Scene, position: int, end: int, address: str, led: Collection[int]) -> Person | None:
    """崔奶奶, 王某, 李×: a surname before the form of address at [position, end)."""
    text = scene.text
    start = position - (2 if text[max(0, position - 2) : position] in surnames().compound else 1)
    if start < 0 or not is_surname(text[start:position]) or not (scene.word_starts_at(start) or start in led):
        return None
    masked = address in personwords.MASKED
    if masked and text[start] in personwords.DOUBTFUL and start not in led:
        return None
    if address == "律师" and text.startswith(("事务所", "协会", "团"), end):
        return None
    if masked and (mark := _ORDER.match(text, end)) is not None:
        end = mark.end()
    if (masked and start and text[start - 1] in "第某老大小") or (not masked and not scene.word_starts_at(end)):
        return None
    if address in personwords.SHORT_FAMILIAR and not (
        (begins(text, start) or text[start - 1] == "的") and personwords.NAME_ENDS.match(text, end)
    ):
        return None
    if address in personwords.OFFICIAL_ADDRESS and not (begins(text, start) or text[start - 1] in "是由对向找和与" or start in led):
        return None
    if address in rolewords.HEADS - {"书记", "主任"} and (text[start] in personwords.DOUBTFUL or text[start] == "任"):
        return None
    name = text[start:end]
    if (
        name in personwords.NOT_NAMES
        or (name[0] in "和与" and not masked)
        or (name[0] in "高时方全成单任老" and address in ("老人", "书记", "主任", "老师", "同志"))
    ):
        return None
    official = address in rolewords.HEADS or address in ("法官", "警官")
    post = address if official else None
    return Person(start, end, name, IN_OFFICE if official else PRIVATE, post, rule="person.address", confidence=0.88)


def titled(scene: Scene, position: int, title: str) -> Person | None:
    """A whole name before a form of address that begins at `position`: 罗秀珍|老人."""
    text = scene.text
    at = scene.token(position) - 1
    if at < 0 or scene.starts[at + 1] != position:
        return None
    word, start = scene.words[at], scene.starts[at]
    known = scene.flags[at] in ("nr", "nrfg", "nrt") and 2 <= len(word) <= 4
    if known and len(word) == 2 and at and len(scene.words[at - 1]) == 1 and is_surname(scene.words[at - 1]):
        start -= 1
    if not known:
        unknown = (start for start in (position - 3, position - 2) if start >= 0 and _single_words(scene, start, position))
        start = next(unknown, -1)
        if start < 0 or (start and not re.match("[的，。、；：“（\\s员者民长]", text[start - 1])):
            return None
    if position - start == 3 and text[start] in "向和" and is_surname(text[start + 1 : position]):
        start += 1  # the preposition: 向|某某同志
    name = text[start:position]
    if personwords.NO_NAME_END.search(name):
        return None
    if not is_surname(name) or name in personwords.NOT_NAMES or (name[0] in personwords.DOUBTFUL and not known) or name[0] in "小老":
        return None
    official = title in ("书记", "主任", "警官", "法官")
    return Person(start, position, name, None if official else PRIVATE, title if official else None, rule="person.titled", confidence=0.88)


def _single_words(scene: Scene, start: int, end: int) -> bool:
    """Whether the stretch begins with a character by itself that is no function word."""
    at = scene.token(start)
    return (
        scene.starts[at] == start
        and len(scene.words[at]) == 1
        and scene.flags[at] not in personwords.FUNCTION_FLAGS
        and re.fullmatch("[\u4e00-\u9fff]{2,3}", scene.text[start:end]) is not None
        and (end - start == 3 or is_surname(scene.text[start]))
    )
