"""Every figure of accuracy.md, measured on sentences that the model judged didn't see in training.

usage: accuracy.py [--corpora FOLDER] [--only ROW ...] [--output FILE]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from hedge.corpora import Example, read_corpus
from hedge.document import Sentence
from hedge.evaluate import Judged, measure
from hedge.levels import Level
from hedge.library import shipped_corpora
from hedge.score import score_texts
from hedge.training import Settings, train
from hedge.validate import cross_validate, fold_by

FOLDERS = {"uds": "uds_ih2", "sfu": "sfu_review", "science": "science_certainty"}
GENERAL = ("records", "bioscope", "wikiweasel", "uds", "science")
PLAIN = {
    "bioscope": "F1 0.912, cue F1 0.879",
    "abstracts to full papers": "F1 0.847",
    "wikiweasel": "F1 0.593",
    "sfu": "F1 0.565, AUC 0.946 (trained on BioScope)",
    "science": "r 0.72 (ridge, its own test part)",
    "uds dev": "AUC 0.60",
}


class Bench:
    """The corpora, read once, and the rows of the table."""

    def __init__(self, corpora: Path) -> None:
        self.corpora = corpora
        self.read: dict[str, list[Example]] = {}

    def examples(self, *names: str) -> list[Example]:
        for name in names:
            if name not in self.read:
                path = shipped_corpora() if name == "records" else self.corpora / FOLDERS.get(name, name)
                self.read[name] = list(read_corpus(name, path).examples)
        return [example for name in names for example in self.read[name]]

    def general(self) -> dict[str, Judged]:
        judged = cross_validate(self.examples(*GENERAL), general_settings(), progress=say)
        return {corpus: of_corpus(judged, corpus) for corpus in sorted({e.corpus for e in judged.examples})}

    def genres(self) -> dict[str, Judged]:
        own = self.examples("records")
        others = self.examples(*GENERAL[1:])
        fold = fold_by(own, lambda e: e.genre)
        judged = cross_validate(own, general_settings(), always=others, fold=fold, progress=say)
        rows = {"own corpus, leave one genre out": judged}
        for genre in sorted({e.genre for e in own}):
            rows[f"  without {genre}"] = judged.subset([i for i, e in enumerate(judged.examples) if e.genre == genre])
        return rows

    def unseen(self) -> dict[str, Judged]:
        """SFU reviews, and the development part of UDS, by a general model that saw neither."""
        held_out = {"sfu": self.examples("sfu"), "uds dev": development(self.examples("uds"))}
        gone = {id(example) for example in held_out["uds dev"]}
        weights = train([e for e in self.examples(*GENERAL) if id(e) not in gone], general_settings())
        return {
            name: Judged(tuple(rows), score_texts(weights, [e.text for e in rows])) for name, rows in held_out.items()
        }

    def biomedical(self) -> dict[str, Judged]:
        examples = self.examples("bioscope")
        settings = Settings(target="bioscope")
        papers = [e for e in examples if e.document.startswith("full_papers")]
        weights = train([e for e in examples if e.document.startswith("abstracts")], settings)
        return {
            "bioscope": cross_validate(examples, settings, progress=say),
            "abstracts to full papers": Judged(tuple(papers), score_texts(weights, [e.text for e in papers])),
        }

    def encyclopedia(self) -> dict[str, Judged]:
        examples = self.examples("wikiweasel")
        helpers = self.examples("records")
        return {"wikiweasel": cross_validate(examples, Settings(target="wikiweasel"), always=helpers, progress=say)}


def general_settings() -> Settings:
    return Settings(target="records")


def development(examples: Sequence[Example]) -> list[Example]:
    return [e for e in examples if e.document.startswith("dev")]


def of_corpus(judged: Judged, corpus: str) -> Judged:
    return judged.subset([i for i, e in enumerate(judged.examples) if e.corpus == corpus])


def baseline(judged: Judged) -> Judged:
    """Every sentence certain."""
    certain = Sentence("", 0, 0, Level.CERTAIN, 1.0, 0.0, (0.0, 0.0, 0.0, 1.0), (), None)
    return Judged(judged.examples, (certain,) * len(judged.examples))


def say(step: str) -> None:
    print(f"  {step}", flush=True)


SHOWN = (
    *("f1", "auc", "ece", "brier", "level_accuracy", "level_macro_f1", "certainty_r", "certainty_rho"),
    *("cue_f1", "cue_type_accuracy", "holder_f1", "holder_kind_accuracy"),
)


def table(rows: dict[str, Judged]) -> list[str]:
    figures = {name: measure(judged) for name, judged in rows.items()}
    shown = [key for key in SHOWN if any(key in row for row in figures.values())]
    lines = ["| data | sentences | " + " | ".join(shown) + " |", "|---|---:|" + "---:|" * len(shown)]
    for name, row in figures.items():
        cells = [f"{row[key]:.3f}" if key in row and not np.isnan(row[key]) else "" for key in shown]
        lines.append(f"| {name} | {row['sentences']:.0f} | " + " | ".join(cells) + " |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--only", nargs="*", default=["general", "genres", "unseen", "biomedical", "encyclopedia"])
    given = parser.parse_args()
    bench = Bench(given.corpora)
    for name in given.only:
        began = time.perf_counter()
        part: Callable[[], dict[str, Judged]] = getattr(bench, name)
        rows = part()
        print(f"\n## {name} ({time.perf_counter() - began:.0f} s)\n")
        print("\n".join(table(rows)), flush=True)


if __name__ == "__main__":
    main()
