"""Settings of `hedge check`: from `pyproject.toml` or `hedge.toml`, the nearest first, and from the command line."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from hedge.check.rules import RULES, UNUSED
from hedge.errors import InputError
from hedge.levels import LEVEL_OF, Level
from hedge.shipped import DEFAULT_MODEL

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

DEFAULT: Final = "default"
COMMAND_LINE: Final = "command line"
_CODES: Final = (*(rule.code for rule in RULES), UNUSED)


@dataclass(frozen=True)
class Settings:
    """What to look for.

    Attributes
    ----------
    model : name or folder of the model.
    select, ignore : codes of rules, or their beginnings; nothing selected stands for the preset rules.
    max_hedged : share of hedged sentences in a file, at most.
    min_level : level that every sentence must have at least.
    skip_quotes : leave what is in quotation marks alone.
    origins : where each was set; what isn't here is at its default.

    """

    model: str = DEFAULT_MODEL
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    max_hedged: float | None = None
    min_level: Level | None = None
    skip_quotes: bool = False
    origins: Mapping[str, str] = field(default_factory=dict)

    def codes(self) -> tuple[str, ...]:
        """Codes of the rules that are on; a limit switches on the rule that watches it."""
        preset = {rule.code for rule in RULES if rule.preset} | {UNUSED}
        limited = {"H001"} if self.min_level is not None else set()
        limited |= {"H006"} if self.max_hedged is not None else set()
        chosen = {code for code in _CODES if code.startswith(self.select)} if self.select else preset
        on = chosen | limited
        return tuple(code for code in _CODES if code in on and not (self.ignore and code.startswith(self.ignore)))


def _read_codes(value: Any) -> tuple[str, ...]:
    codes = tuple(value) if isinstance(value, (list, tuple)) else (value,)
    if not all(isinstance(code, str) for code in codes):
        raise ValueError("must be a list of codes of rules")
    unknown = [code for code in codes if not code or not any(known.startswith(code) for known in _CODES)]
    if unknown:
        raise ValueError(f"{unknown[0]!r} is no rule; there are {', '.join(_CODES)}")
    return codes


def _read_share(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise ValueError("must be a share from 0 to 1")
    return float(value)


def _read_level(value: Any) -> Level:
    if not isinstance(value, str) or value not in LEVEL_OF:
        raise ValueError(f"must be one of {', '.join(LEVEL_OF)}")
    return LEVEL_OF[value]


def _read_flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _read_name(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("must be a model's name or folder")
    return value


_KEYS: Final[dict[str, Callable[[Any], Any]]] = {
    "model": _read_name,
    "select": _read_codes,
    "ignore": _read_codes,
    "max-hedged": _read_share,
    "min-level": _read_level,
    "skip-quotes": _read_flag,
}


def find_config(folder: Path) -> Path | None:
    """Find the nearest `hedge.toml`, or `pyproject.toml` with a table `[tool.hedge]`, in a folder or above it.

    Raises
    ------
    InputError : a file on the way can't be read.

    """
    here = folder.resolve()
    for place in (here, *here.parents):
        if (place / "hedge.toml").is_file():
            return place / "hedge.toml"
        project = place / "pyproject.toml"
        if project.is_file() and _table(project) is not None:
            return project
    return None


def read_settings(config: Path | None, given: Mapping[str, Any]) -> Settings:
    """Settings of a file, which may be None, under those given on the command line (key -> value).

    Raises
    ------
    InputError : a file can't be read, or a key or a value isn't known; the error names it.

    """
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    if config is not None:
        table = dict(_table(config) or {})
        if isinstance(table.get("model"), str) and (config.parent / table["model"] / "model.json").is_file():
            table["model"] = str(config.parent / table["model"])
        _enter(values, origins, table, str(config))
    _enter(values, origins, given, COMMAND_LINE)
    return Settings(**values, origins=origins)


def _enter(values: dict[str, Any], origins: dict[str, str], table: Mapping[str, Any], origin: str) -> None:
    for key, value in table.items():
        if key not in _KEYS:
            raise InputError(f"unknown setting {key!r}; there are {', '.join(_KEYS)}", origin)
        try:
            values[key.replace("-", "_")] = _KEYS[key](value)
        except ValueError as error:
            name = f"--{key}" if origin == COMMAND_LINE else key
            raise InputError(f"{name} {error}", None if origin == COMMAND_LINE else origin) from error
        origins[key] = origin


def _table(path: Path) -> dict[str, Any] | None:
    """Settings in a file, or None for a `pyproject.toml` without any."""
    try:
        found: Any = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise InputError(f"can't be read: {error.strerror}", path) from error
    except ValueError as error:
        raise InputError(f"is no TOML: {error}", path) from error
    if path.name == "pyproject.toml":
        tools = found.get("tool")
        found = tools.get("hedge") if isinstance(tools, dict) else None
    if found is not None and not isinstance(found, dict):
        raise InputError("[tool.hedge] must be a table", path)
    return found


def show_settings(settings: Settings) -> str:
    """Settings as TOML, each with a word on where it comes from."""
    values: dict[str, Any] = {
        "model": settings.model,
        "select": list(settings.select),
        "ignore": list(settings.ignore),
        "max-hedged": settings.max_hedged,
        "min-level": None if settings.min_level is None else settings.min_level.label,
        "skip-quotes": settings.skip_quotes,
    }
    lines = [
        f"{key} = {json.dumps(value, ensure_ascii=False)}  # {settings.origins.get(key, DEFAULT)}"
        if value is not None
        else f"# {key} is not set"
        for key, value in values.items()
    ]
    return "".join(f"{line}\n" for line in (*lines, f"# rules: {', '.join(settings.codes())}"))


def given_settings(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Those of the pairs (key, value) that were given on the command line: neither None nor False nor empty."""
    return {key: value for key, value in pairs if value is not None and value is not False and value != ()}
