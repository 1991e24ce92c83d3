"""What a figure counts or is measured of: the noun behind its classifier, the noun or verb before it, or what figures before it count."""

from __future__ import annotations

import re

from ingest.extract import nouns
from ingest.extract.figures import Figure
from ingest.extract.scene import Scene
from ingest.extract.wordlist import word_set

Span = tuple[int, int]

_TIMES = word_set("年 个月 天 周 小时 个小时 分钟 学期 个学期 季度 个季度 个星期 个工作日 工作日 日 秒 刻钟 周年")
_MEASURING = word_set(
    "户 人 岁 周岁 % 个百分点 百分点 年 天 周 小时 分钟 个月 元 人次 户次 平方米 公里 米 吨 亩 倍 分 美元 票 次 公分 厘米 分贝 斤 公斤"
)
"""Units with a sense of their own: a noun need not follow them."""
_PEOPLE = frozenset("户 人 票 人次 户次".split())
_REPEATED = frozenset("遍 趟 回".split())
_DONE_SO_OFTEN = frozenset("次 遍 趟 回 轮".split())
_PAYS = re.compile(
    "(?:出资|[出给花掏垫摊捐收扣]|收取|承担|分摊|预交|预收|支付|投入|垫付|自筹|让利)(?:了|过|的)?(?:将近|大约|约|近|超过|超)?$"
)
_OF_THOSE = re.compile("其中(?:已?有|的|又有|仅|只有)?$")
_ALONGSIDE = re.compile("[、，,和及]?(?:共计|合计|总计|共|计|约|近|占)?")
_SHARES = re.compile("占(?:了|到|比|全部|其中)?[^，。；：！？\n]{0,12}$")
_CHANGES = re.compile("(?:[降增升涨减跌]|下降|上升|增加|增长|提高|提升|减少|降低|压减|上涨|下调)(?:了|幅|约|近|到|至|为){0,2}$")
_THOSE_WHO = re.compile(
    "(?P<who>[\u4e00-\u9fff]{2,8})的(?:从来|一共|人|户|业主|居民)?(?:就|又|还|也|只|仅)?(?:占(?:了|到)?|共?有|为|是|剩|达)?(?:约|近)?$"
)
_VOTES = re.compile("(?P<vote>不?同意|赞成|反对|弃权|参与|参加|参会|到会|收回|满意|支持)(?:了|的)?(?:共|有|仅|只有)?$")
_VERB = re.compile("(?P<verb>[跑走谈议清吵看试等去来改修敲找问])(?:了|过)$")
_VOTES_BEHIND = re.compile("(?:全部|全都|都|一致|明确|口头|表示|投了)?(?P<vote>不?同意|赞成|反对|弃权|满意)")
_AT_LEAST = re.compile("[^，。；：！？、\n]{0,6}[0-9一二三四五六七八九十]+(?:周岁|岁|个月|年|层|楼)?以[上下内](?:的)?$")
_COMPOUND_UNIT = re.compile("个(?P<noun>单元|车位|泊位|点位|积分|村|小区|社区)$|张(?P<other>床位)$")
_BEHIND_ADVERB = re.compile("[内后前里间]?(?:未|没|就|才|都|已|可|能|要|再){0,2}")
_NOUN_OF_KIND = re.compile("[^，。；：！？、\n“”（）0-9一二两三四五六七八九十的]{2,6}的")
_NAME_AHEAD = re.compile("“(?P<name>[^“”，。]{2,9})”$")
_NAME_BEHIND = re.compile("“(?P<name>[^“”，。]{2,9})”")
_OFTEN = re.compile("(?:的|有人|被迫|被|都|才|就)+")
_ARE = re.compile("(?:属于?|是|为)(?!否)")
_REST = re.compile("(?P<rest>(?![降升增减涨跌])[\u4e00-\u9fff]{2,4})(?:[，。；、！？）\n]|$)")
_NEEDS = re.compile("(?:大约|大概|至少|起码)?(?:需要|要|需|得)$")
_LABEL = re.compile("(?:^|[\n\t 　，。；])(?P<label>[\u4e00-\u9fff]{2,8})[：:]$", re.MULTILINE)
_IN_ORDER = re.compile("(?:分别|依次)(?:为|是|延长|缩短)?(?:了|到|至|为)?")
_NEAR, _SAME = 40, 90


