"""For reading: a line a sentence with its level and its cues marked in place, and a summary at the end."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from hedge.levels import CUE_TYPES, HEDGE_TYPES, LEVELS
from hedge.render.rows import Piece

_LEVELS: Final = [level.label for level in LEVELS]
_INDENT: Final = 18
"""Columns before a sentence's text: the longest level, a space, the probability, two spaces."""

_LEAST_WIDTH: Final = 20
_TOP_CUES: Final = 8
_LOWERING: Final = frozenset(kind.value for kind in CUE_TYPES[:HEDGE_TYPES])

# Marks inside a text that is still to be wrapped; control characters of the text itself have been replaced before.
_CUE, _OTHER, _END = "\x01", "\x02", "\x03"
_UNMARKED: Final = str.maketrans("", "", _CUE + _OTHER + _END)
_BRACKETS: Final = str.maketrans({_CUE: "[", _OTHER: "[", _END: "]"})
_ESCAPES: Final = str.maketrans({_CUE: "\x1b[1;4;33m", _OTHER: "\x1b[4m", _END: "\x1b[0m"})
_COLOURS: Final = ("\x1b[31m", "\x1b[33m", "\x1b[36m", "\x1b[32m")  # of the levels, from uncommitted to certain
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"

# A control character in a text could move the cursor or recolour the terminal; white space is not meant here.
_CONTROLS: Final = {
    code: "\ufffd" for code in range(0xA0) if unicodedata.category(chr(code)) == "Cc" and not chr(code).isspace()
}


@dataclass(frozen=True)
class Style:
    """How to write for the reader at hand.

    Attributes
    ----------
    colour : use ANSI colours; else cues stand in brackets.
    width : columns of the terminal, to wrap to; None for one line a sentence.

    """

    colour: bool = False
    width: int | None = None


PLAIN: Final = Style()


def render(piece: Piece, style: Style = PLAIN) -> str:
    """Sentences with level, P(hedged) and marked cues; white space inside a sentence becomes one space."""
    columns = piece.columns
    texts = [text.translate(_CONTROLS) for text in piece.texts()]
    cues = piece.cues(texts)
    offsets = columns["cue_offsets"].tolist()
    lines = []
    for i, (text, level, hedged) in enumerate(
        zip(texts, columns["level"].tolist(), columns["p_hedged"].tolist(), strict=True)
    ):
        marked = _mark(text, cues[offsets[i] : offsets[i + 1]], style.colour)
        lines.append(f"{_word(level, style)} {hedged:.2f}  {_wrap(marked, style)}\n")
    return "".join(lines)


def _word(level: int, style: Style) -> str:
    word = f"{_LEVELS[level]:<11}"
    return f"{_COLOURS[level]}{word}{_PLAIN}" if style.colour else word


def _mark(text: str, cues: Sequence[tuple[str, int, int, str]], each_word: bool) -> str:
    """Put marks around cues; around each of their words where a line break must not fall between them."""
    parts, done = [], 0
    for words, start, end, kind in cues:
        mark = _CUE if kind in _LOWERING else _OTHER
        inside = " ".join(f"{mark}{word}{_END}" for word in words.split()) if each_word else f"{mark}{words}{_END}"
        parts += [text[done:start], inside]
        done = end
    return "".join(parts) + text[done:]


def _wrap(marked: str, style: Style) -> str:
    final = _ESCAPES if style.colour else _BRACKETS
    words = marked.split()
    if style.width is None:
        return " ".join(words).translate(final)
    lines = _fill(words, max(style.width - _INDENT, _LEAST_WIDTH))
    return ("\n" + " " * _INDENT).join(lines).translate(final)


def _fill(words: Sequence[str], width: int) -> Iterator[str]:
    """Lines of whole words, at most `width` columns where no word is longer; marks take no room."""
    line: list[str] = []
    used = 0
    for word in words:
        size = _columns(word)
        if line and used + 1 + size > width:
            yield " ".join(line)
            line, used = [], 0
        used += size + bool(line)
        line.append(word)
    yield " ".join(line)


def _columns(word: str) -> int:
    """Terminal columns of a word without its marks; East Asian wide characters take two, combining marks none."""
    bare = word.translate(_UNMARKED)
    if bare.isascii():
        return len(bare)
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in bare)
    return len(bare) + wide - sum(unicodedata.combining(character) > 0 for character in bare)


def heading(file: str, style: Style = PLAIN) -> str:
    r"""Line above a file's sentences.

    >>> heading("a.txt")
    '== a.txt\n'
    """
    line = f"== {file.translate(_CONTROLS)}"
    return f"{_BOLD}{line}{_PLAIN}\n" if style.colour else f"{line}\n"


@dataclass
class Tally:
    """What the summary counts: sentences at each level, and cues by their words in lower case."""

    levels: list[int] = field(default_factory=lambda: [0] * len(LEVELS))
    cues: Counter[str] = field(default_factory=Counter)

    def add(self, piece: Piece) -> None:
        """Count a piece."""
        counts = np.bincount(piece.columns["level"], minlength=len(LEVELS)).tolist()
        self.levels = [a + b for a, b in zip(self.levels, counts, strict=True)]
        cues = piece.cues(piece.texts())
        self.cues.update(" ".join(words.lower().split()) for words, _, _, kind in cues if kind in _LOWERING)

    def merge(self, other: Tally) -> None:
        """Add another tally."""
        self.levels = [a + b for a, b in zip(self.levels, other.levels, strict=True)]
        self.cues.update(other.cues)


def summary(tally: Tally, style: Style = PLAIN) -> str:
    r"""Number and share of sentences at each level, and the most frequent cues that lower it.

    >>> print(summary(Tally([0, 1, 0, 3], Counter(may=2, could=1))), end="")
    4 sentences: 3 certain (75.0%), 0 probable (0.0%), 1 possible (25.0%), 0 uncommitted (0.0%)
    cues: may 2, could 1
    """
    total = sum(tally.levels)
    if not total:
        return "no sentences\n"
    shares = ", ".join(
        f"{tally.levels[level]} {_coloured(level, style)} ({tally.levels[level] / total:.1%})"
        for level in reversed(range(len(LEVELS)))
    )
    ranked = sorted(tally.cues.items(), key=lambda item: (-item[1], item[0]))[:_TOP_CUES]
    cues = ", ".join(f"{words.translate(_CONTROLS)} {count}" for words, count in ranked)
    return f"{total} sentence{'s' if total > 1 else ''}: {shares}\n" + (f"cues: {cues}\n" if cues else "")


def _coloured(level: int, style: Style) -> str:
    return f"{_COLOURS[level]}{_LEVELS[level]}{_PLAIN}" if style.colour else _LEVELS[level]
