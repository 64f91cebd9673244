"""The errors that a user can meet. Each carries what is needed to act on it."""

from __future__ import annotations

from pathlib import Path


class HedgeError(Exception):
    """Base of every error that hedge raises on purpose; its text is one line meant for the user."""


class ModelError(HedgeError):
    """A model that can't be found, read or used; the text says what to do."""


class InputError(HedgeError, ValueError):
    """Text that can't be scored.

    Attributes
    ----------
    path : the file it came from, or None for text given from Python.

    """

    def __init__(self, message: str, path: str | Path | None = None) -> None:
        super().__init__(f"{path}: {message}" if path is not None else message)
        self.path = path


class CorpusError(HedgeError):
    """A corpus file that doesn't follow its format.

    Attributes
    ----------
    path : the file.
    line : 1-based line number, or None where the whole file is meant.

    """

    def __init__(self, message: str, path: str | Path, line: int | None = None) -> None:
        where = f"{path}:{line}" if line is not None else str(path)
        super().__init__(f"{where}: {message}")
        self.path = path
        self.line = line
