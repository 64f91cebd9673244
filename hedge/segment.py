"""Buffer to tokens and sentences, by array predicates over classes and hashes.

Every decision looks at no more than `CONTEXT` bytes on either side, so that a long text can be cut anywhere
without changing a result.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

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
    Hashes,
    Ints,
    make_buffer,
)

Bools = npt.NDArray[np.bool_]

CONTEXT: Final = 2048
"""Bytes that a boundary decision may look at on either side."""

LINE_LIMIT: Final = 120
"""Bytes; a longer line is never a wrapped one, and lengths above it count as one more."""

_K_FIRST: Final = np.uint64(0x9E3779B97F4A7C15)
_K_LAST: Final = np.uint64(0xC2B2AE3D27D4EB4F)
_K_LENGTH: Final = np.uint64(0x165667B19E3779F9)
_K_MIDDLE: Final = np.uint64(0xD6E8FEB86659FD93)
_MASKS: Final = np.array([(1 << (8 * size)) - 1 for size in range(9)], dtype=np.uint64)


@dataclass(frozen=True, eq=False, repr=False)
class Tokens:
    """Words and runs of punctuation.

    Attributes
    ----------
    start, end : int64[t], byte positions, half-open.
    kind : uint8[t], character class, WORD or above.
    hash : uint64[t], identity of the lower-cased bytes.

    """

    start: Ints
    end: Ints
    kind: Bytes
    hash: Hashes

    def __len__(self) -> int:
        return len(self.start)

    def part(self, first: int, last: int) -> Tokens:
        """Return the tokens from `first` up to `last`."""
        return Tokens(self.start[first:last], self.end[first:last], self.kind[first:last], self.hash[first:last])


def find_tokens(buffer: Buffer) -> Tokens:
    """Cut the buffer where the class changes; white space and joined punctuation fall between tokens.

    >>> tokens = find_tokens(make_buffer(b"It can't be -- yet."))
    >>> list(zip(tokens.start.tolist(), tokens.end.tolist()))
    [(0, 2), (3, 6), (7, 8), (9, 11), (12, 14), (15, 18), (18, 19)]
    """
    classes = buffer.classes
    if not len(classes):
        none = np.zeros(0, dtype=np.int64)
        return Tokens(none, none, np.zeros(0, dtype=np.uint8), np.zeros(0, dtype=np.uint64))
    edges = np.empty(len(classes) + 1, dtype=np.bool_)
    edges[0] = edges[-1] = True
    np.not_equal(classes[1:], classes[:-1], out=edges[1:-1])
    cuts = np.flatnonzero(edges)
    kinds = classes[cuts[:-1]]
    kept = np.flatnonzero(kinds >= WORD)
    start, end = cuts[kept], cuts[kept + 1]
    return Tokens(start, end, kinds[kept], _hash(buffer, start, end))


def _hash(buffer: Buffer, start: Ints, end: Ints) -> Hashes:
    """uint64[t]: linear in the first 8 bytes; longer words add their last 8, their length and their middle 8."""
    eights = buffer.eights()
    size = end - start
    value: Hashes = eights[start + PAD]
    value &= _MASKS[np.minimum(size, 8)]
    value *= _K_FIRST
    long = np.flatnonzero(size > 8)
    if len(long):
        value[long] += eights[end[long]] * _K_LAST + size[long].astype(np.uint64) * _K_LENGTH
        longer = long[size[long] > 16]
        value[longer] += eights[start[longer] + (PAD + 8)] * _K_MIDDLE
    return value


def hash_word(word: str) -> np.uint64:
    """Return the hash that `find_tokens` gives a text of one token.

    >>> hash_word("May") == find_tokens(make_buffer(b"in may.")).hash[1]
    np.True_
    """
    value: np.uint64 = hash_words([word])[0]
    return value


def hash_words(words: list[str]) -> Hashes:
    """uint64[k], the hash of the first token of each word."""
    tokens = [find_tokens(make_buffer(word.encode())).hash[:1] for word in words]
    return np.concatenate(tokens) if tokens else np.zeros(0, dtype=np.uint64)


def _hash_set(words: str) -> Hashes:
    return np.unique(hash_words(words.split()))


def is_member(values: Hashes, ordered: Hashes) -> Bools:
    """bool[k]: which of `values` uint64[k] are in the increasing `ordered`."""
    at = np.searchsorted(ordered, values)
    at[at == len(ordered)] = 0
    found: Bools = ordered[at] == values
    return found


# A full stop after these never ends a sentence ...
_TITLES: Final = _hash_set(
    "mr mrs ms messrs dr prof rev fr sr st mt gen col maj capt lt sgt cpl cmdr adm gov sen rep hon pres supt insp "
    "fig figs eq eqs ref refs sec ch vol vols pp al cf vs e.g i.e viz approx ca v eds ed tab suppl resp incl esp ex nos"
)
# ... nor after these when a number follows ...
_NUMBERED: Final = _hash_set("no nr p art para cl s n c jan feb mar apr jun jul aug sep sept oct nov dec")
# ... and after these only when a word follows that commonly opens a sentence.
_ABBREVIATIONS: Final = _hash_set(
    "inc co corp ltd plc llc bros etc jr phd ph.d m.d b.a m.a d.c u.s u.k u.n e.u a.m p.m jan feb mar apr jun jul aug "
    "sep sept oct nov dec mon tue tues wed thu thurs fri sat sun ave blvd rd dept univ assn est calif mass conn fla "
    "minn ariz tenn wash pa va ft oz lb lbs hr hrs min mins sq cc min max avg no u.s.a u.s.s.r viz ibid spp sp var"
)
_STARTERS: Final = _hash_set(
    "the he she it they we i you this that these those there in on at but and however a an for if when while as after "
    "before although though since so what who why how where his her its their our my your one some many most all not "
    "with by from to then now here also meanwhile yet both each such another other others officials police under "
    "during because nor or is are was were do does did has have had can could will would should may might figure table"
)
# A number after these, at the start of a line, is a caption's; its full stop ends nothing.
_CAPTIONS: Final = _hash_set("figure table box chapter section plate chart map panel exhibit appendix part")
# After a question or a cry in quotes, a capital and one of these within two words goes on: "Is it?" Hale asked.
_SPEAKS: Final = _hash_set("said says asked asks replied wondered added shouted cried wrote demanded told")
_MARK_WIDTH: Final = 10
"""Bytes of the longest reference mark before its closing bracket."""

_LONE_I: Final = hash_word("i")
_FULL_STOP: Final = ord(".")


@dataclass(frozen=True)
class _Context:
    """What the boundary predicates read: the buffer, its tokens, and line breaks before each token."""

    buffer: Buffer
    tokens: Tokens
    breaks: npt.NDArray[np.uint8]  # [t + 1] line breaks (0, 1, 2 = more) in the gap before token i

    def first_byte(self, index: Ints) -> Bytes:
        return self.buffer.raw[self.tokens.start[index]]


def find_sentences(buffer: Buffer, tokens: Tokens) -> Ints:
    """Token indices at which sentences start, int64[s], increasing; the first is 0.

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
    return np.flatnonzero(starts[:-1])


