"""On whose word: the source to whom a sentence attributes its claim.

A verb of saying or of holding, or *according to*, opens a frame; its source is the noun phrase before it, after it
where the verb is turned round ("...", said the mayor; is thought by the mayor), or at the head of the sentence where
*and* joins it to another verb (She left and said). A noun for what somebody holds opens one too, after its owner (the
growers' fear that). Rules find these noun phrases; which of them is a source, and which counts where a sentence has
several, a logistic regression says, of the words in and around the phrase and its verb. Only the few sentences that
have such a word cost anything: each step below works on arrays with one entry for each frame or phrase.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from hedge.attribution import Frames, find_openers, find_owners, is_passive, look_around, skip_left
from hedge.buffer import PAD, Buffer, Bytes, Ints, is_capital, is_digit, pick, positions, runs
from hedge.sources import find_kinds, walk_left, walk_right
from hedge.templates import make_templates
from hedge.tokens import OUTSIDE, Bools, Halves, Tokens, fold
from hedge.traits import Places, Traits, each, lay_out, some

SOURCE_BITS: Final = 17
"""Bits of the index of a source's feature."""

_RELATED: Final = np.uint32(0xC2B2AE3D)
"""Odd factor that makes a verb another word in each relation."""

_MOST: Final = np.array([[6], [6], [3], [2], [3]])
"""Where the counts of `length`, `gap`, `place` and `earlier` stop; `quotes` is at most 3."""

_COLON: Final = ord(":")
_STOP: Final = ord(".")
_BESIDE_NUMBER: Final = PAD + np.array([[-1], [1], [2]])

_MIX: Final = np.array(0x9E3779B97F4A7C15, dtype=np.uint64)
_HALF: Final = np.array(32, dtype=np.uint64)

_WORDS: Final = ("verb-1", "verb", "verb+1", "before", "begins", "ends")
"""Columns of words, in their order."""
_LOOKS: Final = (*("looks-2", "looks-1", "looks+1", "looks+2"), *("looks-before", "looks-begins", "looks-ends"))
"""Columns of the traits of words, in their order."""

SOURCE_COLUMNS: Final = (*_WORDS, *_LOOKS, "relation", "length", "gap", "place", "earlier", "quotes")
"""What is known of a noun phrase that may be a source: the words in and around it and its verb, and how these look;
how it stands to its verb, which `verb` says too, its length, how many words are between the two, where in the sentence
it begins, how many phrases the verbs before have, whether quotation marks stand before it and after the verb."""

SOURCE_TEMPLATES: Final = make_templates(
    """
    verb verb+1 | verb verb-1 | verb looks+1 | verb looks-ends | verb quotes | verb gap
    relation verb+1 | relation looks+1 looks+2 | relation looks-1 looks+1 | relation looks-2 looks-1
    relation ends | relation begins | relation before | relation looks-before looks-begins
    looks-begins looks-ends relation | relation length gap | relation gap place | relation earlier
    looks+1 looks-ends relation | looks-before looks-begins verb
    """,
    SOURCE_COLUMNS,
    4,
    SOURCE_BITS,
)


@dataclass(frozen=True, eq=False, repr=False)
class Holders:
    """Holders found, at most one a sentence; or the noun phrases that may be, perhaps several.

    Attributes
    ----------
    sentence : int64[h], not decreasing.
    first, last : int64[h], token indices, half-open.
    kind : uint8[h], index into `HOLDER_KINDS`.

    """

    sentence: Ints
    first: Ints
    last: Ints
    kind: Bytes

    def take(self, which: Ints) -> Holders:
        """Those at some places int64[k], in that order."""
        return Holders(self.sentence[which], self.first[which], self.last[which], self.kind[which])


@dataclass(frozen=True, eq=False, repr=False)
class SourceWeights:
    """What the features of a noun phrase say of its being a source; logits above 0 say that it is.

    Attributes
    ----------
    table : int16[1 << SOURCE_BITS], in units of 1 / LOGIT_SCALE.
    bias : the intercept, in the same unit, less the logit from which a phrase is taken for a source.

    """

    table: npt.NDArray[np.int16]
    bias: int

    def logits(self, columns: Halves) -> Ints:
        """Integer logits int64[k] of phrases with these columns uint32[len(SOURCE_COLUMNS), k]."""
        found: Ints = np.add.reduce(pick(self.table, SOURCE_TEMPLATES.indices(columns)), axis=0, dtype=np.int64)
        found += self.bias
        return found


