"""Judge news reports, editorials, a language model's answers, documentation and pages of the web by our own labels.

usage: found.py --texts FOLDER [--model NAME] [--output FILE]

Makes a table; its last rows say what it brings to adapt the model to half of such a text. The labels are in found/; the
texts, which aren't ours, are what `make texts` fetches (corpora/texts.py says what they are). No model that is kept is
trained on them.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import hedge
from hedge.corpora.example import Example
from hedge.corpora.found import read_found
from hedge.evaluate import Judged, measure
from hedge.settings import Settings

FIGURES = ("precision", "recall", "f1", "auc", "ece", "level_macro_f1", "cue_f1", "holder_f1", "holder_kind_accuracy")
HEAD = (
    f"| | sentences | {' | '.join(name.replace('_', ' ') for name in FIGURES)} |\n|---|---:|{'---:|' * len(FIGURES)}\n"
)
ABOUT = """# Texts that no model saw

`make found` makes this table: news reports, editorials, a language model's answers, the documentation of a program and
pages of the web, which come with other packages, judged by the model `general` and compared with labels of our own
(`found/`), and what it brings to adapt the model to half of such a text.

"""
LABELS = Path(__file__).parent / "found"
KINDS = ("news", "editorials", "answers", "documentation", "web")
LOOKED_AT = {"answers": 502}
"""Of how many labelled sentences, the first ones, what was misread was looked at before sentences of their kind were
written for training; the others have a row of their own. Of the news all were, of the others none."""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--texts", type=Path, required=True, help="folder of the texts, as `make texts` writes it")
    parser.add_argument("--model", default="general")
    parser.add_argument("--output", type=Path, help="write the table to this file")
    given = parser.parse_args()
    model = hedge.load(given.model)
    examples = read_found(given.texts, LABELS).examples
    sets = {kind: tuple(example for example in examples if example.source == kind) for kind in KINDS}
    looked_at = {f"{name}, not looked at": sets[name][count:] for name, count in LOOKED_AT.items()}
    rows = [row(name, model, examples) for name, examples in (sets | looked_at).items()]
    for name, examples in sets.items():
        half = len(examples) // 2
        adapted = hedge.train(examples[:half], Settings(target="labels"), base=model)
        rows.append(row(f"{name}, second half", model, examples[half:]))
        rows.append(row(f"{name}, second half, adapted to the first", adapted, examples[half:]))
    table = HEAD + "".join(rows)
    print(table, end="")
    if given.output:
        given.output.write_text(ABOUT + table, "utf-8")


def row(name: str, model: hedge.Model, examples: tuple[Example, ...]) -> str:
    """A row of the table: how a model judges some sentences."""
    figures = measure(Judged(examples, tuple(model.score_sentences([e.text for e in examples]))))
    return f"| {name} | {len(examples)} | {' | '.join(f'{figures[figure]:.3f}' for figure in FIGURES)} |\n"


if __name__ == "__main__":
    main()
