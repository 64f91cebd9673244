"""Where the data is that comes with the package."""

from __future__ import annotations

from pathlib import Path
from typing import Final

DEFAULT_MODEL: Final = "general"
"""The model that is used where none is named."""


def shipped_folder(name: str) -> Path:
    """Folder `name` inside the installed package, or beside it in a checkout.

    >>> (shipped_folder("models") / "general" / "model.json").is_file()
    True
    """
    package = Path(__file__).resolve().parent
    shipped = package / "data" / name
    return shipped if shipped.is_dir() else package.parent / name
