"""What is known of each candidate and of each sentence, before it is hashed into features."""

from __future__ import annotations

from typing import Final

import numpy as np

from hedge.buffer import (
    CLAUSE,
    WORD,
    Buffer,
    Bytes,
    Ints,
    is_capital,
    is_lower,
    pick,
    positions,
)
from hedge.candidates import Candidates
from hedge.holder import Holders
from hedge.levels import CUE_TYPES, HEDGE_TYPES, CueType
from hedge.lexicon import FORM_COLUMNS, Lexicon
from hedge.sentence_marks import SAID, TIME, SentenceMarks
from hedge.shapes import CLASS_NAMES, EDGE, PREDICATE_NAMES, SUBJECT_NAMES, classify
from hedge.sums import logits_of
from hedge.tokens import OUTSIDE, Bools, Halves, Tokens, fold, hash_words

_AGENT: Final = SUBJECT_NAMES.index("agent")
_PASSED: Final = np.isin(
    np.arange(256), [CLASS_NAMES.index(name) for name in ("negator", "be", "have", "degree", "-ly")]
)
"""Classes of what may stand between a modal and its main verb, if it has no sense of its own (*apply* ends in -ly)."""

_PASSED_OVER: Final = PREDICATE_NAMES.index("passed")

_AUXILIARIES: Final = np.zeros(256, dtype=np.uint8)
_AUXILIARIES[[CLASS_NAMES.index("be"), CLASS_NAMES.index("have")]] = 1, 2
_NEGATOR: Final = CLASS_NAMES.index("negator")
_CLASS_THAT: Final = CLASS_NAMES.index("that")

_IF: Final = fold(hash_words(["if"]))[0]
_INVESTIGATIVE: Final = np.uint32(CUE_TYPES.index(CueType.INVESTIGATIVE) + 1)

_HYPHEN: Final = ord("-")
_SHORT, _CAPITALS = 3, 2
"""Bytes of words that may have no capital in a title, and how many around a candidate have one at least."""

_REACH: Final = 3
_BACK: Final = np.arange(-_REACH, 0)[:, None]
_AHEAD: Final = np.arange(_REACH)[:, None]
_NEAR: Final = slice(1, 2 * _REACH - 1)
"""Which of the words around a candidate have columns of their own: all but the farthest on either side."""

_WORD_COLUMNS: Final = ("word-2", "word-1", "word+1", "word+2")
_CLASS_COLUMNS: Final = ("class-2", "class-1", "class+1", "class+2")
CUE_COLUMNS: Final = (
    *(*FORM_COLUMNS, *_WORD_COLUMNS, *_CLASS_COLUMNS, "suffix+1"),
    *("capital", "capital+1", "joined", "negated", "that"),
    *("verb", "agent", "subject", "marks", "time", "negative"),
    *("question", "register", "opening", "opening-class", "clause", "clauses"),
    *("earlier", "later", "confidence", "used"),
)
"""Names of what is known of a candidate, the rows of `cue_columns`."""

_WORD_ROWS, _CLASS_ROWS = (
    slice(CUE_COLUMNS.index(names[0]), CUE_COLUMNS.index(names[-1]) + 1) for names in (_WORD_COLUMNS, _CLASS_COLUMNS)
)

SENTENCE_COLUMNS: Final = (
    *(f"best-{kind.value}" for kind in CUE_TYPES),
    *("strongest", "mixture", "top", "question", "opening", "second", "quoted", "marks", "register"),
    *("holder", "holder-begins", "holder-ends"),
)


