"""Weights of words and of pairs of words, and sums of weights over sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from hedge.buffer import Hashes, Ints
from hedge.tokens import STEP

LOGIT_SCALE: Final = 256
"""Weights and logits are integers in units of 1 / LOGIT_SCALE, so that sums are exact in any order."""

WORD_BITS: Final = 18
"""Words are told apart by so many bits; those that stand often stay in the cache."""

PAIR_BITS: Final = 19
"""Pairs of words are told apart by so many bits."""

Look = Callable[[Ints], npt.NDArray[Any]]
"""Looks up the weights, integers, of places int64 of any shape, in their shape."""

_WORD_SHIFT, _PAIR_SHIFT = (np.array(64 - bits, dtype=np.uint64) for bits in (WORD_BITS, PAIR_BITS))
_PAIRS: Final = np.array(1 << WORD_BITS, dtype=np.uint64)

_FEW: Final = 1 << 16
"""Weights of two bytes, so many of which add up within four."""

_BLOCK: Final = 512
"""Sentences whose words are weighed at a time: what is needed for them stays in the cache."""


def logits_of(probabilities: Sequence[float]) -> Ints:
    """Integer logits int64[n] of probabilities, in units of 1 / LOGIT_SCALE.

    >>> logits_of([0.5, 0.75]).tolist()
    [0, 281]
    """
    odds = np.array([probability / (1 - probability) for probability in probabilities])
    found: Ints = np.round(np.log(odds) * LOGIT_SCALE).astype(np.int64)
    return found


def word_places(hashes: Hashes) -> Ints:
    """Place int64[t] of each of the words in tables of words, below ``1 << WORD_BITS``."""
    found: Ints = (hashes >> _WORD_SHIFT).view(np.int64)
    return found


def pair_places(hashes: Hashes) -> Ints:
    """Place int64[t] of each of the words with the next, ``1 << PAIR_BITS`` places from ``1 << WORD_BITS`` on.

    The last one stands for no pair, and those across sentences are to be left out. Many share a place, which costs
    little: few of them tell anything, and what the others seem to tell by chance is lost.
    """
    pairs = hashes * STEP
    pairs[:-1] += hashes[1:]
    pairs >>= _PAIR_SHIFT
    pairs += _PAIRS
    return pairs.view(np.int64)


def weigh_words(look: Look, hashes: Hashes, first: Ints, last: Ints, *, paired: bool = False) -> Ints:
    """Sums int64[s] of the weights of all words of each sentence, and of all its pairs if these have weights too.

    Parameters
    ----------
    look : places of words, and of pairs if `paired`, to their weights.
    hashes : uint64[t], identities of the words.
    first, last : int64[s], the words of each sentence, half-open; they follow one another and cover all words.
    paired : whether pairs count too.

    """
    if len(first) <= _BLOCK:
        return _weigh_block(look, hashes, first, last, paired).astype(np.int64, copy=False)
    sums = np.empty(len(first), dtype=np.int64)
    for begin in range(0, len(first), _BLOCK):
        block = slice(begin, begin + _BLOCK)
        starts, ends = first[block], last[block]
        low, high = starts[0], ends[-1]
        sums[block] = _weigh_block(look, hashes[low:high], starts - low, ends - low, paired)
    return sums


def _weigh_block(look: Look, hashes: Hashes, first: Ints, last: Ints, paired: bool) -> Ints:
    values = look(word_places(hashes))
    if paired and len(hashes):
        pairs = look(pair_places(hashes))
        # The last word of a sentence, or of the one before an empty one; before the first, the last word of all.
        pairs[last - 1] = 0
        values += pairs
    return sum_sentences(values, first, last)


def sum_sentences(values: npt.NDArray[Any], first: Ints, last: Ints) -> Ints:
    """Sums, integers [s], of the stretches values[first:last].

    These follow one another and cover all values; some may be empty.

    >>> sum_sentences(np.array([1, 2, 3, 4]), np.array([0, 3, 3]), np.array([3, 3, 4])).tolist()
    [6, 0, 4]
    """
    # Four bytes are faster, and surely wide enough for so few weights of two bytes.
    kind = np.int32 if values.dtype == np.int16 and len(values) <= _FEW else np.int64
    filled = last > first
    if filled.all():
        whole: Ints = np.add.reduceat(values, first, dtype=kind)
        return whole
    sums = np.zeros(len(first), dtype=np.int64)
    if filled.any():
        sums[filled] = np.add.reduceat(values, first[filled], dtype=kind)
    return sums
