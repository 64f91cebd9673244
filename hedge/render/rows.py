"""What every format needs of a piece of text: its columns as Python lists, with texts cut out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hedge.document import Columns


@dataclass(frozen=True)
class Piece:
    """A scored piece of a file.

    Attributes
    ----------
    file : the file's name as the user gave it.
    text : the piece.
    columns : its columns; offsets count from the piece's start.
    begun : code points of the file before the piece.
    sentences : sentences of the file before the piece.

    """

    file: str
    text: str
    columns: Columns
    begun: int = 0
    sentences: int = 0

    def lists(self) -> dict[str, list[Any]]:
        """Return the columns as lists, which Python reads faster than arrays."""
        return {name: column.tolist() for name, column in self.columns.items()}

    def texts(self) -> list[str]:
        """Return the text of each sentence."""
        bounds = zip(self.columns["start"].tolist(), self.columns["end"].tolist(), strict=True)
        return [self.text[start:end] for start, end in bounds]
