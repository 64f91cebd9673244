"""On whose word: the source to whom a sentence attributes its claim."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hedge.buffer import Buffer, Bytes, Ints
from hedge.segment import Tokens


@dataclass(frozen=True, eq=False, repr=False)
class Holders:
    """Holders found, at most one a sentence.

    Attributes
    ----------
    sentence : int64[h], increasing.
    first, last : int64[h], token indices, half-open.
    kind : uint8[h], index into `HOLDER_KINDS`.

    """

    sentence: Ints
    first: Ints
    last: Ints
    kind: Bytes


def find_holders(buffer: Buffer, tokens: Tokens, first: Ints, last: Ints) -> Holders:
    """Find the holder of each sentence that has one; `first`, `last` int64[s] are token indices of the sentences."""
    none = np.zeros(0, dtype=np.int64)
    return Holders(none, none, none, np.zeros(0, dtype=np.uint8))
