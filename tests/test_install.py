"""The wheel is small, holds the default model and works where nothing else of the project is."""

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LIMIT = 5_000_000
SCORE = "import hedge; print(hedge.load().score('It may rain.').sentences[0].level.label)"


@pytest.mark.slow
def test_a_wheel_installs_and_scores(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", tmp_path, ROOT], check=True, capture_output=True
    )
    (wheel,) = tmp_path.glob("*.whl")
    assert wheel.stat().st_size <= LIMIT
    names = zipfile.ZipFile(wheel).namelist()
    assert "hedge/data/models/general/weights.npz" in names
    assert "hedge/py.typed" in names
    assert not any(name.startswith(("tests", "benchmarks")) for name in names)
    venv.create(tmp_path / "fresh", with_pip=True)
    python = tmp_path / "fresh/bin/python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", wheel], check=True, capture_output=True)
    scored = subprocess.run([python, "-c", SCORE], check=True, capture_output=True, text=True, cwd=tmp_path)
    assert scored.stdout.strip() == "possible"