def cue_columns(
    buffer: Buffer, tokens: Tokens, marks: SentenceMarks, lexicon: Lexicon, candidates: Candidates
) -> Halves:
    """Columns uint32[len(CUE_COLUMNS), c] of each candidate; `confidence` and `used` are 0 until `set_confidence`.

    The type is the form's, but that *if* right after an investigative candidate means *whether* (*not sure if*).
    """
    values = np.zeros((len(CUE_COLUMNS), len(candidates)), dtype=np.uint32)
    if not len(candidates):
        return values
    lexicon.columns.take(candidates.form, axis=1, out=values[: len(FORM_COLUMNS)], mode="clip")
    row = dict(zip(CUE_COLUMNS, values, strict=True))
    _enter_context(values, row, buffer, tokens, marks, candidates)
    sentence = candidates.sentence
    seen = pick(marks.marks, sentence)
    np.add((seen & TIME) > 0, np.uint8(1), out=row["time"])
    row["marks"][:] = seen & SAID
    np.add(pick(marks.question, sentence), np.uint8(1), out=row["question"])
    set_register(values, pick(marks.register, sentence))
    row["opening"][:] = pick(marks.opening, sentence)
    _enter_clauses(row, tokens, marks, candidates)
    before = marks.negators.searchsorted(candidates.first) > pick(marks.negators.searchsorted(marks.first), sentence)
    np.add(before, np.uint8(1), out=row["negative"])
    if len(candidates) > 1:
        _enter_neighbours(row, candidates)
    return values


def _enter_clauses(row: dict[str, Halves], tokens: Tokens, marks: SentenceMarks, candidates: Candidates) -> None:
    """Fill in the word that begins the clause of each candidate, and on which sides of it commas stand."""
    sentence = candidates.sentence
    start, before = clause_starts(tokens, marks, candidates)
    row["clause"][:] = np.where(start < candidates.first, fold(pick(tokens.hash, start)), OUTSIDE)
    commas = np.zeros(len(marks.seams) + 1, dtype=np.int64)
    (pick(tokens.kind, marks.seams) == CLAUSE).cumsum(out=commas[1:])
    begin, end = (pick(commas, marks.seams.searchsorted(places)) for places in (marks.first, marks.last))
    left = pick(commas, before) > pick(begin, sentence)
    right = pick(end, sentence) > pick(commas, marks.seams.searchsorted(candidates.last))
    row["clauses"][:] = left + 2 * right + 1


def clause_starts(tokens: Tokens, marks: SentenceMarks, candidates: Candidates) -> tuple[Ints, Ints]:
    """Token int64[c] with which the clause of each candidate begins, perhaps its own; seams int64[c] before it."""
    before = marks.seams.searchsorted(candidates.first)
    first = pick(marks.first, candidates.sentence)
    if not len(marks.seams):
        return first, before
    seam = pick(marks.seams, before - 1)
    start = seam + (pick(tokens.kind, seam) != WORD)
    return np.where((before > 0) & (seam >= first), start, first), before


def _enter_neighbours(row: dict[str, Halves], candidates: Candidates) -> None:
    """Fill in what depends on the candidates before and after each in its sentence."""
    together = candidates.sentence[1:] == candidates.sentence[:-1]
    np.multiply(row["phrase"][:-1], together, out=row["earlier"][1:])
    np.multiply(row["phrase"][1:], together, out=row["later"][:-1])
    adjoining = candidates.first[1:] == candidates.last[:-1]
    asked = (row["phrase"][1:] == _IF) & (row["type"][:-1] == _INVESTIGATIVE) & together & adjoining
    row["type"][1:][asked] = _INVESTIGATIVE


