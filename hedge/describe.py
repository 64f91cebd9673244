"""Columns in words again, so that an explanation can name the features that were hashed from them."""

from __future__ import annotations

from typing import Final

from hedge.classes import MARKS
from hedge.columns import CUE_COLUMNS, SENTENCE_COLUMNS, STEP_BOUNDS, clause_starts
from hedge.levels import CUE_TYPES, HEDGE_TYPES, HOLDER_KINDS
from hedge.lexicon import Lexicon
from hedge.passage import Passage
from hedge.register import REGISTER_BOUNDS
from hedge.sentence_marks import QUESTIONS
from hedge.shapes import CLASS_NAMES, PREDICATE_NAMES, SUBJECT_NAMES
from hedge.templates import Templates
from hedge.tokens import Halves

_OUTSIDE: Final = "(edge)"
_NONE: Final = "none"
_CLAUSES: Final = (_NONE, "neither side", "before", "after", "both sides")
_JOINED: Final = (_NONE, _NONE, "after", "before", "both sides")
_AUXILIARIES: Final = ("", "be", "have", "be and have")
_TYPES: Final = (_NONE, *(kind.value for kind in CUE_TYPES))
_YES_NO: Final = ("outside", "no", "yes")
_NAMES: Final = {
    **{"form": "words", "phrase": "entry", "words": "number of words", "ambiguous": "look-alike readings"},
    **{"word-2": "2nd word before", "word-1": "word before", "word+1": "word after", "word+2": "2nd word after"},
    **{"class-2": "class of 2nd before", "class-1": "class before", "class+1": "class after"},
    **{"class+2": "class of 2nd after", "suffix+1": "ending after"},
    **{"capital": "capital", "capital+1": "capital after", "joined": "hyphen", "that": "that follows"},
    **{
        "verb": "verb after",
        "agent": "one to whom rules apply before",
        "subject": "subject before",
        "marks": "sentence has",
        "question": "question mark",
        "register": "technical prose",
        "time": "words of time",
        "negative": "a negation before it",
    },
    **{
        "earlier": "cue before",
        "later": "cue after",
        "confidence": "probability",
        "used": "in use",
    },
    **{"strongest": "strongest hedge", "mixture": "types of hedge"},
    **{
        "top": "likeliest hedge",
        "opening": "first word",
        "second": "second word",
        "opening-class": "class of first word",
    },
    **{"clause": "first word of clause", "clauses": "commas"},
    **{"holder-begins": "first word of holder", "holder-ends": "last word of holder"},
}


def name_features(templates: Templates, values: dict[str, str]) -> list[str]:
    """Name the feature of each template, in the order of its indices; `values` are the columns' values in words."""
    return [
        ", ".join(f"{_NAMES.get(column, column)}: {values[column]}" for column in template)
        for template in templates.names
    ]


def _verb(value: int) -> str:
    auxiliaries, sense = divmod(value, len(PREDICATE_NAMES))
    said = [part for part in (_AUXILIARIES[auxiliaries], PREDICATE_NAMES[sense] if sense else "") if part]
    return ", ".join(said) or _NONE


def cue_values(lexicon: Lexicon, passage: Passage, candidate: int) -> dict[str, str]:
    """What the columns of a candidate say, column -> value in words."""
    column = dict(zip(CUE_COLUMNS, passage.columns[:, candidate].tolist(), strict=True))
    candidates, sentence = passage.candidates, passage.candidates.sentence
    form, opening = lexicon.forms[int(candidates.form[candidate])], int(passage.marks.begin[sentence[candidate]])
    values = {
        "form": form.text,
        "phrase": form.phrase,
        "type": _TYPES[column["type"]],
        "strength": _strength(column["strength"]),
        "words": str(column["words"]),
        "ambiguous": str(column["ambiguous"] - 1),
        "verb": _verb(column["verb"]),
        "subject": SUBJECT_NAMES[column["subject"]],
        "marks": _marks(column["marks"]),
        "opening": _token(passage, opening),
        "opening-class": CLASS_NAMES[column["opening-class"]],
        "clause": _clause_word(passage, candidate),
        "clauses": _CLAUSES[column["clauses"]],
        "joined": _JOINED[column["joined"]],
        "capital": ("no", "yes", "yes")[column["capital"]] if candidates.first[candidate] > opening else "first word",
        "question": QUESTIONS[column["question"] - 1],
        "register": _step(column["register"] - 1, REGISTER_BOUNDS),
        "confidence": _step(column["confidence"]),
    }
    for name in ("capital+1", "negated", "that", "agent", "time", "negative", "used"):
        values[name] = _YES_NO[column[name]]
    for name, other in (("earlier", candidate - 1), ("later", candidate + 1)):
        inside = 0 <= other < len(candidates) and sentence[other] == sentence[candidate]
        values[name] = lexicon.forms[int(candidates.form[other])].phrase if inside else _NONE
    for offset in (-2, -1, 1, 2):
        word = _neighbour(passage, candidate, offset)
        values[f"word{offset:+}"] = word
        values[f"class{offset:+}"] = CLASS_NAMES[column[f"class{offset:+}"]]
    values["suffix+1"] = values["word+1"] if values["word+1"] == _OUTSIDE else f"-{values['word+1'][-3:]}"
    return values


