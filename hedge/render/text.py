"""For reading on a terminal: a line a sentence with its level, its cues and its holder marked in place."""

from __future__ import annotations

from hedge.render.marks import INDENT, PLAIN, Style, bold, dim, level_word, list_shares, mark, printable
from hedge.render.rows import Piece


def render(piece: Piece, style: Style = PLAIN) -> str:
    """Sentences with level, P(hedged), marked cues and holder; white space inside a sentence becomes one space."""
    columns = piece.columns
    texts = [printable(text) for text in piece.texts()]
    cues, holders = piece.cues(texts), piece.holders(texts)
    offsets = columns["cue_offsets"].tolist()
    lines = []
    for i, (text, level, hedged) in enumerate(
        zip(texts, columns["level"].tolist(), columns["p_hedged"].tolist(), strict=True)
    ):
        marked = mark(text, cues[offsets[i] : offsets[i + 1]], holders[i], style)
        lines.append(f"{level_word(level, style)} {hedged:.2f}  {marked}\n")
        if style.probabilities:
            shares = list_shares(columns["probabilities"][i].tolist())
            lines.append(f"{'':{INDENT}}{dim(shares, style)}\n")
    return "".join(lines)


def heading(file: str, style: Style = PLAIN) -> str:
    r"""Line above a file's sentences.

    >>> heading("a.txt")
    '== a.txt\n'
    """
    return bold(f"== {printable(file)}", style) + "\n"
