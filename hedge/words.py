"""Lists of words to tables that many tokens are looked up in at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from hedge.buffer import Hashes
from hedge.tokens import hash_words

_BUCKET_SHIFT: Final = np.array(64 - 8, dtype=np.uint64)
_SLOTS: Final = 1 << 12
_SLOT_MASK: Final = np.array(_SLOTS - 1, dtype=np.uint64)


@dataclass(frozen=True, eq=False, repr=False)
class WordTable:
    """A number for each of some words, 0 for all others.

    A word's slot is made of some bits of its hash and of the displacement of its bucket, which was chosen so that no
    two words share a slot (Pagh 1999, "Hash and displace"); so the table is small and stays in the cache.

    Attributes
    ----------
    shift : uint64, how many low bits of a hash to drop for its slot.
    displacements : uint64[256], of each bucket, which are the leading bits.
    keys, values : uint64[4096], the word of each slot and its number.

    """

    shift: Hashes
    displacements: Hashes
    keys: Hashes
    values: Hashes

    def of(self, hashes: Hashes) -> Hashes:
        """Numbers uint64 of the words with the given hashes, in their shape.

        >>> make_table({"may": 5}).of(hash_words(["May", "June"])).tolist()
        [5, 0]
        """
        slot = self.displacements.take((hashes >> _BUCKET_SHIFT).view(np.int64), mode="clip")
        slot ^= hashes >> self.shift
        slot &= _SLOT_MASK
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
    bucket = hashes >> _BUCKET_SHIFT
    for shift in np.arange(40, 0, -1).astype(np.uint64):
        slot = (hashes >> shift) & _SLOT_MASK
        if len(set((bucket * np.uint64(_SLOTS) + slot).tolist())) == len(slot):  # else no displacement parts them
            break
    displacements = _displace(bucket, slot)
    slot ^= displacements[bucket]
    keys, values = np.zeros(_SLOTS, dtype=np.uint64), np.zeros(_SLOTS, dtype=np.uint64)
    keys[slot], values[slot] = hashes, list(numbers.values())
    return WordTable(np.array(shift), displacements, keys, values)


def _displace(bucket: Hashes, slot: Hashes) -> Hashes:
    """Displacement uint64[256] of each bucket, the fullest first, that moves its slots to free ones."""
    members: dict[int, list[int]] = {}
    for number, place in zip(bucket.tolist(), slot.tolist(), strict=True):
        members.setdefault(number, []).append(place)
    displacements = np.zeros(256, dtype=np.uint64)
    taken: set[int] = set()
    for number, places in sorted(members.items(), key=lambda item: -len(item[1])):
        displacement = next(d for d in range(_SLOTS) if taken.isdisjoint([place ^ d for place in places]))
        taken.update(place ^ displacement for place in places)
        displacements[number] = displacement
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
