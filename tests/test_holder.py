"""Holders: golden cases, and that a sentence's holder depends on the sentence alone."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedge.buffer import make_buffer
from hedge.gate import look, open_gate
from hedge.holder import find_holders
from hedge.levels import HOLDER_KINDS
from hedge.tokens import find_tokens

CASES = [
    json.loads(line) for line in (Path(__file__).parent / "cases" / "holders.jsonl").read_text("utf-8").splitlines()
]
WORDS = (
    *("the", "a", "Okafor", "minister", "critics", "he", "said", "believes", "according", "to", "that", "who", "not"),
    *("suggests", "view", "in", "of", "her", "know", "if", "told", "claims", "was", ",", ".", '"', "(", "1974", ")"),
    *("sure", "considering", "asked", "trying", "find", "out", "whether", "thought", "by", "and", "them", "one"),
    *("growers'", "Arthur's", "best", "guess", "fear", "is", "looking", "into"),
)


def find(texts):
    """For each text, one sentence, its holder and kind or None; all in one buffer, without marks between."""
    buffer = make_buffer(" ".join(texts).encode())
    tokens = find_tokens(buffer)
    ends = np.cumsum([len(text.encode()) + 1 for text in texts])
    last = np.searchsorted(tokens.start, ends)
    first = np.concatenate(([0], last[:-1]))
    holders = find_holders(buffer, tokens, look(open_gate(), tokens.hash), first, last)
    found = [None] * len(texts)
    raw = buffer.raw.tobytes()
    for i, begin, end, kind in zip(holders.sentence, holders.first, holders.last, holders.kind, strict=True):
        assert first[i] <= begin < end <= last[i]
        found[i] = (raw[tokens.start[begin] : tokens.end[end - 1]].decode(), HOLDER_KINDS[kind].value)
    return found


def case(record):
    marks = [pytest.mark.xfail(strict=True, reason=record["missed"])] if "missed" in record else []
    return pytest.param(record, marks=marks, id=record["text"][:40])


@pytest.mark.parametrize("record", [case(record) for record in CASES])
def test_golden(record):
    expected = (record["holder"], record["kind"]) if record["holder"] else None
    assert find([record["text"]]) == [expected]


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join), min_size=1, max_size=4))
def test_neighbours_change_nothing(texts):
    assert find(texts) == [find([text])[0] for text in texts]


def test_no_text_has_no_holder():
    assert find([""]) == [None]
