"""Noun phrases that may be sources: where they begin and end, and of what kind.

All is done on arrays with one entry for each frame; places are those of `traits.Places`.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from hedge.buffer import Bytes, Ints, pick, positions
from hedge.levels import HOLDER_KINDS
from hedge.roles import OPENING
from hedge.tokens import Bools
from hedge.traits import Places, bits, each, some

_NAMED, _ANONYMOUS, _COLLECTIVE = np.arange(len(HOLDER_KINDS), dtype=np.uint8)

_LONGEST: Final = 14
"""Words that a source may have before its verb."""

_UNRESTRICTED: Final = "saying turning holding claiming asking show belief view preposition break finite thing capital"
"""Traits of words before *that* of which it says no more: *the claim that, Dunn that*."""

_BESIDE_THAT: Final = np.array([[-3], [-2], [-1], [1]])

_APPOSED: Final = 30
"""Words that an apposition may have: Roe, who kept the minutes of the parish and of its two clubs, claimed."""


def walk_left(text: Places, last: Ints, view: Bools, held: Bools) -> tuple[Ints, Ints]:
    """Noun phrases that end with `last`, or before an apposition that ends there; places int64[f], half-open, or -1.

    That of a `view` counts after *in* or *by* only; that of what is `held` begins where its owner does. Both bool[f].
    """
    starts, ands, barred, whos, several = each(
        text.traits, "determiner pronoun", "and_word", "break finite", "who_word", "plural plural_ending group capital"
    )
    joined = starts.copy()
    joined[1:] &= ands[:-1]
    joined[1:] |= whos[:-1] & several[1:]  # a man who police believe
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
    name = text.last_of(~text.all("capital"), head) + 1
    named = (fronted | text.has(begin - 1, "preposition")) & ~owner & (rightmost <= begin + fronted)
    named &= (name <= head) & (name > np.maximum(begin, rightmost) + 1)  # In her first interview Lyle
    new = text.has(begin - 1, "preposition") & ~text.has(rightmost - 1, "preposition and_word determiner")
    begin = np.where((fronted | new) & (rightmost > begin), rightmost, begin + owner)  # After the outage the vendor
    begin = _with_partner(text, np.where(named, name, begin), edge)
    fronted &= ~named
    if held.any():
        begin = np.where(held & ~view, _begin_of_owner(text, last, begin, rightmost), begin)
    quote, word = each(text.at(last), "quote", "word")
    apart = text.has(last, "pronoun between") | (~view & text.has(begin - 1, "in_word"))  # in the boy's case that
    none = (head < 0) | (text.has(begin, "preposition") & fronted) | quote | (view & ~owner & ~held) | (held & apart)
    return np.where(none, -1, begin), np.where(none, -1, last + word)


def walk_right(text: Places, begin: Ints, according: Bools) -> tuple[Ints, Bools]:
    """Ends int64[f] of the noun phrases that start at `begin`; which a finite verb follows in their clause, bool[f].

    Those `according` to which something is hold any preposition: *according to a report seen by this newspaper*.
    """
    clause_end = text.next_of(text.loose, begin)
    barred, preposition, inner, verb = each(
        text.traits, "break finite self", "preposition", "inner", "finite saying holding"
    )
    has_verb = text.next_of(verb, begin) < clause_end
    end = text.next_of(barred | (preposition & ~inner) | text.loose, begin)
    if according.any():
        end = np.where(according, text.next_of(barred | text.loose, begin), end)
    return _with_name(text, end), has_verb


def _with_name(text: Places, end: Ints) -> Ints:
    """Ends of phrases with the name that stands after a comma, and all of its clause: *said the manager, Ray Holt*."""
    named = text.has(end, "comma")
    if not named.any():
        return end
    named &= text.has(end + 1, "capital") & ~text.has(end - 1, "capital")
    after = text.next_of(~text.all("capital"), end + 1)
    return np.where(named & pick(text.loose, after), after, end)


def _with_partner(text: Places, begin: Ints, edge: Bools) -> Ints:
    """Beginnings with what *and* joins to them at the head of a clause: *Harbin and Cole said, the mayor and Dunn say*.

    Names, or one word that can be somebody, with its article or without: not *He met Tove and Rao said*.
    """
    joined = text.has(begin - 1, "and_word")
    if not joined.any():
        return begin
    before = begin - 2
    head = text.last_of(edge, before) + 1
    determined, barred = each(text.at(head), "determiner", "pronoun preposition")
    names = text.last_of(~text.all("capital determiner"), before) < head
    somebody = text.has(before, "capital plural plural_ending group body office") & ~barred
    joined &= (text.first <= head) & (head <= before) & somebody & (names | (before == head + determined))
    return np.where(joined, head, begin)


def _begin_of_owner(text: Places, last: Ints, begin: Ints, rightmost: Ints) -> Ints:
    """Where the owner that ends with `last` begins: at its article, or its name; *rejected the union's claim that*."""
    name = text.last_of(~text.all("capital"), last) + 1
    named = (name <= last) & ~text.has(name - 1, "preposition of_word")
    owner = np.where(named, name - text.has(name - 1, "determiner"), np.where(rightmost < begin, last, rightmost))
    return np.maximum(begin, owner)


