"""Tables: every row's text is scored as if it stood alone, and the other columns come through."""

import csv
import io
import json

import numpy as np
import pytest
from commands import fails, records, run
from hypothesis import given
from hypothesis import strategies as st

from hedge.buffer import holds_word
from hedge.cli.parts import Job, Part, score_pieces
from hedge.errors import InputError
from hedge.inputs.tables import Row, read_rows
from hedge.render.marks import PLAIN
from hedge.score import judge_texts, score_text
from hedge.windows import Window

TABLE = 'id,text,who\r\n7,"It may rain. It ""rained"".",Bo\r\n8,,\r\n9,"Perhaps,\nthey said",Ünal\r\n'


@pytest.fixture
def table(tmp_path):
    def write(content, name="a.csv"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def job(by_line):
    return Job("jsonl", by_line, "utf-8", PLAIN, (0, 1, 2, 3), False, False, "text")


PIECES = [
    "It may rain.",
    "",
    "“Perhaps",
    "so?",
    "\n",
    "Dr.",
    "5",
    "it will",
    "\n\n",
    "é",
    "No. ",
    "\n  -",
    '"',
    "Figure\n",
]
texts = st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join) | st.text(max_size=20)


@given(st.lists(texts, min_size=1, max_size=6), st.booleans())
def test_each_row_is_scored_as_if_alone(random_weights, texts, by_line):
    rows = tuple(Row(number, text, {}) for number, text in enumerate(texts, 1))
    pieces = score_pieces(random_weights, job(by_line), Part(0, "a.csv", Window(b"", 0, 0), 0, 0, rows=rows))
    for piece, text in zip(pieces, texts, strict=True):
        lines = [text] if holds_word(text) else []
        alone = judge_texts(random_weights, lines) if by_line else score_text(random_weights, text).columns
        for name, column in alone.items():
            assert np.array_equal(piece.columns[name], column), (name, text)


def test_csv_rows(table):
    assert list(read_rows(table(TABLE), "text")) == [
        Row(1, 'It may rain. It "rained".', {"id": "7", "who": "Bo"}),
        Row(2, "", {"id": "8", "who": ""}),
        Row(3, "Perhaps,\nthey said", {"id": "9", "who": "Ünal"}),
    ]
    assert [row.text for row in read_rows(table("a\ttext\n1\tIt may.\n", "a.tsv"), "text")] == ["It may."]
    assert list(read_rows(table(TABLE.encode("utf-16"), "b.csv"), "text", "utf-16"))[2].fields["who"] == "Ünal"


def test_json_lines(table):
    path = table('{"n": 1, "text": "It may."}\n\n{"text": "So.\\u2028", "deep": [1, {"x": null}]}', "a.jsonl")
    assert list(read_rows(path, "text")) == [
        Row(1, "It may.", {"n": 1}),
        Row(3, "So.\u2028", {"deep": [1, {"x": None}]}),
    ]


BAD = [
    ("a.csv", "", "is empty"),
    ("a.csv", "a,b\n1,2\n", "has no column 'text'; there are 'a', 'b'"),
    ("a.csv", "a,text,a\n1,2,3\n", "two columns of one name"),
    ("a.csv", "a,text\n1\n", "line 2 has 1 cells and the first line 2"),
    ("a.csv", 'a,text\n1,"It may\n', "line 2: unexpected end of data"),
    ("a.csv", b"a,text\n1,\xff\n", "isn't valid utf-8"),
    ("a.csv", b"a,text\n1,\0\n", "binary"),
    ("a.jsonl", "{", "line 1 is no JSON"),
    ("a.jsonl", "[1]", "line 1 is no JSON object"),
    ("a.jsonl", '{"x": 1}', "line 1 has no 'text'; there are x"),
    ("a.jsonl", '{"text": 5}', "line 1: 'text' must be a string, found int"),
    ("a.jsonl", '{"text": "\\ud800"}', "line 1 holds half of a surrogate pair"),
    ("a.jsonl", '{"text": "It may.", "id": "\\ud800"}', "line 1 holds half of a surrogate pair"),
    ("a.jsonl", '{"text": "It may.", "id": NaN}', "NaN is no JSON number"),
    ("a.jsonl", "[" * 100_000, "line 1 is no JSON"),
]


@pytest.mark.parametrize(("name", "content", "message"), BAD)
def test_bad_tables(table, name, content, message):
    path = table(content, name)
    with pytest.raises(InputError, match=name) as caught:
        list(read_rows(path, "text"))
    assert message in str(caught.value)
    assert message in fails("score", path, "--text-column", "text", "--format", "jsonl")


