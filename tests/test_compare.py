"""Two texts side by side: what is matched with what, what changed, and how the verdict says it."""

import math
import random
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import hedge
from hedge import alignment
from hedge.alignment import LOOSE
from hedge.compare import Comparison, Pair, compare
from hedge.document import Cue, Sentence
from hedge.levels import CueType, Level
from hedge.score import score_text

SCORE = hedge.load().score
SENTENCES = [
    "The port may close on Friday.",
    "Analysts expect oil prices to rise.",
    "The mayor of Larne visited the old school.",
    "Nobody knows whether the comet will return.",
    "Two drivers were hurt near the tunnel.",
    "A drug trial suggests a lower risk of stroke.",
]
texts = st.lists(st.sampled_from([*SENTENCES, "It may.", "May it?", "1.", "The port will close."]), max_size=8).map(
    "\n\n".join
)


def contrast(before, after):
    return compare(SCORE(before), SCORE(after))


def seen(comparison):
    return [
        (pair.change, pair.before and pair.before.text, pair.after and pair.after.text) for pair in comparison.pairs
    ]


def words(cues):
    return [cue.text for cue in cues]


def test_a_hedge_that_was_lost_makes_the_claim_firmer():
    (pair,) = contrast("The port may close on Friday.", "The port will close on Friday.").pairs
    assert (pair.change, pair.similarity, words(pair.lost), pair.added) == ("firmer", 1.0, ["may"], ())


def test_a_hedge_that_was_added_makes_the_claim_weaker():
    (pair,) = contrast("The port closes on Friday.", "Perhaps the port may close on Friday.").pairs
    assert (pair.change, pair.similarity, pair.lost, words(pair.added)) == ("weaker", 1.0, (), ["Perhaps", "may"])


def test_a_hedge_for_a_hedge_matters_though_the_level_stays():
    (pair,) = contrast("The port may close on Friday.", "The port MIGHT close on Friday.").pairs
    assert (pair.change, pair.matters, words(pair.lost), words(pair.added)) == ("same", True, ["may"], ["MIGHT"])


def test_cues_are_compared_by_their_words_in_lower_case_and_by_how_often_they_stand():
    (pair,) = contrast("The bridge may fall, it may flood and it may rain.", "It may flood: the bridge MAY fall.").pairs
    assert len(pair.before.cues) > len(pair.after.cues) > 0
    assert len(pair.lost) == len(pair.before.cues) - len(pair.after.cues)
    assert pair.added == ()


def test_boosters_are_no_hedges():
    (pair,) = contrast("The plan protects the river.", "The plan undoubtedly protects the river.").pairs
    assert (pair.change, pair.added, words(pair.boosters), pair.matters) == ("same", (), ["undoubtedly"], True)


@given(texts)
def test_a_text_beside_itself_is_the_same(random_weights, text):
    document = score_text(random_weights, text)
    found = compare(document, document)
    assert [pair.after for pair in found.pairs] == list(document.sentences)
    assert {(pair.change, pair.similarity, pair.matters) for pair in found.pairs} <= {("same", 1.0, False)}


@given(texts | st.text(max_size=60), texts | st.text(max_size=60))
def test_every_sentence_of_both_texts_is_there(random_weights, before, after):
    before, after = score_text(random_weights, before), score_text(random_weights, after)
    pairs = compare(before, after).pairs
    assert {pair.before.start for pair in pairs if pair.before} == {s.start for s in before.sentences}
    order = [pair.after.start for pair in pairs if pair.after]
    assert list(dict.fromkeys(order)) == [s.start for s in after.sentences]
    assert order == sorted(order)
    for pair in pairs:
        assert pair.before or pair.after
        assert (pair.similarity > 0) == (pair.before is not None and pair.after is not None)
        assert pair.similarity <= 1
        assert set(pair.lost) <= set(pair.before.cues if pair.before else ())
        assert set(pair.added) <= set(pair.after.cues if pair.after else ())


@given(st.permutations(SENTENCES))
def test_order_does_not_matter_for_what_is_matched(shuffled):
    found = contrast("\n\n".join(SENTENCES), "\n\n".join(shuffled))
    assert seen(found) == [("same", text, text) for text in shuffled]


@given(st.sampled_from(SENTENCES), st.sampled_from(["The port will close on Friday.", "Oil prices rise.", "No."]))
def test_the_other_way_round_firmer_is_weaker(one, other):
    turned = {"firmer": "weaker", "weaker": "firmer", "same": "same"}
    there, back = contrast(one, other).pairs, contrast(other, one).pairs
    assert len(there) == len(back)
    if len(there) == 1:
        assert back[0].change == turned[there[0].change]
        assert (back[0].lost, back[0].added) == (there[0].added, there[0].lost)
        assert back[0].similarity == pytest.approx(there[0].similarity)


