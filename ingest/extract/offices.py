"""Heads told by nothing but their post who speak or act as one person: 居委会主任表示, 村支书带头."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from corpus.vocabulary import posts
from ingest.extract.chains import Places
from ingest.extract.personnames import IN_OFFICE, Person
from ingest.extract.scene import Scene

_ONE_HEAD = re.compile(
    "(?:(?<!总)书记|支书|主任|局长|所长|站长|镇长|乡长|村长|区长|县长|市长|科长|处长|部长|院长|校长|园长|会长|理事长|经理|负责人|会计|董事长|"
    "主席|庭长|厂长|店长|监事长|秘书长|楼长|楼栋长|楼组长|网格长|居民组长|村民组长|民警|店主|摊主|房东|(?:组织|宣传|纪检|统战|武装)委员)$"
)
_SPEAKS = re.compile(
    "(?:也|则|却|还|又|当场|当时|曾|最后|在会上|在现场|对此|笑着|随后|第一个|带头|本人|坚持|主动){0,2}"
    "(?:向[^，。；\n]{1,8}|对[^，。；\n]{1,6})?"
    "(?:说(?![明法服事])|表示|介绍|坦言|告诉|指出|强调|解释|回忆|透露|感慨|主张|承认|答复|回应|认为|讲(?![座课堂解])|称(?![号职赞])|直言|笑着说|口述|记录|带头|拍板|提议|答应|做见证|本人)"
)
_SEVERAL = re.compile(
    "(?:[两三四五六七八九十几多数各]|[0-9]+)(?:位|名|个)[^，。；\n]{0,8}$|(?:各|每|历任|一些|不少|许多|有的)[^，。；\n]{0,6}$"
)
_IN_OFFICE = re.compile("(?:作为|担任|当选|身为)[\u4e00-\u9fff]{0,4}$")
_LED = ("有关", "相关", "主要")


def speaking(scene: Scene, places: Places, held: Iterable[tuple[int, int, str]], people: Sequence[Person]) -> list[Person]:
    """The first mention in each case of each such post that a word of speech follows, where no name stands beside it."""
    text = scene.text
    starts = [person.start for person in people]
    seen: set[tuple[str | None, str]] = set()
    found = []
    for start, end, post in held:
        if not _ONE_HEAD.search(post) or _SPEAKS.match(text, end) is None:
            continue
        unit = places.around(start)
        if unit is not None and unit.end < end:
            start, post = unit.end, text[unit.end : end]
            if post not in posts().words:
                continue
        at = bisect_left(starts, end)
        if at and people[at - 1].end >= start:
            continue
        if at < len(people) and people[at].start <= end:
            continue
        if _SEVERAL.search(text, max(0, start - 14), start) or (
            start and (text[start - 1] in "对向由和与请让" or _IN_OFFICE.search(text, max(0, start - 6), start))
        ):
            continue
        for before in _LED:
            if post.startswith(before) and len(post) > len(before) + 1:
                start, post = start + len(before), post[len(before) :]
        told = (scene.case(start), post)  # the head of another case is somebody else
        if told in seen:
            continue
        seen.add(told)
        found.append(Person(start, end, post, IN_OFFICE, post, rule="person.office", confidence=0.75))
    return found
