"""Tokens to sentences, by array predicates over classes and word lists.

A sentence ends where its paragraph does, and no decision looks beyond the paragraph, nor at more than `CONTEXT` bytes
on either side: so a long text can be cut anywhere without changing a result, and texts can be read together, parted by
empty lines, as if each stood alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from hedge.boundary_words import (
    ABBREVIATION,
    CAPTION,
    FLAGS,
    JOINT,
    NUMBERED,
    SHORTENED,
    SPEECH,
    STARTER,
    TITLE,
)
from hedge.buffer import (
    APOSTROPHE,
    CLOSE,
    OPEN,
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
)
from hedge.tokens import Bools, Tokens, hash_word

CONTEXT: Final = 2048
"""Bytes that a boundary decision may look at on either side."""

WIDE_GAP: Final = 512
"""Bytes from one token's start to the next one's; what lies further apart is parted as by an empty line."""

LINE_LIMIT: Final = 120
"""Bytes; a longer line is never a wrapped one, and lengths above it count as one more."""

_LONG_LINE: Final = 40
"""Bytes; shorter lines can be headlines, verse, or entries of a menu: they say nothing of how wide the text is."""

_MARKED: Final = 4
"""Bytes of a list number in brackets, at most: (viii)."""

_LONGEST: Final = 7
"""Bytes of the longest word before a full stop that doesn't end a sentence."""

_MARK_WIDTH: Final = 10
"""Bytes of the longest reference mark before its closing bracket."""

_LONE_I: Final = hash_word("i")
_FULL_STOP: Final = ord(".")
_HYPHEN: Final = ord("-")
_WIDEST_DASH: Final = 3
"""Bytes of a dash; in lower-case bytes, its first one is a hyphen."""
_DASHES: Final = 3
"""Dashes that the numbers of notes may hold."""


@dataclass(frozen=True)
class _Context:
    """What the boundary predicates read: the buffer, its tokens, and line breaks before each token."""

    buffer: Buffer
    tokens: Tokens
    breaks: npt.NDArray[np.uint8]  # [t + 1] line breaks (0, 1, 2 = more, or WIDE_GAP) in the gap before token i

    def first_byte(self, index: Ints) -> Bytes:
        return pick(self.buffer.raw, pick(self.tokens.start, index))

    def last_byte(self, index: Ints) -> Bytes:
        return pick(self.buffer.raw, pick(self.tokens.end, index) - 1)

    def goes_on(self, index: Ints) -> Bools:
        """Whether the paragraph of the token before each of these goes on with it; the last one's ends the text."""
        return (index < len(self.tokens)) & (pick(self.breaks, index) < 2)


def find_sentences(buffer: Buffer, tokens: Tokens) -> Ints:
    """Token indices at which sentences start, int64[s], increasing; the first is 0.

    >>> from hedge.buffer import make_buffer
    >>> from hedge.tokens import find_tokens
    >>> buffer = make_buffer(b"Dr. Ode left. He may return.")
    >>> find_sentences(buffer, find_tokens(buffer)).tolist()
    [0, 5]
    """
    if not len(tokens):
        return np.zeros(0, dtype=np.int64)
    context = _Context(buffer, tokens, _count_breaks(buffer, tokens))
    starts = np.zeros(len(tokens) + 1, dtype=np.bool_)
    starts[0] = True
    starts[_after_lines(context)] = True
    starts[_after_terminals(context)] = True
    return positions(starts[:-1])


def _count_breaks(buffer: Buffer, tokens: Tokens) -> npt.NDArray[np.uint8]:
    counts = np.zeros(len(tokens) + 1, dtype=np.uint8)
    if len(buffer.newlines):
        following = tokens.start.searchsorted(buffer.newlines)
        counts[following] = 1
        counts[following[1:][following[1:] == following[:-1]]] = 2
    counts[positions(tokens.start[1:] - tokens.start[:-1] > WIDE_GAP) + 1] = 2
    return counts


