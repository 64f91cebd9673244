"""Tokens and candidates to hashed feature indices; the same code trains and scores.

A feature is an index below ``1 << TABLE_BITS`` into a table of weights. It is made by a template, a tuple of up to
three columns whose values are hashed together with the template's number. Cue templates describe a candidate in its
context; level templates describe a sentence by its cues, given how probable each cue is, and by its words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from hedge.buffer import PAD, QUOTE, TERMINAL, Buffer, Hashes, Ints
from hedge.classes import MARKS, SENSES, WORD_CLASSES
from hedge.levels import CUE_TYPES, HEDGE_TYPES, CueType
from hedge.lexicon import Candidates, Lexicon
from hedge.segment import Bools, Tokens
from hedge.words import make_table

FEATURES_VERSION: Final = 1
"""Changes whenever a text's features change; a model made for another version is refused."""

TABLE_BITS: Final = 18

LOGIT_SCALE: Final = 256
"""Logits are integers in units of 1 / LOGIT_SCALE, so that sums are exact in any order."""

HALF_TABLE: Final = 1 << (TABLE_BITS - 1)
"""Level features of words and word pairs lie below this index, those of templates from it on."""

_CUE_SHIFT: Final = np.uint32(32 - TABLE_BITS)
_LEVEL_SHIFT: Final = np.uint32(33 - TABLE_BITS)
_WORD_SHIFT: Final = np.uint64(65 - TABLE_BITS)
_HALF: Final = np.uint64(32)
_FOLD: Final = np.uint32(15)
_KEYS: Final = np.array([0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D], dtype=np.uint32)
_TEMPLATE: Final = np.uint32(0x27D4EB2F)
_MIX: Final = np.uint32(0x2C1B3C6D)
_WORD_MIX: Final = np.uint64(0xE7037ED1A0B428DB)
_PAIR_STEP: Final = np.uint64(0xD1B54A32D192ED03)
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
_NEGATOR, _MODAL = (np.uint64(_CLASS_NAMES.index(name) + 1) for name in ("negator", "modal"))
_SUBJECTS: Final = [np.uint64(_CLASS_NAMES.index(name) + 1) for name in ("first", "second", "third", "it")]
_CLASS_THAT, _CLASS_TO = (np.uint64(_CLASS_NAMES.index(name) + 1) for name in ("that", "to"))

_REACH: Final = 3
_OFFSETS: Final = (*(f"-{k}" for k in range(_REACH, 0, -1)), *(f"+{k}" for k in range(1, _REACH + 1)))
_CONTEXT_COLUMNS: Final = tuple(f"{name}{offset}" for name in ("word", "class", "suffix") for offset in _OFFSETS)
CUE_COLUMNS: Final = (
    *("any", "form", "phrase", "type", "strength", "words", "ambiguous"),
    *_CONTEXT_COLUMNS,
    *("capital", "capital-1", "capital+1", "negated", "subject", "modal", "that", "to"),
    *("verb", "agent", "marks"),
    *("place", "rest", "question", "quoted", "earlier", "later", "opening", "confidence"),
)
"""Names of the rows of `CueColumns.values`."""

