"""What the tests share: a model of random weights, and where the corpora are."""

import os
from dataclasses import replace
from pathlib import Path

import hypothesis
import numpy as np
import pytest

from hedge.features import TABLE_BITS
from hedge.gate import GATE_BITS
from hedge.holder import SOURCE_BITS, SourceWeights
from hedge.lexicon import FORM_COLUMNS, Lexicon, compile_lexicon, forms_of, know, read_entries, trim
from hedge.model import Weights, save
from hedge.packing import make_level_table
from hedge.register import Register
from hedge.sums import WORD_BITS

hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, max_examples=60)
hypothesis.settings.load_profile("ci")

SHARED = Path(__file__).parents[2] / "shared" / "corpora"


@pytest.fixture(scope="session")
def random_weights() -> Weights:
    """Weights without meaning: every path of the arithmetic is taken, and no accident can hide a difference."""
    random = np.random.default_rng(7)
    size = 1 << TABLE_BITS
    return Weights(
        random.integers(-150, 150, size).astype(np.int16),
        random.integers(-90, 90, 1 << WORD_BITS).astype(np.int16),
        40,
        make_level_table(random.integers(-60, 60, (3, size)).astype(np.int16)),
        np.array([500, 100, -300]),
        np.array([1.1, 0.1]),
        np.array([[0.9, 0.2], [1.0, 0.0], [1.1, -0.1]]),
        0.5,
        0.55,
        know(_random_lexicon(random), np.ones(1 << GATE_BITS, dtype=np.bool_)),
    )


def _random_lexicon(random: np.random.Generator) -> Lexicon:
    """Return the shipped forms, of which a few words are the cue, a register, and what makes a source."""
    register = Register(random.integers(-300, 300, 1 << WORD_BITS).astype(np.int16), -20)
    sources = SourceWeights(random.integers(-300, 300, 1 << SOURCE_BITS).astype(np.int16), 200)
    lexicon = replace(compile_lexicon(forms_of(read_entries())), register=register, sources=sources)
    words = lexicon.columns[FORM_COLUMNS.index("words")]
    before = random.integers(0, words)
    return trim(lexicon, np.stack((before, random.integers(0, words - before))).astype(np.uint8))


@pytest.fixture(scope="session")
def shared_corpora() -> Path:
    """Folder of the published corpora; tests that need it skip without it, but fail in CI."""
    if not SHARED.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI needs {SHARED}")
        pytest.skip(f"the published corpora are not at {SHARED}")
    return SHARED


@pytest.fixture(scope="session")
def model_folder(random_weights: Weights, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A saved model of random weights."""
    folder = tmp_path_factory.mktemp("models") / "random"
    save(replace(random_weights, metadata={"name": "random"}), folder)
    return folder
