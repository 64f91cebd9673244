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
    sentences : sentences of the file before the piece.
    lines : where each line is one sentence, their numbers in the file, from 1; else None.
    ordinals : int64[s], numbers of the sentences in the piece, from 1, where some were left out; else None.
    row : for a text from a row of a table, the row's number; else None.
    fields : the row's other columns.

    """

    file: str
    text: str
    columns: Columns
    begun: int = 0
    sentences: int = 0
    lines: Sequence[int] | None = None
    ordinals: npt.NDArray[np.int64] | None = None
    row: int | None = None
    fields: Mapping[str, object] = field(default_factory=dict)

    def numbers(self) -> Sequence[int]:
        """Return the number of each sentence in the file."""
        if self.lines is not None:
            return self.lines
        begin = self.sentences + 1
        if self.ordinals is None:
            return range(begin, begin + len(self.columns["start"]))
        numbers: list[int] = (self.ordinals + self.sentences).tolist()
        return numbers

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
