"""Lists of words to tables that many tokens are looked up in at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from hedge.buffer import Hashes
from hedge.tokens import Halves, hash_words

_LEAST_BITS: Final = 12
"""Bits of a slot's number in a table of few words."""

_BITS_LESS: Final = 1
"""So many bits less has a bucket's number: half as many buckets as slots, of which few hold more than one word."""


@dataclass(frozen=True, eq=False, repr=False)
class WordTable:
    """A number for each of some words, 0 for all others.

    A word's slot is made of some bits of its hash and of the displacement of its bucket, which was chosen so that no
    two words share a slot (Pagh 1999, "Hash and displace"); so the table is small.

    Attributes
    ----------
    shift : uint64, how many low bits of a hash to drop for its slot.
    bucket_shift : uint64, how many to drop for its bucket.
    mask : uint64, the bits of a slot's number.
    displacements : uint32[buckets], of each bucket.
    keys, values : uint64[slots], the word of each slot and its number; at least twice as many slots as words.

    """

    shift: Hashes
    bucket_shift: Hashes
    mask: Hashes
    displacements: Halves
    keys: Hashes
    values: Hashes

    def of(self, hashes: Hashes) -> Hashes:
        """Numbers uint64 of the words with the given hashes, in their shape.

        >>> make_table({"may": 5}).of(hash_words(["May", "June"])).tolist()
        [5, 0]
        """
        slot = hashes >> self.shift
        slot ^= self.displacements.take((hashes >> self.bucket_shift).view(np.int64), mode="clip")
        slot &= self.mask
        at = slot.view(np.int64)
        values: Hashes = self.values.take(at, mode="clip")
        values *= self.keys.take(at, mode="clip") == hashes
        return values


def make_table(numbers: Mapping[str, int]) -> WordTable:
    """Table of words that all have different hashes.

    >>> make_table({"may": 1, "MAY": 2})
    Traceback (most recent call last):
        ...
    ValueError: a word stands twice in the table
    """
    hashes = hash_words(list(numbers))
    if len(set(hashes.tolist())) < len(hashes):
        raise ValueError("a word stands twice in the table")
    bits = max(_LEAST_BITS, (2 * len(hashes) - 1).bit_length())
    mask, bucket_shift = np.array((1 << bits) - 1, dtype=np.uint64), np.array(64 - bits + _BITS_LESS, dtype=np.uint64)
    bucket = hashes >> bucket_shift
    for shift in np.arange(40, 0, -1).astype(np.uint64):
        slot = (hashes >> shift) & mask
        if len(set(((bucket << np.uint64(bits)) + slot).tolist())) == len(slot):  # else no displacement parts them
            break
    displacements = _displace(bucket, slot, bits)
    slot ^= displacements[bucket]
    keys, values = np.zeros((2, 1 << bits), dtype=np.uint64)
    keys[slot], values[slot] = hashes, list(numbers.values())
    return WordTable(np.array(shift), bucket_shift, mask, displacements, keys, values)


def _displace(bucket: Hashes, slot: Hashes, bits: int) -> Halves:
    """Displacement uint32[buckets] of each bucket that moves its slots to free ones, the fullest buckets first."""
    alone = np.bincount(bucket.view(np.int64))[bucket.view(np.int64)] == 1
    members: dict[int, list[int]] = {}
    for number, place in zip(bucket[~alone].tolist(), slot[~alone].tolist(), strict=True):
        members.setdefault(number, []).append(place)
    displacements = np.zeros(1 << (bits - _BITS_LESS), dtype=np.uint32)
    taken: set[int] = set()
    for number, places in sorted(members.items(), key=lambda item: -len(item[1])):
        displacement = next(d for d in range(1 << bits) if taken.isdisjoint([place ^ d for place in places]))
        taken.update([place ^ displacement for place in places])
        displacements[number] = displacement
    free = np.setdiff1d(np.arange(1 << bits, dtype=np.uint64), list(taken))
    displacements[bucket[alone]] = slot[alone] ^ free[: np.count_nonzero(alone)]
    return displacements


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
