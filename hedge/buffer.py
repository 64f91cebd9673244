"""Text to bytes and back: character classes, lower case, code-point offsets.

Everything after this module works on `Buffer.padded` and `Buffer.classes`, which have one entry for each byte
of the UTF-8 text, so that a position means the same in all of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt

from hedge.errors import InputError

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Number = TypeVar("Number", bound=np.generic)

# The classes are ordered: below WORD is no token, above WORD is punctuation.
SPACE: Final = 0
NEWLINE: Final = 1
WORD: Final = 2
APOSTROPHE: Final = 3
HYPHEN: Final = 4
TERMINAL: Final = 5
CLAUSE: Final = 6
QUOTE: Final = 7
OPEN: Final = 8
CLOSE: Final = 9
OTHER: Final = 10

_ASTERISK: Final = ord("*")
_UNDERSCORE: Final = ord("_")
_EMPHASIS: Final = 3
"""Asterisks and underscores that stand together as marks of emphasis, at most."""

PAD: Final = 8
"""Zero bytes on either side of `Buffer.padded`, so that 8 bytes can be read from or up to any position."""

_CONTINUING: Final = 0x80
_LEADING: Final = 0xC0
_LEADING_THREE: Final = 0xE0
"""In UTF-8, bytes from _CONTINUING on continue a character outside ASCII, from _LEADING on they begin one, and from
_LEADING_THREE on one of three bytes or more."""

# Arrays of no dimension: on a short text, an operation takes half as long again with a number.
_FIRST_LOWER, _FIRST_CAPITAL, _FIRST_DIGIT = (np.array(ord(first), dtype=np.uint8) for first in "aA0")
_LETTERS, _DIGITS = (np.array(count - 1, dtype=np.uint8) for count in (26, 10))

_ASCII_MEMBERS: Final = {
    SPACE: " \t\r",
    NEWLINE: "\n\v\f",
    APOSTROPHE: "'",
    HYPHEN: "-",
    TERMINAL: ".?!",
    CLAUSE: ",;:",
    QUOTE: '"`',
    OPEN: "([{",
    CLOSE: ")]}",
}


def _class_table() -> bytes:
    table = bytearray([OTHER] * 128 + [WORD] * 128)
    for code in range(128):
        if chr(code).isalnum() or chr(code) == "_":
            table[code] = WORD
    for kind, members in _ASCII_MEMBERS.items():
        for member in members:
            table[ord(member)] = kind
    return bytes(table)


CLASS_TABLE: Final = _class_table()
_PADDING: Final = bytes(PAD)

_LONGEST_NOTE: Final = 24
"""Bytes that the numbers of notes at the end of a sentence may have."""
_IN_NOTE: Final = np.isin(np.arange(256), list(b"0123456789,-\0"))
"""Which bytes of `Buffer.padded` are part of them; after the hyphen that stands for a wide dash come zeros."""
_BLANK: Final = np.frombuffer(CLASS_TABLE, dtype=np.uint8) <= NEWLINE
"""Which bytes are white space."""

# Punctuation and spaces outside ASCII: character -> (class, ASCII spelling that stands for it in `Buffer.padded`).
# The spelling is filled up with zero bytes, so that the hash of a curly quote is that of a straight one.
WIDE: Final[dict[str, tuple[int, bytes]]] = {
    "\u0085": (NEWLINE, b"\n"),
    "\u00a0": (SPACE, b" "),
    "\u00ab": (QUOTE, b'"'),
    "\u00bb": (QUOTE, b'"'),
    "\u00b4": (APOSTROPHE, b"'"),
    "\u00b7": (OTHER, b"*"),
    "\u02bc": (APOSTROPHE, b"'"),
    "\u2010": (HYPHEN, b"-"),
    "\u2011": (HYPHEN, b"-"),
    "\u2012": (HYPHEN, b"-"),
    "\u2013": (HYPHEN, b"-"),
    "\u2014": (HYPHEN, b"-"),
    "\u2015": (HYPHEN, b"-"),
    "\u2018": (APOSTROPHE, b"'"),
    "\u2019": (APOSTROPHE, b"'"),
    "\u201a": (QUOTE, b'"'),
    "\u201c": (QUOTE, b'"'),
    "\u201d": (QUOTE, b'"'),
    "\u201e": (QUOTE, b'"'),
    "\u2022": (OTHER, b"*"),
    "\u2026": (TERMINAL, b"..."),
    "\u2028": (NEWLINE, b"\n"),
    "\u2029": (NEWLINE, b"\n"),
    "\u202f": (SPACE, b" "),
    "\u2032": (APOSTROPHE, b"'"),
    "\u2060": (SPACE, b" "),
    "\u3000": (SPACE, b" "),
    "\ufeff": (SPACE, b" "),
    **{chr(code): (SPACE, b" ") for code in range(0x2000, 0x200C)},
}


_WORD_CHARACTER: Final = re.compile(f"[0-9A-Za-z]|[^\\x00-\\x7f{''.join(WIDE)}]")


def holds_word(text: str) -> bool:
    """Whether a byte of the text is of class WORD (see `make_buffer`).

    >>> holds_word("... ?!"), holds_word("... 7"), holds_word("_!")
    (False, True, False)
    """
    if _WORD_CHARACTER.search(text):
        return True
    # Whether an underscore is a word or a mark of emphasis depends on what stands around it.
    return "_" in text and bool((make_buffer(encode(text)).classes == WORD).any())


def _key(encoded: bytes) -> int:
    """Two or three bytes as one number, filled up with zero."""
    return int.from_bytes(encoded.ljust(3, b"\0"), "big")


_WIDE_ENCODED: Final = sorted((character.encode() for character in WIDE), key=_key)
_WIDE_KEYS: Final = np.array([_key(encoded) for encoded in _WIDE_ENCODED])
_WIDE_KINDS: Final = np.array([WIDE[encoded.decode()][0] for encoded in _WIDE_ENCODED], dtype=np.uint8)
_WIDE_SPELLINGS: Final = np.array(
    [list(WIDE[encoded.decode()][1].ljust(3, b"\0")) for encoded in _WIDE_ENCODED], dtype=np.uint8
)


@dataclass(frozen=True, eq=False, repr=False)
class Buffer:
    """One stretch of UTF-8 text, byte by byte.

    Attributes
    ----------
    raw : uint8[n], the bytes as given.
    padded : uint8[PAD + n + PAD], lower-cased bytes between zero bytes; wide punctuation spelt in ASCII.
    classes : uint8[n], the character class of each byte after joining (see `make_buffer`).
    newlines : int64[m], byte positions of line ends, increasing.
    continuation : int64[k], positions of bytes that continue a character, increasing.

    """

    raw: Bytes
    padded: Bytes
    classes: Bytes
    newlines: Ints
    continuation: Ints

    @cached_property
    def eights(self) -> Hashes:
        """uint64[n + PAD + 1]: entry i holds the 8 bytes of `padded` from position i - PAD on.

        So ``eights[end]`` are the 8 bytes up to byte position `end`, ``eights[start + PAD]`` those from `start`. It is
        eight times as large as the text, but a view of `padded` would be several times slower to pick from.
        """
        count = len(self.padded) - PAD + 1
        return np.ndarray((count,), dtype="<u8", buffer=self.padded.data, strides=(1,)).copy()

    def code_points(self, positions: Ints) -> Ints:
        """Byte positions -> code-point positions, both int64[k].

        >>> make_buffer("é!".encode()).code_points(np.array([0, 2, 3])).tolist()
        [0, 1, 2]
        """
        if not len(self.continuation):
            return positions
        return positions - self.continuation.searchsorted(positions)


def encode(text: str, begun: int = 0) -> bytes:
    r"""UTF-8 bytes of `text`, before which `begun` characters stand.

    Raises
    ------
    InputError : the text holds a lone surrogate, which no UTF-8 file can hold.

    >>> encode("na\u00efve")
    b'na\xc3\xafve'

    """
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        found = f"U+{ord(text[error.start]):04X}"
        raise InputError(
            f"lone surrogate {found} at character {begun + error.start}: the text isn't valid Unicode"
        ) from error


def positions(flags: npt.NDArray[np.bool_]) -> Ints:
    """Where `flags` bool[n] are true, int64[k]."""
    return flags.nonzero()[0]


def pick(values: npt.NDArray[Number], index: npt.NDArray[Any]) -> npt.NDArray[Number]:
    """values[index] of values of one dimension; the first or the last where the index lies outside.

    Several times faster than indexing, which checks.
    """
    return values.take(index, mode="clip")


def runs(values: npt.NDArray[Any]) -> Ints:
    """Where runs of equal values begin, int64[k].

    >>> runs(np.array([3, 3, 5, 5, 5, 3])).tolist()
    [0, 2, 5]
    """
    begins = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=begins[1:])
    return positions(begins)


def is_lower(values: Bytes) -> npt.NDArray[np.bool_]:
    """Which bytes uint8[...] are letters from a to z."""
    return values - _FIRST_LOWER <= _LETTERS


def is_capital(values: Bytes) -> npt.NDArray[np.bool_]:
    """Which bytes uint8[...] are letters from A to Z."""
    return values - _FIRST_CAPITAL <= _LETTERS


def is_digit(values: Bytes) -> npt.NDArray[np.bool_]:
    """Which bytes uint8[...] are digits."""
    return values - _FIRST_DIGIT <= _DIGITS


def make_buffer(data: bytes) -> Buffer:
    r"""Classify every byte of `data`.

    Joining changes the class of punctuation inside words, where the neighbours on both sides are word bytes:
    an apostrophe or hyphen becomes SPACE (*can't* is two tokens, *can* and *t*, without one for the apostrophe),
    a comma between digits and a full stop (*3.5*, *U.S*, *example.com*) become WORD, except a full stop between
    a lower-case and an upper-case letter, which is a missing space after a sentence, and one before the number of
    a note (*was shown.12*). Up to three asterisks or underscores that touch a word on one side, which is how Markdown
    marks emphasis, become SPACE too.

    >>> buffer = make_buffer("Don't!".encode())
    >>> buffer.classes.tolist(), buffer.padded[8:14].tobytes()
    ([2, 2, 2, 0, 2, 5], b"don't!")

    """
    raw = np.frombuffer(data, dtype=np.uint8)
    padded = np.frombuffer(bytearray(b"".join((_PADDING, data.lower(), _PADDING))), dtype=np.uint8)
    classes = np.frombuffer(bytearray(data).translate(CLASS_TABLE), dtype=np.uint8)
    continuation = np.zeros(0, dtype=np.int64)
    wide = np.zeros((2, 0), dtype=np.int64)
    if not data.isascii():
        high = positions(raw >= _CONTINUING)
        continues = raw[high] < _LEADING
        continuation = high[continues]
        wide = _mark_wide(padded, classes, high[~continues])
    if b"*" in data or b"_" in data:
        _blank_emphasis(raw, classes)
    if wide.size:
        _join_wide(classes, wide)
    _join(raw, padded, classes)
    return Buffer(raw, padded, classes, positions(classes == NEWLINE), continuation)


def _mark_wide(padded: Bytes, classes: Bytes, lead: Ints) -> Ints:
    """Give punctuation outside ASCII its class and its ASCII spelling, in place.

    `lead` are the positions of all characters outside ASCII. Returned are those of apostrophes and hyphens and where
    they end, int64[2, k].
    """
    first, second, third = (padded[lead + (PAD + offset)].astype(np.int64) for offset in range(3))
    long = first >= _LEADING_THREE
    key = (first << 16) | (second << 8) | third * long
    entry = np.minimum(np.searchsorted(_WIDE_KEYS, key), len(_WIDE_KEYS) - 1)
    found = _WIDE_KEYS[entry] == key
    lead, entry, long = lead[found], entry[found], long[found]
    for offset in range(3):
        reaches = long | (offset < 2)
        at, which = lead[reaches] + offset, entry[reaches]
        classes[at] = _WIDE_KINDS[which]
        padded[at + PAD] = _WIDE_SPELLINGS[which, offset]
    kind = _WIDE_KINDS[entry]
    return np.stack((lead, lead + 2 + long))[:, (kind == APOSTROPHE) | (kind == HYPHEN)]


def _join_wide(classes: Bytes, wide: Ints) -> None:
    """Give apostrophes and hyphens outside ASCII, at int64[2, k], class SPACE where they are inside words, in place."""
    lead, end = wide
    inside = (lead > 0) & (end < len(classes)) & (pick(classes, lead - 1) == WORD) & (pick(classes, end) == WORD)
    for offset in range(3):
        at = lead + offset
        classes[at[inside & (at < end)]] = SPACE


def _blank_emphasis(raw: Bytes, classes: Bytes) -> None:
    """Give one to three asterisks or underscores that touch a word, or anything, on one side class SPACE, in place."""
    marks = positions((raw == _ASTERISK) | (raw == _UNDERSCORE))
    begins = marks[np.diff(marks, prepend=-2) > 1]
    ends = marks[np.diff(marks, append=len(raw) + 1) > 1] + 1
    before = pick(classes, begins - 1) * (begins > 0)  # class SPACE where there is nothing
    after = pick(classes, ends) * (ends < len(classes))
    emphatic = ((before == WORD) != (after == WORD)) | ((before > NEWLINE) != (after > NEWLINE))
    emphatic &= ends - begins <= _EMPHASIS
    for offset in range(_EMPHASIS):
        at = begins + offset
        classes[at[emphatic & (at < ends)]] = SPACE


def _join(raw: Bytes, padded: Bytes, classes: Bytes) -> None:
    """Change the class of ASCII apostrophes, hyphens, full stops and commas inside words, in place.

    Two such marks in a row are never inside a word, so that one decision doesn't touch another.
    """
    if len(classes) < 3:
        return
    word = classes == WORD
    inside = classes[1:-1] - np.uint8(APOSTROPHE) <= CLAUSE - APOSTROPHE
    inside &= word[:-2]
    inside &= word[2:]
    at = positions(inside) + 1
    if not len(at):
        return
    before, mark, after = raw[at - 1], raw[at], raw[at + 1]
    low, number = is_lower(before), is_digit(after)
    run_on = low & is_capital(after)
    digits = is_digit(before) & number
    stop = (mark == ord(".")) & ~run_on
    noted = positions(stop & low & number)
    if len(noted):
        stop[noted] = ~_before_note(padded, at[noted])
    joined = stop | ((mark == ord(",")) & digits)
    classes[at[classes[at] <= HYPHEN]] = SPACE
    classes[at[joined]] = WORD


def _before_note(padded: Bytes, stop: Ints) -> npt.NDArray[np.bool_]:
    """Which full stops int64[k], between a letter and a digit, stand before a note's number: *shown.12, shown.3,7-9*.

    They follow three letters or more; after the number comes white space or nothing.
    """
    first = stop + PAD
    noted = is_lower(padded[first - 2]) & is_lower(padded[first - 3])
    limit = len(padded) - PAD
    end = first + 1
    for _ in range(_LONGEST_NOTE):
        end += _IN_NOTE[padded[end]] & (end < limit)
    ended: npt.NDArray[np.bool_] = (end == limit) | _BLANK[padded[end]]
    return noted & is_digit(padded[end - 1]) & ended
