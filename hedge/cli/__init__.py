"""The command line; the only part of hedge that prints.

Importing it imports typer and nothing heavier: `hedge --help` and `hedge score` of a small file must start at once.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Annotated, Final

import typer

from hedge.cli.check import check
from hedge.cli.diff import diff
from hedge.cli.evaluate import evaluate
from hedge.cli.explain import explain
from hedge.cli.listing import corpora, lexicon, models
from hedge.cli.output import fail, silence
from hedge.cli.score import score
from hedge.cli.train import train
from hedge.errors import HedgeError

BAD, INTERRUPTED = 2, 130
"""Exit status; 0 is done, 1 is for commands that look for something."""

_ENDING: Final = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""What asks the program to end."""

_COMMANDS: Final = {
    command.__name__: command for command in (score, check, explain, diff, train, evaluate, models, corpora, lexicon)
}


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"hedge {version('hedge')}")
        raise typer.Exit


def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Which sentences are stated as fact, which are hedged, how strongly, by which words, and on whose word.

    Exit status: 0 done, 1 findings (of check only), 2 bad usage or bad input. Results go to standard output, all
    else to standard error.
    """


def make_app(name: str = "") -> typer.Typer:
    """Make the command line with the command that is called, or with all: each costs about a millisecond."""
    app = typer.Typer(
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        epilog="Example: hedge score article.txt",
    )
    app.callback()(_root)
    for command in [_COMMANDS[name]] if name in _COMMANDS else _COMMANDS.values():
        app.command()(command)
    return app


def main() -> None:
    """Run the command line: one line for every error, no traceback."""
    _stand_in_for_closed()
    for number in _ENDING:
        if signal.getsignal(number) is signal.SIG_DFL:  # else nohup, or who started this, wants it otherwise
            signal.signal(number, _end)
    try:
        status = make_app(*sys.argv[1:2])(prog_name="hedge", standalone_mode=False)
        sys.stdout.flush()
    except (KeyboardInterrupt, typer.Abort):
        status = INTERRUPTED
    except HedgeError as error:
        status = _report(str(error))
    except OSError as error:
        silence()
        status = _report(f"{error.filename}: {error.strerror}" if error.filename else error.strerror or str(error))
    except Exception as error:
        message = getattr(error, "format_message", None)  # typer's usage errors; their class moved between versions
        if message is None:
            raise
        command = "".join(f" {name}" for name in sys.argv[1:2] if name in _COMMANDS)
        status = _report(f"{message().rstrip('.')}; see hedge{command} --help")
    sys.exit(status)


def _end(number: int, frame: object) -> None:
    """Leave as after Ctrl-C, with nothing half written and no process left behind."""
    raise SystemExit(128 + number)


def _stand_in_for_closed() -> None:
    """Streams that can't be written to, and that swallow what is, for standard output and error if they are closed."""
    if sys.stdout is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY), "r")
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")


def _report(message: str) -> int:
    fail(message)
    return BAD
