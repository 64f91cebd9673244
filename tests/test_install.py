"""The wheel is small, holds the default model and works where nothing else of the project is."""

import json
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DAYS = ("today", "on Monday", "at night", "in Rome", "again", "at noon")
LIMIT = 5_000_000
SCORE = "import hedge; print(hedge.load().score('It may rain.').sentences[0].level.label)"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT], check=True, capture_output=True
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.mark.slow
def test_the_wheel_is_small(wheel):
    assert wheel.stat().st_size <= LIMIT


@pytest.mark.slow
def test_a_wheel_installs_scores_and_trains(wheel, tmp_path):
    names = zipfile.ZipFile(wheel).namelist()
    assert "hedge/data/models/general/weights.npz" in names
    assert "hedge/py.typed" in names
    assert not any(name.startswith(("tests", "benchmarks")) for name in names)
    venv.create(tmp_path / "fresh", with_pip=True)
    python = tmp_path / "fresh/bin/python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", wheel], check=True, capture_output=True)
    scored = subprocess.run([python, "-c", SCORE], check=True, capture_output=True, text=True, cwd=tmp_path)
    assert scored.stdout.strip() == "possible"
    rows = [
        f"It {verb} {day}.,{label}" for day in DAYS for verb, label in (("may rain", "hedged"), ("rained", "certain"))
    ]
    (tmp_path / "mine.csv").write_text("\n".join(["text,label", *rows]))
    command = [python, "-m", "hedge", "train", "--quiet", "--corpus", "csv=mine.csv", "--output", "mymodel"]
    subprocess.run(command, check=True, capture_output=True, cwd=tmp_path)
    assert json.loads((tmp_path / "mymodel/model.json").read_text())["base"]["name"] == "general"