def _count_breaks(buffer: Buffer, tokens: Tokens) -> npt.NDArray[np.uint8]:
    following = np.searchsorted(tokens.start, buffer.newlines)
    counts = np.zeros(len(tokens) + 1, dtype=np.uint8)
    counts[following] = 1
    counts[following[1:][following[1:] == following[:-1]]] = 2
    return counts


def _after_lines(context: _Context) -> Ints:
    """Tokens that start a sentence because a line, a paragraph or a list item ends before them."""
    tokens, newlines = context.tokens, context.buffer.newlines
    paragraphs = np.flatnonzero(context.breaks == 2)
    single = np.flatnonzero(context.breaks[:-1] == 1)
    if not len(single):
        return paragraphs
    # Line k ends at newlines[k]; the token after a single break opens line k + 1.
    line = np.searchsorted(newlines, tokens.start[single]) - 1
    bounds = np.concatenate(([-1], newlines, [len(context.buffer.raw)]))
    lengths = np.minimum(np.diff(bounds) - 1, LINE_LIMIT + 1)
    lengths = np.concatenate(([0], lengths))  # lengths[k + 1] is line k, so that line -1 exists
    previous, here, following = lengths[line], lengths[line + 1], lengths[line + 2]
    first_word = tokens.end[single] - tokens.start[single]
    widest = np.maximum(np.maximum(previous, here), following)
    wrapped = (here + 1 + first_word > widest) & (here >= 20)
    first = context.first_byte(single)
    continued = (first >= ord("a")) & (first <= ord("z"))
    soft = (wrapped | continued) & (here <= LINE_LIMIT) & ~_opens_item(context, single)
    return np.concatenate((paragraphs, single[~soft]))


