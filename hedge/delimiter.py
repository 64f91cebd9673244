"""What parts the cells of a table."""

from __future__ import annotations

import csv


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
