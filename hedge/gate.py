"""What each token may be, from one look at the leading bits of its hash; most tokens may be nothing that matters.

A flag says that some word with these leading bits is on a list; what a flag lets through is then looked up exactly.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from hedge.buffer import Bytes, Hashes, Ints, pick, positions
from hedge.classes import MARKS
from hedge.roles import OPENING, WORDS
from hedge.tokens import hash_words

GATE_BITS: Final = 18
_SHIFT: Final = np.array(64 - GATE_BITS, dtype=np.uint64)

# A form of the lexicon by itself; the first or second word of a longer form; a word of MARKS; one that opens a frame
# of holders; one that training saw.
ALONE, FIRST, SECOND, MARK, FRAME, KNOWN = (np.uint8(1 << bit) for bit in range(6))


def places(hashes: Hashes) -> Ints:
    """Index int64[t] of each word into a gate."""
    found: Ints = (hashes >> _SHIFT).view(np.int64)
    return found


def open_gate() -> Bytes:
    """Gate uint8[1 << GATE_BITS] with the flags that don't depend on a model."""
    gate = np.zeros(1 << GATE_BITS, dtype=np.uint8)
    gate[_WORDS_OF_MARKS] |= MARK
    gate[_WORDS_OF_FRAMES] |= FRAME
    return gate


def look(gate: Bytes, hashes: Hashes) -> Bytes:
    """Flags uint8[t] of each token.

    >>> (look(open_gate(), hash_words(["said", "shall", "sail"])) & (MARK | FRAME)).tolist()
    [24, 8, 0]
    """
    return pick(gate, places(hashes))


def has(flags: Bytes, flag: np.uint8) -> Ints:
    """Which tokens int64[k] have a flag."""
    return positions((flags & flag).view(np.bool_))


_WORDS_OF_MARKS: Final = places(hash_words(" ".join(MARKS.values()).split()))
_WORDS_OF_FRAMES: Final = places(hash_words(" ".join(WORDS[role] for role in OPENING.split()).split()))
