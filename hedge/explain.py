"""Why a sentence has its level: contributions that add up to the logits, candidates that were rejected, what-ifs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise, starmap
from typing import Any, Final

import numpy as np

from hedge.buffer import Ints
from hedge.classes import WORD_CLASSES
from hedge.columns import CUE_COLUMNS, SENTENCE_COLUMNS, level_cues, sentence_columns, set_confidence
from hedge.describe import cue_values, name_features, sentence_values
from hedge.document import Cue, Sentence
from hedge.features import CUE_TEMPLATES, LEVEL_CUE_TEMPLATES, SENTENCE_TEMPLATES
from hedge.judgement import cue_bytes, cue_logits
from hedge.levels import CUE_TYPES, CueType, Level
from hedge.model import Floats, Weights
from hedge.packing import BOUNDS, unpack
from hedge.passage import Passage, read_texts
from hedge.score import score_text, score_texts
from hedge.sums import LOGIT_SCALE, pair_places, word_places
from hedge.tokens import Halves

Triple = tuple[float, float, float]

_AUXILIARIES: Final = WORD_CLASSES["modal"].split() + WORD_CLASSES["be"].split() + WORD_CLASSES["do"].split()
_TRAITS: Final = {
    **{"question": "question mark", "quoted": "quotation marks", "marks": "modals and words of rules"},
    **{"opening": "first words", "second": "first words", "register": "how technical its words are"},
    **dict.fromkeys(("holder", "holder-begins", "holder-ends"), "on whose word"),
}
_HEDGES: Final = "hedges together"
_NEGATOR: Final = re.compile(r"n['\u2019]t\b|\bnot\b|\bno\b|\bcannot\b", re.IGNORECASE)
_COPULA: Final = re.compile(r"(?:\b(?:is|are|was|were|be|been|being|am)|['\u2019](?:s|re|m))\s+$", re.IGNORECASE)
_NEGATED: Final = frozenset((CueType.EPISTEMIC, CueType.DOXASTIC, CueType.EVIDENTIAL))
"""Types of cue of which a negation makes sense."""


@dataclass(frozen=True)
class Contribution:
    """What one feature adds to the logits.

    Attributes
    ----------
    source : "cue", "word", "words" for two in a row, "sentence", or "base" for where a plain sentence without cues
        starts from.
    subject : the phrase that a cue was found by, the word or words, or which trait of the sentence.
    name : the feature, with its values. Features of the sentence count by how they differ from a plain one's.
    logits : what it adds to the logits of P(level >= possible), P(level >= probable), P(level >= certain).

    """

    source: str
    subject: str
    name: str
    logits: Triple

    @property
    def toward_hedged(self) -> float:
        """What it adds to the logit of being hedged, the opposite of that of being certain."""
        return -self.logits[BOUNDS - 1]


@dataclass(frozen=True)
class CandidateContribution:
    """What one feature adds to the logit of a candidate's being a cue."""

    name: str
    logit: float


@dataclass(frozen=True)
class Candidate:
    """A phrase that can be a cue, and what the cue model made of it.

    Attributes
    ----------
    text, start, end : its words and their code points in the sentence.
    type : the type it has, or would have, as a cue.
    probability : of being one here.
    accepted : whether it is shown as a cue; the cue can be fewer of its words (*thought* of *thought to have*).
    reading : what it likely is if it isn't a cue, for instance "month"; empty when that isn't known.
    contributions : they add up to `logit`, from what speaks for a cue most to what speaks most against it.
    logit : sigmoid(logit) is the probability.

    """

    text: str
    start: int
    end: int
    type: CueType
    probability: float
    accepted: bool
    reading: str
    contributions: tuple[CandidateContribution, ...]
    logit: float


@dataclass(frozen=True)
class WhatIf:
    """The sentence without one of its cues, or with the cue negated, and the level that it then has."""

    cue: Cue
    change: str
    text: str
    level: Level
    p_hedged: float


@dataclass(frozen=True)
class SentenceExplanation:
    """Why a sentence has its level.

    Attributes
    ----------
    sentence : the judgement.
    contributions : they add up to `logits`, from what speaks most for a hedge to what speaks most against it.
    logits : of P(level >= possible), P(level >= probable), P(level >= certain); where their probabilities contradict
        one another, `sentence.probabilities` averages them.
    candidates : the phrases that were weighed, in order.
    what_ifs : for each cue, the sentence without it and with it negated.

    """

    sentence: Sentence
    contributions: tuple[Contribution, ...]
    logits: Triple
    candidates: tuple[Candidate, ...]
    what_ifs: tuple[WhatIf, ...]

    @property
    def toward_hedged(self) -> float:
        """The logit of being hedged, which is what the contributions' own add up to."""
        return -self.logits[BOUNDS - 1]


