"""Levels of plain sentences: golden cases that no corpus holds; what the model misreads is a strict xfail."""

import json
from pathlib import Path

import pytest

import hedge

CORPORA = Path(__file__).parents[1] / "corpora"
CASES = [json.loads(x) for x in (Path(__file__).parent / "cases/levels.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def judged():
    sentences = hedge.load().score_sentences([case["text"] for case in CASES])
    return {case["text"]: sentence.level.label for case, sentence in zip(CASES, sentences, strict=True)}


def mark(case):
    marks = [pytest.mark.xfail(reason="known miss", strict=True)] if case.get("missed") else []
    return pytest.param(case, marks=marks, id=case["text"])


@pytest.mark.parametrize("case", [mark(case) for case in CASES])
def test_levels(judged, case):
    assert judged[case["text"]] == case["level"]


def test_no_case_is_in_the_corpora():
    texts = {case["text"] for case in CASES}
    for path in CORPORA.glob("*.jsonl"):
        assert not texts & {json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()}
