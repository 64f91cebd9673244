"""The register of a sentence."""

import dataclasses

import numpy as np
import pytest

from hedge import training
from hedge.columns import CUE_COLUMNS
from hedge.corpora.example import Example
from hedge.gold import assign_folds
from hedge.levels import Level
from hedge.lexicon import compile_lexicon, forms_of, read_entries
from hedge.passage import read_texts
from hedge.register import NO_REGISTER, REGISTER_BOUNDS, Register
from hedge.settings import Settings, choose_settings
from hedge.sums import WORD_BITS
from hedge.training import enter_register, fit_register, train


def steps(register, texts):
    lexicon = dataclasses.replace(compile_lexicon(forms_of(read_entries())), register=register)
    return read_texts(lexicon, texts).marks.register.tolist()


def test_without_a_register_all_sentences_are_of_one_step():
    assert len(set(steps(NO_REGISTER, ["The server restarts.", "", "Tea?"]))) == 1


def test_words_of_either_kind_reach_the_first_and_the_last_step():
    words = np.full(1 << WORD_BITS, 2000, dtype=np.int16)
    assert steps(Register(words, 0), ["The server restarts."]) == [len(REGISTER_BOUNDS)]
    assert steps(Register(-words, 0), ["The server restarts."]) == [0]
    assert steps(Register(words, -10_000), [""]) == [0]


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


def test_training_gives_sentences_the_register_of_the_other_folds(monkeypatch):
    seen = []
    monkeypatch.setattr(training, "enter_register", lambda passage, held_out: seen.append((passage, held_out)))
    train(examples("techdocs"), Settings(folds=2))
    ((passage, held_out),) = seen
    assert len(held_out) == len(passage.marks.first)
    assert np.isfinite(held_out).all()
