"""Markdown: what is blanked, what is kept, where sentences end; nothing ever shifts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedge.inputs.markup import blank_code, blank_markdown
from hedge.score import score_text

PIECES = (
    "It may rain.|# |## Plan|\n|\n\n|- |1. |> |```|~~~|    |---|***|`may`|`may_fail`|[may](x.md)|[r]: u|https://x.org/may|"
    "<b>|<!-- |-->|$$|!|[|]|(|)|*|**|__|_|~~|\\|| a | b |\n|---|---|\n|é|\r\n|\u2029|+++|===|<script>|</script>"
).split("|")
markdown = st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=60)


@given(markdown)
def test_nothing_shifts(text):
    blanked = blank_markdown(text)
    assert len(blanked) == len(text)
    for kept, given_ in zip(blanked, text, strict=True):
        assert kept in (given_, " ", "X", "x") or (kept, given_) == ("\u2029", "\n")


@given(st.lists(st.sampled_from(["It may rain.", "Experts disagree, said Ms Holt.", "The 3.5 km road isn't open."])))
def test_plain_paragraphs_stay_as_they_are(sentences):
    text = "\n\n".join(sentences)
    assert blank_markdown(text) == text


BLANK = [
    "---\ntitle: It may rain\n---",
    "+++\ntitle = 'It may rain'\n+++",
    "```\nmay = 1\n```",
    "~~~ python\nmay = 1\n```\n~~~",
    "```\nit may never end",
    "  ````\n```\nmay\n````",
    "    may = 1\n    might = 2",
    "\tmay = 1",
    "| a | may |\n|---|:---:|\n| could | b |",
    "a | may\n--- | ---\ncould | b",
    "<!-- it may\n\nrain -->",
    "<script>may()</script>",
    "<style>\nmay { }\n</style>",
    "![it may rain](rain.png)",
    "[![may](badge.svg)](https://may.example)",
    "[may]: https://may.example 'It may'",
    "`may_fail()`",
    "``may ` might``",
    "<https://may.example/perhaps>",
    "https://may.example/perhaps?may=1",
    "may@might.example",
    "***",
    "- - -",
    "$$\nmay\n$$",
]


@pytest.mark.parametrize("text", BLANK, ids=repr)
def test_what_is_no_prose_is_blanked(text):
    assert not any(map(str.isalpha, blank_markdown(text)))
    around = (
        blank_markdown(f"# Title\n\nIt may rain.\n\n{text}") if "---\nt" not in text and "+++" not in text else text
    )
    if around is not text:
        assert around.split() == ["Title", "It", "may", "rain."]


KEPT = [
    ("Use `may` with care.", "Use Xxxxx with care."),
    ("`may_fail --now` may fail.", "Xxxxxxxxx Xxxxxx may fail."),
    ("See [`may`](https://x.org/may) and [b](`may`).", "See Xxxxx and b ."),
    ("- `may`\n- `can`: may fail\n- https://x.org", "Xxxxx: may fail"),
    ("Ask <mailto:may@x.org> first.", "Ask Xxxxxxxxxxxxxxxxxx first."),
    ("It **may** rain, _perhaps_.", "It may rain, perhaps ."),
    ("It ***may** well* rain.", "It may well rain."),
    ("See [the notes](a_(b).md), please.", "See the notes , please."),
    ("See [the notes][1] and [this].", "See the notes and [this]."),
    ("Set snake_case_name and 2 * 3 * 4.", "Set snake_case_name and 2 * 3 * 4."),
    ("Go to https://x.org/a_b, then wait.", "Go to Xxxxxxxxxxxxxxxxx, then wait."),
    ("> It may rain.\n> It may snow.", "It may rain. It may snow."),
    ("It rained.[^1]\n\n[^1]: It may have.", "It rained. It may have."),
    (r"Five \* two is \_ten\_.", "Five * two is _ten _."),
    ("<b>It</b> may rain.<br/>", "It may rain."),
    ("a < b and b > c", "a < b and b > c"),
    ("It costs $5, or $6.", "It costs $5, or $6."),
    ("- [x] It may rain.", "It may rain."),
    ("# Plan #", "Plan"),
]


@pytest.mark.parametrize(("text", "prose"), KEPT)
def test_prose_is_kept_without_its_marks(text, prose):
    assert " ".join(blank_markdown(text).split()) == prose


CUT = [
    ("# The state of the art in farming\nText may follow.", ["The state of the art in farming", "Text may follow."]),
    ("A plan for the coming winter\n---\nText may follow.", ["A plan for the coming winter", "Text may follow."]),
    ("It has:\n- a long list of many things\n- the other", ["It has:", "a long list of many things", "the other"]),
    ("1. open the lid of the box\n2. wait", ["open the lid of the box", "wait"]),
    ("- it may\n  rain today\n- it may not", ["it may\n  rain today", "it may not"]),
    ("It may rain when\n```\nx\n```\nthe wind turns.", ["It may rain when", "the wind turns."]),
    ("It may rain when the\nwind turns.", ["It may rain when the\nwind turns."]),
    ("> It may rain when the\n> wind turns.", ["It may rain when the\n> wind turns."]),
]


@pytest.mark.parametrize(("text", "sentences"), CUT)
def test_sentences_end_where_a_reader_sees_them_end(random_weights, text, sentences):
    found = score_text(random_weights, blank_markdown(text)).sentences
    assert [text[sentence.start : sentence.end] for sentence in found] == sentences


def test_an_indented_line_of_a_list_is_no_code():
    assert "perhaps" in blank_markdown("1. It may rain.\n\n    And perhaps snow.\n")
    assert "perhaps" not in blank_markdown("1. It may rain.\n\nSo.\n\n    perhaps()\n")


@pytest.mark.parametrize(
    "text", ["`" * 5000, "*a " * 3000, "[" * 3000, "_a" * 3000, "<a" * 3000, "|\n" * 3000, "> " * 3000, "a." * 3000]
)
def test_long_runs_of_marks_take_no_time(text):
    assert len(blank_markdown(text)) == len(text)


@given(markdown)
def test_blanking_code_shifts_nothing_either(text):
    blanked = blank_code(text)
    assert len(blanked) == len(text)
    assert all(kept in (given_, " ") for kept, given_ in zip(blanked, text, strict=True))


def test_comments_in_code_are_code():
    text = "<!-- a -->\n\n```\n<!-- b -->\n```\n\n`<!-- c -->` <!-- d -->\n"
    assert "".join(character for character in blank_code(text) if character in "abcd") == "ad"
