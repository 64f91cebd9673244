"""Write docs/cli.md from the code of the command line: `python docs/reference.py`, or `make docs`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from typer.main import get_command

from hedge.cli import make_app

PAGE = Path(__file__).with_name("cli.md")
_TYPES = {"str": "TEXT", "integer range": "NUMBER", "int range": "NUMBER"}


def make_page() -> str:
    """The reference: every command with its usage, its text, its arguments and options."""
    root: Any = get_command(make_app())
    sections = [_section(name, command) for name, command in root.commands.items()]
    return f"# Command line\n\n{_clean(root.help)}\n\nEvery command takes `--help`.\n\n" + "\n".join(sections)


def _section(name: str, command: Any) -> str:
    arguments = [parameter for parameter in command.params if parameter.param_type_name == "argument"]
    options = [parameter for parameter in command.params if parameter.param_type_name == "option"]
    usage = " ".join(
        ["hedge", name, *(_name(argument) for argument in arguments), "[OPTIONS]" if options else ""]
    ).strip()
    rows = [f"| `{_cell(_name(argument))}` | {_cell(argument.help)} |\n" for argument in arguments]
    rows += [f"| {_flags(option)} | {_cell(option.help)}{_default(option)} |\n" for option in options]
    table = "| argument or option | |\n|---|---|\n" + "".join(rows) if rows else ""
    return f"## hedge {name}\n\n```\n{usage}\n```\n\n{_clean(command.help)}\n\n{table}"


def _clean(text: str | None) -> str:
    """Paragraphs of a help text, one line each; its example as code."""
    paragraphs = [" ".join(part.split()) for part in (text or "").split("\n\n")]
    return "\n\n".join(
        f"```\n{part.removeprefix('Example: ')}\n```" if part.startswith("Example: ") else part for part in paragraphs
    )


def _name(argument: Any) -> str:
    name = argument.metavar or argument.name.upper()
    return name if argument.required or name.startswith("[") else f"[{name}]"


def _flags(option: Any) -> str:
    shown = ", ".join(f"`{flag}`" for flag in option.opts)
    choices = getattr(option.type, "choices", None)
    if option.is_flag:
        return shown
    value = "\\|".join(getattr(choice, "value", choice) for choice in choices) if choices else option.metavar
    return f"{shown} `{value or _TYPES.get(option.type.name, option.type.name.upper())}`"


def _cell(text: str | None) -> str:
    return " ".join((text or "").split()).replace("|", "\\|")


def _default(option: Any) -> str:
    value = getattr(option.default, "value", option.default)
    if option.is_flag or callable(value) or value is None or value in ((), [], ""):
        return ""
    return f" Default: `{value}`."


if __name__ == "__main__":
    PAGE.write_text(make_page(), "utf-8")
