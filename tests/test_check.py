"""The rules of `hedge check`, what silences them, their settings, and their places."""

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import hedge
from hedge.check.report import WRITERS, Checked, locate, summarise, to_github, to_json, to_junit, to_sarif, to_text
from hedge.check.rules import RULES, Finding, Limits, find_all
from hedge.check.settings import find_config, read_settings, show_settings
from hedge.check.suppression import blank_comments, find_suppressions, find_unused, leave_quotes, leave_silenced
from hedge.document import Document
from hedge.errors import InputError
from hedge.levels import Level

CODES = [rule.code for rule in RULES]
SCHEMA = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def model():
    return hedge.load()


def found(model, text, codes=CODES, limits=None):
    return [(f.code, text[f.start : f.end]) for f in find_all(model.score(text), codes, limits or Limits())]


FOUND = [
    ("H001", "The bank may raise its rates in June.", "The bank may raise its rates in June."),
    ("H002", "The delay may possibly cost us the contract.", "may possibly"),
    ("H002", "It seems that the pump might have failed.", "seems that the pump might"),
    ("H003", "Some experts say the bridge is unsafe.", "Some experts"),
    ("H003", "Sources said the deal was off.", "Sources"),
    ("H003", "Residents said the pool was shut.", "Residents"),
    ("H003", "It is said that the pool is haunted.", "It is said"),
    ("H003", "The director has reportedly resigned.", "reportedly"),
    ("H003", "The pump is widely believed to have failed first.", "widely believed"),
    ("H003", "A senior official, who asked not to be named, said the terminal was closed.", None),
    ("H004", "The company may have broken the law.", "may"),
    ("H003", "It is often claimed that the pump failed first.", None),
    ("H005", "This is clearly the best plan.", "clearly"),
    ("H005", "It is certain the plan will work.", "certain"),
]


@pytest.mark.parametrize(("code", "text", "words"), FOUND)
def test_what_a_rule_finds(model, code, text, words):
    hits = [words for kind, words in found(model, text) if kind == code]
    assert len(hits) == 1
    assert words is None or hits == [words]


NOT_FOUND = [
    ("H001", "The bank raised its rates in June."),
    ("H002", "It may rain on Sunday, and the ferry could be late."),
    ("H002", "It is not clear whether the crew will come."),
    ("H002", "The bank may raise its rates in June."),
    ("H002", "Neighbours felt that a fence was unlikely to be enough."),
    ("H003", "Anders Holt said the bridge is unsafe."),
    ("H003", "Many people own a car."),
    ("H003", "A spokesman for the council said the pool was shut."),
    ("H003", "The director has reportedly resigned, Anders Holt said."),
    ("H003", "Several files give one page."),
    ("H003", "The library is widely used in schools."),
    ("H003", "The command line says so in a note."),
    ("H003", "Analysts at Norbank expect a rise."),
    ("H003", "In some cases the seal fails within a year."),
    ("H004", "Ms Rask said the company may have broken the law."),
    ("H004", "I think the company may have broken the law."),
    ("H004", "May the company have broken the law?"),
    ("H004", "The company may pay more if the court rules against it."),
    ("H005", "Ms Rask said it was clearly the best plan."),
    ("H005", "Sales have clearly fallen, from 340 to 12."),
    ("H005", "Pumps of a certain kind need oil every week."),
    ("H006", "It may rain."),
]


@pytest.mark.parametrize(("code", "text"), NOT_FOUND)
def test_what_a_rule_leaves_alone(model, code, text):
    assert code not in [kind for kind, _ in found(model, text)]


def test_a_level_and_a_share_as_limits(model):
    text = "It may rain. It will probably rain. It rained. Who knows?"
    below = [words for _, words in found(model, text, ["H001"], Limits(least=Level.PROBABLE))]
    assert below == ["It may rain.", "Who knows?"]
    (finding,) = find_all(model.score(text), ["H006"], Limits(most_hedged=0.5))
    assert finding.message.startswith("3 of 4 sentences are hedged (75%), more than 50%")
    assert find_all(model.score(text), ["H006"], Limits(most_hedged=0.75)) == []
    assert find_all(model.score(""), CODES, Limits(most_hedged=0.0)) == []


PIECES = [
    "It may possibly rain. ",
    "Some say so. ",
    '"',
    "“",
    "”",
    "\n\n",
    "<!-- hedge: off -->",
    "<!-- hedge: on -->",
    "é",
]


