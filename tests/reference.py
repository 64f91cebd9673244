"""The oracle: what scoring computes, in plain Python, slow and obvious.

It shares data with the package (class table, word lists, template names, constants, weights) and no algorithm but the
rules for holders.
Text is handled as UTF-8 bytes; hashes are integers modulo 2**64.
"""

import functools
import math
import re
from dataclasses import dataclass, field

import numpy as np

from hedge import boundary_words, columns, features, gate, holder, packing, register, segment, shapes, sums, tokens
from hedge.buffer import (
    _LONGEST_NOTE,
    APOSTROPHE,
    CLASS_TABLE,
    CLAUSE,
    CLOSE,
    HYPHEN,
    NEWLINE,
    OPEN,
    OTHER,
    QUOTE,
    SPACE,
    TERMINAL,
    WIDE,
    WORD,
    make_buffer,
)
from hedge.classes import MARKS, WORD_CLASSES
from hedge.levels import CUE_TYPES, HEDGE_TYPES
from hedge.senses import PREDICATE_SENSES, SUBJECT_SENSES
from hedge.templates import _KEYS

MASK = 2**64 - 1
K_FIRST, K_LAST = int(tokens._K_FIRST), int(tokens._K_LAST)
K_LENGTH, K_MIDDLE = int(tokens._K_LENGTH), int(tokens._K_MIDDLE)


def letter_range(byte, low, high):
    return ord(low) <= byte <= ord(high)


@dataclass
class Text:
    """Bytes with their lower-cased spelling and class, one entry each."""

    raw: bytes
    lower: bytearray
    classes: list


def read(text):
    raw = text.encode("utf-8")
    lower = bytearray(raw.lower())
    classes = [CLASS_TABLE[byte] for byte in raw]
    position = 0
    for character in text:
        size = len(character.encode("utf-8"))
        if character in WIDE:
            kind, spelling = WIDE[character]
            for offset in range(size):
                classes[position + offset] = kind
                lower[position + offset] = spelling[offset] if offset < len(spelling) else 0
        position += size
    return Text(raw, lower, join(raw, lower, unmark(raw, classes)))


def unmark(raw, classes):
    """Take away up to three asterisks or underscores that touch a word, or anything, on one side."""
    result = list(classes)
    for marks in re.finditer(rb"[*_]+", raw):
        begin, end = marks.span()
        sides = [classes[k] if 0 <= k < len(raw) else SPACE for k in (begin - 1, end)]
        words = [kind == WORD for kind in sides].count(True)
        if 1 in (words, [kind > NEWLINE for kind in sides].count(True)) and end - begin <= 3:
            result[begin:end] = [SPACE] * (end - begin)
    return result


def join(raw, lower, classes):
    """Take away apostrophes, hyphens, full stops and commas inside words."""
    result = list(classes)
    for i, kind in enumerate(classes):
        if not APOSTROPHE <= kind <= CLAUSE:
            continue
        size = 1 if raw[i] < 0xC0 else 2 if raw[i] < 0xE0 else 3
        if i == 0 or i + size >= len(raw) or classes[i - 1] != WORD or classes[i + size] != WORD:
            continue
        before, after = raw[i - 1], raw[i + size]
        if kind in (APOSTROPHE, HYPHEN):
            result[i : i + size] = [SPACE] * size
        run_on = letter_range(before, "a", "z") and letter_range(after, "A", "Z")
        digits = letter_range(before, "0", "9") and letter_range(after, "0", "9")
        noted = letter_range(before, "a", "z") and is_digit(after) and before_note(lower, i)
        if (raw[i] == ord(".") and not (run_on or noted)) or (raw[i] == ord(",") and digits):
            result[i] = WORD
    return result


def before_note(lower, i):
    """Whether the number after full stop i is that of a note."""
    end = i + 1
    while end < len(lower) and end - i <= _LONGEST_NOTE and lower[end] in b"0123456789,-\0":
        end += 1
    letters = i > 2 and is_lower(lower[i - 2]) and is_lower(lower[i - 3])
    ended = end == len(lower) or CLASS_TABLE[lower[end]] <= NEWLINE
    return letters and is_digit(lower[end - 1]) and ended


