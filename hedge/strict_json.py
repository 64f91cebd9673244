"""JSON as its standard has it."""

from __future__ import annotations

import json
from typing import Any, Final, NoReturn


def read_json(line: str) -> Any:
    """The value of a line of JSON; NaN and infinities are none.

    Raises
    ------
    ValueError : it is no JSON, or nested too deeply; the text says why.

    >>> read_json('{"a": [1, null]}')
    {'a': [1, None]}

    """
    try:
        return _DECODER.decode(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"{error.msg} at character {error.pos + 1}") from error
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


_DECODER: Final = json.JSONDecoder(parse_constant=_no_constant)
