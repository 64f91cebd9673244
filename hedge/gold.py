"""Marked cues and holders beside what the engine finds; what cues teach the lexicon; folds of documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from hedge.buffer import Bytes, Ints
from hedge.candidates import find_candidates
from hedge.classes import WORD_CLASSES
from hedge.corpora.example import Example
from hedge.gate import look
from hedge.holder import Holders
from hedge.levels import CueType
from hedge.lexicon import FORM_COLUMNS, Form, Lexicon, compile_lexicon, forms_of, read_entries
from hedge.passage import Passage, read_texts
from hedge.tokens import Bools, hash_words

_LEARNED_STRENGTH: Final = 0.5
_LONGEST: Final = 5
"""Words of the longest phrase that is learned."""

_LEAST_SHARE: Final = 0.1
"""A phrase is learned if at least this share of its occurrences is marked."""

_TELLING: Final = 6
"""Spaces in a sentence that hardly stands in two documents by accident."""

_FEW: Final = 5
"""Documents that may share a sentence for its own sake; in more it is a formula, *do not reply to this message*."""

_Document = tuple[str, str]
"""Source and name."""


@dataclass(frozen=True)
class Alignment:
    """Candidates beside marked cues.

    Attributes
    ----------
    hit : bool[c], which candidates overlap a marked cue.
    types : the type of the first marked cue that each holds whole, or None; a longer cue says nothing of its parts.
    margins : int64[2, c], how many words of each hit candidate come before and after all that is marked in it.
    covered : for each example, which of its cues overlap a candidate.

    """

    hit: Bools
    types: list[CueType | None]
    margins: Ints
    covered: list[list[bool]]


def align_cues(examples: Sequence[Example], passage: Passage) -> Alignment:
    """Find which candidates of a passage, which was read from the examples' texts, overlap a marked cue."""
    candidates, tokens = passage.candidates, passage.tokens
    base = 0
    marked: list[list[tuple[int, int]]] = []
    for example in examples:
        marked.append([_bytes_of(example.text, cue.start, cue.end, base) for cue in example.cues or ()])
        base += len(example.text.encode()) + 1
    hit = np.zeros(len(candidates), dtype=np.bool_)
    types: list[CueType | None] = [None] * len(candidates)
    margins = np.zeros((2, len(candidates)), dtype=np.int64)
    covered = [[False] * len(spans) for spans in marked]
    begins, ends = tokens.start[candidates.first].tolist(), tokens.end[candidates.last - 1].tolist()
    for index, (sentence, begin, end) in enumerate(zip(candidates.sentence.tolist(), begins, ends, strict=True)):
        if not marked[sentence]:
            continue
        met = [number for number, (low, high) in enumerate(marked[sentence]) if low < end and begin < high]
        for number in met:
            low, high = marked[sentence][number]
            hit[index] = covered[sentence][number] = True
            if begin <= low and high <= end and types[index] is None:
                types[index] = (examples[sentence].cues or ())[number].type
        if met:
            lows, highs = zip(*(marked[sentence][number] for number in met), strict=True)
            words = slice(candidates.first[index], candidates.last[index])
            if begin < min(lows):
                margins[0, index] = (tokens.end[words] <= min(lows)).sum()
            if end > max(highs):
                margins[1, index] = (tokens.start[words] >= max(highs)).sum()
    return Alignment(hit, types, margins, covered)


def align_holders(examples: Sequence[Example], passage: Passage, phrases: Holders) -> Bools:
    """Which phrases bool[k] of a passage, which was read from the examples' texts, overlap the marked holder."""
    low, high = np.zeros((2, len(examples)), dtype=np.int64)
    base = 0
    for index, example in enumerate(examples):
        if example.holder:
            low[index], high[index] = _bytes_of(example.text, example.holder.start, example.holder.end, base)
        base += len(example.text.encode()) + 1
    begin, end = passage.tokens.start[phrases.first], passage.tokens.end[phrases.last - 1]
    met: Bools = (low[phrases.sentence] < end) & (begin < high[phrases.sentence])
    return met


