"""What every corpus reader yields, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hedge.errors import InputError
from hedge.levels import CueType, HolderKind, Level


@dataclass(frozen=True)
class GoldCue:
    """A marked cue: half-open code-point offsets into the example's text, and its type where the corpus gives one."""

    start: int
    end: int
    type: CueType | None = None


@dataclass(frozen=True)
class GoldHolder:
    """A marked holder: half-open code-point offsets into the example's text."""

    start: int
    end: int
    kind: HolderKind


@dataclass(frozen=True)
class Example:
    """One labelled sentence.

    Attributes
    ----------
    text : the sentence.
    corpus : name of the corpus, one for all examples that share a definition of the labels.
    document : examples of one document are never split between training and test.
    hedged : whether the sentence is hedged by the corpus's definition, or None where it doesn't say.
    level : the level, where the corpus tells levels apart.
    certainty : a grade on the corpus's own scale, higher is more certain, where it has one.
    cues : the marked hedge cues; None where the corpus doesn't mark cues, () where it does and there is none.
    holder : the marked holder, None for none.
    has_holder : whether the corpus marks holders.
    genre : the kind of text.
    source : the published corpus or the kind of text that it comes from, where `corpus` only labels it; else empty.

    """

    text: str
    corpus: str
    document: str
    hedged: bool | None = None
    level: Level | None = None
    certainty: float | None = None
    cues: tuple[GoldCue, ...] | None = None
    holder: GoldHolder | None = None
    has_holder: bool = False
    genre: str = ""
    source: str = ""


def complete(example: Example, number: int) -> Example:
    """Return an example, the one with this number, which says if it is hedged where it has a level.

    Raises
    ------
    InputError : it is none, a value of it is of the wrong type, `hedged` contradicts the level, or offsets lie outside
        its text.

    >>> complete(Example("It may rain.", "mine", "a", level=Level.POSSIBLE), 0).hedged
    True
    """
    if not isinstance(example, Example):
        raise InputError(f"example {number} must be an Example, found {type(example).__name__}")
    for name, kinds in (("text", (str,)), ("hedged", (bool, type(None))), ("level", (Level, type(None)))):
        value = getattr(example, name)
        if not isinstance(value, kinds):
            raise InputError(f"{name} of example {number} must be {_spell(kinds)}, found {value!r}")
    marked = [(cue.start, cue.end) for cue in example.cues or ()]
    if example.holder:
        marked.append((example.holder.start, example.holder.end))
    for start, end in marked:
        if not 0 <= start < end <= len(example.text):
            raise InputError(f"example {number} marks {start}:{end} in a text of {len(example.text)} characters")
    if example.level is None:
        return example
    hedged = example.level < Level.CERTAIN
    if example.hedged not in (None, hedged):
        raise InputError(f"example {number} can't be of level {example.level.label} and hedged={example.hedged}")
    return replace(example, hedged=hedged)


def _spell(kinds: tuple[type, ...]) -> str:
    return " or ".join("None" if kind is type(None) else kind.__name__ for kind in kinds)
