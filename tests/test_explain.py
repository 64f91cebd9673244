"""Explanations: the contributions add up, in words, and the what-ifs are what scoring says."""

import json
import math
import re

import pytest
from commands import call, fails, run
from hypothesis import given
from hypothesis import strategies as st

import hedge
from hedge.explain import explain_text
from hedge.levels import CUE_TYPES
from hedge.render.explanation import render
from hedge.render.marks import PLAIN, Style

WORDS = (
    "may May the ferry not if it will said some experts likely suggests that ? . , Clearly could “perhaps” naïve 5 to"
)
texts = st.lists(st.sampled_from(WORDS.split()), max_size=25).map(" ".join) | st.text(max_size=60)
MAY = "A senior port official said the terminal may reopen in May."


def sigmoid(value):
    return 1 / (1 + math.exp(-value))


@pytest.fixture(scope="module")
def model():
    return hedge.load()


@given(texts)
def test_contributions_add_up_to_the_logits_that_scoring_uses(random_weights, text):
    for explained in explain_text(random_weights, text).sentences:
        for bound in range(3):
            total = math.fsum(found.logits[bound] for found in explained.contributions)
            assert total == pytest.approx(explained.logits[bound], abs=1e-9)
        p = [sigmoid(logit) for logit in explained.logits]
        if p[0] >= p[1] >= p[2]:  # else the probabilities are averaged
            found = explained.sentence.probabilities
            expected = (1 - p[0], p[0] - p[1], p[1] - p[2], p[2])
            assert found == pytest.approx(expected, abs=1e-9)
        order = [found.toward_hedged for found in explained.contributions]
        assert order == sorted(order, reverse=True)


@given(texts)
def test_candidates_contributions_add_up_to_their_logits(random_weights, text):
    for explained in explain_text(random_weights, text).sentences:
        for candidate in explained.candidates:
            total = math.fsum(found.logit for found in candidate.contributions)
            assert total == pytest.approx(candidate.logit, abs=1e-9)
            assert sigmoid(candidate.logit) == pytest.approx(candidate.probability, abs=1e-9)
            assert explained.sentence.text[candidate.start : candidate.end] == candidate.text
        accepted = [candidate for candidate in explained.candidates if candidate.accepted]
        for candidate, cue in zip(accepted, explained.sentence.cues, strict=True):
            assert candidate.start <= cue.start < cue.end <= candidate.end
            assert candidate.type == cue.type


def test_the_month_is_rejected_as_a_month(model):
    (explained,) = model.explain(MAY).sentences
    may, month = explained.candidates
    assert (may.text, may.accepted, may.reading) == ("may", True, "")
    assert (month.text, month.accepted, month.reading) == ("May", False, "month")
    assert month.probability < 0.5 < may.probability


def test_what_ifs_are_what_scoring_says_of_the_changed_sentence(model):
    (explained,) = model.explain(MAY).sentences
    removed, negated = explained.what_ifs
    assert removed.text == "A senior port official said the terminal reopen in May."
    assert negated.text == "A senior port official said the terminal may not reopen in May."
    for what_if in explained.what_ifs:
        (sentence,) = model.score_sentences([what_if.text])
        assert (what_if.level, what_if.p_hedged) == (sentence.level, sentence.p_hedged)
    assert removed.level > explained.sentence.level


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("Perhaps it rained.", "It rained."),
        ("It rained, apparently.", "It rained."),
        ("It rained, apparently, and snowed.", "It rained, and snowed."),
    ],
)
def test_a_sentence_without_its_cue_is_written_as_one_would(model, text, without):
    (explained,) = model.explain(text).sentences
    assert [w.text for w in explained.what_ifs if w.change == "removed"] == [without]


def test_features_are_named_by_what_they_hold(model):
    (explained,) = model.explain(MAY).sentences
    names = {found.name for found in explained.candidates[0].contributions}
    assert {"words: may, word after: reopen", "entry: may, word before: terminal", "every candidate"} <= names
    subjects = {(found.source, found.subject) for found in explained.contributions}
    words = {("word", "terminal"), ("words", "port official")}
    assert words | {("cue", "may"), ("sentence", "hedges together"), ("base", "")} <= subjects


def test_a_list_number_is_not_named_as_the_first_word(model):
    (explained,) = model.explain("1. Rain may fall.").sentences
    names = {found.name for found in explained.candidates[0].contributions}
    assert "words: may, first word: rain" in names