def _opens_item(context: _Context, index: Ints) -> Bools:
    """Which tokens, each the first of its line, are a bullet or a list number."""
    tokens = context.tokens
    size = tokens.end[index] - tokens.start[index]
    following = np.minimum(index + 1, len(tokens) - 1)
    spaced = tokens.start[following] > tokens.end[index]
    kind = tokens.kind[index]
    bullet = (kind >= APOSTROPHE) & (kind != QUOTE) & (kind != OPEN) & (kind != TERMINAL) & (size <= 3) & spaced
    short = (kind == WORD) & (size <= 3)
    digit = _is_digit(context.first_byte(index)) | (size == 1)
    mark = context.first_byte(following)
    numbered = short & digit & ~spaced & ((mark == _FULL_STOP) | (mark == ord(")")))
    opens: Bools = bullet | numbered
    return opens


def _is_digit(values: Bytes) -> Bools:
    return (values >= ord("0")) & (values <= ord("9"))


def _is_lower(values: Bytes) -> Bools:
    return (values >= ord("a")) & (values <= ord("z"))


def _after_terminals(context: _Context) -> Ints:
    """Tokens that start a sentence because a terminal mark and what closes after it end one before them."""
    tokens = context.tokens
    terminal = np.flatnonzero(tokens.kind == TERMINAL)
    last = _absorb_closers(context, terminal)
    there = last + 1 < len(tokens)
    terminal, last = terminal[there], last[there]
    following = last + 1
    word = _skip_openers(tokens, following)
    spaced = tokens.start[following] > tokens.end[last]
    lower = _is_lower(context.first_byte(word)) & (tokens.hash[word] != _LONE_I)
    run_on = (following == terminal + 1) & (tokens.kind[following] == WORD) & ~lower
    run_on &= (tokens.end[following] - tokens.start[following] > 1) | (tokens.hash[following] == _LONE_I)
    run_on &= _is_lower(context.buffer.raw[np.maximum(tokens.start[terminal] - 1, 0)])
    ends = (spaced | run_on) & ~lower
    ends &= ~_held_together(context, terminal, following, word)
    ends &= ~_goes_on_speaking(context, terminal, last)
    starts: Ints = following[ends]
    return starts


def _absorb_closers(context: _Context, terminal: Ints) -> Ints:
    """Index of the last token of each terminal run with the quotes, brackets and reference marks that close on it."""
    tokens = context.tokens
    last = terminal.copy()
    limit = len(tokens) - 1
    for _ in range(3):
        following = np.minimum(last + 1, limit)
        kind = tokens.kind[following]
        touching = tokens.start[following] == tokens.end[last]
        size = tokens.end[following] - tokens.start[following]
        closing = touching & ((kind == QUOTE) | (kind == APOSTROPHE) | (kind == CLOSE) | (kind == TERMINAL))
        detached = (tokens.start[following] == tokens.end[last] + 1) & (
            (kind == CLOSE) | ((kind == APOSTROPHE) & (size == 2))
        )
        last = np.where((following > last) & (closing | detached), following, last)
        last = _absorb_mark(tokens, last)
    return last


