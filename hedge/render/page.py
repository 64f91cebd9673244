"""Pages: their templates, styles and scripts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from jinja2 import Template

TEMPLATES: Final = Path(__file__).with_name("templates")


def get_template(name: str) -> Template:
    """Load a template that escapes all text; jinja2 is imported when a page is made."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    return environment.get_template(name)
