"""Two scored texts side by side: which claims became firmer or weaker, which hedges were lost or added.

Sentences are matched by their words, whatever the order, so that one method serves two drafts of a text and a source
with its summary.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from hedge.alignment import LOOSE, align
from hedge.document import Cue, Document, Holder, Sentence
from hedge.levels import LOWERING, CueType, Level

_QUOTED, _QUOTED_WORDS, _LONG = 5, 10, 200
"""Pairs that the verdict quotes, words of each, and words that are looked through for what to quote."""


@dataclass(frozen=True)
class Pair:
    """A sentence of each text, or of one alone.

    Attributes
    ----------
    before, after : the sentence in either text; None where the other has no counterpart.
    similarity : 0..1, of their words but for hedges and function words; 1 for the same text, 0 without a counterpart.
    lost, added : cues of a type that lowers the level, of `before` and of `after`, that the other hasn't as often.
    boosters : cues of `after` that put certainty on show and that `before` hasn't as often.

    """

    before: Sentence | None
    after: Sentence | None
    similarity: float
    lost: tuple[Cue, ...]
    added: tuple[Cue, ...]
    boosters: tuple[Cue, ...]

    @property
    def change(self) -> str:
        """One of "firmer", "weaker", "same", "added", "removed"; a move of certainty within a level is "same"."""
        if self.before is None or self.after is None:
            return "added" if self.before is None else "removed"
        if self.before.level == self.after.level:
            return "same"
        return "firmer" if self.before.level < self.after.level else "weaker"

    @property
    def source_lost(self) -> Holder | None:
        """On whose word the sentence was said before, if it now is on nobody's."""
        return self.before.holder if self.before and self.after and not self.after.holder else None

    @property
    def source_added(self) -> Holder | None:
        """On whose word the sentence is said now, if it was on nobody's before."""
        return self.after.holder if self.before and self.after and not self.before.holder else None

    @property
    def matters(self) -> bool:
        """Whether the level, a hedge, a booster or the source changed, or a hedged sentence has no counterpart."""
        if self.before and self.after:
            sources = self.source_lost or self.source_added
            return self.change != "same" or bool(self.lost or self.added or self.boosters or sources)
        return self.hedged or bool(self.boosters)

    @property
    def hedged(self) -> bool:
        """Whether a sentence of it is hedged."""
        return any(sentence.level < Level.CERTAIN for sentence in (self.before, self.after) if sentence)


@dataclass(frozen=True)
class Comparison:
    """Pairs in the order of the text after; a sentence that was removed follows what it followed before."""

    pairs: tuple[Pair, ...]

    def select(self, change: str) -> list[Pair]:
        """Pairs of one change."""
        return [pair for pair in self.pairs if pair.change == change]

    def verdict(self, before: str = "A", after: str = "B") -> list[str]:
        """Plain sentences that sum it up; `before` and `after` are the texts' names.

        >>> Comparison(()).verdict()
        ['No sentence of B is like one of A.']
        """
        return list(_sum_up(self, before, after))


def compare(before: Document, after: Document) -> Comparison:
    """Match the sentences of two texts and see what became of their hedges.

    The likest are matched first, one to one. A sentence that finds all those like it taken shares one that is very
    like it, as when a sentence was split, or a hedged one was merged with another; where `after` is the shorter text,
    as a summary is, its sentences also share one that is only somewhat like them.

    >>> from hedge.library import load
    >>> score = load().score
    >>> pair = compare(score("The port may close."), score("The port will close.")).pairs[0]
    >>> pair.change, [cue.text for cue in pair.lost]
    ('firmer', ['may'])

    """
    old, new = before.sentences, after.sentences
    links = align(old, new)
    places = {i: j for j, i, _ in reversed(links)}
    met = {j for j, _, _ in links}
    placed = [((j, 0, i), _pair(old[i], new[j], likeness)) for j, i, likeness in links]
    placed += [((j, 0, 0), _pair(None, sentence)) for j, sentence in enumerate(new) if j not in met]
    place = -1
    for i, sentence in enumerate(old):
        place = places.get(i, place)
        if i not in places:
            placed.append(((place, 1, i), _pair(sentence, None)))
    return Comparison(tuple(pair for _, pair in sorted(placed, key=lambda entry: entry[0])))


def _pair(before: Sentence | None, after: Sentence | None, similarity: float = 0.0) -> Pair:
    lost, added = _without(before, after, LOWERING), _without(after, before, LOWERING)
    return Pair(before, after, similarity, lost, added, _without(after, before, {CueType.BOOSTER}))