def _enter_context(
    values: Halves,
    row: dict[str, Halves],
    buffer: Buffer,
    tokens: Tokens,
    marks: SentenceMarks,
    candidates: Candidates,
) -> None:
    """Fill in the columns of the `_REACH` words on either side of each candidate, within its sentence.

    The first word of the sentence is looked at together with them, as the last row. Where all words have a capital, as
    in headlines, capitals say nothing.
    """
    first, last = pick(marks.begin, candidates.sentence), pick(marks.last, candidates.sentence)
    back, ahead = slice(_REACH), slice(_REACH, 2 * _REACH)
    at = np.empty((2 * _REACH + 1, len(candidates)), dtype=np.int64)
    np.add(candidates.first, _BACK, out=at[back])
    np.add(candidates.last, _AHEAD, out=at[ahead])
    at[-1] = first
    inside = np.empty(at.shape, dtype=np.bool_)
    np.greater_equal(at[back], first, out=inside[back])
    np.less(at[ahead], last, out=inside[ahead])
    inside[-1] = True
    at *= inside  # outside, any token will do
    opens = candidates.first == first
    own_start, own_end = pick(tokens.start, candidates.first), pick(tokens.end, candidates.last - 1)
    titled = is_capital(pick(buffer.raw, own_start))
    own_capital = titled + opens.view(np.uint8)
    titled &= ~opens
    rows = positions(titled)
    if len(rows):
        titled[rows] = _is_title(buffer, tokens, at[: 2 * _REACH, rows], inside[: 2 * _REACH, rows])
        own_capital -= titled
    classes, predicates, subjects = classify(buffer, tokens, at, (at == first) | titled)
    classes[~inside] = EDGE
    predicates *= inside
    subjects *= inside
    values[_WORD_ROWS] = np.where(inside[_NEAR], fold(pick(tokens.hash, at[_NEAR])), OUTSIDE)
    values[_CLASS_ROWS] = classes[_NEAR]
    row["opening-class"][:] = classes[-1]
    next_start, next_end, next_inside = pick(tokens.start, at[_REACH]), pick(tokens.end, at[_REACH]), inside[_REACH]
    row["suffix+1"][:] = np.where(next_inside, _suffixes(buffer, next_start, next_end), OUTSIDE)

    row["capital"][:] = own_capital
    row["joined"][:] = (pick(buffer.raw, own_end) == _HYPHEN) + 2 * (pick(buffer.raw, own_start - 1) == _HYPHEN) + 1
    np.add(is_capital(pick(buffer.raw, next_start)) & next_inside & ~titled, np.uint8(1), out=row["capital+1"])
    before, after = classes[back], classes[ahead]
    np.add((before == _NEGATOR).any(axis=0), np.uint8(1), out=row["negated"])
    np.add((after == _CLASS_THAT).any(axis=0), np.uint8(1), out=row["that"])
    far, middle, near = subjects[back]
    row["subject"][:] = np.where(near, near, np.where(middle, middle, far))
    np.add((subjects[back] == _AGENT).any(axis=0), np.uint8(1), out=row["agent"])
    row["verb"][:] = _main_verb(after, predicates[ahead])


def _main_verb(classes: Bytes, senses: Bytes) -> Bytes:
    """What a candidate's main verb, among the words after it, speaks of and the auxiliaries before that, uint8[c].

    `classes` and `senses` uint8[_REACH, c] are those of these words. *Be* and *have* say little of what *may be
    removed* and *may have drowned* speak of, nor do negators and adverbs. Only the first two words can be auxiliaries.
    """
    adverb = senses == _PASSED_OVER
    near, middle, far = adverb | (_PASSED.take(classes) & (senses == 0))
    sense = np.where(near, np.where(middle, np.where(far, 0, senses[2]), senses[1]), senses[0])
    auxiliaries = _AUXILIARIES.take(classes[0]) | near * _AUXILIARIES.take(classes[1])
    verb: Bytes = (sense + len(PREDICATE_NAMES) * auxiliaries).astype(np.uint8)
    return verb


def _is_title(buffer: Buffer, tokens: Tokens, at: Ints, inside: Bools) -> Bools:
    """Which candidates stand among words with capitals, short ones aside, bool[c]: Ferry Plan May Be Delayed.

    `at` int64[2 * _REACH, c] are the tokens around each and `inside` which of them are in its sentence.
    """
    start = pick(tokens.start, at)
    initial = pick(buffer.raw, start)
    capital = inside & is_capital(initial)
    low = inside & is_lower(initial) & (pick(tokens.end, at) - start > _SHORT)
    titled: Bools = capital[_REACH] & ~low.any(axis=0) & (capital.sum(axis=0) >= _CAPITALS)
    return titled


