"""What relations may join, looked up by position: what a verb has behind it, what a preposition puts before it, what stands in one list."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from corpus.model import EntityType
from corpus.vocabulary import EdgeType
from ingest.extract.scene import Scene, Span
from ingest.extract.wordlist import word_set

REACH = 26  # characters between a verb and what it joins
FAR = 36  # the same where 把 puts the object before the verb
_RIGHT_BEFORE = 8  # characters between a policy and 由 (《……》已由某会通过); one farther off is what it is done by
_LISTED = 24  # members of a list at most
_COMPOUNDED = word_set("治理 管理 服务 监督 联动 协商 议事 改造 整治 建设 发展 创新 志愿 调解 自治 共治 综合 社区 创投 养老")
_LIST = re.compile(r"^(?:[”’」]?(?:[、和与及]|以及)等?[“‘「]?|[”’」]?[“‘「]|[”’]?[\u4e00-\u9fff]{1,8}[和与、][“‘]?)$")
_APPOSED = re.compile("[”’」]?")
JOINED = re.compile(r"^[”’」]?(?:[、和与及]|以及|联合|会同|携手|联手|协同|[、，]?会同)[“‘「]?$")
_PREPOSED = re.compile("(?P<word>对|将|把|就|围绕|针对|为|向|给)[^，。；：的]{0,10}$")
_GOVERNED = re.compile("(?:街道|社区|[镇乡村区县市省旗州])$")
_POINTING = frozenset("这那该每各两几")  # which the segmenter joins to a measure and takes for a verb (这起)
_NO_THEME = frozenset(["actor", "issue"])
_UNTHEMED = {edge: frozenset(["actor"]) for edge in ("leads", "addresses", "mediates", "supervises", "evaluates")}


@dataclass(frozen=True, slots=True)
class Item:
    """Something named at [start, end) that a relation may join."""

    start: int
    end: int
    type: EntityType
    name: str


def acting(item: Item) -> Item:
    """A place with an administration as the body that acts under its name (会同云桥街道); anything else as it is."""
    return Item(item.start, item.end, "actor", item.name) if item.type == "place" and _GOVERNED.search(item.name) else item


class Ends:
    """The items of a text in order, without what lies inside a longer one; a place that acts stands there twice, as the actor last.
    `spokesmen`: by the span of a body, the person whose post and name follow it (某局局长某人 is that person, not the body)."""

    def __init__(self, scene: Scene, items: Sequence[Item], spokesmen: Mapping[Span, Span] | None = None) -> None:
        self.scene = scene
        self.items: list[Item] = []
        self.spokesmen = spokesmen or {}
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

    def beside(self, start: int, end: int) -> bool:
        """Whether anything is named near enough to a verb at [start, end) for a relation."""
        at = bisect_left(self.starts, start)
        if at < len(self.starts) and self.starts[at] - end <= REACH:
            return True
        return at > 0 and start - self.items[at - 1].end <= FAR

    def begins_at(self, position: int) -> bool:
        """Whether an item begins here, or behind an opening mark here."""
        position += self.scene.text[position : position + 1] in ("“", "‘", "「", "《")
        at = bisect_left(self.starts, position)
        return at < len(self.starts) and self.starts[at] == position

    def ends_at(self, position: int) -> bool:
        index = bisect_left(self.starts, position) - 1
        return any(self.items[i].end == position for i in range(max(0, index - 2), index + 1))

    def before(self, position: int, low: int, reach: int = REACH, wanted: Callable[[Item], bool] | None = None) -> Item | None:
        """The last item (of those wanted) that begins at or after `low` and ends at most `reach` characters before `position`."""
        at = bisect_left(self.starts, position) - 1
        while at >= 0 and self.items[at].start >= low and position - self.items[at].end <= reach:
            item = self.items[at]
            if item.end <= position and (wanted is None or wanted(item)):
                return item
            at -= 1
        return None

    def with_list(self, last: Item, low: int) -> list[Item]:
        """An item with those of its type that stand before it in one list (街道、社区和物业), in the order of the text."""
        listed = [last]
        at = bisect_left(self.starts, last.start) - 1
        while at >= 0 and self.items[at].start >= low and len(listed) < _LISTED:
            item = acting(self.items[at]) if last.type == "actor" else self.items[at]
            at -= 1
            if item.end > listed[-1].start or item.type != last.type:
                if listed[-1].start - item.end > REACH:
                    break
                continue
            if not JOINED.match(self.scene.text[item.end : listed[-1].start]):
                break
            listed.append(item)
        listed.reverse()
        return listed

    def behind(self, verb_end: int, high: int) -> list[Item]:
        """What the verb is done to: the first name behind it and the others of its list."""
        text = self.scene.text
        found: list[Item] = []
        end = verb_end  # of the last name, with the noun that explains it (“泉源”数据平台)
        at = bisect_left(self.starts, verb_end)
        while at < len(self.items) and self.items[at].start < high and len(found) < _LISTED:
            item = self.items[at]
            at += 1
            if found and (item.start, item.end) == (found[-1].start, found[-1].end):
                found.append(item)
                continue
            if item.start < end:
                continue
            gap = text[end : item.start]
            if found and _APPOSED.fullmatch(gap) and gap:
                end = item.end
                continue
            if found and not _LIST.match(gap):
                break
            if not found and (len(gap) > REACH or re.search("[让使把给]|^[、，到向]", gap) or self._other_verb(verb_end, item.start)):
                break
            found.append(item)
            end = item.end
        return found

    def _other_verb(self, start: int, end: int) -> bool:
        """Whether another verb stands before what a verb seems to be done to (推进|参与|城市大脑); one
        that ends in 的 only describes that."""
        scene = self.scene
        if scene.text[start:end].rstrip("“‘《").endswith("的"):
            return False
        at = scene.token(start)
        while at < len(scene.words) and scene.starts[at] < end:
            word = scene.words[at]
            if (
                scene.starts[at] >= start
                and scene.flags[at] == "v"
                and len(word) > 1
                and word not in _COMPOUNDED
                and word[0] not in _POINTING
            ):
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
        """Whether a preposition is a word of its own and not part of one (就 in 就业); before a name the segmenter may have joined them.
        Nor may somebody stand before it who is no item (党对……领导)."""
        at = self.scene.token(match.start())
        word = self.scene.words[at]
        joined = word.startswith(match["word"]) and self.scene.flags[at][:2] in ("nr", "ns", "nz")
        other = at > 0 and self.scene.flags[at - 1] == "n" and len(self.scene.words[at - 1]) == 1 and not self.ends_at(match.start())
        return self.scene.starts[at] == match.start() and (word == match["word"] or joined) and not other

    def theme(self, head: Item, edge: EdgeType) -> Item | None:
        """In 工程由街道牵头 what is led stands before 由, in the clause or in the sentence."""
        low = self.scene.sentence(head.start)[0]
        return self.before(
            head.start - 1,
            low,
            40,
            lambda item: (
                item.type not in _UNTHEMED.get(edge.id, _NO_THEME)
                and edge.allows(head.type, item.type)
                and not (item.type == "policy" and head.start - item.end > _RIGHT_BEFORE)
            ),
        )
