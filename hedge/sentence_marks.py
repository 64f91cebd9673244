"""What can be seen of each sentence without its cues: how it begins, what it asks, which words stand in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from hedge.buffer import (
    APOSTROPHE,
    CLOSE,
    HYPHEN,
    OPEN,
    OTHER,
    QUOTE,
    TERMINAL,
    WORD,
    Buffer,
    Bytes,
    Ints,
    is_digit,
    pick,
    positions,
    runs,
)
from hedge.classes import MARKS
from hedge.gate import MARK, has
from hedge.tokens import OUTSIDE, Bools, Halves, Tokens, fold, hash_words
from hedge.words import make_flags

_MARKS: Final = make_flags(MARKS)
TIME, _CLAUSE_WORD, _NEGATIVE = (np.uint32(1 << list(MARKS).index(name)) for name in ("time", "clause", "negative"))
SAID: Final = ~(TIME | _CLAUSE_WORD | _NEGATIVE)
"""The marks that features take together; the others have columns of their own."""

_NEAR_END: Final = 3
"""Among so many tokens at its end a question mark makes a sentence a question."""

QUESTIONS: Final = ("no", "at the end", "before a quotation mark", "inside")
"""Where a sentence has a question mark, by number; the first that holds after *no*."""
_AT_END, _QUOTED, _INSIDE = range(1, len(QUESTIONS))
_QUESTION_MARK: Final = ord("?")

_FIRST_TWO: Final = np.array([[0], [1]])
_BULLET, _NUMBER = 3, 4
"""Bytes of a bullet and of the number of a list's item, at most."""

_ROMAN: Final = hash_words(["ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii", "xiii", "xiv", "xv", "xvi"])
"""Numbers of a list's items that are neither digits nor one letter."""


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
    opening = np.full(len(first), OUTSIDE)
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
    bullet = ((kind == HYPHEN) | (kind == OTHER)) & (pick(tokens.end, at) - pick(tokens.start, at) <= _BULLET)
    digit = is_digit(pick(buffer.raw, pick(tokens.start, at)))
    number = _is_number(buffer, tokens, at) & ((second == CLOSE) | ((second == TERMINAL) & digit))
    bracketed = (kind == OPEN) & (third == CLOSE) & _is_number(buffer, tokens, at + 1)
    skipped = at + bullet + 2 * number + 3 * bracketed
    begin = first.copy()
    begin[rows] = np.where(skipped < last[rows], skipped, at)
    return begin


def _is_number(buffer: Buffer, tokens: Tokens, index: Ints) -> Bools:
    """Which tokens int64[k] can number an item of a list: 12, 2a, b, iv; not (Yes)."""
    start = pick(tokens.start, index)
    size = pick(tokens.end, index) - start
    named = (size == 1) | is_digit(pick(buffer.raw, start)) | np.isin(pick(tokens.hash, index), _ROMAN)
    found: Bools = (pick(tokens.kind, index) == WORD) & (size <= _NUMBER) & named
    return found


def _find_questions(buffer: Buffer, tokens: Tokens, last: Ints, owner: Ints) -> Bytes:
    """Where each sentence has a question mark, uint8[s]; `last` and `owner` as in `SentenceMarks`."""
    question = np.zeros(len(last), dtype=np.uint8)
    marks = positions(buffer.raw == _QUESTION_MARK)
    if not (len(marks) and len(tokens)):
        return question
    asking = tokens.start.searchsorted(marks, "right") - 1
    asking = asking[(asking >= 0) & (marks < pick(tokens.end, asking)) & (pick(tokens.kind, asking) == TERMINAL)]
    sentence, after = pick(owner, asking), pick(tokens.kind, asking + 1)
    question[sentence] = _INSIDE
    question[sentence[(after == QUOTE) | (after == APOSTROPHE)]] = _QUOTED
    question[sentence[asking >= pick(last, sentence) - _NEAR_END]] = _AT_END
    return question
