"""Weights and what is known about them: loading, saving, logits and probabilities.

A model is data only: `weights.npz` (arrays, no pickles), `forms.tsv` (the surface forms that it looks for: form, head
form, type, strength, look-alike readings) and `model.json` (all else). Opening one can't run code.
"""

from __future__ import annotations

import dataclasses
import json
import shutil
import tempfile
import tokenize
import zipfile
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from hedge.buffer import Ints
from hedge.errors import ModelError
from hedge.features import FEATURES_VERSION, LEVEL_CUE_TEMPLATES, SENTENCE_TEMPLATES, TABLE_BITS
from hedge.gate import GATE_BITS, KNOWN
from hedge.holder import SOURCE_BITS, SourceWeights
from hedge.lexicon import Lexicon, assemble_lexicon, know
from hedge.packing import BOUNDS, LARGEST_SUM, LevelTable, pack, unpack
from hedge.register import Register
from hedge.sums import LOGIT_SCALE, WORD_BITS

Floats = npt.NDArray[np.float64]

FORMAT_VERSION: Final = 6
"""Version of the files of a model folder."""


@dataclass(frozen=True, eq=False, repr=False)
class Weights:
    """A trained model.

    Attributes
    ----------
    cue_table : int16[1 << TABLE_BITS], weights of cue features in units of 1 / LOGIT_SCALE.
    cue_words : int16[1 << WORD_BITS], what each word of its sentence adds to a candidate's logit, in the same unit.
    cue_bias : the cue model's intercept, in the same unit.
    level_table : three level weights for each of 1 << TABLE_BITS places, in the same unit.
    level_bias : int64[3], intercepts of the three decisions.
    cue_calibration : slope and intercept of the cue logit, float64[2].
    level_calibration : float64[3, 2], slope and intercept of each decision's logit.
    cue_threshold : probability from which a candidate is reported as a cue.
    certain_threshold : probability of the level certain from which a sentence is.
    lexicon : the surface forms that the model looks for, the register, and what makes a source; its gate also knows the
        words that training saw.
    metadata : everything else in `model.json`: name, corpora, seed, figures, licences.

    """

    cue_table: npt.NDArray[np.int16]
    cue_words: npt.NDArray[np.int16]
    cue_bias: int
    level_table: LevelTable
    level_bias: Ints
    cue_calibration: Floats
    level_calibration: Floats
    cue_threshold: float
    certain_threshold: float
    lexicon: Lexicon
    metadata: dict[str, Any] = field(default_factory=dict)

    @property
    def trained_on(self) -> tuple[str, ...]:
        """SHA-256 of the corpora that the model it was adapted from, if any, and it were trained on."""
        corpora = self.metadata.get("corpora", [])
        before = self.metadata.get("base", {}).get("sha256", [])
        return (*before, *(corpus["sha256"] for corpus in corpora if "sha256" in corpus))

    def cue_probabilities(self, logits: Ints) -> Floats:
        """Cue logits int64[c] -> calibrated probabilities float64[c]."""
        slope, intercept = self.cue_calibration
        return sigmoid(logits * (slope / LOGIT_SCALE) + intercept)

    def level_probabilities(self, logits: Ints) -> Floats:
        """Decision logits int64[3, s] -> P(level >= possible, probable, certain), float64[3, s], made monotone.

        The middle of two decisions that contradict each other is taken for both (pool adjacent violators).
        """
        slope, intercept = self._level_line
        return pool(sigmoid(logits * slope + intercept))

    @cached_property
    def _level_line(self) -> tuple[Floats, Floats]:
        """Slope per unit of the logits and intercept of each decision, float64[3, 1] each."""
        slope, intercept = self.level_calibration.T[:, :, None].copy()
        return slope / LOGIT_SCALE, intercept

    @cached_property
    def longest(self) -> int:
        """Tokens of the longest sentence whose packed sums surely stay in their fields, however its features weigh."""
        features = LARGEST_SUM // self.level_table.heaviest - len(SENTENCE_TEMPLATES.names)
        return features // (len(LEVEL_CUE_TEMPLATES.names) + 2)  # and its word, and its pair with the next

    def levels(self, probabilities: Floats) -> npt.NDArray[np.int8]:
        """Level int8[s] from P(level) float64[4, s]: certain from `certain_threshold` on, else the likeliest other."""
        levels: npt.NDArray[np.int8] = probabilities[:BOUNDS].argmax(axis=0).astype(np.int8)
        levels[probabilities[BOUNDS] >= self.certain_threshold] = BOUNDS
        return levels


def sigmoid(value: Floats) -> Floats:
    """1 / (1 + exp(-value)), without overflow.

    >>> sigmoid(np.array([0.0, 1000.0])).tolist()
    [0.5, 1.0]
    """
    result: Floats = 1.0 / (1.0 + np.exp(-np.maximum(np.minimum(value, 60.0), -60.0)))
    return result