NO_SOURCES: Final = SourceWeights(np.zeros(1 << SOURCE_BITS, dtype=np.int16), 0)
"""Nothing is a source."""


def find_holders(
    weights: SourceWeights, buffer: Buffer, tokens: Tokens, flags: Bytes, first: Ints, last: Ints
) -> Holders:
    """Find the holder of each sentence that has one.

    Parameters
    ----------
    weights : what makes a source.
    buffer, tokens : the text.
    flags : uint8[t], what the gate says of each token.
    first, last : int64[s], token indices of its sentences, half-open; together they cover all tokens.

    """
    phrases, columns = find_phrases(buffer, tokens, flags, first, last)
    return choose_holders(phrases, weights.logits(columns)) if len(phrases.sentence) else phrases


def find_likeliest(phrases: Holders, logits: npt.NDArray[Any]) -> Ints:
    """Which phrase of each sentence that has one is the likeliest by its logit [k], int64[m]."""
    order = np.lexsort((-logits, phrases.sentence))
    return pick(order, runs(phrases.sentence[order]))


def choose_holders(phrases: Holders, logits: npt.NDArray[Any]) -> Holders:
    """The likeliest phrase of each sentence, by its logit [k], where that is above 0."""
    likeliest = find_likeliest(phrases, logits)
    return phrases.take(likeliest[logits[likeliest] > 0])


def find_phrases(buffer: Buffer, tokens: Tokens, flags: Bytes, first: Ints, last: Ints) -> tuple[Holders, Halves]:
    """Noun phrases that may be holders, perhaps several a sentence, and their columns uint32[len(SOURCE_COLUMNS), k].

    Parameters are those of `find_holders`. A phrase stands once for each verb that it may be the source of.
    """
    verb, sentence = find_openers(buffer, tokens, flags, first, last)
    if not len(verb):
        return Holders(verb, verb, verb, np.zeros(0, dtype=np.uint8)), np.zeros((len(SOURCE_COLUMNS), 0), np.uint32)
    text, shift = lay_out(buffer, tokens, first, last, sentence)
    frame, begin, end, relation = _find_sources(text, verb + shift)
    verb, sentence, shift = verb[frame], sentence[frame], shift[frame]
    text = Places(text.traits, text.first[frame])
    begin += _after_clock(buffer, tokens, begin - shift, end - shift)
    phrases = Holders(sentence, begin - shift, end - shift, find_kinds(text, begin, end))
    return phrases, _describe(tokens, first, last, text, phrases, verb, shift, relation)


def _after_clock(buffer: Buffer, tokens: Tokens, first: Ints, last: Ints) -> Bools:
    """Which phrases, tokens int64[k], half-open, begin with a number that isn't theirs: *10:12 the mayor, 3.11 The*.

    That is one after a colon, or with a mark inside or before it where a capital follows: not *2.5 million people*.
    """
    start = pick(tokens.start, first)
    before, *inside = pick(buffer.padded, start + _BESIDE_NUMBER)
    clock: Bools = before == _COLON
    marked = (before == _STOP) | np.logical_or.reduce([(mark == _COLON) | (mark == _STOP) for mark in inside])
    if marked.any():
        clock |= marked & is_capital(pick(buffer.raw, pick(tokens.start, first + 1)))
    if clock.any():
        clock &= is_digit(pick(buffer.raw, start)) & (last > first + 1)
    return clock


