"""What the words around a modal speak of, so that what is learned of some holds for others of their kind.

*Voters may not forgive him* is a guess, *visitors may not smoke* a rule: one doesn't allow people to forgive.
"""

from __future__ import annotations

from typing import Final

PREDICATE_SENSES: Final[dict[str, str]] = {
    "act": """
    abandon abolish accelerate accept access accommodate accompany accomplish acquire activate adapt add address
    adjourn adjust administer adopt advertise advise allocate allow alter amend annotate announce answer appeal
    apply appoint approach approve argue arrange arrest ask assemble assess assign assist attach attack attempt
    attend audit authorise authorize avoid award ban bar bathe beg bind board book borrow boycott brake bring
    broadcast browse brush build bury buy bypass calculate call camp cancel carry carve cast cease challenge
    charge check cheer choose claim clean climb clip close collect combine commit compare compete compile
    complain comply compute conceal conclude conduct confer configure confirm congratulate connect consider
    construct consult contact contest convert cook cooperate copy correct count cover create criticise cross
    cycle dance deal debate decide declare deduct defend defer define delete deliver demand demonstrate deny
    depart deploy deposit describe design destroy determine dig direct disable discard discharge disclose
    discuss dismiss dismount dispose dissolve distribute dive divide donate download draft drain draw dress
    drill drink drive drop dry eat edit elect embark employ enable encourage endorse enforce engage enrol enter
    erase evaluate evict examine exchange exclude execute exempt exercise expel export expose express extend
    fasten feed fetch fight file film fish fix fold follow forward foster fund gather give go graze greet grill
    grind guard guide hand handle harvest hide highlight hire hold host hunt identify ignore implement import
    impose initiate inquire insert inspect install instruct insure interpret intervene interview introduce
    invent invest investigate invite invoke join kick kiss kneel knock label land laugh launch lay leave lend
    levy license lift light link list listen load lobby lock lodge log look maintain manage march marry measure
    mediate meet mend merge modify monitor move name negotiate nominate notify obey object obtain occupy offer
    omit open operate oppose order organise organize outlaw outsource override overrule overwrite pack paint
    pardon park pass paste patch pause pay petition photograph pick pin plan plant play plead pledge plug polish
    pose post postpone pour practise pray preach prepare prescribe preserve press print proceed process promote
    pronounce propose prosecute protest provide publish pull punish purchase pursue push put qualify query
    question quit quote raid read rebook rebuild recommend reconsider record recruit recycle redirect refer
    reform refund refuse regulate rehearse reject relax release relocate rely remove rename renegotiate renew
    rent reopen repair repay repeal repeat replace replant reply report repost reproduce request reschedule
    rescind rescue resell reserve reset resign resolve respond rest restart restore restrict resume retain
    retaliate retire retrieve return reuse revert review revise revoke ride ring rinse rotate run sack sail
    sanction sanitise save scan scatter scold scrap scrape screen scrub search secure seek seize select sell
    send separate serve sew shake share shave shift shoot shop shorten shout sign sing sit skip sleep slice
    smoke sort speak specify spell spend spray stamp start steal steer step stir stop store stretch strike strip
    submit subscribe substitute subtract sue supply suppress surf surrender suspend swap swear sweep swim swing
    switch tackle take talk target tax teach tear telephone tell terminate test thank throw tie tighten tip top
    touch track trade train transfer translate transmit transport trap travel treat trim tune twist type
    undertake undo unite unload unlock unplug update upgrade upload urge use vaccinate veto view visit volunteer
    vote vow wait waive walk warn wash watch water wear weigh weld wipe withdraw withhold work wrap write
    """,
    "done": """
    accepted accessed accompanied activated added addressed adjusted administered adopted advertised advised
    agreed allocated allowed altered amended announced answered appealed applied appointed approached approved
    argued arranged asked assembled assessed assigned assisted attached attended audited authorised authorized
    avoided awarded bathed boiled booked borrowed bought bound brought browsed brushed built buried calculated
    called camped carried carved checked chosen claimed clarified classified cleaned cleared clipped collected
    combined compared compensated compiled complained completed complied computed concluded conducted configured
    confirmed connected considered constructed construed consulted consumed contacted converted cooked copied
    corrected counted covered created cycled debated decided declared deducted defined deleted delivered
    demanded deployed deposited derived described designed determined discarded discharged disclosed displayed
    disposed dissolved distinguished distributed divided done downloaded drafted drained drawn dressed drilled
    driven drunk dug eaten edited elected eliminated employed emptied enabled enclosed encouraged enforced
    engaged enrolled ensured entered equipped erased established evaluated examined exceeded exchanged excluded
    executed exempted exercised exported expressed fastened fed fetched filed folded followed forbidden fought
    funded gathered given granted grated greeted ground grouped handled harvested heard heated held hidden
    highlighted hired hosted hung hunted identified ignored implemented imported imposed included indexed
    informed inserted inspected installed instructed insured introduced invested investigated invited invoked
    issued joined justified kept labelled laid launched led left lent licensed limited listed lit loaded located
    locked lodged logged lowered made maintained managed mapped marked matched measured mentioned met mixed
    modified monitored mounted named negotiated nominated noted notified numbered obtained offered oiled omitted
    opened operated organised overridden overwritten owed packed paid painted parked patched paused peeled
    permitted phoned photographed picked pinned placed planned planted played ploughed plugged polished posted
    poured practised prepared preserved pressed printed proceeded processed produced prohibited protected
    provided published pulled pumped purchased pursued pushed quoted raised reapplied rebooted rebuilt
    recalculated recited reclaimed recommended recorded recycled redirected reduced referred refunded regarded
    registered regulated rehearsed reinstalled released relied remembered removed rented repaid repainted
    repaired repeated replied reported reproduced requested required rescinded reserved resigned responded
    restarted resubmitted retained retired retrieved returned reused reviewed revoked rewritten rinsed rotated
    rounded rung saved scanned scheduled screened scrubbed sealed searched secured selected sent separated
    served set sewn shared sharpened shaved shot shown sieved signed simplified skipped sliced smoked soaked
    sorted sought specified spent sprayed stacked staffed stamped stirred stored stretched submitted sung
    supplied surrendered switched taken talked taped taught taxed terminated tested tied timed toasted told torn
    touched towed traced traded trained translated transmitted treated tried typed undertaken unloaded unlocked
    unplugged updated upgraded used vaccinated validated varied verified viewed visited voted waited waived
    walked washed watched weeded weighed wiped wired withheld worked worn wrapped written
    """,
    "decided": """
    abandoned abolished axed banned barred blocked cancelled challenged charged closed curbed curtailed cut
    deferred delayed demolished disbanded dismissed diverted downgraded dropped evicted expelled extended fined
    forced halted handed imprisoned jailed lifted merged moved ordered ousted overruled overturned postponed
    privatised prosecuted questioned raided recalled redrawn refused rejected relaxed relegated relocated
    renamed renegotiated renewed reopened replaced resolved restored restricted resumed reversed revised revived
    ruled sacked scaled scrapped sentenced settled shelved shortened shut sold split staged stopped stripped
    suspended swapped thrown tightened transferred trimmed undone upheld watered withdrawn wound
    """,
    "happen": """
    abate accumulate ache affect alarm alienate amount anger annoy appear arise arrive attract awaken backfire
    balloon bankrupt begin betray bite bleed bless block bloom blossom blow boil boom boost bounce break breed
    bump burn capsize catch cause change choke clash clog coincide collapse collide compel complicate compound
    compromise confuse constitute constrain continue contract contradict contribute convince cool corrode cost
    crack crash creep cripple crumble crush damage dampen darken decline decrease deepen default defeat deflate
    degrade delay dent depend deprive destabilise deter deteriorate devastate develop die differ dilute diminish
    dip disappear disappoint discourage disrupt dissuade distort distract disturb dominate doom double drag
    drift drown dwindle ease echo eclipse edge embarrass embitter embolden emerge encounter endanger endure
    engulf enhance enrage ensue entail erode erupt escape evaporate evolve exacerbate exceed exhaust exist
    expand expire explain explode face fade fail fall falter fare fester fizzle flare flicker float flood flop
    flourish flow fool force founder fracture free freeze frighten fuel fuse gain get grow halt halve hang
    happen harden harm haunt heal heat help herald hinder hinge hit hurt ignite impair improve incite increase
    incur indicate induce infect inflame inflate inflict influence infringe inhibit injure inspire intensify
    interfere interrupt intrude involve irritate isolate jam jeopardise jeopardize jolt kill lag lapse last lead
    leak lessen linger loom loosen lose lower lure mar materialise matter mean melt mislead misread miss mount
    multiply mushroom narrow necessitate occur offset originate outgrow outlast outlive outnumber outpace
    outstrip outweigh overheat overlap overload overrun overshadow oversleep overtake overturn overwhelm peak
    peel perish persist pinch plague plummet plunge poison pop precede precipitate preclude predict prevent
    produce prolong prompt prosper protract prove provoke quicken rain raise rattle reach react reappear rebound
    recede recover redden reduce reflect regain regress reignite relapse relate remind represent require reshape
    resonate result resurface reveal reverse revive rewrite ripple rise rot ruin rupture rust sag scare scratch
    scupper seep shape shatter shed shock show shrink sink skew skid slide slip slow slump smash snap snow soar
    soften sour spark spike spill spoil spook squeeze stabilise stain stall stem stick stimulate sting stoke
    strain strand strengthen struggle stumble stun subside succeed suffer suffice suggest sully surface surge
    surprise survive swamp sway swell taint tarnish tempt tend thin threaten thwart tilt tire topple torpedo
    trail transform trigger trip trouble tumble turn undermine unfold unleash unnerve unravel upset vanish vary
    violate wane warm warp waste waver weaken weather widen wilt win wither wobble worry worsen wreck yield
    """,
    "happened": """
    accumulated appeared arisen arrived ascended become begun bled boomed bounced burst ceased changed climbed
    collapsed come contributed cooled crashed crossed declined decreased deepened descended deteriorated
    developed died dipped disappeared doubled dried drifted drowned dwindled eased emerged ended eroded escaped
    evolved exploded faded failed fallen fled flown formed frozen gone grown happened hardened improved
    increased intensified landed lapsed leaked lived melted migrated occurred originated overheated passed
    peaked perished plunged prompted reached rebounded receded recovered resulted retreated risen rotted
    ruptured rusted shifted shrunk slept slid slipped slowed snapped softened spread stalled started stayed
    stumbled sunk survived swollen thawed thinned tripled vanished warmed weakened widened worsened
    """,
    "state": """
    abound adjoin belong border comprise concern consist contain correspond deserve equal explained feel fit
    hail hate include influenced inhabit lack lie like linked live love outrank owe own pertain possess
    predominate prevail rank related remain resemble reside rival seem signify sound span stay suit symbolise
    total typify underlie
    """,
    "mind": """
    admire admit adore agree apologise appreciate assume believe blame bother care concede covet curse dare
    demur despair despise detest disagree disapprove dislike distrust doubt dread dream embrace enjoy envy
    expect favour fear forget forgive fret grieve grumble guess hesitate hope idolise imagine intend know loathe
    long mind mistrust mourn need oblige panic pity please prefer presume pretend quarrel quibble realise
    realize rebel recall reckon recognise recognize recoil regard regret rejoice relish remember resent resist
    respect rethink shrug shudder speculate suppose surmise suspect sympathise think tolerate trust
    underestimate understand value want wonder worship
    """,
    "sense": """
    afford bear concentrate cope discern distinguish figure find found glimpse hear hum locate notice overhear
    perceive picture place point recite see seen sense settle smell spot stand trace visualise
    """,
    "befallen": """
    accused affected alarmed arrested assaulted attacked attracted beaten betrayed billed bitten blamed blinded
    blown born bothered bruised burned burnt caught caused cheated compelled complicated compromised condemned
    confined confused contaminated contested convicted corrupted cracked crippled criticised crushed damaged
    dazzled deceived defeated degraded delighted denied deported deprived derailed deserted destroyed deterred
    devastated diluted disappointed discouraged disqualified disrupted distorted distracted disturbed drenched
    eclipsed embarrassed endangered evacuated exaggerated exhausted exploited exposed extinguished faked fired
    fooled forgiven forgotten framed frightened frustrated grounded hacked halved hampered harassed harmed
    haunted hijacked hindered hospitalised humiliated ill impeached implicated infected inflated inherited
    injured inspired insulted interrupted intimidated isolated jeopardised kidnapped killed knocked laughed lost
    loved lured marred misheard misinformed misled missed mistaken misunderstood mobbed motivated mugged
    murdered noticed offended outnumbered outweighed overcharged overlooked overrated overshadowed overstated
    overtaken overthrown overwhelmed persuaded pleased poisoned pressured prevented provoked punished ransacked
    rescued robbed ruined sabotaged shaken shattered shocked skewed smashed smuggled snubbed spared spoiled
    spooked spotted squashed squeezed stabbed stained stolen strained stranded struck stuck stung subjected sued
    surprised suspected swamped swayed swept swindled tainted tarnished tempted terrified threatened thwarted
    tired toppled tortured trapped traumatised tricked triggered troubled turned underestimated undermined
    upended vandalised victimised vindicated wasted whipped widowed worried wounded wrecked
    """,
    "quality": """
    able absent absurd acceptable accidental accurate adequate advisable afraid alive alone ambiguous ample
    angry ashamed asleep attractive available awake aware awkward bad bearable beneficial best better big bigger
    bitter blank blind boring brave brief bright broken busy capable careful cheap cheaper clear clearer closer
    cold comfortable common compatible complete complex confident consistent contagious convenient costly
    critical crucial cruel damp dangerous dead deadly decisive defective desirable difficult dire dirty
    disastrous doubtful due dull early easier easy effective efficient embarrassing empty enough entitled
    evident excessive expensive faint fair false familiar faster fatal faulty feasible fine firm foolish fresh
    fruitful full fun funny futile genuine glad good grateful great greater guilty half handy happier happy hard
    harder harmful harmless healthy heavier heavy helpful high higher honest hostile hot huge hungry identical
    illegal imminent immune important impossible inaccurate inadequate inappropriate incomplete incorrect
    ineffective inevitable innocent instructive insufficient interested interesting invalid irrelevant jealous
    keen large larger late later less liable little lonely longer loose low lucky mad massive meaningful mild
    minor misleading missing modest mutual naive natural near necessary needed negligible nice noticeable
    obsolete obvious odd old older optimistic outdated overdue painful partial peculiar permanent pleasant
    plenty poor popular positive possible practical pregnant premature present pretty preventable profitable
    proper proud quick quicker quiet rare ready real reasonable recent redundant relevant reliable reluctant
    reversible rich right risky robust rotten rough rude sad safe safer satisfactory scarce selfish sensible
    sensitive serious severe shallow sharp short shorter shy sick significant silly similar simple simpler
    slower sluggish small smaller smart soft sore spurious stable stale steep sticky strange strict strong
    stronger stupid successful sufficient suitable superior sure surprising suspicious sustainable temporary
    tempting tense terrible thick tight tiny tolerable tough toxic true typical ugly ultimate unable
    unacceptable unaware uncertain uncomfortable underway uneven unfair unhappy unique unlikely unlucky
    unnecessary unpleasant unpopular unreasonable unreliable unsafe unstable unsuitable unusual unwell unwise
    urgent useful useless vague vain valid valuable vast viable visible vital void vulnerable warmer wasteful
    weak weaker wet wide wider wild willing wise worse worth worthwhile wrong young younger
    """,
    "passed": """
    again all already also always both eventually ever instead often otherwise perhaps simply someday sometimes
    soon then thereby therefore though thus yet
    """,
}
"""What a modal's verb or adjective speaks of.

Rules speak of what people do (act; done, its participle), guesses of what happens or happened, of what befalls
somebody, of what is in the mind, of how things stand and what they are like; *could* and *can* of what one is able to
sense or manage. What is decided about plans, jobs and services (*may be scrapped*) stands in rules and in guesses. What
is passed over says nothing and stands before the verb, as adverbs in *-ly* do.
"""

