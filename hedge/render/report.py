"""What the HTML report shows of a text: its paragraphs with sentences and runs of cues, counts, holders."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hedge.document import Sentence
from hedge.levels import LEVELS, LOWERING, Level
from hedge.render.marks import list_shares

_TOP: Final = 10
_PARAGRAPH: Final = re.compile(r"\n[^\S\n]*\n\s*")


@dataclass(frozen=True)
class Source:
    """A scored text: name, text, its sentences, what weighed most in each (by number, from 1), and a warning."""

    name: str
    text: str
    sentences: Sequence[Sentence]
    weighty: Mapping[int, str]
    warning: str = ""


@dataclass(frozen=True)
class Bar:
    """A line of a bar chart: `share` of all, `length` beside the longest."""

    name: str
    count: int
    share: float
    length: float
    css: str = ""


@dataclass(frozen=True)
class Run:
    """Consecutive characters of a sentence; `type` is a cue's, or empty."""

    text: str
    type: str


@dataclass(frozen=True)
class Line:
    """A sentence as the report shows it."""

    id: str
    number: int
    text: str
    level: str
    rank: int
    hedged: str
    shares: str
    cues: str
    holder: str
    weighty: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Part:
    """A stretch of a paragraph: a sentence, or what stands between two."""

    text: str
    sentence: Line | None


@dataclass(frozen=True)
class HolderRow:
    """A source that sentences stand on, and at which levels."""

    name: str
    kind: str
    count: int
    levels: tuple[Bar, ...]


@dataclass(frozen=True)
class File:
    """A text as the report shows it."""

    id: str
    name: str
    warning: str
    count: int
    hedged: float
    sentences: tuple[Line, ...]
    paragraphs: tuple[tuple[Part, ...], ...]
    levels: tuple[Bar, ...]
    types: tuple[Bar, ...]
    frequent: tuple[Bar, ...]
    holders: tuple[HolderRow, ...]


def view(number: int, source: Source) -> File:
    """Lay out the `number`-th text of a report."""
    lines = tuple(_line(number, i, s, source.weighty.get(i, "")) for i, s in enumerate(source.sentences, 1))
    cues = [cue for sentence in source.sentences for cue in sentence.cues]
    types = Counter(cue.type.value for cue in cues)
    words = Counter(" ".join(cue.text.lower().split()) for cue in cues if cue.type in LOWERING)
    hedged = sum(sentence.level < Level.CERTAIN for sentence in source.sentences)
    return File(
        f"f{number}",
        source.name,
        source.warning,
        len(lines),
        hedged / max(len(lines), 1),
        lines,
        tuple(_paragraphs(source, lines)),
        _level_bars(source.sentences),
        _bars(types.most_common()),
        _bars(sorted(words.items(), key=lambda item: (-item[1], item[0]))[:_TOP]),
        tuple(_holders(source.sentences)),
    )


def _line(file: int, number: int, sentence: Sentence, weighty: str) -> Line:
    shares = list_shares(sentence.probabilities)
    cues = ", ".join(f"{cue.text} ({cue.type.value}{', negated' * cue.negated})" for cue in sentence.cues)
    holder = f"{sentence.holder.text} ({sentence.holder.kind.value})" if sentence.holder else ""
    return Line(
        f"f{file}s{number}",
        number,
        sentence.text,
        sentence.level.label,
        int(sentence.level),
        f"{sentence.p_hedged:.2f}",
        shares,
        cues,
        holder,
        weighty,
        tuple(_runs(sentence)),
    )


def _runs(sentence: Sentence) -> Iterator[Run]:
    done = 0
    for cue in sentence.cues:
        if done < cue.start:
            yield Run(sentence.text[done : cue.start], "")
        yield Run(cue.text, cue.type.value)
        done = cue.end
    if done < len(sentence.text):
        yield Run(sentence.text[done:], "")


def _paragraphs(source: Source, lines: Sequence[Line]) -> Iterator[tuple[Part, ...]]:
    """Everything that stands in the text, sentence or not; a blank line between sentences begins a paragraph."""
    parts: list[Part] = []
    done = 0
    for sentence, line in zip(source.sentences, lines, strict=True):
        for i, gap in enumerate(_PARAGRAPH.split(source.text[done : sentence.start])):
            if i and parts:
                yield tuple(parts)
                parts = []
            if gap.strip() or (gap and parts):
                parts.append(Part(gap, None))
        parts.append(Part(line.text, line))
        done = sentence.end
    rest = source.text[done:].strip()
    if rest:
        parts.append(Part("\n" + rest, None))
    if parts:
        yield tuple(parts)


def _bars(counts: Sequence[tuple[str, int]]) -> tuple[Bar, ...]:
    total, most = sum(count for _, count in counts) or 1, max((count for _, count in counts), default=1) or 1
    return tuple(Bar(name, count, count / total, count / most) for name, count in counts)


def _level_bars(sentences: Sequence[Sentence]) -> tuple[Bar, ...]:
    counts = Counter(sentence.level for sentence in sentences)
    bars = _bars([(level.label, counts[level]) for level in reversed(LEVELS)])
    return tuple(Bar(bar.name, bar.count, bar.share, bar.length, bar.name) for bar in bars)


def _holders(sentences: Sequence[Sentence]) -> Iterator[HolderRow]:
    """Sources by the number of sentences that stand on their word; the same words in other case are one source."""
    found: dict[tuple[str, str], list[Sentence]] = {}
    for sentence in sentences:
        if sentence.holder:
            found.setdefault((sentence.holder.text.lower(), sentence.holder.kind.value), []).append(sentence)
    for (_, kind), own in sorted(found.items(), key=lambda item: -len(item[1])):
        name = own[0].holder.text if own[0].holder else ""
        yield HolderRow(name, kind, len(own), _level_bars(own))