@dataclass
class Token:
    start: int
    end: int
    kind: int
    hash: int = 0
    breaks: int = 0  # line breaks before it, at most 2

    @property
    def size(self):
        return self.end - self.start


def number(part):
    return int.from_bytes(bytes(part[:8]).ljust(8, b"\0"), "little")


def hash_bytes(word):
    """Hash of a token's lower-cased bytes."""
    value = number(word) * K_FIRST
    if len(word) > 8:
        value += number(word[-8:]) * K_LAST + len(word) * K_LENGTH
    if len(word) > 16:
        value += number(word[8:16]) * K_MIDDLE
    return value & MASK


def tokenize(text):
    tokens, begin, breaks = [], 0, 0
    for i in range(1, len(text.classes) + 1):
        if i < len(text.classes) and text.classes[i] == text.classes[begin]:
            continue
        kind = text.classes[begin]
        if kind >= WORD:
            wide = tokens and begin - tokens[-1].start > segment.WIDE_GAP
            tokens.append(Token(begin, i, kind, hash_bytes(text.lower[begin:i]), 2 if wide else min(breaks, 2)))
            breaks = 0
        elif kind == NEWLINE:
            breaks += i - begin  # every byte of a wide line separator counts
        begin = i
    return tokens


def goes_on(tokens, i):
    """Whether the paragraph of the token before token i goes on with it."""
    return i < len(tokens) and tokens[i].breaks < 2


def members(listing):
    return {hash_bytes(word.encode()) for word in boundary_words.LISTS[listing].split()}


TITLES, NUMBERED, ABBREVIATIONS = members("title"), members("numbered"), members("abbreviation")
SHORTENED = TITLES | NUMBERED | ABBREVIATIONS
STARTERS, CAPTIONS, SPEAKS, JOINTS = (members(name) for name in ("starter", "caption", "speech", "joint"))


def is_lower(byte):
    return letter_range(byte, "a", "z")


def is_digit(byte):
    return letter_range(byte, "0", "9")


def line_lengths(text, start):
    """Capped lengths in bytes of the line before last, the last line and the line of byte `start`."""
    ends = [i for i, kind in enumerate(text.classes) if kind == NEWLINE]
    bounds = [-1, *ends, len(text.raw)]
    lengths = [min(b - a - 1, segment.LINE_LIMIT + 1) for a, b in zip(bounds, bounds[1:], strict=False)]
    line = sum(end < start for end in ends)
    return (lengths[line - 2] if line >= 2 else 0), lengths[line - 1], lengths[line]


def ends_line(text, tokens, i):
    """Whether the single line break before token i ends a sentence."""
    token = tokens[i]
    previous, here, following = line_lengths(text, token.start)
    end = token.end
    for following_token in tokens[i + 1 : i + 4]:
        end = following_token.end if following_token.start == end else end
    wrapped = here + 1 + end - token.start > max(previous, here, following) and here >= 40
    continued = is_lower(text.raw[token.start]) and tokens[i - 1].kind != TERMINAL
    joint = here >= 40 and tokens[i - 1].hash in JOINTS
    soft = joint or ((wrapped or continued) and not opens_item(text, tokens, i))
    return not (soft and here <= segment.LINE_LIMIT)


def opens_item(text, tokens, i):
    token, after = tokens[i], tokens[min(i + 1, len(tokens) - 1)]
    spaced = after.start > token.end or after is token
    closing = tokens[min(i + 2, len(tokens) - 1)]
    if (token.kind, after.kind, closing.kind) == (OPEN, WORD, CLOSE) and after.size <= 4:
        return True
    if token.kind != WORD:
        return token.kind not in (QUOTE, OPEN, TERMINAL) and token.size <= 3 and spaced
    first = text.raw[token.start]
    return token.size <= 3 and (is_digit(first) or token.size == 1) and not spaced and text.raw[after.start] in b".)"


