"""Sentence boundaries: golden cases as a careful reader cuts them; what the engine misses is a strict xfail."""

import json
from pathlib import Path

import numpy as np
import pytest

from hedge.buffer import encode, make_buffer
from hedge.segment import find_sentences, has_word
from hedge.tokens import find_tokens, hash_word, hash_words

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "segmentation.jsonl").read_text("utf-8").split("\n")
    if line
]


def cut(text):
    data = encode(text)
    buffer = make_buffer(data)
    tokens = find_tokens(buffer)
    first = find_sentences(buffer, tokens)
    last = np.append(first[1:], len(tokens))
    kept = has_word(tokens, first)
    return [
        data[tokens.start[a] : tokens.end[b - 1]].decode()
        for a, b in zip(first[kept], last[: len(first)][kept], strict=True)
    ]


def as_param(row):
    marks = [pytest.mark.xfail(reason=row["xfail"], strict=True)] if "xfail" in row else []
    return pytest.param(row["text"], row["sentences"], id=row["name"], marks=marks)


@pytest.mark.parametrize(("text", "sentences"), [as_param(row) for row in ROWS])
def test_a_careful_reader_cuts_here(text, sentences):
    assert cut(text) == sentences


def test_there_are_enough_cases_and_each_has_its_own_name():
    assert len(ROWS) >= 70
    assert len({row["name"] for row in ROWS}) == len(ROWS)
    assert all(row.keys() <= {"name", "text", "sentences", "xfail"} for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_golden_sentences_stand_in_their_text_in_order(row):
    at = 0
    for sentence in row["sentences"]:
        at = row["text"].index(sentence, at) + len(sentence)


def test_no_tokens_no_sentences():
    buffer = make_buffer(b"")
    tokens = find_tokens(buffer)
    assert len(tokens) == 0
    assert find_sentences(buffer, tokens).tolist() == []
    assert has_word(tokens, find_sentences(buffer, tokens)).tolist() == []


@pytest.mark.parametrize(
    ("one", "other"), [("May", "mAY"), ("possibility", "POSSIBILITY"), ("internationalisation", "Internationalisation")]
)
def test_case_makes_no_difference_to_a_hash(one, other):
    assert hash_word(one) == hash_word(other)


def test_long_words_differ_in_every_part():
    word = "internationalisation"
    variants = [word, *(word[:i] + "z" + word[i + 1 :] for i in range(len(word)) if word[i] != "z")]
    assert len(set(hash_words(variants).tolist())) == len(variants)


def test_part_keeps_the_columns_together():
    tokens = find_tokens(make_buffer(b"It may rain today."))
    part = tokens.part(1, 3)
    assert (len(part), part.start.tolist(), part.end.tolist()) == (2, [3, 7], [6, 11])
    assert part.hash.tolist() == hash_words(["may", "rain"]).tolist()
