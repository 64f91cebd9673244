"""Running the command line from tests: in a process of its own, or in this one."""

import io
import json
import os
import re
import subprocess
import sys

import pytest

from hedge.cli import main


def start(*arguments, **options):
    """Run a command in a process of its own."""
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "hedge", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, timeout=120, env=environment, check=False, **options)


def call(*arguments, cwd=".", input=b"", stdin=None):
    """Run a command in this process, which spares the start; otherwise like `start`."""
    streams = [io.TextIOWrapper(io.BytesIO(data), "ascii") for data in (input, b"", b"")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["hedge", *map(str, arguments)])
        for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
            patch.setattr(sys, name, stream)
        if stdin is not None:
            patch.setattr(sys, "stdin", stdin)
        patch.chdir(cwd)
        with pytest.raises(SystemExit) as ended:
            main()
        for stream in streams[1:]:
            stream.flush()
    output, error = (stream.buffer.getvalue() for stream in streams[1:])
    return subprocess.CompletedProcess(arguments, ended.value.code or 0, output, error)


def run(*arguments, by=call, **options):
    """Standard output of a command that must do well and say nothing on standard error."""
    done = by(*arguments, **options)
    assert (done.returncode, done.stderr.decode()) == (0, "")
    return done.stdout.decode()


def fails(*arguments, by=call, **options):
    """The error of a command that must fail in the one right way."""
    done = by(*arguments, **options)
    message = done.stderr.decode()
    assert (done.returncode, done.stdout) == (2, b"")
    assert re.fullmatch(r"hedge: [^\n]+\n", message), message
    return message


def records(output):
    return [json.loads(line) for line in output.split("\n")[:-1]]
