"""Holders: golden cases, what training makes of sources, and that a sentence's holder depends on the sentence alone."""

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import hedge
from hedge import training
from hedge.buffer import make_buffer
from hedge.corpora.example import Example, GoldHolder
from hedge.gate import look, open_gate
from hedge.gold import align_holders, assign_folds
from hedge.holder import NO_SOURCES, SOURCE_COLUMNS, Holders, choose_holders, find_holders, find_phrases
from hedge.levels import HOLDER_KINDS, Level
from hedge.lexicon import compile_lexicon, forms_of, read_entries
from hedge.passage import read_texts
from hedge.settings import Settings
from hedge.tokens import find_tokens, fold, hash_words
from hedge.training import fit_sources, teach_sources

CASES = [
    json.loads(line) for line in (Path(__file__).parent / "cases" / "holders.jsonl").read_text("utf-8").splitlines()
]
WORDS = (
    *("the", "a", "Okafor", "minister", "critics", "he", "said", "believes", "according", "to", "that", "who", "not"),
    *("suggests", "view", "in", "of", "her", "know", "if", "told", "claims", "was", ",", ".", '"', "(", "1974", ")"),
    *("sure", "considering", "asked", "trying", "find", "out", "whether", "thought", "by", "and", "them", "one"),
    *("growers'", "Arthur's", "best", "guess", "fear", "is", "looking", "into"),
)


SHIPPED = hedge.load().weights.lexicon.sources
LEXICON = compile_lexicon(forms_of(read_entries()))


def find(texts, weights=SHIPPED):
    """For each text, one sentence, its holder and kind or None; all in one buffer, without marks between."""
    buffer = make_buffer(" ".join(texts).encode())
    tokens = find_tokens(buffer)
    ends = np.cumsum([len(text.encode()) + 1 for text in texts])
    last = np.searchsorted(tokens.start, ends)
    first = np.concatenate(([0], last[:-1]))
    holders = find_holders(weights, buffer, tokens, look(open_gate(), tokens.hash), first, last)
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


def phrases_of(texts):
    """For each text, one sentence, its phrases as (first, last, kind, columns), tokens counted from its own first."""
    passage = read_texts(LEXICON, texts)
    marks = passage.marks
    phrases, columns = find_phrases(passage.buffer, passage.tokens, passage.flags, marks.first, marks.last)
    found = [[] for _ in texts]
    listed = zip(phrases.sentence, phrases.first, phrases.last, phrases.kind, columns.T.tolist(), strict=True)
    for i, first, last, kind, values in listed:
        assert marks.first[i] <= first < last <= marks.last[i]
        found[i].append((first - marks.first[i], last - marks.first[i], kind, values))
    return found


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join), min_size=1, max_size=4))
def test_neighbours_change_nothing(texts):
    assert phrases_of(texts) == [phrases_of([text])[0] for text in texts]


def test_a_phrase_is_described_by_the_words_around_it_and_its_verb():
    ((first, second),) = phrases_of(['"Rain," said two pilots, but critics never believed it.'])
    values = dict(zip(SOURCE_COLUMNS, first[-1], strict=True))
    assert first[:2] == (5, 7)
    words = fold(hash_words(["two", "pilots", "said"])).tolist()
    assert [values[name] for name in ("begins", "ends", "before")] == words
    assert [values[name] for name in ("length", "gap", "place", "earlier", "quotes")] == [2, 0, 3, 0, 1]
    values = dict(zip(SOURCE_COLUMNS, second[-1], strict=True))
    assert second[:2] == (9, 10)
    assert values["begins"] == values["ends"]
    assert [values[name] for name in ("length", "gap", "place", "earlier", "quotes")] == [1, 1, 3, 1, 1]


def test_outside_the_sentence_there_are_no_words():
    (((_, _, _, columns),),) = phrases_of(["Critics said"])
    values = dict(zip(SOURCE_COLUMNS, columns, strict=True))
    assert values["verb+1"] == values["before"] == 1
    assert values["looks+1"] == values["looks+2"] == values["looks-before"] == 0


def test_no_text_has_no_holder():
    assert find([""]) == [None]


def test_nothing_is_a_source_without_weights():
    assert find(["Okafor said it may sail."], NO_SOURCES) == [None]


