"""Weights of words and of pairs of words, and sums of weights over sentences."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from hedge.buffer import Ints
from hedge.tokens import STEP, Tokens

LOGIT_SCALE: Final = 256
"""Weights and logits are integers in units of 1 / LOGIT_SCALE, so that sums are exact in any order."""

WORD_BITS: Final = 16
"""Words are told apart by so many bits: some share a weight, so that the weights stay in the cache."""

_WORD_SHIFT: Final = np.array(64 - WORD_BITS, dtype=np.uint64)
_PAIRS: Final = np.array(1 << WORD_BITS, dtype=np.uint64)


def word_places(tokens: Tokens) -> Ints:
    """Place int64[t] of each token in tables of words, below ``1 << WORD_BITS``."""
    found: Ints = (tokens.hash >> _WORD_SHIFT).view(np.int64)
    return found


def pair_places(tokens: Tokens) -> Ints:
    """Place int64[t] of each token and the next, from ``1 << WORD_BITS`` on and below twice that.

    It is in one table with the places of words. Pairs share places more than words do, which costs little: of the pairs
    that do, few are telling, and the others are stripped of what weight they have by chance.
    """
    pairs = tokens.hash * STEP
    pairs[:-1] += tokens.hash[1:]
    pairs >>= _WORD_SHIFT
    pairs |= _PAIRS
    return pairs.view(np.int64)


def sum_sentences(values: npt.NDArray[Any], first: Ints, last: Ints) -> Ints:
    """Sums, integers [s], of the stretches values[first:last].

    These follow one another and cover all values; some may be empty.

    >>> sum_sentences(np.array([1, 2, 3, 4]), np.array([0, 3, 3]), np.array([3, 3, 4])).tolist()
    [6, 0, 4]
    """
    kind = np.int32 if values.dtype == np.int32 else np.int64  # the values' own is faster
    filled = last > first
    if filled.all():
        whole: Ints = np.add.reduceat(values, first, dtype=kind)
        return whole
    sums = np.zeros(len(first), dtype=np.int64)
    if filled.any():
        sums[filled] = np.add.reduceat(values, first[filled], dtype=kind)
    return sums
