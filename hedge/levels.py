"""The vocabulary of every judgement: levels of certainty, types of cue, kinds of holder."""

from __future__ import annotations

from enum import Enum, IntEnum


class Level(IntEnum):
    """How firmly a sentence commits to its weakest claim; the order is the rank.

    >>> Level.POSSIBLE < Level.CERTAIN, Level["PROBABLE"].value, Level.CERTAIN.label
    (True, 2, 'certain')
    """

    UNCOMMITTED = 0
    POSSIBLE = 1
    PROBABLE = 2
    CERTAIN = 3

    @property
    def label(self) -> str:
        """The name as records and reports write it."""
        return self.name.lower()


class CueType(str, Enum):
    """What a cue carries; the first five lower a sentence's level, the last three do not by themselves."""

    EPISTEMIC = "epistemic"
    DOXASTIC = "doxastic"
    EVIDENTIAL = "evidential"
    CONDITIONAL = "conditional"
    INVESTIGATIVE = "investigative"
    WEASEL = "weasel"
    APPROXIMATOR = "approximator"
    BOOSTER = "booster"


class HolderKind(str, Enum):
    """Who vouches for a reported claim."""

    NAMED = "named"
    ANONYMOUS = "anonymous"
    COLLECTIVE = "collective"


LEVELS: tuple[Level, ...] = tuple(Level)
CUE_TYPES: tuple[CueType, ...] = tuple(CueType)
HOLDER_KINDS: tuple[HolderKind, ...] = tuple(HolderKind)

HEDGE_TYPES: int = 5
"""Cue types with an index below this lower the level: epistemic ... investigative."""

LOWERING: frozenset[CueType] = frozenset(CUE_TYPES[:HEDGE_TYPES])
"""These types of cue."""

LOWERING_NAMES: frozenset[str] = frozenset(kind.value for kind in LOWERING)
"""Their names."""

LEVEL_OF: dict[str, Level] = {level.label: level for level in LEVELS}
"""Levels by their labels."""
