"""The rules: what an editor would query in a scored text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from hedge.document import Cue, Document, Holder, Sentence
from hedge.levels import LOWERING, CueType, HolderKind, Level

_NEAR: Final = 3
"""Words between two hedges of one claim, at most."""

_MODALS: Final = frozenset(("may", "might", "could", "would", "should"))
_ADVERBS: Final = frozenset(
    ("possibly", "perhaps", "maybe", "potentially", "conceivably", "presumably", "seemingly", "apparently")
)
_FIRST_PERSON: Final = re.compile(r"\b(?:I|we|my|our|us|me)\b", re.IGNORECASE)
_QUANTITY: Final = re.compile(
    r"(?:by )?(?:some|many|most|several|various|certain|others?|few)|a number of|more and more|in some cases"
    r"|or something like that",
    re.IGNORECASE,
)
_KIND: Final = re.compile(
    r"certain(?!\s+(?:that|of|to|about|the|an?|this|it|he|she|we|they|you|I|his|her|our|their)\b)\s+\w", re.IGNORECASE
)
"""*Certain* before a noun picks some of a kind (*a certain size*), and doesn't boost."""
_ADVERB: Final = re.compile(r"\w+ly|often", re.IGNORECASE)
_THOUGHT: Final = re.compile(
    r"\s+(?:accepted|acknowledged|agreed|alleged|argued|assumed|attributed|believed|claimed|considered|credited|expected"
    r"|felt|held|known|perceived|praised|recogni[sz]ed|regarded|reported|said|seen|suggested|supposed|thought|understood"
    r"|viewed)\b"
)
_PERSON: Final = re.compile(
    r"\b(?:sources?|insiders?|offic(?:er|ial)s?|aides?|advis[eo]rs?|diplomats?|person|people|man"
    r"|woman|executives?|managers?|employees?|workers?|members?|witness\w*|residents?|neighbou?rs?|relatives?|friends?"
    r"|colleagues?|lawyers?|ministers?|lawmakers?|doctors?|researchers?|scientists?|experts?|analysts?|traders?"
    r"|investors?|engineers?|critics?|observers?|anonym\w*|named|identified)\b",
    re.IGNORECASE,
)
_PEOPLE: Final = re.compile(
    r"\b(?:some|many|most|several|various|certain|others?|sources?|experts?|critics?|observers?|analysts?|insiders?"
    r"|people|locals|residents|neighbou?rs|staff|workers|fans|friends|colleagues|witnesses)\b",
    re.IGNORECASE,
)
_HEARSAY: Final = re.compile(
    r"\b(?:reportedly|allegedly|rumou?r(?:s|ed)?|said|understood|talk|gossip|hearsay|word (?:is|has it))\b",
    re.IGNORECASE,
)
"""What hands on a report without saying whose it is, where the sentence has no source."""
_PASSIVE: Final = re.compile(r"\b(?:(?:it|there)\s+)?(?:is|was|are|were|ha[sd] been|have been)\s+$", re.IGNORECASE)
_SUPPORT: Final = re.compile(
    r"\d|\[[^\]]+\]|\b(?:because|since|shows?|showed|found|measured|proved?|et al)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Limits:
    """What the rules measure by.

    Attributes
    ----------
    least : level that every sentence must have at least.
    most_hedged : share of hedged sentences in a file, at most; None for any.

    """

    least: Level = Level.CERTAIN
    most_hedged: float | None = None


STRICTEST: Final = Limits(Level.CERTAIN, 0.0)
"""Limits by which each rule finds all that it can."""


@dataclass(frozen=True)
class Finding:
    """What a rule found.

    Attributes
    ----------
    code : of the rule.
    message : what it is, and what to do.
    start, end : code points in the text.
    sentence : the sentence, or None when it is about the whole file.

    """

    code: str
    message: str
    start: int
    end: int
    sentence: Sentence | None = None


@dataclass(frozen=True)
class Rule:
    """A rule.

    Attributes
    ----------
    code, name : what it is called.
    summary : what it finds.
    reason : why an editor cares.
    preset : whether it is on when nothing is selected.
    find : what it finds in a scored text.

    """

    code: str
    name: str
    summary: str
    reason: str
    preset: bool
    find: Callable[[Document, Limits], Iterator[Finding]]


def find_all(document: Document, codes: Sequence[str], limits: Limits) -> list[Finding]:
    """Findings of the rules with the given codes, in the order of the text.

    >>> from hedge.library import load
    >>> document = load().score("It may possibly rain.")
    >>> [(finding.code, finding.start) for finding in find_all(document, ["H002"], Limits())]
    [('H002', 3)]
    """
    found = [finding for rule in RULES if rule.code in codes for finding in rule.find(document, limits)]
    return sorted(found, key=lambda finding: (finding.start, finding.code))


def _hedged(document: Document, limits: Limits) -> Iterator[Finding]:
    for sentence in document.sentences:
        if sentence.level < limits.least:
            level = f"{sentence.level.label}, below {limits.least.label}"
            words = _quote(cue.text for cue in _hedges(sentence))
            yield _whole(sentence, "H001", f"{level}{f', for {words}' if words else ''}: say what is known, or cut")


def _stacked(document: Document, limits: Limits) -> Iterator[Finding]:
    for sentence in document.sentences:
        for stack in _stacks(sentence):
            first, last = stack[0].start, stack[-1].end
            words = " ".join(sentence.text[first:last].split())
            yield _part(sentence, first, last, "H002", f"“{words}” hedges one claim more than once: one hedge will do")


def _stacks(sentence: Sentence) -> Iterator[list[Cue]]:
    """Runs of hedges that stand so near to one another that they hedge one claim; *not clear whether* is one hedge.

    A cue of several words that stack (*may possibly*) is a run of its own. Who says what a source believes hedges
    nothing by it (*neighbours felt that this was unlikely*).
    """
    passed = {CueType.CONDITIONAL, CueType.INVESTIGATIVE, *([CueType.DOXASTIC] if sentence.holder else [])}
    run: list[Cue] = []
    for cue in _hedges(sentence):
        if cue.type in passed or cue.text.lower().endswith("confidence"):  # assess with moderate confidence
            continue
        between = sentence.text[run[-1].end : cue.start] if run else ""
        if run and (len(between.split()) > _NEAR or re.search(r"[,;:.()–—\"“”]|\b(?:and|or|but|who|which)\b", between)):
            yield from _if_stacked(run)
            run = []
        run.append(cue)
    yield from _if_stacked(run)


def _if_stacked(run: list[Cue]) -> Iterator[list[Cue]]:
    words = {word for cue in run for word in cue.text.lower().split()}
    if len(run) > 1 or (words & _MODALS and words & _ADVERBS):
        yield run


def _vague_source(document: Document, limits: Limits) -> Iterator[Finding]:
    for sentence in document.sentences:
        span = _find_vague(sentence)
        if span:
            words = " ".join(sentence.text[span[0] : span[1]].split())
            somebody = sentence.holder or _PERSON.search(words) or _PEOPLE.search(words)
            what = "is a vague source: say who" if somebody else "names no source: say who says so"
            yield _part(sentence, *span, "H003", f"“{words}” {what}")


def _find_vague(sentence: Sentence) -> tuple[int, int] | None:
    """Where a sentence names its source vaguely.

    *Some* by itself is a quantity unless somebody speaks, and what is *widely used* is nobody's word.
    """
    holder = sentence.holder
    for cue in sentence.cues:
        if cue.type is CueType.EVIDENTIAL and not holder and _HEARSAY.search(cue.text):
            said = _PASSIVE.search(sentence.text[: cue.start])
            return said.start() if said else cue.start, cue.end
        if cue.type is not CueType.WEASEL:
            continue
        if holder and holder.start <= cue.start < holder.end:
            return holder.start, max(holder.end, cue.end)
        if not _QUANTITY.fullmatch(cue.text) and (
            not _ADVERB.fullmatch(cue.text) or _THOUGHT.match(sentence.text, cue.end)
        ):
            return cue.start, cue.end
    if holder and _is_vague(holder):
        return holder.start, holder.end
    return None


def _is_vague(holder: Holder) -> bool:
    """Whether a source is people without a name (*analysts at Norbank* has one)."""
    if holder.kind is HolderKind.ANONYMOUS:
        return bool(_PERSON.search(holder.text))
    named = re.search(r"(?<!^)\b[A-Z]", holder.text)
    return holder.kind is HolderKind.COLLECTIVE and not named and bool(_PEOPLE.search(holder.text))


def _unattributed(document: Document, limits: Limits) -> Iterator[Finding]:
    for sentence in document.sentences:
        hedge = next((c for c in sentence.cues if c.type in (CueType.EPISTEMIC, CueType.EVIDENTIAL)), None)
        open_ended = any(cue.type in (CueType.CONDITIONAL, CueType.INVESTIGATIVE) for cue in sentence.cues)
        asked = "?" in sentence.text[-3:]
        if hedge is None or sentence.level > Level.POSSIBLE or sentence.holder or open_ended or asked:
            continue
        if not _FIRST_PERSON.search(sentence.text):
            message = f"“{hedge.text}” is speculation on nobody's word: say who thinks so, or on what grounds"
            yield _part(sentence, hedge.start, hedge.end, "H004", message)


def _unsupported(document: Document, limits: Limits) -> Iterator[Finding]:
    for sentence in document.sentences:
        kinds = (CueType.EVIDENTIAL, CueType.INVESTIGATIVE)  # little is known for certain
        supported = sentence.holder or any(cue.type in kinds for cue in sentence.cues)
        for cue in sentence.cues:
            boosts = cue.type is CueType.BOOSTER and not cue.negated and not _KIND.match(sentence.text, cue.start)
            if boosts and not supported and not _SUPPORT.search(sentence.text):
                message = f"“{cue.text}” asks for belief without support: give the evidence, or leave it out"
                yield _part(sentence, cue.start, cue.end, "H005", message)


def _share(document: Document, limits: Limits) -> Iterator[Finding]:
    total = len(document.sentences)
    hedged = sum(sentence.level < Level.CERTAIN for sentence in document.sentences)
    if limits.most_hedged is not None and total and hedged / total > limits.most_hedged:
        share = f"{hedged} of {total} sentences are hedged ({hedged / total:.0%})"
        yield Finding("H006", f"{share}, more than {limits.most_hedged:.0%}: commit to more, or cut", 0, 0)


def _hedges(sentence: Sentence) -> list[Cue]:
    return [cue for cue in sentence.cues if cue.type in LOWERING]


def _whole(sentence: Sentence, code: str, message: str) -> Finding:
    return Finding(code, message, sentence.start, sentence.end, sentence)


def _part(sentence: Sentence, start: int, end: int, code: str, message: str) -> Finding:
    return Finding(code, message, sentence.start + start, sentence.start + end, sentence)


def _quote(words: Iterator[str]) -> str:
    return ", ".join(dict.fromkeys(f"“{' '.join(text.split())}”" for text in words))


RULES: Final = (
    Rule(
        "H001",
        "hedged sentence",
        "a sentence below the level of --min-level",
        "Headlines, abstracts and instructions are meant to commit.",
        False,
        _hedged,
    ),
    Rule(
        "H002",
        "stacked hedges",
        "several hedges on one claim (may possibly)",
        "Each hedge more says less, and the reader can't tell how likely the claim is.",
        True,
        _stacked,
    ),
    Rule(
        "H003",
        "vague source",
        "people without a name as a source, or no source (an official said, it is said, allegedly)",
        "What nobody in particular says can't be checked.",
        True,
        _vague_source,
    ),
    Rule(
        "H004",
        "unattributed speculation",
        "a possibility put forward on nobody's word",
        "Readers take the writer's guess for news.",
        False,
        _unattributed,
    ),
    Rule(
        "H005",
        "booster without support",
        "a word of certainty (clearly) without source, figure or reason",
        "Clearly is what one writes when it isn't.",
        True,
        _unsupported,
    ),
    Rule(
        "H006",
        "too many hedges",
        "more hedged sentences in a file than --max-hedged",
        "A text that commits to little says little.",
        False,
        _share,
    ),
)
UNUSED: Final = "H100"
"""Code of a suppression that suppressed nothing; no rule finds it."""
