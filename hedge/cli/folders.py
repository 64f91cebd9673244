"""The texts in folders that are given in place of files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from hedge.errors import HedgeError

_SUFFIXES: Final = (".txt", ".md", ".markdown")
"""Files that are read in a folder; others when they are named."""


def walk(paths: Iterable[Path]) -> Iterator[Path]:
    """Files, and in the order of their names those in folders, but for what is hidden; each once.

    Raises
    ------
    HedgeError : a folder holds none.

    """
    seen = set()
    for path in paths:
        inside = [path]
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if _is_wanted(p.relative_to(path), p))
            if not inside:
                raise HedgeError(f"{path} holds no {', '.join(_SUFFIXES)} file; name others one by one")
        for file in inside:
            place = os.path.realpath(file)
            if place not in seen:
                seen.add(place)
                yield file


def _is_wanted(relative: Path, path: Path) -> bool:
    hidden = any(part.startswith(".") for part in relative.parts)
    return path.suffix.lower() in _SUFFIXES and not hidden and path.is_file()
