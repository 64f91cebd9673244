"""One row a sentence, for spreadsheets and data frames."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Final

from hedge.errors import InputError
from hedge.levels import LEVELS
from hedge.render.rows import Piece, shorten

COLUMNS: Final = (
    *("file", "sentence", "start", "end", "text", "level", "certainty", "p_hedged"),
    *(f"p_{level.label}" for level in LEVELS),
    *("cues", "holder", "holder_kind"),
)
_BEFORE_LEVEL: Final = COLUMNS.index("level")
_ROW_COLUMN: Final = "row"

_SPECIAL: Final = re.compile('[,"\r\n]')


def header(fields: Sequence[str] | None = None) -> str:
    r"""First line; `fields` are the columns that texts from a table bring along, after the number of their row.

    >>> header(["id", "text"]).split(",")[-4:]
    ['holder_kind', 'row', 'id', 'input_text\r\n']
    """
    names = list(COLUMNS)
    if fields is not None:
        names.append(_ROW_COLUMN)
        for name in fields:
            shown = name
            while shown in names or (shown != name and shown in fields):
                shown = f"input_{shown}"
            names.append(shown)
    return ",".join(map(_cell, names)) + "\r\n"


def render(piece: Piece, fields: Sequence[str] = ()) -> str:
    r"""Rows without the header, after RFC 4180; cues as `words:type`, joined by semicolons.

    For a text from a table the number of its row and its other columns, `fields`, follow; one without a sentence has a
    row whose judgement is empty, so that no row of the table is lost.

    Text is given unaltered: a cell that begins with ``=`` is the writer's, and a spreadsheet may take it as a formula.

    Raises
    ------
    InputError : the row has other columns.

    """
    columns = piece.columns
    texts = piece.texts()
    file, tail = _cell(piece.file), _tail(piece, fields)
    if piece.row is not None and not texts:
        return f"{file},,,,{_cell(piece.text)}{',' * (len(COLUMNS) - _BEFORE_LEVEL)}{tail}\r\n"
    lines = [
        f"{file},{number},{start},{end},{_cell(text)},{level},{certainty},{hedged},{p0},{p1},{p2},{p3},{cues},{holder}{tail}\r\n"
        for number, start, end, text, level, certainty, hedged, p0, p1, p2, p3, cues, holder in zip(
            *(piece.numbers(), *piece.places(), texts, piece.levels()),
            *(shorten(columns["certainty"]), shorten(columns["p_hedged"]), *map(shorten, columns["probabilities"].T)),
            *(_cues(piece, texts), _holders(piece, texts)),
            strict=True,
        )
    ]
    return "".join(lines)


def _tail(piece: Piece, fields: Sequence[str]) -> str:
    if piece.row is None:
        return ""
    if set(piece.fields) != set(fields):
        raise InputError(f"row {piece.row} has other columns than the first row; --format jsonl takes them", piece.file)
    values = (piece.fields[name] for name in fields)
    return "".join(f",{_cell(cell)}" for cell in (str(piece.row), *map(_write, values)))


def _write(value: object) -> str:
    """A value of another table as text; what isn't text as JSON, nothing for null."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _cell(text: str) -> str:
    """Text as a cell: in quotes, with its own doubled, where it holds a comma, a quote or a line end."""
    return '"' + text.replace('"', '""') + '"' if _SPECIAL.search(text) else text


def _cues(piece: Piece, texts: list[str]) -> list[str]:
    written = [f"{words}:{kind}" for words, _, _, kind in piece.cues(texts)]
    offsets = piece.columns["cue_offsets"].tolist()
    return [_cell(";".join(written[offsets[i] : offsets[i + 1]])) for i in range(len(texts))]


def _holders(piece: Piece, texts: list[str]) -> list[str]:
    return [f"{_cell(holder[0])},{holder[3]}" if holder else "," for holder in piece.holders(texts)]
