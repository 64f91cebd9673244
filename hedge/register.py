"""Weights of words, summed over sentences; and the register of a sentence, which such weights tell.

Technical prose states what always holds in the words in which other prose leaves things open: *if the key is missing,
the call will fail; the value may be negative; this should return 0*. How far a sentence's words are those of technical
prose is learned from the genres of the training sentences, and features join it with the phrases.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from hedge.buffer import Bytes, Ints, pick
from hedge.tokens import Tokens

LOGIT_SCALE: Final = 256
"""Weights and logits are integers in units of 1 / LOGIT_SCALE, so that sums are exact in any order."""

WORD_BITS: Final = 16
"""Words are told apart by so many bits: some share a weight, so that the weights stay in the cache."""

_WORD_SHIFT: Final = np.array(64 - WORD_BITS, dtype=np.uint64)

REGISTER_BOUNDS: Final = (0.02, 0.08, 0.25, 0.5, 0.8, 0.95)
"""Probabilities of technical prose between the steps of the register."""

_BOUNDS: Final = np.round(np.array([np.log(p / (1 - p)) for p in REGISTER_BOUNDS]) * LOGIT_SCALE).astype(np.int64)


def word_places(tokens: Tokens) -> Ints:
    """Place int64[t] of each token in tables of words, below ``1 << WORD_BITS``."""
    found: Ints = (tokens.hash >> _WORD_SHIFT).view(np.int64)
    return found


def sum_sentences(values: npt.NDArray[Any], first: Ints, last: Ints) -> Ints:
    """Sums, integers [s], of the stretches values[first:last], which follow one another; some may be empty.

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


@dataclass(frozen=True, eq=False, repr=False)
class Register:
    """What words say of the register of their sentence.

    Attributes
    ----------
    words : int32[1 << WORD_BITS], what each word adds to the logit that its sentence is technical prose.
    bias : that of a sentence without words.

    """

    words: npt.NDArray[np.int32]
    bias: int

    def steps(self, places: Ints, first: Ints, last: Ints) -> Bytes:
        """Step uint8[s] of each sentence, 0 to ``len(REGISTER_BOUNDS)``.

        Parameters
        ----------
        places : int64[t], as `word_places` gives them.
        first, last : int64[s], tokens of each sentence, half-open; they follow one another.

        """
        if not len(first):
            return np.zeros(0, dtype=np.uint8)
        logits = sum_sentences(pick(self.words, places), first, last) + self.bias
        return _BOUNDS.searchsorted(logits, side="right").astype(np.uint8)


NO_REGISTER: Final = Register(np.zeros(1 << WORD_BITS, dtype=np.int32), 0)
"""What is known of words when no training sentence is known to be technical prose."""
