"""On whose word: the source to whom a sentence attributes its claim.

A verb of saying or of holding, or *according to*, opens a frame; its source is the noun phrase before it, after it
where the verb is turned round ("...", said the mayor; is thought by the mayor), or at the head of the sentence where
*and* joins it to another verb (She left and said). A noun for what somebody holds opens one too, after its owner (the
growers' fear that). Only the few sentences that have such a word cost anything: each step below works on arrays with
one entry for each frame.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from hedge.buffer import APOSTROPHE, WORD, Buffer, Bytes, Ints, pick, positions, runs
from hedge.gate import FRAME, has
from hedge.levels import HOLDER_KINDS
from hedge.tokens import Bools, Tokens
from hedge.traits import WORD_TRAITS, Places, Traits, bits, each, lay_out, some

_NAMED, _ANONYMOUS, _COLLECTIVE = np.arange(len(HOLDER_KINDS), dtype=np.uint8)

_LONGEST: Final = 14
"""Words that a source may have before its verb."""

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
    order = pick(order, runs(sentence[order]))
    begin, end, shift = begin[order], end[order], shift[order]
    kind = _find_kinds(Places(text.traits, text.first[order]), begin, end)
    return Holders(sentence[order], begin - shift, end - shift, kind)


def _find_verbs(tokens: Tokens, flags: Bytes, first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """Tokens that may open a frame, by themselves and the tokens beside them, and their sentences, int64[f]."""
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
    bound, opens, negated, view, state, show, always, asking, that, wanting = each(
        *(here, "that show", "saying holding turning", "not", "view", "state", "show", "according view"),
        *("asking", "that", "asking out"),
    )
    negator, possessive, idler, thing, they, to_word, be = each(
        before, "negator", "possessive", "self be modal", "thing", "they_word", "to_word", "be"
    )
    opens = (opens & ~bound) | (bound & split) | (negated & negator) | (asking & that)
    opens |= view & (possessive | (kind[1] == APOSTROPHE))
    owned = (possessive | some(two_before, "possessive") | (kind[:2] == APOSTROPHE).any(axis=0)) & ~they
    opens |= some(here, "belief") & owned & some(after, "that_word be")
    opens |= np.logical_or.reduce(each(here, *_OPENED) & each(after, *_OPENING))
    # I think, they are believed, the results show, but not: one of them thinks, they want to know
    probing = some(here, "asking") & be & ~to_word & some(after, "wondering preposition")  # are looking into whether
    acting = state | probing | (they & some(two_before, "of_word")) | (wanting & to_word & some(two_before, "trying"))
    idle = (idler & ~acting & ~some(after, "by_word")) | (show & thing)
    opens &= ~idle | always
    return verb[opens], sentence[opens]


@dataclass(frozen=True, eq=False, repr=False)
class _Frames:
    """Words that open frames: places int64[f], traits uint64[f] of the places around them, and which ask, bool[f]."""

    verb: Ints
    two_back: Traits
    back: Traits
    here: Traits
    ahead: Traits
    two_ahead: Traits
    asking: Bools


def _find_sources(text: Places, verb: Ints) -> tuple[Ints, Ints, Bools]:
    """Source of each frame, places half-open (-1 for none), and whether it closes its sentence."""
    frames = _look_around(text, verb)
    view, according = each(frames.here, "view", "according")
    according &= some(frames.ahead, "to_word")
    according |= view & some(frames.ahead, "of_word") & some(frames.two_back, "in_word")  # in the view of
    # is thought by the club
    somebody = text.has(verb + 2, "determiner possessive capital plural plural_ending")  # not: considered by far
    believed = some(frames.here, "believed") & some(frames.ahead, "by_word") & somebody & _is_passive(text, frames)
    according |= believed
    subject = _skip_left(text, frames)
    right_begin = verb + 1 + according
    right_end, has_verb = _walk_right(text, right_begin)
    turned = _is_turned(text, frames, subject, has_verb) | according
    held, subject = _find_owners(text, frames, subject)
    begin, end = _of_chained(text, frames, subject, *_walk_left(text, subject, view, held))
    plain = _has_complement(text, frames, begin, subject) & ~_is_noun(frames) & ~_is_passive(text, frames) | held
    plain &= ~text.has(begin - 1, "open")
    begin, end = np.where(turned, right_begin, begin), np.where(turned, right_end, end)
    usable = (turned | plain) & (end > begin) & (begin >= 0)
    barred, determiner, quantifier = each(text.at(begin), "self break finite comma", "determiner", "quantifier")
    anybody = some(text.at(end - 1), "capital plural plural_ending group body pronoun")
    usable &= ~(some(frames.here, "according") & (end == begin + 1) & ~anybody)  # according to plan
    usable &= ~barred & ((end != begin + 1) | ~determiner | quantifier | view)
    before, last = text.at(end - 2), text.at(end - 1)
    # one of them, my brother-in-law
    people = (some(before, "of_word") & some(last, "they_word")) | some(before, "hyphen")
    usable &= ~some(last, "thing self preposition") | people
    # not: will probably fail, whatever the voltage says
    modal, month = each(text.at(begin - 1), "modal", "capital")
    acted = modal & ~month & ~text.has(begin, "determiner pronoun capital plural plural_ending")
    usable &= ~acted | turned
    after = text.at(np.where(turned, end, verb + 1) + _AROUND[2:])
    closing = (some(after, "stop") | (after == 0)).any(axis=0)  # said on Monday.
    closing &= text.has(begin - 1, "comma quote")
    return np.where(usable, begin, -1), end, closing | turned


def _look_around(text: Places, verb: Ints) -> _Frames:
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
    return _Frames(verb, two_back, back, here, ahead, two_ahead, asks)


def _is_turned(text: Places, frames: _Frames, subject: Ints, has_verb: Bools) -> Bools:
    """Which verbs stand before their source: after a quotation, or after a comma with no other verb in their clause."""
    quoted, apostrophe, comma = each(text.at(subject), "quote stop", "apostrophe", "comma")
    word, barred = each(frames.ahead, "word", "self break preposition adverb_ending")
    turned: Bools = some(frames.here, "turning") & (subject == frames.verb - 1) & word & ~barred
    if not turned.any():
        return turned
    head = _before_apposition(text, subject)
    # Nadia Rehman, prosecuting, said
    named = comma & (text.last_of(text.loose, head) < text.first)
    named &= text.has(head, "capital") | text.has(head + 2, "capital who_word")
    turned &= quoted | (apostrophe & ~text.has(subject - 1, "word")) | (comma & ~has_verb & ~named)
    return turned


def _has_complement(text: Places, frames: _Frames, begin: Ints, subject: Ints) -> Bools:
    """Which verbs are followed by what makes them verbs of saying, thinking or not knowing."""
    plain, bound, saying, holding, that, show, take, out, infinitive, object_, negated, state, view = each(
        *(frames.here, "saying turning holding", "that show", "saying", "holding", "that", "show", "take"),
        *("out", "infinitive", "object", "not", "state", "view"),
    )
    word, by, topic, that_word, out_word, to_word, determined, opened = each(
        *(frames.ahead, "word", "by_word", "topic", "that_word", "out_word"),
        *("to_word", "determiner pronoun", "open break"),
    )
    negator, stative, possessive = each(frames.back, "negator", "finite between adverb_ending", "possessive apostrophe")
    comma, quote, as_ = each(text.at(begin - 1), "comma", "quote", "as_word")
    views, verbs = each(frames.two_ahead, "view", "saying turning holding out not")
    capital, speaker = each(text.at(subject), "capital", "pronoun body office document")
    speaker |= text.has(begin, "quantifier")
    speaker |= (text.has(begin, "capital") & (begin > text.first)) | (capital & (subject > begin))
    as_ &= plain & ~some(frames.here, "asking")  # as the mayor noted
    note = comma & plain & some(frames.ahead, "preposition")  # ..., she noted in the log
    said = that_word | ((comma | as_) & ~word) | note | quote | _comes_to_that(text, frames)
    has: Bools = plain & ~bound & ~by & ~(holding & topic)
    told = saying & some(frames.ahead, "self pronoun possessive plural plural_ending")
    has &= ~(told & some(frames.two_ahead, "to_word"))  # told him to go
    has |= (said & (that | (show & speaker))) | (take & views) | (out & out_word) | frames.asking
    has |= (infinitive & to_word & verbs) | (object_ & determined) | (negated & negator & opened)
    has |= (state & stative) | (view & possessive)
    return has


def _comes_to_that(text: Places, frames: _Frames) -> Bools:
    """Which verbs *that* follows after a phrase: *wrote to his mother that*."""
    comes = some(frames.ahead, "preposition to_word")
    if comes.any():
        after = frames.verb + 1
        comes &= text.next_of(text.all("that_word"), after) < text.next_of(text.loose, after)
    return comes


def _skip_left(text: Places, frames: _Frames) -> Ints:
    """Place of the last token of what stands before each verb and the auxiliaries and adverbs between."""
    place = frames.verb - 1
    state = some(frames.here, "state")
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


def _is_noun(frames: _Frames) -> Bools:
    """Which verbs are nouns: *the claims*, *on reports of*."""
    following, word, that = each(frames.ahead, "determiner pronoun to_word that_word capital", "word", "that_word")
    plural, ending, before, other = each(
        frames.back, "plural", "plural_ending", "determiner preposition", "pronoun quantifier"
    )
    noun, plural_verb, view, doubtful = each(frames.here, "noun", "plural_ending", "view", "noun belief")
    opened = (following & word) | plural | (ending & ~plural_verb)
    is_noun: Bools = ((noun & ~opened) | (before & ~other & (doubtful | ~that))) & ~view & ~frames.asking
    return is_noun


def _is_passive(text: Places, frames: _Frames) -> Bools:
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
    asked = some(frames.back, "be") & some(frames.here, "asking") & some(frames.here, "that")
    return passive & ~some(frames.here, "state") & (asked | ~frames.asking)


def _walk_right(text: Places, begin: Ints) -> tuple[Ints, Bools]:
    """End of the noun phrase that starts at `begin`, and whether a finite verb follows before the clause ends."""
    clause_end = text.next_of(text.loose, begin)
    barred, preposition, inner, verb = each(
        text.traits, "break finite self", "preposition", "inner", "finite saying holding"
    )
    has_verb = text.next_of(verb, begin) < clause_end
    return text.next_of(barred | (preposition & ~inner) | text.loose, begin), has_verb


def _find_owners(text: Places, frames: _Frames, subject: Ints) -> tuple[Bools, Ints]:
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


def _walk_left(text: Places, last: Ints, view: Bools, held: Bools) -> tuple[Ints, Ints]:
    """Noun phrase that ends with the token `last`, or before the comma of an apposition that ends there.

    Of a `view` it counts after *in* or *by* only; of what is `held` it begins where its owner does.
    """
    starts, ands, barred = each(text.traits, "determiner pronoun", "and_word", "break finite")
    joined = starts.copy()
    joined[1:] &= ands[:-1]
    edge = text.loose | barred
    head = _before_relative(text, _before_apposition(text, last), edge)
    begin = np.maximum(text.last_of(edge, head) + 1, np.maximum(text.last_of(joined, head), head - _LONGEST))
    begin = np.where(edge[head], head + 1, begin)
    begin = np.where(text.has(head, "subjective"), head, begin)
    rightmost = text.last_of(starts, head)
    fronted, owner = each(text.at(begin), "preposition by_word", "in_word by_word")
    fronted &= begin <= head
    owner &= view
    last = np.where(text.has(head + 2, "break self") & (head < last), head, last)  # Ferro, who filmed the dance, says
    mark, possessive, determiner = each(text.at(last), "apostrophe", "possessive", "determiner")
    last = last - ((view | held) & (mark | (possessive & ~determiner)))  # the growers', Arthur's
    begin = np.where(fronted & (rightmost > begin), rightmost, begin + owner)
    if held.any():
        begin = np.where(held & ~view, _begin_of_owner(text, last, begin, rightmost), begin)
    quote, word = each(text.at(last), "quote", "word")
    apart = text.has(last, "pronoun between") | (~view & text.has(begin - 1, "in_word"))  # in the boy's case that
    none = (head < 0) | (text.has(begin, "preposition") & fronted) | quote | (view & ~owner & ~held) | (held & apart)
    return np.where(none, -1, begin), np.where(none, -1, last + word)


def _begin_of_owner(text: Places, last: Ints, begin: Ints, rightmost: Ints) -> Ints:
    """Where the owner that ends with `last` begins: at its article, or its name; *rejected the union's claim that*."""
    name = text.last_of(~text.all("capital"), last) + 1
    named = (name <= last) & ~text.has(name - 1, "preposition of_word")
    owner = np.where(named, name - text.has(name - 1, "determiner"), np.where(rightmost < begin, last, rightmost))
    return np.maximum(begin, owner)