def test_the_likeliest_phrase_of_each_sentence_is_its_holder_if_its_logit_is_above_0():
    sentence = np.array([0, 0, 2, 5, 5])
    phrases = Holders(sentence, np.arange(5), np.arange(5) + 1, np.zeros(5, dtype=np.uint8))
    chosen = choose_holders(phrases, np.array([3, 7, 0, -2, 1]))
    assert chosen.sentence.tolist() == [0, 5]
    assert chosen.first.tolist() == [1, 4]


def reports(count):
    """Sentences on somebody's word, as many in which a bell tells the hour, and a few whose holder isn't known."""
    names = ["Okafor", "Ödegård", "the harbour master", "two pilots"]
    said = [(f"{names[n % 4]} said the tide would turn {n}.", names[n % 4]) for n in range(count)]
    told = [(f"the old bell said the tide would turn {n}.", "") for n in range(count)]
    more = [Example(f"Berg said it rained on day {n}.", "other", f"more-{n}", hedged=False) for n in range(4)]
    return more + [
        Example(
            *(text, "records", f"day-{number}"),
            level=Level.CERTAIN,
            cues=(),
            holder=GoldHolder(text.index(name), text.index(name) + len(name), HOLDER_KINDS[0]) if name else None,
            has_holder=True,
        )
        for number, (text, name) in enumerate(said + told)
    ]


def fit(examples):
    """What the examples teach of sources, and the texts of their holders."""
    passage = read_texts(LEXICON, [example.text for example in examples])
    weights, holders = fit_sources(examples, passage, assign_folds(examples, 2, 0), Settings(folds=2))
    texts = [""] * len(examples)
    raw, tokens = passage.buffer.raw.tobytes(), passage.tokens
    for sentence, first, last in zip(holders.sentence, holders.first, holders.last, strict=True):
        texts[sentence] = raw[tokens.start[first] : tokens.end[last - 1]].decode()
    return weights, texts


def test_training_learns_who_is_a_source(monkeypatch):
    monkeypatch.setattr(training, "_ENOUGH_HOLDERS", 40)
    examples = reports(40)
    weights, held_out = fit(examples)
    marked = [e.text[e.holder.start : e.holder.end] if e.holder else "" for e in examples]
    assert held_out[4:] == marked[4:]
    found = find(["Okafor said the tide would turn 9.", "the old bell said the tide would turn."], weights)
    assert found == [("Okafor", "named"), None]


def claims(marked, document):
    """Sentences on the word of nobody, although they say so, as far as holders are marked in them."""
    return [
        Example(f"Okafor claimed the tide would turn {n}.", "records", f"{document}{n * marked}", has_holder=marked)
        for n in range(20)
    ]


def test_holders_of_training_sentences_are_found_without_their_own_fold(monkeypatch):
    monkeypatch.setattr(training, "_ENOUGH_HOLDERS", 40)
    odd = [dataclasses.replace(example, document="odd") for example in claims(marked=True, document="odd")]
    weights, held_out = fit([*reports(40), *odd])
    assert held_out[-20:] == ["Okafor"] * 20
    assert find([odd[0].text], weights) == [None]


def test_sentences_whose_holders_are_not_marked_teach_nothing(monkeypatch):
    monkeypatch.setattr(training, "_ENOUGH_HOLDERS", 40)
    weights, _ = fit([*reports(40), *claims(marked=False, document="unmarked")])
    assert find(["Okafor claimed the tide would turn."], weights) == [("Okafor", "named")]


def test_corpora_that_count_nothing_teach_no_sources(monkeypatch):
    monkeypatch.setattr(training, "_ENOUGH_HOLDERS", 40)
    examples = reports(40)
    assert teach_sources(examples, Settings())
    assert not teach_sources(examples, Settings(target="other", corpus_weights=(("records", 0.0),)))


def test_too_few_holders_leave_the_sources_of_the_general_model():
    weights, _ = fit(reports(40))
    np.testing.assert_array_equal(weights.table, SHIPPED.table)
    assert weights.bias == SHIPPED.bias


def test_phrases_are_aligned_with_the_holders_that_they_overlap():
    examples = [*reports(2), Example("Nobody said a word.", "records", "x", level=Level.CERTAIN, has_holder=True)]
    passage = read_texts(LEXICON, [example.text for example in examples])
    marks = passage.marks
    phrases, _ = find_phrases(passage.buffer, passage.tokens, passage.flags, marks.first, marks.last)
    hit = align_holders(examples, passage, phrases)
    assert set(phrases.sentence[hit].tolist()) == {number for number, e in enumerate(examples) if e.holder}
    without = [dataclasses.replace(example, holder=None) for example in examples]
    assert not align_holders(without, passage, phrases).any()