def _bytes_of(text: str, start: int, end: int, base: int) -> tuple[int, int]:
    """Bytes from `base` on of code points of a text."""
    if text.isascii():
        return base + start, base + end
    low = base + len(text[:start].encode())
    return low, low + len(text[start:end].encode())


def find_margins(lexicon: Lexicon, passage: Passage, alignment: Alignment, target: Bools) -> Bytes:
    """Margins uint8[2, f] of the lexicon's forms: the commonest of their hits, of several the widest.

    What counts are the hits in the sentences `target` bool[s], for a form that has none there those in the others. A
    form without hits is a cue as a whole. Negators before a cue aren't cut off: they belong to it (*not expect*).
    """
    candidates = passage.candidates
    margins = np.zeros((2, len(lexicon.forms)), dtype=np.uint8)
    inside = alignment.margins.sum(axis=0) < candidates.last - candidates.first  # else the mark holds no word
    chosen = target[candidates.sentence]
    for rows in (~chosen, chosen):
        used = alignment.hit & inside & rows
        found, counts = np.unique(np.stack((candidates.form, *alignment.margins))[:, used], axis=1, return_counts=True)
        order = np.lexsort((counts, found[0]))
        found = found[:, order]
        commonest = np.append(found[0, 1:] != found[0, :-1], True)[: found.shape[1]]
        margins[:, found[0, commonest]] = found[1:, commonest]
    np.minimum(margins[0], _first_negators(lexicon), out=margins[0])
    return margins


def _first_negators(lexicon: Lexicon) -> Bytes:
    """Which word of each form is its first negator, or its verb's (*didn't*), uint8[f]; the last word if none is."""
    sizes = lexicon.columns[FORM_COLUMNS.index("words")].astype(np.int64)
    form = np.arange(len(sizes)).repeat(sizes)
    place = np.arange(len(form)) - (sizes.cumsum() - sizes)[form]
    negator = np.isin(lexicon.words, hash_words(WORD_CLASSES["negator"].split()))
    contracted = lexicon.words == hash_words(["t"])[0]
    first = sizes - 1
    np.minimum.at(first, form[negator], np.maximum(place - contracted, 0)[negator])
    found: Bytes = first.astype(np.uint8)
    return found


def learn_lexicon(examples: Sequence[Example], target: str) -> tuple[Lexicon, int]:
    """Compile the shipped lexicon with what the marked cues teach; also say how many of its forms weren't taught.

    A marked phrase in which there is no candidate is added when it is marked with a type, or twice without one, and
    when it isn't a common phrase that is marked once in a while (*were* in *were it to fail*).
    A form whose words are mostly marked with another type than the lexicon's takes that type. If the `target` corpus
    marks cues without types, by a definition of its own, only those of the shipped forms stay that it marks.
    """
    shipped = list(forms_of(read_entries()))
    marked = [example for example in examples if example.cues is not None]
    if not any(example.cues for example in marked):
        return compile_lexicon(shipped), len(shipped)
    own = {e.text[cue.start : cue.end].lower() for e in marked if e.corpus == target for cue in e.cues or ()}
    typed = any(cue.type for e in marked if e.corpus == target for cue in e.cues or ())
    if own and not typed:
        shipped = [form for form in shipped if form.text in own]
    lexicon = compile_lexicon(shipped)
    passage = read_texts(lexicon, [example.text for example in marked])
    alignment = align_cues(marked, passage)
    used: dict[str, Counter[CueType]] = {}
    for form, kind in zip(passage.candidates.form.tolist(), alignment.types, strict=True):
        if kind is not None:
            used.setdefault(lexicon.forms[form].text, Counter())[kind] += 1
    retyped = [_retype(form, used.get(form.text)) for form in lexicon.forms]
    taught_nothing = 0 if own and not typed else len(shipped)
    return compile_lexicon([*retyped, *new_forms(marked, alignment.covered, passage)]), taught_nothing


