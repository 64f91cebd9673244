"""Certainty of science findings, by sentence and by aspect (Pei & Jurgens 2021)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from hedge.corpora.example import Example
from hedge.corpora.files import (
    EMPTY,
    Corpus,
    SourceFile,
    get_field,
    get_string,
    is_number,
    json_records,
    make_corpus,
    read_files,
    tidy,
)

_GRADE = "sentence-level-certainty"
_ASPECTS = "aspect-level-certainty"
_VALUES = ("Certain", "Uncertain", "NotPresent")


def read_science(path: Path) -> Corpus:
    """Read `sentence-level.jsonl` or `aspect-level.jsonl`, or the `*.jsonl` of a folder.

    The two carry different labels and so become examples of two corpora. "science" has `certainty`, the mean of the
    annotators' grades from 1 (uncertain) to 6 (certain), and no `hedged`. "science-aspects" has `hedged`: an aspect
    (Number, Extent, Probability, Condition, Suggestion, Framing) is marked Uncertain. `document` is the record's id,
    which counts within one file: some 780 findings are in both, but from 1000 up an id names another finding in each.

    Raises
    ------
    CorpusError : a line isn't a record of one of the two kinds.

    """
    files = read_files(path, "*.jsonl")
    skipped: Counter[str] = Counter()
    examples = [example for file in files for example in _read_file(file, skipped)]
    return make_corpus("science", path, files, examples, skipped)


def _read_file(file: SourceFile, skipped: Counter[str]) -> Iterator[Example]:
    for line, record in json_records(file):
        if (_GRADE in record) == (_ASPECTS in record):
            file.fail(f"one of the keys {_GRADE!r} and {_ASPECTS!r} is needed", line)
        text = tidy(get_string(file, line, record, "finding"))
        document = get_field(file, line, record, "id")
        if isinstance(document, bool) or not isinstance(document, (int, str)):
            file.fail(f"'id' must be a whole number or a string, found {document!r}", line)
        certainty, hedged = _grade(file, line, record), _any_uncertain(file, line, record)
        if not text:
            skipped[EMPTY] += 1
            continue
        corpus = "science" if _GRADE in record else "science-aspects"
        yield Example(text, corpus, str(document), hedged=hedged, certainty=certainty, genre="science")


def _grade(file: SourceFile, line: int, record: Mapping[str, Any]) -> float | None:
    if _GRADE not in record:
        return None
    if not is_number(record[_GRADE], 1, 6):
        file.fail(f"{_GRADE!r} must be a number from 1 to 6, found {record[_GRADE]!r}", line)
    return float(record[_GRADE])


def _any_uncertain(file: SourceFile, line: int, record: Mapping[str, Any]) -> bool | None:
    if _ASPECTS not in record:
        return None
    aspects = record[_ASPECTS]
    if not isinstance(aspects, dict) or not all(value in _VALUES for value in aspects.values()):
        file.fail(f"{_ASPECTS!r} must be an object with the values {', '.join(_VALUES)}", line)
    return "Uncertain" in aspects.values()
