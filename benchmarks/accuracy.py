"""Write accuracy.md: figures on sentences that the model judged didn't see, beside baselines.

usage: accuracy.py [--corpora FOLDER] [--texts FOLDER] [--only PART ...] [--output FILE]

Each part trains its own models; all together take about an hour on two slow cores. With `--only` nothing is
written unless `--output` says where.
"""

from __future__ import annotations

import argparse
import gc
import inspect
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np

import hedge
from hedge.adaptation import adapt
from hedge.corpora import Example, read_corpus
from hedge.corpora.labels import read_labels
from hedge.document import Cue, Sentence
from hedge.evaluate import Judged, join, measure
from hedge.gold import assign_folds
from hedge.levels import CUE_TYPES, HEDGE_TYPES, Level
from hedge.lexicon import compile_lexicon, forms_of, read_entries
from hedge.passage import read_texts
from hedge.score import score_texts
from hedge.settings import Settings, choose_settings
from hedge.training import train
from hedge.validate import cross_validate, fold_by

FOLDERS = {"uds": "uds_ih2", "sfu": "sfu_review", "science": "science_certainty"}
PUBLISHED = ("bioscope", "wikiweasel", "uds", "science")
GENERAL = ("records", "labels", "found", *PUBLISHED)
HERE = Path(__file__).parent
FEW_FIGURES = ("f1", "auc", "ece", "level_macro_f1", "cue_f1")
ALL_FIGURES = (
    *("f1", "auc", "ece", "brier", "level_macro_f1", "cue_f1", "cue_span_accuracy", "cue_type_accuracy"),
    *("holder_f1", "holder_kind_accuracy"),
)
LOG = "## What was tried"


@dataclass(frozen=True)
class Row:
    """One line of the report: what was judged, the figures to show, and those of plain logistic regression."""

    data: str
    judged: Judged
    shown: tuple[str, ...]
    plain: dict[str, float] = field(default_factory=dict)