def _without(sentence: Sentence | None, other: Sentence | None, types: Collection[CueType]) -> tuple[Cue, ...]:
    """Cues of some types of a sentence, less those of the other with the same words."""
    there = [_words(cue) for cue in other.cues] if other else []
    kept = []
    for cue in sentence.cues if sentence else ():
        if _words(cue) in there:
            there.remove(_words(cue))
        elif cue.type in types:
            kept.append(cue)
    return tuple(kept)


def _words(cue: Cue) -> str:
    return " ".join(cue.text.lower().split())


def _sum_up(comparison: Comparison, before: str, after: str) -> Iterator[str]:
    firmer, weaker = comparison.select("firmer"), comparison.select("weaker")
    alike = sum(bool(pair.before) for pair in comparison.pairs if pair.after)
    total = sum(bool(pair.after) for pair in comparison.pairs)
    if not alike:
        yield f"No sentence of {after} is like one of {before}."
    elif 2 * alike < total:
        yield f"Only {alike} of the {total} sentences of {after} {'is' if alike == 1 else 'are'} like one of {before}."
    if alike and not firmer and not weaker:
        yield "No claim changed its level."
    for moved, direction in ((firmer, "more"), (weaker, "less")):
        if moved:
            quotes = [_quote(pair) for pair in moved[:_QUOTED]]
            quotes += [f"and {len(moved) - _QUOTED} more"] if len(moved) > _QUOTED else []
            yield f"{_count(moved, 'claim')} became {direction} certain: {'; '.join(quotes)}."
    loose = sum(pair.similarity < LOOSE for pair in (*firmer, *weaker))
    if loose:
        yield f"{loose} of these {'pairs is' if loose == 1 else 'pairs are'} only loosely alike; read both sentences."
    if swapped := [pair for pair in comparison.select("same") if pair.lost or pair.added]:
        yield f"{_count(swapped, 'claim')} kept {'its' if len(swapped) == 1 else 'their'} level with other hedges."
    yield from _moved_sources([p.source_lost for p in comparison.pairs], "lost")
    yield from _moved_sources([p.source_added for p in comparison.pairs], "gained")
    if boosters := [f"“{_words(cue)}”" for pair in comparison.pairs for cue in pair.boosters]:
        yield f"{after} stresses certainty where {before} doesn't: {', '.join(dict.fromkeys(boosters))}."
    for change, own, other in (("removed", before, after), ("added", after, before)):
        if alone := [pair for pair in comparison.select(change) if pair.hedged]:
            have = "has" if len(alone) == 1 else "have"
            yield f"{_count(alone, 'hedged sentence')} of {own} {have} no counterpart in {other}."


def _moved_sources(sources: Sequence[Holder | None], word: str) -> Iterator[str]:
    """A sentence on the sources, None for no, that sentences lost or gained."""
    if moved := [" ".join(source.text.split()) for source in sources if source]:
        names = ", ".join(f"“{name}”" for name in dict.fromkeys(moved))
        yield f"{_count(moved, 'sentence')} {word} {'its' if len(moved) == 1 else 'their'} source: {names}."


def _count(things: Sequence[object], name: str) -> str:
    return f"{len(things)} {name}{'' if len(things) == 1 else 's'}"


def _quote(pair: Pair) -> str:
    """Quote where two sentences differ in a hedge, with a word on either side; around the hedge if they differ much."""
    assert pair.before and pair.after
    old, new = pair.before.text.split(), pair.after.text.split()
    lost = [len(pair.before.text[: cue.end].split()) - 1 for cue in pair.lost]
    added = [len(pair.after.text[: cue.end].split()) - 1 for cue in pair.added]
    quotes = _excerpt(old, lost), _excerpt(new, added)
    matcher = SequenceMatcher(None, old[:_LONG], new[:_LONG], autojunk=False)
    edits = [edit for edit in matcher.get_opcodes() if edit[0] != "equal"]
    if edits and matcher.ratio() >= LOOSE:
        hedges = [sum(a <= i < b for i in lost) + sum(c <= j < d for j in added) for _, a, b, c, d in edits]
        _, a, b, c, d = edits[hedges.index(max(hedges))]
        if max(b - a, d - c) <= _QUOTED_WORDS:
            quotes = " ".join(old[max(a - 1, 0) : b + 1]), " ".join(new[max(c - 1, 0) : d + 1])
    return f"“{quotes[0]}” → “{quotes[1]}” ({pair.before.level.label} → {pair.after.level.label})"


def _excerpt(words: list[str], positions: list[int]) -> str:
    """A few words around the first of some positions."""
    first = max(0, min(positions[0] - 3 if positions else 0, len(words) - _QUOTED_WORDS))
    last = first + _QUOTED_WORDS
    return ("… " if first else "") + " ".join(words[first:last]) + (" …" if last < len(words) else "")
