"""What is known of each candidate and of each sentence, before it is hashed into features."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from hedge.buffer import PAD, QUOTE, TERMINAL, Buffer, Hashes, Ints
from hedge.classes import MARKS, SENSES, WORD_CLASSES
from hedge.levels import CUE_TYPES, HEDGE_TYPES, CueType
from hedge.lexicon import Candidates, Lexicon
from hedge.tokens import Bools, Tokens
from hedge.words import make_table

LOGIT_SCALE: Final = 256
"""Logits are integers in units of 1 / LOGIT_SCALE, so that sums are exact in any order."""

_EDGE: Final = np.uint64(1)  # stands for "outside the sentence"

_CLASS_NAMES: Final = tuple(WORD_CLASSES)
_NUMBER_CLASS: Final = np.uint64(len(_CLASS_NAMES) + 1)


def _numbers(classes: Mapping[str, str]) -> dict[str, int]:
    """Word -> number of its class, from 1; the first class that lists it."""
    numbers: dict[str, int] = {}
    for number, words in enumerate(classes.values(), 1):
        for word in words.split():
            numbers.setdefault(word, number)
    return numbers


_CLASSES: Final = make_table(_numbers(WORD_CLASSES))
_SENSES: Final = make_table(_numbers(SENSES))
_AGENT: Final = np.uint64(list(SENSES).index("agent") + 1)
_MARKS: Final = make_table({word: 1 << number - 1 for word, number in _numbers(MARKS).items()})
_MARKS_GATE: Final = np.zeros(1 << 16, dtype=np.bool_)
_MARKS_SHIFT: Final = np.uint64(48)
_MARKS_GATE[_MARKS.keys[_MARKS.values > 0] >> _MARKS_SHIFT] = True
_NEGATOR: Final = np.uint64(_CLASS_NAMES.index("negator") + 1)
_SUBJECTS: Final = [np.uint64(_CLASS_NAMES.index(name) + 1) for name in ("first", "second", "third", "it")]
_CLASS_THAT, _CLASS_TO = (np.uint64(_CLASS_NAMES.index(name) + 1) for name in ("that", "to"))

_REACH: Final = 3
_OFFSETS: Final = (*(f"-{k}" for k in range(_REACH, 0, -1)), *(f"+{k}" for k in range(1, _REACH + 1)))
_CONTEXT_COLUMNS: Final = (
    *("word-2", "word-1", "word+1", "word+2", "class-2", "class-1", "class+1", "class+2", "suffix-1", "suffix+1"),
)
CUE_COLUMNS: Final = (
    *("form", "phrase", "type", "strength", "words", "ambiguous"),
    *_CONTEXT_COLUMNS,
    *("capital", "capital+1", "negated", "subject", "that", "to"),
    *("verb", "agent", "marks"),
    *("place", "question", "earlier", "later", "opening", "confidence"),
)
"""Names of what is known of a candidate, the rows of `cue_columns`."""

SENTENCE_COLUMNS: Final = (
    *("any", *(f"best-{kind.value}" for kind in CUE_TYPES)),
    *("hedges", "strongest", "mixture", "top", "question", "opening", "opening-class", "length", "quoted", "closing"),
    "marks",
)


@dataclass(frozen=True, eq=False, repr=False)
class SentenceMarks:
    """What can be seen of each sentence without its cues; all of length s.

    Attributes
    ----------
    first, last : int64, token indices, half-open.
    question : bool, a question mark stands near its end.
    quoted : bool, a quotation mark stands in it.
    marks : uint64, bit set of the word lists `MARKS` of which a word stands in it.

    """

    first: Ints
    last: Ints
    question: Bools
    quoted: Bools
    marks: Hashes


def mark_sentences(buffer: Buffer, tokens: Tokens, first: Ints, last: Ints) -> SentenceMarks:
    """Find questions and quotations.

    Parameters
    ----------
    buffer, tokens : the text.
    first, last : int64[s], token indices of each sentence, half-open, increasing, without overlap; may be equal.

    """
    question = np.zeros(len(first), dtype=np.bool_)
    closing = _last_bytes(buffer, tokens)
    for back in range(1, 4):
        at = last - back
        inside = at >= first
        at = np.maximum(at, 0)
        if len(tokens):
            question |= inside & (tokens.kind[at] == TERMINAL) & (closing[at] == ord("?"))
    quotes = np.flatnonzero(tokens.kind == QUOTE)
    quoted = np.searchsorted(quotes, last) > np.searchsorted(quotes, first)
    return SentenceMarks(first, last, question, quoted, _gather_marks(tokens, first, last))


def _gather_marks(tokens: Tokens, first: Ints, last: Ints) -> Hashes:
    marks = np.zeros(len(first), dtype=np.uint64)
    at = np.flatnonzero(_MARKS_GATE[tokens.hash >> _MARKS_SHIFT])
    sentence = np.searchsorted(first, at, side="right") - 1
    inside = (sentence >= 0) & (at < last[np.maximum(sentence, 0)]) if len(first) else at < 0
    np.bitwise_or.at(marks, sentence[inside], _MARKS.of(tokens.hash[at[inside]]))
    return marks


def _last_bytes(buffer: Buffer, tokens: Tokens) -> Ints:
    return buffer.padded[tokens.end + (PAD - 1)].astype(np.int64)


def _classify(words: Hashes, number: Bools) -> Hashes:
    """Class numbers uint64, of the shape of `words`: 0 for none, `_NUMBER_CLASS` where `number` is true."""
    found = _CLASSES.of(words)
    found[number] = _NUMBER_CLASS
    return found


def cue_columns(
    buffer: Buffer, tokens: Tokens, marks: SentenceMarks, lexicon: Lexicon, candidates: Candidates
) -> Hashes:
    """Columns uint64[len(CUE_COLUMNS), c] of each candidate; row `confidence` is zero until `set_confidence`."""
    values = np.zeros((len(CUE_COLUMNS), len(candidates)), dtype=np.uint64)
    if not len(candidates):
        return values
    row = {name: values[number] for number, name in enumerate(CUE_COLUMNS)}
    form, sentence = candidates.form, candidates.sentence
    row["form"][:] = lexicon.hash[form]
    row["phrase"][:] = lexicon.phrase_hash[form]
    row["type"][:] = lexicon.type[form] + np.uint8(1)
    row["words"][:] = lexicon.words[form]
    row["ambiguous"][:] = lexicon.ambiguous[form] + np.uint8(1)
    row["strength"][:] = (lexicon.strength[form] * 8).astype(np.uint64) + np.uint64(1)

    _enter_context(row, buffer, tokens, marks, candidates)
    row["marks"][:] = marks.marks[sentence]
    row["place"][:] = np.minimum(candidates.first - marks.first[sentence], 6) + 1
    row["question"][:] = marks.question[sentence] + np.uint64(1)
    together = sentence[1:] == sentence[:-1]
    row["earlier"][1:][together] = row["phrase"][:-1][together]
    row["later"][:-1][together] = row["phrase"][1:][together]
    row["opening"][:] = tokens.hash[marks.first[sentence]]
    return values


def _enter_context(
    row: dict[str, Hashes], buffer: Buffer, tokens: Tokens, marks: SentenceMarks, candidates: Candidates
) -> None:
    """Fill in the columns of the `_REACH` words on either side of each candidate, within its sentence."""
    first, last = marks.first[candidates.sentence], marks.last[candidates.sentence]
    back, ahead = np.arange(-_REACH, 0)[:, None], np.arange(_REACH)[:, None]
    at = np.concatenate((candidates.first + back, candidates.last + ahead))
    inside = (at >= first) & (at < last)
    at = np.clip(at, 0, len(tokens) - 1)
    words = np.where(inside, tokens.hash[at], _EDGE)
    end = tokens.end[at]
    initial = buffer.raw[tokens.start[at]]
    classes = _classify(words, inside & (initial >= ord("0")) & (initial <= ord("9")))
    size = np.minimum(end - tokens.start[at], 3)
    suffixes = np.where(inside, buffer.eights()[end] >> (64 - 8 * size).astype(np.uint64), _EDGE)
    for number, offset in enumerate(_OFFSETS):
        for name, values in (("word", words), ("class", classes), ("suffix", suffixes)):
            if name + offset in row:
                row[name + offset][:] = values[number]

    capital = (initial >= ord("A")) & (initial <= ord("Z")) & inside
    own = buffer.raw[tokens.start[candidates.first]]
    row["capital"][:] = ((own >= ord("A")) & (own <= ord("Z"))) * np.uint64(1) + (candidates.first == first)
    row["capital+1"][:] = capital[_REACH] + np.uint64(1)
    before, after = classes[:_REACH], classes[_REACH:]
    row["negated"][:] = (before == _NEGATOR).any(axis=0) + np.uint64(1)
    for subject in _SUBJECTS:
        row["subject"][(before == subject).any(axis=0)] = subject
    row["that"][:] = (after == _CLASS_THAT).any(axis=0) + np.uint64(1)
    row["to"][:] = (after[:2] == _CLASS_TO).any(axis=0) + np.uint64(1)
    senses = _SENSES.of(words)
    row["agent"][:] = (senses[:_REACH] == _AGENT).any(axis=0) + np.uint64(1)
    for sense in senses[_REACH:][::-1]:
        verb = (sense > 0) & (sense != _AGENT)
        row["verb"][verb] = sense[verb]


# Bounds of the confidence steps: logits of 0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95.
_STEPS: Final = np.round(
    np.array([np.log(p / (1 - p)) for p in (0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95)]) * LOGIT_SCALE
).astype(np.int64)
IN_USE: Final = 4
"""Confidence step from which a candidate is more likely a cue than not."""

# Approximators and boosters, which come after weasels, say nothing of the level.
_SPEAKING_TYPES: Final = CUE_TYPES.index(CueType.WEASEL) + 1


def set_confidence(columns: Hashes, logits: Ints) -> None:
    """Enter how probable each candidate is, from its cue logit int64[c], as a step 0..7, in place."""
    columns[CUE_COLUMNS.index("confidence")] = np.searchsorted(_STEPS, logits, side="right").astype(np.uint64)


def sentence_columns(tokens: Tokens, marks: SentenceMarks, candidates: Candidates, cues: Hashes) -> Hashes:
    """Columns uint64[columns, s] of each sentence; `cues` are its candidates' columns with their confidence."""
    count = len(marks.first)
    values = np.zeros((len(SENTENCE_COLUMNS), count), dtype=np.uint64)
    if not count:
        return values
    row = {name: values[number] for number, name in enumerate(SENTENCE_COLUMNS)}
    get = CUE_COLUMNS.index
    step, kind, strength = (cues[get(name)].astype(np.int64) for name in ("confidence", "type", "strength"))
    sentence = candidates.sentence

    best = np.zeros((len(CUE_TYPES), count), dtype=np.int64)
    np.maximum.at(best, (kind - 1, sentence), step)
    values[1 : 1 + len(CUE_TYPES)] = best
    hedging = np.flatnonzero((step >= IN_USE) & (kind <= HEDGE_TYPES))
    row["hedges"][:] = np.minimum(np.bincount(sentence[hedging], minlength=count), 3)
    strongest = np.zeros(count, dtype=np.int64)
    np.maximum.at(strongest, sentence[hedging], strength[hedging])
    row["strongest"][:] = strongest
    present = best[:HEDGE_TYPES] >= IN_USE
    row["mixture"][:] = (present * (1 << np.arange(HEDGE_TYPES))[:, None]).sum(axis=0)
    row["top"][:] = best[:HEDGE_TYPES].max(axis=0)

    row["question"][:] = marks.question + np.uint64(1)
    row["quoted"][:] = marks.quoted + np.uint64(1)
    row["marks"][:] = marks.marks
    row["length"][:] = np.searchsorted([4, 8, 12, 18, 25, 35, 50], marks.last - marks.first)
    row["opening"][:] = _EDGE
    if len(tokens):
        filled = marks.last > marks.first
        opening = np.minimum(marks.first, len(tokens) - 1)
        row["opening"][:] = np.where(filled, tokens.hash[opening], _EDGE)
        row["opening-class"][:] = _classify(row["opening"], np.zeros(count, dtype=np.bool_))
        row["closing"][:] = np.where(filled, tokens.kind[np.maximum(marks.last - 1, 0)], 0)
    return values


def level_cues(columns: Hashes) -> Ints:
    """Which candidates int64[k] are probable enough to speak for the level, and of a type that can lower it."""
    confidence, kind = columns[CUE_COLUMNS.index("confidence")], columns[CUE_COLUMNS.index("type")]
    return np.flatnonzero((confidence > 0) & (kind <= _SPEAKING_TYPES))
