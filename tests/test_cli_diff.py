"""`hedge diff`: text, JSON and a page of two texts; bad input; what may stand in a text."""

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from commands import call, fails, run, start

BEFORE = "The port may shut on Friday. The crew slept. Analysts expect oil prices to rise.\n\nIt could snow in Larne.\n"
AFTER = "The port will shut on Friday.\n\nThe crew slept. Oil prices possibly rise, analysts say.\n"
NASTY = 'The <script>alert("x")</script> port may {{ 7 * 7 }} & \u202e close on "Friday" \x1b[31m.\n'


@pytest.fixture
def diff(tmp_path):
    """Compare a.txt and b.txt of given contents in a folder of their own."""

    def action(*arguments, before=BEFORE, after=AFTER, texts=("a.txt", "b.txt"), runner=run, **options):
        for name, content in (("a.txt", before), ("b.txt", after)):
            (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return runner("diff", *texts, *arguments, cwd=tmp_path, **options)

    return action


def test_text_shows_what_changed_and_the_verdict(diff):
    output = diff(by=start)
    assert output.startswith(
        "firmer: possible → certain, 1.00 alike, lost “may”\n"
        "- possible        The port [may] shut on Friday.\n"
        "+ certain         The port will shut on Friday.\n\n"
    )
    assert "weaker: probable → possible, 1.00 alike, lost “expect”, added “possibly”\n" in output
    assert "removed: no counterpart in b.txt\n- possible        It [could] snow in Larne.\n" in output
    assert "crew" not in output
    assert output.split("\n\n")[-1] == (
        "1 claim became more certain: “port may shut” → “port will shut” (possible → certain).\n"
        "1 claim became less certain: “Analysts expect oil prices to rise.” → "
        "“Oil prices possibly rise, analysts say.” (probable → possible).\n"
        "1 hedged sentence of a.txt has no counterpart in b.txt.\n"
    )


def test_all_shows_what_stayed_once(diff):
    assert diff("--all").count("= certain         The crew slept.\n") == 1


def test_the_same_text_has_no_change(diff):
    assert diff(after=BEFORE) == "No claim changed its level.\n"
    assert diff(before="", after="") == "No sentence of b.txt is like one of a.txt.\n"


@pytest.mark.parametrize("texts", [("-", "b.txt"), ("a.txt", "-")])
def test_one_text_can_be_standard_input(diff, texts):
    data = (BEFORE if texts[0] == "-" else AFTER).encode()
    found = json.loads(diff("--format", "json", texts=texts, input=data, by=start))
    assert (found["before"], found["after"]) == texts
    assert found["counts"] == {"firmer": 1, "weaker": 1, "same": 1, "added": 0, "removed": 1}


def test_json_has_offsets_into_both_texts(diff):
    before, after = f"Café 🙂.\n\n{BEFORE}", f"\ufeff{AFTER}"
    found = json.loads(diff("--format", "json", "--all", before=before, after=after))
    assert list(found) == ["before", "after", "verdict", "counts", "pairs"]
    assert len(found["pairs"]) == sum(found["counts"].values()) == 5
    for pair in found["pairs"]:
        assert list(pair) == ["change", "similarity", "before", "after", "lost", "added", "boosters"]
        for side, text in (("before", before), ("after", AFTER)):
            sentence = pair[side]
            assert sentence is None or text[sentence["start"] : sentence["end"]] == sentence["text"]
        for cue in pair["lost"]:
            assert pair["before"]["text"][cue["start"] : cue["end"]] == cue["text"]
            assert cue in pair["before"]["cues"]


def test_json_shows_what_changed_only_but_counts_all(diff):
    found = json.loads(diff("--format", "json"))
    assert [pair["change"] for pair in found["pairs"]] == ["firmer", "weaker", "removed"]
    assert found["counts"]["same"] == 1


def test_markdown_is_read_as_prose_with_offsets_into_the_file(diff, tmp_path):
    text = "# Plan\n\n```\nit may fail\n```\n\nThe *port* will [close](x.md) on Friday.\n"
    (tmp_path / "b.md").write_text(text)
    found = json.loads(diff("--format", "json", before="The port may shut on Friday.", texts=("a.txt", "b.md")))
    (pair,) = found["pairs"]
    assert (pair["change"], pair["after"]["text"]) == ("firmer", "The *port* will [close](x.md) on Friday.")
    assert text[pair["after"]["start"] : pair["after"]["end"]] == pair["after"]["text"]


class Page(HTMLParser):
    """Names of the elements that are there, text of those that mark cues, and the text of each row of the table."""

    def __init__(self, page):
        super().__init__()
        self.open, self.names, self.marked, self.rows = [], set(), [], []
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attributes):
        self.names.add(tag)
        if tag == "tr":
            self.rows.append("")
        if tag not in ("meta", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] in ("del", "ins", "mark"):
            self.marked.append((self.open[-1], data))
        if "tbody" in self.open:
            self.rows[-1] += data


