"""The sentences that the project wrote: format, coverage and no near-duplicates."""

import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from hedge.corpora import read_corpus
from hedge.levels import CUE_TYPES, Level

FOLDER = Path(__file__).parents[1] / "corpora"
RECORDS = [json.loads(line) for path in sorted(FOLDER.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
MOST_SHARED = 0.5


def four_grams(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + 4]) for i in range(len(words) - 3)}


def near_duplicates(texts: list[str]) -> list[tuple[str, str]]:
    """Pairs that share more than half of the word 4-grams of the shorter."""
    grams = [four_grams(text) for text in texts]
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    found = []
    for later, own in enumerate(grams):
        shared = Counter(earlier for gram in own for earlier in places[gram])
        for earlier, count in shared.items():
            if count > MOST_SHARED * min(len(own), len(grams[earlier])):
                found.append((texts[earlier], texts[later]))
        for gram in own:
            places[gram].append(later)
    return found


def test_near_duplicates_are_found():
    first = "The minister said on Monday that the bridge may close."
    assert near_duplicates([first, first.replace("Monday", "Friday"), "It rained all night over the hills."]) == []
    assert near_duplicates([first, first.replace("close", "open")]) == [(first, first.replace("close", "open"))]


def test_no_near_duplicates():
    assert near_duplicates([record["text"] for record in RECORDS]) == []


def test_no_text_twice():
    assert [t for t, n in Counter(record["text"] for record in RECORDS).items() if n > 1] == []


def test_the_reader_accepts_every_record():
    corpus = read_corpus("records", FOLDER)
    assert len(corpus.examples) == len(RECORDS)
    assert not corpus.skipped


def test_genres_and_their_size():
    genres = Counter(record["genre"] for record in RECORDS)
    assert len(genres) >= 12
    assert min(genres.values()) >= 160
    assert sum(genres.values()) >= 2400


@pytest.mark.parametrize("level", [level.label for level in Level])
def test_every_level_is_well_represented(level):
    assert sum(record["level"] == level for record in RECORDS) >= len(RECORDS) / 10


@pytest.mark.parametrize("kind", [kind.value for kind in CUE_TYPES])
def test_every_cue_type_is_well_represented(kind):
    assert sum(cue["type"] == kind for record in RECORDS for cue in record["cues"]) >= 100


def test_a_third_of_the_certain_are_hard_negatives():
    certain = [record for record in RECORDS if record["level"] == "certain"]
    assert sum(bool(record["non_cues"] or record["cues"]) for record in certain) >= len(certain) / 3
