"""The class of a token, from lists of words or else from how it is written, and its senses, from lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from hedge.buffer import (
    APOSTROPHE,
    CLAUSE,
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
    is_capital,
    is_digit,
    pick,
)
from hedge.classes import WORD_CLASSES
from hedge.senses import PREDICATE_SENSES, SUBJECT_SENSES
from hedge.tokens import Bools, Tokens
from hedge.words import make_table

_KINDS: Final = {
    **{APOSTROPHE: "apostrophe", HYPHEN: "dash", TERMINAL: "full stop", CLAUSE: "comma", QUOTE: "quotation mark"},
    **{OPEN: "opening bracket", CLOSE: "closing bracket", OTHER: "sign"},
}
_ENDINGS: Final = ("ing", "ed", "ly", "s")
CLASS_NAMES: Final = (
    *("other", *WORD_CLASSES, "number", *(_KINDS[kind] for kind in sorted(_KINDS))),
    *("name", *(f"-{ending}" for ending in _ENDINGS), "edge"),
)
"""Names of the classes by number. A class of `WORD_CLASSES` goes before what a word looks like; *edge* stands for what
lies outside the sentence."""

PREDICATE_NAMES: Final = ("none", *PREDICATE_SENSES)
SUBJECT_NAMES: Final = ("none", *SUBJECT_SENSES)
"""Names of the senses by number, of a word as a predicate and as a subject."""

EDGE: Final = np.uint8(CLASS_NAMES.index("edge"))
_NUMBER, _NAME, _ING = (np.uint8(CLASS_NAMES.index(name)) for name in ("number", "name", "-ing"))
_BEFORE_KINDS: Final = np.uint8(CLASS_NAMES.index(_KINDS[APOSTROPHE]) - APOSTROPHE)


def _numbers(classes: Mapping[str, str]) -> dict[str, int]:
    """Word -> number of its class, from 1."""
    return {word: number for number, words in enumerate(classes.values(), 1) for word in words.split()}


# A word's number is its class in the low byte, its senses in the two above.
_PREDICATE_SHIFT, _SUBJECT_SHIFT = (np.array(shift, dtype=np.uint64) for shift in (8, 16))


def _combine() -> dict[str, int]:
    """Word -> number that holds its class and its senses."""
    combined: dict[str, int] = {}
    for shift, lists in enumerate((WORD_CLASSES, PREDICATE_SENSES, SUBJECT_SENSES)):
        for word, number in _numbers(lists).items():
            combined[word] = combined.get(word, 0) | number << 8 * shift
    return combined


_NUMBERS: Final = make_table(_combine())


def _by_ending() -> Bytes:
    """Class uint8[1 << 16] by the last two bytes of a word, the last one high; *-ng* isn't yet told from *-ing*."""
    table = np.zeros((256, 256), dtype=np.uint8)
    for number, ending in enumerate(_ENDINGS, int(_ING)):
        last, *before = reversed(ending[-2:].encode())
        table[last, before or slice(None)] = number
    return table.reshape(-1)


_BY_ENDING: Final = _by_ending()
_TWO, _THREE = (np.uint64(64 - 8 * count) for count in (2, 3))
_LAST_I: Final = np.uint64(ord("i"))
_ONE_BYTE: Final = np.uint64(255)


def classify(buffer: Buffer, tokens: Tokens, at: Ints, opens: Bools | np.bool_) -> tuple[Bytes, Bytes, Bytes]:
    """Class, sense as a predicate and as a subject, uint8, of the tokens `at`, int64 of any shape.

    A capital that `opens` says nothing.

    >>> from hedge.buffer import make_buffer
    >>> from hedge.tokens import find_tokens
    >>> buffer = make_buffer(b"Engineers told Lena 3 untested bridges may sway, clearly.")
    >>> tokens = find_tokens(buffer)
    >>> classes, predicates, subjects = classify(buffer, tokens, np.arange(11), np.arange(11) == 0)
    >>> [CLASS_NAMES[number] for number in classes]
    ['-s', 'say', 'name', 'number', '-ed', '-s', 'modal', 'other', 'comma', '-ly', 'full stop']
    >>> PREDICATE_NAMES[predicates[7]], SUBJECT_NAMES[subjects[0]]
    ('happen', 'person')
    """
    initial = pick(buffer.raw, pick(tokens.start, at))
    numbers = _NUMBERS.of(pick(tokens.hash, at))
    digits = is_digit(initial)
    numbers[digits] = _NUMBER
    classes = numbers.astype(np.uint8)  # the low byte
    tails = pick(buffer.eights, pick(tokens.end, at))
    shapes = _BY_ENDING.take((tails >> _TWO).view(np.int64))
    shapes *= (shapes != _ING) | ((tails >> _THREE) & _ONE_BYTE == _LAST_I)
    np.copyto(shapes, _NAME, where=is_capital(initial) & ~opens)
    kinds = pick(tokens.kind, at)
    np.copyto(shapes, kinds + _BEFORE_KINDS, where=kinds > WORD)
    np.copyto(classes, shapes, where=classes == 0)
    return classes, (numbers >> _PREDICATE_SHIFT).astype(np.uint8), (numbers >> _SUBJECT_SHIFT).astype(np.uint8)
