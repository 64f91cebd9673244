"""What the README says to run does run, and gives what the README says."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language):
    fenced = re.findall(r"^```(\w*)\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    return [code for name, code in fenced if name == language]


def hedge(*arguments, cwd=ROOT):
    return subprocess.run(
        [sys.executable, "-m", "hedge", *arguments], capture_output=True, text=True, check=True, cwd=cwd
    ).stdout


@pytest.mark.slow
def test_the_retraining_commands_run(tmp_path):
    labelled = [
        "text,label",
        *(f"The boat may sink at pier {n}.,hedged\nThe boat sank at pier {n}.,certain" for n in range(100)),
    ]
    (tmp_path / "mine.csv").write_text("\n".join(labelled), "utf-8")
    (tmp_path / "article.txt").write_text("The boat may sink. It sank.", "utf-8")
    (commands,) = (block for block in blocks("") if "hedge train" in block)
    for command in commands.strip().splitlines():
        assert hedge(*shlex.split(command)[1:], cwd=tmp_path)


def test_every_option_named_exists():
    calls = re.findall(r"\bhedge ([a-z]+)\b([^\n`#]*)", README)
    named = {(command, option) for command, rest in calls for option in re.findall(r"(?<!\S)--[a-z-]+", rest)}
    assert len(named) >= 6
    for command, option in named:
        assert re.search(rf"{option}\b", hedge(command, "--help")), (command, option)