_CUE_TEMPLATES: Final = """
form | phrase | type | words ambiguous | type words ambiguous | type strength | ambiguous negated
type ambiguous class-1 | type ambiguous class+1 | type ambiguous suffix+1
form word-1 | form word+1 | form word-2 | form word+2 | form word-1 word+1
form word-2 word-1 | form word+1 word+2 | form word+3 | form word-3
form class-1 | form class+1 | form class-2 class-1 | form class+1 class+2 | form class-1 class+1
form suffix-1 | form suffix+1 | form suffix+2 | form suffix+1 suffix+2 | form suffix-1 suffix+1
word-1 | word+1 | word-2 word-1 | word+1 word+2 | word-2 | word+2 | word-1 word+1
type class-1 | type class+1 | type word-1 | type word+1 | type suffix-1 | type suffix+1
form negated | form subject | form modal | form that | form to | form that to | type that to
form place | form question | form quoted | form capital | form capital+1 | form capital-1 | form rest
phrase word-1 | phrase word+1 | phrase class-1 class+1 | phrase class-2 class-1 | phrase class+1 class+2
phrase subject negated | phrase that to | form earlier | form later | form earlier later | type earlier later
form opening | form word-1 suffix+1
form verb | type verb | form agent | form verb agent | form verb class+1 | form marks | type marks | form marks verb
phrase verb agent | form subject verb
"""
_LEVEL_CUE_TEMPLATES: Final = """
confidence type | confidence form | confidence phrase | confidence strength
confidence type negated | confidence phrase negated | confidence type question | confidence phrase question
confidence phrase word-1 | confidence phrase word+1 | confidence phrase class-1 | confidence phrase class+1
confidence type class-1 | confidence type class+1 | confidence type quoted | confidence type place
confidence phrase subject | confidence type subject | confidence phrase modal | confidence phrase place
confidence phrase verb | confidence phrase marks | confidence type marks
confidence phrase that | confidence phrase to | confidence type rest | confidence strength negated
"""
SENTENCE_COLUMNS: Final = (
    *("any", *(f"best-{kind.value}" for kind in CUE_TYPES)),
    *("hedges", "strongest", "mixture", "top", "question", "opening", "opening-class", "length", "quoted", "closing"),
    "marks",
)
_SENTENCE_TEMPLATES: Final = (
    "any | "
    + " | ".join(f"best-{kind.value}" for kind in CUE_TYPES)
    + """ | hedges | strongest | mixture | mixture hedges | mixture strongest | top | top question | top strongest
question | question opening | question opening-class | question mixture | opening | opening-class | length | quoted
closing | length top | hedges strongest | opening mixture | opening-class top | length hedges
marks | marks top | marks mixture | marks strongest
"""
)


@dataclass(frozen=True, eq=False, repr=False)
class Templates:
    """Feature templates of one kind.

    Attributes
    ----------
    names : the columns of each template, those of one column first, then of two, then of three.
    rows : int64[templates, 3], their row numbers.
    bounds : where the templates of one, two and three columns begin and end.
    salt : uint32[templates, 1].
    shift : how many low bits of the hash to drop.
    base : the first index.

    """

    names: tuple[tuple[str, ...], ...]
    rows: Ints
    bounds: tuple[tuple[int, int], ...]
    salt: npt.NDArray[np.uint32]
    shift: np.uint32
    base: int

    def indices(self, columns: Hashes) -> Ints:
        """Hash uint64[columns, k] -> table indices int64[templates, k].

        Columns are first folded to 32 bits, whose products the processor computes eight at a time.
        """
        folded = (columns ^ (columns >> _HALF)).astype(np.uint32)
        keyed = [folded * key for key in _KEYS]
        value = np.empty((len(self.names), columns.shape[1]), dtype=np.uint32)
        for size, (begin, end) in enumerate(self.bounds, 1):
            part = value[begin:end]
            np.take(keyed[0], self.rows[begin:end, 0], axis=0, out=part, mode="clip")
            for place in range(1, size):
                part += keyed[place][self.rows[begin:end, place]]
        value += self.salt
        value ^= value >> _FOLD
        value *= _MIX
        value >>= self.shift
        found = value.astype(np.int64)
        found += self.base
        return found


def _templates(listing: str, columns: tuple[str, ...], kind: int) -> Templates:
    """Read a listing whose templates are separated by bars or line ends; `kind` keeps kinds of template apart."""
    names = [tuple(part.split()) for part in listing.replace("\n", "|").split("|") if part.split()]
    order = sorted(range(len(names)), key=lambda number: len(names[number]))
    ordered = tuple(names[number] for number in order)
    rows = np.zeros((len(names), 3), dtype=np.int64)
    for row, template in zip(rows, ordered, strict=True):
        row[: len(template)] = [columns.index(name) for name in template]
    ends = np.searchsorted([len(template) for template in ordered], [1, 2, 3], side="right").tolist()
    bounds = tuple(zip([0, *ends[:-1]], ends, strict=True))
    salt = (np.array(order, dtype=np.uint32)[:, None] + np.uint32(1000 * kind)) * _TEMPLATE
    if kind == 1:
        return Templates(ordered, rows, bounds, salt, _CUE_SHIFT, 0)
    return Templates(ordered, rows, bounds, salt, _LEVEL_SHIFT, HALF_TABLE)


