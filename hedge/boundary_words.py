"""The words that decide where sentences end."""

from __future__ import annotations

from typing import Final

import numpy as np

from hedge.words import make_flags

LISTS: Final = {
    # A full stop after these never ends a sentence ...
    "title": """
        mr mrs ms messrs dr prof rev fr sr st mt gen col maj capt lt sgt cpl cmdr adm gov sen rep hon pres supt
        insp fig figs eq eqs ref refs sec ch vol vols pp cf vs e.g i.e viz approx ca v eds ed tab suppl resp
        incl esp ex nos mme mlle det pvt msgr cllr brig atty asst rt
    """,
    # ... nor after these when a number follows ...
    "numbered": """
        no nr p art para cl s n c sect subd exh dkt reg tel cir jan feb mar apr jun jul aug sep sept oct nov dec
    """,
    # ... and after these only when a word follows that commonly opens a sentence.
    "abbreviation": """
        inc co corp ltd plc llc bros etc jr phd ph.d m.d b.a m.a d.c u.s u.k u.n e.u a.m p.m jan feb mar apr jun
        jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun ave blvd rd dept univ assn est calif
        mass conn fla minn ariz tenn wash pa va ft oz lb lbs hr hrs min mins sq cc min max avg no u.s.a u.s.s.r
        viz ibid spp sp var al
    """,
    "starter": """
        the he she it they we i you this that these those there in on at but and however a an for if when while
        as after before although though since so what who why how where his her its their our my your one some
        many most all not with by from to then now here also meanwhile yet both each such another other others
        officials police under during because nor or is are was were do does did has have had can could will
        would should may might figure table
    """,
    # A number after these, at the start of a line, is a caption's; its full stop ends nothing.
    "caption": "figure table box chapter section plate chart map panel exhibit appendix part",
    # After a question or a cry in quotes, a capital and one of these within two words goes on: "Is it?" Hale asked.
    "speech": """
        said says asked asks replied wondered added shouted cried wrote demanded told exclaimed snapped whispered
        muttered inquired yelled called
    """,
    # A long line that one of these ends goes on in the next one, whatever that begins with: moved on / 12 May.
    "joint": """
        a an and are at be been but by for from had has have her his in into is its mr mrs ms my nor of on or our than
        that the their these this those to was were whose will with would your
    """,
}
"""What a word may be -> the words that are."""

FLAGS: Final = make_flags(LISTS)
"""Word -> the bits of its lists, which are named below."""
_BITS: Final = tuple(np.uint64(1 << bit) for bit in range(len(LISTS)))
TITLE, NUMBERED, ABBREVIATION, STARTER, CAPTION, SPEECH, JOINT = _BITS
SHORTENED: Final = TITLE | NUMBERED | ABBREVIATION
