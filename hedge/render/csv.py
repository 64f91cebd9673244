"""One row a sentence, for spreadsheets and data frames."""

from __future__ import annotations

import csv
import io
from typing import Final

from hedge.levels import LEVELS
from hedge.render.rows import Piece, shorten

COLUMNS: Final = (
    *("file", "sentence", "start", "end", "text", "level", "certainty", "p_hedged"),
    *(f"p_{level.label}" for level in LEVELS),
    *("cues", "holder", "holder_kind"),
)
HEADER: Final = ",".join(COLUMNS) + "\r\n"

_LEVELS: Final = [level.label for level in LEVELS]


def render(piece: Piece) -> str:
    r"""Rows without the header, after RFC 4180; cues as `words:type`, joined by semicolons.

    Text is given unaltered: a cell that begins with ``=`` is the writer's, and a spreadsheet may take it as a formula.
    """
    columns = piece.columns
    texts = piece.texts()
    cues = [f"{words}:{kind}" for words, _, _, kind in piece.cues(texts)]
    offsets = columns["cue_offsets"].tolist()
    holders = piece.holders(texts)
    stream = io.StringIO()
    csv.writer(stream).writerows(
        zip(
            *([piece.file] * len(texts), piece.numbers(), *piece.places(), texts),
            *([_LEVELS[level] for level in columns["level"].tolist()],),
            *(shorten(columns["certainty"]), shorten(columns["p_hedged"]), *map(shorten, columns["probabilities"].T)),
            *([";".join(cues[offsets[i] : offsets[i + 1]]) for i in range(len(texts))],),
            *([holder[0] if holder else "" for holder in holders], [holder[3] if holder else "" for holder in holders]),
            strict=True,
        )
    )
    return stream.getvalue()