def pool(cumulative: Floats) -> Floats:
    """Make float64[3, s] decrease along its first axis: the least-squares fit, which averages what contradicts.

    >>> pool(np.array([[0.9], [0.4], [0.6]])).ravel().tolist()
    [0.9, 0.5, 0.5]
    """
    if (cumulative[:-1] >= cumulative[1:]).all():  # as in most single sentences
        return cumulative
    # Min-max formula: value i is the least over starts j <= i of the greatest mean over ends k >= i of entries j..k.
    a, b, c = cumulative
    ab, bc = a + b, b + c
    abc = ab + c
    ab /= 2
    bc /= 2
    abc /= 3
    high, low = np.maximum(ab, abc), np.minimum(bc, abc)
    pooled = np.empty(cumulative.shape)
    np.maximum(a, high, out=pooled[0])
    np.minimum(high, np.maximum(b, bc), out=pooled[1])
    np.minimum(c, low, out=pooled[2])
    return pooled


def check_place(folder: Path, force: bool) -> None:
    """Refuse to write a model where something is; if `force`, where something else than a model is.

    Raises
    ------
    ModelError : it is refused, or the folder can't be read.

    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise ModelError(f"{folder} is there and is no folder")
    if not folder.exists():
        return
    if not force:
        raise ModelError(f"{folder} is there already; choose to replace it (--force, force=True)")
    try:
        names = {path.name for path in folder.iterdir()}
    except OSError as error:
        raise ModelError(f"{folder} can't be read: {error.strerror}") from error
    ours = _FILES if _is_described(folder) else frozenset()
    others = sorted(name for name in names if name not in ours or not (folder / name).is_file())
    if others:
        raise ModelError(f"{folder} holds something else than a model, {others[0]!r}; it is never replaced")


def _is_described(folder: Path) -> bool:
    """Whether a folder's model.json is that of a model of any version."""
    try:
        described = json.loads((folder / "model.json").read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(described, dict) and {"format_version", "features_version"} <= described.keys()


def save(weights: Weights, folder: Path, *, force: bool = False, card: str = "") -> None:
    """Write a model folder: aside first, then renamed, so that no half model is ever seen.

    Parameters
    ----------
    weights : the model.
    folder : where to; its parent is made if missing.
    force : replace a model that is there.
    card : text of the folder's README.md.

    Raises
    ------
    ModelError : the folder is there and `force` is false or it is no model, or it can't be written.

    """
    check_place(folder, force)
    folder = folder.absolute()  # for "." has no name
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise ModelError(f"{folder} can't be written: {error.strerror}") from error
    try:
        _write_arrays(weights, aside / "weights.npz")
        (aside / "model.json").write_text(json.dumps(_describe(weights), indent=1, ensure_ascii=False) + "\n", "utf-8")
        (aside / "forms.tsv").write_text(weights.lexicon.listing, "utf-8")
        if card:
            (aside / "README.md").write_text(card, "utf-8")
        aside.chmod(0o755)
        if folder.exists():
            old = aside.with_name(aside.name + "-old")
            folder.rename(old)
            try:
                aside.rename(folder)
            except OSError:
                old.rename(folder)
                raise
            shutil.rmtree(old)
        else:
            aside.rename(folder)
    except OSError as error:
        raise ModelError(f"{folder} can't be written: {error.strerror}") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _write_arrays(weights: Weights, path: Path) -> None:
    """Arrays in a zip with fixed dates, so that equal weights give equal bytes."""
    arrays: dict[str, npt.NDArray[Any]] = {
        "cue_table": weights.cue_table,
        "cue_words": weights.cue_words,
        "level_codes": weights.level_table.codes,
        "level_sets": unpack(weights.level_table.sets).astype(np.int16),
        "level_bias": weights.level_bias,
        "lexicon_words": weights.lexicon.words,
        "lexicon_columns": weights.lexicon.columns,
        "lexicon_margins": weights.lexicon.margins,
        "register_words": weights.lexicon.register.words,
        "source_table": weights.lexicon.sources.table,
        "known": np.packbits((weights.lexicon.gate & KNOWN).view(np.bool_)),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, array in arrays.items():
            with archive.open(zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), "w") as stream:
                np.lib.format.write_array(stream, array, allow_pickle=False)


def _describe(weights: Weights) -> dict[str, Any]:
    return {
        **weights.metadata,
        "format_version": FORMAT_VERSION,
        "features_version": FEATURES_VERSION,
        "cue_bias": weights.cue_bias,
        "register_bias": weights.lexicon.register.bias,
        "source_bias": weights.lexicon.sources.bias,
        "cue_calibration": weights.cue_calibration.tolist(),
        "level_calibration": weights.level_calibration.tolist(),
        "cue_threshold": weights.cue_threshold,
        "certain_threshold": weights.certain_threshold,
    }


_FILES: Final = frozenset(("weights.npz", "model.json", "forms.tsv", "README.md"))
"""Files of a model folder."""

# What reading a file that isn't as `save` wrote it can raise.
_DAMAGE: Final = (
    *(OSError, ArithmeticError, ValueError, LookupError, TypeError, EOFError, RuntimeError),
    *(zipfile.BadZipFile, tokenize.TokenError),
)
_TABLES: Final = (
    *(("cue_table", TABLE_BITS), ("source_table", SOURCE_BITS)),
    *(("cue_words", WORD_BITS), ("register_words", WORD_BITS)),
)
_LARGEST_BIAS: Final = 1 << 20
_NUMBERS: Final = (
    *("format_version", "features_version", "cue_bias", "cue_calibration", "level_calibration"),
    *("cue_threshold", "certain_threshold", "register_bias", "source_bias"),
)


def read(folder: Path) -> Weights:
    """Read a model folder.

    Raises
    ------
    ModelError : it is missing, damaged, or of another format or feature version; the text says what to do.

    """
    try:
        described = json.loads((folder / "model.json").read_text("utf-8"))
    except FileNotFoundError as error:
        raise ModelError(f"{folder} is no model: it holds no model.json") from error
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(f"{folder} holds no readable model.json: {error}") from error
    if not isinstance(described, dict):
        raise ModelError(f"{folder}/model.json isn't a JSON object; the model is damaged, fetch or train it again")
    for key, wanted in (("format_version", FORMAT_VERSION), ("features_version", FEATURES_VERSION)):
        if described.get(key) != wanted:
            raise ModelError(
                f"{folder} has {key} {described.get(key)!r} and this hedge needs {wanted}; train it again (hedge train)"
            )
    try:
        with (folder / "weights.npz").open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
            loaded = {name: arrays[name] for name in arrays.files}
        return _assemble(described, loaded, (folder / "forms.tsv").read_text("utf-8"))
    except _DAMAGE as error:
        reason = str(error).partition("\n")[0]
        raise ModelError(f"{folder} is damaged ({reason}); fetch or train it again") from error


def _assemble(described: dict[str, Any], arrays: dict[str, npt.NDArray[Any]], listing: str) -> Weights:
    for name, bits in _TABLES:
        if arrays[name].dtype != np.int16 or arrays[name].shape != (1 << bits,):
            raise ValueError(f"{name} of the wrong shape or type")
    codes, sets = arrays["level_codes"], arrays["level_sets"]
    if codes.dtype not in (np.uint16, np.uint32) or codes.shape != (1 << TABLE_BITS,):
        raise ValueError("level_codes of the wrong shape or type")
    if sets.dtype != np.int16 or sets.shape != (BOUNDS, int(codes.max()) + 1):
        raise ValueError("level_sets of the wrong shape or type")
    calibration = np.array(described["level_calibration"], dtype=np.float64)
    cue_calibration = np.array(described["cue_calibration"], dtype=np.float64)
    bias = arrays["level_bias"].astype(np.int64)
    if calibration.shape != (BOUNDS, 2) or cue_calibration.shape != (2,):
        raise ValueError("calibration of the wrong shape")
    if bias.shape != (BOUNDS,):
        raise ValueError("level_bias of the wrong shape")
    if max(abs(int(described[name])) for name in ("cue_bias", "register_bias", "source_bias")) > _LARGEST_BIAS:
        raise ValueError("a bias out of range")
    cue_threshold, certain_threshold = (float(described[name]) for name in ("cue_threshold", "certain_threshold"))
    if not (np.isfinite(calibration).all() and np.isfinite(cue_calibration).all()):
        raise ValueError("calibration that is no number")
    if not (0 <= cue_threshold <= 1 and 0 <= certain_threshold <= 1):
        raise ValueError("a threshold that is no probability")
    known = np.unpackbits(arrays["known"]).astype(np.bool_)
    if known.shape != (1 << GATE_BITS,):
        raise ValueError("known words of the wrong shape")
    parts = (arrays[f"lexicon_{name}"] for name in ("words", "columns", "margins"))
    register = Register(arrays["register_words"], int(described["register_bias"]))
    sources = SourceWeights(arrays["source_table"], int(described["source_bias"]))
    lexicon = dataclasses.replace(assemble_lexicon(listing, *parts), register=register, sources=sources)
    return Weights(
        arrays["cue_table"],
        arrays["cue_words"],
        int(described["cue_bias"]),
        LevelTable(codes, pack(sets)),
        bias,
        cue_calibration,
        calibration,
        cue_threshold,
        certain_threshold,
        know(lexicon, known),
        {key: value for key, value in described.items() if key not in _NUMBERS},
    )