def last_closer(text, tokens, i):
    """Index of the last token that closes on terminal i."""
    for _ in range(3):
        here = tokens[i]
        if i + 1 < len(tokens):
            after = tokens[i + 1]
            touching = after.start == here.end and after.kind in (QUOTE, APOSTROPHE, CLOSE, TERMINAL)
            dotted = text.raw[here.start] == text.raw[after.start] == ord(".")
            detached = after.start == here.end + 1 and (
                after.kind == CLOSE or (after.kind == APOSTROPHE and after.size == 2) or dotted
            )
            if touching or detached:
                i += 1
        for size in (3, 4, 5):
            if all(goes_on(tokens, i + ahead) for ahead in range(2, size + 1)):
                opening, closing = tokens[i + 1], tokens[i + size]
                if (
                    (opening.kind, closing.kind) == (OPEN, CLOSE)
                    and opening.start == tokens[i].end
                    and closing.start - tokens[i].end <= segment._MARK_WIDTH
                ):
                    i += size
                    break
    return i


def absorb_note(text, tokens, i, last):
    """Index of the last token of the number of a note that touches `last`, with which terminal i closes, or `last`."""
    number, word = last + 1, tokens[i - 1]
    if i == 0 or number >= len(tokens) or word.end != tokens[i].start or not is_lower(text.raw[word.end - 1]):
        return last
    if word.hash in SHORTENED | CAPTIONS or tokens[number].start != tokens[last].end:
        return last
    if not is_digit(text.raw[tokens[number].start]):
        return last
    for _ in range(segment._DASHES):
        end = tokens[number].end
        if goes_on(tokens, number + 1) and tokens[number + 1].start - end <= 3 and text.lower[end] == ord("-"):
            number += is_digit(text.raw[tokens[number + 1].start])
    following = number + 1
    if not is_digit(text.raw[tokens[number].end - 1]):
        return last
    if not goes_on(tokens, following):
        return number
    if tokens[following].start == tokens[number].end:
        return last
    capital = letter_range(text.raw[tokens[skip_openers(tokens, following)].start], "A", "Z")
    return number if capital else last


def skip_openers(tokens, following):
    """Index of the first token from `following` on that is no quote or bracket, two of them at most."""
    for _ in range(2):
        if tokens[following].kind in (QUOTE, APOSTROPHE, OPEN):
            following += goes_on(tokens, following + 1)
    return following


def ends_sentence(text, tokens, i):
    """Where the sentence that terminal token i ends is followed by the next, or None if it ends none."""
    last = absorb_note(text, tokens, i, last_closer(text, tokens, i))
    following = last + 1
    if following >= len(tokens):
        return None
    word = skip_openers(tokens, following)
    after, start = tokens[following], tokens[word].start
    lone_i = hash_bytes(b"i")
    if is_lower(text.raw[start]) and tokens[word].hash != lone_i:
        return None
    spaced = after.start > tokens[last].end
    run_on = following == i + 1 and after.kind == WORD and (after.size > 1 or after.hash == lone_i)
    run_on = run_on and is_lower(text.raw[max(tokens[i].start - 1, 0)])
    lone_stop = tokens[i].size == 1 and text.raw[tokens[i].start] == ord(".")
    run_on = run_on and not (lone_stop and is_digit(text.raw[after.start]))
    near = [last + 2, last + 3] if goes_on(tokens, last + 2) else []
    speaks = any(goes_on(tokens, place) and tokens[place].hash in SPEAKS for place in near)
    if last > i and tokens[last].kind == QUOTE and text.raw[tokens[i].start] != ord(".") and speaks:
        return None
    if not (spaced or run_on) or held_together(text, tokens, i, following, word):
        return None
    return following


