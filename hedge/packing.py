"""Level weights: three in one number, whose sums are the three sums side by side, and tables of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from hedge.buffer import Ints, pick

BOUNDS: Final = 3
"""Cumulative decisions of the level model: level >= possible, >= probable, >= certain."""

# Three sums travel in one int64, 21 bits each: field k holds value << (21 * k).
_FIELD: Final = 21
LARGEST_SUM: Final = 1 << (_FIELD - 1)
"""Sums must be smaller than this, else one spoils the next."""

_SHIFTS: Final = np.array([[_FIELD * bound] for bound in range(BOUNDS)])
_FIELDS: Final = 1 << _SHIFTS
_OFFSET: Final = int(_FIELDS.sum()) * LARGEST_SUM
"""Makes the sum in every field positive, so that none borrows from the next."""

Codes = npt.NDArray[np.uint16] | npt.NDArray[np.uint32]


def pack(weights: npt.NDArray[np.int16]) -> Ints:
    """Level weights int16[3, n] -> int64[n] whose sums are the three sums side by side.

    >>> unpack(pack(np.array([[-5, 7], [6, 1], [-7, -1]], dtype=np.int16)).sum(keepdims=True)).ravel().tolist()
    [2, 7, -8]
    """
    low, middle, high = weights
    packed: Ints = high.astype(np.int64)
    for lower in (middle, low):
        packed <<= _FIELD
        packed += lower
    return packed


def unpack(packed: Ints) -> Ints:
    """Undo `pack` on sums: int64[s] -> int64[3, s]; each sum must lie within +-`LARGEST_SUM`."""
    out: Ints = (packed + _OFFSET) >> _SHIFTS
    out &= (1 << _FIELD) - 1
    out -= LARGEST_SUM
    return out


@dataclass(frozen=True, eq=False, repr=False)
class LevelTable:
    """Three level weights for each of many places, most of which have few or no weight.

    The weights are small whole numbers, so that far fewer sets of three differ than there are places: the table is a
    quarter as large as one of packed weights, or half if many differ, which matters since its places are looked up in
    no order.

    Attributes
    ----------
    codes : uint16[n], or uint32[n] if more than 65,536 sets differ; which set each place has.
    sets : int64[k], packed weights, those of most places first.

    """

    codes: Codes
    sets: Ints

    def at(self, places: Ints) -> Ints:
        """Packed weights int64 of the places, in their shape.

        >>> unpack(make_level_table(np.array([[0, 9], [0, 8], [0, 7]], dtype=np.int16)).at(np.array([1]))).tolist()
        [[9], [8], [7]]
        """
        return pick(self.sets, pick(self.codes, places))

    def weights(self) -> npt.NDArray[np.int16]:
        """The weights int16[3, n] of all places."""
        return unpack(self.sets).astype(np.int16)[:, self.codes]

    @cached_property
    def heaviest(self) -> int:
        """The largest weight, whatever its sign; at least 1."""
        return int(np.abs(unpack(self.sets)).max(initial=1))


def make_level_table(weights: npt.NDArray[np.int16]) -> LevelTable:
    """Table of the weights int16[3, n], in units of 1 / LOGIT_SCALE."""
    sets, codes, counts = np.unique(pack(weights), return_inverse=True, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    ranks = np.empty(len(sets), dtype=np.min_scalar_type(max(len(sets) - 1, 1 << 8)))
    ranks[order] = np.arange(len(sets))
    return LevelTable(ranks[codes.ravel()], sets[order])