def _of_chained(text: Places, frames: _Frames, last: Ints, begin: Ints, end: Ints) -> tuple[Ints, Ints]:
    """The sources, but of verbs that *and* precedes at `last` a pronoun or name that heads the sentence."""
    chained = text.has(last, "and_word") & ~some(frames.ahead, "to_word of_word by_word")  # not: ill and said to be
    if not chained.any():
        return begin, end
    name = text.next_of(~text.all("capital"), text.first)
    subjective, barred = each(text.at(text.first), "subjective", "article possessive preposition break between")
    chained &= subjective | ((name > text.first + 1) & ~barred)
    name = np.where(subjective, text.first + 1, name)
    return np.where(chained, text.first, begin), np.where(chained, name, end)


def _before_apposition(text: Places, last: Ints) -> Ints:
    """Where `last` is a comma, the place before the comma that opens the apposition, -1 for none; else `last`."""
    closed = text.has(last, "comma")
    if not closed.any():
        return last
    comma = text.last_of(text.all("comma"), last - 1)
    barrier = text.last_of(text.all("quote stop") | (text.traits == 0), last - 1)
    opened = (comma > barrier) & (comma > text.first) & (comma >= last - _LONGEST)
    head = np.where(closed, np.where(opened, comma - 1, -1), last)
    aged = (text.at(head) == bits("word")) & text.has(head - 1, "comma") & text.has(head - 2, "capital")
    before: Ints = np.where(closed & aged & (head - 1 > text.first), head - 2, head)  # Mr Poole, 63, a commander, said
    return before