class Counted:
    """Answers for the figures of a text in turn: later ones go on counting what earlier ones counted."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._last: dict[str, tuple[int, Span]] = {}
        self._before: tuple[Figure, Span | None] | None = None

    def subject(self, figure: Figure) -> Span | None:
        """Place of the words for what `figure`, the next of the text, counts."""
        found = self._find(figure)
        if found is not None:
            self._last[figure.unit] = (figure.end, found)
        self._before = (figure, found)
        return found

    def _find(self, figure: Figure) -> Span | None:
        scene, text = self._scene, self._scene.text
        low = scene.clause(figure.start)[0]
        lead = text[max(low, figure.start - 24) : figure.start]
        quoted = _NAME_BEHIND.match(text, figure.end) if figure.unit not in _TIMES else None
        if quoted is not None:
            return quoted.span("name")
        if figure.unit in _TIMES:
            return self._lasting(figure, low)
        noun = _COMPOUND_UNIT.search(text, figure.number_start, figure.unit_end)
        if noun is not None:
            return noun.span(noun.lastgroup or 0)
        label = _LABEL.search(text, max(0, figure.start - 10), figure.start)
        if label is not None:
            return label.span("label")
        if _OF_THOSE.search(lead) and (same := self._same(figure)) is not None:
            plain = None if text.startswith("的", figure.end) else nouns.after(scene, figure.end, plain=True)
            return plain or same
        if figure.unit in _REPEATED:
            done = _VERB.search(text, max(low, figure.start - 3), figure.start)
            if done is not None:
                return done.span("verb")
        behind = self._behind(figure)
        if behind is not None:
            return behind
        quoted = _NAME_AHEAD.search(text, max(0, figure.start - 12), figure.start)
        if quoted is not None:
            return quoted.span("name")
        if figure.unit in ("岁", "周岁"):
            return self._aged(figure)
        if figure.unit == "元":
            pays = _PAYS.search(lead)
            if pays is not None:
                return nouns.verb(scene, figure.start) or self._at(figure, len(lead), pays.start(), pays.start() + 1)
        if figure.unit == "%" and _SHARES.search(lead) and (part := self._shared(figure, lead)) is not None:
            return part
        who = _THOSE_WHO.search(lead)
        if who is not None and (words := nouns.last_word(scene, figure.start - len(lead) + who.end("who"), low)) is not None:
            return words
        if figure.unit in _PEOPLE and (voted := _VOTES_BEHIND.match(text, figure.end)) is not None:
            return voted.span("vote")
        vote = _VOTES.search(lead) if figure.unit in _PEOPLE else None
        if vote is not None:
            return self._at(figure, len(lead), vote.start("vote"), vote.end("vote"))
        return self._before_it(figure, lead)

    def _before_it(self, figure: Figure, lead: str) -> Span | None:
        """The noun or verb before the figure; people are left bare rather than given a noun of an earlier clause."""
        scene, text = self._scene, self._scene.text
        verb = nouns.verb(scene, figure.start)
        spent = figure.unit == "元" and not _CHANGES.search(lead)
        if verb is not None and (
            (spent and text[verb[1] - 1] not in "到至为") or (figure.unit in _DONE_SO_OFTEN and verb[1] - verb[0] > 1)
        ):
            return verb
        people = figure.unit in _PEOPLE
        found = nouns.before(scene, figure.start) or (nouns.verb_behind(scene, figure.end) if people else None)
        if found is None and (people or figure.unit == "元" or verb is None):
            found = self._beside(figure)
        if found is not None or people:
            return found or verb
        return (
            self._going_on(figure, lead)
            or verb
            or nouns.nearest(scene, figure.start, max(scene.sentence(figure.start)[0], figure.start - _NEAR))
        )

    @staticmethod
    def _at(figure: Figure, width: int, start: int, end: int) -> Span:
        first = figure.start - width
        return first + start, first + end

    def _behind(self, figure: Figure) -> Span | None:
        """The noun behind: after a classifier, a 的 or a length; after a sum of money and a number of households only plain nouns."""
        scene, text = self._scene, self._scene.text
        linked = text.startswith("的", figure.end)
        if linked or figure.unit in ("岁", "周岁") or figure.unit not in _MEASURING:
            found = nouns.after(scene, figure.end)
            if found is not None:
                return found
            if not linked and figure.unit not in _MEASURING:
                kind = _NOUN_OF_KIND.match(text, figure.end, min(scene.clause(figure.start)[1], figure.end + 12))
                if kind is not None:
                    return nouns.after(scene, kind.end())
                are = _ARE.match(text, figure.end)
                if are is not None:
                    return nouns.after(scene, are.end())
                whole = _REST.match(text, figure.end)
                return whole.span("rest") if whole is not None else None
            return None
        if figure.unit in ("元", "户", "次", "%"):
            found = nouns.after(scene, figure.end, plain=True)
            if found is not None:
                return found
        if figure.unit == "次":
            often = _OFTEN.match(text, figure.end)
            done = nouns.verb_behind(scene, figure.end if often is None else often.end())
            rest = _REST.match(text, figure.end) if done is None else None
            return done if rest is None else rest.span("rest")
        are = _ARE.match(text, figure.end) if figure.unit in ("户", "人") else None
        return None if are is None else nouns.after(scene, are.end())

    def _lasting(self, figure: Figure, low: int) -> Span | None:
        """What lasts: the noun behind 的, the noun or verb right before, the verb right behind."""
        scene, text = self._scene, self._scene.text
        if text.startswith("的", figure.end):
            return nouns.after(scene, figure.end)
        if self._before is not None and self._before[0].unit == figure.unit and text[self._before[0].end : figure.start] in ("、", "和"):
            return self._before[1]
        if _IN_ORDER.fullmatch(text, low, figure.start):
            return nouns.nearest(scene, low, max(scene.sentence(figure.start)[0], low - _NEAR))
        if text.startswith("满", figure.start - 1) and (until := nouns.verb_behind(scene, figure.end)) is not None:
            return until
        needs = _NEEDS.search(text, max(low, figure.start - 5), figure.start)
        found = nouns.before(scene, needs.start() if needs is not None else figure.start) if figure.start - low > 1 else None
        if found is not None and figure.start - found[1] <= 8:
            return found
        verb = nouns.verb(scene, figure.start)
        if verb is not None:
            return verb
        done = _VERB.search(text, max(low, figure.start - 3), figure.start)
        if done is not None:
            return done.span("verb")
        joined = _BEHIND_ADVERB.match(text, figure.end)
        behind = nouns.verb_behind(scene, joined.end() if joined is not None else figure.end)
        return behind or self._going_on(figure, text[low : figure.start])

    def _aged(self, figure: Figure) -> Span | None:
        """The person named before an age, in the same sentence."""
        scene = self._scene
        return nouns.nearest(scene, figure.start, max(scene.sentence(figure.start)[0], figure.start - 14))

    def _shared(self, figure: Figure, lead: str) -> Span | None:
        """Whose share it is: what stands before 占 in the clause, otherwise what the clause before counts or speaks of."""
        scene = self._scene
        begin = figure.start - len(lead) + lead.rfind("占")
        low = scene.clause(figure.start)[0]
        limit = _AT_LEAST.search(scene.text, max(low, begin - 16), begin)
        if limit is not None:
            return limit.span()
        who = _THOSE_WHO.search(scene.text, max(low, begin - 12), begin)
        if who is not None:
            return nouns.last_word(scene, who.end("who"), low)
        own = nouns.before(scene, begin)
        if own is not None:
            return own
        if self._before is not None and self._before[1] is not None and 0 <= begin - self._before[0].end <= 4:
            return self._before[1]
        return nouns.nearest(scene, begin, max(scene.sentence(figure.start)[0], begin - _NEAR))

    def _beside(self, figure: Figure) -> Span | None:
        """What the figure right before it counts (1180户约3100人, 36辆、5吨)."""
        if self._before is None or self._before[1] is None:
            return None
        before, span = self._before
        return span if _ALONGSIDE.fullmatch(self._scene.text, before.end, figure.start) and before.unit not in _TIMES else None

    def _same(self, figure: Figure) -> Span | None:
        """What the last figure in this unit counts, if it stands not far before in the same paragraph."""
        last = self._last.get(figure.unit)
        if last is None or figure.start - last[0] > _SAME or "\n" in self._scene.text[last[0] : figure.start]:
            return None
        return last[1]

    def _going_on(self, figure: Figure, lead: str) -> Span | None:
        """Of a figure with no noun of its own: what the same unit counts before, and for a change what changed."""
        before = self._before
        changed = figure.unit in ("%", "个百分点", "百分点", "倍", "元") and _CHANGES.search(lead) is not None
        if changed and before is not None and before[1] is not None and self._scene.sentence(figure.start)[0] <= before[0].start:
            return before[1]
        return self._same(figure) if figure.unit != "%" else None
