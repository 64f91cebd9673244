"""UDS "It Happened" v2: factuality of predicates in web text (White et al. 2016, Rudinger et al. 2018)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from hedge.corpora.example import Example
from hedge.corpora.files import (
    BLOCK,
    EMPTY,
    Corpus,
    SourceFile,
    get_field,
    get_string,
    is_number,
    json_records,
    make_corpus,
    read_files,
)
from hedge.corpora.tokens import join_text

HEDGED_BELOW = 2.0
"""A sentence whose weakest predicate is graded below this counts as hedged."""


def read_uds(path: Path) -> Corpus:
    """Read one JSON lines file, or the `*.jsonl` of a folder (train, dev).

    A predicate's label runs from 3 (it happened for certain) over 0 (nobody can tell) to -3, which is *certainly not*:
    as sure as 3, with the other polarity. `certainty` is nevertheless the plain minimum over the sentence's predicates,
    the grade of the weakest one, so that a firm denial has a low one; `hedged` is that minimum below 2.
    `document` is the file's stem and the block of 20 sentences of the source text, counted by `file_idx`, the
    sentence's number in its treebank part: `train/0`.

    Raises
    ------
    CorpusError : a line isn't a record with `text` and `targets`, or a label isn't a number in [-3, 3].

    """
    files = read_files(path, "*.jsonl")
    skipped: Counter[str] = Counter()
    examples = [example for file in files for example in _read_file(file, skipped)]
    return make_corpus("uds", path, files, examples, skipped)


def _read_file(file: SourceFile, skipped: Counter[str]) -> Iterator[Example]:
    for line, record in json_records(file):
        text = join_text(get_string(file, line, record, "text"))
        labels = _labels(file, line, record)
        number = record.get("file_idx", line - 1)
        if isinstance(number, bool) or not isinstance(number, int):
            file.fail(f"'file_idx' must be a whole number, found {number!r}", line)
        if not text or not labels:
            skipped[EMPTY if not text else "no targets"] += 1
            continue
        certainty = min(labels)
        document = f"{file.stem}/{number // BLOCK}"
        yield Example(text, "uds", document, hedged=certainty < HEDGED_BELOW, certainty=certainty, genre="web")


def _labels(file: SourceFile, line: int, record: Mapping[str, Any]) -> list[float]:
    targets = get_field(file, line, record, "targets")
    if not isinstance(targets, list) or not all(isinstance(target, dict) for target in targets):
        file.fail("'targets' must be a list of objects", line)
    labels = [get_field(file, line, target, "label") for target in targets]
    for label in labels:
        if not is_number(label, -3, 3):
            file.fail(f"'label' must be a number from -3 to 3, found {label!r}", line)
    return [float(label) for label in labels]
