"""Lists of words to tables that many tokens are looked up in at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from hedge.buffer import Hashes
from hedge.tokens import hash_words


@dataclass(frozen=True, eq=False, repr=False)
class WordTable:
    """A number for each of some words, 0 for all others.

    Attributes
    ----------
    shift, mask : the bits of a hash that say its slot; no two of the words share one.
    keys : uint64[slots], the word of each slot.
    values : uint64[slots], or a narrower kind of number, the number of each.

    """

    shift: np.uint64
    mask: np.uint64
    keys: Hashes
    values: Hashes

    def of(self, hashes: Hashes) -> Hashes:
        """Numbers uint64 of the words with the given hashes, in their shape.

        >>> make_table({"may": 5}).of(hash_words(["May", "June"])).tolist()
        [5, 0]
        """
        slot = ((hashes >> self.shift) & self.mask).view(np.int64)
        values: Hashes = self.values.take(slot, mode="clip")
        values *= self.keys.take(slot, mode="clip") == hashes
        return values


def make_table(numbers: Mapping[str, int]) -> WordTable:
    """Table of the smallest size at which some stretch of the hash's bits keeps the words apart."""
    hashes = hash_words(list(numbers))
    for bits in range(12, 24):
        mask = np.uint64((1 << bits) - 1)
        for shift in np.arange(64 - bits, 0, -1).astype(np.uint64):
            slot = (hashes >> shift) & mask
            if len(np.unique(slot)) == len(slot):
                keys, values = np.zeros(1 << bits, dtype=np.uint64), np.zeros(1 << bits, dtype=np.uint64)
                keys[slot], values[slot] = hashes, list(numbers.values())
                return WordTable(shift, mask, keys, values)
    raise ValueError("a word stands twice in the table, or two share a hash")


def make_flags(lists: Mapping[str, str]) -> WordTable:
    """Table of bit sets: bit i of a word's number says that it stands in the i-th list, words between spaces.

    >>> make_flags({"modal": "may can", "month": "may june"}).of(hash_words(["may", "june", "can"])).tolist()
    [3, 2, 1]
    """
    numbers: dict[str, int] = {}
    for bit, words in enumerate(lists.values()):
        for word in words.split():
            numbers[word] = numbers.get(word, 0) | 1 << bit
    return make_table(numbers)
