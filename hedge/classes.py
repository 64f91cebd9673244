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

SENSES: Final[dict[str, str]] = {
    "act": """
        accept access add address adjust adopt advise answer apply appoint approach ask assign attend avoid bathe
        borrow bring browse camp carry charge check choose clean collect compare complain comply configure confirm
        connect consult contact cook copy cross cycle delete deliver deposit dig discard discharge disclose dissolve
        drink drive eat edit elect employ enrol enter examine exercise feed file handle hunt inspect install instruct
        invite light list log measure name notify obtain omit park pay photograph pick print proceed
        purchase put read record refer refund refuse remove renew rent repair repeat replace report request rescind
        reserve retain reuse review ring save select send serve sit sleep smoke store submit supply surrender swim
        switch talk teach tell terminate test touch train update upgrade use view visit vote wait walk wash watch wear
        withdraw withhold work write
    """,
    "done": """
        accepted accessed added addressed adjusted adopted advised answered applied appointed approached asked
        assigned attended avoided bathed borrowed brought browsed camped cancelled carried charged checked chosen
        cleaned collected compared complained completed complied configured confirmed connected consulted contacted
        cooked copied crossed cycled deleted delivered deposited discarded discharged disclosed dissolved driven drunk
        dug eaten edited elected employed enrolled ensured entered examined exercised fed filed flown granted handled
        hunted inspected installed instructed invited kept listed lit logged measured named notified obtained omitted
        paid parked photographed picked placed planted prepared printed proceeded purchased quoted recorded
        referred refunded refused registered remembered removed renewed rented repaired repeated replaced replied
        reported requested rescinded reserved resigned responded restarted retained reused reviewed rung saved
        searched selected sent served shot smoked sought spent stored submitted supplied surrendered switched talked
        taught terminated tested told touched trained transferred treated tried updated upgraded used viewed visited
        voted waited walked washed watched withdrawn withheld worked worn written
    """,
    "happen": """
    affect amount appear arise arrive attract become burst cause collapse come contribute cool cost crash decline
    decrease deepen delay depend deter develop die differ diminish disappear double drag drift drown ease emerge
    erupt escape evolve exist explain face fade fail fall flood freeze gain get grow halve happen harm help hit hurt
    impair improve increase indicate induce influence intensify involve last lead linger lose lower matter mean melt
    miss occur offset originate outlast outweigh persist predict prevent produce prolong prompt prove rain raise
    reach rebound recede recover reduce reflect relate represent require result reveal revive rise slip slow snow
    soften spread stall strengthen struggle suffer suggest surge survive sway tend thin trigger undermine vanish
    vary warm weaken widen win worsen yield
    """,
    "state": """
    be been belong contain feel had hate have know lack like love need own remain resemble seem stay want
    """,
    "agent": """
    anyone applicant applicants bidder bidders buyer buyers candidate candidates carer carers child children citizen
    citizens claimant claimants client clients club clubs commission committee council councils customer customers
    cyclist cyclists delegate delegates dog dogs driver drivers employee employees employer employers entrant
    entrants everyone farmer farmers guest guests holder holders household households judge judges landlord
    landlords licensee member members observers officer officers operators owner owners parent parents participant
    participants parties party passenger passengers patients pedestrian pedestrians players policyholders pupil
    pupils reader readers residents riders seller sellers shareholders staff students supplier suppliers swimmers
    teachers tenant tenants traveller travellers trustee trustees user users vehicles visitor visitors voters
    witness witnesses
    """,
}
"""What a modal's verb and subject speak of. Rules speak of what people do (act, done) and to whom they apply (agent);
guesses of what happens and of how things are."""

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