def _after_lines(context: _Context) -> Ints:
    """Tokens that start a sentence because a line, a paragraph or a list item ends before them."""
    tokens, newlines = context.tokens, context.buffer.newlines
    broken = positions(context.breaks > 0)
    if not len(broken):
        return broken
    paragraph = pick(context.breaks, broken) == 2
    paragraphs: Ints = broken[paragraph]
    single: Ints = broken[~paragraph]
    single = single[single < len(tokens)]
    if not len(single):
        return paragraphs
    # Line k ends at newlines[k]; the token after a single break opens line k + 1.
    line = newlines.searchsorted(pick(tokens.start, single)) - 1
    bounds = np.concatenate(([-1], newlines, [len(context.buffer.raw)]))
    lengths = np.minimum(np.diff(bounds) - 1, LINE_LIMIT + 1)
    lengths = np.concatenate(([0], lengths))  # lengths[k + 1] is line k, so that line -1 exists
    previous, here, following = lengths[line], lengths[line + 1], lengths[line + 2]
    first_word = _chunk_ends(tokens, single) - pick(tokens.start, single)
    widest = np.maximum(np.maximum(previous, here), following)
    wrapped = (here + 1 + first_word > widest) & (here >= _LONG_LINE)
    ended = pick(tokens.kind, single - 1) == TERMINAL
    continued = is_lower(context.first_byte(single)) & ~ended
    joint = (here >= _LONG_LINE) & ((FLAGS.of(pick(tokens.hash, single - 1)) & JOINT) > 0)
    soft = (here <= LINE_LIMIT) & (joint | ((wrapped | continued) & ~_opens_item(context, single)))
    return np.concatenate((paragraphs, single[~soft]))


def _chunk_ends(tokens: Tokens, index: Ints) -> Ints:
    """Where the words end that begin with some tokens, byte positions int64[k], with up to three marks that touch."""
    end = pick(tokens.end, index)
    for ahead in (1, 2, 3):
        touches = pick(tokens.start, index + ahead) == end
        end = np.where(touches, pick(tokens.end, index + ahead), end)
    return end


def _opens_item(context: _Context, index: Ints) -> Bools:
    """Which tokens, each the first of its line, are a bullet or a list number, or open one: 1. or (a)."""
    tokens = context.tokens
    size = pick(tokens.end, index) - pick(tokens.start, index)
    following = np.minimum(index + 1, len(tokens) - 1)
    spaced = (pick(tokens.start, following) > pick(tokens.end, index)) | (index == following)
    kind = pick(tokens.kind, index)
    bullet = (kind >= APOSTROPHE) & (kind != QUOTE) & (kind != OPEN) & (kind != TERMINAL) & (size <= 3) & spaced
    short = (kind == WORD) & (size <= 3)
    digit = is_digit(context.first_byte(index)) | (size == 1)
    mark = context.first_byte(following)
    numbered = short & digit & ~spaced & ((mark == _FULL_STOP) | (mark == ord(")")))
    after = pick(tokens.kind, index + 2)
    inner = pick(tokens.end, following) - pick(tokens.start, following) <= _MARKED
    bracketed = (kind == OPEN) & (pick(tokens.kind, following) == WORD) & inner & (after == CLOSE)
    opens: Bools = bullet | numbered | bracketed
    return opens


def _after_terminals(context: _Context) -> Ints:
    """Tokens that start a sentence because a terminal mark and what closes after it end one before them."""
    tokens = context.tokens
    terminal = positions(tokens.kind[:-1] == TERMINAL)
    if not len(terminal):
        return terminal
    last = _absorb_note(context, terminal, _absorb_closers(context, terminal))
    there = last + 1 < len(tokens)
    if not there.all():
        terminal, last = terminal[there], last[there]
    following = last + 1
    word = _skip_openers(context, following)
    spaced = pick(tokens.start, following) > pick(tokens.end, last)
    lower = is_lower(context.first_byte(word))
    small = positions(lower)
    lower[small] = pick(tokens.hash, pick(word, small)) != _LONE_I
    ends = spaced & ~lower
    touching = positions(~(spaced | lower))
    ends[touching] = _runs_on(context, pick(terminal, touching), pick(following, touching))
    ends[_held_together(context, terminal, following, word)] = False
    ends[_goes_on_speaking(context, terminal, last)] = False
    starts: Ints = following[ends]
    return starts


def _runs_on(context: _Context, terminal: Ints, following: Ints) -> Bools:
    """Which terminal marks, between words that touch them, only lack the space: "It ended.Then", but not "A.Then".

    Nor is it a full stop before a number, which may be that of a note, a version or a decimal.
    """
    tokens = context.tokens
    longer = pick(tokens.end, following) - pick(tokens.start, following) > 1
    runs_on: Bools = (following == terminal + 1) & (pick(tokens.kind, following) == WORD)
    runs_on &= longer | (pick(tokens.hash, following) == _LONE_I)
    runs_on &= is_lower(pick(context.buffer.raw, pick(tokens.start, terminal) - 1))
    single = pick(tokens.end, terminal) - pick(tokens.start, terminal) == 1
    runs_on &= ~(single & (context.first_byte(terminal) == _FULL_STOP) & is_digit(context.first_byte(following)))
    return runs_on


