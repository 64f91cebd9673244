"""What each token can be to a source: bit sets of roles, in the sentences where holders are looked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

import numpy as np

from hedge.buffer import (
    APOSTROPHE,
    CLAUSE,
    CLOSE,
    HYPHEN,
    NEWLINE,
    OPEN,
    PAD,
    QUOTE,
    TERMINAL,
    WORD,
    Buffer,
    Hashes,
    Ints,
    is_capital,
    pick,
    positions,
    runs,
)
from hedge.roles import WORDS
from hedge.tokens import Bools, Tokens
from hedge.words import make_flags

_TAIL: Final = 16
"""Empty places after the last sentence."""

_GAP: Final = 3
"""Empty places around each sentence, so that looking a little past its end finds nothing."""

_NONE: Final = np.array([-1])
_S, _Y, _L = (np.array(ord(letter), dtype=np.uint8) for letter in "syl")
_BEFORE_PLURAL_S: Final = np.isin(np.arange(256), list(b"rtneldcykmhp"))
_KINDS: Final = {
    "word": WORD,
    "hyphen": HYPHEN,
    "apostrophe": APOSTROPHE,
    "comma": CLAUSE,
    "quote": QUOTE,
    "stop": TERMINAL,
    "open_bracket": OPEN,
    "close_bracket": CLOSE,
}
# As many as uint64 has bits: a new role must take the place of another. Which bit a role has is part of the features of
# sources (see `hedge.holder`): a change here or in `hedge.roles` raises FEATURES_VERSION.
_TRAITS: Final = {name: 1 << i for i, name in enumerate([*WORDS, *_KINDS, "capital", "plural_ending", "adverb_ending"])}

Traits = Hashes
_NOTHING: Final = np.array(0, dtype=np.uint64)


@cache
def bits(names: str) -> Traits:
    """Bit set uint64 of the traits named, separated by spaces."""
    return np.array(sum(_TRAITS[name] for name in names.split()), dtype=np.uint64)


@cache
def _masks(names: tuple[str, ...]) -> Traits:
    return np.array([[bits(listed)] for listed in names])


def some(traits: Traits, names: str) -> Bools:
    """Which of the bit sets have one of the traits named."""
    found: Bools = (traits & bits(names)) != _NOTHING
    return found


def each(traits: Traits, *names: str) -> Bools:
    """bool[len(names), k]: `some` of the bit sets uint64[k] for each of `names`, at the cost of one."""
    found: Bools = (traits & _masks(names)) != _NOTHING
    return found


WORD_TRAITS: Final = make_flags(WORDS)  # the first bits of _TRAITS


_CAPITAL, _PLURAL, _ADVERB = (np.array(1 << bit, dtype=np.uint8) for bit in (4, 5, 6))  # above all kinds


def _form_traits() -> Traits:
    """Traits uint64[256] of what can be seen of a token: its kind, whether it has a capital, how it ends."""
    table = np.zeros(256, dtype=np.uint64)
    forms = np.arange(256, dtype=np.uint8)
    for name, kind in _KINDS.items():
        table[forms & 15 == kind] |= bits(name)
    for name, form in (("capital", _CAPITAL), ("plural_ending", _PLURAL), ("adverb_ending", _ADVERB)):
        table[forms & form > 0] |= bits(name)
    return table


_FORM_TRAITS: Final = _form_traits()


@dataclass(frozen=True, eq=False, repr=False)
class Places:
    """The sentences that have a frame, one after another with gaps between.

    Attributes
    ----------
    traits : uint64[p], bit set of the traits of each place; 0 in a gap.
    first : int64[f], place at which the sentence of each frame starts.

    """

    traits: Traits
    first: Ints

    def at(self, place: Ints) -> Traits:
        """Traits of the places, of any shape; none before the first place."""
        return self.traits.take(place, mode="wrap")

    def has(self, place: Ints, names: str) -> Bools:
        """Which places have one of the traits."""
        return some(self.at(place), names)

    def all(self, names: str) -> Bools:
        """bool[p]: which of all places have one of the traits."""
        return some(self.traits, names)

    @cached_property
    def loose(self) -> Bools:
        """bool[p]: what lies in no noun phrase.

        All but words, hyphens, the mark of *growers' union*, the stops of *Jo M. Good*, *&* between names.
        """
        word, mark, plural, stop, capital, ands = each(
            self.traits, "word", "apostrophe", "plural_ending", "stop", "capital", "and_word"
        )
        binding = self.all("word hyphen")
        binding[1:-1] |= ((mark[1:-1] & plural[:-2]) | (stop[1:-1] & capital[:-2])) & word[2:]
        binding[1:-1] |= ands[1:-1] & capital[:-2] & capital[2:]  # *and* is a word anyway
        return ~binding

    @staticmethod
    def last_of(which: Bools, place: Ints) -> Ints:
        """The last place up to each of `place` int64[k] at which `which` bool[p] is true; -1 for none."""
        true = positions(which)
        return np.concatenate((_NONE, true))[true.searchsorted(place, "right")]

    @staticmethod
    def next_of(which: Bools, place: Ints) -> Ints:
        """The next place from each of `place` int64[k] on at which `which` bool[p] is true; the number p for none."""
        true = positions(which)
        return np.concatenate((true, [len(which)]))[true.searchsorted(place)]


def _read_traits(buffer: Buffer, tokens: Tokens, index: Ints) -> Traits:
    """Traits of the tokens `index`."""
    form = pick(tokens.kind, index)
    start = pick(tokens.start, index)
    dashes = positions(form == HYPHEN)
    if len(dashes):
        begin = pick(start, dashes)
        apart = (begin == 0) | (pick(buffer.classes, begin - 1) <= NEWLINE)
        form[dashes[apart]] = CLAUSE  # LONDON - The mayor said
    form |= is_capital(pick(buffer.raw, start)) * _CAPITAL
    end = pick(tokens.end, index)
    last, before = pick(buffer.padded[PAD - 1 :], end), pick(buffer.padded[PAD - 2 :], end)
    form |= ((last == _S) & pick(_BEFORE_PLURAL_S, before)) * _PLURAL
    form |= ((last == _Y) & (before == _L)) * _ADVERB
    return WORD_TRAITS.of(pick(tokens.hash, index)) | pick(_FORM_TRAITS, form)


def lay_out(buffer: Buffer, tokens: Tokens, first: Ints, last: Ints, sentence: Ints) -> tuple[Places, Ints]:
    """Places of the sentences of the frames, and what to add to a token's index for its place, int64[f].

    `first`, `last` int64[s] are all sentences, `sentence` int64[f] the frames', which don't decrease.
    """
    begins = runs(sentence)
    used = pick(sentence, begins)
    start_token = pick(first, used)
    size = pick(last, used) - start_token
    start = (size + _GAP).cumsum() - size
    shift = start - start_token
    place = _ranges(start, size)
    traits = np.zeros(int(start[-1] + size[-1]) + _GAP + _TAIL, dtype=np.uint64)
    traits[place] = _read_traits(buffer, tokens, place - shift.repeat(size))
    _tell_names(traits)
    which = begins.searchsorted(np.arange(len(sentence)), "right") - 1
    return Places(traits, pick(start, which)), pick(shift, which)


def _tell_names(traits: Traits) -> None:
    """Take words that can be names for names where only these have a capital, in place: *said Will, May Roe said*."""
    places = positions(some(traits, "name") & some(traits, "capital"))
    if len(places):
        before, after = pick(traits, places - 1), pick(traits, places + 1)
        inside = (before != _NOTHING) & ~some(before, "preposition")  # else it begins the sentence, or is the month
        named = places[inside | some(after, "capital comma stop saying turning holding")]
        traits[named] = bits("word capital")


def _ranges(start: Ints, size: Ints) -> Ints:
    """All places start[i], start[i] + 1, ..., start[i] + size[i] - 1."""
    end = size.cumsum()
    places: Ints = np.arange(end[-1]) + (start + size - end).repeat(size)
    return places
