"""One page that needs no network: shaded sentences, cues underlined, why at a point or by the Tab key, charts, tables.

jinja2 is imported when a page is made.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from typing import Final

from hedge.render.marks import printable
from hedge.render.page import TEMPLATES, get_template
from hedge.render.report import Source, view

LEGEND: Final = (
    ("certain", "stated as fact"),
    ("probable", "more likely than not"),
    ("possible", "left open"),
    ("uncommitted", "asked, supposed, or said to be unknown"),
)


def render(sources: Sequence[Source], model: str) -> str:
    """Render a self-contained page; everything that comes from a text is escaped, control characters are replaced.

    The only script that the page may run is its own, by its hash in a content security policy.
    """
    script = (TEMPLATES / "report.js").read_text("utf-8")
    body = "\n" + script + "\n"
    page = get_template("report.html").render(
        title=sources[0].name if len(sources) == 1 else f"{len(sources)} texts",
        model=model,
        style=_safe((TEMPLATES / "report.css").read_text("utf-8")),
        script=_safe(script),
        script_digest="sha256-" + base64.b64encode(hashlib.sha256(body.encode()).digest()).decode(),
        legend=LEGEND,
        files=[view(number, source) for number, source in enumerate(sources, 1)],
    )
    return printable(page)


def _safe(own: str) -> str:
    """Style and script, which are ours and must not be escaped."""
    from markupsafe import Markup

    return Markup(own)
