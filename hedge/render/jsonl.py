"""One JSON object a sentence, one sentence a line."""

from __future__ import annotations

from json.encoder import encode_basestring
from typing import Any

from hedge.levels import CUE_TYPES, HOLDER_KINDS, LEVELS
from hedge.render.rows import Piece

_LEVELS = [f'"{level.label}"' for level in LEVELS]
_PROBABILITIES = '{"uncommitted": %.4f, "possible": %.4f, "probable": %.4f, "certain": %.4f}'
_CUE = '{"start": %d, "end": %d, "text": %s, "type": "%s", "probability": %.4f, "negated": %s}'
_HOLDER = '{"start": %d, "end": %d, "text": %s, "kind": "%s"}'
_RECORD = (
    '{"file": %s, "sentence": %d, "start": %d, "end": %d, "text": %s, "level": %s, "certainty": %.4f, '
    '"p_hedged": %.4f, "probabilities": %s, "cues": [%s], "holder": %s}'
)


def render(piece: Piece) -> str:
    """Lines of JSON, each with a line end; offsets of sentences count code points from the file's start."""
    rows = piece.lists()
    file = encode_basestring(piece.file)
    offsets = rows["cue_offsets"]
    lines = []
    for i, text in enumerate(piece.texts()):
        cues = ", ".join([_cue(text, rows, j) for j in range(offsets[i], offsets[i + 1])])
        lines.append(
            _RECORD
            % (
                *(file, piece.sentences + i + 1, piece.begun + rows["start"][i], piece.begun + rows["end"][i]),
                *(encode_basestring(text), _LEVELS[rows["level"][i]], rows["certainty"][i], rows["p_hedged"][i]),
                *(_PROBABILITIES % tuple(rows["probabilities"][i]), cues, _holder(text, rows, i)),
            )
        )
    lines.append("")
    return "\n".join(lines)


def _cue(text: str, rows: dict[str, list[Any]], j: int) -> str:
    start, end = rows["cue_start"][j], rows["cue_end"][j]
    kind = CUE_TYPES[rows["cue_type"][j]].value
    negated = "true" if rows["cue_negated"][j] else "false"
    return _CUE % (start, end, encode_basestring(text[start:end]), kind, rows["cue_probability"][j], negated)


def _holder(text: str, rows: dict[str, list[Any]], i: int) -> str:
    if rows["holder_kind"][i] < 0:
        return "null"
    start, end = rows["holder_start"][i], rows["holder_end"][i]
    return _HOLDER % (start, end, encode_basestring(text[start:end]), HOLDER_KINDS[rows["holder_kind"][i]].value)
