"""The model card: what a model was made of, how well it does and what it doesn't see."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

LICENCES: Final[Mapping[str, str]] = {
    "records": "MIT (written for hedge)",
    "bioscope": "CC BY 2.0",
    "wikiweasel": "CC BY-SA",
    "uds": "CC BY-SA 4.0",
    "science": "MIT",
    "sfu": "GPL-3",
    "labels": "MIT (labels written for hedge; the sentences are the corpora's)",
    "found": "MIT (labels written for hedge; the sentences are the packages')",
}
"""Licences of the corpora by reader."""

SHOWN: Final = (
    *("sentences", "precision", "recall", "f1", "auc", "ece", "brier"),
    *("level_accuracy", "level_macro_f1", "cue_f1"),
)
"""Figures that tables show, as `hedge.evaluate.measure` names them."""

_LIMITS: Final = """\
## Limits

- English only. What is said of other languages is without sense; the command line notes where most words are unknown.
- A sentence is judged by its own words. Hedges that stand in the sentence before, irony, and what a reader knows of
  the writer are not seen.
- The level says how firmly the text commits to a claim, not whether the claim is true.
- The probabilities are calibrated on text like the training corpora. Elsewhere they order sentences better than they
  count them.
- No text of the corpora is in the model; its list of phrases holds words that they mark as cues.
"""


def write_card(metadata: Mapping[str, Any]) -> str:
    """Return the model card of a model's metadata as Markdown; what isn't known is left out.

    >>> write_card({"name": "mine", "seed": 3}).splitlines()[0]
    '# mine'
    """
    parts = [_opening(metadata)]
    if metadata.get("corpora"):
        parts.append(_data(metadata))
    if metadata.get("figures"):
        parts.append(_figures(metadata["figures"]))
    return "\n".join([*parts, _LIMITS])


def _opening(metadata: Mapping[str, Any]) -> str:
    known = [("hedge", metadata.get("hedge_version")), ("seed", metadata.get("seed"))]
    made = ", ".join(f"{name} {value}" for name, value in known if value is not None)
    lines = [
        f"# {metadata.get('name', 'A hedge model')}",
        "",
        "Finds hedged sentences, how strongly they are hedged, by which words and on whose word: logistic regressions",
        "on words, cue phrases, sources and their context. Data only: opening it runs no code.",
    ]
    return "\n".join([*lines, "", f"Trained with {made}.", ""] if made else [*lines, ""])


def _data(metadata: Mapping[str, Any]) -> str:
    rows = [
        [
            str(corpus.get("name", "")),
            str(corpus.get("reader", "")),
            str(corpus.get("sentences", "")),
            _share(corpus.get("hedged"), corpus.get("sentences")),
            LICENCES.get(corpus.get("reader", ""), "the owner's"),
            f"`{corpus['sha256'][:16]}`" if corpus.get("sha256") else "",
        ]
        for corpus in metadata["corpora"]
    ]
    header = ["corpus", "reader", "sentences", "hedged", "licence", "SHA-256 begins"]
    target = metadata.get("settings", {}).get("target")
    several = target and len(metadata["corpora"]) > 1
    follows = f"\nThe labels follow the definition of `{target}`; other corpora help.\n" if several else ""
    base = metadata.get("base", {}).get("name")
    adapted = (
        f"\nThe model `{base}` was adapted to these; its own card says what that was trained on.\n" if base else ""
    )
    taken = metadata.get("sources_from")
    sources = f"\nThese mark too few holders: what a source is was learned by the model `{taken}`.\n" if taken else ""
    return f"## Training data\n\n{_table([header, *rows])}{follows}{adapted}{sources}"


def _share(part: int | None, whole: int | None) -> str:
    return f"{part / whole:.1%}" if part is not None and whole else ""


def _figures(figures: Mapping[str, Mapping[str, float]]) -> str:
    names = [name for name in SHOWN if any(name in of_one for of_one in figures.values())]
    rows = [[corpus, *(show(name, of_one) for name in names)] for corpus, of_one in figures.items()]
    return (
        "## Figures\n\nMeasured on held-out documents, by what was learned from the others.\n\n"
        f"{_table([['corpus', *(name.replace('_', ' ') for name in names)], *rows])}"
    )


def show(name: str, figures: Mapping[str, float]) -> str:
    """Write a figure: counts whole, others with three places, `-` for one that there isn't.

    >>> show("sentences", {"sentences": 12.0}), show("f1", {"f1": 0.91234}), show("auc", {})
    ('12', '0.912', '-')
    """
    figure = figures.get(name, math.nan)
    if math.isnan(figure):
        return "-"
    return str(round(figure)) if name == "sentences" else f"{figure:.3f}"


def _table(rows: list[list[str]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, "|" + "---|" * len(rows[0]))
    return "\n".join(lines) + "\n"