def held_together(text, tokens, i, following, word):
    stop = tokens[i]
    if i == 0 or stop.size != 1 or text.raw[stop.start] != ord("."):
        return False
    before = tokens[i - 1]
    if before.end != stop.start or before.kind != WORD or following != i + 1 or before.size > segment._LONGEST:
        return False
    first = text.raw[before.start]
    if before.hash in TITLES:
        return True
    label = tokens[i - 2]
    labelled = i > 1 and label.hash in CAPTIONS and (label.breaks > 0 or i == 2) and goes_on(tokens, i - 1)
    if labelled and is_digit(first):
        return True
    if before.hash in NUMBERED and is_digit(text.raw[tokens[following].start]):
        return True
    starter = tokens[word].hash in STARTERS
    initial = before.size == 1 and letter_range(first, "A", "Z") and first != ord("I")
    dotted = before.size >= 3 and text.raw[before.start + 1] == ord(".")
    if (initial or dotted or before.hash in ABBREVIATIONS) and not starter:
        return True
    heads = i == 1 or (before.breaks > 0 and not (before.breaks == 1 and label.hash in JOINTS))
    return heads and before.size <= 3 and (is_digit(first) or before.size == 1) and tokens[following].breaks == 0


def sentences(text, tokens):
    """Lists of tokens, one a sentence, those without a word included."""
    starts = {0} if tokens else set()
    for i, token in enumerate(tokens):
        if token.breaks == 2 or (token.breaks == 1 and ends_line(text, tokens, i)):
            starts.add(i)
        if token.kind == TERMINAL:
            after = ends_sentence(text, tokens, i)
            if after is not None:
                starts.add(after)
    bounds = [*sorted(starts), len(tokens)]
    return [tokens[a:b] for a, b in zip(bounds, bounds[1:], strict=False)]


@dataclass
class Candidate:
    first: int
    last: int
    form: int
    values: dict = field(default_factory=dict)
    logit: int = 0


def phrase_hash(hashes):
    step, value = 0xFF51AFD7ED558CCD, hashes[0]
    for part in hashes[1:]:
        value = (value * step + part) & MASK
    return value


def words_of(phrase):
    return tuple(bytes(t.lower[k.start : k.end]) for t in [read(phrase)] for k in tokenize(t))


def candidates(lexicon_forms, text, sentence):
    """Longest form at each token, from left to right; what begins inside a match is no match."""
    spelt = [bytes(text.lower[t.start : t.end]) for t in sentence]
    spelt = [word.rstrip(b"\0") for word in spelt]
    found, reach = [], 0
    for i in range(len(spelt)):
        longest = 0
        for size in range(1, len(spelt) - i + 1):
            if tuple(spelt[i : i + size]) in lexicon_forms:
                longest = size
        if longest and i >= reach:
            found.append(Candidate(i, i + longest, lexicon_forms[tuple(spelt[i : i + longest])]))
            reach = i + longest
    return found


def number_words(listings):
    """Hash -> number of the listing, from 1."""
    return {
        hash_bytes(word.encode()): number for number, words in enumerate(listings.values(), 1) for word in words.split()
    }


CLASS_OF = number_words(WORD_CLASSES)
PREDICATE_OF, SUBJECT_OF = number_words(PREDICATE_SENSES), number_words(SUBJECT_SENSES)
MARK_OF = number_words(MARKS)
TIME, CLAUSE_WORD, NEGATIVE = (1 << list(MARKS).index(name) for name in ("time", "clause", "negative"))
AGENT = list(SUBJECT_SENSES).index("agent") + 1
INVESTIGATIVE = [kind.value for kind in CUE_TYPES].index("investigative") + 1


def main_verb(classes, senses):
    """The sense of the first word that isn't passed over, and which of be (1) and have (2) stand before it."""
    auxiliaries = 0
    for place, (kind, sense) in enumerate(zip(classes, senses, strict=True)):
        passing = kind in [class_number(name) for name in ("negator", "be", "have", "degree", "-ly")]
        adverb = sense == shapes.PREDICATE_NAMES.index("passed")
        if not adverb and not (passing and sense == 0):
            return len(shapes.PREDICATE_NAMES) * auxiliaries + sense
        auxiliaries |= {class_number("be"): 1, class_number("have"): 2}.get(kind, 0) if place < 2 else 0
    return len(shapes.PREDICATE_NAMES) * auxiliaries


def class_number(name):
    return shapes.CLASS_NAMES.index(name)


EDGE = 1
SILENT = ("approximator", "booster")  # cues that say nothing of the level


def suffix(text, token):
    size = min(token.size, 3)
    return number(text.lower[token.end - size : token.end])