def _before_relative(text: Places, head: Ints, edge: Bools) -> Ints:
    """Place before *who* where a clause that it opens ends with `head`, with no comma between; else `head`."""
    all_who = text.all("who_word")
    if not all_who.any():
        return head
    who = text.last_of(all_who, head)
    defines = (who > text.last_of(text.loose, head)) & (who > text.first) & ~edge[head]
    before: Ints = np.where(defines, who - 1, head)
    return before


def _find_kinds(text: Places, begin: Ints, end: Ints) -> Bytes:
    """Kind of each source, index into HOLDER_KINDS."""
    pronoun, they, number, quantifier, article, capital, possessive, determiner = each(
        *(text.at(begin), "pronoun", "they_word", "number", "quantifier", "article", "capital"),
        *("possessive", "determiner"),
    )
    core = np.minimum(text.next_of(text.loose | text.all("preposition break self"), begin + 1), end)
    named = text.next_of(text.all("capital"), begin + 1) < core
    renamed = text.has(core + 1, "capital")  # Its leader, Heike Dombrowski
    first, after_comma = each(text.at(begin - 1), "quote stop", "comma")
    name = capital & (begin > text.first) & ~first & ~(after_comma & (core > begin + 1))
    name |= named | (renamed & text.has(core, "comma") & (core < end))
    group, body, plural = each(text.at(core - 1), "group", "body office", "plural plural_ending")
    alone = core == begin + 1
    kinds = (
        (pronoun & they, _COLLECTIVE),
        (pronoun, _NAMED),
        (quantifier & ~number, _COLLECTIVE),
        (number, _ANONYMOUS),
        (article & ~renamed, _ANONYMOUS),
        (name, _NAMED),
        (group, _COLLECTIVE),
        (body | (alone & possessive), _NAMED),
        (plural, _COLLECTIVE),
        (alone & capital & ~determiner, _NAMED),
    )
    kind = np.full(len(begin), _ANONYMOUS)
    for which, value in reversed(kinds):
        kind[which] = value
    return kind
