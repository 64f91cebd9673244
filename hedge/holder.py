"""On whose word: the source to whom a sentence attributes its claim.

A verb of saying or of holding, or *according to*, opens a frame; its source is the noun phrase before it, after it
where the verb is turned round ("...", said the mayor; is thought by the mayor), or at the head of the sentence where
*and* joins it to another verb (She left and said). A noun for what somebody holds opens one too, after its owner (the
growers' fear that). Only the few sentences that have such a word cost anything: each step below works on arrays with
one entry for each frame.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hedge.attribution import (
    AROUND,
    Frames,
    find_openers,
    find_owners,
    has_complement,
    is_noun,
    is_passive,
    look_around,
    skip_left,
)
from hedge.buffer import Buffer, Bytes, Ints, pick, positions, runs
from hedge.sources import before_apposition, find_kinds, is_somebody, walk_left, walk_right
from hedge.tokens import Bools, Tokens
from hedge.traits import Places, each, lay_out, some


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


def find_holders(buffer: Buffer, tokens: Tokens, flags: Bytes, first: Ints, last: Ints) -> Holders:
    """Find the holder of each sentence that has one.

    Parameters
    ----------
    buffer, tokens : the text.
    flags : uint8[t], what the gate says of each token.
    first, last : int64[s], token indices of its sentences, half-open; together they cover all tokens.

    A source that closes its sentence (..., *the mayor said*; *according to two people*) goes before any other,
    since it vouches for the whole; among the rest the first counts.

    >>> from hedge.buffer import make_buffer
    >>> from hedge.gate import look, open_gate
    >>> from hedge.levels import HOLDER_KINDS
    >>> from hedge.tokens import find_tokens
    >>> buffer = make_buffer(b"Two officials said it may sail.")
    >>> tokens = find_tokens(buffer)
    >>> flags = look(open_gate(), tokens.hash)
    >>> holders = find_holders(buffer, tokens, flags, np.array([0]), np.array([7]))
    >>> holders.first.tolist(), holders.last.tolist(), HOLDER_KINDS[holders.kind[0]].value
    ([0], [2], 'anonymous')

    """
    verb, sentence = find_openers(tokens, flags, first, last)
    if not len(verb):
        return Holders(verb, verb, verb, np.zeros(0, dtype=np.uint8))
    text, shift = lay_out(buffer, tokens, first, last, sentence)
    begin, end, closing = _find_sources(text, verb + shift)
    found = positions(begin >= 0)
    order = found[np.lexsort((verb[found], ~closing[found], sentence[found]))]
    order = pick(order, runs(sentence[order]))
    begin, end, shift = begin[order], end[order], shift[order]
    kind = find_kinds(Places(text.traits, text.first[order]), begin, end)
    return Holders(sentence[order], begin - shift, end - shift, kind)


def _find_sources(text: Places, verb: Ints) -> tuple[Ints, Ints, Bools]:
    """Source of each frame, places int64[f] half-open (-1 for none), and whether it closes its sentence, bool[f]."""
    frames = look_around(text, verb)
    view, passive = some(frames.here, "view"), is_passive(text, frames)
    according = _accords(text, frames, view, passive)
    subject = skip_left(text, frames)
    right_begin = verb + 1 + according
    right_end, has_verb = walk_right(text, right_begin)
    turned = _is_turned(text, frames, subject, has_verb) | according
    held, subject = find_owners(text, frames, subject)
    begin, end = _of_chained(text, frames, subject, *walk_left(text, subject, view, held))
    plain = (has_complement(text, frames, begin, subject) & ~is_noun(frames) & ~passive) | held
    plain &= ~text.has(begin - 1, "open")
    begin, end = np.where(turned, right_begin, begin), np.where(turned, right_end, end)
    usable = (turned | plain) & is_somebody(text, begin, end, view, some(frames.here, "according"))
    # not: will probably fail, whatever the voltage says; but: in May officials said
    modal, month = each(text.at(begin - 1), "modal", "capital")
    acted = modal & ~month & ~text.has(begin, "determiner pronoun capital plural plural_ending")
    usable &= ~acted | turned
    after = text.at(np.where(turned, end, verb + 1) + AROUND[2:])
    closing = (some(after, "stop") | (after == 0)).any(axis=0)  # said on Monday.
    closing &= text.has(begin - 1, "comma quote")
    return np.where(usable, begin, -1), end, closing | turned


def _accords(text: Places, frames: Frames, view: Bools, passive: Bools) -> Bools:
    """Which frames have their source after a preposition: *according to, in the view of, is thought by*."""
    according, to_word = some(frames.here, "according"), some(frames.ahead, "to_word")
    viewed = view & some(frames.ahead, "of_word") & some(frames.two_back, "in_word")
    somebody = text.has(frames.verb + 2, "determiner possessive capital plural plural_ending")  # not: by far
    believed = some(frames.here, "believed") & some(frames.ahead, "by_word") & somebody & passive
    return (according & to_word) | viewed | believed


def _is_turned(text: Places, frames: Frames, subject: Ints, has_verb: Bools) -> Bools:
    """Which verbs stand before their source: after a quotation, or after a comma with no other verb in their clause."""
    quoted, apostrophe, comma = each(text.at(subject), "quote stop", "apostrophe", "comma")
    word, barred = each(frames.ahead, "word", "self break preposition adverb_ending")
    turned: Bools = some(frames.here, "turning") & (subject == frames.verb - 1) & word & ~barred
    if not turned.any():
        return turned
    head = before_apposition(text, subject)
    # Nadia Rehman, prosecuting, said
    named = comma & (text.last_of(text.loose, head) < text.first)
    named &= text.has(head, "capital") | text.has(head + 2, "capital who_word")
    turned &= quoted | (apostrophe & ~text.has(subject - 1, "word")) | (comma & ~has_verb & ~named)
    return turned


def _of_chained(text: Places, frames: Frames, last: Ints, begin: Ints, end: Ints) -> tuple[Ints, Ints]:
    """The sources, but of verbs that *and* precedes at `last` a pronoun or name that heads the sentence."""
    chained = text.has(last, "and_word") & ~some(frames.ahead, "to_word of_word by_word")  # not: ill and said to be
    if not chained.any():
        return begin, end
    name = text.next_of(~text.all("capital"), text.first)
    subjective, barred = each(text.at(text.first), "subjective", "article possessive preposition break between")
    chained &= subjective | ((name > text.first + 1) & ~barred)
    name = np.where(subjective, text.first + 1, name)
    return np.where(chained, text.first, begin), np.where(chained, name, end)
