"""Bring the output shown in README.md and docs/ up to date after a model changed: `python docs/examples.py`.

In a console block the lines shown take the figures of the lines that are like them; their words must not have changed.
In a Python block the comments that begin a line are what it prints.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```", re.DOTALL | re.MULTILINE)


def renew(block: re.Match[str]) -> str:
    """A block with what its code puts out now."""
    language, code = block[1], block[2]
    lines = code.splitlines()
    new = _renew_console(lines) if language == "console" else _renew_python(code)
    return f"```{language}\n" + "".join(f"{line}\n" for line in new) + "```"


def _renew_console(lines: list[str]) -> list[str]:
    command = [sys.executable, "-m", "hedge", *shlex.split(lines[0].removeprefix("$ hedge"))]
    output = iter(subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False).stdout.splitlines())
    return [lines[0], *(line if line == "..." else _find(line, output) for line in lines[1:])]


def _find(line: str, output: Iterator[str]) -> str:
    """The next line of the output that differs in its figures only."""
    return next(new for new in output if _words(new) == _words(line))


def _words(line: str) -> list[str]:
    """What a line says but for its figures."""
    return re.sub(r"[+-]?\d+(\.\d+)?", "#", line).split()


def _renew_python(code: str) -> list[str]:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "example", "exec"), {})
    kept = [line for line in code.splitlines() if not line.startswith("# ")]
    return kept + [f"# {line}" for line in printed.getvalue().splitlines()]


if __name__ == "__main__":
    os.chdir(ROOT)
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        page.write_text(BLOCK.sub(renew, page.read_text("utf-8")), "utf-8")
