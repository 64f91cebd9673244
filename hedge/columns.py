"""What is known of each candidate and of each sentence, before it is hashed into features."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from hedge.buffer import (
    APOSTROPHE,
    CLAUSE,
    CLOSE,
    HYPHEN,
    OPEN,
    OTHER,
    PAD,
    QUOTE,
    TERMINAL,
    WORD,
    Buffer,
    Bytes,
    Ints,
    is_capital,
    is_digit,
    is_lower,
    pick,
    positions,
    runs,
)
from hedge.candidates import Candidates
from hedge.classes import MARKS
from hedge.gate import MARK, has
from hedge.holder import Holders
from hedge.levels import CUE_TYPES, HEDGE_TYPES, CueType
from hedge.lexicon import FORM_COLUMNS, Lexicon
from hedge.shapes import CLASS_NAMES, EDGE, SENSE_NAMES, classify
from hedge.sums import LOGIT_SCALE
from hedge.tokens import Bools, Halves, Tokens, fold, hash_words
from hedge.words import make_flags

_EDGE: Final = np.uint32(1)  # stands for "outside the sentence"

_MARKS: Final = make_flags(MARKS)
_TIME, _CLAUSE_WORD, _NEGATIVE = (np.uint32(1 << list(MARKS).index(name)) for name in ("time", "clause", "negative"))
_SAID: Final = ~(_TIME | _CLAUSE_WORD | _NEGATIVE)
"""The marks that features take together; the others have columns of their own."""

_AGENT: Final = SENSE_NAMES.index("agent")
_VERBS: Final = np.arange(256, dtype=np.uint8) * (np.arange(256) != _AGENT)  # all senses but one are of verbs
_NEGATOR: Final = CLASS_NAMES.index("negator")
_CLASS_THAT: Final = CLASS_NAMES.index("that")

_IF: Final = fold(hash_words(["if"]))[0]
_INVESTIGATIVE: Final = np.uint32(CUE_TYPES.index(CueType.INVESTIGATIVE) + 1)

_NEAR_END: Final = 3
"""Among so many tokens at its end a question mark makes a sentence a question."""

QUESTIONS: Final = ("no", "at the end", "before a quotation mark", "inside")
"""Where a sentence has a question mark, by number; the first that holds after *no*."""
_AT_END, _QUOTED, _INSIDE = range(1, len(QUESTIONS))

_HYPHEN: Final = ord("-")
_FIRST_TWO: Final = np.array([[0], [1]])
_BULLET, _NUMBER = 3, 4
"""Bytes of a bullet and of the number of a list's item, at most."""

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
    *("verb", "agent", "marks", "time", "negative"),
    *("question", "register", "opening", "opening-class", "clause", "clauses"),
    *("earlier", "later", "confidence", "used"),
)
"""Names of what is known of a candidate, the rows of `cue_columns`."""

_WORD_ROWS, _CLASS_ROWS = (
    slice(CUE_COLUMNS.index(names[0]), CUE_COLUMNS.index(names[-1]) + 1) for names in (_WORD_COLUMNS, _CLASS_COLUMNS)
)

SENTENCE_COLUMNS: Final = (
    *(f"best-{kind.value}" for kind in CUE_TYPES),
    *("strongest", "mixture", "top", "question", "opening", "quoted", "marks", "register"),
    *("holder", "holder-begins", "holder-ends"),
)


@dataclass(frozen=True, eq=False, repr=False)
class SentenceMarks:
    """What can be seen of each sentence without its cues; all of length s.

    Attributes
    ----------
    first, last : int64, token indices, half-open; each sentence begins where the one before it ends.
    begin : int64, its first token but for a bullet or a list number.
    opening : uint32, identity of that token.
    question : uint8, where it has a question mark, a number of `QUESTIONS`.
    quoted : bool, a quotation mark stands in it.
    marks : uint32, bit set of the word lists `MARKS` of which a word stands in it.
    negators : int64[n], tokens that negate, increasing.
    seams : int64[k], tokens at which clauses meet, increasing: punctuation and words that begin a clause.
    owner : int64[t], the sentence of each token.
    register : uint8, the step of its register.

    """

    first: Ints
    last: Ints
    begin: Ints
    opening: Halves
    question: Bytes
    quoted: Bools
    marks: Halves
    negators: Ints
    seams: Ints
    owner: Ints
    register: Bytes