def test_what_was_removed_stands_where_it_stood():
    one, two, three, four, *_ = SENTENCES
    found = contrast("\n\n".join([one, two, three, four]), "\n\n".join([four, two]))
    assert seen(found) == [("removed", one, None), ("same", four, four), ("same", two, two), ("removed", three, None)]
    assert [pair.matters for pair in found.pairs] == [True, False, False, False]


def test_sentences_that_share_one_word_by_chance_are_no_pair():
    found = contrast("Most residents of the town have had enough.", "Residents of Larne slept in the old valley.")
    assert [pair.change for pair in found.pairs] == ["removed", "added"]


def test_lines_that_differ_in_a_number_are_matched_by_it():
    before = "\n\n".join(f"Reading {number} of the gauge may be wrong." for number in range(40))
    after = "\n\n".join(f"Reading {number} of the gauge is wrong." for number in range(3, 40))
    pairs = [pair for pair in contrast(before, after).pairs if pair.before and pair.after]
    assert len(pairs) == 37
    assert {pair.before.text.replace("may be", "is") == pair.after.text for pair in pairs} == {True}


def test_where_the_words_are_equally_alike_the_place_decides():
    before = "\n\n".join(["The old port may close.", *SENTENCES[1:3], "The new port may close."])
    after = "\n\n".join(["A port closes.", *SENTENCES[1:3], "A port will close."])
    pairs = {pair.before.text: pair.after.text for pair in contrast(before, after).pairs}
    assert pairs["The old port may close."] == "A port closes."
    assert pairs["The new port may close."] == "A port will close."


SPLIT = "The port may close on Friday. The ferries to Sandoy may stop sailing."
MERGED = "The port closes on Friday and the ferries to Sandoy stop sailing."


def test_a_sentence_that_was_split_is_the_counterpart_of_its_parts():
    whole = "The port may close on Friday and the ferries could stop sailing."
    found = contrast(whole, "The port closes on Friday. The ferries stop sailing.")
    assert [(pair.change, pair.before.text) for pair in found.pairs] == [("firmer", whole)] * 2


def test_hedged_sentences_that_were_merged_both_have_a_counterpart():
    found = contrast(SPLIT, MERGED)
    assert [(pair.change, pair.after.text) for pair in found.pairs] == [("firmer", MERGED)] * 2


def test_a_fact_that_was_merged_into_a_hedged_sentence_did_not_become_weaker():
    merged = "The port closed and the ferries to Sandoy may stop sailing."
    found = contrast("The ferries to Sandoy may stop sailing. The port closed.", merged)
    assert [pair.change for pair in found.pairs] == ["same", "removed"]


def test_a_summary_may_use_a_source_twice():
    source = (
        "In three large trials the drug did not reduce deaths of older people, and it may raise the risk of bleeding. "
        "The trials ran in Denmark. They were paid for by the state."
    )
    found = contrast(source, "The drug did not reduce deaths. It raises the risk of bleeding.")
    assert [pair.before.text[:14] for pair in found.pairs if pair.after] == ["In three large"] * 2


bags = st.lists(st.sets(st.sampled_from("abcdefgh"), max_size=5), max_size=7)


