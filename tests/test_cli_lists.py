"""`hedge lexicon`, `corpora`, `models`, and the help of every command."""

import re

import pytest
from commands import call, fails, records, run, start
from typer.main import get_command

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
    none = call("lexicon", "no such phrase")
    assert (none.returncode, len(none.stdout.splitlines())) == (0, 1)
    assert none.stderr == b"hedge: note: no entry has it\n"


def test_corpora_and_models_are_listed():
    output = run("corpora")
    assert re.search(r"^records +weather +\d+ +\d+\.\d%$", output, re.MULTILINE)
    assert re.search(r"^bioscope +biology +\d+", output, re.MULTILINE)
    assert run("models").startswith("model ")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_holds_an_example(command):
    assert f"Example: hedge {command}" in " ".join(run(command, "--help").split())


def test_the_root_command():
    assert run("--version") == f"hedge {hedge.__version__}\n"
    assert "Example: hedge score" in run("--help")
    assert "Missing command" in fails(by=start)
    assert "No such command 'scroe'" in fails("scroe")


@pytest.mark.parametrize("name", COMMANDS)
def test_the_command_line_of_one_command_is_that_of_all(name):
    one, all_ = (get_command(app) for app in (make_app(name), make_app()))
    assert (list(one.commands), one.help, one.epilog) == ([name], all_.help, all_.epilog)
    shown = [[(p.name, p.opts, p.help, p.default) for p in root.commands[name].params] for root in (one, all_)]
    assert shown[0] == shown[1]
    assert list(get_command(make_app("no command")).commands) == list(all_.commands)