def _suffixes(buffer: Buffer, start: Ints, end: Ints) -> Halves:
    """The last three bytes, or fewer, of the tokens from `start` to `end`, int64 of any shape, as numbers."""
    size = np.minimum(end - start, 3)
    suffixes: Halves = (pick(buffer.eights, end) >> (64 - 8 * size).view(np.uint64)).astype(np.uint32)
    return suffixes


STEP_BOUNDS: Final = (0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95)
"""Probabilities between the confidence steps."""

_STEPS: Final = logits_of(STEP_BOUNDS)
IN_USE: Final = 4
"""Confidence step from which a candidate is more likely a cue than not."""

# Approximators and boosters, which come after weasels, say nothing of the level.
_SPEAKING_TYPES: Final = CUE_TYPES.index(CueType.WEASEL) + 1


def set_confidence(columns: Halves, logits: Ints) -> None:
    """Enter how probable each candidate is, from its cue logit int64[c], as a step 0..7, and whether it is in use."""
    if not len(logits):
        return
    steps = np.searchsorted(_STEPS, logits, side="right")
    columns[CUE_COLUMNS.index("confidence")] = steps
    np.add(steps >= IN_USE, np.uint8(1), out=columns[CUE_COLUMNS.index("used")], casting="unsafe")


def set_register(columns: Halves, register: Bytes) -> None:
    """Enter the step of the register, uint8[c], of each candidate's sentence."""
    np.add(register, np.uint8(1), out=columns[CUE_COLUMNS.index("register")])


def sentence_columns(
    tokens: Tokens, marks: SentenceMarks, holders: Holders, candidates: Candidates, cues: Halves
) -> Halves:
    """Columns uint32[columns, s] of each sentence; `cues` are its candidates' columns with their confidence."""
    count = len(marks.first)
    values = np.zeros((len(SENTENCE_COLUMNS), count), dtype=np.uint32)
    if not count:
        return values
    row = dict(zip(SENTENCE_COLUMNS, values, strict=True))
    if len(candidates):
        _enter_best(values[: len(CUE_TYPES)], row, candidates.sentence, cues)
    np.add(marks.question, np.uint8(1), out=row["question"])
    np.add(marks.quoted, np.uint8(1), out=row["quoted"])
    np.add(marks.register, np.uint8(1), out=row["register"])
    row["marks"][:] = marks.marks & SAID
    row["opening"][:] = marks.opening
    row["second"][:] = OUTSIDE
    longer = positions(marks.begin + 1 < marks.last)
    row["second"][longer] = fold(pick(tokens.hash, marks.begin[longer] + 1))
    if len(holders.sentence):
        at = holders.sentence
        row["holder"][at] = holders.kind + np.uint8(1)
        row["holder-begins"][at] = fold(pick(tokens.hash, holders.first))
        row["holder-ends"][at] = fold(pick(tokens.hash, holders.last - 1))
    return values


def _enter_best(best: Halves, row: dict[str, Halves], sentence: Ints, cues: Halves) -> None:
    """Fill in what the candidates say of their sentences int64[c]; `best` are the rows of the types."""
    step, kind, strength = (cues[CUE_COLUMNS.index(name)] for name in ("confidence", "type", "strength"))
    count = best.shape[1]
    np.maximum.at(best.reshape(-1), (kind.astype(np.int64) - 1) * count + sentence, step)
    hedging = positions((step >= IN_USE) & (kind <= HEDGE_TYPES))
    if len(hedging):
        hedged = pick(sentence, hedging)
        np.maximum.at(row["strongest"], hedged, pick(strength, hedging))
    row["mixture"][:] = np.packbits(best[:HEDGE_TYPES] >= IN_USE, axis=0, bitorder="little")[0]
    np.maximum.reduce(best[:HEDGE_TYPES], out=row["top"])


def level_cues(columns: Halves) -> Ints:
    """Which candidates int64[k] are probable enough to speak for the level, and of a type that can lower it."""
    confidence, kind = columns[CUE_COLUMNS.index("confidence")], columns[CUE_COLUMNS.index("type")]
    return positions((confidence > 0) & (kind <= _SPEAKING_TYPES))
