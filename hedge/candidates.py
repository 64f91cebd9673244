"""Where the phrases of a lexicon occur in a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from hedge.buffer import Bytes, Ints, pick, positions
from hedge.gate import ALONE, FIRST, has
from hedge.lexicon import Lexicon, slot_shift
from hedge.tokens import STEP, Tokens

_SIZE_BITS: Final = np.array(8)
"""The number of words of any form fits into them."""


_ROUNDS: Final = 8
"""After so many, what overlaps still is a long chain (*more and more and more*), of which each undoes one link."""


@dataclass(frozen=True, eq=False, repr=False)
class Candidates:
    """Phrases found in a text that can be cues there.

    Attributes
    ----------
    first, last : int64[c], token indices, half-open; increasing, without overlap.
    form : int64[c], index into `Lexicon.forms`.
    sentence : int64[c], index of the sentence.

    """

    first: Ints
    last: Ints
    form: Ints
    sentence: Ints

    def __len__(self) -> int:
        return len(self.first)


def find_candidates(lexicon: Lexicon, tokens: Tokens, flags: Bytes, owner: Ints) -> Candidates:
    """Occurrences of the lexicon's forms inside sentences, from left to right, the longest at each token.

    `flags` uint8[t] are what the gate says of each token, `owner` int64[t] the sentences that the tokens are of.

    >>> from hedge.buffer import make_buffer
    >>> from hedge.gate import look
    >>> from hedge.levels import CueType
    >>> from hedge.lexicon import Form, compile_lexicon
    >>> from hedge.tokens import find_tokens
    >>> buffer = make_buffer(b"It may rain. We may not know.")
    >>> tokens = find_tokens(buffer)
    >>> lexicon = compile_lexicon([Form("may", "may", CueType.EPISTEMIC, 0.65)])
    >>> flags = look(lexicon.gate, tokens.hash)
    >>> owner = np.array([0, 0, 0, 0, 1, 1, 1, 1, 1])
    >>> find_candidates(lexicon, tokens, flags, owner).first.tolist()
    [1, 5]
    """
    at = has(flags, ALONE)
    keys, values = [(at << _SIZE_BITS) - 1], [pick(tokens.hash, at)]
    at = has(flags[:-1] & (flags[1:] >> np.uint8(1)), FIRST)  # SECOND is the bit after FIRST
    value = pick(tokens.hash, at)
    for length, slots in enumerate(lexicon.slots if len(at) else (), 2):
        value = value * STEP + pick(tokens.hash, at + (length - 1))
        begun = positions(pick(slots, (value >> slot_shift(length)).view(np.int64)))
        if not len(begun):
            break
        at, value = pick(at, begun), pick(value, begun)
        keys.append((at << _SIZE_BITS) - length)
        values.append(value)
    hits, form = lexicon.find(np.concatenate(values))
    return _choose(pick(np.concatenate(keys), hits), form, owner)


def _choose(key: Ints, form: Ints, owner: Ints) -> Candidates:
    """Keep the matches that lie inside a sentence and begin inside no match kept before; the longest at each token.

    `key` int64[m] is the token at which a match begins << _SIZE_BITS, less the number of its tokens: so they sort.
    """
    if not len(key):
        return Candidates(key, key, form, key)
    order = key.argsort(kind="stable")  # fast on the runs that `key` is made of
    key, form = pick(key, order), pick(form, order)
    start = (key >> _SIZE_BITS) + 1
    end = start + ((start << _SIZE_BITS) - key)
    sentence = pick(owner, start)
    rest = positions((pick(owner, end - 1) == sentence) & (end <= len(owner)))
    kept = []
    for _ in range(_ROUNDS):
        # What begins after all before it ended is kept; most that begins earlier lies inside the last of these.
        begin, reach = pick(start, rest), pick(end, rest)
        early = begin[1:] < np.maximum.accumulate(reach)[:-1]
        if not early.any():
            break
        free = np.concatenate(([True], ~early))
        kept.append(rest[free])
        rest = rest[begin >= reach[free][free.cumsum() - 1]]
    else:
        rest = rest[_take_in_turn(pick(start, rest).tolist(), pick(end, rest).tolist())]
    chosen = np.sort(np.concatenate((*kept, rest))) if kept else rest
    return Candidates(pick(start, chosen), pick(end, chosen), pick(form, chosen), pick(sentence, chosen))


def _take_in_turn(start: list[int], end: list[int]) -> list[int]:
    """Which matches, from left to right, begin inside none that was taken before."""
    taken, reach = [], 0
    for number, (first, last) in enumerate(zip(start, end, strict=True)):
        if first >= reach:
            taken.append(number)
            reach = last
    return taken