def test_other_columns_come_through(table):
    path = table(TABLE)
    found = records(run("score", path, "--text-column", "text", "--format", "jsonl"))
    assert [(r["row"], r["sentence"], r["fields"]["id"]) for r in found] == [(1, 1, "7"), (1, 2, "7"), (3, 1, "9")]
    assert [r["text"] for r in found] == ["It may rain.", 'It "rained".', "Perhaps,\nthey said"]
    assert found[1]["start"] == 13
    written = run("score", path, "--text-column", "text", "--format", "csv", "--unit", "line")
    rows = list(csv.DictReader(io.StringIO(written, newline="")))
    assert [(row["row"], row["id"], row["who"], row["text"], row["level"]) for row in rows] == [
        ("1", "7", "Bo", 'It may rain. It "rained".', "possible"),
        ("2", "8", "", "", ""),  # no sentence, but a row of the table
        ("3", "9", "Ünal", "Perhaps,\nthey said", "possible"),
    ]
    written = run("score", path, "--text-column", "text", "--format", "csv", "--unit", "line", "--only", "certain")
    assert written.count("\n") == 1


def test_columns_of_our_own_names_are_told_apart(table):
    path = table(
        '{"text": "old", "level": 3, "body": "It may rain."}\n{"text": null, "level": [1], "body": "So."}\n', "a.jsonl"
    )
    written = run("score", path, "--text-column", "body", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(written, newline="")))
    assert [(row["level"], row["input_level"], row["input_text"]) for row in rows] == [
        ("possible", "3", "old"),
        ("certain", "[1]", ""),
    ]


def test_rows_of_other_columns_need_jsonl(table):
    path = table('{"text": "It may.", "a": 1}\n{"text": "So.", "b": 2}\n', "a.jsonl")
    output = path.with_name("out.csv")
    message = fails("score", path, "--text-column", "text", "--format", "csv", "--output", output)
    assert "row 2 has other columns" in message
    assert not output.exists()
    assert len(records(run("score", path, "--text-column", "text", "--format", "jsonl"))) == 2


def test_jobs_change_nothing_in_a_table(table):
    lines = (json.dumps({"text": f"It may rain {n}. It rained.", "n": n}) for n in range(9000))
    path = table("\n".join(lines), "a.jsonl")
    for format in ("jsonl", "csv", "text"):
        one, two = (run("score", path, "--text-column", "text", "-f", format, "-j", jobs) for jobs in (1, 2))
        assert one == two
        assert one.count("\n") >= 18000


def test_what_is_no_table(tmp_path, table):
    (tmp_path / "a.txt").write_text("It may rain.", "utf-8")
    assert "isn't a table" in fails("score", tmp_path / "a.txt", "--text-column", "text")
    assert "aren't read from standard input" in fails("score", "-", "--text-column", "text", input=b"x")
    for command in (["check", table(TABLE)], ["diff", table(TABLE), tmp_path / "a.txt"]):
        assert "is a table, not a text" in fails(*command)
    assert "--text-column" in fails("score", table(TABLE))


def test_reports_and_summaries_of_tables(table):
    path = table(TABLE)
    assert "3 sentences: " in run("score", path, "--text-column", "text")
    assert "3 sentences" in run("score", path, "--text-column", "text", "--format", "html")


@pytest.mark.parametrize("content", ["id; text ;who\n7;It may, or not.;x\n", "id\ttext\twho\n7\tIt may, or not.\tx\n"])
def test_cells_may_be_parted_by_other_marks(table, content):
    assert list(read_rows(table(content), "text")) == [Row(1, "It may, or not.", {"id": "7", "who": "x"})]


def test_a_table_without_rows_has_columns(table):
    paths = [table("id,text\n", "none.csv"), table("id,text\n7,It may.\n", "one.csv")]
    written = run("score", *paths, "--text-column", "text", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(written, newline="")))
    assert [(row["id"], row["text"]) for row in rows] == [("7", "It may.")]


def test_columns_that_are_renamed_are_still_told_apart(table):
    written = run("score", table("text,input_file,file\nIt may.,1,2\n"), "--text-column", "text", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(written, newline=""))
    assert (row["input_file"], row["input_input_file"]) == ("1", "2")


def test_a_row_without_a_text_has_no_sentences(table):
    path = table('{"text": null, "id": 1}\n{"text": "It may rain.", "id": 2}\n', "a.jsonl")
    assert [r["fields"]["id"] for r in records(run("score", path, "--text-column", "text", "-f", "jsonl"))] == [2]