def _absorb_mark(tokens: Tokens, last: Ints) -> Ints:
    """Move each index to the end of the reference mark that touches it: "shown.[12] The", "shown.[12-15] The"."""
    limit = len(tokens) - 1
    opening = np.minimum(last + 1, limit)
    opened = (tokens.kind[opening] == OPEN) & (tokens.start[opening] == tokens.end[last])
    rows = np.flatnonzero(opened)
    here = last[rows]
    absorbed = here
    for length in (5, 4, 3):
        closing = np.minimum(here + length, limit)
        marked = (tokens.kind[closing] == CLOSE) & (closing == here + length)
        marked &= tokens.start[closing] - tokens.end[here] <= _MARK_WIDTH
        absorbed = np.where(marked, closing, absorbed)
    last[rows] = absorbed
    return last


def _skip_openers(tokens: Tokens, index: Ints) -> Ints:
    """Move each index past at most two opening quotes or brackets."""
    limit = len(tokens) - 1
    for _ in range(2):
        kind = tokens.kind[index]
        opening = (kind == QUOTE) | (kind == APOSTROPHE) | (kind == OPEN)
        index = np.where(opening, np.minimum(index + 1, limit), index)
    return index


def _held_together(context: _Context, terminal: Ints, following: Ints, word: Ints) -> Bools:
    """Which full stops belong to an abbreviation, an initial or a list number and end nothing."""
    tokens, raw = context.tokens, context.buffer.raw
    before = np.maximum(terminal - 1, 0)
    size = tokens.end[before] - tokens.start[before]
    single = (tokens.end[terminal] - tokens.start[terminal] == 1) & (raw[tokens.start[terminal]] == _FULL_STOP)
    single &= (tokens.end[before] == tokens.start[terminal]) & (tokens.kind[before] == WORD) & (terminal > 0)
    starter = is_member(tokens.hash[word], _STARTERS)
    known = tokens.hash[before]
    direct = following == terminal + 1

    title = is_member(known, _TITLES)
    numbered = is_member(known, _NUMBERED) & _is_digit(raw[tokens.start[following]])
    capital = raw[tokens.start[before]]
    initial = (size == 1) & (capital >= ord("A")) & (capital <= ord("Z")) & (capital != ord("I"))
    dotted = (size <= 7) & (size >= 3) & (raw[np.minimum(tokens.start[before] + 1, len(raw) - 1)] == _FULL_STOP)
    abbreviated = (initial | dotted | is_member(known, _ABBREVIATIONS)) & ~starter & direct
    # "1. Item" and "a. Item" at the start of a line
    heads = (context.breaks[before] > 0) | (tokens.start[before] == 0)
    item = heads & (size <= 3) & (_is_digit(raw[tokens.start[before]]) | (size == 1)) & (context.breaks[following] == 0)
    label = np.maximum(before - 1, 0)
    caption = _is_digit(capital) & (before > 0) & is_member(tokens.hash[label], _CAPTIONS) & direct
    caption &= (context.breaks[label] > 0) | (tokens.start[label] == 0)
    held: Bools = single & ((title & direct) | (numbered & direct) | abbreviated | (item & direct) | caption)
    return held


def _goes_on_speaking(context: _Context, terminal: Ints, last: Ints) -> Bools:
    """Which question marks and the like close a quotation that the same sentence reports."""
    tokens = context.tokens
    limit = len(tokens) - 1
    quoted = (last > terminal) & (tokens.kind[last] == QUOTE) & (context.first_byte(terminal) != _FULL_STOP)
    reported = np.zeros(len(terminal), dtype=np.bool_)
    for ahead in (2, 3):
        reported |= is_member(tokens.hash[np.minimum(last + ahead, limit)], _SPEAKS)
    goes_on: Bools = quoted & reported
    return goes_on


def has_word(tokens: Tokens, first: Ints) -> Bools:
    """bool[s]: which sentences hold at least one word; `first` as `find_sentences` gives it."""
    if not len(first):
        return np.zeros(0, dtype=np.bool_)
    return np.logical_or.reduceat(tokens.kind == WORD, first)
