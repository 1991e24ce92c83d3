"""Texts with something in common: how they are cut, hashed, aligned and named, and what people's judgements do. The texts are invented."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.catalogue import Pair
from corpus.fold import fold
from corpus.model import Judgement, Metadata
from graph.duplicates import Letters
from graph.duplicates.align import Alignment, align
from graph.duplicates.groups import copies, groups
from graph.duplicates.hashing import minima
from graph.duplicates.kinds import Kind, kind_of, measured, phrase_mask, same_title
from graph.duplicates.letters import LONGEST
from graph.duplicates.signature import clauses, sign
from graph.duplicates.spread import SAMPLE, bucket, spread_of

SENTENCES = (
    "南坪社区的老楼没有电梯，七十岁的住户每天要歇三次才能走到五楼。",
    "居委会开了四次协商会，一楼的两户要求补偿采光！",
    "最后每户出资2.5万元，电梯在2021年秋天装好了；",
    "“钱出得明白，话说得清楚。”楼长老宋说。",
    "为什么先修路，再种树？",
    "共计10,000元。",
    "一、背景",
    "摊贩搬进了空置的厂房，头三个月不收租金，\n半年以后路通了。",
)
STORY = "".join(SENTENCES[:4])
OTHER = (
    "菜场门口的摊位占了半条路，早高峰时公交车要等一刻钟。街道把摊贩请进空置的厂房，头三个月不收租金。"
    "半年以后路通了，摊位一个也没有少。摊主们选出了自己的管理小组，每周碰一次头。"
)


def no_phrases(one: Letters, other: Letters) -> tuple[np.ndarray, np.ndarray]:
    return np.zeros(len(one), dtype=np.bool_), np.zeros(len(other), dtype=np.bool_)


def kind(one: str, other: str, first: Metadata | None = None, second: Metadata | None = None) -> Kind | None:
    a, b = Letters.of(one), Letters.of(other)
    return kind_of((first or Metadata(), second or Metadata()), *measured(align(a, b), no_phrases(a, b)))


class TestLetters:
    @pytest.mark.parametrize(
        "copy",
        [
            "　　" + STORY.replace("，", ", "),
            STORY.replace("。", "。\n\n"),
            "".join(f"{c} " for c in STORY),
            STORY.replace("2021", "２０２１"),
        ],
    )
    def test_of_a_copy_in_another_format_are_the_same(self, copy: str) -> None:
        assert Letters.of(copy).string == Letters.of(STORY).string
        assert sign(Letters.of(copy), "").text == sign(Letters.of(STORY), "").text

    def test_of_the_same_in_traditional_characters_are_the_same(self) -> None:
        assert Letters.of("電梯裝好了，業主滿意。").string == Letters.of("电梯装好了业主满意").string

    def test_masked_personal_data_is_no_letter(self) -> None:
        assert Letters.of("电话＊＊＊＊请回。").string == "电话请回"

    def test_a_number_is_not_cut(self) -> None:
        found = Letters.of("共计10,000元，上午10:30开会。")
        assert [found.string[a:b] for a, b in zip(found.clauses[:-1], found.clauses[1:], strict=True)] == ["共计10000元", "上午1030开会"]

    @given(st.lists(st.sampled_from((*SENTENCES, " ", "\n", "”", "A-1 ")), max_size=12).map("".join))
    @settings(deadline=None, max_examples=60)
    def test_every_sentence_is_a_span_of_the_text(self, text: str) -> None:
        found = Letters.of(text)
        at = 0
        for number in range(len(found.sentences) - 1):
            start, end = found.span(number)
            assert at <= start < end <= len(text)
            assert "".join(c for c in fold(text[start:end]) if c.isalnum()) == found.sentence(number)
            at = end
        assert sum(len(found.sentence(number)) for number in range(len(found.sentences) - 1)) == len(found)

    def test_a_text_without_punctuation_is_cut_at_the_same_letters_wherever_they_stand(self) -> None:
        long = "".join(chr(0x4E00 + (n * 7919) % 5000) for n in range(3000))
        one, other = Letters.of(long), Letters.of("前面另有几个字" + long)
        cuts = [{found.sentence(n) for n in range(len(found.sentences) - 1)} for found in (one, other)]
        assert len(cuts[0]) > 3000 // (20 * LONGEST)
        assert len(cuts[0] & cuts[1]) >= len(cuts[0]) - 3

    def test_of_nothing(self) -> None:
        found = Letters.of(" 。\n")
        assert (len(found), len(found.sentences)) == (0, 1)
        assert sign(found, "").keys.tolist() == []
        assert align(found, Letters.of(STORY)).matches == ()


class TestSignature:
    def test_is_the_same_on_every_machine(self) -> None:
        """It is kept: another value makes every store compute all again, which `RULES` of graph.duplicates.update has to say."""
        found = sign(Letters.of(STORY), "老楼加梯")
        assert found.keys[:3].tolist() == [3347743295043, 5116535397944, 5754757202842]
        assert list(found.sketch) == [20123156819134, 17975946857349, 74800963405872, 105957283764320]

    def test_equal_clauses_have_equal_keys_wherever_they_stand(self) -> None:
        first, second = (dict(zip(*map(np.ndarray.tolist, clauses(Letters.of(text))), strict=True)) for text in (STORY, "前言。" + STORY))
        assert first.items() <= second.items()

    @given(st.integers(1, 40))
    @settings(deadline=None, max_examples=20)
    def test_equal_minima_tell_how_much_two_sets_share(self, shared: int) -> None:
        rng = np.random.default_rng(shared)
        values = rng.integers(0, 2**63, 120 - shared, dtype=np.uint64)
        one, other = values[: 40 + (40 - shared) // 1], values[-40 - (40 - shared) :]
        resemblance = len(np.intersect1d(one, other)) / len(np.union1d(one, other))
        assert abs(float((minima(one, 400) == minima(other, 400)).mean()) - resemblance) < 0.15


class TestAlignment:
    def matched(self, one: str, other: str) -> list[tuple[str, str]]:
        a, b = Letters.of(one), Letters.of(other)
        return [(one[slice(*a.span(m.one))], other[slice(*b.span(m.other))]) for m in align(a, b).matches]

    def test_finds_the_copied_sentences_and_no_others(self) -> None:
        found = self.matched(STORY + OTHER, "序言里什么也没有说。" + SENTENCES[1] + "结尾也是另写的一句话。")
        assert found == [(SENTENCES[1], SENTENCES[1])]

    def test_finds_a_sentence_with_a_word_changed_and_counts_what_is_the_same(self) -> None:
        changed = SENTENCES[0].replace("七十岁的住户", "年过七旬的居民")
        one, other = Letters.of(SENTENCES[0] + OTHER), Letters.of(changed)
        (match,) = align(one, other).matches
        assert 0.7 < match.similarity < 1
        covered = align(one, other).one
        assert covered[: len(Letters.of(SENTENCES[0]))].mean() < 0.95
        assert not covered[len(Letters.of(SENTENCES[0])) :].any()

    def test_finds_a_sentence_inside_a_longer_one(self) -> None:
        joined = SENTENCES[0].replace("。", "，") + "所以大家都盼着装电梯，可是谁也不肯先开口。"
        assert self.matched(SENTENCES[0], joined) == [(SENTENCES[0], joined)]

    def test_a_short_sentence_matches_beside_another_only(self) -> None:
        assert self.matched("一、背景\n" + STORY, "一、背景\n" + STORY)[0] == ("一、背景", "一、背景")
        assert self.matched("一、背景\n" + STORY, "一、背景\n" + OTHER) == []

    def test_numbers_that_differ_make_a_match_that_is_not_firm(self) -> None:
        one = "截至2024年3月5日，全区共受理居民来电1346件，其中办结1201件，群众满意率为96.5%。"
        other = one.replace("3月5", "3月6").replace("1346", "1209").replace("1201", "1110")
        a, b = Letters.of(one), Letters.of(other)
        found = align(a, b)
        assert [match.firm for match in found.matches] == [False]
        assert found.one.mean() > 0.6
        assert not found.firm[0].any()

    @given(st.lists(st.sampled_from(SENTENCES), max_size=8).map("".join), st.lists(st.sampled_from(SENTENCES), max_size=8).map("".join))
    @settings(deadline=None, max_examples=60)
    def test_both_orders_give_the_same_and_equal_sentences_are_equal(self, one: str, other: str) -> None:
        a, b = Letters.of(one), Letters.of(other)
        there, back = align(a, b), align(b, a)
        assert sorted((m.other, m.one, m.similarity, m.firm) for m in back.matches) == sorted(
            (m.one, m.other, m.similarity, m.firm) for m in there.matches
        )
        assert _masks(there) == _masks(Alignment((), back.other, back.one, (back.firm[1], back.firm[0])))
        for match in there.matches:
            if match.similarity == 1:
                assert a.sentence(match.one) == b.sentence(match.other)
        if SENTENCES[0] in one and one == other:
            assert there.one.mean() > 0.5


def _masks(found: Alignment) -> list[list[bool]]:
    return [mask.tolist() for mask in (found.one, found.other, *found.firm)]


class TestKind:
    long = STORY + OTHER

    def test_of_a_reprint(self) -> None:
        first = Metadata("南坪社区加装电梯记", publisher="云溪日报", published="2021-11-02")
        second = Metadata("南坪社区加装电梯记_青禾新闻网", publisher="青禾新闻网", published="2021-11-03")
        assert kind(self.long, "本报讯。" + self.long, first, second) == "reprint"
        assert (
            kind(
                self.long,
                "本报讯。" + self.long,
                Metadata("题目之一二三", url="https://a.example/1"),
                Metadata("题目之一二三", url="http://b.example/9"),
            )
            == "reprint"
        )

    def test_of_a_version(self) -> None:
        later = self.long + "补记：第二年春天，隔壁两栋楼也照这个办法装上了电梯，一楼的住户没有再提别的要求。"
        assert kind(self.long, later, Metadata("南坪社区加梯（征求意见稿）"), Metadata("南坪社区加梯（定稿2）")) == "version"
        assert (
            kind(
                self.long,
                STORY + OTHER[:47] + "后面整段都重写过了，说的是另外一件事情。" * 3,
                Metadata("南坪社区加梯记"),
                Metadata("南坪社区加梯记"),
            )
            == "version"
        )
        assert kind(self.long, later, Metadata(applicant="云溪区民政局"), Metadata(applicant="云溪区民政局 ")) == "version"

    def test_of_near_copies_part_and_passages(self) -> None:
        assert (
            kind(self.long, self.long.replace("四次", "五次") + "多了一句话。", Metadata("甲题目一二三"), Metadata("完全是别的标题"))
            == "near"
        )
        assert kind(STORY, self.long + "中间另有别的段落，讲了别的社区的事情，和前面说的没有关系。" * 3) == "part"
        assert kind(STORY + "另写的一大段话，讲的是河道清淤的事。" * 6, STORY + "垃圾分类的积分怎么兑，居民各有各的主意。" * 6) == "shared"

    def test_of_texts_that_have_little_in_common(self) -> None:
        assert kind(STORY, OTHER) is None
        assert kind(SENTENCES[1] + OTHER, SENTENCES[1] + STORY[:20]) is None

    def test_bulletins_of_two_days_are_no_versions(self) -> None:
        one = "截至3月5日24时，全区共受理居民来电1346件，其中办结1201件。当日新增工单97件，退单8件，群众满意率为96.5%。平均办结用时31小时。"
        other = (
            "截至3月6日24时，全区共受理居民来电1409件，其中办结1288件。当日新增工单63件，退单5件，群众满意率为97.1%。平均办结用时29小时。"
        )
        assert kind(one, other, Metadata("云溪区居民来电办理情况通报"), Metadata("云溪区居民来电办理情况通报")) in (None, "shared")

    @pytest.mark.parametrize(
        ("one", "other", "same"),
        [
            ("南坪社区加装电梯记", "南坪社区加装电梯记 - 云溪日报", True),
            ("云溪区社区治理简报第3期", "云溪区社区治理简报第4期", False),
            ("第八次协商会纪要全文", "第九次协商会纪要全文", False),
            ("南坪加梯方案（第二稿）", "南坪加梯方案（第三稿）", True),
            ("案例", "案例", True),
            ("案例", "案例二", False),
            ("", "", False),
        ],
    )
    def test_titles(self, one: str, other: str, same: bool) -> None:
        assert same_title(one, other) is same_title(other, one) is same

    def test_common_phrases_are_left_out_of_the_own_share_and_stay_in_the_other(self) -> None:
        slogan = "坚持党建引领基层治理，不断增强人民群众的获得感幸福感安全感。"
        one, other = Letters.of(slogan + STORY), Letters.of(slogan + OTHER)
        common = set(clauses(Letters.of(slogan))[0].tolist())
        first, second = measured(align(one, other), (phrase_mask(one, common), phrase_mask(other, common)))
        assert first.share > 0.2
        assert (first.own_share, second.own_share) == (0.0, 0.0)
        assert first.own == len(Letters.of(STORY))


class TestSpread:
    def test_many_texts_of_one_kind_are_one(self) -> None:
        assert spread_of([(1, 2, 3, 4)] * 30) == 1
        assert not bucket(range(30), [(1, 2, 3, 4)] * 30).common

    def test_unrelated_texts_make_a_common_phrase(self) -> None:
        assert bucket(range(5), [(n, n, n, n) for n in range(5)]).common
        assert not bucket(range(4), [(n, n, n, n) for n in range(4)]).common

    def test_forms_with_equal_labels_are_told_apart_by_their_titles(self) -> None:
        assert bucket(range(8), [(1, 2, n, n + 100) for n in range(8)]).common

    def test_what_differs_by_chance_in_one_minimum_does_not_count(self) -> None:
        assert spread_of([(n, 1, 7, 7) for n in range(9)]) == 1

    def test_a_key_of_very_many_is_judged_by_the_first(self) -> None:
        found = bucket(range(SAMPLE + 1), [(n, n, n, n) for n in range(SAMPLE)])
        assert (found.common, found.edge) == (True, SAMPLE - 1)


def pair(one: str, other: str, kind: Kind = "near", letters: int = 100) -> Pair:
    return Pair(one, other, kind, 1, letters, 1.0, 1.0, 1.0, 1.0)


def said(one: str, other: str, kind: str, when: str = "1") -> Judgement:
    return Judgement(one + other + when, kind, one, other, "刘敏", when)


class TestGroups:
    def test_are_what_pairs_join(self) -> None:
        assert groups("abcd", [], [pair("a", "b"), pair("b", "c")], []) == dict.fromkeys("abc", "a")
        assert groups("abcd", ["bd"], [pair("a", "b")], []) == dict.fromkeys("abd", "a")

    @pytest.mark.parametrize("kind", ["part", "shared"])
    def test_passages_join_nothing(self, kind: Kind) -> None:
        assert groups("ab", [], [pair("a", "b", kind)], []) == {}

    def test_people_join_what_was_not_found_and_part_what_was(self) -> None:
        assert groups("abc", [], [pair("a", "b")], [said("b", "c", "same")]) == dict.fromkeys("abc", "a")
        assert groups("ab", [], [pair("a", "b")], [said("a", "b", "different")]) == {}

    def test_what_lies_between_two_that_are_parted_goes_with_the_stronger_tie(self) -> None:
        chain = [pair("a", "b", letters=50), pair("b", "c", letters=90)]
        assert groups("abc", [], chain, [said("a", "c", "different")]) == dict.fromkeys("bc", "b")
        assert groups("abc", [], [chain[0], pair("b", "c", "version", 10)], [said("a", "c", "different")]) == dict.fromkeys("bc", "b")

    def test_the_later_word_counts(self) -> None:
        said_twice = [said("a", "b", "different", "1"), said("a", "b", "same", "2")]
        assert groups("ab", [], [], said_twice) == groups("ab", [], [], said_twice[::-1]) == dict.fromkeys("ab", "a")
        contradicting = [said("a", "b", "same", "1"), said("b", "c", "same", "2"), said("a", "c", "different", "3")]
        assert groups("abc", [], [], contradicting) == dict.fromkeys("bc", "b")

    def test_what_is_said_of_a_report_that_is_gone_has_no_effect(self) -> None:
        assert groups("ab", [], [pair("a", "b")], [said("a", "z", "same"), said("b", "z", "different")]) == dict.fromkeys("ab", "a")

    def test_one_copy_may_be_parted_from_the_others(self) -> None:
        assert groups("abcd", ["abcd"], [], [said("a", "b", "different")]) == dict.fromkeys("acd", "a")
        assert len(copies([f"{n:03}" for n in range(500)])) < 4 * 500

    @given(
        st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde"), st.integers(1, 4)), max_size=8),
        st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde"), st.sampled_from(("same", "different"))), max_size=4),
        st.randoms(use_true_random=False),
    )
    @settings(deadline=None, max_examples=80)
    def test_any_order_gives_the_same_and_nothing_parted_is_together(self, ties: list, words: list, random: object) -> None:
        pairs = list({(min(a, b), max(a, b)): pair(min(a, b), max(a, b), letters=n) for a, b, n in ties if a != b}.values())
        judged = [said(a, b, verdict, str(at)) for at, (a, b, verdict) in enumerate(words)]
        found = groups("abcde", [], pairs, judged)
        shuffled = [list(some) for some in (pairs, judged, "abcde")]
        for some in shuffled:
            random.shuffle(some)  # type: ignore[attr-defined]
        assert groups(shuffled[2], [], shuffled[0], shuffled[1]) == found  # type: ignore[arg-type]
        if judged and judged[-1].target != judged[-1].value:
            together = found.get(judged[-1].target) is not None and found.get(judged[-1].target) == found.get(judged[-1].value)
            assert together == (judged[-1].kind == "same")