def _neighbour(passage: Passage, candidate: int, offset: int) -> str:
    candidates, marks = passage.candidates, passage.marks
    sentence = candidates.sentence[candidate]
    at = int(candidates.first[candidate] if offset < 0 else candidates.last[candidate] - 1) + offset
    return _token(passage, at) if marks.begin[sentence] <= at < marks.last[sentence] else _OUTSIDE


def _clause_word(passage: Passage, candidate: int) -> str:
    """The word that begins the clause of a candidate before it, as `columns.CUE_COLUMNS` has it."""
    at = int(clause_starts(passage.tokens, passage.marks, passage.candidates)[0][candidate])
    return _token(passage, at) if at < passage.candidates.first[candidate] else _OUTSIDE


def _token(passage: Passage, at: int) -> str:
    start, end = passage.tokens.start[at], passage.tokens.end[at]
    return passage.buffer.raw[start:end].tobytes().decode("utf-8", "replace").lower()


def sentence_values(passage: Passage, values: Halves) -> dict[str, str]:
    """What the sentence columns uint32[len(SENTENCE_COLUMNS)] of the passage's first sentence say, in words."""
    column = dict(zip(SENTENCE_COLUMNS, values.tolist(), strict=True))
    first, last = int(passage.marks.begin[0]), int(passage.marks.last[0])
    mixture = [kind.value for bit, kind in enumerate(CUE_TYPES[:HEDGE_TYPES]) if column["mixture"] >> bit & 1]
    return {
        **{name: _step(value) for name, value in column.items() if name.startswith("best-")},
        "strongest": _strength(column["strongest"]),
        "mixture": " and ".join(mixture) or _NONE,
        "top": _step(column["top"]),
        "question": QUESTIONS[column["question"] - 1],
        "register": _step(column["register"] - 1, REGISTER_BOUNDS),
        "quoted": _YES_NO[column["quoted"]],
        "opening": _token(passage, first) if first < last else _OUTSIDE,
        "second": _token(passage, first + 1) if first + 1 < last else _OUTSIDE,
        "marks": _marks(column["marks"]),
        **_holder_values(passage),
    }


def _holder_values(passage: Passage) -> dict[str, str]:
    """What is known of the holder of the passage's first sentence."""
    holders = passage.holders
    if not len(holders.sentence) or holders.sentence[0] != 0:
        return dict.fromkeys(("holder", "holder-begins", "holder-ends"), _NONE)
    ends = {"holder-begins": int(holders.first[0]), "holder-ends": int(holders.last[0]) - 1}
    words = {name: _token(passage, at) for name, at in ends.items()}
    return {"holder": HOLDER_KINDS[holders.kind[0]].value, **words}


def _strength(eighths: int) -> str:
    return f"{(eighths - 1) / 8:.2f} or more" if eighths else _NONE


def _step(number: int, between: tuple[float, ...] = STEP_BOUNDS) -> str:
    """A step, by default of confidence, as the probabilities that it covers."""
    bounds = ("0", *map(str, between), "1")
    return f"{bounds[number]} to {bounds[number + 1]}"


def _marks(bits: int) -> str:
    return " and ".join(name for bit, name in enumerate(MARKS) if bits >> bit & 1) or _NONE