def mark_sentences(
    buffer: Buffer, tokens: Tokens, flags: Bytes, first: Ints, last: Ints, register: Bytes
) -> SentenceMarks:
    """Find questions, quotations and words that say something of their whole sentence.

    Parameters
    ----------
    buffer, tokens : the text.
    flags : uint8[t], what the gate says of each token.
    first, last : int64[s], token indices of each sentence, half-open, increasing; the sentences cover all tokens.
        Some may be empty.
    register : uint8[s], the step of each sentence's register.

    """
    owner = np.arange(len(first)).repeat(last - first)
    begin = first
    opening = np.full(len(first), _EDGE)
    if len(tokens):
        begin = _skip_list_marks(buffer, tokens, first, last)
        np.copyto(opening, fold(pick(tokens.hash, begin)), where=last > first)
    question = _find_questions(buffer, tokens, last, owner)
    quoted = np.zeros(len(first), dtype=np.bool_)
    quotes = positions(tokens.kind == QUOTE)
    if len(quotes):
        quoted[pick(owner, quotes)] = True
    seams = tokens.kind != WORD
    marks = np.zeros(len(first), dtype=np.uint32)
    at = has(flags, MARK)
    negators = at
    if len(at):
        listed = _MARKS.of(pick(tokens.hash, at)).astype(np.uint32)
        seams[at[(listed & _CLAUSE_WORD) > 0]] = True
        negators = at[(listed & _NEGATIVE) > 0]
        sentence = pick(owner, at)
        begins = runs(sentence)
        marks[pick(sentence, begins)] = np.bitwise_or.reduceat(listed, begins)
    return SentenceMarks(
        *(first, last, begin, opening, question, quoted, marks, negators, positions(seams), owner, register)
    )


def _skip_list_marks(buffer: Buffer, tokens: Tokens, first: Ints, last: Ints) -> Ints:
    """The first tokens int64[s] of sentences but for a bullet or a list number that others follow: -, 1., a), (iv)."""
    kind, second = pick(tokens.kind, first + _FIRST_TWO)
    rows = positions((kind != WORD) | (second == CLOSE) | (second == TERMINAL))
    if not len(rows):
        return first
    at = first[rows]
    kind, second, third = kind[rows], second[rows], pick(tokens.kind, at + 2)
    initial = pick(buffer.raw, pick(tokens.start, at))
    size, inner = (pick(tokens.end, at + ahead) - pick(tokens.start, at + ahead) for ahead in range(2))
    bullet = ((kind == HYPHEN) | (kind == OTHER)) & (size <= _BULLET)
    number = (kind == WORD) & (size <= _NUMBER) & ((second == CLOSE) | ((second == TERMINAL) & is_digit(initial)))
    bracketed = (kind == OPEN) & (second == WORD) & (inner <= _NUMBER) & (third == CLOSE)
    skipped = at + bullet + 2 * number + 3 * bracketed
    begin = first.copy()
    begin[rows] = np.where(skipped < last[rows], skipped, at)
    return begin


def _find_questions(buffer: Buffer, tokens: Tokens, last: Ints, owner: Ints) -> Bytes:
    """Where each sentence has a question mark, uint8[s]; `last` and `owner` as in `SentenceMarks`."""
    question = np.zeros(len(last), dtype=np.uint8)
    ending = positions(tokens.kind == TERMINAL)
    asking = ending[pick(buffer.padded, pick(tokens.end, ending) + (PAD - 1)) == ord("?")]
    if not len(asking):
        return question
    sentence, after = pick(owner, asking), pick(tokens.kind, asking + 1)
    question[sentence] = _INSIDE
    question[sentence[(after == QUOTE) | (after == APOSTROPHE)]] = _QUOTED
    question[sentence[asking >= pick(last, sentence) - _NEAR_END]] = _AT_END
    return question


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
    np.add((seen & _TIME) > 0, np.uint8(1), out=row["time"])
    row["marks"][:] = seen & _SAID
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
    row["clause"][:] = np.where(start < candidates.first, fold(pick(tokens.hash, start)), _EDGE)
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
    classes, senses = classify(buffer, tokens, at, (at == first) | titled)
    classes[~inside] = EDGE
    senses *= inside
    values[_WORD_ROWS] = np.where(inside[_NEAR], fold(pick(tokens.hash, at[_NEAR])), _EDGE)
    values[_CLASS_ROWS] = classes[_NEAR]
    row["opening-class"][:] = classes[-1]
    next_start, next_end, next_inside = pick(tokens.start, at[_REACH]), pick(tokens.end, at[_REACH]), inside[_REACH]
    row["suffix+1"][:] = np.where(next_inside, _suffixes(buffer, next_start, next_end), _EDGE)

    row["capital"][:] = own_capital
    row["joined"][:] = (pick(buffer.raw, own_end) == _HYPHEN) + 2 * (pick(buffer.raw, own_start - 1) == _HYPHEN) + 1
    np.add(is_capital(pick(buffer.raw, next_start)) & next_inside & ~titled, np.uint8(1), out=row["capital+1"])
    before, after = classes[back], classes[ahead]
    np.add((before == _NEGATOR).any(axis=0), np.uint8(1), out=row["negated"])
    np.add((after == _CLASS_THAT).any(axis=0), np.uint8(1), out=row["that"])
    np.add((senses[back] == _AGENT).any(axis=0), np.uint8(1), out=row["agent"])
    near, middle, far = _VERBS.take(senses[ahead])
    row["verb"][:] = np.where(near, near, np.where(middle, middle, far))


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

_STEPS: Final = np.round(np.array([np.log(p / (1 - p)) for p in STEP_BOUNDS]) * LOGIT_SCALE).astype(np.int64)
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
    row["marks"][:] = marks.marks & _SAID
    row["opening"][:] = marks.opening
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