def _before_apposition(text: Places, last: Ints) -> Ints:
    """Where `last` is a comma, the place before the comma that opens the apposition, or before itself; else `last`."""
    closed = text.has(last, "comma")
    if not closed.any():
        return last
    comma = text.last_of(text.all("comma"), last - 1)
    barrier = text.last_of((text.all("stop") & text.loose) | (text.traits == 0), last - 1)
    opened = (comma > barrier) & (comma > text.first) & (comma >= last - _APPOSED)
    head = np.where(closed, np.where(opened, comma, last) - 1, last)
    aged = (text.at(head) == bits("word")) & text.has(head - 1, "comma") & text.has(head - 2, "capital")
    before: Ints = np.where(closed & aged & (head - 1 > text.first), head - 2, head)  # Mr Poole, 63, a commander, said
    return before


def _before_relative(text: Places, head: Ints, edge: Bools) -> Ints:
    """Place before *who* where a clause that it opens ends with `head`, with no comma between; else `head`.

    Likewise before *that* after a noun and its article at the head of the sentence: *The firm that owns the hall said*.
    """
    all_who = text.all("who_word")
    that = positions(text.all("that_word"))
    if len(that):
        three_back, article, noun, after = text.at(that + _BESIDE_THAT)
        opens = (three_back == 0) & some(article, "determiner") & some(noun, "word") & ~some(noun, _UNRESTRICTED)
        opens &= ~some(after, "determiner pronoun capital plural")  # not: the plan that the firm says
        all_who[that[opens]] = True
    if not all_who.any():
        return head
    who = text.last_of(all_who, head)
    defines = (who > text.last_of(text.loose, head)) & (who > text.first) & ~edge[head]
    defines &= ~text.has(who - 1, "preposition")  # not: the man to whom
    if len(that):
        opened = text.last_of(text.all(f"{OPENING} finite that_word"), head) > who
        defines &= ~(opened & text.has(who, "that_word"))  # not: the firm that runs it knows that passengers
    defines &= (who + 1 < head) | ~text.has(head, "plural plural_ending group capital")  # not: a man who police believe
    before: Ints = np.where(defines, who - 1, head)
    return before


def find_kinds(text: Places, begin: Ints, end: Ints) -> Bytes:
    """Kinds of the sources, uint8[f], indices into `HOLDER_KINDS`."""
    pronoun, they, number, quantifier, article, capital, possessive, determiner = each(
        *(text.at(begin), "pronoun", "they_word", "number", "quantifier", "article", "capital"),
        *("possessive", "determiner"),
    )
    core = np.minimum(text.next_of(text.loose | text.all("preposition break self"), begin + 1), end)
    named = text.next_of(text.all("capital"), begin + 1) < core
    apposed = text.last_of(text.all("comma"), end - 1)
    renamed = (apposed > begin) & text.has(apposed + 1, "capital")  # Its leader, Heike Dombrowski
    first, after_comma = each(text.at(begin - 1), "quote stop", "comma")
    name = capital & (begin > text.first) & ~first & ~(after_comma & (core > begin + 1))
    name |= named | renamed
    head = text.at(core - 1)
    group, body, plural, proper = each(head, "group", "body office", "plural plural_ending", "capital")
    alone = core == begin + 1
    kinds = (
        (pronoun & they, _COLLECTIVE),
        (pronoun, _NAMED),
        (quantifier & ~number, _COLLECTIVE),
        (number, _ANONYMOUS),
        (article & ~renamed, _ANONYMOUS),
        (plural & ~proper & ~renamed, _COLLECTIVE),  # Pakistani officials
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
