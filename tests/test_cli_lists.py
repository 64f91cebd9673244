"""`hedge lexicon`, `corpora`, `models`, and the help of every command."""

import re

import pytest
from commands import fails, records, run, start

import hedge
from hedge.cli import make_app
from hedge.lexicon import read_entries

COMMANDS = sorted(command.callback.__name__ for command in make_app().registered_commands)


def test_the_lexicon_is_listed_and_filtered():
    assert len(run("lexicon").splitlines()) == len(read_entries()) + 1
    found = records(run("lexicon", "likely", "--type", "epistemic", "--format", "jsonl"))
    assert {record["type"] for record in found} == {"epistemic"}
    assert all(any("likely" in form for form in (record["phrase"], *record["forms"])) for record in found)
    assert {"strength", "band", "source"} <= found[0].keys()
    assert "likely" in run("lexicon", "likely")
    assert len(run("lexicon", "no such phrase").splitlines()) == 1


def test_corpora_and_models_are_listed():
    output = run("corpora")
    assert re.search(r"^weather +\d+ +\d+\.\d%$", output, re.MULTILINE)
    assert re.search(r"^bioscope ", output, re.MULTILINE)
    assert run("models").startswith("model ")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_holds_an_example(command):
    assert f"Example: hedge {command}" in " ".join(run(command, "--help").split())


def test_the_root_command():
    assert run("--version") == f"hedge {hedge.__version__}\n"
    assert "Example: hedge score" in run("--help")
    assert "Missing command" in fails(by=start)
    assert "No such command 'scroe'" in fails("scroe")