def test_the_second_word_of_a_sentence_speaks_for_its_level(model):
    (explained,) = model.explain("Who knew?").sentences
    assert "question mark: at the end, first word: who, second word: knew" in {c.name for c in explained.contributions}


def test_a_question_without_cues_is_hedged_by_its_question_mark(model):
    (explained,) = model.explain("Will it rain?").sentences
    assert explained.contributions[0].subject == "question mark"
    assert "hedges together" not in {found.subject for found in explained.contributions}


def test_a_sentence_that_the_number_of_a_note_ends_is_explained_alone(model):
    explained, _ = model.explain("It is unlikely.12 The next one is here.").sentences
    assert [candidate.text for candidate in explained.candidates] == ["unlikely"]


@given(texts)
def test_json_holds_all_of_it(random_weights, text):
    explanation = explain_text(random_weights, text)
    found = json.loads(json.dumps(explanation.to_dict()))["sentences"]
    assert [len(s["contributions"]) for s in found] == [len(s.contributions) for s in explanation.sentences]
    assert {c["type"] for s in found for c in s["candidates"]} <= {kind.value for kind in CUE_TYPES}


@given(texts)
def test_the_text_shows_sums_that_add_up(random_weights, text):
    for every in (False, True):
        for part, explained in zip(
            [p for p in render(explain_text(random_weights, text), every=every).split("\n\n") if p],
            explain_text(random_weights, text).sentences,
            strict=True,
        ):
            shown = [float(value) for value in re.findall(r"^ {4,}([+-]\d+\.\d\d)  ", part, re.MULTILINE)]
            assert sum(shown) == pytest.approx(explained.toward_hedged, abs=0.006 * len(shown))


def test_explanations_on_the_command_line():
    output = run("explain", MAY)
    assert output.startswith("possible")
    assert "May                  0.0" in output
    assert 'without "may"' in output
    assert len(run("explain", MAY, "--all")) > 2 * len(output)
    assert json.loads(run("explain", MAY, "--format", "json"))["sentences"][0]["sentence"]["level"] == "possible"
    assert run("explain", "-", input=MAY.encode()) == output


@pytest.mark.parametrize("text", ["", "  ", "...", "-", "_!"])
def test_nothing_to_explain_is_an_error(text):
    assert "no sentence to explain" in fails("explain", text)


def test_control_characters_in_an_explanation_are_replaced(random_weights):
    for style in (PLAIN, Style(True, 80)):
        written = render(explain_text(random_weights, "It may\x07 \x9b2J rain\u202e."), style, every=True)
        assert not any(character in written for character in "\x07\x9b\u202e")


def test_verbs_keep_their_negator_and_are_not_negated_again(model):
    (explained,) = model.explain("From this photograph I can’t judge whether the roof is sound.").sentences
    (cant,) = (found for found in explained.candidates if found.text.startswith("can"))
    assert cant.text == "can’t"
    negated = [what_if.text for what_if in explained.what_ifs if what_if.change == "negated"]
    assert not any("not can" in text or "can not" in text for text in negated)


def test_what_is_negated_is_not_negated_again(model):
    (explained,) = model.explain("He may not come.").sentences
    assert not any("not not" in what_if.text for what_if in explained.what_ifs)


def test_a_file_by_its_name_is_noted(tmp_path):
    (tmp_path / "draft.txt").write_text("It may rain.", "utf-8")
    done = call("explain", "draft.txt", cwd=tmp_path)
    note = "draft.txt is a file's name, explained here as a sentence; for what is in it: hedge explain - < FILE"
    assert (done.returncode, done.stderr.decode()) == (0, f"hedge: note: {note}\n")


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("The port may close.", ["The port may not close."]),
        ("The port is likely to close.", ["The port is not likely to close."]),
        ("Perhaps the port closed.", []),
        ("The minister appears to agree.", []),
        ("They believe it will close.", []),
    ],
)
def test_only_what_not_can_negate_is_negated(model, text, negated):
    (explained,) = model.explain(text).sentences
    assert [what_if.text for what_if in explained.what_ifs if what_if.change == "negated"] == negated


def test_an_explanation_as_a_dictionary_is_plain(random_weights):
    found = explain_text(random_weights, "Dunn said it may rain.").to_dict()
    assert found["sentences"]
    assert json.loads(json.dumps(found)) == found
