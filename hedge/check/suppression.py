"""Stretches of a text that rules leave alone: between comments that say so, and in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from hedge.check.rules import RULES, UNUSED, Finding
from hedge.levels import LOWERING

_COMMENT: Final = re.compile(r"<!--\s*hedge:\s*(off|on)\b((?:[^-]|-(?!->))*)-->")
_PARAGRAPH: Final = re.compile(r"\n[ \t\r]*\n")
_KNOWN: Final = (*(rule.code for rule in RULES), UNUSED)
_QUOTES: Final = {'"': '"', "“": "”", "«": "»", "„": "“"}


@dataclass(frozen=True)
class Suppression:
    """A comment and the stretch that it silences.

    Attributes
    ----------
    start, end : code points of the comment.
    until : where the stretch, which begins at `end`, ends.
    codes : rules that it silences, or the beginnings of their codes; empty for all.
    whole : whether the stretch is the whole text.

    """

    start: int
    end: int
    until: int
    codes: tuple[str, ...]
    whole: bool

    def covers(self, finding: Finding) -> bool:
        """Whether it silences a finding; what is found in the whole text, if it names that or stands before all."""
        about_all = finding.sentence is None
        inside = (self.whole or bool(self.codes)) if about_all else self.end <= finding.start < self.until
        return inside and (not self.codes or finding.code.startswith(self.codes))


def blank_comments(text: str, prose: str) -> str:
    """Prose without the comments that switch rules off and on; `text` is what it was made from, of the same length."""
    for comment in _COMMENT.finditer(text):
        prose = prose[: comment.start()] + " " * len(comment[0]) + prose[comment.end() :]
    return prose


def find_suppressions(text: str) -> list[Suppression]:
    """Comments that switch rules off, each with what it silences: up to the next ``on``, or to the end.

    An ``on`` with codes ends what silences these or some of them, one without codes ends all.

    >>> [found.codes for found in find_suppressions("<!-- hedge: off H003 --> Some say. <!-- hedge: on -->")]
    [('H003',)]
    """
    found = []
    comments = list(_COMMENT.finditer(text))
    for number, comment in enumerate(comments):
        if comment[1] == "off":
            codes = _codes(comment)
            later = (other for other in comments[number + 1 :] if other[1] == "on")
            until = next((other.start() for other in later if _meet(codes, _codes(other))), len(text))
            whole = not text[: comment.start()].strip() and not text[until:].strip()
            found.append(Suppression(comment.start(), comment.end(), until, codes, whole))
    return found


def _codes(comment: re.Match[str]) -> tuple[str, ...]:
    return tuple(comment[2].replace(",", " ").split())


def _meet(codes: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two lists of codes or their beginnings, empty for all, have some rule in common."""
    pairs = [(one, other) for one in codes for other in others]
    return not pairs or any(one.startswith(other) or other.startswith(one) for one, other in pairs)


def leave_silenced(findings: Sequence[Finding], suppressions: Sequence[Suppression]) -> list[Finding]:
    """Findings that nothing silences."""
    return [finding for finding in findings if not any(suppression.covers(finding) for suppression in suppressions)]


def find_unused(findings: Sequence[Finding], suppressions: Sequence[Suppression]) -> Iterator[Finding]:
    """A finding for each suppression that names no rule, or silences none of the findings, those of all rules."""
    for suppression in suppressions:
        strange = [code for code in suppression.codes if not any(known.startswith(code) for known in _KNOWN)]
        if strange:
            yield Finding(UNUSED, f"{strange[0]} is no rule", suppression.start, suppression.end)
        elif not any(suppression.covers(finding) for finding in findings):
            message = "this comment silences nothing: remove it"
            yield Finding(UNUSED, message, suppression.start, suppression.end)


def leave_quotes(findings: Sequence[Finding], text: str) -> list[Finding]:
    """Findings but for those about words in quotation marks."""
    quoted = _mark_quotes(text)
    return [finding for finding in findings if not _is_quoted(finding, quoted)]


def _is_quoted(finding: Finding, quoted: npt.NDArray[np.bool_]) -> bool:
    """Whether what a finding is about stands in quotation marks; of a whole sentence these are its hedges."""
    spans = [(finding.start, finding.end)]
    sentence = finding.sentence
    if sentence is None:
        return False
    if (finding.start, finding.end) == (sentence.start, sentence.end):
        hedges = [cue for cue in sentence.cues if cue.type in LOWERING]
        spans = [(sentence.start + cue.start, sentence.start + cue.end) for cue in hedges] or spans
    return all(quoted[start:end].all() for start, end in spans)


def _mark_quotes(text: str) -> npt.NDArray[np.bool_]:
    """Which code points stand in quotation marks, these included; a quotation that isn't closed ends its paragraph."""
    quoted = np.zeros(len(text), dtype=np.bool_)
    begun = 0
    for paragraph in [*(found.end() for found in _PARAGRAPH.finditer(text)), len(text)]:
        opened, closing = -1, ""
        for position in range(begun, paragraph):
            character = text[position]
            if opened >= 0 and character == closing:
                quoted[opened : position + 1] = True
                opened = -1
            elif opened < 0 and character in _QUOTES:
                opened, closing = position, _QUOTES[character]
        if opened >= 0:
            quoted[opened:paragraph] = True
        begun = paragraph
    return quoted
