"""On whose word: the source to whom a sentence attributes its claim.

A verb of saying or of holding, or *according to*, opens a frame; its source is the noun phrase before it, or
after it where the verb is turned round ("...", said the mayor). Only the few sentences that have such a verb
cost anything: each step below works on arrays with one entry for each frame.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from hedge.buffer import WORD, Buffer, Bytes, Hashes, Ints, positions
from hedge.gate import FRAME, has
from hedge.levels import HOLDER_KINDS
from hedge.tokens import Bools, Tokens
from hedge.traits import WORD_TRAITS, Places, bits, lay_out

_NAMED, _ANONYMOUS, _COLLECTIVE = np.arange(len(HOLDER_KINDS), dtype=np.uint8)

_LONGEST: Final = 14
"""Words that a source may have before its verb."""

_COMPLEMENTS: Final = (
    *(("that show", "that_word"), ("of view", "of_word"), ("out", "out_word"), ("infinitive according", "to_word")),
    *(("object take", "determiner pronoun"), ("state", "that_word preposition to_word open")),
)
"""Words that open a frame only before others, and these."""


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
    >>> from hedge.tokens import find_tokens
    >>> buffer = make_buffer(b"Two officials said it may sail.")
    >>> tokens = find_tokens(buffer)
    >>> flags = look(open_gate(), tokens.hash)
    >>> holders = find_holders(buffer, tokens, flags, np.array([0]), np.array([7]))
    >>> holders.first.tolist(), holders.last.tolist(), HOLDER_KINDS[holders.kind[0]].value
    ([0], [2], 'anonymous')

    """
    verb, sentence = _find_verbs(tokens, flags, first, last)
    if not len(verb):
        return Holders(verb, verb, verb, np.zeros(0, dtype=np.uint8))
    text, shift = lay_out(buffer, tokens, first, last, sentence)
    begin, end, closing = _find_sources(text, verb + shift)
    found = positions(begin >= 0)
    order = found[np.lexsort((verb[found], ~closing[found], sentence[found]))]
    order = order[np.diff(sentence[order], prepend=-1) > 0]
    begin, end, shift = begin[order], end[order], shift[order]
    kind = _find_kinds(Places(text.traits, text.first[order]), begin, end)
    return Holders(sentence[order], begin - shift, end - shift, kind)


def _any(traits: Hashes, names: str) -> Bools:
    found: Bools = (traits & bits(names)) != 0
    return found