def token_class(text, token, opens):
    """Class of a token; a capital says nothing at the start of a sentence."""
    if is_digit(text.raw[token.start]):
        return class_number("number")
    if token.hash in CLASS_OF:
        return CLASS_OF[token.hash]
    if token.kind != WORD:
        return class_number(shapes._KINDS[token.kind])
    if is_capital(text, token) and not opens:
        return class_number("name")
    for ending in shapes._ENDINGS:
        if bytes(text.lower[token.start : token.end]).endswith(ending.encode()):
            return class_number(f"-{ending}")
    return class_number("other")


def clauses(tokens):
    """Whether there is a comma, a colon or a semicolon."""
    return any(token.kind == CLAUSE for token in tokens)


def begin_of(text, sentence):
    """Number of tokens of a bullet or a list number with which a sentence begins."""
    kinds = [token.kind for token in sentence[:3]]
    first = sentence[0]
    size = 0
    if kinds[0] in (HYPHEN, OTHER) and first.size <= 3:
        size = 1
    elif is_number(text, first) and kinds[1:]:
        if kinds[1] == CLOSE or (kinds[1] == TERMINAL and is_digit(text.raw[first.start])):
            size = 2
    elif kinds == [OPEN, WORD, CLOSE] and is_number(text, sentence[1]):
        size = 3
    return size if size < len(sentence) else 0


def is_number(text, token):
    """Whether a token can number an item of a list: digits, one letter, roman."""
    written = bytes(text.lower[token.start : token.end]).decode()
    roman = "ii iii iv vi vii viii ix xi xii xiii xiv xv xvi".split()
    named = token.size == 1 or is_digit(text.raw[token.start]) or written in roman
    return token.kind == WORD and token.size <= 4 and named


def is_inside(sentence, begin, candidate, i):
    """Whether a place beside a candidate has a token of its sentence, bullet or list number aside."""
    return begin <= i < candidate.first or candidate.last <= i < len(sentence)


def is_title(text, sentence, candidate, around):
    """Whether a candidate stands among words with capitals, short ones aside."""
    begin = begin_of(text, sentence)
    near = [sentence[i] for i in around.values() if is_inside(sentence, begin, candidate, i)]
    low = [token for token in near if is_lower(text.raw[token.start]) and token.size > 3]
    following = around["+1"] < len(sentence) and is_capital(text, sentence[around["+1"]])
    capitals = sum(is_capital(text, token) for token in near)
    own = is_capital(text, sentence[candidate.first]) and candidate.first != begin
    return own and following and not low and capitals >= 2


def begins_clause(token):
    return token.hash in MARK_OF and 1 << MARK_OF[token.hash] - 1 == CLAUSE_WORD


def clause_word(sentence, first):
    """Identity of the word that begins the clause before token `first`."""
    begin = 0
    for i in range(first):
        if sentence[i].kind != WORD or begins_clause(sentence[i]):
            begin = i + (sentence[i].kind != WORD)
    return fold(sentence[begin].hash) if begin < first else EDGE


def is_capital(text, token):
    return letter_range(text.raw[token.start], "A", "Z")


def hyphen(text, place):
    return 0 <= place < len(text.raw) and text.raw[place] == ord("-")


def sentence_marks(sentence):
    """Bit set of the listings of MARKS of which a word stands in the sentence."""
    marks = 0
    for token in sentence:
        if token.hash in MARK_OF:
            marks |= 1 << MARK_OF[token.hash] - 1
    return marks


def question(text, sentence):
    """0 without a question mark, 1 near the end, 2 before a quotation mark, 3 elsewhere."""
    asking = [i for i, t in enumerate(sentence) if t.kind == TERMINAL and ord("?") in text.lower[t.start : t.end]]
    if any(i >= len(sentence) - 3 for i in asking):
        return 1
    if any(sentence[i + 1].kind in (QUOTE, APOSTROPHE) for i in asking):
        return 2
    return 3 if asking else 0


def fold(value):
    return (value ^ (value >> 32)) & 0xFFFFFFFF


