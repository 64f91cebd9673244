"""Rendering: records that say what the sentences say, tables that read back, text that a terminal can bear."""

import csv
import io
import json
import re
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from hedge.render import csv as csv_format
from hedge.render import jsonl, text
from hedge.render.marks import PLAIN, Style
from hedge.render.rows import Piece, shorten
from hedge.render.summary import Tally, summary
from hedge.score import score_bytes, score_text

UNMARK = str.maketrans("", "", "[]{}")
TEXT = (
    'A port official said the ferry may sail tonight. "It could, perhaps," he said; nobody knew.\n\n'
    "Naïve 🙂 readers\nmight, it seems, rule out\ta café. It is not likely that 5 = 5. The boat sank.\r\n"
) * 40


@pytest.fixture(scope="module")
def pieces(random_weights):
    found, begun = [], 0
    for part, columns in score_bytes(random_weights, [TEXT.encode()], 100):
        found.append(Piece('a "b",\nc.txt', part, columns, begun))
        begun += len(part)
    assert len(found) > 1
    return found


@pytest.fixture(scope="module")
def sentences(random_weights):
    return score_text(random_weights, TEXT).sentences


def joined(render, pieces):
    """What the command line makes of the pieces of one file."""
    output, sentences = "", 0
    for piece in pieces:
        output += render(replace(piece, sentences=sentences))
        sentences += len(piece.columns["start"])
    return output


def test_jsonl_says_what_the_sentences_say(pieces, sentences):
    records = [json.loads(line) for line in joined(jsonl.render, pieces).split("\n")[:-1]]
    assert len(records) == len(sentences)
    assert sum(len(s.cues) for s in sentences) > 5
    for number, (record, sentence) in enumerate(zip(records, sentences, strict=True), 1):
        expected = {
            "file": 'a "b",\nc.txt',
            "sentence": number,
            "start": sentence.start,
            "end": sentence.end,
            "text": sentence.text,
            "level": sentence.level.label,
            "certainty": pytest.approx(sentence.certainty, abs=5.1e-5),
            "p_hedged": pytest.approx(sentence.p_hedged, abs=5.1e-5),
            "probabilities": {
                name: pytest.approx(p, abs=5.1e-5)
                for name, p in zip(
                    ("uncommitted", "possible", "probable", "certain"), sentence.probabilities, strict=True
                )
            },
            "cues": [
                {
                    "start": cue.start,
                    "end": cue.end,
                    "text": cue.text,
                    "type": cue.type.value,
                    "probability": pytest.approx(cue.probability, abs=5.1e-5),
                    "negated": cue.negated,
                }
                for cue in sentence.cues
            ],
            "holder": sentence.holder
            and {
                "start": sentence.holder.start,
                "end": sentence.holder.end,
                "text": sentence.holder.text,
                "kind": sentence.holder.kind.value,
            },
        }
        assert record == expected
        assert list(record) == list(expected)
        assert TEXT[record["start"] : record["end"]] == record["text"]


def test_csv_reads_back(pieces, sentences):
    written = csv_format.header() + joined(csv_format.render, pieces)
    rows = list(csv.DictReader(io.StringIO(written, newline="")))
    assert [row["text"] for row in rows] == [sentence.text for sentence in sentences]
    assert [int(row["sentence"]) for row in rows] == list(range(1, len(rows) + 1))
    assert [row["cues"] for row in rows] == [";".join(f"{c.text}:{c.type.value}" for c in s.cues) for s in sentences]
    assert [float(row["p_hedged"]) for row in rows] == pytest.approx([s.p_hedged for s in sentences], abs=5.1e-5)
    assert {row["file"] for row in rows} == {'a "b",\nc.txt'}
    assert all(None not in row and None not in row.values() for row in rows)


def test_plain_text_is_a_line_a_sentence_with_cues_in_brackets(pieces, sentences):
    lines = "".join(map(text.render, pieces)).split("\n")[:-1]
    assert len(lines) == len(sentences)
    for line, sentence in zip(lines, sentences, strict=True):
        level, hedged, words = re.fullmatch(r"(\w+) +(\d\.\d\d)  (.*)", line).groups()
        assert level == sentence.level.label
        assert float(hedged) == pytest.approx(sentence.p_hedged, abs=0.0051)
        assert words.translate(UNMARK) == " ".join(sentence.text.split())
        assert [" ".join(c.text.split()) for c in sentence.cues] == re.findall(r"\[(.*?)\]", re.sub("[{}]", "", words))
        holder = re.findall(r"{(.*?)}", re.sub(r"[\[\]]", "", words))
        assert holder == ([" ".join(sentence.holder.text.split())] if sentence.holder else [])


@pytest.mark.parametrize("width", [1, 40, 60, 200])
def test_wrapped_text_keeps_to_the_width_and_loses_nothing(pieces, width):
    written = "".join(text.render(piece, Style(True, width)) for piece in pieces)
    bare = re.sub("\x1b\\[[0-9;]*m", "", written)
    assert bare.split() == "".join(map(text.render, pieces)).translate(UNMARK).split()
    assert max(map(len, bare.splitlines())) <= max(width, 18 + 20)
    for line in written.splitlines():  # no colour runs over a line's end
        assert not line.count("\x1b") % 2


def test_control_characters_don_t_reach_the_terminal(random_weights):
    document = score_text(random_weights, "It may \x1b[31m rain\x07 or \x9b2J not \x01\x03.")
    for style in (PLAIN, Style(True, 80)):
        written = text.render(Piece("x", document.text, document.columns), style)
        assert not re.search(r"[\x00-\x09\x0b-\x1a\x7f-\x9f]|\x1b(?!\[[0-9;]*m)", written)
        assert "\x1b[31m rain" not in written
    assert "\x1b" not in text.heading("a\x1b[2Jb")


def test_the_tally_counts_every_sentence_and_the_lowering_cues(pieces, sentences):
    tally, half = Tally(), Tally()
    tally.add(pieces[0])
    for piece in pieces[1:]:
        half.add(piece)
    tally.merge(half)
    assert tally.levels == [sum(s.level == level for s in sentences) for level in range(4)]
    lowering = ("epistemic", "doxastic", "evidential", "conditional", "investigative")
    expected = Counter(" ".join(c.text.lower().split()) for s in sentences for c in s.cues if c.type.value in lowering)
    assert tally.cues == expected


def test_lines_carry_their_own_numbers(random_weights):
    document = score_text(random_weights, "It may rain. It rained.")
    piece = Piece("x", document.text, document.columns, lines=[3, 7])
    assert [json.loads(line)["sentence"] for line in jsonl.render(piece).splitlines()] == [3, 7]


def test_nothing_renders_to_nothing(random_weights):
    document = score_text(random_weights, "")
    piece = Piece("x", document.text, document.columns)
    assert [render(piece) for render in (jsonl.render, csv_format.render, text.render)] == ["", "", ""]
    assert summary(Tally()) == "no sentences\n"
    many = Tally([0, 9, 0, 0], Counter({f"word {number}": 1 for number in range(11)}))
    assert summary(many).endswith("word 5 1, word 6 1, others 3\n")


def test_shares_are_short_and_in_range():
    assert shorten(np.array([-1e-17, 0.00005001, 0.5, 1 + 1e-16])) == ["0.0", "0.0001", "0.5", "1.0"]
