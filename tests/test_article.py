"""The article in examples/, read from the file and judged sentence by sentence as it was annotated by hand."""

import json
from pathlib import Path

import pytest

from hedge import load

ROOT = Path(__file__).parents[1]
GOLD = [json.loads(line) for line in (ROOT / "tests/cases/harbour-talks.jsonl").read_text("utf-8").splitlines()]


MISSED = {
    '"We could have the first boat out by noon, but nobody here is promising that," the': "certain",
    'Economists at Norbank called a return of the strike in the spring "a likely possibility" if fuel': "possible",
}
"""Beginnings of sentences that are misread, and as what."""


def as_param(number, gold):
    missed = [level for beginning, level in MISSED.items() if gold["text"].startswith(beginning)]
    marks = [pytest.mark.xfail(strict=True, reason=f"judged {level}") for level in missed]
    return pytest.param(number, gold["level"], id=gold["text"][:50], marks=marks)


@pytest.fixture(scope="module")
def document():
    return load().score((ROOT / "examples/harbour-talks.txt").read_text("utf-8"))


def test_it_is_cut_into_the_annotated_sentences(document):
    assert [sentence.text for sentence in document.sentences] == [gold["text"] for gold in GOLD]


@pytest.mark.parametrize(("number", "level"), [as_param(number, gold) for number, gold in enumerate(GOLD)])
def test_its_levels(document, number, level):
    assert document.sentences[number].level.label == level
