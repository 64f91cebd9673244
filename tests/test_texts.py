"""The script that writes texts that come with other packages: what it takes of a page for prose."""

import importlib.util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "corpora" / "texts.py"


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("texts", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("page", "prose"),
    [
        ("Title\n=====\n\nThe call may\nfail.\n\nIt won't.\n", "The call may fail.\n\nIt won't."),
        ("Use ``run``, :func:`~app.core.run` or :setting:`!RUN`.", "Use run, run or RUN."),
        ("See `the guide <https://x.org>`_, **now**, *soon* or `later`__.", "See the guide, now, soon or later."),
        (".. note::\n\n    It may fail.\n\n:param x: No.\n\n>>> run()\n", "It may fail."),
        ("no capital.\n\nNo end\n\nAn example::\n\n| Left over.\n", ""),
    ],
)
def test_prose_of_a_page(page, prose, script):
    assert script._prose(page) == prose
