"""Words that attribute: which open a frame, a place where a source may stand.

A verb of saying, of holding or of not knowing opens one, and a noun for what somebody holds after its owner. Some do
so only beside certain words: *she found that*, not *she found a seat*. All is done on arrays with one entry for each
frame.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from hedge.buffer import APOSTROPHE, WORD, Buffer, Bytes, Ints, is_capital, pick
from hedge.gate import FRAME, has
from hedge.tokens import Bools, Tokens
from hedge.traits import WORD_TRAITS, Places, Traits, each, some

_BRACKETED: Final = 6
"""Words that a bracket between a source and its verb may hold, and one more."""

_OPENED: Final = ("that show", "view", "out", "infinitive according", "object take", "asking", "state")
_OPENING: Final = (
    *("that_word preposition to_word", "of_word", "out_word", "to_word"),
    *("determiner pronoun", "open self out_word preposition", "determiner that_word preposition open"),
)
"""Words that open a frame only before others, and these."""

_ASIDE: Final = np.array([[-2], [-1], [0], [1]])
_AROUND: Final = np.array([[-2], [-1], [0], [1], [2]])


def find_openers(buffer: Buffer, tokens: Tokens, flags: Bytes, first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """Tokens that may open a frame, by themselves and the tokens beside them, and their sentences, int64[f] each.

    `flags` uint8[t] are what the gate says of each token; `first`, `last` int64[s] the sentences, as in `find_holders`.
    """
    verb = has(flags, FRAME)
    if not len(verb):
        return verb, verb
    sentence = first.searchsorted(verb, "right") - 1
    at = verb + _ASIDE
    end = pick(last, sentence)
    inside = (at >= pick(first, sentence)) & (at < end)
    two_before, before, here, after = WORD_TRAITS.of(pick(tokens.hash, at)) * inside
    kind = pick(tokens.kind, at) * inside
    split = (kind[1] != WORD) | (kind[3] != WORD) | (verb + 1 == end)
    own = each(
        *(here, "that show", "saying holding turning claiming", "not", "view", "state", "show", "according view"),
        *("asking", "that", "asking out", "belief", *_OPENED),
    )
    bound, opens, negated, view, state, show, always, asking, that, wanting, belief = own[: -len(_OPENED)]
    negator, possessive, idler, thing, they, to_word, be, article, name = each(
        *(before, "negator", "possessive", "self be modal", "thing", "they_word", "to_word", "be", "the_word", "name")
    )
    far_possessive, of_word, trying, yet = each(two_before, "possessive", "of_word", "trying", "yet_word")
    next_ones = each(after, "that_word be", "wondering preposition", "by_word", *_OPENING)
    following, wondering, by_word = next_ones[: -len(_OPENING)]
    unknown = negated & (negator | (yet & to_word))  # had no idea, has yet to decide
    opens = (opens & ~bound) | (bound & split) | unknown | (asking & that)
    opens |= view & (possessive | (kind[1] == APOSTROPHE))
    owned = (possessive | far_possessive | (kind[:2] == APOSTROPHE).any(axis=0)) & ~they
    opens |= belief & owned & following
    opens |= np.logical_or.reduce(own[-len(_OPENED) :] & next_ones[-len(_OPENING) :])
    # I think, they are believed, the results show, but not: one of them thinks, they want to know
    probing = asking & be & ~to_word & wondering  # are looking into whether
    acting = state | probing | unknown | (they & of_word) | (wanting & to_word & trying)
    idler &= ~(name & is_capital(pick(buffer.raw, pick(tokens.start, at[1]))))  # Ms May says
    idle = (idler & ~acting & ~by_word) | (show & thing)
    opens &= (~idle | always) & (~article | view | negator)  # not: in the hope that
    return verb[opens], sentence[opens]


@dataclass(frozen=True, eq=False, repr=False)
class Frames:
    """Words that open frames: places int64[f], traits uint64[f] of the places around them, and which ask, bool[f]."""

    verb: Ints
    two_back: Traits
    back: Traits
    here: Traits
    ahead: Traits
    two_ahead: Traits
    asking: Bools


def look_around(text: Places, verb: Ints) -> Frames:
    """The frames of some verbs; those ask that tell or want to know what a question says: *trying to find out who*."""
    two_back, back, here, ahead, two_ahead = text.at(verb + _AROUND)
    asking, far, negated, out = each(here, "asking", "that", "not", "out")
    opened, between, out_word = each(ahead, "open", "self preposition", "out_word")
    later, to_word, trying = some(two_ahead, "open"), some(back, "to_word"), some(two_back, "trying")
    progressive, wondering, inner = some(back, "be") & ~to_word, some(ahead, "wondering"), some(ahead, "inner")
    opened &= wondering | ~progressive  # not: was looking when
    opened |= between & later & ~(inner & progressive)  # not: was looking for what
    if far.any():
        opened |= far & (text.next_of(text.all("open"), verb + 1) < text.next_of(text.loose, verb + 1))
    asks: Bools = ((asking & opened & (to_word | ~negated)) | (out & out_word & later)) & (trying | ~to_word)
    return Frames(verb, two_back, back, here, ahead, two_ahead, asks)


def skip_left(text: Places, frames: Frames) -> Ints:
    """Place of the last token of what stands before each verb and the auxiliaries and adverbs between."""
    state, unknown = each(frames.here, "state", "not")
    no, to_word = each(frames.back, "the_word", "to_word")
    yet = to_word & some(frames.two_back, "yet_word")
    place: Ints = frames.verb - 1 - (unknown & (no | yet))  # had no idea, has yet to decide
    for _ in range(5):
        between, finite, trying, adverb, capital = each(
            text.at(place), "between", "finite", "trying", "adverb_ending", "capital"
        )
        adverb &= ~capital & ~text.has(place, "group body")  # not: the family
        skip = (between | adverb | (state & finite) | (frames.asking & trying)) & (place > text.first)
        if not skip.any():
            break
        place = place - skip
    closed = text.has(place, "close_bracket")  # Lindqvist (1974) argued
    if closed.any():
        opened = text.last_of(text.all("open_bracket"), place)
        place = np.where(closed & (opened > text.first) & (opened >= place - _BRACKETED), opened - 1, place)
    return place


def find_owners(text: Places, frames: Frames, subject: Ints) -> tuple[Bools, Ints]:
    """Which frames are a noun for what somebody holds, and say what; and the last places of their owners.

    *The growers' fear that, Arthur's best guess is that*; the others keep their subjects.
    """
    held = some(frames.here, "belief")
    that, is_that = some(frames.ahead, "that_word"), some(frames.ahead, "be") & some(frames.two_ahead, "that_word")
    held &= that | is_that
    if not held.any():
        return held, subject
    before = text.at(frames.verb + _AROUND[:2])
    far, near = some(before, "apostrophe") | (some(before, "possessive") & ~some(before, "determiner"))  # not: his
    # not: the bank's staff forecast that, it's my belief that
    noun = is_that | ~(some(frames.here, "holding saying") | some(frames.back, "plural plural_ending"))
    held &= near | (far & noun & ~some(frames.back, "determiner"))
    return held, np.where(held, frames.verb - 1 - ~near, subject)


def is_passive(text: Places, frames: Frames) -> Bools:
    """Which verbs a form of *be*, *to* or a modal without *not* precedes, with nothing but adverbs between."""
    passive = some(frames.back, "modal")
    place = frames.verb - 1
    for _ in range(3):
        be, between, adverb, capital = each(text.at(place), "be", "between", "adverb_ending", "capital")
        passive |= be
        between |= adverb & ~capital
        if not between.any():
            break
        place = place - between
    return passive