SUBJECT_SENSES: Final[dict[str, str]] = {
    "agent": """
    anyone applicant applicants bidder bidders buyer buyers candidate candidates carer carers child children
    citizen citizens claimant claimants client clients club clubs commission committee contractor council
    councils creditor customer customers cyclist cyclists defendant delegate delegates dog dogs driver drivers
    employee employees employer employers entrant entrants everyone farmer farmers guest guests holder holders
    household households judge judges landlord landlords licensee member members observers officer officers
    operator operators owner owners parent parents participant participants parties party passenger passengers
    patients pedestrian pedestrians player players policyholders pupil pupils reader readers residents
    respondent riders seller sellers shareholders staff student students subscriber supplier suppliers swimmers
    teacher teachers tenant tenants traveller travellers trustee trustees user users vehicle vehicles visitor
    visitors voter voters witness witnesses
    """,
    "program": """
    algorithm api app application applications argument array attribute browser buffer cache call callback class
    cluster code column command compiler component configuration daemon database device directory entry
    environment expression extension field file files firmware flag function functions handler header host hosts
    implementation implementations index input instance interface interpreter job kernel key label library link
    listener loop machine mechanism message messages method methods mode model module modules node object
    objects option options package packages page parameter parameters parser password pattern patterns plugin
    pointer procedure process processor program programs property protocol query queue record request requests
    response routine runtime script server servers session setting shell software stream string strings subclass
    subroutine symbol syntax system systems template test tests thread threads token tool type url value values
    variable variables version widget
    """,
    "rule": """
    act agreement article bylaw certificate charter clause condition conditions constitution contract contracts
    covenant deed directive document form guideline instrument law laws lease legislation licence list manual
    notice offer order ordinance paragraph permit policy provision provisions regulation regulations requirement
    requirements rule ruling schedule section specification standard standards statute ticket treaty visa
    """,
    "body": """
    academy administration agencies agency airline airlines alliance army assembly association authorities
    authority bank banks board boards bodies body brand broadcaster bureau cabinet campaign cartel chamber
    charities charity church cinema cities city coalition college commune companies company congress consortium
    corporation countries country county court courts crew crews department developer district embassy factory
    faculty federation firm firms foundation fund funds gallery gang government governments group groups
    hospital hospitals industry institute institution insurer insurers investors jury laboratory league
    legislature manufacturer manufacturers market markets militia ministry museum nation nations navy newspaper
    opposition organisation organisations organization parliament plant police port press provider province
    regime region republic retailer retailers school schools senate service services shop society squad state
    states store supermarket syndicate team teams theatre town towns treasury tribunal trust union unions
    university utilities village
    """,
    "person": """
    actor actors administrator administrators adult adults adviser advisers agent agents analyst analysts
    architect artist assistant associate athlete attacker attackers attorney aunt author authors babies baby
    banker batsman bishop boss bosses boxer boy boys broker brokers brother brothers builder builders butcher
    caller callers campaigners captain caretaker cashier celebrity chair chairman chairwoman champion chancellor
    chief clerk clerks coach coaches colleague colleagues collector commander commissioner constable consultant
    consumer consumers contractors coroner counsel couple cousin creditors critics crowd curator dad dancer
    daughter dealer dealers defendants deputies deputy developers dictator diplomat director directors diver
    divers doctor doctors editor editors electrician emperor engineer engineers examiner executive executives
    expert experts families family fan fans father fighter finder firefighters fisherman fishermen founder
    friend friends gardener girl girls goalkeeper governor grandfather grandmother guard guards guitarist
    hackers heir helper hero historian historians husband individual individuals inmate inspector inspectors
    investigator investigators investor journalist journalists juror jurors keeper keepers kids king lad lady
    landowner lawyer lawyers leader leaders lecturer lender lenders librarian lodger lord magistrate maker
    makers man manager managers mayor men mentor merchant midwife migrant migrants minister ministers mother
    motorists mum musician neighbour neighbours nephew novelist nurse nurses officials opponent opponents
    painter partner partners patron people person pharmacist philosopher physicist pilot pilots planner plumber
    poet politician politicians porter president priest prince principal prisoner prisoners producer producers
    professor prosecutor prosecutors publisher queen receptionist referee refugees regulator regulators reporter
    reporters researcher researchers ringleader rival rivals runner sailor sailors scholar scholars scientist
    scientists secretary senator sergeant servant shopkeeper shopper shoppers singer sister skipper soldier
    soldiers solicitor son speaker spokesman spokeswoman sponsor stranger striker successor supporters surgeon
    surgeons survivor survivors suspect suspects teenager teenagers thief thieves tourists trader traders
    trainee trainer treasurer troops umpire uncle veteran veterans victim victims villagers violinist volunteer
    volunteers waiter warden widow wife winner winners woman women worker workers workmen writer writers
    """,
    "course": """
    aid attack attacks bid boom bout bubble ceasefire change changes charge charges climate closure cold
    collapse competition complaint concern concerns conflict cost costs crash crisis crop currency cut cuts
    damage data deal death debt decision decline deficit delay delays demand development disease dispute
    downturn drop drought economy effect effects election elections emissions epidemic error errors eruption
    event events evidence exchange exports failure fall fault fever finding findings fire flood flooding flow
    flu fog food forecast forecasts frost fuel future gain gains game gap growth harvest heat heatwave hurricane
    ice illness impact improvement income increase infection inflation injury interest investigation investment
    landslide lead levels loss losses margin match merger migration mistake mortality move negotiations number
    numbers operation outbreak outcome output pain pandemic payment payments peace plan plans pollution
    population position pressure price prices problem problems production profit profits programme progress
    project projects proposal proposals prospects protest question rain rainfall rate rates reaction reading
    readings recession recovery reform reforms relationship result results revenue review rise risk risks rumour
    sales scandal scheme season shift shortage shortages shortfall signs situation slump snow spending spread
    stock storm storms strategy strike strikes success supplies supply surge survey talks tariff tariffs tax
    taxes temperature temperatures tension tensions tide trade trend trends trial trials turnout turnover
    unemployment variation verdict virus vote votes wages war warming wave weather wind winds winter yield
    yields
    """,
    "thing": """
    aircraft animal animals apple bacteria battery bear bed bees bell bird birds boat boats boiler bolt book
    bottle box brain branch bread brick bridge building buildings bus bushes butter cable cake camera canal car
    cars cat cats cattle cell cells chimney clock cloth coat concrete cow crane crust cup dam deck dish door
    doors dough drug drugs dust egg eggs engine eye fence fern ferries ferry fibres film fish flat floor flour
    flower fluid fly foot fossil fruit gas gate gene genes glass glue grain grass ground hair hall handle hedge
    helicopter hive home horse horses house houses ink insect insects iron jar jars kettle kitchen knife lake
    lamp lamps land leaf leaves leg lens letter lid lift lights lorry material medicine metal milk mill missile
    mixture molecule mould mud needle oil organ oven paint painting pan panel paper parcel particle patch path
    pipe pipes plane planet plants plaster plate pond pool powder protein proteins pump rabbit rail reactor
    reservoir river road roads rock roof room rooms root roots rope rover sample sauce sea seal seat seed seeds
    sheep ship ships shirt shoulder skin smoke soil soup species star station steel stone stones sugar sun
    surface switch table tablet tablets tank tap timber tissue tomatoes tooth toy track train trains tree trees
    truck tunnel tyre vaccine valve van vessel vessels wall walls water wheel window windows wing wire wood
    wound yeast
    """,
}
"""What a modal's subject is: those to whom rules apply, other persons, bodies, programs, rules, the course of events,
and things."""