def describe(lexicon, text, sentence, candidate):
    """Fill in the cue columns of a candidate, but for its confidence."""
    reach = columns._REACH
    form = candidate.form
    values = dict.fromkeys(columns.CUE_COLUMNS, 0)
    values |= {
        "form": fold(phrase_hash([hash_bytes(word) for word in words_of(lexicon.forms[form].text)])),
        "phrase": fold(phrase_hash([hash_bytes(word) for word in words_of(lexicon.forms[form].phrase)])),
        "type": CUE_TYPES.index(lexicon.forms[form].type) + 1,
        "words": len(words_of(lexicon.forms[form].text)),
        "ambiguous": min(len(lexicon.forms[form].readings), 3) + 1,
        "strength": int(lexicon.forms[form].strength * 8) + 1,
    }
    around = {}
    for k in range(1, reach + 1):
        around[f"-{k}"] = candidate.first - k
        around[f"+{k}"] = candidate.last + k - 1
    begin = begin_of(text, sentence)
    titled = is_title(text, sentence, candidate, around)
    classes = {}
    for offset, i in around.items():
        inside = is_inside(sentence, begin, candidate, i)
        classes[offset] = token_class(text, sentence[i], titled or i == begin) if inside else class_number("edge")
        values[f"word{offset}"] = fold(sentence[i].hash) if inside else EDGE
        values[f"class{offset}"] = classes[offset]
        values[f"suffix{offset}"] = suffix(text, sentence[i]) if inside else EDGE
    before = [classes[f"-{k}"] for k in range(reach, 0, -1)]
    after = [classes[f"+{k}"] for k in range(1, reach + 1)]

    def sense(offset, numbers):
        return 0 if classes[offset] in (class_number("edge"), class_number("number")) else numbers(offset)

    subjects = [
        sense(f"-{k}", lambda offset: SUBJECT_OF.get(sentence[around[offset]].hash, 0)) for k in range(1, reach + 1)
    ]
    predicates = [
        sense(f"+{k}", lambda offset: PREDICATE_OF.get(sentence[around[offset]].hash, 0)) for k in range(1, reach + 1)
    ]
    own, last = sentence[candidate.first], sentence[candidate.last - 1]

    def capital(offset):
        i = around[offset]
        return is_inside(sentence, begin, candidate, i) and is_capital(text, sentence[i]) and not titled

    values |= {
        "capital": int(is_capital(text, own) and not titled) + int(candidate.first == begin),
        "capital+1": int(capital("+1")) + 1,
        "joined": hyphen(text, last.end) + 2 * hyphen(text, own.start - 1) + 1,
        "negated": int(class_number("negator") in before) + 1,
        "that": int(class_number("that") in after[:3]) + 1,
        "verb": main_verb(after, predicates),
        "agent": int(AGENT in subjects) + 1,
        "subject": next((subject for subject in subjects if subject), 0),
        "marks": sentence_marks(sentence) & ~(TIME | CLAUSE_WORD | NEGATIVE),
        "time": int(sentence_marks(sentence) & TIME > 0) + 1,
        "negative": int(sentence_marks(sentence[: candidate.first]) & NEGATIVE > 0) + 1,
        "question": question(text, sentence) + 1,
        "register": register_step(lexicon, sentence) + 1,
        "opening": fold(sentence[begin].hash),
        "opening-class": token_class(text, sentence[begin], True),
        "clause": clause_word(sentence, candidate.first),
        "clauses": clauses(sentence[: candidate.first]) + 2 * clauses(sentence[candidate.last :]) + 1,
    }
    candidate.values = {name: values[name] for name in columns.CUE_COLUMNS}


def indices(templates, values):
    """Table index of every template."""
    found = []
    for names, salt in zip(templates.names, templates.salt[:, 0].tolist(), strict=True):
        value = salt
        for name, key in zip(names, _KEYS.tolist(), strict=False):
            value += values[name] * key
        value &= 0xFFFFFFFF
        found.append((value >> int(templates.shift)) + templates.base)
    return found


def confidence(logit):
    return sum(logit >= step for step in columns._STEPS.tolist())


