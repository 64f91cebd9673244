"""A comparison of two texts: for reading on a terminal, as JSON, and as a page with two columns."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from hedge.alignment import LOOSE
from hedge.compare import Comparison, Pair
from hedge.document import Cue, Sentence
from hedge.render.marks import PLAIN, Style, bold, level_word, mark_sentence, printable
from hedge.render.page import get_template

SIGNS: Final = {"firmer": "↑", "weaker": "↓", "same": "=", "added": "+", "removed": "−"}
"""Changes, in the order of reports, and what stands for them beside their names."""


@dataclass(frozen=True)
class Names:
    """What the two texts are called."""

    before: str
    after: str


@dataclass(frozen=True)
class Run:
    """Consecutive characters of a sentence; `kind` is "lost", "added", "cue" (that stayed) or empty."""

    text: str
    kind: str


@dataclass(frozen=True)
class Row:
    """A pair as the page shows it: what changed, in words, and of either sentence the level and runs, or None."""

    change: str
    notes: tuple[str, ...]
    cells: tuple[tuple[str, tuple[Run, ...]] | None, ...]


def render_text(comparison: Comparison, names: Names, style: Style = PLAIN, *, every: bool = False) -> str:
    """Pairs one below the other, - before and + after, each with its level and marked cues; then the verdict.

    `every` shows all pairs, where else only those that matter are shown.
    """
    blocks = [_block(pair, names, style) for pair in _choose(comparison, every)]
    verdict = [f"{_wrap(line, style)}\n" for line in comparison.verdict(names.before, names.after)]
    return "\n".join([*blocks, "".join(verdict)])


def _wrap(line: str, style: Style) -> str:
    line = printable(line)
    return textwrap.fill(line, max(style.width, 20), break_on_hyphens=False) if style.width else line


def _choose(comparison: Comparison, every: bool) -> list[Pair]:
    return [pair for pair in comparison.pairs if every or pair.matters]


def _block(pair: Pair, names: Names, style: Style) -> str:
    """Lines of a pair; what is the same in both texts is written once."""
    if pair.before and pair.after and pair.before.text == pair.after.text and not pair.matters:
        return _line("=", pair.after, style)
    sides = [_line(sign, sentence, style) for sign, sentence in (("-", pair.before), ("+", pair.after)) if sentence]
    heading = _wrap(f"{pair.change}: {', '.join(_details(pair, names))}", style)
    return f"{bold(heading, style)}\n" + "".join(sides)


def _line(sign: str, sentence: Sentence, style: Style) -> str:
    return f"{sign} {level_word(sentence.level, style, 14)}  {mark_sentence(sentence, style)}\n"


def _details(pair: Pair, names: Names) -> Iterator[str]:
    """Levels, similarity and changed cues of a pair, in words."""
    if pair.before is None or pair.after is None:
        yield f"no counterpart in {names.before if pair.before is None else names.after}"
    else:
        yield " → ".join(dict.fromkeys((pair.before.level.label, pair.after.level.label)))
        yield f"{'only ' if pair.similarity < LOOSE else ''}{pair.similarity:.2f} alike"
        yield from _changed_cues(pair)


def _changed_cues(pair: Pair) -> Iterator[str]:
    for name, cues in (("lost", pair.lost), ("added", pair.added), ("stressed by", pair.boosters)):
        if cues:
            yield f"{name} " + ", ".join(f"“{' '.join(cue.text.split())}”" for cue in cues)
    for name, source in (("source lost", pair.source_lost), ("source added", pair.source_added)):
        if source:
            yield f"{name}: “{' '.join(source.text.split())}”"


def render_json(comparison: Comparison, names: Names, *, every: bool = False) -> str:
    """JSON object with the keys below, in this order; offsets are code points, half-open.

    - `before`, `after`: names of the texts.
    - `verdict`: sentences that sum it up.
    - `counts`: number of pairs, shown or not, that are `firmer`, `weaker`, `same`, `added`, `removed`.
    - `pairs`: of each its `change`, `similarity` (0..1), the sentences `before` and `after` (null where there is none)
      and the cues `lost`, `added` and `boosters`. A sentence has `start` and `end` in its text, `text`, `level`,
      `certainty`, `p_hedged`, `cues`, `holder`; a cue or holder has `start` and `end` in its sentence, `text`, and
      `type` and `negated` or `kind`.
    """
    record = {
        "before": names.before,
        "after": names.after,
        "verdict": comparison.verdict(names.before, names.after),
        "counts": {change: len(comparison.select(change)) for change in SIGNS},
        "pairs": [_record(pair) for pair in _choose(comparison, every)],
    }
    return json.dumps(record, indent=1, ensure_ascii=False) + "\n"


def _record(pair: Pair) -> dict[str, Any]:
    return {
        "change": pair.change,
        "similarity": round(pair.similarity, 4),
        "before": pair.before and _sentence_record(pair.before),
        "after": pair.after and _sentence_record(pair.after),
        "lost": [_cue_record(cue) for cue in pair.lost],
        "added": [_cue_record(cue) for cue in pair.added],
        "boosters": [_cue_record(cue) for cue in pair.boosters],
    }


def _sentence_record(sentence: Sentence) -> dict[str, Any]:
    held = sentence.holder
    return {
        "start": sentence.start,
        "end": sentence.end,
        "text": sentence.text,
        "level": sentence.level.label,
        "certainty": round(sentence.certainty, 4),
        "p_hedged": round(sentence.p_hedged, 4),
        "cues": [_cue_record(cue) for cue in sentence.cues],
        "holder": held and {"start": held.start, "end": held.end, "text": held.text, "kind": held.kind.value},
    }


def _cue_record(cue: Cue) -> dict[str, Any]:
    return {"start": cue.start, "end": cue.end, "text": cue.text, "type": cue.type.value, "negated": cue.negated}


def render_html(comparison: Comparison, names: Names, *, every: bool = False) -> str:
    """Self-contained page without scripts; all text is escaped, control characters are replaced."""
    page = get_template("comparison.html").render(
        names=names,
        verdict=comparison.verdict(names.before, names.after),
        counts=[(change, len(comparison.select(change))) for change in SIGNS],
        signs=SIGNS,
        rows=[_row(pair) for pair in _choose(comparison, every)],
        total=len(comparison.pairs),
    )
    return printable(page)


def _row(pair: Pair) -> Row:
    notes = tuple(_details(pair, Names("", ""))) if pair.before and pair.after else ()
    cells = tuple(
        (sentence.level.label, tuple(_runs(sentence, changed, kind))) if sentence else None
        for sentence, changed, kind in (
            (pair.before, pair.lost, "lost"),
            (pair.after, (*pair.added, *pair.boosters), "added"),
        )
    )
    return Row(pair.change, notes, cells)


def _runs(sentence: Sentence, changed: tuple[Cue, ...], kind: str) -> Iterator[Run]:
    """Cut a sentence at its cues; the changed ones have a kind of their own."""
    done = 0
    for cue in sentence.cues:
        yield Run(sentence.text[done : cue.start], "")
        yield Run(cue.text, kind if cue in changed else "cue")
        done = cue.end
    yield Run(sentence.text[done:], "")