@dataclass(frozen=True)
class Explanation:
    """Explanations of a text's sentences, in order."""

    sentences: tuple[SentenceExplanation, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain lists and dictionaries, as `hedge explain --format json` writes them; levels by name."""
        return {"sentences": [_to_dict(explained) for explained in self.sentences]}


def explain_text(weights: Weights, text: str) -> Explanation:
    """Explain the judgement of each sentence of a text.

    Raises
    ------
    InputError : the text holds a lone surrogate.

    """
    return Explanation(tuple(_explain(weights, sentence) for sentence in score_text(weights, text).sentences))


def weigh_subjects(weights: Weights, sentence: str) -> list[tuple[str, float]]:
    """Cues, words, pairs of words and traits of a sentence, with what each adds to the logit of being hedged.

    The greatest comes first; a cue and a word or pair that are the same words count together.
    """
    passage = read_texts(weights.lexicon, [sentence])
    set_confidence(passage.columns, cue_logits(weights, passage))
    totals: dict[str, float] = {}
    for found in _contributions(weights, passage):
        if found.source != "base":
            totals[found.subject] = totals.get(found.subject, 0.0) + found.toward_hedged
    return sorted(totals.items(), key=lambda item: -item[1])


def _explain(weights: Weights, sentence: Sentence) -> SentenceExplanation:
    passage = read_texts(weights.lexicon, [sentence.text])
    logits = cue_logits(weights, passage)
    set_confidence(passage.columns, logits)
    contributions = sorted(_contributions(weights, passage), key=lambda found: -found.toward_hedged)
    totals = [sum(found.logits[bound] for found in contributions) for bound in range(BOUNDS)]
    candidates = tuple(_candidates(weights, passage, logits))
    return SentenceExplanation(
        sentence,
        tuple(contributions),
        (totals[0], totals[1], totals[2]),
        candidates,
        tuple(_what_ifs(weights, sentence, candidates)),
    )


def _contributions(weights: Weights, passage: Passage) -> Iterator[Contribution]:
    """Every feature of the passage's only sentence, calibrated as the logits are."""
    slope = weights.level_calibration[:, 0] / LOGIT_SCALE
    table, tokens = weights.level_table, passage.tokens

    def weigh(indices: Ints) -> Floats:
        return (unpack(table.at(indices)) * slope[:, None]).T

    plain = _sentence_columns(read_texts(weights.lexicon, [""]))
    usual = weigh(SENTENCE_TEMPLATES.indices(plain)[:, 0])
    base = weights.level_bias * slope + weights.level_calibration[:, 1] + usual.sum(axis=0)
    yield Contribution("base", "", "a plain sentence without cues", _triple(base))

    text = passage.buffer.raw.tobytes()
    spans = list(zip(tokens.start.tolist(), tokens.end.tolist(), strict=True))
    for (start, end), logits in zip(spans, weigh(word_places(tokens.hash)), strict=True):
        yield Contribution("word", text[start:end].decode(), "the word itself", _triple(logits))
    for ((start, _), (_, end)), logits in zip(pairwise(spans), weigh(pair_places(tokens.hash)[:-1]), strict=True):
        if logits.any():
            pair = " ".join(text[start:end].decode().split())
            yield Contribution("words", pair, "the two together", _triple(logits))

    columns = _sentence_columns(passage)
    differences = weigh(SENTENCE_TEMPLATES.indices(columns)[:, 0]) - usual
    names = name_features(SENTENCE_TEMPLATES, sentence_values(passage, columns[:, 0]))
    differing = {SENTENCE_COLUMNS[row] for row in np.flatnonzero(columns[:, 0] != plain[:, 0])}
    for template, name, logits in zip(SENTENCE_TEMPLATES.names, names, differences, strict=True):
        if logits.any():
            yield Contribution("sentence", _trait(template, differing), name, _triple(logits))

    used = level_cues(passage.columns)
    rows = LEVEL_CUE_TEMPLATES.indices(passage.columns[:, used]).T
    for candidate, indices in zip(used.tolist(), rows, strict=True):
        names = name_features(LEVEL_CUE_TEMPLATES, cue_values(weights.lexicon, passage, candidate))
        subject = text[slice(*_bytes_of(passage, candidate))].decode()
        for name, logits in zip(names, weigh(indices), strict=True):
            yield Contribution("cue", subject, name, _triple(logits))


def _trait(template: tuple[str, ...], differing: set[str]) -> str:
    """Which trait makes a sentence differ from a plain one in a template; its hedges come before all else."""
    traits = [_TRAITS.get(column, _HEDGES) for column in template if column in differing]
    return _HEDGES if _HEDGES in traits else traits[0]


def _sentence_columns(passage: Passage) -> Halves:
    return sentence_columns(passage.tokens, passage.marks, passage.holders, passage.candidates, passage.columns)


def _triple(values: Floats) -> Triple:
    a, b, c = values.tolist()
    return a, b, c


def _bytes_of(passage: Passage, candidate: int) -> tuple[int, int]:
    candidates = passage.candidates
    which = slice(candidate, candidate + 1)
    first, last, sentence = (values[which] for values in (candidates.first, candidates.last, candidates.sentence))
    begin, end = cue_bytes(passage, sentence, first, last)
    return int(begin[0]), int(end[0])


def _candidates(weights: Weights, passage: Passage, logits: Ints) -> Iterator[Candidate]:
    slope, intercept = weights.cue_calibration
    scale = slope / LOGIT_SCALE
    base = CandidateContribution("every candidate", float(weights.cue_bias * scale + intercept))
    shared = [base, *_words_near(weights, passage, scale)]
    indices = CUE_TEMPLATES.indices(passage.columns)
    probabilities = weights.cue_probabilities(logits).tolist()
    offset = passage.buffer.code_points(passage.tokens.start[:1])[:1].sum()
    for number, probability in enumerate(probabilities):
        start, end = (passage.buffer.code_points(np.array(_bytes_of(passage, number))) - offset).tolist()
        values = cue_values(weights.lexicon, passage, number)
        added = (weights.cue_table[indices[:, number]] * scale).tolist()
        named = zip(name_features(CUE_TEMPLATES, values), added, strict=True)
        accepted = probability >= weights.cue_threshold
        yield Candidate(
            passage.buffer.raw[slice(*_bytes_of(passage, number))].tobytes().decode(),
            start,
            end,
            CUE_TYPES[int(passage.columns[CUE_COLUMNS.index("type"), number]) - 1],
            probability,
            accepted,
            "" if accepted else _likely_reading(weights, passage, number, values),
            tuple(sorted([*shared, *starmap(CandidateContribution, named)], key=lambda found: -found.logit)),
            float(logits[number] * scale + intercept),
        )


def _words_near(weights: Weights, passage: Passage, scale: float) -> Iterator[CandidateContribution]:
    """What each word of the passage's only sentence adds to the logit of any of its candidates."""
    text, tokens = passage.buffer.raw.tobytes(), passage.tokens
    spans = zip(tokens.start.tolist(), tokens.end.tolist(), strict=True)
    for (start, end), weight in zip(spans, (weights.cue_words[word_places(tokens.hash)] * scale).tolist(), strict=True):
        yield CandidateContribution(f"in the sentence: {text[start:end].decode()}", weight)


def _likely_reading(weights: Weights, passage: Passage, candidate: int, values: dict[str, str]) -> str:
    """Return a look-alike reading that the lexicon knows and the context allows; a guess, for the reader only."""
    readings = weights.lexicon.forms[int(passage.candidates.form[candidate])].readings
    named = values["capital"] == "yes"
    fitting = [reading for reading in readings if (reading in ("month", "name")) == named and reading != "other"]
    return (fitting or [reading for reading in readings if reading != "other"] or [""])[0]


def _what_ifs(weights: Weights, sentence: Sentence, candidates: Sequence[Candidate]) -> Iterator[WhatIf]:
    changed = [
        (cue, change, text) for cue in sentence.cues for change, text in _variants(sentence.text, cue, candidates)
    ]
    judged = score_texts(weights, [text for _, _, text in changed])
    for (cue, change, text), found in zip(changed, judged, strict=True):
        yield WhatIf(cue, change, text, found.level, found.p_hedged)


def _variants(text: str, cue: Cue, candidates: Sequence[Candidate]) -> Iterator[tuple[str, str]]:
    phrase = next(candidate for candidate in candidates if candidate.start <= cue.start and cue.end <= candidate.end)
    before, after = text[: phrase.start], text[phrase.end :]
    without = re.sub(r"\s*[,;:]?\s*(?=[,;:.?!])", "", " ".join((before + after).split())).lstrip(",;: ")
    if not phrase.start:
        without = without[:1].upper() + without[1:]
    if any(map(str.isalnum, without)):
        yield "removed", without
    if cue.negated or cue.type not in _NEGATED or _NEGATOR.search(cue.text + text[cue.end :][:4]):
        return
    first, _, rest = cue.text.partition(" ")
    if first.lower() in _AUXILIARIES:
        yield "negated", f"{text[: cue.start]}{first} not{' ' * bool(rest)}{rest}{text[cue.end :]}"
    elif _COPULA.search(text[: cue.start]):  # other words would need more than *not*: it does not seem, no chance
        yield "negated", f"{text[: cue.start]}not {cue.text}{text[cue.end :]}"


def _to_dict(explained: SentenceExplanation) -> dict[str, Any]:
    found = asdict(explained)
    sentence = found["sentence"]
    sentence["level"] = explained.sentence.level.label
    for cue in sentence["cues"]:
        cue["type"] = cue["type"].value
    if sentence["holder"]:
        sentence["holder"]["kind"] = sentence["holder"]["kind"].value
    for candidate in found["candidates"]:
        candidate["type"] = candidate["type"].value
    for given, what_if in zip(found["what_ifs"], explained.what_ifs, strict=True):
        given["level"] = what_if.level.label
        given["cue"]["type"] = what_if.cue.type.value
    plain: dict[str, Any] = json.loads(json.dumps(found))  # lists for tuples
    return plain
