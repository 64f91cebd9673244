"""Figures beside gold labels, against sums done by hand; and that what is measured was held out."""

import math
from dataclasses import replace

import pytest

import hedge
from hedge import evaluate, validate
from hedge.cli import training
from hedge.corpora.example import Example, GoldCue, GoldHolder
from hedge.document import Cue, Holder, Sentence
from hedge.evaluate import Difference, Judged, compare, measure
from hedge.levels import CueType, HolderKind, Level
from hedge.settings import Settings

TEXT = "Officials say it may rain."
MAY, SAY, RAIN = (17, 20), (10, 13), (21, 25)
U, O, P, C = Level  # noqa: E741


def judged(*rows, document="d"):
    """Rows of gold level, judged level, probability of being hedged, gold and found cues, gold and found holder."""
    examples, sentences = [], []
    for number, (gold, said, p, marked, found, source, held) in enumerate(rows):
        cues = tuple(GoldCue(*span, kind) for span, kind in marked)
        holder = GoldHolder(0, 9, source) if source else None
        examples.append(
            Example(TEXT, "mine", f"{document}{number}", gold < C, gold, cues=cues, holder=holder, has_holder=True)
        )
        shown = tuple(Cue(TEXT[a:b], a, b, kind, 0.9, False) for (a, b), kind in found)
        who = Holder(TEXT[:9], 0, 9, held) if held else None
        sentences.append(Sentence(TEXT, 0, len(TEXT), said, 1 - p, p, (0.0, p, 0.0, 1 - p), shown, who))
    return Judged(tuple(examples), tuple(sentences))


EPISTEMIC, DOXASTIC = CueType.EPISTEMIC, CueType.DOXASTIC
NAMED, GROUP = HolderKind.NAMED, HolderKind.COLLECTIVE
TABLE = judged(
    (O, O, 0.9, [(MAY, EPISTEMIC)], [(MAY, EPISTEMIC)], GROUP, GROUP),
    (O, P, 0.8, [(MAY, EPISTEMIC)], [((14, 20), DOXASTIC)], GROUP, NAMED),
    (P, C, 0.4, [(SAY, DOXASTIC)], [], None, GROUP),
    (C, P, 0.6, [], [(RAIN, EPISTEMIC)], GROUP, None),
    (C, C, 0.1, [], [], None, None),
    (C, C, 0.0, [], [], None, None),
)


def test_figures_are_those_done_by_hand():
    figures = measure(TABLE)
    assert figures["sentences"] == 6
    assert (figures["precision"], figures["recall"], figures["f1"]) == pytest.approx((2 / 3, 2 / 3, 2 / 3))
    assert figures["auc"] == pytest.approx(8 / 9)  # of 3 * 3 pairs one is the wrong way round
    assert figures["brier"] == pytest.approx((0.01 + 0.04 + 0.36 + 0.36 + 0.01 + 0.0) / 6)
    assert figures["ece"] == pytest.approx((0.1 + 0.2 + 0.6 + 0.6 + 0.1 + 0.0) / 6)
    assert figures["level_accuracy"] == pytest.approx(3 / 6)
    assert math.isnan(figures["f1_uncommitted"])
    assert figures["f1_possible"] == pytest.approx(2 / 3)
    assert figures["f1_probable"] == 0
    assert figures["f1_certain"] == pytest.approx(2 * 2 / (2 * 2 + 1 + 1))
    assert figures["level_macro_f1"] == pytest.approx((2 / 3 + 0 + 2 / 3) / 3)
    assert (figures["cue_precision"], figures["cue_recall"], figures["cue_f1"]) == pytest.approx((2 / 3, 2 / 3, 2 / 3))
    assert (figures["cue_span_accuracy"], figures["cue_type_accuracy"]) == (0.5, 0.5)
    assert (figures["holder_f1"], figures["holder_kind_accuracy"]) == pytest.approx((2 * 2 / (2 * 2 + 1 + 1), 0.5))


def test_what_there_is_none_of_has_no_figure():
    figures = measure(TABLE.subset([4, 5]))
    undefined = {name for name, value in figures.items() if math.isnan(value)}
    assert {"precision", "recall", "f1", "auc", "cue_f1", "cue_span_accuracy", "f1_possible"} <= undefined
    assert {"holder_f1", "holder_kind_accuracy"} <= undefined
    assert (figures["level_accuracy"], figures["level_macro_f1"]) == (1.0, 1.0)