def _absorb_closers(context: _Context, terminal: Ints) -> Ints:
    """Index of the last token of each terminal run with the quotes, brackets and reference marks that close on it."""
    tokens = context.tokens
    limit = len(tokens) - 1
    rows = positions(pick(tokens.kind, terminal + 1) != WORD)
    if not len(rows):
        return terminal
    here = terminal[rows]
    for _ in range(3):
        following = np.minimum(here + 1, limit)
        kind = pick(tokens.kind, following)
        gap = pick(tokens.start, following) - pick(tokens.end, here)
        size = pick(tokens.end, following) - pick(tokens.start, following)
        closing = (gap == 0) & ((kind == QUOTE) | (kind == APOSTROPHE) | (kind == CLOSE) | (kind == TERMINAL))
        detached = (gap == 1) & ((kind == CLOSE) | ((kind == APOSTROPHE) & (size == 2)))
        dotted = (context.first_byte(here) == _FULL_STOP) & (context.first_byte(following) == _FULL_STOP)
        detached |= (gap == 1) & dotted  # an ellipsis with spaces: . . .
        before = here
        here = _absorb_mark(context, np.where((following > here) & (closing | detached), following, here))
        if (here == before).all():
            break
    last = terminal.copy()
    last[rows] = here
    return last


def _absorb_note(context: _Context, terminal: Ints, last: Ints) -> Ints:
    """Move each index to the end of the number of a note that touches it: *was shown.12 The, "so."3,5-7 "The*.

    It is one where a word in lower case touches the terminal mark, and after the number the paragraph ends, or white
    space and a capital come.
    """
    tokens = context.tokens
    rows = positions(pick(tokens.start, last + 1) == pick(tokens.end, last))
    rows = rows[is_digit(context.first_byte(last[rows] + 1)) & (terminal[rows] > 0)]
    word = terminal[rows] - 1
    worded = (pick(tokens.end, word) == pick(tokens.start, word + 1)) & is_lower(context.last_byte(word))
    rows = rows[worded & ((FLAGS.of(pick(tokens.hash, word)) & (SHORTENED | CAPTION)) == 0)]
    if not len(rows):
        return last
    number = last[rows] + 1
    for _ in range(_DASHES):
        gap = pick(tokens.start, number + 1) - pick(tokens.end, number)
        dashed = (gap <= _WIDEST_DASH) & (pick(context.buffer.padded, pick(tokens.end, number) + PAD) == _HYPHEN)
        number += dashed & is_digit(context.first_byte(number + 1)) & context.goes_on(number + 1)
    following = number + 1
    capital = is_capital(context.first_byte(_skip_openers(context, following)))
    apart = pick(tokens.start, following) > pick(tokens.end, number)
    noted = is_digit(context.last_byte(number)) & (~context.goes_on(following) | (apart & capital))
    absorbed = last.copy()
    absorbed[rows[noted]] = number[noted]
    return absorbed


def _absorb_mark(context: _Context, last: Ints) -> Ints:
    """Move each index to the end of the reference mark that touches it: "shown.[12] The", "shown.[12-15] The"."""
    tokens = context.tokens
    opened = (pick(tokens.kind, last + 1) == OPEN) & (pick(tokens.start, last + 1) == pick(tokens.end, last))
    rows = positions(opened)
    if not len(rows):
        return last
    here = last[rows]
    absorbed, near = here, context.goes_on(here + 2)
    for length in (3, 4, 5):
        closing = here + length
        near &= context.goes_on(closing)
        marked = near & (pick(tokens.kind, closing) == CLOSE) & (absorbed == here)
        marked &= pick(tokens.start, closing) - pick(tokens.end, here) <= _MARK_WIDTH
        absorbed = np.where(marked, closing, absorbed)
    last[rows] = absorbed
    return last


def _skip_openers(context: _Context, index: Ints) -> Ints:
    """Move each index past at most two opening quotes or brackets."""
    tokens = context.tokens
    rows = positions(pick(tokens.kind, index) != WORD)
    if not len(rows):
        return index
    here = index[rows]
    for _ in range(2):
        kind = pick(tokens.kind, here)
        opening = (kind == QUOTE) | (kind == APOSTROPHE) | (kind == OPEN)
        here = here + (opening & context.goes_on(here + 1))
    word = index.copy()
    word[rows] = here
    return word


