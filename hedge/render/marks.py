"""Words marked in place and wrapped for a terminal: cues in brackets or underlined, holders in braces or coloured."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from hedge.document import Sentence
from hedge.levels import LEVELS, LOWERING_NAMES

INDENT: Final = 18
"""Columns before a sentence's text: the longest level, a space, the probability, two spaces."""

_LEAST_WIDTH: Final = 20

Span = tuple[str, int, int, str]
"""Words, start and end in the sentence, and type of a cue or kind of a holder."""

# Marks inside a text that is still to be wrapped; control characters of the text itself have been replaced before.
CUE, _OTHER, HOLDER, END, HOLDER_END = "\x01", "\x02", "\x03", "\x04", "\x05"
_UNMARKED: Final = str.maketrans("", "", CUE + _OTHER + HOLDER + END + HOLDER_END)
_BRACKETS: Final = str.maketrans({CUE: "[", _OTHER: "[", HOLDER: "{", END: "]", HOLDER_END: "}"})
_ESCAPES: Final = str.maketrans(
    {CUE: "\x1b[1;4;33m", _OTHER: "\x1b[4m", HOLDER: "\x1b[35m", END: "\x1b[0m", HOLDER_END: "\x1b[0m"}
)
_COLOURS: Final = ("\x1b[31m", "\x1b[33m", "\x1b[36m", "\x1b[32m")  # of the levels, from uncommitted to certain
_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"

# A control character in a text could move the cursor or recolour the terminal, one that sets the direction of writing
# could turn the line round; white space is not meant here.
_CONTROLS: Final = {
    code: "\ufffd" for code in range(0xA0) if unicodedata.category(chr(code)) == "Cc" and not chr(code).isspace()
} | dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd")


@dataclass(frozen=True)
class Style:
    """How to write for the reader at hand.

    Attributes
    ----------
    colour : use ANSI colours; else cues stand in brackets, holders in braces.
    width : columns of the terminal, to wrap to; None for one line a sentence.
    probabilities : write those of the four levels too.

    """

    colour: bool = False
    width: int | None = None
    probabilities: bool = False


PLAIN: Final = Style()


def printable(text: str) -> str:
    r"""Text whose control characters are replaced, one for one, by what a terminal can bear.

    >>> printable("a\x1b[2Jb")
    'a�[2Jb'
    """
    return text.translate(_CONTROLS)


def level_word(level: int, style: Style = PLAIN, width: int = 11) -> str:
    """Name of a level, filled up to `width`, coloured where that is wanted."""
    word = f"{LEVELS[level].label:<{width}}"
    return f"{_COLOURS[level]}{word}{_PLAIN}" if style.colour else word


def bold(text: str, style: Style) -> str:
    """Text that stands out where that is possible."""
    return f"{_BOLD}{text}{_PLAIN}" if style.colour else text


def dim(text: str, style: Style) -> str:
    """Text that stands back where that is possible."""
    return f"{_DIM}{text}{_PLAIN}" if style.colour else text


def list_shares(probabilities: Sequence[float]) -> str:
    """The probabilities of the four levels in a line.

    >>> list_shares([0.01, 0.9, 0.06, 0.03])
    'uncommitted 0.01, possible 0.90, probable 0.06, certain 0.03'
    """
    return ", ".join(f"{level.label} {probabilities[level]:.2f}" for level in LEVELS)


def mark_sentence(sentence: Sentence, style: Style) -> str:
    """A sentence as `mark` writes it, with all its cues and its holder."""
    cues = [(cue.text, cue.start, cue.end, cue.type.value) for cue in sentence.cues]
    held = sentence.holder
    holder = (held.text, held.start, held.end, held.kind.value) if held else None
    return mark(printable(sentence.text), cues, holder, style)


def mark(text: str, cues: Sequence[Span], holder: Span | None, style: Style) -> str:
    """A sentence, wrapped to the style's width, with its cues and its holder marked; `text` must be printable."""
    if style.colour:
        marked, final = _mark_words(text, cues, holder), _ESCAPES
    else:
        marked, final = mark_spans(text, cues, holder), _BRACKETS
    words = marked.split()
    if style.width is None:
        return " ".join(words).translate(final)
    lines = _fill(words, max(style.width - INDENT, _LEAST_WIDTH))
    return ("\n" + " " * INDENT).join(lines).translate(final)


def mark_spans(text: str, cues: Sequence[Span], holder: Span | None) -> str:
    """Put a mark (CUE ... END, HOLDER ... HOLDER_END) around each span, the shorter of two inside the longer.

    >>> held = mark_spans("Some say so.", [("Some say", 0, 8, "weasel")], ("Some", 0, 4, "collective"))
    >>> held.translate({ord(CUE): "[", ord(END): "]", ord(HOLDER): "{", ord(HOLDER_END): "}"})
    '[{Some} say] so.'
    """
    spans = [(start, end, 1, CUE, END) for _, start, end, _ in cues]
    if holder:
        spans.append((holder[1], holder[2], 0, HOLDER, HOLDER_END))  # outside a cue of the same words
    marks = [(start, 1, -end, inner, sign) for start, end, inner, sign, _ in spans]
    marks += [(end, 0, -start, -inner, sign) for start, end, inner, _, sign in spans]
    parts, done = [], 0
    for position, *_, sign in sorted(marks):
        parts += [text[done:position], sign]
        done = position
    return "".join(parts) + text[done:]


def _mark_words(text: str, cues: Sequence[Span], holder: Span | None) -> str:
    """Put marks around each word of each span, since a colour must not run on into the next line."""
    spans = [(start, end, CUE if kind in LOWERING_NAMES else _OTHER) for _, start, end, kind in cues]
    if holder:
        _, begin, stop, _ = holder
        for start, end, _ in [*spans, (stop, stop, "")]:  # what no cue takes
            if begin < min(start, stop):
                spans.append((begin, min(start, stop), HOLDER))
            begin = max(begin, end)
    parts, done = [], 0
    for start, end, sign in sorted(spans):
        parts += [text[done:start], re.sub(r"(\S+)", rf"{sign}\1{END}", text[start:end])]
        done = end
    return "".join(parts) + text[done:]


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
