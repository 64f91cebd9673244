"""The words that holder detection knows: verbs of saying and thinking, and the parts of noun phrases around them."""

from __future__ import annotations

from typing import Final

WORDS: Final = {
    # Verbs of saying, and those that also turn round (said the mayor) ...
    "saying": """
        accuse accused accuses acknowledge acknowledged acknowledges adds advised advises allege alleged
        alleges announce announces argue argues assert asserted asserts attest attested attests aver averred
        avers blogged boasted cabled caution cautioned cautions claim claims complained complains concede
        concedes conclude concludes concurred concurs confirm confirmed confirms conjecture conjectured
        conjectures contend contended contends contradicted contradicts counter countered counters declare
        declared declares demurred denied denies deny disagree disagreed disagrees disclose disclosed discloses
        dissented emphasised emphasises emphasized emphasizes enquired estimate estimated estimates explain
        explains forecasts hint hints hypothesised hypothesize hypothesized inquired insinuated insist insists
        intimate intimated intimates lament lamented laments maintain maintained maintains notes opine opined
        opines posit posited posits postulate postulated postulates predict predicts proposed queried quipped
        recalls reiterate reiterated reiterates remarks reminded replies reply retort retorted retorts
        speculated stated stressed stresses surmise surmised surmises tell tells testified testifies testify
        theorise theorised theorize theorized told ventured voiced voices vow vowed vows warn warns
    """,
    "turning": """
        added adds admits admitted announced argued asked boasted claimed conceded concluded confessed
        countered enquired enthused exclaimed explained explains fumed grumbled hinted inquired insisted joked
        lamented laughed murmured mused muttered noted notes observed offered opined pleaded predicted
        protested quipped reasoned recalled recounted remarked replied reported reports responded retorted said
        say says scoffed shouted shrugged sighed snapped submitted suggested warned warns whispered writes
        wrote
    """,
    # ... other verbs of those who say or think something, and words as often of other things ...
    "claiming": """
        assured assures blame blamed blames call called calls cited cites claiming commented credit credited credits
        criticised criticized defended defends define defined defines describe describes dismiss dismisses dismissed
        dispute disputed disputes dubbed expressed fancies fancy favour favours figured figures gave gives hoping
        identified imagine inclines informed informs judged judges labeled labelled lean leans mentioned mentions
        named note objected objects oppose opposed opposes proclaimed projects promise promised promises put puts
        questioned quoted quotes recommend recommended recommends reject rejected rejects repeated saw saying see sees
        speak speaks spoke stating stress supposed telling thinking threatened urge urged urges vouch vouches
    """,
    # ... verbs of thinking, and words that count only with the complement that names them.
    "holding": """
        anticipate anticipated anticipates assume assumed assumes believe believed believes consider considered
        considers deemed deems doubt doubted doubts expect expected expects fear fears forecast foresaw foresee
        foresees guess guessed guesses hope hoped hopes imagined imagines presume presumed presumes reckon
        reckoned reckons regard regarded regards suppose supposes suspect suspected suspects think thinks
        thought wonder wondered wonders worried worries worry
    """,
    "that": """
        accept accepted accepts added adds admit admits admitted agree agreed agrees allow allowed announced
        answered ask asked asks assess assesses calculate calculated calculates complain complained complains
        declare declared explain explained explains feared feel feels felt find finds found held hold holds infer
        inferred infers laughed muttered noted observed projected proposed proposes reasoned recall recalls
        remembered replied replies reply report reported reports respond ruled shouted showed shrugged sighed
        speculate speculated state states submit submits submitted swear swears swore sworn whispered write writes
        wrote
    """,
    "out": "find point pointed points rule ruled rules",
    "infinitive": "declined declines refused refuses",
    "object": "attribute attributed attributes described feared",
    "asking": """
        ask asked asks determine disagree disagreed disagrees divided establish examining exclude explain know
        looking remember say studying tell trace
    """,
    "take": "take takes took",
    "show": "implied implies imply indicate indicated indicates revealed reveals shown suggest suggested suggests",
    "not": """
        clue comment decide decided determine determined discuss elaborate establish established exclude idea knew
        know knows settled speculate trace
    """,
    "state": """
        adamant asking checking confident considering convinced exploring hopeful inclined investigating mulling
        optimistic persuaded sceptical skeptical sure undecided unsure weighing
    """,
    "view": "account assessment estimate estimation experience eyes judgement judgment opinion reckoning view words",
    # Verbs whose source may follow *by* where they are passive, and which may be participles: a novel regarded as.
    "believed": "argued believed considered deemed estimated feared regarded reported suspected thought told",
    "modal": "can could may might must shall should will would",
    "open": "before how if than unless until what when where whether who why",
    # What somebody holds: the growers' fear that.
    "belief": """
        allegation argument assertion assessment assumption belief calculation case claim complaint concern
        conclusion contention conviction estimate expectation fear fears finding forecast guess hope hopes hunch
        impression inference judgement judgment opinion prediction projection reading recollection sense
        submission suggestion suspicion theory verdict view warning worries worry
    """,
    "inner": "for from of with",
    "negator": "cannot no not t",
    "possessive": "her his s their",
    # What no noun phrase holds, and what stands at its edges.
    "finite": """
        are aren been being can cannot could couldn did didn do does doesn don had hadn has hasn have
        haven is isn may might must shall should was wasn were weren will won would wouldn
    """,
    "between": """
        accordingly afterwards all already also always best better both can cannot could couldn did didn do does
        doesn don doubtless earlier even ever first had hadn has hasn have haven herself himself itself just later
        least long neither never nevertheless nonetheless nor not now nowadays often once only openly perhaps
        privately quite rather sometimes still t themselves then therefore today unprompted very well will won would
        wouldn yesterday yet
    """,
    "trying": """
        able are aren be been declined has have is isn like refused to trying unable want wanted wants was wasn were
        weren wished wishes would yet
    """,
    "be": "are as be been being get gets got having is to was were",
    "pronoun": "he it she they",
    "self": """
        him i if let me no nobody none that them there us we what whatever when which who whoever you
    """,
    "break": """
        after again although and as because before but here how however if just later meanwhile nor now once or
        since so still than that then though unless until what when where whether which while whose why yet
    """,
    "preposition": """
        about after among as at before behind between by despite during except for from in into like near of on
        over since to under up with within without
    """,
    "determiner": """
        a all an another both dr each eight every few five four her his its lady little lord many most mr mrs ms
        my nine one other our professor seven several sir six some ten that the their these this those three two
        your
    """,
    "article": "a an another one",
    "quantifier": "all both critics everybody everyone few many most much others several some those",
    "number": "dozens eight five four nine seven six ten three two",
    "plural": """
        analysts children critics experts many members men officials others people police residents some sources
        staff women
    """,
    # What says something without being anybody's word.
    "thing": """
        analysis anything chart data everything evidence experiments figure figures findings images law
        literature measurements model models name nothing numbers observations poll polls records research
        results rule rules sample samples scan scans sign signs simulations something studies study survey
        surveys table test tests theory these this trends trial trials word work
    """,
    # Heads that decide the kind.
    "body": """
        administration agency airline alliance archive army assembly association authority bank board branch
        brewer bureau cabinet carrier center centre chain charity church city club coastguard commission
        committee company consortium consulate cooperative corporation council country county court defence
        delegation department diocese directorate district embassy exchange federation firm forum foundation
        fund government group headquarters hospital hotel house importer inquest inquiry inspectorate institute
        institution insurer kingdom laboratory league lender maker management manufacturer metro mill ministry
        mint mission movement municipality museum navy newspaper observatory office ombudsman operator
        opposition organisation organization palace panel paper parish parliament party port prefecture
        presidency prison prosecution radio railway registry regulator reinsurer retailer school secretariat
        senate service society state station supplier team treasury tribunal trust union university utility
        vendor watchdog yard
    """,
    "office": """
        ambassador bishop captain chair chairman chairwoman chancellor chief coach commissioner defendant
        director editor envoy founder general governor judge king leader manager mayor minister pope premier
        president prince queen secretary speaker
    """,
    "group": """
        camp cast community crew crowd everybody everyone family folk hosts industry jury majority media minority
        opposition press public
    """,
    "subjective": "he she they",
    "who_word": "who whom",
    "that_word": "that",
    "to_word": "to",
    "of_word": "of",
    "by_word": "by",
    "in_word": "in",
    "out_word": "out",
    "wondering": "how what where whether who why",
    "and_word": "& and",
    "they_word": "them they",
    "according": "according",
    "the_word": "a an no the",
    "yet_word": "yet",
    # Names of people that are other words too.
    "name": "art bill don grace hope jack king long may mark rob sue will wood young",
}
"""Role -> the words that can play it."""

OPENING: Final = (
    "saying turning holding claiming asking that show out infinitive object take not state view belief according"
)
"""The roles of words that may open a frame."""
