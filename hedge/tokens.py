"""Buffer to tokens: words and runs of punctuation, each with a hash of its lower-cased bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from hedge.buffer import PAD, WORD, Buffer, Bytes, Hashes, Ints, make_buffer, pick, positions

Bools = npt.NDArray[np.bool_]
Halves = npt.NDArray[np.uint32]

# Arrays of no dimension: with a scalar every operation on a short text takes half as long again.
_K_FIRST: Final = np.array(0x9E3779B97F4A7C15, dtype=np.uint64)
_K_LAST: Final = np.array(0xC2B2AE3D27D4EB4F, dtype=np.uint64)
_K_LENGTH: Final = np.array(0x165667B19E3779F9, dtype=np.uint64)
_K_MIDDLE: Final = np.array(0xD6E8FEB86659FD93, dtype=np.uint64)
_HALF: Final = np.array(32, dtype=np.uint64)
STEP: Final = np.uint64(0xFF51AFD7ED558CCD)
"""Factor of the polynomial hash of several words."""

_EIGHT: Final = np.array(8)
_BLOCK: Final = 16384
"""Tokens hashed at a time: what is needed for them stays in the cache."""

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
    cuts = positions(edges)
    kinds = pick(classes, cuts[:-1])
    kept = positions(kinds >= WORD)
    start, end = pick(cuts, kept), pick(cuts[1:], kept)
    return Tokens(start, end, pick(kinds, kept), _hash(buffer, start, end))


def _hash(buffer: Buffer, start: Ints, end: Ints) -> Hashes:
    """uint64[t]: linear in the first 8 bytes; longer words add their last 8, their length and their middle 8."""
    value = np.empty(len(start), dtype=np.uint64)
    for begin in range(0, len(start), _BLOCK):
        part = slice(begin, begin + _BLOCK)
        _hash_into(value[part], buffer, start[part], end[part])
    return value


def _hash_into(value: Hashes, buffer: Buffer, start: Ints, end: Ints) -> None:
    eights = buffer.eights
    size = end - start
    np.bitwise_and(pick(eights[PAD:], start), pick(_MASKS, size), out=value)
    value *= _K_FIRST
    long = positions(size > _EIGHT)
    if not len(long):
        return
    sizes = pick(size, long)
    more = pick(eights, pick(end, long))
    more *= _K_LAST
    more += sizes.view(np.uint64) * _K_LENGTH
    more += pick(value, long)
    longer = positions(sizes > 2 * _EIGHT)
    if len(longer):
        more[longer] += pick(eights, pick(start, pick(long, longer)) + (PAD + 8)) * _K_MIDDLE
    value[long] = more


def hash_word(word: str) -> np.uint64:
    """Return the hash that `find_tokens` gives a text of one token.

    >>> hash_word("May") == find_tokens(make_buffer(b"in may.")).hash[1]
    np.True_
    """
    value: np.uint64 = hash_words([word])[0]
    return value


def hash_words(words: Sequence[str]) -> Hashes:
    """uint64[k], the hash of the first token of each word."""
    buffer = make_buffer("\n".join(words).encode())
    tokens = find_tokens(buffer)
    return tokens.hash[np.searchsorted(tokens.start, np.concatenate(([0], buffer.newlines)))[: len(words)]]


OUTSIDE: Final = np.uint32(1)
"""What stands in features for a word that isn't there, beyond a sentence's end."""


def fold(hashes: Hashes) -> Halves:
    """Hashes to 32 bits, for features, which are counted in four bytes."""
    return (hashes ^ (hashes >> _HALF)).astype(np.uint32)
