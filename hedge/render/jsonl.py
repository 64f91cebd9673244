"""One JSON object a sentence, one sentence a line."""

from __future__ import annotations

import json
from json.encoder import encode_basestring as quote

from hedge.render.rows import Piece, shorten


def render(piece: Piece) -> str:
    """Lines of JSON, each with a line end; offsets of sentences count code points from the file's start.

    The lines are put together by hand, several times faster than from dictionaries.
    """
    columns = piece.columns
    texts = piece.texts()
    file, tail = quote(piece.file), _tail(piece)
    lines = [
        f'{{"file": {file}, "sentence": {number}, "start": {start}, "end": {end}, "text": {quote(text)}, '
        f'"level": "{level}", "certainty": {certainty}, "p_hedged": {hedged}, '
        f'"probabilities": {{"uncommitted": {p0}, "possible": {p1}, "probable": {p2}, "certain": {p3}}}, '
        f'"cues": [{cues}], "holder": {holder}{tail}}}\n'
        for number, start, end, text, level, certainty, hedged, p0, p1, p2, p3, cues, holder in zip(
            *(piece.numbers(), *piece.places(), texts, piece.levels()),
            *(shorten(columns["certainty"]), shorten(columns["p_hedged"]), *map(shorten, columns["probabilities"].T)),
            *(_cues(piece, texts), _holders(piece, texts)),
            strict=True,
        )
    ]
    return "".join(lines)


def _tail(piece: Piece) -> str:
    """Return what is said of a text from a table: the number of its row and the row's other columns."""
    if piece.row is None:
        return ""
    return f', "row": {piece.row}, "fields": {json.dumps(piece.fields, ensure_ascii=False)}'


def _cues(piece: Piece, texts: list[str]) -> list[str]:
    columns = piece.columns
    written = [
        f'{{"start": {start}, "end": {end}, "text": {quote(words)}, "type": "{kind}", "probability": {probability}, '
        f'"negated": {"true" if negated else "false"}}}'
        for (words, start, end, kind), probability, negated in zip(
            piece.cues(texts), shorten(columns["cue_probability"]), columns["cue_negated"].tolist(), strict=True
        )
    ]
    offsets = columns["cue_offsets"].tolist()
    return [", ".join(written[offsets[i] : offsets[i + 1]]) for i in range(len(texts))]


def _holders(piece: Piece, texts: list[str]) -> list[str]:
    return [
        f'{{"start": {holder[1]}, "end": {holder[2]}, "text": {quote(holder[0])}, "kind": "{holder[3]}"}}'
        if holder
        else "null"
        for holder in piece.holders(texts)
    ]


def warning(file: str, share: float) -> str:
    """Line of JSON that closes a file unlike the training text; it has a key ``warning`` and no sentence.

    >>> print(warning("brief.txt", 0.625), end="")
    {"file": "brief.txt", "warning": "unfamiliar text", "unknown_words": 0.625}
    """
    return f'{{"file": {quote(file)}, "warning": "unfamiliar text", "unknown_words": {share:.3f}}}\n'