def _find_sources(text: Places, verb: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Noun phrases beside the verbs, places int64[f].

    The number of each one's verb, int64[k], not decreasing, its places int64[k], half-open, and a bit set int64[k] of
    how it stands to the verb: whether that may turn round, another verb follows, it owns what is held, a view; whether
    a preposition brings it; whether it stands after the verb.
    """
    frames = look_around(text, verb)
    view = some(frames.here, "view") & (some(frames.back, "possessive apostrophe") | some(frames.ahead, "of_word"))
    accords = _accords(text, frames, view)
    subject = skip_left(text, frames)
    right_begin = verb + 1 + accords
    right_end, has_verb = walk_right(text, right_begin, accords & some(frames.here, "according"))
    turns = _may_turn(frames)
    held, subject = find_owners(text, frames, subject)
    begin, end = _of_chained(text, frames, subject, *walk_left(text, subject, view, held))
    before = positions((begin >= 0) & (end > begin) & ~accords)
    after = positions((turns | accords) & (right_end > right_begin))
    frame = np.concatenate((before, after))
    order = np.argsort(frame, kind="stable")
    relation = turns + 2 * has_verb + 4 * held + 8 * view + 16 * accords
    relation = np.concatenate((relation[before], relation[after] + 32))
    begin, end = np.concatenate((begin[before], right_begin[after])), np.concatenate((end[before], right_end[after]))
    order = order[_is_somebody(text, begin, end)[order]]
    return frame[order], begin[order], end[order], relation[order]


def _is_somebody(text: Places, begin: Ints, end: Ints) -> Bools:
    """Which noun phrases can be a source at all by their first and last words, bool[k]: not *we* or *sometimes I*."""
    before, last = text.at(end - 2), text.at(end - 1)
    people = some(before, "of_word") & some(last, "they_word")  # one of them
    barred, self, capital = each(text.at(begin), "break finite", "self", "capital")
    barred |= self & ~(capital & text.has(begin + 1, "capital"))  # not: US Vice-President
    barred |= (end - begin == 1) & some(last, "the_word")  # not: the highly regarded coach
    somebody: Bools = ~barred & (~some(last, "self preposition") | people)
    return somebody


def _accords(text: Places, frames: Frames, view: Bools) -> Bools:
    """Which frames have their source after a preposition: *according to, in the view of, is thought by*."""
    according, to_word = some(frames.here, "according"), some(frames.ahead, "to_word")
    viewed = view & some(frames.ahead, "of_word") & some(frames.two_back, "in_word")
    somebody = text.has(frames.verb + 2, "determiner possessive capital plural plural_ending")  # not: by far
    believed = some(frames.here, "believed") & some(frames.ahead, "by_word") & somebody
    if believed.any():
        believed &= is_passive(text, frames)
    return (according & to_word) | viewed | believed


def _may_turn(frames: Frames) -> Bools:
    """Which verbs may stand before their source: *said the mayor*."""
    word, barred = each(frames.ahead, "word", "self break preposition adverb_ending")
    may: Bools = some(frames.here, "turning") & word & ~barred
    return may


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


def _describe(
    tokens: Tokens, first: Ints, last: Ints, text: Places, phrases: Holders, verb: Ints, shift: Ints, relation: Ints
) -> Halves:
    """Columns uint32[len(SOURCE_COLUMNS), k] of phrases, whose verbs are the tokens `verb`."""
    columns = np.empty((len(SOURCE_COLUMNS), len(verb)), dtype=np.uint32)
    words, looks, others = np.split(columns, (len(_WORDS), len(_WORDS) + len(_LOOKS)))
    sentence, begin, end = phrases.sentence, phrases.first, phrases.last
    low, high = pick(first, sentence), pick(last, sentence)
    at = np.stack((verb - 1, verb, verb + 1, begin - 1, begin, end - 1))
    inside = (at >= low) & (at < high)
    words[:] = np.where(inside, fold(pick(tokens.hash, at * inside)), OUTSIDE)
    others[0] = relation
    words[_WORDS.index("verb")] += others[0] * _RELATED
    looks[:] = _mix(text.at(np.stack((verb - 2, verb - 1, verb + 1, verb + 2, begin - 1, begin, end - 1)) + shift))
    gap = np.where(begin > verb, begin - verb - 1, verb - end)
    begins = runs(sentence)
    earlier = np.arange(len(sentence)) - pick(begins, begins.searchsorted(np.arange(len(sentence)), "right") - 1)
    quotes = text.all("quote")
    opened = text.last_of(quotes, begin + shift) >= text.first
    closed = text.next_of(quotes, verb + shift) < high + shift
    others[1:] = np.minimum((end - begin, gap, begin - low, earlier, opened + 2 * closed), _MOST)
    return columns


def _mix(traits: Traits) -> Halves:
    """Bit sets uint64 of any shape as uint32, such that different ones hardly ever are the same."""
    return ((traits * _MIX) >> _HALF).astype(np.uint32)
