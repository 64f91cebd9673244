"""Data frames hold what the sentences say, whatever the library."""

import sys

import pytest

import hedge

TEXT = "A port official said the ferry may sail. It left on Monday. Perhaps some experts agree?"
COLUMNS = [
    *("sentence", "start", "end", "text", "level", "certainty", "p_hedged"),
    *("p_uncommitted", "p_possible", "p_probable", "p_certain", "cues", "cue_types", "holder", "holder_kind"),
]


@pytest.fixture(scope="module")
def document():
    return hedge.load().score(TEXT)


def rows(frame, library):
    return frame.to_dict("records") if library == "pandas" else frame.to_dicts()


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_row_a_sentence(document, library):
    frame = hedge.to_frame(document, library)
    assert list(frame.columns) == COLUMNS
    for number, (row, sentence) in enumerate(zip(rows(frame, library), document.sentences, strict=True), 1):
        assert (row["sentence"], row["start"], row["end"]) == (number, sentence.start, sentence.end)
        assert (row["text"], row["level"]) == (sentence.text, sentence.level.label)
        assert (row["certainty"], row["p_hedged"]) == (sentence.certainty, sentence.p_hedged)
        assert tuple(row[name] for name in COLUMNS[7:11]) == sentence.probabilities
        assert list(row["cues"]) == [cue.text for cue in sentence.cues]
        assert list(row["cue_types"]) == [cue.type.value for cue in sentence.cues]
        if sentence.holder:
            assert (row["holder"], row["holder_kind"]) == (sentence.holder.text, sentence.holder.kind.value)
        else:
            assert row["holder"] is None or row["holder"] != row["holder"]  # pandas has its own null


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_levels_are_ordered(document, library):
    frame = hedge.to_frame(document, library)
    order = frame.sort_values("level") if library == "pandas" else frame.sort("level")
    ranks = [hedge.Level[row["level"].upper()] for row in rows(order, library)]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) > 1


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_no_sentences_are_an_empty_frame_of_the_same_columns(document, library):
    frame = hedge.to_frame(hedge.load().score(""), library)
    assert list(frame.columns) == COLUMNS
    assert len(frame) == 0
    if library == "pandas":
        assert frame["text"].str.len().tolist() == []
    if library == "polars":
        assert frame.schema == hedge.to_frame(document, "polars").schema


def test_unknown_or_missing_libraries(document, monkeypatch):
    with pytest.raises(hedge.HedgeError, match="give pandas or polars"):
        hedge.to_frame(document, "excel")
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(hedge.HedgeError, match=r'pip install "hedge\[frames\]"'):
        hedge.to_frame(document, "polars")


def test_only_documents_become_frames():
    with pytest.raises(hedge.HedgeError, match=r"made of a Document, as Model\.score gives; found list"):
        hedge.to_frame(hedge.load().score_sentences(["It may rain."]))
