"""How fast hedge reads a text beside what else people use, in one run on the same text.

usage: python benchmarks/speed.py [--megabytes 8] [--corpora FOLDER] [--found FOLDER] [TEXT ...]

The text is that of the files given, or else the sentences of corpora/, repeated to size, and then the table goes into
benchmarks/speed.md. Every contender gets as much of it as it reads in a few seconds; a rate is the median of five runs
that take turns, so that a busy machine slows all alike. What isn't installed is skipped. Training is on the corpora in
FOLDER too, if they are there.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

import numpy as np

import hedge
from hedge.buffer import make_buffer
from hedge.corpora import read_corpus
from hedge.holder import find_holders
from hedge.judgement import judge
from hedge.passage import read_passage
from hedge.score import CHUNK
from hedge.segment import find_sentences
from hedge.tokens import find_tokens

ROOT: Final = Path(__file__).parents[1]
REPORT: Final = ROOT / "benchmarks" / "speed.md"
RUNS: Final = 5
PUBLISHED: Final = {
    **{"labels": "", "bioscope": "bioscope", "science": "science_certainty", "uds": "uds_ih2"},
    "wikiweasel": "wikiweasel",
}
"""Folders of the published corpora that the model `general` is trained on, by reader."""

UNIT: Final = 1 if sys.platform == "darwin" else 1024
"""Bytes in the unit in which the system tells the memory of processes."""

BEGIN: Final = "<!-- made by benchmarks/speed.py -->\n"
END: Final = "<!-- end -->\n"


@dataclass(frozen=True)
class Contender:
    """Something that reads text: its name, what it does, what makes its action, and the bytes of text it is given."""

    name: str
    task: str
    make: Callable[[str], Callable[[], Any]]
    share: int


def our_text(megabytes: int) -> str:
    """The sentences of corpora/, shuffled, twenty to a paragraph, repeated to size."""
    sentences = [
        json.loads(line)["text"]
        for path in sorted((ROOT / "corpora").glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    random.Random(0).shuffle(sentences)
    text = "\n\n".join(" ".join(sentences[i : i + 20]) for i in range(0, len(sentences), 20)) + "\n\n"
    return text * (megabytes * 1_000_000 // len(text) + 1)


def in_file(text: str, *command: str, good: int = 0) -> Callable[[], Any]:
    """Action that runs a command on a file with the text; `{}` is the file, `good` the highest status of success."""
    folder = tempfile.TemporaryDirectory(prefix="hedge-speed-")  # there as long as the action is
    path = Path(folder.name) / "text.txt"
    path.write_text(text, "utf-8")
    argv = [part.format(path, folder=folder.name) for part in command]

    def run() -> None:
        done = subprocess.run(argv, check=False, capture_output=True, text=True)
        if done.returncode > good:
            sys.exit(f"{command[0]} in {folder.name} failed: {done.stderr}")

    return run


def hedge_command(*options: str) -> Callable[[str], Callable[[], Any]]:
    command = (sys.executable, "-m", "hedge", "score", "{}", "--output", "{folder}/out", "--format", *options)
    return lambda text: in_file(text, *command)


def hedge_columns(text: str) -> Callable[[], Any]:
    model = hedge.load()
    return lambda: model.score(text).columns


def hedge_sentences(text: str) -> Callable[[], Any]:
    model = hedge.load()
    sentences = [sentence.text for sentence in model.score(text).sentences]
    return lambda: [model.score(sentence) for sentence in sentences]


def scikit_learn(text: str) -> Callable[[], Any]:
    from sklearn.feature_extraction.text import HashingVectorizer
    from sklearn.linear_model import LogisticRegression

    sentences = [sentence.text for sentence in hedge.load().score(text).sentences]
    vectorizer = HashingVectorizer(ngram_range=(1, 2), n_features=2**18)
    few = sentences[:2000]
    model = LogisticRegression(max_iter=200).fit(vectorizer.transform(few), [len(s) % 2 for s in few])
    return lambda: model.predict_proba(vectorizer.transform(sentences))


def spacy_matcher(text: str) -> Callable[[], Any]:
    import spacy
    from spacy.matcher import PhraseMatcher

    from hedge.lexicon import forms_of, read_entries

    pipeline = spacy.blank("en")
    pipeline.max_length = 10**9
    matcher = PhraseMatcher(pipeline.vocab, attr="LOWER")
    matcher.add("cue", [pipeline.make_doc(form.text) for form in forms_of(read_entries())])
    paragraphs = text.split("\n\n")
    return lambda: [matcher(document) for document in pipeline.pipe(paragraphs)]


def proselint(text: str) -> Callable[[], Any]:
    return in_file(text, str(Path(sys.executable).parent / "proselint"), "check", "{}", good=1)


def vader(text: str) -> Callable[[], Any]:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()
    sentences = [sentence.text for sentence in hedge.load().score(text).sentences]
    return lambda: [analyzer.polarity_scores(sentence) for sentence in sentences]


def pysbd(text: str) -> Callable[[], Any]:
    import pysbd as package

    segmenter = package.Segmenter(language="en", clean=False)
    paragraphs = text.split("\n\n")
    return lambda: [segmenter.segment(paragraph) for paragraph in paragraphs]


def syntok(text: str) -> Callable[[], Any]:
    from syntok import segmenter

    return lambda: [len(sentence) for paragraph in segmenter.process(text) for sentence in paragraph]


CONTENDERS: Final = (
    Contender("wc -w", "counts words", lambda text: in_file(text, "wc", "-w", "{}"), 1 << 30),
    Contender("Python str.split", "cuts at white space", lambda text: text.split, 1 << 30),
    Contender("hedge, columns", "sentences, cues, levels, holders", hedge_columns, 1 << 30),
    Contender("hedge, one sentence a call", "the same", hedge_sentences, 1 << 15),
    Contender("hedge score --format jsonl", "the same, a process, to a file", hedge_command("jsonl"), 1 << 30),
    Contender("hedge score --format csv", "the same, a process, to a file", hedge_command("csv"), 1 << 30),
    Contender("hedge score --jobs 2", "jsonl, in two processes", hedge_command("jsonl", "--jobs", "2"), 1 << 30),
    Contender("scikit-learn", "hashed word pairs and logistic regression on given sentences", scikit_learn, 1 << 21),
    Contender("spacy", "blank tokenizer and PhraseMatcher with our lexicon", spacy_matcher, 1 << 20),
    Contender("vaderSentiment", "rule scores of given sentences", vader, 1 << 17),
    Contender("pysbd", "sentences", pysbd, 1 << 15),
    Contender("syntok", "sentences", syntok, 1 << 17),
    Contender("proselint", "style rules", proselint, 1 << 15),
)


def prepare(text: str) -> Iterator[tuple[Contender, int, Callable[[], Any]]]:
    """Each contender that is installed, the bytes it is given, and its action, tried once."""
    for contender in CONTENDERS:
        part = text[: contender.share]
        try:
            action = contender.make(part)
            action()
        except (ImportError, FileNotFoundError):
            print(f"{contender.name}: not installed, skipped", file=sys.stderr)
            continue
        yield contender, len(part.encode()), action


def measure(text: str) -> list[tuple[Contender, float]]:
    """Median rate of each contender in MB/s."""
    ready = list(prepare(text))
    rates: list[list[float]] = [[] for _ in ready]
    for run in range(RUNS):
        print(f"run {run + 1} of {RUNS}", file=sys.stderr)
        for (_, size, action), found in zip(ready, rates, strict=True):
            began = time.perf_counter()
            action()
            found.append(size / 1e6 / (time.perf_counter() - began))
    return [(row[0], statistics.median(found)) for row, found in zip(ready, rates, strict=True)]


def release(name: str) -> str:
    """Version of an installed package, or nothing."""
    try:
        return version(name.replace(",", " ").split(maxsplit=1)[0])
    except PackageNotFoundError:
        return ""


def table(rates: Sequence[tuple[Contender, float]]) -> str:
    ours = next(rate for contender, rate in rates if contender.name == "hedge, columns")
    rows = [
        f"| {c.name} | {release(c.name)} | {c.task} | {rate:.3g} | {ours / rate:.3g} |"
        for c, rate in sorted(rates, key=lambda row: -row[1])
    ]
    head = ["| | version | what it does | MB/s | hedge, columns is ... times as fast |", "|---|---|---|---:|---:|"]
    return "\n".join([*head, *rows]) + "\n"


_PASSAGE = "candidates and what is known of them (lexicon, columns)"
_HOLDERS = "holders (holder)"


def stages(text: str) -> str:
    """Table of the share of time that each stage of scoring takes, on windows as scoring cuts them."""
    weights = hedge.load().weights
    spent: dict[str, float] = {}

    def timed(name: str, action: Callable[..., Any], *arguments: Any) -> Any:
        began = time.perf_counter()
        result = action(*arguments)
        spent[name] = spent.get(name, 0.0) + time.perf_counter() - began
        return result

    data = text.encode()
    for _ in range(RUNS):
        for start in range(0, len(data), CHUNK):
            buffer = timed("bytes and classes (buffer)", make_buffer, data[start : start + CHUNK])
            tokens = timed("tokens and their hashes (tokens)", find_tokens, buffer)
            first = timed("sentences (segment)", find_sentences, buffer, tokens)
            last = np.append(first[1:], len(tokens))
            parts = (weights.lexicon, buffer, tokens, first, last)
            passage = timed(_PASSAGE, read_passage, *parts)
            timed(_HOLDERS, find_holders, weights.lexicon.sources, buffer, tokens, passage.flags, first, last)
            timed("judgement (features, model, score)", judge, weights, passage)
    spent[_PASSAGE] -= spent[_HOLDERS]  # which reading the passage found too
    total = sum(spent.values())
    rows = [f"| {name} | {took / total:.0%} |" for name, took in spent.items()]
    return "\n".join(["| stage | share |", "|---|---:|", *rows]) + "\n"


def processes(corpora: Path, found: Path) -> str:
    """Table of what a user waits for: a short text in a process of its own, one sentence, the model, training."""
    article = str(ROOT / "examples" / "harbour-talks.txt")
    bare = median_time(lambda: subprocess.run([sys.executable, "-c", "import numpy, typer"], check=True))
    whole = median_time(in_file("", sys.executable, "-m", "hedge", "score", article, "--output", "{folder}/out"))
    model = hedge.load()
    loading = median_time(hedge.load)
    named = {name: corpora / folder for name, folder in PUBLISHED.items()} if corpora.is_dir() else {}
    if found.is_dir():
        named["found"] = found
    training, peak = train({"records": ROOT / "corpora", **named})
    rows = (
        ("hedge score of a 3 KB article, whole process", f"{whole * 1e3:.0f} ms"),
        ("the same beside a Python that imports numpy and typer", f"{whole / bare:.2f} times"),
        ("loading the default model, after imports", f"{loading * 1e3:.1f} ms"),
        (
            "model.score of one sentence",
            f"{median_time(lambda: model.score('It may rain in Kalvik.')) * 1e6:.0f} \u00b5s",
        ),
        (f"hedge train on {' '.join(['records', *named])}, with figures", f"{training:.0f} s, {peak:.1f} GB"),
        ("hedge train on 300 sentences, with figures: the default model adapted", f"{adapt():.1f} s"),
        ("hedge score of 100 MB to a file, one job, at its peak", f"{score_peak(100):.0f} MB"),
        ("hedge score of 1 GB to a file, one job, at its peak", f"{score_peak(1000):.0f} MB"),
        ("hedge score --jobs 2 beside one job, 100 MB of text to a file", f"{two_jobs():.2f} times"),
    )
    return "\n".join(["| | |", "|---|---:|", *(f"| {name} | {value} |" for name, value in rows)]) + "\n"


def two_jobs() -> float:
    """How many times as fast two processes are as one, median of five pairs of runs that take turns."""
    text = our_text(100)
    one, two = hedge_command("jsonl")(text), hedge_command("jsonl", "--jobs", "2")(text)
    return statistics.median(seconds(one) / seconds(two) for _ in range(RUNS))


def train(corpora: Mapping[str, Path]) -> tuple[float, float]:
    """Seconds and peak gigabytes of a training, once; no other process that the benchmark starts needs as much."""
    command = [sys.executable, "-m", "hedge", "train", "--only", "--quiet", "--output", "{folder}/model"]
    took = seconds(in_file("", *command, *(f"--corpus={name}={path}" for name, path in corpora.items())))
    return took, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * UNIT / 1e9


def adapt() -> float:
    """Seconds that it takes to adapt the default model to 300 of our own sentences, median of eleven runs."""
    examples = read_corpus("records", ROOT / "corpora").examples[:300]
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerows([("text", "label"), *((e.text, "hedged" if e.hedged else "certain") for e in examples)])
    command = (sys.executable, "-m", "hedge", "train", "--quiet", "--force", "--output", "{folder}/model")
    return median_time(in_file(table.getvalue(), *command, "--corpus", "csv={}"))


def score_peak(megabytes: int) -> float:
    """Most megabytes of memory that a process holds that scores a text of so many megabytes."""
    with tempfile.TemporaryDirectory(prefix="hedge-speed-") as folder:
        path, part = Path(folder) / "text.txt", our_text(10)[:10_000_000].encode()
        with path.open("wb") as file:
            file.writelines([part] * (megabytes // 10))
        score = (sys.executable, "-m", "hedge", "score", "--quiet", str(path), "--output", str(Path(folder) / "out"))
        # In a process of its own, which has no other child.
        report = "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
        run = f"import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True); {report}"
        argv = [sys.executable, "-c", run, *score, "--format", "jsonl"]
        return int(subprocess.run(argv, check=True, capture_output=True, text=True).stdout) * UNIT / 1e6


def seconds(action: Callable[[], Any]) -> float:
    """Seconds of one run."""
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def median_time(action: Callable[[], Any]) -> float:
    """Median seconds of eleven runs."""
    return statistics.median(seconds(action) for _ in range(11))


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--megabytes", type=int, default=8)
    arguments.add_argument("--corpora", type=Path, default=ROOT.parent / "shared" / "corpora")
    arguments.add_argument("--found", type=Path, default=ROOT / "build" / "texts", help="folder of `make texts`")
    arguments.add_argument("texts", nargs="*", type=Path)
    given = arguments.parse_args()
    text = "\n\n".join(path.read_text("utf-8") for path in given.texts) or our_text(given.megabytes)
    made = f"{table(measure(text))}\n{stages(text)}\n{processes(given.corpora, given.found)}"
    print(made)
    if not given.texts:
        before, _, rest = REPORT.read_text("utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        machine = f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}.\n\n"
        REPORT.write_text(f"{before}{BEGIN}{machine}{made}{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
