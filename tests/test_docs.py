"""The documentation says what the code does: reference, schemas, examples, links."""

import importlib.util
import json
import re
import shlex
from pathlib import Path

import jsonschema
import pytest
from commands import call, records, run

from hedge.check.rules import RULES, UNUSED

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.glob("*.md"), *ROOT.glob("*.md")])
EXAMPLE = ROOT / "examples" / "harbour-talks.txt"


def schema(name):
    found = json.loads((DOCS / "schema" / f"{name}.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(found)
    return jsonschema.Draft202012Validator(found)


def test_the_reference_is_what_the_code_gives():
    spec = importlib.util.spec_from_file_location("reference", DOCS / "reference.py")
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    assert (DOCS / "cli.md").read_text("utf-8") == reference.make_page(), "run make docs"


def test_records_follow_their_schema(tmp_path):
    validator = schema("score")
    found = records(run("score", EXAMPLE, "--format", "jsonl"))
    (tmp_path / "a.csv").write_text('id,text\n1,"It may rain, officials said."\n', "utf-8")
    found += records(run("score", tmp_path / "a.csv", "--text-column", "text", "--format", "jsonl"))
    (tmp_path / "b.txt").write_text(
        "le ministre dit que les discussions pourraient bien reprendre demain " * 4, "utf-8"
    )
    found += records(call("score", tmp_path / "b.txt", "--format", "jsonl").stdout.decode())
    assert any("warning" in record for record in found) and any("row" in record for record in found)
    for record in found:
        validator.validate(record)
    with pytest.raises(jsonschema.ValidationError):
        validator.validate({**found[0], "level": "maybe"})


def test_explanations_follow_their_schema():
    schema("explain").validate(json.loads(run("explain", EXAMPLE.read_text("utf-8"), "--format", "json")))


def test_figures_follow_their_schema(tmp_path):
    (tmp_path / "a.csv").write_text("text,label\nIt may rain.,possible\nIt rained.,certain\n", "utf-8")
    output = run("evaluate", "--corpus", f"csv={tmp_path / 'a.csv'}", "--format", "json")
    schema("evaluate").validate(json.loads(output))


def test_findings_and_comparisons_follow_their_schemas(tmp_path):
    (tmp_path / "a.txt").write_text("It may possibly rain, some experts say.\n\nIt snowed.", "utf-8")
    (tmp_path / "b.txt").write_text("It will rain, said Ms Rask.\n\nPerhaps it will hail.", "utf-8")
    found = call("check", "a.txt", "--format", "json", "--max-hedged", "0.1", cwd=tmp_path)
    schema("check").validate(json.loads(found.stdout))
    schema("diff").validate(json.loads(run("diff", "a.txt", "b.txt", "--all", "--format", "json", cwd=tmp_path)))


def test_the_rules_are_those_of_the_code():
    rows = re.findall(
        r"^\| (H\d+) \| (.*?) \| (.*?) \| (.*?) \|$", (DOCS / "check.md").read_text("utf-8"), re.MULTILINE
    )
    assert rows[:-1] == [(rule.code, rule.name, rule.summary, rule.reason) for rule in RULES]
    assert rows[-1][0] == UNUSED


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def blocks(language):
    """The blocks of code of all pages."""
    found = []
    for page in PAGES:
        fenced = re.findall(r"^```(\w*)\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)
        own = [code for name, code in fenced if name == language]
        found += [pytest.param(code, id=f"{page.stem}-{number}") for number, code in enumerate(own)]
    return found


@pytest.mark.parametrize("code", blocks("python"))
def test_python_examples_print_what_they_say(code, capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    exec(compile(code, "example", "exec"), {})
    said = [line.removeprefix("# ") for line in code.splitlines() if line.startswith("# ")]
    assert said
    assert capsys.readouterr().out.splitlines() == said


@pytest.mark.parametrize("console", blocks("console"))
def test_console_examples_show_real_output(console):
    """Lines in the order in which the command prints them; dots stand for lines left out."""
    command, *shown = console.splitlines()
    output = iter(call(*shlex.split(command.removeprefix("$ hedge")), cwd=ROOT).stdout.decode().splitlines())
    for line in shown:
        assert line == "..." or line in output, line