@given(bags, bags, st.integers(1, 40))
def test_similarity_is_the_cosine_of_weighted_words(old, new, cells):
    spread = Counter(word for bag in (*old, *new) for word in bag)
    weights = {word: math.log1p((len(old) + len(new)) / count) for word, count in spread.items()}

    def product(one, other):
        return sum(weights[word] ** 2 for word in one & other)

    found = np.zeros((len(new), len(old)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(alignment, "_CELLS", cells)
        for first, block in alignment._similarities(old, new):
            found[first : first + len(block)] = block
    for j, here in enumerate(new):
        for i, there in enumerate(old):
            length = math.sqrt(product(here, here) * product(there, there))
            assert found[j, i] == pytest.approx(product(here, there) / length if length else 0)


@pytest.mark.parametrize(
    "forms",
    ["close closes closed closing closure", "city cities", "evacuate evacuated evacuation", "risk risks", "cut cuts"],
)
def test_forms_of_a_word_are_one_word(forms):
    assert len({stem for form in forms.split() for stem in alignment._content(sentence(f"Zed {form}"))} - {"zed"}) == 1


def sentence(text, level=Level.CERTAIN, cues=()):
    spans = [(word, text.index(word), kind) for word, kind in cues]
    made = tuple(Cue(word, start, start + len(word), kind, 0.9, False) for word, start, kind in spans)
    return Sentence(text, 0, len(text), level, 1.0, 0.0, (0.0, 0.0, 0.0, 1.0), made, None)


def moved(before, after, similarity=1.0):
    return Pair(before, after, similarity, before.cues, after.cues, ())


MAY = sentence("The port may close.", Level.POSSIBLE, [("may", CueType.EPISTEMIC)])
WILL = sentence("The port will close.")


def test_the_verdict_counts_and_quotes():
    assert Comparison((moved(MAY, WILL),)).verdict() == [
        "1 claim became more certain: “port may close.” → “port will close.” (possible → certain)."
    ]
    both = Comparison((moved(MAY, WILL), moved(MAY, WILL), moved(WILL, MAY, LOOSE - 0.1)))
    assert both.verdict()[0].startswith("2 claims became more certain: ")
    assert both.verdict()[1:] == [
        "1 claim became less certain: “port will close.” → “port may close.” (certain → possible).",
        "1 of these pairs is only loosely alike; read both sentences.",
    ]


def test_the_verdict_quotes_five_at_the_most():
    verdict = Comparison((moved(MAY, WILL),) * 7).verdict()
    assert verdict[0].count(" → ") == 2 * 5
    assert verdict[0].endswith("; and 2 more.")


def test_the_verdict_names_the_texts():
    found = Comparison((moved(WILL, WILL), Pair(MAY, None, 0, MAY.cues, (), ()), Pair(None, MAY, 0, (), MAY.cues, ())))
    assert found.verdict("a.txt", "b.txt") == [
        "No claim changed its level.",
        "1 hedged sentence of a.txt has no counterpart in b.txt.",
        "1 hedged sentence of b.txt has no counterpart in a.txt.",
    ]
    two = Comparison((Pair(MAY, None, 0, MAY.cues, (), ()),) * 2)
    assert two.verdict() == ["No sentence of B is like one of A.", "2 hedged sentences of A have no counterpart in B."]


def test_the_verdict_tells_of_other_hedges_and_of_boosters():
    might = sentence("The port might close.", Level.POSSIBLE, [("might", CueType.EPISTEMIC)])
    surely = sentence("Clearly, the port will close.", cues=[("Clearly", CueType.BOOSTER)])
    found = Comparison((moved(MAY, might), Pair(WILL, surely, 1.0, (), (), surely.cues)))
    assert found.verdict() == [
        "No claim changed its level.",
        "1 claim kept its level with other hedges.",
        "B stresses certainty where A doesn't: “clearly”.",
    ]


def test_a_quote_of_sentences_that_differ_much_stands_around_the_hedge():
    long = "A committee of nine that met on Monday found that the old port of the northern islands may close in spring."
    before = sentence(long, Level.POSSIBLE, [("may", CueType.EPISTEMIC)])
    verdict = Comparison((moved(before, sentence('"It closes," he said.')),)).verdict()
    assert '“… old port of the northern islands may close in spring.” → “"It closes," he said.” (' in verdict[0]


def test_long_texts_are_matched_in_moderate_time_and_whatever_their_order():
    generator = random.Random(1)
    lines = [" ".join(generator.choices("port gale ferry road mayor cliff", k=4)) + f" {n}." for n in range(1500)]
    shuffled = generator.sample(lines, len(lines))
    found = contrast(
        "\n\n".join(f"Perhaps {line}" for line in lines), "\n\n".join(f"Surely {line}" for line in shuffled)
    )
    numbers = [(p.before.text.split()[-1], p.after.text.split()[-1]) for p in found.pairs if p.before and p.after]
    assert sum(before == after for before, after in numbers) > 0.99 * len(lines)


def test_a_source_that_was_dropped_or_added_matters_though_the_level_stays():
    before, after = "The mayor said the port closed on Friday.", "The port closed on Friday."
    (pair,) = contrast(before, after).pairs
    assert (pair.change, pair.matters, pair.source_lost.text, pair.source_added) == ("same", True, "The mayor", None)
    assert "1 sentence lost its source: “The mayor”." in contrast(before, after).verdict()
    (back,) = contrast(after, before).pairs
    assert (back.source_lost, back.source_added.text, back.matters) == (None, "The mayor", True)
    assert "1 sentence gained its source: “The mayor”." in contrast(after, before).verdict()


def test_the_verdict_says_how_little_was_compared():
    verdict = contrast(SENTENCES[2], "\n\n".join([*SENTENCES[2:], *SENTENCES[:1]])).verdict("paper", "release")
    assert verdict[0] == "Only 1 of the 5 sentences of release is like one of paper."
    assert not contrast(SENTENCES[2], SENTENCES[2]).verdict()[0].startswith("Only")
