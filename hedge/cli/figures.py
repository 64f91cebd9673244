"""What `hedge evaluate` measures and how it writes it down."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hedge.buffer import Ints
from hedge.card import show
from hedge.cli.output import align
from hedge.corpora import Corpus
from hedge.evaluate import Judged, Metrics, confusion, measure, reliability
from hedge.levels import LEVELS
from hedge.library import Model


@dataclass(frozen=True)
class Result:
    """A model's figures on a corpus.

    Attributes
    ----------
    spec, corpus, digest : where it was read from, its name, the SHA-256 of its files.
    figures : as `hedge.evaluate.measure` names them.
    table : counts of gold (rows) against judged levels (columns), int64[4, 4].
    bins : size, mean probability of being hedged and hedged share of each tenth of the probabilities.

    """

    spec: str
    corpus: str
    digest: str
    figures: Metrics
    table: Ints
    bins: list[tuple[int, float, float]]


def judge_corpus(model: Model, spec: str, corpus: Corpus) -> Result:
    """Score a corpus and compare with its labels."""
    sentences = model.score_sentences([example.text for example in corpus.examples])
    judged = Judged(corpus.examples, tuple(sentences))
    known = [(e.hedged, s.p_hedged) for e, s in zip(corpus.examples, sentences, strict=True) if e.hedged is not None]
    gold, said = np.array([bool(hedged) for hedged, _ in known]), np.array([p for _, p in known])
    bins = reliability(gold, said) if known else []
    return Result(spec, corpus.name, corpus.digest, measure(judged), confusion(judged), bins)


def to_text(results: Sequence[Result]) -> str:
    """A table of figures, a column for each corpus, and a confusion matrix for each corpus with levels."""
    names = list(dict.fromkeys(name for result in results for name in result.figures))
    rows = [["", *(result.corpus for result in results)]]
    rows += [[name.replace("_", " "), *(show(name, result.figures) for result in results)] for name in names]
    return "\n".join([align(rows), *(_matrix(result) for result in results if result.table.any())])


def _matrix(result: Result) -> str:
    rows = [[f"{result.corpus}: gold below, judged right", *(level.label for level in LEVELS)]]
    rows += [[level.label, *map(str, result.table[level].tolist())] for level in LEVELS]
    return align(rows)


def to_json(model: str, results: Sequence[Result]) -> str:
    """One object with the figures of each corpus; a figure that isn't defined is null."""
    corpora = [
        {
            "corpus": result.corpus,
            "source": result.spec,
            "sha256": result.digest,
            "figures": {name: None if math.isnan(value) else round(value, 4) for name, value in result.figures.items()},
            "confusion": {gold.label: {said.label: int(result.table[gold, said]) for said in LEVELS} for gold in LEVELS}
            if result.table.any()
            else None,
        }
        for result in results
    ]
    return json.dumps({"model": model, "corpora": corpora}, indent=1, ensure_ascii=False) + "\n"
