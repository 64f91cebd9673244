"""Which sentences `hedge score` shows, and how much of each; Markdown."""

import re

import pytest
from commands import fails, records, run

TEXT = (
    "The ferry left on Monday. It may return. It will probably rain.\n\nWill it? Ms Holt, an official, said *so*.\n"
    "Nobody knows <whether> it will.\n"
)
LEVELS = ["uncommitted", "possible", "probable", "certain"]


@pytest.fixture
def score(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")

    def action(*arguments, runner=run, by=None):
        return runner("score", "a.txt", *arguments, cwd=tmp_path)

    return action


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (["--only", "hedged"], LEVELS[:3]),
        (["--only", "possible"], ["possible"]),
        (["--min-level", "probable"], LEVELS[2:]),
        (["--only", "hedged", "--min-level", "possible"], LEVELS[1:3]),
        (["--min-level", "uncommitted"], LEVELS),
    ],
)
def test_only_some_levels_with_the_numbers_that_they_have_in_the_file(score, arguments, shown, jobs):
    whole = records(score("--format", "jsonl"))
    assert {record["level"] for record in whole} == set(LEVELS)
    expected = [record for record in whole if record["level"] in shown]
    assert records(score("--format", "jsonl", *arguments, "--jobs", jobs)) == expected
    assert [line.split(",")[1] for line in score("--format", "csv", *arguments).splitlines()[1:]] == [
        str(record["sentence"]) for record in expected
    ]
    text = score(*arguments, "--jobs", jobs)
    assert [line.split()[0] for line in text.split("\n\n")[0].splitlines()] == [record["level"] for record in expected]
    assert "\n6 sentences: " in text  # the summary is of the whole


def test_lines_keep_their_numbers(tmp_path):
    (tmp_path / "a.txt").write_text("It rained.\n\nIt may rain.\n", "utf-8")
    found = run("score", "a.txt", "--unit", "line", "--only", "hedged", "--format", "jsonl", cwd=tmp_path)
    assert [record["sentence"] for record in records(found)] == [3]


def test_probabilities_of_all_levels(score):
    for options in ([], ["--format", "markdown"]):
        lines = score("--show-probabilities", *options).split("\n\n")[0].splitlines()
        assert len(lines) == 12
        for line in lines[1::2]:
            shares = dict(re.findall(r"(\w+) (\d\.\d\d)", line))
            assert list(shares) == LEVELS
            assert sum(map(float, shares.values())) == pytest.approx(1, abs=0.021)


def test_markdown(score, tmp_path):
    output = score("--format", "markdown")
    assert re.search(r"^- `possible 0\.\d\d` It \*\*may\*\* return\.$", output, re.MULTILINE)
    assert r"said \*so\*." in output
    assert "&lt;**whether**&gt;" in output or "&lt;whether&gt;" in output
    assert "| certain | 2 | 33.3% |" in output
    (tmp_path / "b.txt").write_text("It may rain.")
    assert "## b.txt" in score("b.txt", "--format", "markdown")
    assert "|" not in score("--format", "markdown", "--quiet")


def test_unknown_levels_are_bad_usage(score):
    assert "maybe" in score("--only", "maybe", runner=fails)
    assert "hedged" in score("--min-level", "hedged", runner=fails)
    assert "no level is left" in score("--only", "hedged", "--min-level", "certain", runner=fails)