class Bench:
    """The corpora, read once, and the parts of the report."""

    def __init__(self, corpora: Path, texts: Path) -> None:
        self.corpora, self.texts = corpora, texts
        self.read: dict[str, list[Example]] = {}

    def examples(self, *names: str) -> list[Example]:
        for name in names:
            if name not in self.read:
                self.read[name] = self._read(name)
        return [example for name in names for example in self.read[name]]

    def _read(self, name: str) -> list[Example]:
        ours = {"records": HERE.parent / "corpora", "labels": self.corpora, "found": self.texts}
        return list(read_corpus(name, ours.get(name, self.corpora / FOLDERS.get(name, name))).examples)

    @cached_property
    def unseen_labels(self) -> list[Example]:
        """Sentences that no model is trained on, with labels of our own."""
        return list(read_labels(self.corpora, HERE / "labels").examples)

    def general(self) -> list[Row]:
        """The general model, by document cross-validation over all its corpora."""
        judged = cross_validate(self.examples(*GENERAL), Settings(), progress=say)
        shown = dict.fromkeys(("records", "labels"), ALL_FIGURES) | {"science": ("certainty_r", "certainty_rho")}
        plain = {"science": {"certainty_r": 0.69}}
        found = {example.source for example in self.examples("found")}
        rows = []
        for corpus, part in split(judged, lambda e: e.corpus):
            rows.append(Row(corpus, part, shown.get(corpus, ("f1", "auc", "ece")), plain.get(corpus, {})))
            if corpus == "labels":
                places = split(part, lambda e: "texts of packages" if e.source in found else "published sentences")
                rows += [Row(f"labels: {place}", of_one, ALL_FIGURES) for place, of_one in places]
                sources = split(part, lambda e: e.source)
                rows += [Row(f"labels: {source}", of_one, FEW_FIGURES) for source, of_one in sources]
            if corpus == "records":
                genres = split(part, lambda e: e.genre)
                rows += [Row(f"records: {genre}", of_one, ("precision", "recall", "f1")) for genre, of_one in genres]
        return rows

    def genres(self) -> list[Row]:
        """The general model on each genre of our own sentences, trained without that genre and our labels."""
        own = self.examples("records")
        fold = fold_by(own, lambda e: e.genre)
        judged = cross_validate(own, Settings(), always=self.examples(*PUBLISHED), fold=fold, progress=say)
        rows = [Row("all genres", judged, FEW_FIGURES)]
        return rows + [Row(f"without {genre}", part, FEW_FIGURES) for genre, part in split(judged, lambda e: e.genre)]

    def unseen(self) -> list[Row]:
        """The general model, trained neither on SFU reviews nor on the development part of UDS, on both."""
        sfu = self.examples("sfu")
        dev = [e for e in self.examples("uds") if e.document.startswith("dev")]
        gone = {id(example) for example in dev}
        weights = train([e for e in self.examples(*GENERAL) if id(e) not in gone], Settings())
        return [
            Row("labels: SFU reviews", judge(weights, self.unseen_labels), ("precision", "recall", *ALL_FIGURES)),
            Row("SFU reviews", judge(weights, sfu), ("f1", "auc"), {"f1": 0.565, "auc": 0.946}),
            Row("UDS, development part", judge(weights, dev), ("auc",), {"auc": 0.60}),
        ]

    def definitions(self) -> list[Row]:
        """No model: *hedge* is our labels beside the corpora's own, as a faultless judge by our guide would do."""
        labelled = {(e.source, e.text): e for e in [*self.examples("labels"), *self.unseen_labels]}
        rows = []
        for name in ("bioscope", "science", "sfu", "uds", "wikiweasel"):
            theirs = [e for e in self.examples(name) if (e.corpus, e.text) in labelled and e.hedged is not None]
            ours = tuple(judge_by_label(labelled[e.corpus, e.text]) for e in theirs)
            rows.append(Row(theirs[0].corpus, Judged(tuple(theirs), ours), ("f1",)))
        return rows

    def biomedical(self) -> list[Row]:
        """The biomedical model, BioScope's definition."""
        examples = self.examples("bioscope")
        settings = choose_settings("bioscope")
        papers = [e for e in examples if e.document.startswith("full_papers")]
        weights = train([e for e in examples if e.document.startswith("abstracts")], settings)
        judged = cross_validate(examples, settings, progress=say)
        sfu = judge(train(examples, settings), self.examples("sfu"))
        return [
            Row("BioScope", judged, ("f1", "auc", "ece", "cue_f1"), {"f1": 0.912, "cue_f1": 0.879}),
            Row("BioScope, abstracts to full papers", judge(weights, papers), ("f1", "cue_f1"), {"f1": 0.847}),
            Row("SFU reviews", sfu, ("f1", "auc"), {"f1": 0.565, "auc": 0.946}),
        ]

    def encyclopedia(self) -> list[Row]:
        """The encyclopedia model, WikiWeasel's definition."""
        examples, settings = self.examples("wikiweasel"), choose_settings("wikiweasel")
        judged = cross_validate(examples, settings, always=self.examples("records"), progress=say)
        return [Row("WikiWeasel", judged, ("f1", "auc", "ece"), {"f1": 0.593})]

    def adaptation(self) -> list[Row]:
        """What some sentences of one's own bring: the general model, adapted to SFU reviews, which it didn't see.

        By our labels of some reviews and by the corpus's own; tested on half of the documents, taught by sentences of
        the others, five times with other ones. *alone*: a model trained on these sentences and nothing else.
        """
        general = hedge.load().weights
        rows = []
        for name, examples in (("by our guide", self.unseen_labels), ("by their own labels", self.examples("sfu"))):
            settings = choose_settings(examples[0].corpus)
            fold = assign_folds(examples, 2, seed=0)
            test, others = ([examples[row] for row in np.flatnonzero(fold == number)] for number in (0, 1))
            rows.append(Row(f"reviews {name}", judge(general, test), FEW_FIGURES))
            for size in (100, 300, 1000):
                draws = [draw(others, size, seed) for seed in range(5)]
                adapted = join([judge(adapt(general, some, settings), test) for some in draws])
                alone = join([judge(train(some, settings), test) for some in draws])
                rows += [Row(f"adapted to {size}", adapted, FEW_FIGURES), Row(f"{size} alone", alone, FEW_FIGURES)]
        return rows


PARTS = ("general", "genres", "unseen", "definitions", "biomedical", "encyclopedia", "adaptation")


def split(judged: Judged, key: Callable[[Example], str]) -> list[tuple[str, Judged]]:
    """Parts of what was judged, by a key of the examples, in the order of the keys."""
    keys = [key(example) for example in judged.examples]
    return [(name, judged.subset([i for i, other in enumerate(keys) if other == name])) for name in sorted(set(keys))]


def draw(examples: Sequence[Example], size: int, seed: int) -> list[Example]:
    """The first sentences of the documents in a random order."""
    names = sorted({example.document for example in examples})
    place = {names[number]: at for at, number in enumerate(np.random.default_rng(seed).permutation(len(names)))}
    return sorted(examples, key=lambda example: place[example.document])[:size]


def judge(weights: object, examples: Sequence[Example]) -> Judged:
    return Judged(tuple(examples), score_texts(weights, [e.text for e in examples]))  # type: ignore[arg-type]