CUE_TEMPLATES: Final = _templates(_CUE_TEMPLATES, CUE_COLUMNS, 1)
LEVEL_CUE_TEMPLATES: Final = _templates(_LEVEL_CUE_TEMPLATES, CUE_COLUMNS, 2)
SENTENCE_TEMPLATES: Final = _templates(_SENTENCE_TEMPLATES, SENTENCE_COLUMNS, 3)


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

    first, last = marks.first[sentence], marks.last[sentence]
    back, ahead = np.arange(-_REACH, 0)[:, None], np.arange(_REACH)[:, None]
    at = np.concatenate((candidates.first + back, candidates.last + ahead))
    inside = (at >= first) & (at < last)
    at = np.clip(at, 0, len(tokens) - 1)
    words = np.where(inside, tokens.hash[at], _EDGE)
    end = tokens.end[at]
    initial = buffer.raw[tokens.start[at]]
    number = inside & (initial >= ord("0")) & (initial <= ord("9"))
    classes = _classify(words, number)
    size = np.minimum(end - tokens.start[at], 3)
    suffixes = buffer.eights()[end] >> (64 - 8 * size).astype(np.uint64)
    top = CUE_COLUMNS.index(_CONTEXT_COLUMNS[0])
    width = len(_OFFSETS)
    values[top : top + width] = words
    values[top + width : top + 2 * width] = classes
    values[top + 2 * width : top + 3 * width] = np.where(inside, suffixes, _EDGE)

    capital = (initial >= ord("A")) & (initial <= ord("Z")) & inside
    own = buffer.raw[tokens.start[candidates.first]]
    row["capital"][:] = ((own >= ord("A")) & (own <= ord("Z"))) * np.uint64(1) + (candidates.first == first)
    row["capital-1"][:] = capital[_REACH - 1] + np.uint64(1)
    row["capital+1"][:] = capital[_REACH] + np.uint64(1)
    row["negated"][:] = (classes[:_REACH] == _NEGATOR).any(axis=0) + np.uint64(1)
    for subject in _SUBJECTS:
        row["subject"][(classes[:_REACH] == subject).any(axis=0)] = subject
    row["modal"][:] = (classes[:_REACH] == _MODAL).any(axis=0) + np.uint64(1)
    row["that"][:] = (classes[_REACH : _REACH + 3] == _CLASS_THAT).any(axis=0) + np.uint64(1)
    row["to"][:] = (classes[_REACH : _REACH + 2] == _CLASS_TO).any(axis=0) + np.uint64(1)
    senses = _SENSES.of(words)
    before, after = senses[:_REACH], senses[_REACH:]
    for offset in range(_REACH - 1, -1, -1):
        verb = (after[offset] > 0) & (after[offset] != _AGENT)
        row["verb"][verb] = after[offset][verb]
    row["agent"][:] = (before == _AGENT).any(axis=0) + np.uint64(1)
    row["marks"][:] = marks.marks[sentence]
    row["place"][:] = np.minimum(candidates.first - first, 6) + 1
    row["rest"][:] = np.minimum(last - candidates.last, 6) + 1
    row["question"][:] = marks.question[sentence] + np.uint64(1)
    row["quoted"][:] = marks.quoted[sentence] + np.uint64(1)
    together = sentence[1:] == sentence[:-1]
    row["earlier"][1:][together] = row["phrase"][:-1][together]
    row["later"][:-1][together] = row["phrase"][1:][together]
    row["opening"][:] = tokens.hash[first]
    return values


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


_WORD_SALT: Final = np.uint64(0x589965CC75374CC3)
_PAIR_SALT: Final = np.uint64(0x1D8E4E27C47D124F)


def word_indices(tokens: Tokens) -> Ints:
    """Table index int64[t] of each token's word."""
    found: Ints = ((tokens.hash + _WORD_SALT) * _WORD_MIX >> _WORD_SHIFT).view(np.int64)
    return found


def pair_indices(tokens: Tokens) -> Ints:
    """Table index int64[t - 1] of each token with the next; empty for fewer than two tokens."""
    value = tokens.hash[:-1] * _PAIR_STEP
    value += tokens.hash[1:]
    value += _PAIR_SALT
    value *= _WORD_MIX
    value >>= _WORD_SHIFT
    found: Ints = value.view(np.int64)
    return found


def level_cues(columns: Hashes) -> Ints:
    """Which candidates int64[k] are probable enough to speak for the level, and of a type that can lower it."""
    confidence, kind = columns[CUE_COLUMNS.index("confidence")], columns[CUE_COLUMNS.index("type")]
    return np.flatnonzero((confidence > 0) & (kind <= _SPEAKING_TYPES))
