"""One row a sentence, for spreadsheets and data frames."""

from __future__ import annotations

import re
from typing import Final

from hedge.levels import LEVELS
from hedge.render.rows import Piece, shorten

COLUMNS: Final = (
    *("file", "sentence", "start", "end", "text", "level", "certainty", "p_hedged"),
    *(f"p_{level.label}" for level in LEVELS),
    *("cues", "holder", "holder_kind"),
)
HEADER: Final = ",".join(COLUMNS) + "\r\n"

_SPECIAL: Final = re.compile('[,"\r\n]')


def render(piece: Piece) -> str:
    r"""Rows without the header, after RFC 4180; cues as `words:type`, joined by semicolons.

    Text is given unaltered: a cell that begins with ``=`` is the writer's, and a spreadsheet may take it as a formula.
    """
    columns = piece.columns
    texts = piece.texts()
    file = _cell(piece.file)
    lines = [
        f"{file},{number},{start},{end},{_cell(text)},{level},{certainty},{hedged},{p0},{p1},{p2},{p3},{cues},{holder}\r\n"
        for number, start, end, text, level, certainty, hedged, p0, p1, p2, p3, cues, holder in zip(
            *(piece.numbers(), *piece.places(), texts, piece.levels()),
            *(shorten(columns["certainty"]), shorten(columns["p_hedged"]), *map(shorten, columns["probabilities"].T)),
            *(_cues(piece, texts), _holders(piece, texts)),
            strict=True,
        )
    ]
    return "".join(lines)


def _cell(text: str) -> str:
    """Text as a cell: in quotes, with its own doubled, where it holds a comma, a quote or a line end."""
    return '"' + text.replace('"', '""') + '"' if _SPECIAL.search(text) else text


def _cues(piece: Piece, texts: list[str]) -> list[str]:
    written = [f"{words}:{kind}" for words, _, _, kind in piece.cues(texts)]
    offsets = piece.columns["cue_offsets"].tolist()
    return [_cell(";".join(written[offsets[i] : offsets[i + 1]])) for i in range(len(texts))]


def _holders(piece: Piece, texts: list[str]) -> list[str]:
    return [f"{_cell(holder[0])},{holder[3]}" if holder else "," for holder in piece.holders(texts)]
