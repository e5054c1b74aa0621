"""Words that tell the name of a person from that of a role, a unit, a body, a place or a course."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ROLE_WORDS = _words(
    """
    academy accountable accountant accredited act acting activity additional address administrator adult advert
    adviser advisor agency air airport alliance allowance analysis analyst analytics annex anti appendix applicant
    apprentice approved archivist area armed assessor assistant associate assurance attn audit auditor authorised
    authority award background band base based behaviour bid bill board body border borough branch briefing britain
    british bronze bureau business buyer cabinet cadet call candidate captain career case central centre certificate
    ch chair chairman chairperson chairwoman change chaplain checklist chief child children circular city civil
    civilian clearance clerk closing coach coaching coastal code cohesion colleague college command commander
    commercial commissioner committee commons communities community company competence competency complaints
    compliance comptroller con conduct conference const constable constabulary consultant contact content context
    contingency continuing contract control controller coordinator core coroner corporate council councillor counter
    country county course court covert crime criminal critical crown custody customer cyber cycle daily data
    database date day degree delegate delivery demand department deployment deputy description designate desirable
    desk det detective detention diary digital diploma director directorate disaster disclosure dispatcher district
    diversity division divisional document dog domestic driver driving drug duties duty early eastern economic
    economy editor education emergency employee engagement engineer enhanced enquiries enquiry entry equality
    essential estate estates ethics evening event evidence exam examiner executive exhibit expert external faculty
    fair faith family federation fees field file finance financial fingerprint firearms firm first fleet football
    force forensic foreword form forum foundation framework fraud front full function fund fusion general gold
    governance government governor grade graduate greater group guidance guide handbook handler handling head
    headquarters health help heritage high hmicfrs holder home homicide honour hospital hours hub human ideal
    imaging immigration impact improvement inc incident inclusion independent induction information inner innovation
    insight insp inspector inspectorate inspectors institute instructor integrated integrity intelligence interim
    internal interview introduction investigator issue job joint journal judicial junior justice juvenile key
    kingdom knowledge late lawyer lead leader leadership learner learning leave legal letter level liaison librarian
    licensing limited line link local location logistics london ltd magistrate mail main major management manager
    mandatory manual marine marketing marshal mayor media medical member mental mentor mentoring message met
    metropolitan minister ministry misconduct missing mobile module monitor mounted multi murder music national navy
    negotiator neighbourhood network new newly night nominated northern note notes number numbers nurse occupational
    offender office officer official ombudsman online op open operation operational operations operator order
    organisation organised outer output overall overview owner pack page panel paper parish parliament part partner
    partnership pathway patrol pay payroll pcso pending pension people performance person personal personnel phase
    phone pilot plan planning plc police policing policy port portal portfolio post postholder posting power
    practice practitioner president press principal print prison probationer procedure process procurement product
    profession professional professions profile programme project promotion property protected protective provost
    public purpose pursuit qualification quality race radio rail railway rank rape receptionist record recruit
    recruiter recruitment ref reference region regional register rejoiner relief rep report representative
    representatives required research reserve resilience resolution resource resourcing response responsible retail
    retention review reviewer risk river road roads role room rota royal rural safe safeguarding safer safety salary
    scale scene scheduling scheme school schools science scientific search second secretariat secretary section
    sector secure security senior sergeant serious service sexual sgt shared shift shortlist signature signed silver
    site skills slavery solicitor solving southern special specialist specials sponsor squad staff staffing stage
    stakeholder standards station status step stop store strategic strategy student studies succession summary
    superintendent supervisor support supt surveillance switchboard syllabus system systems tactical taker talent
    taser task tasking team technical technician technology telephone temp temporary tenure terrorism theme third
    threat timeline title toolkit traffic train trainee trainer training transformation transport treasurer treasury
    tribunal trust trustee turn tutor uk underground uniform union unit united university updated uplift urban
    vacancy value values vehicle version vetting vice victim violence volunteer vulnerability vulnerable wage warden
    watch web website weekly welcome welfare wellbeing western wildlife witness workbook worker workforce workplace
    workshop workstream world youth

    about after all also any applications as at before being below both but by can each email every for from had has
    have he her his how if in is it its madam may me more most must my no none not of on only or other our per
    please see she should sir some such that the their them there these they this those through to under until us
    via was we were what when where which while who whom whose will with within would yes you your

    advice annexe author barracks campus citizen creating depot dial email ext facebook fax instagram jobcentre linkedin
    mob now plus quote ring speak tel text twitter unison unite using writing

    adnoddau ar atebol cyfrifoldebau cyngor dymunol hanfodol pwrpas rôl sgiliau swydd cymru cyswllt dynol enw ffon
    gogledd gwasanaeth gwnstabl heddlu prif recriwtio swyddfa swyddog tim uned y ymholiadau yr yn

    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december feb apr jul aug sep sept oct nov
    """
)
"""In lower case and mostly in the singular: whatever such a word stands in is no name of a person."""

PLACE_WORDS = _words(
    """
    aberdeen aldermaston anglia antrim armagh avenue avon bangor barnet barrow bath bedford bedfordshire belfast
    bexley birmingham blackburn blackpool bolton bradford bramshill brent brighton bristol bromley building burnley
    bury cambridge cambridgeshire camden canterbury cardiff carlisle chelmsford chelsea cheshire chester cleveland
    colchester corby cornwall coventry crawley croydon cumbria darlington derby derbyshire derry devon dorset dudley
    dundee durham dyfed ealing east edinburgh enfield england english essex exeter falkirk floor forest fulham
    gateshead gatwick glasgow gloucester gloucestershire great greenwich gwent hackney hamlets hammersmith hampshire
    haringey harrogate harrow havering heathrow hendon hereford hertford hertfordshire hillingdon hounslow house
    hove hull humberside inverness ipswich ireland irish isle islington kensington kent kettering keynes kingston
    lambeth lancashire lancaster lane leeds leicester leicestershire lewisham lincoln lincolnshire liverpool london
    luton maidstone man manchester medway mercia merseyside merton middlesbrough midlands milton newcastle newham
    newport norfolk north northampton northamptonshire northumbria norwich nottingham nottinghamshire oldham oxford
    park perth peterborough plymouth portsmouth powys preston reading redbridge richmond rochdale ryton salford
    sandwell scotland scottish sheffield shrewsbury slough solihull somerset south southampton southend southwark
    stafford staffordshire stansted stevenage stirling stockport stoke street suffolk sunderland surrey sussex
    sutton swansea swindon tameside telford thames torbay tower trafford valley wakefield wales walsall waltham
    wandsworth warrington warwickshire watford way welsh west westminster wigan wight wiltshire wirral wolverhampton
    worcester wrexham yard york yorkshire
    """
)
"""Many of them are surnames too, so they tell a place only where no person is to be spoken to."""

COMMON_SURNAMES = _words(
    """
    abbott baker banks bell best bird bishop black bond bridge bridges brook brooks brown burns bush butler
    carpenter carter cash chance church cole cook cross day dean drew english farmer fisher flood ford fox french
    frost gardener good grant gray green grey hand hardy heath hill hope hunt hunter joy judge just kind king knight
    lake lamb law little long love low lowe marks marsh mason miller mills moss noble parks peace pike piper pope
    potter power powers price prince rain read reed reeves rice rich rivers rose rush savage self shepherd short
    singer small smith speed spring still stone strong swift tanner taylor turner underwood walker wall ward waters
    weaver well wells white wild winter wise wood woods young
    """
)
"""Words that also stand in lower case in texts, and are names all the same."""

GIVEN_NAMES = _words(
    """
    aaron abdul abigail adam adrian aisha alan alasdair albert alex alexander alexandra alice alison alistair amanda
    amina amir amy andrea andrew andy angela angus anita ann anna anne annette anthony antony arthur asif barbara
    barry ben benjamin bernard beth bethany brenda brian callum carl carol caroline catherine cathy charles
    charlotte chloe chris christina christine christopher claire clare colin connor craig daniel danielle darren
    dave david dawn debbie deborah denise dennis derek diana diane dominic donald donna dorothy douglas duncan
    edward eileen elaine eleanor elizabeth ellen emily emma eric fatima fiona frances francis gareth gary gavin
    gemma geoff geoffrey george georgina gerald gillian glen gordon graeme graham greg gwen hannah harjit harry
    hassan hazel heather helen henry holly howard hugh ian imran irene isabel jack jackie jacqueline jade jake james
    jamie jan jane janet janice jason jean jeff jennifer jenny jeremy jill jim jo joan joanna joanne joe john jon
    jonathan joseph josh joshua joyce judith julia julian julie karen karl kate katherine kathleen kathryn katie
    keith kelly ken kenneth kerry kevin kieran kim kirsty kyle laura lauren leah lee leon lesley leslie liam linda
    lisa louise lucy luke lynn margaret maria marian marie martin martyn mary matt matthew maureen megan melanie
    melissa michael michelle mike mohamed mohammed muhammad nadia natalie natasha nathan neil nicholas nick nicola
    nigel oliver olivia owen pamela patricia patrick paul paula pauline penny peter phil philip phillip priya rachel
    rajesh rebecca rhys richard rita robert roger ronald rory rosemary ross roy russell ruth ryan sally sam samantha
    samuel sandra sara sarah sean sharon shaun sheila shirley simon sophie stacey stella stephanie stephen steve
    steven stewart stuart sue susan suzanne tanya teresa terry thomas tim timothy tina toby tom tony tracey tracy
    trevor vanessa vikram vincent walter wayne wendy william yasmin yvonne zoe
    """
)
"""Words that begin the name of a person, whatever follows: "Jo Constable"."""
