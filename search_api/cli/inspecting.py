"""An inspection on a terminal: lists and counts first, then the text before and after, in two columns where there is room for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from corpus.vocabulary import screen
from search_api.cli.base import say
from search_api.cli.bilingual import tr
from search_api.inspect_files import Entry
from search_api.inspect_lines import Folded, Shown, beginning, label
from search_api.inspecting import Inspection, Spot
from search_api.sidebyside import Bit

_WIDE = 100  # columns from which both sides stand next to each other
_STAYED = 60  # characters of unchanged text inside a paragraph that are shown whole
_ENDS = 20  # characters of a longer one that are shown at each end
_MOST = 400  # characters of one stretch that was left out
_SECTIONS = 60
_BLANK_LINES = re.compile(r"\n\s*\n")
_OUT, _IN, _MASKED, _DOUBT = "red strike", "green underline", "magenta", "black on yellow"


def show_inspection(found: Inspection, console: Console) -> None:
    """Everything about one report."""
    _head(found)
    _lists(found)
    say()
    if not found.steps:
        say(screen("inspect.no_changes"))
    wide = console.is_terminal and console.width >= _WIDE
    coloured = console.color_system is not None
    if not coloured and found.steps:
        say("记号：[-删去或换掉的-]，{+添上的+}")
    show = _two_columns if wide else _one_column
    for shown in found.lines:
        _announce(shown.rows[0] if isinstance(shown, Folded) else shown)
        if isinstance(shown, Folded):
            count = screen("inspect.folded", paragraphs=len(shown.rows), n=shown.characters)
            console.print(Text(f"{count}：{shown.opening}", "dim"))
        elif not shown.is_heading:
            show(shown, console, coloured)


def show_entry(entry: Entry) -> None:
    """One line for a report of several."""
    if entry.message:
        say("{source}：未能读取 {message}", source=entry.source, message=entry.message)
        return
    say(
        "{source}：{media}，{kind}《{title}》，{characters} 字，{cases} 个案例",
        source=entry.source,
        media=entry.media_words,
        kind=entry.kind,
        title=entry.title,
        characters=entry.characters,
        cases=entry.cases,
    )


def _head(found: Inspection) -> None:
    reading = found.reading
    say(found.title)
    say(f"{found.source}（{found.media_words}）")
    say(screen("inspect.notice"))
    for name, value in found.metadata:
        say(f"  {name}：{value}")
    changes = sum(step.count for step in found.steps)
    say(f"{screen('inspect.counts', before=len(reading.source), after=len(reading.text))}，{screen('inspect.changes', n=changes)}")
    for step in found.steps:
        say(
            "  {label} {count} 处：去 {removed} 字，添 {added} 字{why}",
            label=step.label,
            count=step.count,
            removed=step.removed,
            added=step.added,
            why=f"（{step.why}）" if step.why else "",
        )


def _lists(found: Inspection) -> None:
    masked = "，".join(f"{label('personal', kind)} {count}" for kind, count in found.personal)
    if found.elsewhere:
        masked = "，".join(filter(None, (masked, screen("inspect.masked_elsewhere", n=found.elsewhere))))
    say(f"{screen('inspect.masked')}：{masked}" if masked else screen("inspect.nothing_masked"))
    _spots(screen("inspect.damaged"), found.damaged)
    _spots(screen("inspect.unsure"), found.unsure)
    if found.left_out:
        say(f"{screen('inspect.left_out')}：")
        for change in found.left_out:
            say("  · {text}（{count} 字）", text=beginning(change.before), count=len(change.before))
    say(f"{screen('inspect.split')}：" if found.cases else screen("inspect.no_cases"))
    for line in found.cases:
        about = "，".join(item for item in (line.place, line.pages, tr("{count} 字", count=line.characters)) if item)
        say(f"  {line.number}. {line.title}（{about}）")
        say(f"     {line.first}")
    if found.sections:
        say(f"{screen('report.sections')}：")
    for section in found.sections[:_SECTIONS]:
        about = "，".join(item for item in (section.place, tr("把握 {share}%", share=round(section.section.confidence * 100))) if item)
        say(f"  [{section.role}] {section.heading}（{about}）")
    if len(found.sections) > _SECTIONS:
        say("  另有 {count} 节", count=len(found.sections) - _SECTIONS)
    if found.facts:
        facts = "，".join(f"{label('fact', kind)} {count}" for kind, count in found.facts)
        say(f"{screen('report.facts')}：{facts}")


def _spots(title: str, spots: Sequence[Spot]) -> None:
    if spots:
        say(f"{title}：")
    for spot in spots:
        say(f"  · {spot.place}　…{spot.before}【{spot.text}】{spot.after}…".replace("· 　", "· "))


def _announce(shown: Shown) -> None:
    """What begins with a row: a page, a case, a section."""
    signs = [shown.place] if shown.place else []
    if shown.case:
        signs.append(f"◆ {shown.case.number}. {shown.case.title}")
    if shown.section:
        signs.append(f"[{shown.section.role}]" + (f" {shown.section.heading}" if shown.is_heading else ""))
    if signs:
        say(f"— {'　'.join(signs)} —")


def _two_columns(shown: Shown, console: Console, coloured: bool) -> None:
    table = Table(box=None, show_header=False, expand=True, padding=(0, 1))
    table.add_column(ratio=1, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    after = _side(shown.row.after, coloured, put_in=True)
    if shown.reasons:
        after.append(("\n" if after.plain else "") + _reasons(shown), "dim italic")
    table.add_row(_side(shown.row.before, coloured, put_in=False), after)
    console.print(table)


def _one_column(shown: Shown, console: Console, coloured: bool) -> None:
    before, after = _side(shown.row.before, coloured, put_in=False), _side(shown.row.after, coloured, put_in=True)
    if not shown.row.changed:
        console.print(after)
        return
    for name, side in ((screen("inspect.source"), before), (screen("inspect.clean"), after)):
        if side.plain:
            console.print(Text(f"{name}：", "bold"), end="")
            console.print(side)
    console.print(Text(f"{tr('理由')}：{_reasons(shown)}\n", "dim" if coloured else ""))


def _reasons(shown: Shown) -> str:
    return "，".join(f"{name} {count}" if count > 1 else name for _, name, count in shown.reasons)


def _side(bits: Iterable[Bit], coloured: bool, *, put_in: bool) -> Text:
    """One side of a row. Without colours, signs stand around what was taken out, and what was put in where nothing had been."""
    side = Text()
    for bit in bits:
        text = _BLANK_LINES.sub("\n", bit.text)
        if bit.change is None:
            text = _shortened(text)
            side.append(text, _note_style(bit) if coloured else "")
        elif bit.change.slight:
            side.append("" if "\n" in text else text, "dim")
        else:
            text = text.strip("\n") if not put_in else text
            text = text if len(text) <= _MOST else f"{text[:_MOST]}…… {tr('（共 {count} 字）', count=len(text))}"
            if coloured:
                side.append(text, _note_style(bit) or (_IN if put_in else _OUT))
            else:
                side.append(text if put_in and bit.change.before else f"{{+{text}+}}" if put_in else f"[-{text}-]")
    side.rstrip()
    return side


def _note_style(bit: Bit) -> str:
    if bit.note.startswith("masked"):
        return _MASKED
    return _DOUBT if bit.note else ""


def _shortened(text: str) -> str:
    if len(text) <= _STAYED:
        return text
    return f"{text[:_ENDS]}{screen('inspect.unchanged', n=len(text) - 2 * _ENDS)} ……{text[-_ENDS:]}"
