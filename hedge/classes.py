"""Classes of words that let features see beyond the single word."""

from __future__ import annotations

from typing import Final

WORD_CLASSES: Final[dict[str, str]] = {
    "negator": "not t no never without neither nor hardly scarcely nobody nothing none cannot barely rarely",
    "first": "i we us me",
    "second": "you",
    "third": "he she they him them who",
    "it": "it there",
    "this": "this these those such",
    "that": "that",
    "to": "to",
    "the": "the",
    "a": "a an",
    "owner": "its their his her our my your whose",
    "be": "is are was were be been being am re",
    "have": "has have had having ve",
    "do": "do does did done doing",
    "modal": "will would can could may might shall should must ll d ought",
    "query": "what when where why how which whether",
    "if": "if unless",
    "preposition": "of in on at for with by from into over under between through during until since after before",
    "as": "as than like",
    "and": "and or but yet",
    "degree": "very more most quite so too highly less least much well far almost only even also just still now",
    "say": "said says say told tells reported reports report according added wrote writes argued argues noted claims "
    "claimed warned warns announced stated states",
    "some": "some many several few all any every each other others both",
    "month": "january february march april june july august september october november december early late mid",
}
"""Classes of function words, so that contexts generalise: a negator, a modal, a pronoun ..."""

MARKS: Final[dict[str, str]] = {
    "norm": """
    agreement allowed article banned clause consent contract convention deadline duty entitled forbidden licence
    license licensed mandatory notice only optional permission permit permits permitted please policy prior
    prohibited regulation regulations request required requirement rule rules schedule section terms written
    """,
    "will": "will ll won",
    "would": "would d wouldn",
    "may": "may might could couldn",
    "must": "must shall should ought shouldn",
    "can": "can cannot",
    "you": "you your yours",
    "time": """
    monday tuesday wednesday thursday friday saturday sunday today tonight tomorrow weekend week month year summer
    autumn winter spring soon next again yet later
    """,
    "told": "said told announced promised confirmed assured agreed vowed warned wrote pledged predicted decided",
    "negative": "not t no never nobody none nothing neither nor hardly scarcely without nowhere",
    "clause": """
    after although and as because before but if or since so than that though unless until when where whether which while
    who whom whose
    """,
}
"""Words that say something about their sentence: a rule's, other modals, that it speaks to the reader, speaks of a time
or reports what was said; and those with which its clauses begin."""
