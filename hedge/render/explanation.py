"""Explanations for reading: level, what weighed, the candidates, what-ifs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from hedge.explain import Contribution, Explanation, SentenceExplanation, WhatIf
from hedge.model import sigmoid
from hedge.render.marks import PLAIN, Style, bold, level_word, list_shares, mark_sentence, printable

_AVERAGED: Final = 0.005
"""Difference from which it is said that the probability isn't that of the contributions."""

_SMALL: Final = 0.1
"""Contributions below this are summed up unless all are wanted."""


def render(explanation: Explanation, style: Style = PLAIN, *, every: bool = False) -> str:
    """Write an explanation as text; `every` lists each feature, where else a cue's features are one line."""
    return "\n".join("".join(_lines(explained, style, every)) for explained in explanation.sentences)


def _lines(explained: SentenceExplanation, style: Style, every: bool) -> Iterator[str]:
    sentence = explained.sentence
    yield f"{level_word(sentence.level, style)} {sentence.p_hedged:.2f}  {mark_sentence(sentence, style)}\n"
    yield f"  probabilities: {list_shares(sentence.probabilities)}\n"
    if sentence.holder:
        yield f"  on the word of: {printable(sentence.holder.text)} ({sentence.holder.kind.value})\n"
    yield (
        bold("  what weighs:", style)
        + f" + toward hedged, - toward certain; all add up to {explained.toward_hedged:+.2f}\n"
    )
    if abs(float(sigmoid(np.array(explained.toward_hedged))) - sentence.p_hedged) > _AVERAGED:
        yield "    (the decisions between levels contradict one another here; their probabilities are averaged)\n"
    rows = [(_subject(found, every), found.toward_hedged) for found in explained.contributions]
    yield from _contributions(_add_up(rows), 0.0 if every else _SMALL)
    if explained.candidates:
        yield bold("  candidates:", style) + "\n"
    for candidate in explained.candidates:
        verdict = "cue" if candidate.accepted else "no cue"
        reading = f", likely {candidate.reading}" if candidate.reading else ""
        words = printable(candidate.text)
        yield f"    {words:<20} {candidate.probability:.2f}  {verdict}, {candidate.type.value}{reading}\n"
    if explained.what_ifs:
        yield bold("  what if:", style) + "\n"
    for what_if in explained.what_ifs:
        yield f"    {level_word(what_if.level, style)} {what_if.p_hedged:.2f}  {_change(what_if)}\n"


def _subject(found: Contribution, every: bool) -> str:
    if found.source == "base":
        return found.name
    words = printable(found.subject)
    subject = words if found.source == "sentence" else f'{found.source} "{words}"'
    return f"{subject}: {printable(found.name)}" if every else subject


def _add_up(rows: list[tuple[str, float]]) -> list[tuple[str, float]]:
    totals: dict[str, float] = {}
    for subject, value in rows:
        totals[subject] = totals.get(subject, 0.0) + value
    return sorted(totals.items(), key=lambda item: -item[1])


def _contributions(rows: list[tuple[str, float]], least: float) -> Iterator[str]:
    shown = [row for row in rows if abs(row[1]) >= least]
    for subject, value in shown:
        yield f"    {value:+6.2f}  {subject}\n"
    if len(shown) < len(rows):
        rest = sum(value for _, value in rows) - sum(value for _, value in shown)
        yield f"    {rest:+6.2f}  {len(rows) - len(shown)} smaller ones\n"


def _change(what_if: WhatIf) -> str:
    words = printable(what_if.cue.text)
    change = f'without "{words}"' if what_if.change == "removed" else f'"{words}" negated'
    return f"{change}: {printable(what_if.text)}"
