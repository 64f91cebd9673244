"""Tables with a column of texts: CSV, TSV and JSON lines, read row by row."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Final

from hedge.buffer import encode
from hedge.errors import InputError
from hedge.inputs.reading import read_blocks
from hedge.strict_json import read_json

_DELIMITERS: Final = {".csv": ",", ".tsv": "\t"}


@dataclass(frozen=True)
class Row:
    """A row of a table.

    Attributes
    ----------
    number : of the row, from 1, its header not counted; of JSON lines the number of the line.
    text : what its text column holds.
    fields : the other columns, in order.

    """

    number: int
    text: str
    fields: dict[str, Any]


def is_table(path: Path) -> bool:
    """Whether a file's suffix is that of a table.

    >>> is_table(Path("a.jsonl")), is_table(Path("a.txt"))
    (True, False)
    """
    return path.suffix.lower() in (*_DELIMITERS, ".jsonl", ".ndjson")


def read_rows(path: Path, text_column: str, encoding: str = "utf-8") -> Iterator[Row]:
    """Rows of a table, in constant memory.

    Raises
    ------
    InputError : the file can't be read, lacks the column, or has a line that is no row; the error says which.

    """
    lines = _lines(path, encoding)
    if path.suffix.lower() in _DELIMITERS:
        return _read_csv(path, lines, text_column)
    return _read_jsonl(path, lines, text_column)


def read_columns(path: Path, text_column: str, encoding: str = "utf-8") -> tuple[str, ...]:
    """Names of a table's other columns; of JSON lines those of the first.

    Raises
    ------
    InputError : as for `read_rows`.

    """
    if path.suffix.lower() not in _DELIMITERS:
        first = next(read_rows(path, text_column, encoding), None)
        return tuple(first.fields) if first else ()
    _, header = _open_csv(path, _lines(path, encoding), text_column)
    return tuple(name for name in header if name != text_column)


def _lines(path: Path, encoding: str) -> Iterator[str]:
    """Lines with their ends; only line feeds end a line here, so that a cell's other breaks stay what they are."""
    rest = b""
    for block in read_blocks(path, encoding):
        *whole, rest = (rest + block).split(b"\n")
        yield from (line.decode("utf-8") + "\n" for line in whole)
    if rest:
        yield rest.decode("utf-8")


def _open_csv(path: Path, lines: Iterator[str], text_column: str) -> tuple[Iterator[tuple[int, list[str]]], list[str]]:
    """Read the header: the rows below it with their lines, and the names of the columns."""
    from hedge.cells import choose_delimiter, read_cells  # texts that are no tables needn't wait for csv

    first = next(lines, "")
    rows = read_cells(chain([first], lines), choose_delimiter(first, text_column, _DELIMITERS[path.suffix.lower()]))
    with _pointing_at(path):
        _, cells = next(rows, (1, []))
    header = [name.strip() for name in cells]
    if not header:
        raise InputError("is empty; its first line must name the columns", path)
    if text_column not in header:
        raise InputError(f"has no column {text_column!r}; there are {', '.join(map(repr, header))}", path)
    if len(set(header)) < len(header):
        raise InputError("has two columns of one name", path)
    return rows, header


def _read_csv(path: Path, lines: Iterator[str], text_column: str) -> Iterator[Row]:
    rows, header = _open_csv(path, lines, text_column)
    number = 0
    with _pointing_at(path):
        for line, cells in rows:
            if not cells:
                continue
            number += 1
            if len(cells) != len(header):
                raise InputError(f"line {line} has {len(cells)} cells and the first line {len(header)}", path)
            fields = dict(zip(header, cells, strict=True))
            yield Row(number, fields.pop(text_column), fields)


@contextmanager
def _pointing_at(path: Path) -> Iterator[None]:
    """Say of a broken row in which file it is."""
    from hedge.cells import RowError

    try:
        yield
    except RowError as error:
        raise InputError(f"line {error.line}: {error}", path) from error


def _read_jsonl(path: Path, lines: Iterator[str], text_column: str) -> Iterator[Row]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            fields = read_json(line)
        except ValueError as error:
            raise InputError(f"line {number} is no JSON: {error}", path) from error
        if not isinstance(fields, dict):
            raise InputError(f"line {number} is no JSON object", path)
        if text_column not in fields:
            raise InputError(f"line {number} has no {text_column!r}; there are {', '.join(fields) or 'no keys'}", path)
        text = "" if fields[text_column] is None else fields[text_column]
        del fields[text_column]
        if not isinstance(text, str):
            raise InputError(f"line {number}: {text_column!r} must be a string, found {type(text).__name__}", path)
        if _ESCAPED in line.lower():
            _check((text, fields), number, path)
        yield Row(number, text, fields)


def _check(values: Any, number: int, path: Path) -> None:
    try:
        encode(json.dumps(values, ensure_ascii=False))
    except InputError as error:
        raise InputError(f"line {number} holds half of a surrogate pair, which is no character", path) from error


_ESCAPED: Final = "\\ud"
"""How half of a surrogate pair begins in JSON."""