@given(st.lists(st.sampled_from([*PIECES, "<!-- hedge: off H003 -->", "\r\n", "Clearly."]), max_size=14).map("".join))
def test_findings_lie_in_the_text_and_suppressions_hold(random_weights, text):
    from hedge.score import score_text

    prose = blank_comments(text, text)
    assert len(prose) == len(text)
    assert "hedge:" not in prose
    document = Document(text, score_text(random_weights, prose).columns)
    findings = find_all(document, CODES, Limits())
    assert all(0 <= finding.start < finding.end <= len(text) for finding in findings)
    suppressions = find_suppressions(text)
    kept = leave_silenced(findings, suppressions)
    assert not any(suppression.covers(finding) for suppression in suppressions for finding in kept)
    unused = {finding.start for finding in find_unused(findings, suppressions)}
    assert unused <= {s.start for s in suppressions}
    assert (len(unused) < len(suppressions)) == (len(kept) < len(findings))
    assert set(leave_quotes(findings, text)) <= set(findings)
    for line in locate("a.txt", text, kept).findings:
        assert line.line >= 1 and line.column >= 1


def checked(model, text):
    document = Document(text, model.score(blank_comments(text, text)).columns)
    findings = find_all(document, ["H002", "H003"], Limits())
    suppressions = find_suppressions(text)
    kept = [*leave_silenced(findings, suppressions), *find_unused(findings, suppressions)]
    return [(f.code, f.start) for f in sorted(kept, key=lambda finding: finding.start)]


def test_comments_switch_rules_off_and_on(model):
    text = "Some experts say so.\n\n<!-- hedge: off -->\n\nCritics say no.\n\n<!-- hedge: on -->\n\nSources said it.\n"
    assert [start for _, start in checked(model, text)] == [0, text.index("Sources")]
    assert [code for code, _ in checked(model, text.replace("off", "off H002"))] == ["H003", "H100", "H003", "H003"]
    assert [code for code, _ in checked(model, text.replace("off", "off H00"))] == ["H003", "H003"]
    assert [code for code, _ in checked(model, text.replace("<!-- hedge: on -->", ""))] == ["H003"]
    assert [code for code, _ in checked(model, text.replace("hedge: on", "hedge: on H003"))] == ["H003", "H003"]


def test_an_on_with_codes_leaves_the_others_off():
    text = "<!-- hedge: off H002 -->\nA.\n<!-- hedge: off H003, H005 because a > b -->\nB.\n<!-- hedge: on H003 -->\nC."
    first, second = find_suppressions(text)
    assert (first.codes, first.until) == (("H002",), len(text))
    assert text[second.end : second.until].strip() == "B."


def test_unused_comments_are_reported(model):
    assert checked(model, "It rained. <!-- hedge: off --> It snowed.") == [("H100", 11)]
    (unknown,) = find_unused([], find_suppressions("It rained. <!-- hedge: off H00, H999 --> It snowed."))
    assert unknown.message == "H999 is no rule"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ('"It may possibly rain," said Ms Rask.', 0),
        ("“It may possibly rain,” said Ms Rask.", 0),
        ("“We left. It may possibly rain,” said Ms Rask.", 0),
        ('"We left," said Ms Rask. It may possibly rain. "So there."', 1),
        ("“We left,\n\nIt may possibly rain.", 1),
        ("“We left. It may possibly rain.\n\n“It may possibly snow,” she said.", 0),
    ],
)
def test_what_is_quoted_is_left_alone(model, text, count):
    findings = find_all(model.score(text), ["H002"], Limits())
    assert findings
    assert len(leave_quotes(findings, text)) == count


def test_a_sentence_whose_hedges_are_quoted_is_left_alone(model):
    text = '"It may rain," she told us.\n\nShe may be right, "they" say.'
    findings = find_all(model.score(text), ["H001"], Limits())
    assert [f.start for f in leave_quotes(findings, text)] == [text.index("She may")]


def test_lines_and_columns_count_from_one_in_code_points():
    text = "a\r\nb\rc\n🙂é may\u2028x"
    places = [locate("f", text, [Finding("H001", "", i, i + 1)]).findings[0] for i in range(len(text))]
    assert [(p.line, p.column) for p in places][:8] == [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (3, 1), (3, 2), (4, 1)]
    assert (places[-1].line, places[-1].column) == (4, 8)


def report(model, path, text):
    return [locate(path, text, find_all(model.score(text), CODES, Limits(most_hedged=0.1)))]


@pytest.fixture(scope="module")
def files(model):
    nasty = "Some experts say <b>&\x07 it may possibly rain, “so”: 100%.\r\nCritics, sources said, clearly agree.\n"
    return [*report(model, "a b/ü%,:#1.md", nasty), Checked("clean.txt", ())]


def test_sarif_follows_its_schema(files):
    log = json.loads(to_sarif(files))
    jsonschema.validate(log, SCHEMA)
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "a%20b/%C3%BC%25%2C%3A%231.md"
        assert min(place["region"].values()) >= 1
    jsonschema.validate(json.loads(to_sarif([])), SCHEMA)


