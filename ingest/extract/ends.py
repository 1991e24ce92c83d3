"""What relations may join, looked up by position: who does something, what it is done to, what stands beside it in a list."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.model import EntityType
from corpus.vocabulary import EdgeType
from ingest.extract.scene import Scene
from ingest.extract.wordlist import word_set

REACH = 26  # characters between a verb and what it joins
CARRIED = 0.62  # confidence where the subject stands in an earlier clause
_COMPOUNDED = word_set("治理 管理 服务 监督 联动 协商 议事 改造 整治 建设 发展 创新 志愿 调解 自治 共治 综合 社区 创投 养老")
_LIST = re.compile(r"^(?:[、和与及以等“”‘’「」]{1,4}|[”’]?[\u4e00-\u9fff]{1,8}[和与、][“‘]?)$")
_JOINED = re.compile(r"^[”’」]?(?:[、和与及]|以及|联合|会同|携手|联手|协同|[、，]?会同)[“‘「]?$")
_OTHER_SUBJECT = re.compile("(?:让|使|被|为|把|对|向|给|与|和|跟|同|由|按|按照|找|来到|走访|在|到|从|于)$")
_CAUSED = re.compile("(?:组织|发动|动员|引导|召集|带领|率领|指导|选派|抽调|协调)(?:了|起)?$")
_NOT_DOER = re.compile(
    "的|与|对|向|被|为|把|在(?=[^，。]{0,12}(?:指导|带领|领导|支持|帮助|推动|见证)下)|说|表示|告诉|认为|要求|希望|是(?!否)|介绍|反映"
)
_PREPOSED = re.compile("(?P<word>对|将|把|就|围绕|针对|为|向|给)[^，。；：的]{0,10}$")
_NO_THEME = frozenset(["actor", "issue"])
_UNTHEMED = {edge: frozenset(["actor"]) for edge in ("leads", "addresses", "mediates", "supervises", "evaluates")}
_BY = ("由", "经")


@dataclass(frozen=True, slots=True)
class Item:
    """Something named at [start, end) that a relation may join."""

    start: int
    end: int
    type: EntityType
    name: str


class Ends:
    """The items of a text in order, without what lies inside a longer one; a place that acts stands there twice, as the actor last."""

    def __init__(self, scene: Scene, items: Sequence[Item]) -> None:
        self.scene = scene
        self.items: list[Item] = []
        for item in sorted(items, key=lambda item: (item.start, -item.end, item.type == "actor")):
            last = self.items[-1] if self.items else None
            if last is None or item.end > last.end or (item.start, item.end) == (last.start, last.end):
                self.items.append(item)
        self.starts = [item.start for item in self.items]

    def within(self, low: int, high: int) -> list[Item]:
        """Items that begin and end in [low, high)."""
        return [item for item in self.items[bisect_left(self.starts, low) : bisect_left(self.starts, high)] if item.end <= high]

    def covers(self, start: int, end: int) -> bool:
        """Whether [start, end) lies inside a name (综合整治工程)."""
        at = bisect_right(self.starts, start) - 1
        return any(self.items[i].start <= start and end <= self.items[i].end for i in range(max(0, at - 3), at + 1))

    def ends_at(self, position: int) -> bool:
        index = bisect_left(self.starts, position) - 1
        return any(self.items[i].end == position for i in range(max(0, index - 2), index + 1))

    def before(self, position: int, low: int, reach: int = REACH, wanted: Callable[[Item], bool] | None = None) -> Item | None:
        """The last item (of those wanted) that begins at or after `low` and ends at or before `position`."""
        at = bisect_left(self.starts, position) - 1
        while at >= 0 and self.items[at].start >= low:
            item = self.items[at]
            if item.end <= position and (wanted is None or wanted(item)):
                return item if position - item.end <= reach else None
            at -= 1
        return None

    def with_list(self, last: Item, low: int) -> list[Item]:
        """An item with those of its type that stand before it in one list (街道、社区和物业), in the order of the text."""
        listed = [last]
        at = bisect_left(self.starts, last.start) - 1
        while at >= 0 and self.items[at].start >= low:
            item = self.items[at]
            at -= 1
            if item.end > listed[0].start or item.type != last.type:
                continue
            if not _JOINED.match(self.scene.text[item.end : listed[0].start]):
                break
            listed.insert(0, item)
        return listed

    def doers(self, verb: int, low: int) -> tuple[list[Item], bool]:
        """Who does it: the last actors or persons before the verb in the clause; True where 由 stands before them. Those whom somebody
        sets to work (组织网格员……) give way to him."""
        text = self.scene.text
        at = bisect_left(self.starts, verb) - 1
        while at >= 0 and self.items[at].start >= low:
            item = self.items[at]
            at -= 1
            if item.end > verb or item.type not in ("actor", "person", "method", "platform", "programme", "policy", "award", "place"):
                continue
            if verb - item.end > REACH or _NOT_DOER.search(text[item.end : verb]):
                return [], False
            listed = self.with_list(item, low)
            first = listed[0].start
            lead = text[max(low, first - 4) : first]
            if _CAUSED.search(lead):
                low_of_it = first - 2
                while at >= 0 and self.items[at].end > low_of_it:
                    at -= 1
                continue
            if lead.endswith(_BY):
                return listed, True
            return ([], False) if _OTHER_SUBJECT.search(lead) else (listed, False)
        return [], False

    def behind(self, verb_end: int, high: int) -> list[Item]:
        """What the verb is done to: the first name behind it and the others of its list."""
        text = self.scene.text
        found: list[Item] = []
        at = bisect_left(self.starts, verb_end)
        while at < len(self.items) and self.items[at].start < high and len(found) < 6:
            item = self.items[at]
            at += 1
            if found and (item.start, item.end) == (found[-1].start, found[-1].end):
                found.append(item)
                continue
            if found and item.start < found[-1].end:
                continue
            gap = text[found[-1].end : item.start] if found else text[verb_end : item.start]
            if found and not _LIST.match(gap):
                break
            if not found and (len(gap) > REACH or re.search("[让使把给]", gap) or self._other_verb(verb_end, item.start)):
                break
            found.append(item)
        return found

    def _other_verb(self, start: int, end: int) -> bool:
        """Whether another verb stands before what a verb seems to be done to (推进|参与|城市大脑); one
        that ends in 的 only describes that."""
        scene = self.scene
        if scene.text[start:end].rstrip("“‘《").endswith("的"):
            return False
        at = scene.token(start)
        while at < len(scene.words) and scene.starts[at] < end:
            if scene.starts[at] >= start and scene.flags[at] == "v" and len(scene.words[at]) > 1 and scene.words[at] not in _COMPOUNDED:
                return True
            at += 1
        return False

    def preposed(self, verb: int, low: int) -> tuple[Item, int] | None:
        """What 对, 将, 把, 就, 围绕 or 针对 puts before the verb (对违建进行拆除), and where that word stands."""
        item = self.before(verb, low, 14, lambda item: item.type != "person")
        if item is None or re.search("[对将把就由被的]|针对|围绕", self.scene.text[item.end : verb]):
            return None
        match = _PREPOSED.search(self.scene.text, max(low, item.start - 12), item.start)
        if match is None or not self._stands_alone(match):
            return None
        return item, match.start()

    def _stands_alone(self, match: re.Match[str]) -> bool:
        """Whether a preposition is a word of its own and not part of one (就 in 就业); before a name the segmenter may have joined them."""
        at = self.scene.token(match.start())
        word = self.scene.words[at]
        joined = word.startswith(match["word"]) and self.scene.flags[at][:2] in ("nr", "ns", "nz")
        return self.scene.starts[at] == match.start() and (word == match["word"] or joined)

    def theme(self, head: Item, edge: EdgeType) -> Item | None:
        """In 工程由街道牵头 what is led stands before 由, in the clause or in the sentence."""
        low = self.scene.sentence(head.start)[0]
        return self.before(
            head.start - 1, low, 40, lambda item: item.type not in _UNTHEMED.get(edge.id, _NO_THEME) and edge.allows(head.type, item.type)
        )

    def earlier(self, verb: int, low: int, edge: EdgeType) -> tuple[list[Item], float]:
        """The subjects of the clause before, where the verb begins its own clause and the sentence goes on."""
        scene = self.scene
        if verb - low > 12 or low == 0 or not bare(scene, low, verb):
            return [], 0.0
        sentence = scene.sentence(verb)[0]
        quotes = scene.quotes_around(verb, verb + 1)
        for _ in range(2):
            if low - 1 <= sentence:
                return [], 0.0
            start, end = scene.clause(low - 1)
            at = bisect_left(self.starts, start)
            while at < len(self.items) and self.items[at].start < end:
                item = self.items[at]
                if item.type in edge.heads and self._begins(start, item):
                    same = scene.quotes_around(item.start, item.end)
                    fits = bool(same) == bool(quotes) and (not same or same[-1] == quotes[-1])
                    return (self._list_from(item, end), CARRIED) if fits else ([], 0.0)
                at += 1
            low = start
        return [], 0.0

    def _list_from(self, first: Item, high: int) -> list[Item]:
        """An item with those of its type that follow it in one list."""
        listed = [first]
        for item in self.within(first.end, high):
            if item.type != first.type or not _JOINED.match(self.scene.text[listed[-1].end : item.start]):
                break
            listed.append(item)
        return listed

    def _begins(self, start: int, item: Item) -> bool:
        """Whether an item is the subject that a clause begins with, and not a member of a list or what a preposition governs."""
        lead = self.scene.text[start : item.start]
        return (
            len(lead) <= 12
            and not _OTHER_SUBJECT.search(lead)
            and not re.search("[在从以由、]", lead)
            and bare(self.scene, start, item.start)
            and not re.match("的|说|表示|告诉", self.scene.text[item.end : item.end + 2])
        )


def bare(scene: Scene, start: int, end: int) -> bool:
    """Whether nothing but adverbs, dates and conjunctions stands in [start, end): the clause has no subject of its own."""
    at = scene.token(start)
    while at < len(scene.words) and scene.starts[at] < end:
        if (
            scene.starts[at] >= start
            and scene.flags[at] not in ("d", "ad", "c", "t", "m", "x", "vd", "u", "p", "f")
            and scene.words[at] not in ("年", "月", "日", "积极", "全面")
        ):
            return False
        at += 1
    return True
