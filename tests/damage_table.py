"""How much of damage done on purpose is repaired: `python -m tests.damage_table`.

The texts are the project's samples as read; each is damaged in every way, and what repair makes of it is compared with the text before.
For two texts, "wrong" is the number of characters that their longest common subsequence leaves out, on either side. Repaired is the share
of the wrong ones that is gone after repair; unmarked is what is still wrong in the text that people see and carries no mark, as a share of
the text. Harmed is what repair changes in the texts that nobody damaged.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path

import opencc
from pypinyin import Style, lazy_pinyin

from ingest.draft import Draft, RawReport
from ingest.pipeline import repair
from ingest.readers import read
from ingest.readers.walk import find
from ingest.repair.script import simplify
from ingest.repair.steps import restored

Damage = Callable[[str, random.Random], str]
_HAN = re.compile("[\u4e00-\u9fff]")
_TWICE = 2


def samples() -> list[str]:
    """The texts of the sample reports and submissions as they are after reading."""
    folder = Path(__file__).parents[1] / "corpus" / "samples"
    items = find([folder / "reports", folder / "submissions"], collection="样例")
    return [repair(read(item))[0].text for item in items if isinstance(item, RawReport)]


def wrong(text: str, clean: str) -> int:
    """Characters of both texts that are in no longest common subsequence (bit-parallel, Hyyrö 2004)."""
    return len(text) + len(clean) - 2 * common(text, clean)


def common(text: str, clean: str) -> int:
    masks: dict[str, int] = {}
    for at, character in enumerate(clean):
        masks[character] = masks.get(character, 0) | 1 << at
    full = (1 << len(clean)) - 1
    row = full
    for character in text:
        hit = row & masks.get(character, 0)
        row = (row + hit | row - hit) & full
    return len(clean) - row.bit_count()


def by_line(change: Damage) -> Damage:
    return lambda text, chance: "\n".join(change(line, chance) for line in text.split("\n"))


def converter(name: str) -> Callable[[str], str]:
    return opencc.OpenCC(name).convert


def converted(name: str) -> Damage:
    convert = converter(name)
    return lambda text, _: convert(text)


def annotated(pair: str = "()", style: Style = Style.TONE, every: int = 1, script: bool = True) -> Damage:
    """Characters that a conversion changed (all, where `script` is off) with their pinyin behind them."""
    convert = converter("s2t")

    def change(line: str, _: random.Random) -> str:
        new = convert(line) if script else line
        readings = lazy_pinyin(line, style=style, errors=lambda run: list(run))
        if len(new) != len(line) or len(readings) != len(line):
            return new
        out, count = [], 0
        for old, shown, reading in zip(line, new, readings, strict=True):
            count += (old != shown) if script else bool(_HAN.match(old))
            hit = (old != shown or not script) and _HAN.match(old) and count % every == 0
            out.append(f"{shown}{pair[0]}{reading}{pair[1]}" if hit else shown)
        return "".join(out)

    return by_line(change)


def words_annotated(line: str, chance: random.Random) -> str:
    """Every third or so word of two characters with its pinyin behind it."""
    parts = re.split("([\u4e00-\u9fff]{2})", line)
    hits = (bool(at % 2) and chance.random() < 0.3 for at in range(len(parts)))
    return "".join(
        f"{part}({''.join(lazy_pinyin(part, style=Style.TONE))})" if hit else part for part, hit in zip(parts, hits, strict=True)
    )


def bytes_lost(line: str, chance: random.Random, *, errors: str = "replace", put: bytes = b"") -> str:
    """One byte of a GBK line lost, or `put` before it; only in lines of prose."""
    data = line.encode("gbk", "ignore")
    if len(line) < 30:
        return line
    at = chance.randrange(len(data))
    return (data[:at] + put + data[at + (not put) :]).decode("gbk", errors)


def misread(right: str, wrong_one: str, prepare: Callable[[str], str] = str) -> Damage:
    """Saved in one encoding, opened in another; what that cannot show is `?`."""
    return lambda text, _: prepare(text).encode(right, "ignore").decode(wrong_one, "replace").replace("\ufffd", "?")


def strewn(signs: str, share: float, between: str = "[\u4e00-\u9fff]") -> Damage:
    """`signs` put behind some of the characters."""
    one = re.compile(between)

    def change(text: str, chance: random.Random) -> str:
        return "".join(c + (chance.choice(signs) if one.match(c) and chance.random() < share else "") for c in text)

    return change


def replaced(table: dict[str, str], share: float = 1.0) -> Damage:
    return lambda text, chance: "".join(table[c] if c in table and chance.random() < share else c for c in text)


def wrapped(width: int, indent: str = "\u3000\u3000", gap: str = "\n") -> Damage:
    def change(line: str, _: random.Random) -> str:
        line = indent + line
        return gap.join(line[at : at + width] for at in range(0, len(line), width))

    return by_line(change)


def by_columns(line: str, _: random.Random) -> str:
    out, at = "", 0
    for character in line:
        wide = 2 if character > "\u2000" else 1
        if at + wide > 76:
            out, at = out + "\n", 0
        out, at = out + character, at + wide
    return out


def repeated(text: str, chance: random.Random) -> str:
    return re.sub("[，。！？；、]", lambda match: match[0] * (chance.choice((2, 3, 5)) if chance.random() < 0.4 else 1), text)


def numerals(text: str, chance: random.Random) -> str:
    """O for 0 and l for 1 in numbers that a unit follows."""

    def change(match: re.Match[str]) -> str:
        one = match[0].replace("0", chance.choice("OoO")).replace("1", chance.choice("lI"))
        return one if re.search(r"\d", one) else match[0]

    return re.sub(r"\d{2,}(?=[年月日元户人个名次件])", change, text)


def quoted(line: str, _: random.Random) -> str:
    """Lines of 38 characters as a reply to a letter has them."""
    return "\n".join("> " + line[at : at + 38] for at in range(0, len(line), 38))


def wade_giles(line: str, _: random.Random) -> str:
    """A reading of another system behind converted characters: Wade-Giles, near enough."""
    table = str.maketrans({"b": "p", "d": "t", "g": "k", "q": "ch'", "x": "hs", "z": "ts", "j": "ch"})
    convert = converter("s2t")
    new, sounds = convert(line), lazy_pinyin(line, errors=lambda run: list(run))
    if not len(new) == len(line) == len(sounds):
        return new
    return "".join(b if a == b else f"{b}({sound.translate(table)})" for a, b, sound in zip(line, new, sounds, strict=True))


FULL = {sign: chr(ord(sign) + 0xFEE0) for sign in map(chr, range(0x21, 0x7F)) if sign.isalnum() or sign in "%+"}
HALF = dict(zip("，；：？！", ",;:?!", strict=True))

KINDS: dict[str, Damage] = {
    "pinyin after converted characters": annotated(),
    "…, tone digits, full-width brackets": annotated("（）", Style.TONE3),
    "…, without tones, every third": annotated(style=Style.NORMAL, every=3),
    "…, Zhuyin": annotated(style=Style.BOPOMOFO),
    "pinyin after every character, Simplified": annotated(script=False),
    "pinyin after words": by_line(words_annotated),
    "GBK, a byte lost a line": by_line(bytes_lost),
    "GBK, a byte lost, rest ignored": by_line(lambda line, chance: bytes_lost(line, chance, errors="ignore")),
    "UTF-8 read as GBK": misread("utf-8", "gb18030"),
    "UTF-8 read as Latin-1": misread("utf-8", "latin-1"),
    "UTF-8 read as Windows-1252": misread("utf-8", "cp1252"),
    "GBK read as Latin-1": misread("gb18030", "latin-1"),
    "Big5 read as GBK": misread("big5hkscs", "gb18030", converter("s2tw")),
    "GBK read as Big5": misread("gbk", "big5hkscs"),
    "converted, OpenCC s2t": converted("s2t"),
    "converted, s2tw": converted("s2tw"),
    "converted, s2hk": converted("s2hk"),
    "converted with regional words, s2twp": converted("s2twp"),
    "blanks strewn in": strewn(" ", 0.3),
    "U+3000, NBSP and tabs strewn in": strewn("\u3000\xa0\t", 0.1),
    "invisible characters strewn in": strewn("\u200b\u200e\u00ad\ufeff\u2060\u202c", 0.1),
    "half-width punctuation": replaced(HALF),
    "full-width letters and digits": replaced(FULL),
    "O and l for 0 and 1": numerals,
    "stray marks between characters": strewn("`^~|", 0.02),
    "lines broken at 34, indented": wrapped(34),
    "lines broken at 40, not indented": wrapped(40, ""),
    "punctuation repeated": repeated,
    "Traditional, with Wade-Giles in brackets": by_line(wade_giles),
    "pinyin between slashes": annotated("//"),
    "a combining stroke on every character": strewn("\u0336", 1.0),
    "every character twice": lambda text, _: re.sub("[\u4e00-\u9fff]", lambda match: match[0] * 2, text),
    "lines of a quoted letter": by_line(quoted),
    "a line break behind every comma": lambda text, _: text.replace("，", "，\n"),
    "lines as wide as 76 columns": by_line(by_columns),
    "line ends written out": lambda text, _: text.replace("\n", "\\n"),
}
"""Kinds of damage that the rules were written for."""

ASCII = dict(zip("，。；：？！“”、", ',.;:?!"",', strict=True))
ALIKE = dict(zip("口人未己日土大天", "囗入末已曰士太夭", strict=True))


def swapped(line: str, chance: random.Random) -> str:
    """Two neighbouring bytes of a GBK line in the wrong order."""
    data = bytearray(line.encode("gbk", "ignore"))
    if len(line) >= 30:
        at = chance.randrange(len(data) - 1)
        data[at], data[at + 1] = data[at + 1], data[at]
    return data.decode("gbk", "replace")


def chained(*damages: Damage) -> Damage:
    def change(text: str, chance: random.Random) -> str:
        for damage in damages:
            text = damage(text, chance)
        return text

    return change


def escaped(text: str, _: random.Random) -> str:
    return text.replace("\u3000", "&amp;nbsp;").replace("“", "&amp;ldquo;").replace("”", "&amp;rdquo;")


def half_converted(text: str, chance: random.Random) -> str:
    """Every third character or so converted by itself, without regard to phrases."""
    one = cache(converter("s2t"))
    return "".join(one(c) if chance.random() < 0.3 else c for c in text)


OTHERS: dict[str, Damage] = {
    "every third character converted by itself": half_converted,
    "Japanese forms": lambda text, _: converter("t2jp")(converter("s2t")(text)),
    "UTF-8 read as Big5": misread("utf-8", "big5hkscs"),
    "UTF-8 read as Shift JIS": misread("utf-8", "cp932"),
    "GBK read as EUC-KR": misread("gbk", "cp949"),
    "GBK, two bytes swapped a line": by_line(swapped),
    "GBK, a byte too many a line": by_line(lambda line, chance: bytes_lost(line, chance, put=b"\xa1")),
    "Traditional GBK, a byte lost a line": by_line(lambda line, chance: bytes_lost(converter("s2t")(line), chance)),
    "a blank behind every second character": lambda text, _: re.sub("([\u4e00-\u9fff]{2})(?=[\u4e00-\u9fff])", r"\1 ", text),
    "two blanks between all characters": lambda text, _: "\n".join("  ".join(line) for line in text.split("\n")),
    "all punctuation as in English": replaced(ASCII),
    "small forms of punctuation": replaced(dict(zip("，、；：？！", "﹐﹑﹔﹕﹖﹗", strict=True))),
    "look-alikes for one in five": replaced(ALIKE, 0.2),
    "lines broken at 25, empty lines between paragraphs": lambda text, chance: wrapped(25, "")(text, chance).replace("。\n", "。\n\n"),
    "line numbers": lambda text, _: "\n".join(f"{number} {line}" for number, line in enumerate(text.split("\n"), 1)),
    "a font against copying: common characters private": replaced({c: chr(0xE000 + n) for n, c in enumerate("的一是在不了有和人这")}),
    "annotated, then UTF-8 read as Latin-1": chained(annotated(), misread("utf-8", "latin-1")),
    "blanks, half width, letters for digits at once": chained(numerals, replaced(HALF), strewn(" \u3000", 0.1)),
    "Traditional with regional words, wrapped, escaped twice": chained(converted("s2twp"), wrapped(30), escaped),
    "numeric entities": lambda text, _: "".join(f"&#{ord(c)};" if c > "\u3400" else c for c in text),
    "escaped as in JSON": lambda text, _: "".join(f"\\u{ord(c):04x}" if "\u3400" < c < "\uffff" else c for c in text),
}
"""Kinds that were thought of afterwards: no rule was written or changed for them."""


def rows(kinds: dict[str, Damage], texts: list[str]) -> Iterator[tuple[str, float, float, float]]:
    """Kind, share of the text that is wrong after the damage, share of it repaired, share of the text wrong and unmarked at the end."""
    total = sum(map(len, texts))
    for name, damage in kinds.items():
        before = after = unmarked = 0
        for number, clean in enumerate(texts):
            damaged = damage(clean, random.Random(number))
            draft = repair(Draft.of(damaged))[0]
            before += wrong(damaged, clean)
            after += wrong(draft.text, clean)
            marked = sum(mark.end - mark.start for mark in draft.marks if mark.kind == "damaged")
            unmarked += max(0, len(draft.text) - common(draft.text, clean) - marked)
        yield name, before / total, 1 - after / before if before else 1.0, unmarked / total


def harmed(texts: list[str]) -> float:
    return sum(wrong(repair(Draft.of(text))[0].text, text) for text in texts) / sum(map(len, texts))


def opencc_cases(data: Path) -> Iterator[tuple[str, int, float]]:
    """OpenCC's own cases for the directions that apply: name, cases, share that comes out to the letter.

    Regional words are those that a text is repaired with: OpenCC's for software are left where the mainland has the word too.
    """
    lines = (data / "vocabulary" / "opencc_cases.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    for name in ("t2s", "tw2s", "hk2s", "tw2sp", "hk2sp"):
        chosen = [(case["input"], case["expected"][name]) for case in cases if name in case["expected"]]
        right = sum(simplify(old, regional=name.endswith("p")) == new for old, new in chosen)
        yield name, len(chosen), right / len(chosen)


def changed(data: Path) -> tuple[int, dict[str, int]]:
    """Real texts that are mostly sound: their characters, and how many changes each step makes in them."""
    with gzip.open(data / "news" / "xwlb.jsonl.gz", "rt", encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in islice(file, 0, None, 10)]
    lines = (data / "retrieval" / "gov_cases" / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
    texts += [json.loads(line)["text"] for line in lines]
    steps: Counter[str] = Counter()
    for text in texts:
        steps.update(piece.step for piece in restored(Draft.of(text)).offsets.pieces if piece.step)
    return sum(map(len, texts)), dict(steps.most_common())


def table() -> str:
    texts = samples()
    out = [f"{len(texts)} texts, {sum(map(len, texts)):,} characters; harmed: {harmed(texts):.3%}", ""]
    for title, kinds in (("Damage that the rules were written for", KINDS), ("Damage that they were not written for", OTHERS)):
        if not kinds:
            continue
        out += [f"| {title} | wrong before | repaired | wrong and unmarked after |", "|---|--:|--:|--:|"]
        out += [f"| {name} | {before:.1%} | {share:.1%} | {left:.2%} |" for name, before, share, left in rows(kinds, texts)]
        out.append("")
    if os.environ.get("DATA"):
        data = Path(os.environ["DATA"])
        out += ["| OpenCC's cases | cases | right |", "|---|--:|--:|"]
        out += [f"| {name} | {count} | {share:.0%} |" for name, count, share in opencc_cases(data)]
        total, steps = changed(data)
        out += ["", f"Changes in {total:,} characters of news and case digests: " + ", ".join(f"{step} {n:,}" for step, n in steps.items())]
    return "\n".join([*out, ""])


if __name__ == "__main__":
    sys.stdout.write(table())