def _find_verbs(tokens: Tokens, flags: Bytes, first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """Tokens that may open a frame, by themselves and the tokens beside them, and their sentences, int64[f]."""
    verb = has(flags, FRAME)
    if not len(verb):
        return verb, verb
    sentence = np.searchsorted(first, verb, "right") - 1
    traits = WORD_TRAITS.of(tokens.hash[verb])
    before, after = np.maximum(verb - 1, 0), np.minimum(verb + 1, len(tokens) - 1)
    last_traits, next_traits = WORD_TRAITS.of(tokens.hash[before]), WORD_TRAITS.of(tokens.hash[after])
    split = (tokens.kind[before] != WORD) | (tokens.kind[after] != WORD) | (verb + 1 == last[sentence])
    bound = _any(traits, "that show of")
    opens = _any(traits, "saying holding turning") & ~bound
    opens |= bound & split
    for verbs, complement in _COMPLEMENTS:
        opens |= _any(traits, verbs) & _any(next_traits, complement)
    opens |= _any(traits, "not") & _any(last_traits, "negator")
    opens |= _any(traits, "view") & _any(last_traits, "possessive")
    # I think, they are believed, the results show
    idle = _any(last_traits, "self be modal") & ~_any(traits, "state") | _any(traits, "show") & _any(
        last_traits, "thing"
    )
    opens &= ~idle | _any(traits, "according view")
    return verb[opens], sentence[opens]


def _find_sources(text: Places, verb: Ints) -> tuple[Ints, Ints, Bools]:
    """Source of each frame, places half-open (-1 for none), and whether it closes its sentence."""
    according = (text.has(verb, "according") & text.has(verb + 1, "to_word")) | _is_view_of(text, verb)
    subject = _skip_left(text, verb)
    right_begin = verb + 1 + according
    right_end, has_verb = _walk_right(text, right_begin)
    turned = _is_turned(text, verb, subject, has_verb) | according
    begin, end = _walk_left(text, subject, text.has(verb, "view"))
    plain = _has_complement(text, verb, begin, subject) & ~_is_noun(text, verb) & ~_is_passive(text, verb)
    plain &= ~text.has(begin - 1, "open")
    begin, end = np.where(turned, right_begin, begin), np.where(turned, right_end, end)
    usable = (turned | plain) & (end > begin) & (begin >= 0) & ~text.has(begin, "self break finite")
    lone = (end == begin + 1) & text.has(begin, "determiner")
    usable &= ~lone | text.has(begin, "quantifier") | text.has(verb, "view")
    usable &= ~text.has(end - 1, "thing self preposition")
    after = np.where(turned, end, verb + 1)
    closing = text.ends(after) | text.ends(after + 1) | text.ends(after + 2)  # said on Monday.
    closing &= text.has(begin - 1, "comma quote")
    return np.where(usable, begin, -1), end, closing | turned


def _is_view_of(text: Places, verb: Ints) -> Bools:
    """Which are *in the view of*."""
    view: Bools = text.has(verb, "view") & text.has(verb + 1, "of_word") & text.has(verb - 2, "in_word")
    return view


def _is_turned(text: Places, verb: Ints, subject: Ints, has_verb: Bools) -> Bools:
    """Which verbs stand before their source: after a quotation, or after a comma with no other verb in their clause."""
    quoted = text.has(subject, "quote stop") | (text.has(subject, "apostrophe") & ~text.has(subject - 1, "word"))
    turned: Bools = text.has(verb, "turning") & (subject == verb - 1) & text.has(verb + 1, "word")
    turned &= quoted | (text.has(subject, "comma") & ~has_verb)
    turned &= ~text.has(verb + 1, "self break preposition")
    return turned


def _has_complement(text: Places, verb: Ints, begin: Ints, subject: Ints) -> Bools:
    """Which verbs are followed by what makes them verbs of saying, thinking or not knowing."""
    following = verb + 1
    plain = text.has(verb, "saying turning holding") & ~text.has(verb, "that show of")
    plain &= ~text.has(following, "by_word") & ~(text.has(verb, "holding") & text.has(following, "topic"))
    inserted = text.has(begin - 1, "comma") & ~text.has(following, "word")
    that = text.has(following, "that_word") | inserted | text.has(begin - 1, "quote")
    name = text.has(begin, "capital") & (begin > text.first) | text.has(subject, "capital") & (subject > begin)
    speaker = name | text.has(subject, "pronoun body office document")
    infinitive = text.has(following, "to_word") & text.has(verb + 2, "saying turning holding out comment")
    negated = text.has(verb - 1, "negator") & text.has(following, "open break")
    has: Bools = (
        plain
        | (text.has(verb, "that") & that)
        | (text.has(verb, "show") & that & speaker)
        | (text.has(verb, "take") & text.has(verb + 2, "view"))
        | (text.has(verb, "of") & text.has(following, "of_word"))
        | (text.has(verb, "out") & text.has(following, "out_word"))
        | (text.has(verb, "infinitive") & infinitive)
        | (text.has(verb, "object") & text.has(following, "determiner pronoun"))
        | (text.has(verb, "not") & negated)
        | (text.has(verb, "state") & text.has(verb - 1, "finite between adverb_ending"))
        | (text.has(verb, "view") & text.has(verb - 1, "possessive"))
    )
    return has


def _skip_left(text: Places, verb: Ints) -> Ints:
    """Place of the last token of what stands before each verb and the auxiliaries and adverbs between."""
    place = verb - 1
    state = text.has(verb, "state")
    for _ in range(4):
        adverb = text.has(place, "adverb_ending") & ~text.has(place, "capital")
        skip = text.has(place, "between") | adverb | (state & text.has(place, "finite"))
        place = place - (skip & (place > text.first))
    year = text.has(place, "close_bracket") & text.has(place - 2, "open_bracket")  # Lindqvist (1974) argued
    name: Ints = place - 3 * (year & (place - 3 >= text.first))
    return name


def _is_noun(text: Places, verb: Ints) -> Bools:
    """Which verbs are nouns: *the claims*, *on reports of*."""
    opened = text.has(verb + 1, "determiner pronoun to_word that_word capital") & text.has(verb + 1, "word")
    opened |= text.has(verb - 1, "plural")
    opened |= text.has(verb - 1, "plural_ending") & ~text.has(verb, "plural_ending")
    preceded = text.has(verb - 1, "determiner preposition") & ~text.has(verb - 1, "pronoun quantifier")
    noun = (text.has(verb, "noun") & ~opened) | (preceded & ~text.has(verb + 1, "that_word"))
    return noun & ~text.has(verb, "view")


def _is_passive(text: Places, verb: Ints) -> Bools:
    """Which verbs a form of *be*, *to* or a modal without *not* precedes, with nothing but adverbs between."""
    passive: Bools = text.has(verb - 1, "modal")
    place = verb - 1
    for _ in range(3):
        passive |= text.has(place, "be")
        place = place - text.has(place, "between")
    return passive & ~text.has(verb, "state")


def _walk_right(text: Places, begin: Ints) -> tuple[Ints, Bools]:
    """End of the noun phrase that starts at `begin`, and whether a finite verb follows before the clause ends."""
    clause_end = text.next_of(~text.binding, begin)
    edge = text.all("break finite self") | (text.all("preposition") & ~text.all("inner")) | ~text.binding
    verbs = np.cumsum(text.all("finite saying holding"))
    last = np.maximum(clause_end, begin + 1) - 1
    has_verb = (clause_end > begin) & (verbs[last] > verbs[begin - 1])
    return text.next_of(edge, begin), has_verb


def _walk_left(text: Places, last: Ints, view: Bools) -> tuple[Ints, Ints]:
    """Noun phrase that ends with the token `last`, or before the comma of an apposition that ends there."""
    head = _before_apposition(text, last)
    starts = text.all("determiner pronoun")
    joined = starts & np.roll(text.all("and_word"), 1)
    edge = ~text.binding | text.all("break finite")
    begin = np.maximum(text.last_of(edge, head) + 1, np.maximum(text.last_of(joined, head), head - _LONGEST))
    begin = np.where(edge[head], head + 1, begin)
    rightmost = text.last_of(starts, head)
    fronted = text.has(begin, "preposition") & (begin <= head)
    owner = view & text.has(begin, "in_word")
    last = last - (view & text.has(last, "s_word apostrophe"))
    begin = np.where(fronted & (rightmost > begin), rightmost, begin + owner)
    none = (head < 0) | (text.has(begin, "preposition") & fronted) | text.has(last, "quote") | (view & ~owner)
    return np.where(none, -1, begin), np.where(none, -1, last + text.has(last, "word"))


def _before_apposition(text: Places, last: Ints) -> Ints:
    """Where `last` is a comma, the place before the comma that opens the apposition, -1 for none; else `last`."""
    closed = text.has(last, "comma")
    comma = text.last_of(text.all("comma"), last - 1)
    barrier = text.last_of(text.all("quote stop") | (text.traits == 0), last - 1)
    opened = (comma > barrier) & (comma > text.first) & (comma >= last - _LONGEST)
    head: Ints = np.where(closed, np.where(opened, comma - 1, -1), last)
    return head


def _find_kinds(text: Places, begin: Ints, end: Ints) -> Bytes:
    """Kind of each source, index into HOLDER_KINDS."""
    name = text.has(begin, "capital") & (begin > text.first) & ~text.has(begin - 1, "colon quote stop")
    core = np.minimum(text.next_of(~text.binding | text.all("preposition break self"), begin + 1), end)
    capitals = np.cumsum(text.all("capital"))
    name |= capitals[core - 1] > capitals[begin]
    renamed = text.has(core + 1, "capital")  # Its leader, Heike Dombrowski
    name |= renamed & text.has(core, "comma") & (core < end)
    head, alone = core - 1, core == begin + 1
    kinds: list[tuple[Bools, Bytes | np.uint8]] = [
        (text.has(begin, "pronoun"), np.where(text.has(begin, "they_word"), _COLLECTIVE, _NAMED)),
        (text.has(begin, "quantifier") & ~text.has(begin, "number"), _COLLECTIVE),
        (text.has(begin, "number"), _ANONYMOUS),
        (text.has(begin, "article") & ~renamed, _ANONYMOUS),
        (name, _NAMED),
        (text.has(head, "group"), _COLLECTIVE),
        (text.has(head, "body office") | (alone & text.has(begin, "possessive")), _NAMED),
        (text.has(head, "plural plural_ending"), _COLLECTIVE),
        (alone & text.has(begin, "capital") & ~text.has(begin, "determiner"), _NAMED),
    ]
    kind = np.full(len(begin), _ANONYMOUS)
    for which, value in reversed(kinds):
        kind = np.where(which, value, kind)
    return kind
