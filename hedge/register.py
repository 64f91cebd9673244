"""The register of a sentence: how far its words are those of technical prose.

Technical prose states what always holds in the words in which other prose leaves things open: *if the key is missing,
the call will fail; the value may be negative; this should return 0*. Which words are those of technical prose is
learned from the genres of the training sentences, and features join the register with the phrases.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt

from hedge.buffer import Bytes, Hashes, Ints, pick
from hedge.sums import WORD_BITS, logits_of, weigh_words

REGISTER_BOUNDS: Final = (0.02, 0.08, 0.25, 0.5, 0.8, 0.95)
"""Probabilities of technical prose between the steps of the register."""

_BOUNDS: Final = logits_of(REGISTER_BOUNDS)


@dataclass(frozen=True, eq=False, repr=False)
class Register:
    """What words say of the register of their sentence.

    Attributes
    ----------
    words : int16[1 << WORD_BITS], what each word adds to the logit that its sentence is technical prose.
    bias : that of a sentence without words.

    """

    words: npt.NDArray[np.int16]
    bias: int

    def steps(self, hashes: Hashes, first: Ints, last: Ints) -> Bytes:
        """Step uint8[s] of each sentence, 0 to ``len(REGISTER_BOUNDS)``.

        Parameters
        ----------
        hashes : uint64[t], identities of the tokens.
        first, last : int64[s], tokens of each sentence, half-open; they follow one another and cover all tokens.

        """
        return find_steps(weigh_words(partial(pick, self.words), hashes, first, last) + self.bias)


def find_steps(logits: Ints) -> Bytes:
    """Step uint8[s] of each integer logit int64[s] that a sentence is technical prose."""
    return _BOUNDS.searchsorted(logits, side="right").astype(np.uint8)


NO_REGISTER: Final = Register(np.zeros(1 << WORD_BITS, dtype=np.int16), 0)
"""What is known of words when no training sentence is known to be technical prose."""
