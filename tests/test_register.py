"""The register of a sentence, and sums over sentences."""

import dataclasses

import numpy as np
import pytest

from hedge.corpora.example import Example
from hedge.levels import Level
from hedge.lexicon import compile_lexicon, forms_of, read_entries
from hedge.register import NO_REGISTER, REGISTER_BOUNDS, WORD_BITS, Register, sum_sentences
from hedge.score import read_texts
from hedge.training import Settings, train


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


@pytest.mark.parametrize("kind", [np.uint8, np.int32, np.int64])
def test_sums_of_stretches_are_those_of_slices(kind):
    random = np.random.default_rng(3)
    values = random.integers(0, 200, 50).astype(kind)
    bounds = np.sort(random.integers(0, 51, 20))
    bounds[0], bounds[-1] = 0, 50
    first, last = bounds[:-1], bounds[1:]
    expected = [int(values[a:b].sum()) for a, b in zip(first.tolist(), last.tolist(), strict=True)]
    assert sum_sentences(values, first, last).tolist() == expected


def examples(genre):
    """Ten plain and ten hedged sentences of documentation, and as many of something else."""
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
    assert not train(examples("opinion"), Settings(folds=2)).lexicon.register.words.any()


def test_sentences_without_a_genre_teach_nothing_of_it():
    docs = examples("techdocs")
    unplaced = [dataclasses.replace(e, document=f"more-{e.document}", genre="") for e in docs]
    alone, with_them = (train(listed, Settings(folds=2)).lexicon.register for listed in (docs, [*docs, *unplaced]))
    assert (with_them.words == alone.words).all()
