"""Names told by what stands around them: an enumeration, an introduction (名叫……), an age, a lead (由……牵头), a middle dot."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from corpus.vocabulary import posts, surnames
from ingest.extract import personwords, rolewords
from ingest.extract.personnames import PRIVATE, Person, is_surname, name_at
from ingest.extract.scene import Scene, in_dictionary

_NAMED = (re.compile("叫(?<=[名她他个位字]叫)做?"), re.compile("是(?:(?<=[她他位]是)|(?<=[她他位]就是))"))
_LED = (
    re.compile("由(?P<name>[\u4e00-\u9fff]{2,4}?)(?:同志)?(?:牵头|担任|带队|负责|主持|领衔|出面|挂帅|发起|执笔)"),
    re.compile(
        "在(?P<name>[\u4e00-\u9fff]{2,4}?)(?:同志)?的"
        "(?:带领|带动|影响|感召|劝说|协调|组织|帮助|指导|号召|倡议|提议|推动|主持)(?:和[\u4e00-\u9fff]{2})?下"
    ),
    re.compile("以(?P<name>[\u4e00-\u9fff]{2,4}?)(?:同志)?为(?:组长|队长|首|代表|带头人|骨干|核心)"),
)
_STANDING = re.compile(
    "[^，。；！？\n]{1,24}(?:书记|主任|居民|村民|业主|住户|租户|党员|志愿者|社工|网格员|[楼组队站所会园校]长|老师|教师|医生|民警|工程师|"
    "律师|老板|店主|摊主|房东|经理|调解员|代表|委员|干部|军人|职工|工人|农民|人)[，。；]"
)
_BEING = (("是", _STANDING), ("系", _STANDING), ("作为", None), ("担任", None), ("当选", None))
_AGE = re.compile(
    "(?:[（(](?:[男女][，,、 ]?)?|[，,][男女][，,、]?(?:今年|现年|年约)?|[，,]?(?:今年|现年|时年|年约)|[，,](?=[0-9]))"
    "(?:已|快|约|近)?[0-9〇零一二三四五六七八九十]{2,4}(?:多|余)?周?$"
)
_OF_PLACE = re.compile("[楼层室号幢栋户]的")
_HOUSE = re.compile("夫妇|夫妻|老两口|两口子|母子|母女|父子|父女|姐妹|兄弟|等(?=[0-9一二三四五六七八九十]+余?[名位人户])")
_BETWEEN = re.compile("(?:[（(][^（）()\n]{1,14}[）)])?(?P<joint>、|和|与|及|以及)")
_AFTER_ITEM = re.compile("(?:都|均|共|几|三|两|二|四|五|先|各|分|同|互|相|并|出|参|加|签|之)")
_DOT = re.compile("[·•‧∙・]")
_SOUND = frozenset(
    "阿艾爱安奥巴白拜班邦保鲍贝比毕别宾博布不察查达大丹德登迪狄蒂丁顿东都多朵娥额尔恩法凡菲费芬弗夫福富噶盖甘刚岗戈格葛根古顾瓜哈海汉汗豪赫黑亨洪侯胡华霍"
    "基吉加佳贾坚江杰捷金津卡凯坎康考柯科可克肯库夸拉莱兰朗劳勒雷黎里力丽莉利廉列林琳玲留龙隆卢鲁路伦罗洛马玛麦曼茂梅美门蒙孟米密敏明莫默姆木穆那娜纳乃奈南"
    "内妮尼涅宁纽努诺欧帕潘庞培佩彭皮普奇齐其恰乔切钦琴丘曲让热仁日荣茹瑞若萨赛桑瑟森沙莎珊山尚舍申什圣施诗史舒丝斯苏孙索塔泰坦汤唐陶特腾提天廷图土吐托"
    "瓦万旺威韦维温文翁沃乌吾武西希锡夏仙香肖谢辛兴休许雅亚延扬耶叶伊依宜易意因英永尤于约云赞泽扎詹湛张珍芝治朱卓仔孜佐买合提逊甫娃措次央宗增强珠平平曲再热孜"
    "贡嘎曲拉毛加才让官却太杨旦巴图巴雅尔其木格斯琴高娃乌日娜斯日古楞朝鲁"
)
_SOUNDED = re.compile(
    "[，。、：；（）()！？\\s“”]|$|说|表示|认为|介绍|告诉|坦言|的|家|老人|先生|女士|大|等|和|与|也|在|对|是|书记|主任|同志|带|把|来|主动"
)


def plausible(scene: Scene, start: int, end: int, *, led: bool = False) -> bool:
    """Whether [start, end) is a surname with a given name that the segmenter either takes for a name or does not know."""
    name = scene.text[start:end]
    if (
        not 2 <= len(name) <= 4
        or not is_surname(name)
        or (len(name) == 4 and name[:2] not in surnames().compound)
        or name in personwords.NOT_NAMES
        or name in posts().words
        or personwords.NO_NAME_END.search(name)
        or (len(name) == 2 and (in_dictionary(name) or name[1] == "家"))
        or not (led or scene.word_starts_at(start))
    ):
        return False
    at = scene.token(start)
    word, flag = scene.words[at], scene.flags[at]
    if flag in ("nr", "nrfg", "nrt"):
        return True
    if name[0] in personwords.DOUBTFUL or flag in personwords.FUNCTION_FLAGS:
        return False
    if len(word) == 1:
        return len(name) > 2 or led
    return len(name) > 2 and not in_dictionary(word)


def told(scene: Scene, known: Sequence[int]) -> Iterator[Person]:
    """Names that an introduction, an age, a lead or a couple shows; `known` holds the words that the segmenter takes for names."""
    text = scene.text
    for introduction in _NAMED:
        for match in introduction.finditer(text):
            end = name_at(scene, match.end(), sure=True)
            if end is not None and plausible(scene, match.end(), end) and personwords.NAME_ENDS.match(text, end):
                yield Person(match.end(), end, text[match.end() : end], PRIVATE, rule="person.named", confidence=0.82)
    for lead in _LED:
        for match in lead.finditer(text):
            start, end = match.span("name")
            if plausible(scene, start, end):
                yield Person(start, end, match["name"], rule="person.leads", confidence=0.8)
    for verb, complement in _BEING:
        for match in re.finditer(verb, text):
            for start in (match.start() - 3, match.start() - 2):
                if (
                    start >= 0
                    and (start == 0 or text[start - 1] in "\n。；！？”　 ")
                    and plausible(scene, start, match.start())
                    and (complement is None or complement.match(text, match.end()))
                ):
                    yield Person(start, match.start(), text[start : match.start()], rule="person.bearer", confidence=0.8)
    for match in re.finditer("岁", text):
        age = _AGE.search(text, max(0, match.start() - 16), match.start())
        if age is not None:
            yield from _ending(scene, age.start(), "person.age")
    for match in _OF_PLACE.finditer(text):
        end = name_at(scene, match.end(), sure=True)
        if end == match.end() + 3 and plausible(scene, match.end(), end) and personwords.NAME_ENDS.match(text, end):
            yield Person(match.end(), end, text[match.end() : end], PRIVATE, rule="person.lives", confidence=0.75)
    yield from _opening(scene, known)
    for match in _HOUSE.finditer(text):
        yield from _ending(scene, match.start(), "person.couple")


def _opening(scene: Scene, known: Sequence[int]) -> Iterator[Person]:
    """Names of three characters that the segmenter makes up, at the beginning of a sentence and before a verb."""
    text = scene.text
    for at in known:
        word, start = scene.words[at], scene.starts[at]
        if len(word) != 3 or (start and text[start - 1] not in "，。；！？\n】”　 ") or in_dictionary(word):
            continue
        end = name_at(scene, start, sure=False)
        following = scene.flags[at + 1] if at + 1 < len(scene.words) else ""
        if (
            end is not None
            and (following[:1] in ("v", "d") or following in ("p", "c"))
            and word[0] not in personwords.DOUBTFUL
            and word[0] != "任"
            and plausible(scene, start, end)
        ):
            yield Person(start, end, text[start:end], rule="person.opening", confidence=0.72)


def _ending(scene: Scene, end: int, rule: str) -> Iterator[Person]:
    """The name that ends here, where it begins a clause or follows 的 or a noun."""
    text = scene.text
    for size in (4, 3, 2):
        start = end - size
        if start < 0 or (size == 2 and scene.flags[scene.token(start)] not in ("nr", "nrfg")):
            continue
        if plausible(scene, start, end) and (
            start == 0 or not "\u4e00" <= text[start - 1] <= "\u9fff" or text[start - 1] in "的员者民人户师长匠贩友" or size > 2
        ):
            yield Person(start, end, text[start:end], PRIVATE, rule=rule, confidence=0.82)
            return


def listed(scene: Scene, known: Sequence[int], found: dict[int, Person]) -> Iterator[Person]:
    """The names that go on an enumeration which a person begins (居民某某某、某某某和某某某)."""
    text = scene.text
    position = 0
    for first in sorted(found.values(), key=lambda person: person.start):
        if first.start < position:
            continue
        position = first.end
        while (match := _BETWEEN.match(text, position)) is not None:
            start = match.end()
            if start in found:
                position = found[start].end
                continue
            end = name_at(scene, start, sure=True)
            if end is None or not _item_ends(scene, end, match["joint"]) or not plausible(scene, start, end):
                break
            yield Person(start, end, text[start:end], first.kind, rule="person.listed", confidence=0.82)
            position = end
    for at in known:
        if scene.words[at + 1 : at + 2] == ["、"] and at + 2 < len(scene.words) and _made_up(scene, at) and _made_up(scene, at + 2):
            names = [at, at + 2]
            if max(len(scene.words[index]) for index in names) == 3:
                for index in names:
                    start = scene.starts[index]
                    yield Person(start, scene.starts[index + 1], scene.words[index], rule="person.row", confidence=0.75)


def _item_ends(scene: Scene, end: int, joint: str) -> bool:
    text = scene.text
    return personwords.NAME_ENDS.match(text, end) is not None or (
        (joint != "、" or scene.word_starts_at(end)) and _AFTER_ITEM.match(text, end) is not None
    )


def _made_up(scene: Scene, at: int) -> bool:
    """Whether a whole word between stops or after a noun is a name that the segmenter makes up, as it does of surname and given name."""
    word = scene.words[at]
    start = scene.starts[at]
    return (
        scene.flags[at] in ("nr", "nrfg")
        and 2 <= len(word) <= 3
        and not in_dictionary(word)
        and plausible(scene, start, start + len(word))
        and word[0] not in personwords.DOUBTFUL
        and (at == 0 or scene.flags[at - 1][0] in "xnuv")
        and (scene.text[start + len(word) : start + len(word) + 1] in tuple("、，。；等和与（(") or at + 1 == len(scene.words))
    )


def dotted(scene: Scene, led: Collection[int]) -> Iterator[Person]:
    """Names of two parts with a middle dot (……·……), whose characters stand for sounds, outside titles and marks."""
    text = scene.text
    done = 0
    for match in _DOT.finditer(text):
        if match.start() < done:
            continue
        start, end = match.start(), match.end()
        while start > 0 and text[start - 1] in _SOUND and match.start() - start < 8:
            start -= 1
            if start in led:
                break
        while end < len(text) and (text[end] in _SOUND or _DOT.match(text, end)) and end - match.end() < 10:
            if end - match.end() >= 2 and scene.word_starts_at(end) and _SOUNDED.match(text, end):
                break
            end += 1
        done = end
        before = text[start - 1 : start]
        shown = start in led or start == 0 or before in tuple("，。：；、！？\n 　的（(和与由对向")
        name = text[start:end]
        if (
            min(match.start() - start, end - match.end()) >= 2
            and shown
            and (_SOUNDED.match(text, end) or scene.word_starts_at(end))
            and not _in_marks(text, start, end)
        ):
            yield Person(start, end, name, rule="person.dotted", confidence=0.85)


def _in_marks(text: str, start: int, end: int) -> bool:
    """Whether the stretch stands by itself between marks of a title or a quotation."""
    return start > 0 and text[start - 1] in "“《「‘" and text[end : end + 1] in tuple("”》」’")


def short(scene: Scene, start: int) -> Person | None:
    """案主|小蕾: a pet name behind a role of case work."""
    text = scene.text
    if text[start : start + 1] in ("小", "阿") and text[max(0, start - 4) : start].endswith(rolewords.NICKNAMED):
        end = start + 2
        if scene.text[start:end].isalpha() and personwords.NAME_ENDS.match(text, end) and not in_dictionary(text[start:end]):
            return Person(start, end, text[start:end], PRIVATE, rule="person.called", confidence=0.8)
    return None
