"""What every format needs of a piece of text: its columns as Python lists, with texts cut out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from hedge.document import Columns, take_sentences
from hedge.levels import CUE_TYPES, HOLDER_KINDS, LEVELS

_LATER: Final = "\udcff"  # stands around a sentence's number in its piece; a lone surrogate can't be part of a text
_MARK: Final = _LATER.encode("utf-8", "surrogateescape")

_PARTS: Final = 10_000
_FEW: Final = 1000
"""Numbers for which a table of all decimals doesn't pay."""
_TYPES: Final = [kind.value for kind in CUE_TYPES]
_LEVELS: Final = np.array([level.label for level in LEVELS], dtype=object)


@dataclass(frozen=True)
class Piece:
    """A scored piece of a file.

    Attributes
    ----------
    file : the file's name as the user gave it.
    text : the piece.
    columns : its columns; offsets count from the piece's start.
    begun : code points of the file before the piece.
    sentences : sentences of the file before the piece, or None if that isn't known yet.
    lines : where each line is one sentence, their numbers in the file, from 1; else None.
    ordinals : int64[s], numbers of the sentences in the piece, from 1, where some were left out; else None.
    row : for a text from a row of a table, the row's number; else None.
    fields : the row's other columns.

    """

    file: str
    text: str
    columns: Columns
    begun: int = 0
    sentences: int | None = None
    lines: Sequence[int] | None = None
    ordinals: npt.NDArray[np.int64] | None = None
    row: int | None = None
    fields: Mapping[str, object] = field(default_factory=dict)

    def numbers(self) -> Sequence[object]:
        """Return the number of each sentence in the file, or what `number_sentences` replaces by it."""
        if self.lines is not None:
            return self.lines
        count = len(self.columns["start"])
        ordinals = range(1, count + 1) if self.ordinals is None else self.ordinals.tolist()
        if self.sentences is None:
            return [f"{_LATER}{ordinal}{_LATER}" for ordinal in ordinals]
        return [self.sentences + ordinal for ordinal in ordinals]

    def select(self, levels: Sequence[int]) -> Piece:
        """Return the piece with only the sentences at some levels."""
        kept = np.flatnonzero(np.isin(self.columns["level"], levels))
        return replace(
            self,
            columns=take_sentences(self.columns, kept),
            ordinals=kept + 1,
            lines=None if self.lines is None else [self.lines[i] for i in kept.tolist()],
        )

    def places(self) -> tuple[list[int], list[int]]:
        """Return where each sentence starts and ends, in code points of the file."""
        return (self.columns["start"] + self.begun).tolist(), (self.columns["end"] + self.begun).tolist()

    def levels(self) -> list[str]:
        """Return the name of each sentence's level."""
        named: list[str] = _LEVELS.take(self.columns["level"]).tolist()
        return named

    def texts(self) -> list[str]:
        """Return the text of each sentence."""
        bounds = zip(self.columns["start"].tolist(), self.columns["end"].tolist(), strict=True)
        return [self.text[start:end] for start, end in bounds]

    def cues(self, texts: Sequence[str]) -> list[tuple[str, int, int, str]]:
        """Return words, start and end (code points of the sentence) and type of each cue; `texts` as from `texts()`."""
        names = ("cue_start", "cue_end", "cue_type")
        sentences = np.repeat(np.arange(len(texts)), np.diff(self.columns["cue_offsets"]))
        rows = zip(sentences.tolist(), *(self.columns[name].tolist() for name in names), strict=True)
        return [(texts[i][start:end], start, end, _TYPES[kind]) for i, start, end, kind in rows]

    def holders(self, texts: Sequence[str]) -> list[tuple[str, int, int, str] | None]:
        """Return words, start and end (code points of the sentence) and kind of each sentence's holder, or None."""
        found: list[tuple[str, int, int, str] | None] = [None] * len(texts)
        for i in np.flatnonzero(self.columns["holder_kind"] >= 0).tolist():
            start, end = int(self.columns["holder_start"][i]), int(self.columns["holder_end"][i])
            found[i] = (texts[i][start:end], start, end, HOLDER_KINDS[self.columns["holder_kind"][i]].value)
        return found


def to_bytes(rendered: str) -> bytes:
    """UTF-8 of a rendered piece; `number_sentences` enters the numbers of its sentences."""
    return rendered.encode("utf-8", "surrogateescape")


def number_sentences(rendered: bytes, before: int) -> bytes:
    r"""Enter the numbers of the sentences, when `before` sentences of the file come before the piece.

    >>> number_sentences(to_bytes("\udcff1\udcff: It rained.\n\udcff2\udcff: It may snow.\n"), 6)
    b'7: It rained.\n8: It may snow.\n'
    >>> number_sentences(to_bytes("\udcff1\udcff: It rained.\n\udcff3\udcff: It may snow.\n"), 6)
    b'7: It rained.\n9: It may snow.\n'
    """
    if _MARK not in rendered:
        return rendered
    pieces = rendered.split(_MARK)
    ordinals = pieces[1::2]
    first, last = int(ordinals[0]), int(ordinals[-1])
    if last - first == len(ordinals) - 1:  # none was left out
        numbers = [b"%d" % number for number in range(before + first, before + last + 1)]
    else:
        numbers = [b"%d" % (before + int(ordinal)) for ordinal in ordinals]
    pieces[1::2] = numbers
    return b"".join(pieces)


def shorten(shares: npt.NDArray[Any]) -> list[str]:
    """Numbers from 0 to 1, float64[n], as decimals of at most four places.

    >>> shorten(np.array([0.97, 1 / 3, 1.0]))
    ['0.97', '0.3333', '1.0']
    """
    parts = np.rint(shares * _PARTS).astype(np.int64)
    if len(parts) < _FEW:
        return [repr(part / _PARTS) for part in parts.tolist()]
    decimals: list[str] = _list_decimals().take(parts, mode="clip").tolist()
    return decimals


@cache
def _list_decimals() -> npt.NDArray[np.object_]:
    return np.array([repr(part / _PARTS) for part in range(_PARTS + 1)], dtype=object)
