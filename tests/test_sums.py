"""Weights of words and of pairs of words, and their sums over sentences."""

import dataclasses

import numpy as np
import pytest

from hedge.columns import level_cues, sentence_columns, set_confidence
from hedge.features import LEVEL_CUE_TEMPLATES, SENTENCE_TEMPLATES, TABLE_BITS
from hedge.judgement import cue_logits, level_logits
from hedge.packing import LARGEST_SUM, make_level_table, unpack
from hedge.passage import read_texts
from hedge.sums import PAIR_BITS, WORD_BITS, pair_places, sum_sentences, weigh_words, word_places


@pytest.mark.parametrize("low, kind", [(0, np.uint8), (-200, np.int16), (-200, np.int64)])
@pytest.mark.parametrize("bounds", [[0, 3, 20, 21, 50], [0, 0, 3, 3, 20, 50, 50]], ids=["full", "some empty"])
def test_sums_of_stretches_are_those_of_slices(low, kind, bounds):
    values = np.random.default_rng(3).integers(low, 200, 50).astype(kind)
    bounds = np.array(bounds)
    first, last = bounds[:-1], bounds[1:]
    expected = [int(values[a:b].sum()) for a, b in zip(first.tolist(), last.tolist(), strict=True)]
    assert sum_sentences(values, first, last).tolist() == expected


@pytest.mark.parametrize("kind", [np.int16, np.int64])
@pytest.mark.parametrize("count", [3, 512, 1300])
@pytest.mark.parametrize("paired", [False, True])
def test_words_and_pairs_of_many_sentences_are_weighed_as_one_by_one(paired, count, kind):
    random = np.random.default_rng(5)
    table = random.integers(-300, 300, (1 << WORD_BITS) + (1 << PAIR_BITS)).astype(kind)
    hashes = random.integers(0, 2**64, 7 * count, dtype=np.uint64)
    bounds = np.sort(random.integers(0, len(hashes) + 1, count - 1))
    # The first and the last sentence are empty, and those around the end of a block.
    bounds[:1], bounds[-1:] = 0, len(hashes)
    bounds[510:513] = bounds[510:511]
    bounds[1022:1025] = bounds[1022:1023]
    first, last = np.append(0, bounds), np.append(bounds, len(hashes))
    expected = []
    for a, b in zip(first.tolist(), last.tolist(), strict=True):
        total = sum(int(table[place]) for place in word_places(hashes[a:b]))
        expected.append(total + paired * sum(int(table[place]) for place in pair_places(hashes[a:b])[:-1]))
    found = weigh_words(table.take, hashes, first, last, paired=paired)
    assert found.tolist() == expected
    assert found.dtype == np.int64


def test_no_sentence_weighs_nothing():
    none = np.zeros(0, dtype=np.int64)
    table = np.ones((1 << WORD_BITS) + (1 << PAIR_BITS), dtype=np.int64)
    assert weigh_words(table.take, none.view(np.uint64), none, none, paired=True).tolist() == []
    empty = np.zeros(2, dtype=np.int64)
    assert weigh_words(table.take, none.view(np.uint64), empty, empty, paired=True).tolist() == [0, 0]


@pytest.mark.parametrize("text", ["rain fell " * 1500, "it may rain " * 600], ids=["words", "cues"])
def test_the_weights_of_a_long_sentence_do_not_run_over(random_weights, text):
    random = np.random.default_rng(6)
    table = make_level_table(random.integers(-30000, 30000, (3, 1 << TABLE_BITS)).astype(np.int16))
    weights = dataclasses.replace(random_weights, level_table=table)
    passage = read_texts(weights.lexicon, ["It rained.", text, "", "It may."])
    set_confidence(passage.columns, cue_logits(weights, passage))
    columns = sentence_columns(passage.tokens, passage.marks, passage.holders, passage.candidates, passage.columns)
    used = level_cues(passage.columns)
    cues = LEVEL_CUE_TEMPLATES.indices(passage.columns[:, used])
    expected = weights.level_bias + unpack(table.at(SENTENCE_TEMPLATES.indices(columns)[:, 1])).sum(axis=1)
    hashes = passage.tokens.hash[passage.marks.first[1] : passage.marks.last[1]]
    expected += unpack(table.at(word_places(hashes))).sum(axis=1)
    expected += unpack(table.at(pair_places(hashes)[:-1])).sum(axis=1)
    expected += unpack(table.at(cues[:, passage.candidates.sentence[used] == 1].ravel())).sum(axis=1)
    assert abs(expected).max() > LARGEST_SUM
    assert level_logits(weights, passage)[:, 1].tolist() == expected.tolist()


def test_sums_of_a_very_long_stretch_do_not_wrap():
    values = np.full(80_000, 32_000, dtype=np.int16)
    assert sum_sentences(values, np.array([0]), np.array([80_000])).tolist() == [2_560_000_000]


def test_heavy_weights_do_not_run_over_in_sentences_of_any_length(random_weights):
    table = make_level_table(np.full((3, 1 << TABLE_BITS), 3000, dtype=np.int16))
    weights = dataclasses.replace(random_weights, level_table=table)
    lengths = np.array([weights.longest, weights.longest + 1, 400])  # that of 400 would run over
    passage = read_texts(weights.lexicon, ["rain " * length for length in lengths.tolist()])
    set_confidence(passage.columns, cue_logits(weights, passage))
    found = level_logits(weights, passage)[0]
    assert (found - found[0]).tolist() == (2 * 3000 * (lengths - lengths[0])).tolist()