def sentence_values(lexicon, text, sentence, found):
    values = dict.fromkeys(columns.SENTENCE_COLUMNS, 0)
    best = dict.fromkeys(range(len(CUE_TYPES)), 0)
    strongest = 0
    for candidate in found:
        kind, step = candidate.values["type"] - 1, candidate.values["confidence"]
        best[kind] = max(best[kind], step)
        if step >= columns.IN_USE and kind < HEDGE_TYPES:
            strongest = max(strongest, candidate.values["strength"])
    begin = begin_of(text, sentence) if sentence else 0
    values |= {f"best-{kind.value}": best[i] for i, kind in enumerate(CUE_TYPES)}
    values |= {
        "strongest": strongest,
        "mixture": sum(1 << k for k in range(HEDGE_TYPES) if best[k] >= columns.IN_USE),
        "top": max(best[k] for k in range(HEDGE_TYPES)),
        "question": question(text, sentence) + 1,
        "register": register_step(lexicon, sentence) + 1,
        "quoted": int(any(t.kind == QUOTE for t in sentence)) + 1,
        "opening": fold(sentence[begin].hash) if sentence else EDGE,
        "second": fold(sentence[begin + 1].hash) if sentence[begin + 1 :] else EDGE,
        "marks": sentence_marks(sentence) & ~(TIME | CLAUSE_WORD | NEGATIVE),
    }
    return values | holder_values(lexicon, text, sentence)


def holder_values(lexicon, text, sentence):
    """As the package finds holders, for which there is no oracle, on the sentence alone."""
    if not sentence:
        return {}
    start, end, kind, hashes = zip(*((t.start, t.end, t.kind, t.hash) for t in sentence), strict=True)
    words = tokens.Tokens(
        np.array(start), np.array(end), np.array(kind, dtype=np.uint8), np.array(hashes, dtype=np.uint64)
    )
    flags = gate.look(gate.open_gate(), words.hash)
    found = holder.find_holders(
        lexicon.sources, make_buffer(text.raw), words, flags, np.array([0]), np.array([len(words)])
    )
    if not len(found.sentence):
        return {}
    first, last = int(found.first[0]), int(found.last[0]) - 1
    ends = {"holder-begins": fold(sentence[first].hash), "holder-ends": fold(sentence[last].hash)}
    return {"holder": int(found.kind[0]) + 1} | ends


def word_features(sentence):
    return [t.hash >> 64 - sums.WORD_BITS for t in sentence]


def pair_features(sentence):
    """Two words in a row are a phrase of two."""
    hashes = [phrase_hash([first.hash, second.hash]) for first, second in zip(sentence, sentence[1:], strict=False)]
    return [(1 << sums.WORD_BITS) + (value >> 64 - sums.PAIR_BITS) for value in hashes]


def register_step(lexicon, sentence):
    """How many of the bounds between the steps the sentence's logit of technical prose reaches."""
    known = lexicon.register
    logit = known.bias + sum(int(known.words[place]) for place in word_features(sentence))
    return sum(logit >= round(math.log(p / (1 - p)) * sums.LOGIT_SCALE) for p in register.REGISTER_BOUNDS)


@dataclass
class Judgement:
    start: int  # code points
    end: int
    level: int
    probabilities: list
    cues: list  # (start, end, type, probability, negated); code points into the sentence


def sigmoid(value):
    return 1 / (1 + math.exp(-max(-60, min(60, value))))


def decreasing(values):
    """Least-squares decreasing fit, by pooling adjacent violators."""
    blocks = []
    for value in values:
        blocks.append([value, 1])
        while len(blocks) > 1 and blocks[-2][0] < blocks[-1][0]:
            total, count = blocks.pop()
            blocks[-1] = [
                (blocks[-1][0] * blocks[-1][1] + total * count) / (blocks[-1][1] + count),
                blocks[-1][1] + count,
            ]
    return [mean for mean, count in blocks for _ in range(count)]


def unpacked(table, place):
    """Return the three weights of a place of the level table."""
    return packing.unpack(table.sets[table.codes[place]].reshape(1))[:, 0].tolist()