def test_models_are_compared_by_documents_drawn_again():
    examples = tuple(replace(e, document=f"{copy} {e.document}") for copy in range(20) for e in TABLE.examples)
    better = Judged(examples, tuple(map(right, examples)))
    worse = Judged(examples, TABLE.sentences * 20)
    by_name = {d.name: d for d in compare(worse, better, samples=50)}
    assert (by_name["f1"].old, by_name["f1"].new) == pytest.approx((2 / 3, 1))
    assert by_name["f1"].low <= 1 / 3 <= by_name["f1"].high
    assert by_name["f1"].better and not by_name["f1"].worse
    assert by_name["ece"].better and not by_name["ece"].worse
    back = {d.name: d for d in compare(better, worse, samples=50)}
    assert back["level_accuracy"].worse and back["brier"].worse
    assert not back["f1"].better


def right(example):
    """The judgement that an example asks for."""
    p = float(example.level < C)
    return Sentence(TEXT, 0, len(TEXT), example.level, 1 - p, p, (0.0, p, 0.0, 1 - p), (), None)


@pytest.mark.parametrize(
    ("name", "low", "high", "better", "worse"),
    [
        *(("f1", 0.1, 0.2, True, False), ("f1", -0.2, -0.1, False, True), ("f1", -0.1, 0.1, False, False)),
        *(("ece", 0.1, 0.2, False, True), ("brier", -0.2, -0.1, True, False), ("f1", 0.0, 0.1, False, False)),
    ],
)
def test_an_interval_without_zero_says_better_or_worse(name, low, high, better, worse):
    difference = Difference(name, 0.5, 0.5, low, high)
    assert (difference.better, difference.worse) == (better, worse)


GENERAL = hedge.load()
SENTENCES = [
    Example(f"It {'may' if hedged else 'did'} rain on day {day} in town {town}.", "mine", f"town {town}", hedged=hedged)
    for town in range(10)
    for day in range(2)
    for hedged in (True, False)
]


def test_what_adapting_reports_was_held_out(monkeypatch):
    taught = []

    def adapt(base, examples, settings, progress):
        taught.append({example.document for example in examples})
        return base

    monkeypatch.setattr(training, "adapt", adapt)
    monkeypatch.setattr(training, "check_examples", lambda examples: None)
    settings = Settings(target="mine", seed=1)
    new, old = training._hold_out(SENTENCES, settings, GENERAL, GENERAL, lambda step: None)
    assert sorted(e.text for e in new.examples) == sorted(e.text for e in SENTENCES)
    assert [e.text for e in new.examples] == [e.text for e in old.examples]
    tested = [{e.document for e in SENTENCES} - documents for documents in taught]
    assert [len(documents) for documents in tested] == [2] * 5
    assert set.union(*tested) == {e.document for e in SENTENCES}
    monkeypatch.setattr(training, "_FEW", len(SENTENCES) - 1)
    last, _ = training._hold_out(SENTENCES, settings, GENERAL, None, lambda step: None)
    assert len(taught) == 6
    assert {e.document for e in last.examples}.isdisjoint(taught[-1])


def test_cross_validation_never_tests_what_it_trained_on(monkeypatch):
    taught = []
    monkeypatch.setattr(validate, "train", lambda examples, settings: taught.append(examples) or GENERAL.weights)
    monkeypatch.setattr(validate, "score_texts", lambda weights, texts: [GENERAL.score_sentences(texts)] and texts)
    found = validate.cross_validate(SENTENCES, Settings(target="mine"), always=SENTENCES[:1], folds=5)
    assert sorted(e.text for e in found.examples) == sorted(e.text for e in SENTENCES)
    assert [e.text for e in found.examples] == list(found.sentences)
    documents = [{e.document for e in examples[:-1]} for examples in taught]
    assert [examples[-1] for examples in taught] == SENTENCES[:1] * 5
    assert all(len(seen) == 8 for seen in documents)
    tested = [{e.document for e in SENTENCES} - seen for seen in documents]
    assert set.union(*tested) == {e.document for e in SENTENCES}


def test_join_keeps_order():
    both = evaluate.join([TABLE.subset([0]), TABLE.subset([3, 1])])
    assert both.examples == tuple(TABLE.examples[i] for i in (0, 3, 1))
