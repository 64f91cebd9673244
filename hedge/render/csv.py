"""One row a sentence, for spreadsheets and data frames."""

from __future__ import annotations

import csv
import io
from typing import Any, Final

from hedge.levels import CUE_TYPES, HOLDER_KINDS, LEVELS
from hedge.render.rows import Piece

COLUMNS: Final = (
    *("file", "sentence", "start", "end", "text", "level", "certainty", "p_hedged"),
    *(f"p_{level.label}" for level in LEVELS),
    *("cues", "holder", "holder_kind"),
)
HEADER: Final = ",".join(COLUMNS) + "\r\n"


def render(piece: Piece) -> str:
    r"""Rows without the header, after RFC 4180; cues as `words:type`, joined by semicolons.

    Text is given unaltered: a cell that begins with ``=`` is the writer's, and a spreadsheet may take it as a formula.
    """
    rows = piece.lists()
    offsets = rows["cue_offsets"]
    stream = io.StringIO()
    writer = csv.writer(stream)
    for i, text in enumerate(piece.texts()):
        cues = ";".join([_cue(text, rows, j) for j in range(offsets[i], offsets[i + 1])])
        writer.writerow(
            [
                *(piece.file, piece.sentences + i + 1, piece.begun + rows["start"][i], piece.begun + rows["end"][i]),
                *(text, LEVELS[rows["level"][i]].label, _short(rows["certainty"][i]), _short(rows["p_hedged"][i])),
                *map(_short, rows["probabilities"][i]),
                *(cues, *_holder(text, rows, i)),
            ]
        )
    return stream.getvalue()


def _short(number: float) -> str:
    return f"{number:.4f}"


def _cue(text: str, rows: dict[str, list[Any]], j: int) -> str:
    return f"{text[rows['cue_start'][j] : rows['cue_end'][j]]}:{CUE_TYPES[rows['cue_type'][j]].value}"


def _holder(text: str, rows: dict[str, list[Any]], i: int) -> tuple[str, str]:
    kind = rows["holder_kind"][i]
    if kind < 0:
        return "", ""
    return text[rows["holder_start"][i] : rows["holder_end"][i]], HOLDER_KINDS[kind].value