@functools.cache
def spelt_forms(lexicon):
    forms = {}
    for i, form in enumerate(lexicon.forms):
        forms.setdefault(words_of(form.text), i)
    return forms


def score(weights, text, *, whole=False):
    """Judgements of the sentences of a text; with `whole` the text is one sentence whatever it looks like."""
    forms = spelt_forms(weights.lexicon)
    buffer = read(text)
    tokens = tokenize(buffer)
    parts = [tokens] if whole else [s for s in sentences(buffer, tokens) if any(t.kind == WORD for t in s)]
    return [judge(weights, forms, buffer, sentence) for sentence in parts]


def judge(weights, forms, buffer, sentence):
    found = candidates(forms, buffer, sentence)
    totals = [int(bias) for bias in weights.level_bias]
    rows = word_features(sentence) + pair_features(sentence)
    for candidate in found:
        describe(weights.lexicon, buffer, sentence, candidate)
    for earlier, later in zip(found, found[1:], strict=False):
        earlier.values["later"] = later.values["phrase"]
        later.values["earlier"] = earlier.values["phrase"]
        asked = earlier.values["type"] == INVESTIGATIVE and earlier.last == later.first
        if asked and later.values["phrase"] == fold(hash_bytes(b"if")):
            later.values["type"] = INVESTIGATIVE
    for candidate in found:
        hits = indices(features.CUE_TEMPLATES, candidate.values)
        candidate.logit = int(weights.cue_bias) + sum(int(weights.cue_table[i]) for i in hits)
        candidate.logit += sum(int(weights.cue_words[i]) for i in word_features(sentence))
        candidate.values["confidence"] = confidence(candidate.logit)
        candidate.values["used"] = int(candidate.values["confidence"] >= columns.IN_USE) + 1
        if candidate.values["confidence"] and CUE_TYPES[candidate.values["type"] - 1].value not in SILENT:
            rows += indices(features.LEVEL_CUE_TEMPLATES, candidate.values)
    rows += indices(features.SENTENCE_TEMPLATES, sentence_values(weights.lexicon, buffer, sentence, found))
    for row in rows:
        totals = [total + part for total, part in zip(totals, unpacked(weights.level_table, row), strict=True)]
    logits = [
        sigmoid(total / sums.LOGIT_SCALE * slope + intercept)
        for total, (slope, intercept) in zip(totals, weights.level_calibration.tolist(), strict=True)
    ]
    reached = decreasing(logits)
    bounds = [1.0, *reached, 0.0]
    probabilities = [a - b for a, b in zip(bounds, bounds[1:], strict=False)]
    *others, certain = probabilities
    level = len(others) if certain >= weights.certain_threshold else others.index(max(others))
    start, end = (sentence[0].start, sentence[-1].end) if sentence else (0, 0)
    return Judgement(
        len(buffer.raw[:start].decode()),
        len(buffer.raw[:end].decode()),
        level,
        probabilities,
        [cue for c in found for cue in report(weights, buffer, sentence, c)],
    )


def report(weights, buffer, sentence, candidate):
    slope, intercept = weights.cue_calibration.tolist()
    probability = sigmoid(candidate.logit / sums.LOGIT_SCALE * slope + intercept)
    if probability < weights.cue_threshold:
        return
    base = sentence[0].start
    before, after = weights.lexicon.margins[:, candidate.form].tolist()
    begin, stop = sentence[candidate.first + before].start, sentence[candidate.last - 1 - after].end
    following = sentence[candidate.last - after :][:1]
    if following and re.fullmatch("['\u2018\u2019][tT]", buffer.raw[stop : following[0].end].decode()):
        stop = following[0].end  # can't
    preceding = sentence[: candidate.first + before][-1:]
    if preceding and re.fullmatch("['\u2018\u2019][dD]\\b.*", buffer.raw[preceding[0].end : stop].decode(), re.DOTALL):
        begin = preceding[0].end  # she'd
    yield (
        len(buffer.raw[base:begin].decode()),
        len(buffer.raw[base:stop].decode()),
        candidate.values["type"] - 1,
        probability,
        candidate.values["negated"] == 2,
    )
