"""How many sentences are at each level, and which cues are frequent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from hedge.levels import LEVELS, LOWERING_NAMES
from hedge.render.marks import PLAIN, Style, level_word, printable
from hedge.render.rows import Piece

TOP_CUES: Final = 8


@dataclass
class Tally:
    """What the summary counts: sentences at each level, and cues by their words in lower case."""

    levels: list[int] = field(default_factory=lambda: [0] * len(LEVELS))
    cues: Counter[str] = field(default_factory=Counter)

    def add(self, piece: Piece) -> None:
        """Count a piece."""
        counts = np.bincount(piece.columns["level"], minlength=len(LEVELS)).tolist()
        self.levels = [a + b for a, b in zip(self.levels, counts, strict=True)]
        cues = piece.cues(piece.texts())
        self.cues.update(" ".join(words.lower().split()) for words, _, _, kind in cues if kind in LOWERING_NAMES)

    def merge(self, other: Tally) -> None:
        """Add another tally."""
        self.levels = [a + b for a, b in zip(self.levels, other.levels, strict=True)]
        self.cues.update(other.cues)

    def shares(self) -> list[float]:
        """Share of the sentences at each level."""
        total = max(sum(self.levels), 1)
        return [count / total for count in self.levels]

    def top_cues(self, most: int = TOP_CUES) -> list[tuple[str, int]]:
        """List the most frequent cues that lower the level; of equals the first in the alphabet."""
        return sorted(self.cues.items(), key=lambda item: (-item[1], item[0]))[:most]

    def list_cues(self, show: Callable[[str], str]) -> str:
        """The most frequent cues with their numbers, and how many others there are; `show` makes words fit to print."""
        top = self.top_cues()
        others = sum(self.cues.values()) - sum(count for _, count in top)
        listed = [f"{show(words)} {count}" for words, count in top]
        return ", ".join([*listed, *([f"others {others}"] if others else [])])


def summary(tally: Tally, style: Style = PLAIN) -> str:
    r"""Number and share of sentences at each level, and the most frequent cues that lower it.

    >>> print(summary(Tally([0, 1, 0, 3], Counter(may=2, could=1))), end="")
    4 sentences: 3 certain (75.0%), 0 probable (0.0%), 1 possible (25.0%), 0 uncommitted (0.0%)
    cues: may 2, could 1
    """
    total = sum(tally.levels)
    if not total:
        return "no sentences\n"
    shares = ", ".join(
        f"{tally.levels[level]} {level_word(level, style, 0)} ({tally.shares()[level]:.1%})"
        for level in reversed(LEVELS)
    )
    cues = tally.list_cues(printable)
    return f"{total} sentence{'s' if total > 1 else ''}: {shares}\n" + (f"cues: {cues}\n" if cues else "")
