"""Judge news reports, editorials and a language model's answers that come with other packages, by labels of our own.

usage: found.py --gensim WHEEL --vader SDIST --alpaca SDIST [--model NAME] [--output FILE]

Makes a table; its last rows say what it brings to adapt the model to half of such a text. The labels are in found/. No
model that is kept is trained on these texts, which aren't ours and stay where they are; fetch them with

    pip download --no-deps gensim==4.4.0
    pip download --no-deps --no-binary :all: vaderSentiment==3.3.2 alpaca_eval==0.6.6

News: the corpora of Lee, Pincombe and Welsh (2005), reports of an Australian broadcaster, in gensim's tests.
Editorials: sentences of a newspaper's leading articles that Hutto and Gilbert (2014) rated for sentiment, in
vaderSentiment.
Answers: those of a language model to questions of AlpacaEval (Li et al. 2023), the example in alpaca_eval.
"""

from __future__ import annotations

import argparse
import io
import json
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import hedge
from hedge.corpora.example import Example
from hedge.corpora.files import json_records, read_files
from hedge.corpora.records import read_label
from hedge.evaluate import Judged, measure
from hedge.settings import Settings

FIGURES = ("precision", "recall", "f1", "auc", "ece", "level_macro_f1", "cue_f1", "holder_f1", "holder_kind_accuracy")
HEAD = (
    f"| | sentences | {' | '.join(name.replace('_', ' ') for name in FIGURES)} |\n|---|---:|{'---:|' * len(FIGURES)}\n"
)
ABOUT = """# Texts that no model saw

`make found` makes this table: news reports, editorials and a language model's answers that come with other packages,
judged by the model `general` and compared with labels of our own (`found/`), and what it brings to adapt the model to
half of such a text.

"""
LABELS = Path(__file__).parent / "found"
LOOKED_AT = {"answers": 502}
"""Of how many labelled sentences, the first ones, what was misread was looked at before sentences of their kind were
written for training; the others have a row of their own. Of the news all were, of the editorials none."""


def read_news(wheel: Path) -> dict[str, str]:
    """Reports by their number, the background corpus first."""
    with zipfile.ZipFile(wheel) as archive:
        parts = [archive.read(f"gensim/test/test_data/{name}.cor") for name in ("lee_background", "lee")]
    lines = [line for part in parts for line in part.decode("latin-1").split("\n") if line.strip()]
    return {str(number): line for number, line in enumerate(lines)}


def read_editorials(sdist: Path) -> dict[str, str]:
    """Sentences by their names, article and number."""
    with tarfile.open(sdist) as outer:
        (inner,) = (member for member in outer if member.name.endswith("hutto_ICWSM_2014.tar.gz"))
        packed = outer.extractfile(inner)
        assert packed
        with tarfile.open(fileobj=io.BytesIO(packed.read())) as archive:
            listing = archive.extractfile("hutto_ICWSM_2014/nytEditorialSnippets_GroundTruth.txt")
            assert listing
            lines = listing.read().decode("utf-8", "replace").splitlines()
    return {name: text.replace("''", '"').strip() for name, _, text in (line.split("\t") for line in lines)}


def read_answers(sdist: Path) -> dict[str, str]:
    """Answers by their number."""
    with tarfile.open(sdist) as archive:
        (member,) = (member for member in archive if member.name.endswith("example/outputs.json"))
        listing = archive.extractfile(member)
        assert listing
        return {str(number): record["output"] for number, record in enumerate(json.load(listing))}


def read_labels(name: str, texts: dict[str, str]) -> Iterator[Example]:
    """The labelled sentences of some texts."""
    (file,) = read_files(LABELS, f"{name}.jsonl")
    for line, record in json_records(file):
        text = texts[record["document"]][record["start"] : record["end"]]
        yield Example(text, "found", record["document"], **read_label(file, line, record, text))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--gensim", type=Path, required=True)
    parser.add_argument("--vader", type=Path, required=True)
    parser.add_argument("--alpaca", type=Path, required=True)
    parser.add_argument("--model", default="general")
    parser.add_argument("--output", type=Path, help="write the table to this file")
    given = parser.parse_args()
    model = hedge.load(given.model)
    read = {
        "news": read_news(given.gensim),
        "editorials": read_editorials(given.vader),
        "answers": read_answers(given.alpaca),
    }
    sets = {name: tuple(read_labels(name, texts)) for name, texts in read.items()}
    looked_at = {f"{name}, not looked at": sets[name][count:] for name, count in LOOKED_AT.items()}
    rows = [row(name, model, examples) for name, examples in (sets | looked_at).items()]
    for name, examples in sets.items():
        half = len(examples) // 2
        adapted = hedge.train(examples[:half], Settings(target="found"), base=model)
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