def _held_together(context: _Context, terminal: Ints, following: Ints, word: Ints) -> Ints:
    """Which full stops int64[k], rows of the three, belong to an abbreviation, an initial or a list number."""
    tokens, raw = context.tokens, context.buffer.raw
    rows = _doubtful(context, terminal, following)
    if not len(rows):
        return rows
    terminal, following, word = pick(terminal, rows), pick(following, rows), pick(word, rows)
    before = terminal - 1
    size = pick(tokens.end, before) - pick(tokens.start, before)
    capital, flags = context.first_byte(before), FLAGS.of(pick(tokens.hash, before))
    second = pick(raw, pick(tokens.start, before) + 1)
    single = (pick(tokens.end, terminal) - pick(tokens.start, terminal) == 1) & (
        context.first_byte(terminal) == _FULL_STOP
    )
    single &= pick(tokens.end, before) == pick(tokens.start, terminal)
    title = (flags & TITLE) > 0
    numbered = ((flags & NUMBERED) > 0) & is_digit(context.first_byte(following))
    initial = (size == 1) & is_capital(capital) & (capital != ord("I"))
    dotted = (size >= 3) & (second == _FULL_STOP)
    starter = (FLAGS.of(pick(tokens.hash, word)) & STARTER) > 0
    abbreviated = (initial | dotted | ((flags & ABBREVIATION) > 0)) & ~starter
    # "1. Item" and "a. Item" at the start of a line
    label = np.maximum(before - 1, 0)
    label_flags, breaks = FLAGS.of(pick(tokens.hash, label)), pick(context.breaks, before)
    joint = (breaks == 1) & ((label_flags & JOINT) > 0)  # fell from / 13. Sales rose
    heads = ((breaks > 0) & ~joint) | (before == 0)
    item = heads & (size <= 3) & (is_digit(capital) | (size == 1)) & (pick(context.breaks, following) == 0)
    caption = is_digit(capital) & (before > 0) & ((label_flags & CAPTION) > 0)
    caption &= ((pick(context.breaks, label) > 0) | (label == 0)) & context.goes_on(before)
    held: Ints = rows[single & (title | numbered | abbreviated | item | caption)]
    return held


def _doubtful(context: _Context, terminal: Ints, following: Ints) -> Ints:
    """Rows int64[k] of the few full stops, after a short word, that may not end a sentence; for others it's plain."""
    tokens, raw = context.tokens, context.buffer.raw
    before = terminal - 1
    start = pick(tokens.start, before)
    size = pick(tokens.end, before) - start
    short = (size <= _LONGEST) & (following == terminal + 1) & (pick(tokens.kind, before) == WORD) & (terminal > 0)
    rows = positions(short)
    if not len(rows):
        return rows
    start, size = pick(start, rows), pick(size, rows)
    flags = FLAGS.of(pick(tokens.hash, pick(before, rows)))
    doubtful = (flags & SHORTENED > 0) | (size == 1) | is_digit(pick(raw, start))
    doubtful |= pick(raw, start + 1) == _FULL_STOP
    return pick(rows, positions(doubtful))


def _goes_on_speaking(context: _Context, terminal: Ints, last: Ints) -> Ints:
    """Which question marks and the like int64[k], rows of both, close a quotation that the same sentence reports."""
    tokens = context.tokens
    rows = positions((last > terminal) & (pick(tokens.kind, last) == QUOTE))
    if not len(rows):
        return rows
    rows = rows[context.first_byte(terminal[rows]) != _FULL_STOP]
    reported, near = np.zeros(len(rows), dtype=np.bool_), np.ones(len(rows), dtype=np.bool_)
    for ahead in (2, 3):
        place = last[rows] + ahead
        near &= context.goes_on(place)
        reported |= near & ((FLAGS.of(pick(tokens.hash, place)) & SPEECH) > 0)
    goes_on: Ints = rows[reported]
    return goes_on


def has_word(tokens: Tokens, first: Ints) -> Bools:
    """bool[s]: which sentences hold at least one word; `first` as `find_sentences` gives it."""
    if not len(first):
        return np.zeros(0, dtype=np.bool_)
    return np.logical_or.reduceat(tokens.kind == WORD, first)
