"""Where the phrases of a lexicon occur in a text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hedge.buffer import Bytes, Hashes, Ints, pick, positions
from hedge.gate import ALONE, FIRST, has
from hedge.lexicon import STEP, Lexicon
from hedge.tokens import Bools, Tokens


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


def find_candidates(lexicon: Lexicon, tokens: Tokens, flags: Bytes, first: Ints) -> Candidates:
    """Occurrences of the lexicon's forms inside sentences, from left to right, the longest at each token.

    `flags` uint8[t] are what the gate says of each token, `first` int64[s] the tokens that start sentences.

    >>> from hedge.buffer import make_buffer
    >>> from hedge.gate import look
    >>> from hedge.levels import CueType
    >>> from hedge.lexicon import Form, compile_lexicon
    >>> from hedge.segment import find_sentences
    >>> from hedge.tokens import find_tokens
    >>> buffer = make_buffer(b"It may rain. We may not know.")
    >>> tokens = find_tokens(buffer)
    >>> lexicon = compile_lexicon([Form("may", "may", CueType.EPISTEMIC, 0.65)])
    >>> flags = look(lexicon.gate, tokens.hash)
    >>> find_candidates(lexicon, tokens, flags, find_sentences(buffer, tokens)).first.tolist()
    [1, 5]
    """
    at = has(flags, ALONE)
    where, form = lexicon.find(pick(tokens.hash, at))
    starts, forms, sizes = [at[where]], [form], [np.ones(len(form), dtype=np.int64)]
    at = has(flags[:-1] & (flags[1:] >> np.uint8(1)), FIRST)  # SECOND is the bit after FIRST
    value = pick(tokens.hash, at)
    for length, slots in enumerate(lexicon.slots, 2):
        if not len(at):
            break
        value = value * STEP + pick(tokens.hash, at + (length - 1))
        begun = _in_slots(slots, value)
        at, value = at[begun], value[begun]
        where, form = lexicon.find(value)
        starts.append(at[where])
        forms.append(form)
        sizes.append(np.full(len(form), length, dtype=np.int64))
    return _choose(np.concatenate(starts), np.concatenate(forms), np.concatenate(sizes), tokens, first)


def _in_slots(slots: Bools, values: Hashes) -> Ints:
    """Positions of the values whose top bits are those of some key."""
    bits = (len(slots) - 1).bit_length()
    return positions(pick(slots, (values >> np.uint64(64 - bits)).view(np.int64)))


def _choose(start: Ints, form: Ints, size: Ints, tokens: Tokens, first: Ints) -> Candidates:
    """Keep the matches that lie inside a sentence and begin inside no match kept before; the longest at each token."""
    order = np.argsort(start * 256 - size, kind="stable")  # fast on the runs that `start` is made of
    start, form, size = start[order], form[order], size[order]
    following = np.searchsorted(first, start, side="right")
    end = start + size
    rest = positions(end <= np.append(first, len(tokens))[following])
    kept = [rest[:0]]
    while len(rest):
        # What begins after all before it ended is kept; most that begins earlier lies inside the last of these.
        begin, reach = start[rest], end[rest]
        free = np.ones(len(rest), dtype=np.bool_)
        free[1:] = begin[1:] >= np.maximum.accumulate(reach)[:-1]
        kept.append(rest[free])
        rest = rest[begin >= reach[free][np.cumsum(free) - 1]]
    chosen = np.sort(np.concatenate(kept))
    return Candidates(start[chosen], end[chosen], form[chosen], following[chosen] - 1)
