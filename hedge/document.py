"""Columns to objects: a scored text as arrays, and as sentences, cues and holders for who wants them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from hedge.levels import CUE_TYPES, HOLDER_KINDS, LEVELS, CueType, HolderKind, Level

Columns = dict[str, npt.NDArray[Any]]

_OF_SENTENCES: Final = ("start", "end", "level", "certainty", "p_hedged", "probabilities", "cue_offsets")
_OF_CUES: Final = ("cue_start", "cue_end", "cue_type", "cue_probability", "cue_negated")
UNFAMILIAR: Final = 0.15
"""Share of unknown words above which a text is unlike what the model was trained on. English prose of genres that it
didn't see has 1 to 8 per cent, passages in other languages mostly have 30 to 70."""

_OF_HOLDERS: Final = ("holder_start", "holder_end", "holder_kind")


@dataclass(frozen=True)
class Cue:
    """Words that carry (un)certainty; `start` and `end` are code points in the sentence's text."""

    text: str
    start: int
    end: int
    type: CueType
    probability: float
    negated: bool


@dataclass(frozen=True)
class Holder:
    """The source to whom a sentence attributes its claim; `start` and `end` are code points in the sentence's text."""

    text: str
    start: int
    end: int
    kind: HolderKind


@dataclass(frozen=True)
class Sentence:
    """One judged sentence.

    Attributes
    ----------
    text : the sentence as it stands in the document.
    start, end : half-open code-point offsets into the document's text.
    level : the weakest commitment to any claim it puts forward.
    certainty : 0..1, the sum over levels of P(level) * rank / 3.
    p_hedged : 0..1, 1 - P(certain).
    probabilities : P(uncommitted), P(possible), P(probable), P(certain); they sum to 1.
    cues : the words that carry it, in order.
    holder : on whose word, or None for the author's own.

    """

    text: str
    start: int
    end: int
    level: Level
    certainty: float
    p_hedged: float
    probabilities: tuple[float, float, float, float]
    cues: tuple[Cue, ...]
    holder: Holder | None


@dataclass(frozen=True, eq=False)
class Document:
    """A scored text.

    Attributes
    ----------
    text : the text that was scored.
    columns : the judgement as arrays. Of s sentences: `start`, `end` int64[s] (code points into `text`),
        `level` int8[s], `certainty`, `p_hedged` float64[s], `probabilities` float64[s, 4], `cue_offsets` int64[s + 1]
        (sentence i has cues cue_offsets[i] up to cue_offsets[i + 1]), `holder_start`, `holder_end` int64[s]
        (code points into the sentence, -1 for no holder), `holder_kind` int8[s] (index into HOLDER_KINDS or -1).
        `words`, `unknown_words` int64[s] (words, and those that training didn't see; names and numbers
        that it didn't see are left out of both).
        Of c cues: `cue_start`, `cue_end` int64[c] (code points into the sentence), `cue_type` uint8[c] (index into
        CUE_TYPES), `cue_probability` float64[c], `cue_negated` bool[c].

    """

    text: str
    columns: Columns

    def __len__(self) -> int:
        return len(self.columns["start"])

    @property
    def unknown_share(self) -> float:
        """Share of unknown words, but for names and numbers; above `UNFAMILIAR` the judgements are guesses."""
        return int(self.columns["unknown_words"].sum()) / max(int(self.columns["words"].sum()), 1)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences in order, built at the first call."""
        bounds = zip(self.columns["start"].tolist(), self.columns["end"].tolist(), strict=True)
        return build_sentences([self.text[start:end] for start, end in bounds], self.columns)


def build_sentences(texts: list[str], columns: Columns) -> tuple[Sentence, ...]:
    """Objects from columns; `texts` are the sentences' texts, one for each row."""
    rows = {name: columns[name].tolist() for name in (*_OF_SENTENCES, *_OF_CUES, *_OF_HOLDERS)}
    offsets = rows["cue_offsets"]
    return tuple(
        Sentence(
            text,
            rows["start"][i],
            rows["end"][i],
            LEVELS[rows["level"][i]],
            rows["certainty"][i],
            rows["p_hedged"][i],
            tuple(rows["probabilities"][i]),
            tuple(_build_cue(text, rows, j) for j in range(offsets[i], offsets[i + 1])),
            _build_holder(text, rows, i),
        )
        for i, text in enumerate(texts)
    )


def _build_cue(text: str, rows: dict[str, list[Any]], j: int) -> Cue:
    start, end = rows["cue_start"][j], rows["cue_end"][j]
    kind = CUE_TYPES[rows["cue_type"][j]]
    return Cue(text[start:end], start, end, kind, rows["cue_probability"][j], rows["cue_negated"][j])


def _build_holder(text: str, rows: dict[str, list[Any]], i: int) -> Holder | None:
    kind = rows["holder_kind"][i]
    if kind < 0:
        return None
    start, end = rows["holder_start"][i], rows["holder_end"][i]
    return Holder(text[start:end], start, end, HOLDER_KINDS[kind])


def take_sentences(columns: Columns, kept: npt.NDArray[np.int64]) -> Columns:
    """Columns of some of the sentences, int64[k], in increasing order."""
    begun = columns["cue_offsets"]
    first, counts = begun.take(kept), (begun[1:] - begun[:-1]).take(kept)
    offsets = np.zeros(len(kept) + 1, dtype=np.int64)
    counts.cumsum(out=offsets[1:])
    cues = (first - offsets[:-1]).repeat(counts) + np.arange(offsets[-1])
    rows = {name: cues if name in _OF_CUES else kept for name in columns if name != "cue_offsets"}
    return {**{name: columns[name].take(index, axis=0) for name, index in rows.items()}, "cue_offsets": offsets}


def join_columns(parts: list[Columns], starts: list[int]) -> Columns:
    """Columns of consecutive pieces of one text; `starts` are the code points at which the pieces begin in it."""
    if len(parts) == 1:
        return parts[0]
    joined: Columns = {}
    for name in parts[0]:
        arrays = [part[name] for part in parts]
        if name in ("start", "end"):
            arrays = [array + start for array, start in zip(arrays, starts, strict=True)]
        elif name == "cue_offsets":
            before = np.cumsum([0, *(array[-1] for array in arrays[:-1])])
            arrays = [array[:-1] + base for array, base in zip(arrays, before, strict=True)]
            arrays.append(before[-1:] + parts[-1][name][-1:])
        joined[name] = np.concatenate(arrays)
    return joined
