"""The article in examples/, read from the file and judged sentence by sentence as it was annotated by hand."""

import json
from pathlib import Path

import pytest

from hedge import load

ROOT = Path(__file__).parents[1]
GOLD = [json.loads(line) for line in (ROOT / "tests/cases/harbour-talks.jsonl").read_text("utf-8").splitlines()]


def as_param(number, gold):
    marks = [pytest.mark.xfail(strict=True, reason=gold["missed"])] if "missed" in gold else []
    return pytest.param(number, marks=marks, id=gold["text"][:50])


@pytest.fixture(scope="module")
def document():
    return load().score((ROOT / "examples/harbour-talks.txt").read_text("utf-8"))


def test_it_is_cut_into_the_annotated_sentences(document):
    assert [sentence.text for sentence in document.sentences] == [gold["text"] for gold in GOLD]


@pytest.mark.parametrize("number", [as_param(number, gold) for number, gold in enumerate(GOLD)])
def test_its_levels(document, number):
    assert document.sentences[number].level.label == GOLD[number]["level"]