def _retype(form: Form, used: Counter[CueType] | None) -> Form:
    if not used:
        return form
    kind, count = used.most_common(1)[0]
    clear = count >= 2 and count > 2 * used[form.type]
    return form._replace(type=kind) if clear else form


def new_forms(examples: Sequence[Example], covered: list[list[bool]], passage: Passage) -> list[Form]:
    """Forms that marked cues teach: those of the examples' cues that no candidate of the passage overlaps."""
    seen: Counter[str] = Counter()
    marks: Counter[str] = Counter()
    types: dict[str, Counter[CueType]] = {}
    for example, hits in zip(examples, covered, strict=True):
        for cue, hit in zip(example.cues or (), hits, strict=True):
            phrase = " ".join(example.text[cue.start : cue.end].lower().split())
            if hit or not 1 <= len(phrase.split()) <= _LONGEST:
                continue
            seen[phrase] += 2 if cue.type else 1
            marks[phrase] += 1
            types.setdefault(phrase, Counter({CueType.EPISTEMIC: 0}))[cue.type or CueType.EPISTEMIC] += bool(cue.type)
    forms = [
        Form(phrase, phrase, types[phrase].most_common(1)[0][0], _LEARNED_STRENGTH)
        for phrase, count in sorted(seen.items())
        if count >= 2
    ]
    occurrences = _count_occurrences(forms, passage)
    # What is never found cuts through a word (*'ll*), and would be found elsewhere.
    return [form for form in forms if 0 < occurrences[form.text] <= marks[form.text] / _LEAST_SHARE]


def _count_occurrences(forms: Sequence[Form], passage: Passage) -> Counter[str]:
    lexicon = compile_lexicon(forms)
    tokens = passage.tokens
    found = find_candidates(lexicon, tokens, look(lexicon.gate, tokens.hash), passage.marks.owner)
    return Counter(lexicon.forms[number].text for number in found.form.tolist())


def assign_folds(examples: Sequence[Example], folds: int, seed: int) -> Ints:
    """Fold number int64[examples]; documents are kept whole and spread over the folds within each source.

    A few documents that share a sentence of several words stay together, also of corpora with the same texts.

    >>> e = [Example("x", "c", d) for d in ("a", "a", "b")]
    >>> fold = assign_folds(e, 2, 0)
    >>> bool(fold[0] == fold[1]), bool(fold[1] == fold[2])
    (True, False)
    """
    keys = _join_documents(examples)
    sizes = Counter(keys)
    random = np.random.default_rng(seed)
    place: dict[_Document, int] = {}
    for source in sorted({source for source, _ in keys}):
        documents = sorted(key for key in sizes if key[0] == source)
        load = np.zeros(folds, dtype=np.int64)
        for index in random.permutation(len(documents)):
            fold = int(load.argmin())
            place[documents[index]] = fold
            load[fold] += sizes[documents[index]]
    return np.array([place[key] for key in keys], dtype=np.int64)


def _join_documents(examples: Sequence[Example]) -> list[_Document]:
    """Source and document of each example; of documents that share a telling sentence those of the first."""
    keys = [(e.source or e.corpus, e.document) for e in examples]
    holding: dict[str, set[_Document]] = {}
    for example, key in zip(examples, keys, strict=True):
        if example.text.count(" ") >= _TELLING:
            holding.setdefault(example.text, set()).add(key)
    joined: dict[_Document, _Document] = {}

    def first_of(key: _Document) -> _Document:
        while key in joined:
            key = joined[key]
        return key

    for documents in holding.values():
        if 1 < len(documents) <= _FEW:
            first, *others = sorted({first_of(key) for key in documents})
            joined |= dict.fromkeys(others, first)
    return [first_of(key) for key in keys]
