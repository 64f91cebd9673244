"""A user's own sentences: CSV or TSV with a text and a label in each row."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from hedge.cells import RowError, choose_delimiter, read_cells
from hedge.corpora.example import Example
from hedge.corpora.files import EMPTY, Corpus, SourceFile, make_corpus, read_files, tidy
from hedge.levels import LEVEL_OF, Level

TEXT_COLUMN = "text"
LABEL_COLUMN = "label"

_OPTIONAL = ("document", "genre")
_TAKEN = frozenset(
    ("bioscope", "labels", "records", "rehearsed", "science", "science-aspects", "sfu", "uds", "wikiweasel")
)
_BINARY = {"hedged": True, "certain": False, "1": True, "0": False, "true": True, "false": False}


class _Row(NamedTuple):
    """A row of the table: line on which it begins, from 1, and value by column."""

    line: int
    values: Mapping[str, str]


def read_csv(path: Path, text_column: str = TEXT_COLUMN, label_column: str = LABEL_COLUMN) -> Corpus:
    """Read a CSV file with a header row, or the `*.csv` of a folder.

    Labels, in any case, are either the four level names, which give `level` and `hedged`, or hedged / certain, 1 / 0,
    true / false, which give `hedged` only. A file that says uncommitted, possible or probable anywhere is of the first
    kind. Columns `document` (default: the row's line) and `genre` are optional, others are not looked at. The corpus is
    named by the file's stem, or by its whole name if a published corpus or ours is called so. Line breaks inside a text
    become spaces. Cells may also be parted by semicolons or tabs.

    Raises
    ------
    CorpusError : a column is missing, a label is unknown, a row is too long or short, or the quoting is broken.

    """
    return _read_table(path, ",", text_column, label_column)


def read_tsv(path: Path, text_column: str = TEXT_COLUMN, label_column: str = LABEL_COLUMN) -> Corpus:
    """Read a TSV file, or the `*.tsv` of a folder; as `read_csv`, with tabs, and quotes around a field as there."""
    return _read_table(path, "\t", text_column, label_column)


def _read_table(path: Path, delimiter: str, text_column: str, label_column: str) -> Corpus:
    files = read_files(path, "*.csv" if delimiter == "," else "*.tsv")
    skipped: Counter[str] = Counter()
    examples: list[Example] = []
    for file in files:
        rows = list(_read_rows(file, delimiter, (text_column, label_column)))
        usable = [row for row in rows if tidy(row.values.get(text_column, ""))]
        skipped[EMPTY] += len(rows) - len(usable)
        examples += _read_examples(file, usable, text_column, label_column, _name(path), several=len(files) > 1)
    return make_corpus(_name(path), path, files, examples, skipped)


def _name(path: Path) -> str:
    """The file's stem, unless a published corpus or ours is called so, for which training has settings of its own."""
    return path.name if path.stem in _TAKEN else path.stem


def _read_rows(file: SourceFile, delimiter: str, needed: Sequence[str]) -> Iterator[_Row]:
    """Yield the rows below the header; a blank line is a row without values."""
    first = file.text().partition("\n")[0]
    rows = _split_rows(file, choose_delimiter(first, needed[0], delimiter))
    _, header = next(rows, (1, []))
    header = [name.lower() if name.lower() in _OPTIONAL else name for name in map(str.strip, header)]
    for name in needed:
        if header.count(name) != 1:
            fault = "is there twice" if name in header else "is missing"
            file.fail(f"column {name!r} {fault}; the columns are {', '.join(map(repr, header)) or 'none'}", 1)
    for line, cells in rows:
        if cells and len(cells) != len(header):
            file.fail(
                f"row has {len(cells)} fields, the header {len(header)}; quote a field that holds a comma or tab", line
            )
        yield _Row(line, dict(zip(header, cells, strict=False)))


def _split_rows(file: SourceFile, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the line on which a row begins and its cells."""
    try:
        yield from read_cells(io.StringIO(file.text(), newline=""), delimiter)
    except RowError as error:
        file.fail(f"broken row ({error}); a quote inside a quoted field is written twice", error.line, error)


def _read_examples(
    file: SourceFile, rows: Sequence[_Row], text_column: str, label_column: str, corpus: str, *, several: bool
) -> Iterator[Example]:
    """Examples of a corpus; a row without a document is one by itself: its line and, of `several` files, its file."""
    place = f"{file.path.stem}:" if several else ""
    has_levels = any(_label(row, label_column) in LEVEL_OF.keys() - _BINARY.keys() for row in rows)
    read_label: Callable[[str], tuple[Level | None, bool]] = _read_level if has_levels else _read_binary
    for row in rows:
        label = _label(row, label_column)
        try:
            level, hedged = read_label(label)
        except KeyError as error:
            file.fail(_unknown(row.values[label_column], has_levels), row.line, error)
        yield Example(
            tidy(row.values[text_column]),
            corpus,
            row.values.get("document", "").strip() or f"{place}{row.line}",
            hedged=hedged,
            level=level,
            genre=row.values.get("genre", "").strip(),
        )


def _label(row: _Row, label_column: str) -> str:
    return row.values[label_column].strip().lower()


def _read_level(label: str) -> tuple[Level | None, bool]:
    return LEVEL_OF[label], LEVEL_OF[label] != Level.CERTAIN


def _read_binary(label: str) -> tuple[Level | None, bool]:
    return None, _BINARY[label]


def _unknown(label: str, has_levels: bool) -> str:
    if has_levels:
        return f"unknown label {label!r}; allowed in a file with levels are {', '.join(LEVEL_OF)}"
    return f"unknown label {label!r}; allowed are {', '.join(_BINARY)}, or the levels {', '.join(LEVEL_OF)}"
