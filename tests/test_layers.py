"""Each module imports only modules before it in the reading order, and scoring needs no scikit-learn."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import hedge

LAYOUT = (Path(__file__).parents[1] / "CONTRIBUTING.md").read_text("utf-8").partition("\n| module |")[2]
ROWS = LAYOUT.partition("\n\n")[0].splitlines()[2:]
ORDER = [name for row in ROWS for name in re.findall(r"`([a-z_]+)/?`", row.split("|")[1])]
PACKAGE = Path(hedge.__file__).parent
FILES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE or not path.name.startswith("__"))


def layer(path):
    """Name of the module of `ORDER` that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path):
    """Pairs (line, imported module) of a file, wherever in it the import stands."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            if node.module == "hedge":
                yield from ((node.lineno, f"hedge.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, node.module


def test_the_order_names_every_module():
    assert {layer(path) for path in FILES} == set(ORDER)
    assert len(set(ORDER)) == len(ORDER)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_earlier_ones(path):
    own = layer(path)
    late = [
        f"{path.relative_to(PACKAGE)}:{line} imports {name}, which comes later"
        for line, name in imports(path)
        if name.startswith("hedge.") and ORDER.index(name.split(".")[1]) > ORDER.index(own)
    ]
    assert late == []


LIGHT = """
import sys
sys.modules["sklearn"] = sys.modules["scipy"] = sys.modules["joblib"] = None
from hedge.library import load
document = load(sys.argv[1]).score("It may rain. It rained.")
assert len(document.sentences) == 2
assert not [name for name in sys.modules if name.startswith(("sklearn.", "scipy.", "joblib.", "typer", "rich"))]
"""


def test_scoring_imports_no_scikit_learn(model_folder):
    run = [sys.executable, "-W", "error", "-c", LIGHT, str(model_folder)]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_importing_the_package_imports_nothing_heavy():
    program = "import sys, hedge; print(*({'numpy', 'sklearn', 'typer', 'rich'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
