"""Tables as text: what parts their cells, and where their rows begin."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Final

_LONGEST_CELL: Final = 1 << 30
"""Characters of a cell, at most."""


class RowError(ValueError):
    """A row that is no row of a table; `line` is where it begins, from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def read_cells(lines: Iterable[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The line on which each row begins, from 1, and its cells; none for a blank line.

    Raises
    ------
    RowError : a row can't be read, as where a quote is never closed.

    >>> list(read_cells(["a,b", '1,"2', '3"'], ","))
    [(1, ['a', 'b']), (2, ['1', '23'])]

    """
    csv.field_size_limit(_LONGEST_CELL)
    # strict: a quote that is never closed would else swallow the rest of the file without a word
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise RowError(str(error), line) from error
        yield line, cells


def choose_delimiter(line: str, column: str, usual: str) -> str:
    """The usual mark, or another one by which `column` stands in a table's first line.

    >>> choose_delimiter("id;text;label", "text", ",")
    ';'
    """
    try:
        for delimiter in (usual, ";", "\t", ","):
            if column in (name.strip() for name in next(csv.reader([line], delimiter=delimiter), [])):
                return delimiter
    except csv.Error:  # no line of a table
        pass
    return usual
