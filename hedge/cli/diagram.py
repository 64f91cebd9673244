"""Figures and reliability diagrams as one HTML page that needs no network."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from hedge.card import show
from hedge.cli.figures import Result
from hedge.levels import LEVELS

_SIDE: Final = 260
"""Pixels of a diagram's square."""

_STYLE: Final = """
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222; }
table { border-collapse: collapse; margin: 1rem 0; }
td, th { padding: .15rem .7rem; text-align: right; border-bottom: 1px solid #ddd; }
td:first-child, th:first-child { text-align: left; }
svg { background: #fafafa; border: 1px solid #ccc; overflow: visible; }
svg text { font-size: 11px; fill: #555; }
figure { margin: 1rem 0 3rem; }
"""


def to_html(model: str, results: Sequence[Result]) -> str:
    """A page with the figures of each corpus, its confusion matrix and its reliability diagram."""
    title = f"{escape(model)}: figures"
    sections = "".join(map(_section, results))
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"/><title>{title}</title>'
        f"<style>{_STYLE}</style></head>\n<body><h1>{title}</h1>\n{sections}</body></html>\n"
    )


def _section(result: Result) -> str:
    figures = [[name.replace("_", " "), show(name, result.figures)] for name in result.figures]
    parts = [f"<h2>{escape(result.corpus)}</h2>\n<p>{escape(result.spec)}</p>\n", _table(["figure", ""], figures)]
    if result.table.any():
        rows = [[level.label, *map(str, result.table[level].tolist())] for level in LEVELS]
        parts.append(_table(["gold below, judged right", *(level.label for level in LEVELS)], rows))
    if result.bins:
        parts.append(_diagram(result.bins))
    return "".join(parts)


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{escape(cell)}</th>" for cell in header)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\n" for row in rows)
    return f"<table><tr>{head}</tr>\n{body}</table>\n"


def _diagram(bins: Sequence[tuple[int, float, float]]) -> str:
    """Said probability (across) against the share that is hedged (up); a dot's area is its number of sentences."""
    most = max(count for count, _, _ in bins)
    dots = "".join(
        f'<circle cx="{mean * _SIDE:.1f}" cy="{(1 - share) * _SIDE:.1f}" r="{2 + 8 * (count / most) ** 0.5:.1f}" '
        f'fill="#2a6f97" fill-opacity=".75"><title>said {mean:.2f}, hedged {share:.2f}, {count} sentences</title>'
        "</circle>\n"
        for count, mean, share in bins
    )
    line = " ".join(f"{mean * _SIDE:.1f},{(1 - share) * _SIDE:.1f}" for _, mean, share in bins)
    ticks = "".join(
        f'<text x="{part * _SIDE:.0f}" y="{_SIDE + 15}" text-anchor="middle">{part}</text>'
        f'<text x="-6" y="{(1 - part) * _SIDE + 4:.0f}" text-anchor="end">{part}</text>'
        for part in (0, 0.25, 0.5, 0.75, 1)
    )
    return (
        f'<figure style="padding-left: 2rem"><svg width="{_SIDE}" height="{_SIDE}" role="img" '
        f'aria-label="reliability diagram"><line x1="0" y1="{_SIDE}" x2="{_SIDE}" y2="0" stroke="#999" '
        f'stroke-dasharray="4"/><polyline points="{line}" fill="none" stroke="#2a6f97"/>\n{dots}{ticks}</svg>\n'
        "<figcaption><br/>Reliability: the probability said (across) and the share that is hedged (up); "
        "on the dashed line both agree.</figcaption></figure>\n"
    )
