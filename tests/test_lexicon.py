"""The lexicon as data, its matching, and for every type and reading a sentence with the cue and one without."""

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from hedge import load
from hedge.buffer import make_buffer
from hedge.candidates import find_candidates
from hedge.gate import look
from hedge.levels import CueType
from hedge.lexicon import Form, compile_lexicon, forms_of, read_entries
from hedge.segment import find_sentences
from hedge.tokens import find_tokens

READINGS = ("permission", "ability", "duty", "habit", "month", "name", "demand", "quantity", "other")
SOURCES = {"guide", "icd-203", "ipcc", "survey", "bioscope", "authored"}
CASES = [json.loads(x) for x in (Path(__file__).parent / "cases/readings.jsonl").read_text("utf-8").splitlines()]
ENTRIES = read_entries()


def test_its_size():
    assert len(ENTRIES) >= 450
    assert sum(" " in entry.phrase for entry in ENTRIES) >= 200


def test_every_entry_is_well_formed():
    for entry in ENTRIES:
        for form in (entry.phrase, *entry.forms):
            assert form == form.lower().strip()
            assert "  " not in form
            assert "-" not in form
        assert 0 <= entry.strength <= 1, entry
        assert set(entry.readings) <= set(READINGS), entry
        assert entry.source, entry
        assert set(entry.source) <= SOURCES, entry
        if entry.band:
            low, high = entry.band
            assert 0 <= low <= high <= 100, entry
            assert set(entry.source) & {"icd-203", "ipcc", "survey"}, entry


def test_it_is_sorted_and_no_form_stands_twice():
    phrases = [entry.phrase for entry in ENTRIES]
    assert phrases == sorted(phrases)
    assert [form for form, count in Counter(f.text for f in forms_of(ENTRIES)).items() if count > 1] == []


def test_stronger_bands_take_away_less():
    banded = [(sum(entry.band) / 2, entry.strength) for entry in ENTRIES if entry.band and entry.band[0] >= 50]
    strong = [strength for middle, strength in banded if middle > 85]
    weak = [strength for middle, strength in banded if middle < 75]
    assert max(strong) <= min(weak)


@pytest.mark.parametrize("kind", list(CueType))
def test_every_type_has_entries_and_both_sentences(kind):
    assert sum(entry.type is kind for entry in ENTRIES) >= 30
    assert {case["cue"] for case in CASES if case["type"] == kind.value} == {True, False}


@pytest.mark.parametrize("reading", READINGS)
def test_every_reading_has_both_sentences(reading):
    assert {case["cue"] for case in CASES if case["reading"] == reading} == {True, False}


def as_param(case):
    marks = [pytest.mark.xfail(strict=True, reason=case["missed"])] if "missed" in case else []
    return pytest.param(case, id=case["text"], marks=marks)


@pytest.mark.parametrize("case", [as_param(case) for case in CASES])
def test_cue_or_look_alike(case):
    (sentence,) = load().score_sentences([case["text"]])
    start = case["text"].index(case["words"])
    end = start + len(case["words"])
    kinds = {cue.type.value for cue in sentence.cues if cue.start < end and start < cue.end}
    if case["cue"]:
        assert kinds
        assert case["type"] is None or case["type"] in kinds
    else:
        assert not kinds
        assert case["type"] not in {cue.type.value for cue in sentence.cues}


def spans(forms, text):
    lexicon = compile_lexicon([Form(form, form, CueType.EPISTEMIC, 0.5) for form in forms])
    buffer = make_buffer(text.encode())
    tokens = find_tokens(buffer)
    starts = np.zeros(len(tokens), dtype=np.int64)
    starts[find_sentences(buffer, tokens)] = 1
    found = find_candidates(lexicon, tokens, look(lexicon.gate, tokens.hash), starts.cumsum() - 1)
    bounds = zip(tokens.start[found.first], tokens.end[found.last - 1], strict=True)
    return [text.encode()[a:b].decode() for a, b in bounds]


@pytest.mark.parametrize("count", [1, 2, 40, None])
def test_every_form_is_found_once(count):
    lexicon = compile_lexicon(forms_of(read_entries())[:count])
    hits, forms = lexicon.find(lexicon.keys)
    assert hits.tolist() == list(range(len(lexicon.keys)))
    assert forms.tolist() == lexicon.ids.tolist()


def test_the_longest_form_wins():
    forms = ["not", "not clear", "clear"]
    assert spans(forms, "It is not clear to me. Clear it is not.") == ["not clear", "Clear", "not"]


def test_a_match_that_begins_inside_one_kept_is_dropped():
    assert spans(["cannot be", "be ruled"], "This cannot be ruled out.") == ["cannot be"]
    assert spans(["cannot be", "be ruled", "ruled out"], "This cannot be ruled out.") == ["cannot be", "ruled out"]
    assert spans(["a b", "b c", "c d", "d e", "e"], "A b c d e, b c d e.") == ["A b", "c d", "e", "b c", "d e"]


def test_no_form_reaches_over_the_end_of_a_sentence():
    assert spans(["may not"], "We may. Not now.") == []


def test_apostrophes_and_hyphens_do_not_matter():
    assert spans(["can't rule out", "so called"], "We can’t rule out a so-called error.") == [
        "can’t rule out",
        "so-called",
    ]


@pytest.mark.parametrize("links", [3, 30])
def test_a_long_chain_of_overlapping_phrases_is_cut_from_left_to_right(links):
    assert spans(["more and more"], "more" + " and more" * links) == ["more and more"] * ((links + 1) // 2)
