"""Markdown to paste into an issue or a document: a list of sentences with cues in bold and holders in italics."""

from __future__ import annotations

from typing import Final

from hedge.levels import LEVELS
from hedge.render.marks import CUE, END, HOLDER, HOLDER_END, Style, list_shares, mark_spans, printable
from hedge.render.rows import Piece
from hedge.render.summary import Tally

_MARKUP: Final = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "\\`*_[]#|~$"},
        **{"<": "&lt;", ">": "&gt;", "&": "&amp;"},
        **{CUE: "**", END: "**", HOLDER: "*", HOLDER_END: "*"},
    }
)


def render(piece: Piece, style: Style) -> str:
    """List of sentences: level, P(hedged), text; with the probabilities of all levels where the style wants them."""
    columns = piece.columns
    texts = [printable(text) for text in piece.texts()]
    cues, holders = piece.cues(texts), piece.holders(texts)
    offsets = columns["cue_offsets"].tolist()
    rows = zip(texts, piece.levels(), columns["p_hedged"].tolist(), columns["probabilities"].tolist(), strict=True)
    lines = []
    for i, (text, level, hedged, shares) in enumerate(rows):
        words = " ".join(mark_spans(text, cues[offsets[i] : offsets[i + 1]], holders[i]).split())
        lines.append(f"- `{level} {hedged:.2f}` {words.translate(_MARKUP)}\n")
        if style.probabilities:
            lines.append(f"  ({list_shares(shares)})\n")
    return "".join(lines)


def heading(file: str) -> str:
    """Heading above a file's sentences.

    >>> heading("my draft.txt").strip()
    '## my draft.txt'
    """
    return f"## {printable(file).translate(_MARKUP)}\n\n"


def summary(tally: Tally) -> str:
    """Table of the levels, and the most frequent cues."""
    rows = "".join(
        f"| {level.label} | {tally.levels[level]} | {tally.shares()[level]:.1%} |\n" for level in reversed(LEVELS)
    )
    cues = tally.list_cues(lambda words: printable(words).translate(_MARKUP))
    return f"| level | sentences | share |\n|---|---:|---:|\n{rows}" + (f"\nCues: {cues}\n" if cues else "")
