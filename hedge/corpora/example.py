"""What every corpus reader yields, whatever its format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from numbers import Integral, Real
from typing import Final

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
    certainty : a grade on the corpus's own scale, higher is more certain, where it has one. Training learns from that
        of the corpus ``science`` alone, whose scale it knows; others are for evaluation.
    cues : the marked hedge cues; None where the corpus doesn't mark cues, () where it does and there is none.
    holder : the marked holder, None for none.
    has_holder : whether the corpus marks holders, so that None says that there is none.
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


_NONE: Final = type(None)
_SPELLED: Final[Mapping[type, str]] = {_NONE: "None", Integral: "int", Real: "number"}
_TYPES: Final[Mapping[str, tuple[type, ...]]] = {
    **dict.fromkeys(("text", "corpus", "document", "genre", "source"), (str,)),
    **{"hedged": (bool, _NONE), "level": (Level, _NONE), "certainty": (Real, _NONE)},
    **{"cues": (tuple, list, _NONE), "holder": (GoldHolder, _NONE), "has_holder": (bool,)},
}
_TYPES_OF_MARKS: Final[Mapping[type, Mapping[str, tuple[type, ...]]]] = {
    GoldCue: {"start": (Integral,), "end": (Integral,), "type": (CueType, _NONE)},
    GoldHolder: {"start": (Integral,), "end": (Integral,), "kind": (HolderKind,)},
}


def complete(example: Example, number: int) -> Example:
    """Return an example, the one with this number, which says if it is hedged where it has a level.

    Where it has a holder, its corpus is taken to mark holders.

    Raises
    ------
    InputError : it is none, a value of it is of the wrong type, `hedged` contradicts the level, or offsets lie outside
        its text.

    >>> complete(Example("It may rain.", "mine", "a", level=Level.POSSIBLE), 0).hedged
    True
    """
    if not isinstance(example, Example):
        raise InputError(f"example {number} must be an Example, found {type(example).__name__}")
    _check_types(example, _TYPES, f"example {number}")
    for cue in example.cues or ():
        if not isinstance(cue, GoldCue):
            raise InputError(f"a cue of example {number} must be a GoldCue, found {cue!r}")
    for mark in (*(example.cues or ()), *([example.holder] if example.holder else ())):
        _check_types(mark, _TYPES_OF_MARKS[type(mark)], f"a mark of example {number}")
        if not 0 <= mark.start < mark.end <= len(example.text):
            span, size = f"{mark.start}:{mark.end}", len(example.text)
            raise InputError(f"example {number} marks {span} in a text of {size} characters")
    cues = None if example.cues is None else tuple(example.cues)
    example = replace(example, cues=cues, has_holder=example.has_holder or example.holder is not None)
    if example.level is None:
        return example
    hedged = example.level < Level.CERTAIN
    if example.hedged not in (None, hedged):
        raise InputError(f"example {number} can't be of level {example.level.label} and hedged={example.hedged}")
    return replace(example, hedged=hedged)


def _check_types(value: object, types: Mapping[str, tuple[type, ...]], name: str) -> None:
    for attribute, kinds in types.items():
        found = getattr(value, attribute, None)
        if not isinstance(found, kinds) or (isinstance(found, bool) and bool not in kinds):
            wanted = " or ".join(_SPELLED.get(kind, kind.__name__) for kind in kinds)
            raise InputError(f"{attribute} of {name} must be {wanted}, found {found!r}")