def always_certain(examples: Sequence[Example]) -> Judged:
    """Every sentence certain."""
    certain = Sentence("", 0, 0, Level.CERTAIN, 1.0, 0.0, (0.0, 0.0, 0.0, 1.0), (), None)
    return Judged(tuple(examples), (certain,) * len(examples))


def bare_lexicon(examples: Sequence[Example]) -> Judged:
    """Every phrase of the lexicon a cue, and the level by the greatest strength among those that can lower it."""
    lexicon = compile_lexicon(forms_of(read_entries()))
    passage = read_texts(lexicon, [e.text for e in examples])
    found, tokens = passage.candidates, passage.tokens
    sizes = [len(e.text.encode()) + 1 for e in examples]
    base = np.concatenate(([0], np.cumsum(sizes)))[found.sentence]
    begin, end = tokens.start[found.first] - base, tokens.end[found.last - 1] - base
    cues: list[list[Cue]] = [[] for _ in examples]
    strength = [0.0] * len(examples)
    for row, form, low, high in zip(found.sentence, found.form, begin, end, strict=True):
        data, kind = examples[row].text.encode(), CUE_TYPES.index(lexicon.forms[form].type)
        first, last = len(data[:low].decode()), len(data[:high].decode())
        cues[row].append(Cue(examples[row].text[first:last], first, last, CUE_TYPES[kind], 1.0, False))
        if kind < HEDGE_TYPES:
            strength[row] = max(strength[row], lexicon.forms[form].strength)
    return Judged(tuple(examples), tuple(map(_by_strength, strength, cues)))


def judge_by_label(example: Example) -> Sentence:
    """A judgement that is the example's own level."""
    assert example.level is not None
    return _sure_sentence(example.level, float(example.level < Level.CERTAIN), [])


def _by_strength(strength: float, cues: list[Cue]) -> Sentence:
    return _sure_sentence(Level(3 - sum(strength > bound for bound in (0.0, 0.45, 0.75))), strength, cues)


def _sure_sentence(level: Level, strength: float, cues: list[Cue]) -> Sentence:
    """A judgement that gives all probability to one level."""
    probabilities = tuple(float(other is level) for other in Level)
    return Sentence("", 0, 0, level, 1.0 - strength, strength, probabilities, tuple(cues), None)  # type: ignore[arg-type]


def say(step: str) -> None:
    print(f"  {step}", flush=True)


def report(rows: Sequence[Row]) -> list[str]:
    lines = [
        "| data | sentences | figure | hedge | always certain | bare lexicon | plain |",
        "|---|---:|---|---:|---:|---:|---:|",
    ]
    for row in rows:
        here, never, words = (
            measure(judged)
            for judged in (row.judged, always_certain(row.judged.examples), bare_lexicon(row.judged.examples))
        )
        for name in row.shown:
            first = name == row.shown[0]
            data = [row.data, f"{here['sentences']:.0f}"] if first else ["", ""]
            others = [cell(never, name), "" if name.startswith("holder") else cell(words, name), cell(row.plain, name)]
            lines.append(f"| {' | '.join([*data, name.replace('_', ' '), cell(here, name), *others])} |")
    return lines


def cell(figures: dict[str, float], name: str) -> str:
    return "" if np.isnan(figures.get(name, np.nan)) else f"{figures[name]:.3f}"


OPENING = """\
# Accuracy

Made by `make accuracy`; every figure is on sentences whose documents (or genre, or corpus) the model didn't see.
*hedge*: the model named, but for `definitions`, where there is none. *always certain*: no sentence hedged. *bare
lexicon*: every phrase of the lexicon taken for a cue, the level by its strength, no model. *plain*: logistic regression
on words and word pairs, measured once outside this script.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--texts", type=Path, default=Path("build/texts"), help="folder of `make texts`")
    parser.add_argument("--only", nargs="*", choices=PARTS, default=list(PARTS))
    parser.add_argument("--output", type=Path)
    given = parser.parse_args()
    gc.disable()  # it would look through all examples again and again
    bench = Bench(given.corpora, given.texts)
    lines = [OPENING]
    for name in given.only:
        began = time.perf_counter()
        part: Callable[[], list[Row]] = getattr(bench, name)
        table = "\n".join(report(part()))
        print(f"\n## {name} ({time.perf_counter() - began:.0f} s)\n\n{table}", flush=True)
        lines.append(f"## {name}\n\n{inspect.getdoc(part)}\n\n{table}\n")
    output = given.output or (HERE / "accuracy.md" if list(given.only) == list(PARTS) else None)
    if output:
        old = output.read_text("utf-8") if output.exists() else ""
        log = re.search(rf"^{LOG}.*", old, re.M | re.S)
        output.write_text("\n".join([*lines, log.group() if log else f"{LOG}\n"]), "utf-8")


if __name__ == "__main__":
    main()