def test_the_page_has_the_texts_side_by_side_with_lost_and_added_cues(diff):
    page = Page(diff("--format", "html", after=AFTER.replace("Friday.", "Friday, if rumours are right.")))
    assert {("del", "may"), ("ins", "if"), ("del", "expect"), ("ins", "possibly")} <= set(page.marked)
    assert any("↓ weaker" in row and "The port may shut" in row and "The port will shut" in row for row in page.rows)
    assert any("− removed" in row and "no counterpart" in row for row in page.rows)
    assert "script" not in page.names


def test_the_page_shows_any_text_as_text(diff):
    output = diff("--format", "html", "--all", before=NASTY, after=NASTY.replace("may", "will"))
    page = Page(output)
    assert not {"script", "img"} & page.names
    assert any('<script>alert("x")</script>' in row and "{{ 7 * 7 }}" in row for row in page.rows)
    assert not set("\u202e\x1b") & set(output)
    assert not re.search(r"https?:|@import|url\(", output)


def test_the_text_format_shows_no_control_characters(diff):
    assert not set("\u202e\x1b") & set(diff("--all", before=NASTY, after=NASTY.replace("may", "will")))


def luminance(colour):
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return sum(weight * share for weight, share in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_contrast_is_enough_for_every_reader(diff, scheme):
    themes = re.findall(r":root \{(.*?)\}", diff("--format", "html"), re.DOTALL)
    colours = dict(re.findall(r"--(\w+): (#\w{6})", themes[scheme]))
    on_page = [(name, "page") for name in ("ink", "soft", "firmer", "weaker")]
    shaded = [(ink, back) for ink in ("ink", "soft") for back in ("lost", "added", "empty")]
    for one, other in on_page + shaded:
        dark, light = sorted(luminance(colours[name]) for name in (one, other))
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (one, other)


def test_output_is_written_whole(diff, tmp_path):
    assert diff("--output", "out.html", "--format", "html") == ""
    assert (tmp_path / "out.html").read_text("utf-8").rstrip().endswith("</html>")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.txt", "out.html"]


def test_encodings(diff):
    before, after = (text.encode("utf-16") for text in (BEFORE, AFTER))
    assert diff("--encoding", "utf-16", before=before, after=after) == diff()


BAD = {
    "missing": (("a.txt", "c.txt"), [], "c.txt: no such file"),
    "folder": (("a.txt", "."), [], "is a folder"),
    "twice standard input": (("-", "-"), [], "only one of the two texts"),
    "one text": (("a.txt",), [], "AFTER"),
    "three texts": (("a.txt", "b.txt", "a.txt"), [], "a.txt"),
    "format": (("a.txt", "b.txt"), ["--format", "jsonl"], "jsonl"),
    "encoding": (("a.txt", "b.txt"), ["--encoding", "klingon"], "no text encoding"),
    "model": (("a.txt", "b.txt"), ["--model", "nope"], "no model 'nope'"),
    "output is an input": (("a.txt", "b.txt"), ["--output", "b.txt"], "is one of the inputs"),
    "no folder for output": (("a.txt", "b.txt"), ["--output", "no/x"], "there is no folder no"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input(diff, tmp_path, case):
    texts, arguments, message = BAD[case]
    if "--output" not in arguments:
        arguments = [*arguments, "--output", "out"]
    assert re.search(message, diff(*arguments, texts=texts, runner=fails))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.txt"]
    assert (tmp_path / "b.txt").read_text() == AFTER


def test_invalid_bytes(diff):
    assert "b.txt: isn't valid utf-8: byte 1, line 1" in diff(after=b"a\xff", runner=fails, by=start)


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_colour_and_wrapping_on_a_terminal_only(diff, tmp_path, environment, coloured):
    pty = pytest.importorskip("pty")
    diff()
    parent, child = pty.openpty()
    clean = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    subprocess.run(
        [sys.executable, "-m", "hedge", "diff", "a.txt", "b.txt"],
        stdout=child,
        env={**clean, "TERM": "xterm", "COLUMNS": "60", **environment},
        check=True,
        cwd=tmp_path,
    )
    os.close(child)
    output = os.read(parent, 1 << 16).decode()
    os.close(parent)
    assert ("\x1b[" in output) == coloured
    assert max(len(re.sub(r"\x1b\[[\d;]*m|[][{}]", "", line)) for line in output.splitlines()) <= 60


def test_scoring_imports_nothing_of_it(tmp_path):
    (tmp_path / "a.txt").write_text(BEFORE)
    code = (
        "import sys\nsys.argv = ['hedge', 'score', 'a.txt', '-o', 'out']\nfrom hedge.cli import main\n"
        "try: main()\nexcept SystemExit: pass\nprint(' '.join(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert not {"jinja2", "hedge.compare", "hedge.render.comparison"} & set(done.stdout.split())


def test_a_text_unlike_the_training_text_is_named(diff):
    french = "le ministre a dit que les discussions pourraient reprendre la semaine prochaine selon ses services " * 2
    done = diff(after=french, runner=call)
    assert re.fullmatch(rb"hedge: note: b.txt: \d\d% of its words are unknown [^\n]*\n", done.stderr)
    assert done.returncode == 0
