"""The register of a sentence, and sums over sentences."""

import dataclasses

import numpy as np
import pytest

from hedge.columns import CUE_COLUMNS
from hedge.corpora.example import Example
from hedge.gold import assign_folds
from hedge.levels import Level
from hedge.lexicon import compile_lexicon, forms_of, read_entries
from hedge.register import NO_REGISTER, REGISTER_BOUNDS, Register
from hedge.score import read_texts
from hedge.sums import WORD_BITS, pair_places, sum_sentences, weigh_words, word_places
from hedge.training import Settings, choose_settings, enter_register, fit_register, train


def steps(register, texts):
    lexicon = dataclasses.replace(compile_lexicon(forms_of(read_entries())), register=register)
    return read_texts(lexicon, texts).marks.register.tolist()


def test_without_a_register_all_sentences_are_of_one_step():
    assert len(set(steps(NO_REGISTER, ["The server restarts.", "", "Tea?"]))) == 1


def test_words_of_either_kind_reach_the_first_and_the_last_step():
    words = np.full(1 << WORD_BITS, 2000, dtype=np.int32)
    assert steps(Register(words, 0), ["The server restarts."]) == [len(REGISTER_BOUNDS)]
    assert steps(Register(-words, 0), ["The server restarts."]) == [0]
    assert steps(Register(words, -10_000), [""]) == [0]


@pytest.mark.parametrize("low, kind", [(0, np.uint8), (-200, np.int32), (-200, np.int64)])
@pytest.mark.parametrize("bounds", [[0, 3, 20, 21, 50], [0, 0, 3, 3, 20, 50, 50]], ids=["full", "some empty"])
def test_sums_of_stretches_are_those_of_slices(low, kind, bounds):
    values = np.random.default_rng(3).integers(low, 200, 50).astype(kind)
    bounds = np.array(bounds)
    first, last = bounds[:-1], bounds[1:]
    expected = [int(values[a:b].sum()) for a, b in zip(first.tolist(), last.tolist(), strict=True)]
    assert sum_sentences(values, first, last).tolist() == expected


def examples(genre):
    """Twenty sentences of a genre, every other one labelled hedged, and as many of news."""
    docs = [f"The parameter list of call {n} is parsed by the compiler." for n in range(20)]
    news = [f"The minister met {n} farmers and their families at the fair." for n in range(20)]
    return [
        Example(text, "records", f"{name}-{number}", level=Level(3 if number % 2 else 1), cues=(), genre=name)
        for texts, name in ((docs, genre), (news, "news"))
        for number, text in enumerate(texts)
    ]


def test_training_learns_the_register_from_genres():
    register = train(examples("techdocs"), Settings(folds=2)).lexicon.register
    technical, other = steps(register, ["The compiler parses the parameter list.", "Farmers met the minister."])
    assert technical > other


def test_genres_without_technical_prose_teach_no_register():
    assert train(examples("opinion"), Settings(folds=2)).lexicon.register is NO_REGISTER


def test_words_that_stand_only_once_teach_no_register():
    once = [("Rain fell", "news"), ("Nobody came home", "news"), ("Press any key", "techdocs")]
    placed = [
        Example(text, "records", text, level=Level(3 if genre == "news" else 1), cues=(), genre=genre)
        for text, genre in once
    ]
    more = [dataclasses.replace(e, document=f"more-{e.document}", genre="") for e in placed]
    assert train([*placed, *more], Settings(folds=2)).lexicon.register is NO_REGISTER


@pytest.mark.parametrize("target", ["bioscope", "wikiweasel"])
def test_published_definitions_have_no_register(target):
    assert choose_settings(target).technical == ()


def test_sentences_without_a_genre_teach_nothing_of_it():
    docs = examples("techdocs")
    unplaced = [dataclasses.replace(e, document=f"more-{e.document}", genre="") for e in docs]
    alone, with_them = (train(listed, Settings(folds=2)).lexicon.register for listed in (docs, [*docs, *unplaced]))
    assert alone.words.any()
    assert (with_them.words == alone.words).all()
    assert with_them.bias == alone.bias


def test_the_register_of_training_sentences_is_learned_without_their_own_fold():
    docs, news = examples("techdocs")[:20], examples("techdocs")[20:]
    strange = [dataclasses.replace(e, text="Foobar frobnicates quux.", document="strange") for e in docs[:9]]
    listed = [*docs, *news, *strange, dataclasses.replace(news[0], genre="", document="unplaced")]
    register, held_out = fit_register(listed, assign_folds(listed, 3, 0), Settings(folds=3))
    lexicon = dataclasses.replace(compile_lexicon(forms_of(read_entries())), register=register)
    passage = read_texts(lexicon, [example.text for example in listed])
    before = passage.marks.register.copy()
    enter_register(passage, held_out)
    after = passage.marks.register
    assert (after[-10:-1] < before[-10:-1]).all()  # nobody else uses such words
    assert np.isnan(held_out[-1])
    assert after[-1] == before[-1]
    assert (passage.columns[CUE_COLUMNS.index("register")] == after[passage.candidates.sentence] + 1).all()


@pytest.mark.parametrize("paired", [False, True])
def test_words_and_pairs_of_many_sentences_are_weighed_as_one_by_one(paired):
    random = np.random.default_rng(5)
    table = random.integers(-300, 300, 2 << WORD_BITS)
    hashes = random.integers(0, 2**63, 9000).astype(np.uint64)
    bounds = np.sort(random.integers(0, len(hashes) + 1, 1299))  # some sentences are empty
    first, last = np.append(0, bounds), np.append(bounds, len(hashes))
    expected = []
    for a, b in zip(first.tolist(), last.tolist(), strict=True):
        total = sum(int(table[place]) for place in word_places(hashes[a:b]))
        expected.append(total + paired * sum(int(table[place]) for place in pair_places(hashes[a:b])[:-1]))
    assert weigh_words(table, hashes, first, last, paired=paired).tolist() == expected