def test_json_holds_every_finding(files):
    record = json.loads(to_json(files))
    assert record["summary"] == {"files": 2, "findings": len(files[0].findings)}
    assert list(record["findings"][0]) == [
        *("path", "line", "column", "end_line", "end_column", "code", "message", "text", "level"),
    ]


def test_text_and_github_are_a_line_a_finding(files):
    lines = to_text(files).splitlines()
    assert len(lines) == len(files[0].findings)
    assert all(re.fullmatch(r"a b/ü%,:#1\.md:\d+:\d+: H\d{3} .+", line) for line in lines)
    for line in to_github(files).splitlines():
        assert re.fullmatch(
            r"::warning file=a b/ü%25%2C%3A#1\.md,line=\d+,col=\d+,endLine=\d+,endColumn=\d+,title=H\d+::.+", line
        )
    assert summarise(files) == f"{len(files[0].findings)} findings in 1 of 2 files"


def test_junit_has_a_case_a_finding(files):
    root = ET.fromstring(to_junit(files))
    first, clean = root.findall("testsuite")
    assert int(first.get("failures")) == len(first.findall("testcase/failure")) == len(files[0].findings)
    assert (clean.get("tests"), clean.get("failures"), len(clean.findall("testcase"))) == ("1", "0", 1)


@given(st.text(max_size=40), st.text(max_size=20))
def test_no_text_breaks_a_format(path, message):
    try:
        (path + message).encode()
    except UnicodeEncodeError:
        return
    files = [locate(path, message, [Finding("H001", message, 0, len(message))])]
    jsonschema.validate(json.loads(to_sarif(files))["runs"][0]["columnKind"], {"type": "string"})
    ET.fromstring(to_junit(files))
    assert len(to_github(files).split("\n")) == 2
    assert len(to_text(files).splitlines()) == 1
    assert set(WRITERS) == {"text", "json", "sarif", "github", "junit"}


def test_the_nearest_settings_count(tmp_path):
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text("[tool.hedge]\nmax-hedged = 0.3\n")
    assert find_config(inner) == (tmp_path / "pyproject.toml").resolve()
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.other]\nx = 1\n")
    assert find_config(inner) == (tmp_path / "pyproject.toml").resolve()
    (tmp_path / "a" / "pyproject.toml").write_text('tool = "x"\n')
    assert find_config(inner) == (tmp_path / "pyproject.toml").resolve()
    (tmp_path / "a" / "hedge.toml").write_text('select = ["H003"]\n')
    assert find_config(inner) == (tmp_path / "a" / "hedge.toml").resolve()


def test_settings_of_a_file_and_of_the_command_line(tmp_path):
    path = tmp_path / "hedge.toml"
    path.write_text('min-level = "probable"\nignore = ["H005"]\nskip-quotes = true\n')
    settings = read_settings(path, {"min-level": "possible", "max-hedged": 0.5})
    assert (settings.min_level, settings.max_hedged, settings.skip_quotes) == (Level.POSSIBLE, 0.5, True)
    assert settings.codes() == ("H001", "H002", "H003", "H006", "H100")
    shown = show_settings(settings)
    assert 'min-level = "possible"  # command line' in shown
    assert f'ignore = ["H005"]  # {path}' in shown
    assert 'model = "general"  # default' in shown
    assert read_settings(None, {}).codes() == ("H002", "H003", "H005", "H100")
    assert read_settings(None, {"select": ("H00",)}).codes() == tuple(CODES)
    assert read_settings(None, {"select": ("H004",), "ignore": ("H1",)}).codes() == ("H004",)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("min-level = 3", "min-level must be one of"),
        ('min-level = "maybe"', "min-level must be one of"),
        ("max-hedged = 30", "max-hedged must be a share"),
        ("max-hedged = true", "max-hedged must be a share"),
        ('select = ["H9"]', "'H9' is no rule; there are H001"),
        ("select = [1]", "select must be a list of codes"),
        ('skip-quotes = "yes"', "skip-quotes must be true or false"),
        ("model = 1", "model must be"),
        ("colour = 1", "unknown setting 'colour'; there are model, select"),
        ("x = ", "is no TOML"),
    ],
)
def test_bad_settings_name_the_file_and_the_key(tmp_path, content, message):
    path = tmp_path / "hedge.toml"
    path.write_text(content)
    with pytest.raises(InputError, match=re.escape(message)) as error:
        read_settings(path, {})
    assert str(error.value).startswith(str(path))


@pytest.mark.parametrize(
    "text, message",
    [
        ("The dam allegedly leaked.", "“allegedly” names no source: say who says so"),
        ("A senior official said the dam leaked.", "“A senior official” is a vague source: say who"),
    ],
)
def test_a_vague_source_is_told_from_none(model, text, message):
    (finding,) = find_all(model.score(text), ["H003"], Limits())
    assert finding.message == message
