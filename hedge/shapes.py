"""The class and the sense of a token: from lists of words, else from how it is written."""

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
from hedge.classes import SENSES, WORD_CLASSES
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

SENSE_NAMES: Final = ("none", *SENSES)
"""Names of the senses by number."""

EDGE: Final = np.uint8(CLASS_NAMES.index("edge"))
_NUMBER, _NAME, _ING = (np.uint8(CLASS_NAMES.index(name)) for name in ("number", "name", "-ing"))
_BEFORE_KINDS: Final = np.uint8(CLASS_NAMES.index(_KINDS[APOSTROPHE]) - APOSTROPHE)


def _numbers(classes: Mapping[str, str]) -> dict[str, int]:
    """Word -> number of its class, from 1."""
    return {word: number for number, words in enumerate(classes.values(), 1) for word in words.split()}


# A word's number is its class in the low bits and its sense above them.
_SENSE_SHIFT: Final = np.array(8, dtype=np.uint32)
_CLASS_MASK: Final = np.array(255, dtype=np.uint32)
_CLASSES, _SENSES = _numbers(WORD_CLASSES), _numbers(SENSES)
_NUMBERS: Final = make_table(
    {word: _CLASSES.get(word, 0) | _SENSES.get(word, 0) << int(_SENSE_SHIFT) for word in [*_CLASSES, *_SENSES]}
)


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


def classify(buffer: Buffer, tokens: Tokens, at: Ints, opens: Bools | np.bool_) -> tuple[Bytes, Bytes]:
    """Class and sense, both uint8, of the tokens `at`, int64 of any shape; a capital that `opens` says nothing.

    >>> from hedge.buffer import make_buffer
    >>> from hedge.tokens import find_tokens
    >>> buffer = make_buffer(b"Engineers told Lena 3 untested bridges may sway, clearly.")
    >>> tokens = find_tokens(buffer)
    >>> classes, senses = classify(buffer, tokens, np.arange(11), np.arange(11) == 0)
    >>> [CLASS_NAMES[number] for number in classes]
    ['-s', 'say', 'name', 'number', '-ed', '-s', 'modal', 'other', 'comma', '-ly', 'full stop']
    """
    initial = pick(buffer.raw, pick(tokens.start, at))
    numbers = _NUMBERS.of(pick(tokens.hash, at))
    digits = is_digit(initial)
    numbers[digits] = _NUMBER
    classes = (numbers & _CLASS_MASK).astype(np.uint8)
    tails = pick(buffer.eights, pick(tokens.end, at))
    shapes = _BY_ENDING.take((tails >> _TWO).view(np.int64))
    shapes *= (shapes != _ING) | ((tails >> _THREE) & _ONE_BYTE == _LAST_I)
    np.copyto(shapes, _NAME, where=is_capital(initial) & ~opens)
    kinds = pick(tokens.kind, at)
    np.copyto(shapes, kinds + _BEFORE_KINDS, where=kinds > WORD)
    np.copyto(classes, shapes, where=classes == 0)
    return classes, (numbers >> _SENSE_SHIFT).astype(np.uint8)
