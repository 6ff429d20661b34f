"""The fixed vocabulary of the Lokaal Proactief Kader and of this product.

These lists are code, not rows: no municipality edits them, and the analysis, the pages
and the reports rely on their order. Names and stored values are English, labels are the
published Dutch terms (docs/glossary.md says where each was published). Every member can
explain itself in one sentence; members shown as a mark carry an icon and a colour token.
"""

from django.db import models


class Term(models.TextChoices):
    """A list of terms of which every member has a one-sentence explanation."""

    @property
    def explanation(self) -> str:
        """One Dutch sentence (B1) for somebody who reads the term for the first time."""
        return EXPLANATIONS[type(self)][self]

    @property
    def icon(self) -> str:
        """Name of a symbol in static/img/icons.svg, or an empty string."""
        return ICONS.get(type(self), {}).get(self, "")

    @property
    def tone(self) -> str:
        """Meaning colour in components.css (success, attention, danger, info) or ''."""
        return TONES.get(type(self), {}).get(self, "")


class ServiceDomain(Term):
    """The nine domains of the rechtencirkel, in framework order."""

    PREVENTION = "prevention", "Preventie"
    DETECTION = "detection", "Opsporen"
    APPROACH = "approach", "Benaderen"
    REFERRAL = "referral", "Toeleiding"
    ACCESS = "access", "Toegang"
    RECEPTION = "reception", "Onthaal"
    RIGHTS_DETECTION = "rights_detection", "Rechtendetectie"
    RIGHTS_REALISATION = "rights_realisation", "Rechten realiseren"
    AFTERCARE = "aftercare", "Nazorg"

    @property
    def number(self) -> int:
        """Place on the circle, 1 to 9: a domain colour is never shown without it."""
        return list(ServiceDomain).index(self) + 1

    @property
    def code(self) -> str:
        """The three letters that open every question code, such as PRE."""
        return DOMAIN_CODES[self]

    @property
    def css(self) -> str:
        """Suffix of the colour token, such as pre in --domain-pre."""
        return DOMAIN_CODES[self].lower()

    @property
    def short_question(self) -> str:
        """The domain as a participant hears it (A2)."""
        return DOMAIN_SHORT_QUESTIONS[self]


DOMAIN_CODES = dict(
    zip(
        ServiceDomain,
        ("PRE", "OPS", "BEN", "TLD", "TGG", "ONT", "DET", "REA", "NAZ"),
        strict=True,
    )
)

DOMAIN_SHORT_QUESTIONS = dict(
    zip(
        ServiceDomain,
        (
            "Hoor je op tijd waar je recht op hebt?",
            "Weten diensten wie het moeilijk heeft?",
            "Hoe nemen diensten contact met jou op?",
            "Vind je makkelijk de juiste dienst?",
            "Geraak je makkelijk binnen?",
            "Hoe word je ontvangen?",
            "Kijkt iemand al je rechten na?",
            "Krijg je ook echt waar je recht op hebt?",
            "Denkt er daarna nog iemand aan jou?",
        ),
        strict=True,
    )
)


class Side(Term):
    """The two sides that answer about the same domains; never merged."""

    TARGET_GROUP = "target_group", "Doelgroep"
    PROVIDERS = "providers", "Hulp- en dienstverleners"


class Werkpiste(Term):
    """The six werkpistes along which a municipality improves."""

    INFORMATION = "information", "Informatie en kennis"
    AUTOMATIC_GRANTING = "automatic_granting", "Automatische rechtentoekenning"
    REACHING_OUT = "reaching_out", "Outreachend handelen"
    SERVICE_QUALITY = "service_quality", "Kwalitatieve hulp- en dienstverlening"
    BASIC_PROVISION = "basic_provision", "Geïntegreerde basisvoorziening"
    INFORMAL_NETWORKS = "informal_networks", "Informele (zorg)netwerken"


class PolicyTask(Term):
    """The three policy tasks of a municipality."""

    VISION_AND_SUPPORT = "vision_and_support", "Stimuleren van visie en draagvlak"
    DIRECTION = "direction", "Regievoeren en structureel verankeren"
    ASSISTANCE = "assistance", "Ondersteunen"


class CoreProcess(Term):
    """The two core processes that run through every phase."""

    PARTICIPATION = "participation", "Participatie en dialoog"
    COOPERATION = "cooperation", "Samenwerken en netwerken"


CENTRAL_PRINCIPLE = "Gedeelde verantwoordelijkheid"
CENTRAL_PRINCIPLE_EXPLANATION = (
    "Alle bestuursniveaus, organisaties en levensdomeinen dragen samen zorg dat mensen "
    "hun rechten krijgen."
)


class Phase(Term):
    """The five phases: views on the project, never gates (R8)."""

    PREPARATION = "preparation", "Voorbereiding"
    ANALYSIS = "analysis", "Analyse"
    DIALOGUE = "dialogue", "Dialoog"
    EXECUTION = "execution", "Uitvoering"
    ANCHORING = "anchoring", "Verankering"


class SocialRight(Term):
    """The nine fundamental social rights of Flemish poverty policy."""

    PARTICIPATION = "participation", "Participatie"
    SOCIAL_SERVICES = "social_services", "Maatschappelijke dienstverlening"
    INCOME = "income", "Inkomen"
    FAMILY = "family", "Gezin"
    EDUCATION = "education", "Onderwijs"
    LEISURE = "leisure", "Vrijetijdsbesteding"
    WORK = "work", "Werk"
    HOUSING = "housing", "Wonen"
    HEALTH = "health", "Gezondheid"


class BarrierKind(Term):
    """The seven B's: which aspect of a service stands in the way."""

    AWARENESS = "awareness", "Bekendheid"
    REACHABILITY = "reachability", "Bereikbaarheid"
    AVAILABILITY = "availability", "Beschikbaarheid"
    AFFORDABILITY = "affordability", "Betaalbaarheid"
    USABILITY = "usability", "Bruikbaarheid"
    COMPREHENSIBILITY = "comprehensibility", "Begrijpbaarheid"
    TRUSTWORTHINESS = "trustworthiness", "Betrouwbaarheid"


class BarrierLevel(Term):
    """At which level a barrier sits; the fourth is an addition of this product."""

    RIGHTS_HOLDER = "rights_holder", "Rechthebbende"
    EXECUTION = "execution", "Uitvoering"
    REGULATION = "regulation", "Regelgeving"
    SOCIETY = "society", "Samenleving"


class NonTakeUp(Term):
    """The five types of non-take-up."""

    UNAWARE = "unaware", "Onwetendheid"
    NOT_CLAIMED = "not_claimed", "Niet aanvragen"
    NOT_RECEIVED = "not_received", "Niet-toegang"
    NOT_PROPOSED = "not_proposed", "Niet voorgesteld"
    EXCLUDED = "excluded", "Uitsluiting"


class Competence(Term):
    """Which level of government can change something."""

    LOCAL = "local", "Lokaal"
    FLEMISH = "flemish", "Vlaams"
    FEDERAL = "federal", "Federaal"


class CostLevel(Term):
    """What an action costs, in four steps."""

    EXISTING_MEANS = "existing_means", "Bestaande middelen"
    LOW = "low", "€: minder dan 2 500 euro"
    MEDIUM = "medium", "€€: 2 500 tot 25 000 euro"
    HIGH = "high", "€€€: meer dan 25 000 euro of extra personeel"


class OrganisationType(Term):
    """Kinds of organisations around a steering group."""

    OCMW = "ocmw", "OCMW"
    MUNICIPALITY = "municipality", "Gemeente"
    GRASSROOTS = "grassroots", "Basiswerking"
    POVERTY_ASSOCIATION = (
        "poverty_association",
        "Vereniging waar armen het woord nemen",
    )
    CAW = "caw", "CAW"
    HEALTH_FUND = "health_fund", "Ziekenfonds (DMW)"
    VDAB = "vdab", "VDAB"
    HOUSING_COMPANY = "housing_company", "Woonmaatschappij"
    TRADE_UNION = "trade_union", "Vakbond"
    BENEFIT_FUND = "benefit_fund", "Hulpkas"
    SCHOOL = "school", "School"
    FAMILY_CENTRE = "family_centre", "Huis van het Kind"
    HEALTH_CARE = "health_care", "Gezondheidszorg"
    HOME_CARE = "home_care", "Thuiszorg"
    POLICE = "police", "Politie"
    JUSTICE = "justice", "Justitie"
    TENANTS_UNION = "tenants_union", "Huurdersbond"
    ENERGY_SUPPLIER = "energy_supplier", "Energieleverancier"
    STREET_WORK = "street_work", "Straathoekwerk"
    COMMUNITY_WORK = "community_work", "Opbouwwerk (SAAMO)"
    INTEGRATION = "integration", "Integratie en inburgering"
    OTHER = "other", "Andere"

    @property
    def is_grassroots(self) -> bool:
        """Whether people of such an organisation count as basiswerking in R1."""
        return self in GRASSROOTS_TYPES


GRASSROOTS_TYPES = frozenset(
    {
        OrganisationType.GRASSROOTS,
        OrganisationType.POVERTY_ASSOCIATION,
        OrganisationType.STREET_WORK,
        OrganisationType.COMMUNITY_WORK,
    }
)


class SteeringGroupRole(Term):
    """What somebody does in the steering group (not what the account may do)."""

    LEAD = "lead", "Trekker"
    MEMBER = "member", "Lid"
    REPRESENTATIVE = "representative", "Vertegenwoordiger doelgroep"
    OBSERVER = "observer", "Waarnemer"
    SUPPORTER = "supporter", "Vlaamse ondersteuner"


class OcmwProfile(Term):
    """From which layer of the OCMW somebody speaks (R2)."""

    POLICY = "policy", "Beleid"
    PRACTICE = "practice", "Uitvoering"


class MatrixDecision(Term):
    """What the steering group decides about a target group."""

    CHOSEN = "chosen", "Gekozen"
    RESERVE = "reserve", "Reserve"
    NOT_NOW = "not_now", "Niet nu"


class Responsibility(Term):
    """What a member does in a phase, in plain words instead of a responsibility matrix."""

    LEADS = "leads", "Trekt"
    DECIDES = "decides", "Beslist"
    TAKES_PART = "takes_part", "Doet mee"
    IS_INFORMED = "is_informed", "Weet ervan"


class Involvement(Term):
    """How an organisation without a seat takes part (R5)."""

    INFORMED = "informed", "Informeren"
    CONSULTED = "consulted", "Meedenken"
    QUESTIONS = "questions", "Mee bevragen"
    CARRIES_OUT = "carries_out", "Mee uitvoeren"


class EngagementState(Term):
    """How far the talk with a partner has come."""

    SUGGESTED = "suggested", "Voorgesteld"
    TO_CONTACT = "to_contact", "Nog te contacteren"
    CONTACTED = "contacted", "Gecontacteerd"
    ENGAGED = "engaged", "Doet mee"
    DECLINED = "declined", "Doet niet mee"


class AgendaKind(Term):
    """What a point on the agenda of a meeting is about; most come from the project."""

    OWN = "own", "Eigen punt"
    STEERING_GROUP = "steering_group", "Stuurgroep en partners"
    MATRIX = "matrix", "Doelgroepenmatrix"
    PLANNING = "planning", "Planning"
    GAPS = "gaps", "Tussenstand van de rechtencirkel"
    ACTIONS = "actions", "Verbeteracties"
    FEEDBACK = "feedback", "Terugkoppeling aan de groepen"


class SourceKind(Term):
    """Where an estimate comes from: never presented as more certain than it is."""

    FIGURE = "figure", "Cijfer"
    SIGNAL = "signal", "Signaal"
    ESTIMATE = "estimate", "Inschatting"


class Confidence(Term):
    """How sure the steering group is of a row in the matrix."""

    LOW = "low", "Laag"
    MEDIUM = "medium", "Middel"
    HIGH = "high", "Hoog"


class Feasibility(Term):
    """What a member says about a planning (R6)."""

    FEASIBLE = "feasible", "Haalbaar"
    FEASIBLE_IF = "feasible_if", "Haalbaar als …"
    NOT_FEASIBLE = "not_feasible", "Niet haalbaar"


class ConditionAnswer(Term):
    """What the coordinator answers to a condition in a vote."""

    ACCEPTED = "accepted", "Aanvaard"
    NOT_ACCEPTED = "not_accepted", "Niet aanvaard"


class ParticipationMoment(Term):
    """The moments at which the target group takes part, in the order of the method (R9)."""

    PREPARATION = "preparation", "Voorbereiding"
    ANALYSIS = "analysis", "Analyse"
    DIALOGUE = "dialogue", "Dialoog"
    EXECUTION = "execution", "Uitvoering"
    FEEDBACK = "feedback", "Terugkoppeling"
    EVALUATION = "evaluation", "Evaluatie"
    ANCHORING = "anchoring", "Verankering"


class ParticipationState(Term):
    """Whether the target group took part at such a moment."""

    DONE = "done", "Gedaan"
    PLANNED = "planned", "Gepland"
    NONE = "none", "Niet"


class Severity(Term):
    """How much a finding of the project-wide check weighs, the heaviest first."""

    FAULT = "fault", "Fout"
    ATTENTION = "attention", "Let op"
    TIP = "tip", "Tip"


class RespondentCategory(Term):
    """Who answered, coarse on purpose: two kinds of people, five kinds of staff."""

    FOUND_THE_WAY = "found_the_way", "Vond de weg naar de dienst"
    NOT_YET = "not_yet", "Vond de weg nog niet"
    SOCIAL_WORK = "social_work", "Maatschappelijk werk"
    POLICY = "policy", "Beleid"
    RECEPTION_AND_ADMIN = "reception_and_admin", "Onthaal en administratie"
    PARTNER = "partner", "Partnerdienst"
    VOLUNTEER = "volunteer", "Vrijwilliger"
    MIXED_STAFF = "mixed_staff", "Medewerkers van verschillende functies samen"

    @property
    def side(self) -> Side:
        """The side this category answers for."""
        if self in (RespondentCategory.FOUND_THE_WAY, RespondentCategory.NOT_YET):
            return Side.TARGET_GROUP
        return Side.PROVIDERS


class ConversationKind(Term):
    """How people were heard (R11)."""

    GROUP = "group", "Groepsgesprek"
    INDIVIDUAL = "individual", "Individueel gesprek"
    BY_LINK = "by_link", "Antwoorden via een link"


class ConversationEventKind(Term):
    """What happened to the report of a conversation."""

    HANDED_IN = "handed_in", "Ingediend"
    RETURNED = "returned", "Teruggestuurd met een vraag"
    ACCEPTED = "accepted", "Aanvaard"
    READ_BACK = "read_back", "Nagelezen door de groep"
    REOPENED = "reopened", "Heropend"
    HANDED_OVER = "handed_over", "Doorgegeven aan iemand anders"


class ChecklistPoint(Term):
    """What to arrange before a group talk, whatever the group (domain §3.3)."""

    ROOM = "room", "Lokaal"
    COFFEE = "coffee", "Koffie"
    CHILDCARE = "childcare", "Opvang voor de kinderen"
    TRANSPORT = "transport", "Vervoer"
    NOTE_TAKER = "note_taker", "Een tweede persoon noteert"
    WHO_IS_THERE = "who_is_there", "Afspraak over wie in de zaal is"


class Recognition(Term):
    """Whether the people concerned recognise what was written about them."""

    YES = "yes", "Ja"
    PARTLY = "partly", "Deels"
    NO = "no", "Nee"


class QuoteUse(Term):
    """What a speaker agreed to: every use is asked for by itself (P9)."""

    DIALOGUE = "dialogue", "In de stuurgroep en de dialoog"
    REPORT = "report", "In het rapport"
    OUTSIDE = "outside", "Daarbuiten"


class RedactionState(Term):
    """Whether the appointed person read words over, and what came of it (P7)."""

    WAITING = "waiting", "Nog na te kijken"
    RELEASED = "released", "Vrijgegeven"
    WITHHELD = "withheld", "Niet vrijgegeven"


class DialogueDecision(Term):
    """What a dialogue decides about a proposal."""

    DO = "do", "Doen we"
    EXPLORE = "explore", "Zoeken we uit"
    DO_NOT = "do_not", "Doen we niet"


class Confirmation(Term):
    """How one side confirms a conclusion afterwards."""

    AGREED = "agreed", "Akkoord"
    AGREED_WITH_REMARK = "agreed_with_remark", "Akkoord met opmerking"
    NOT_AGREED = "not_agreed", "Niet akkoord"


class ActionStatus(Term):
    """Where an improvement action stands."""

    IDEA = "idea", "Idee"
    DECIDED = "decided", "Beslist"
    RUNNING = "running", "Bezig"
    POSTPONED = "postponed", "Uitgesteld"
    DONE = "done", "Klaar"
    STOPPED = "stopped", "Gestopt"


class FeedbackChannel(Term):
    """How a group was told what happened."""

    VISIT = "visit", "Bezoek aan de groep"
    GROUP_MOMENT = "group_moment", "Groepsmoment"
    PHONE = "phone", "Telefoon"
    POSTER = "poster", "Affiche"
    LETTER = "letter", "Brief"


class AnchoringKind(Term):
    """Where a change was made to last."""

    MULTI_YEAR_PLAN = "multi_year_plan", "Meerjarenplan"
    REGULATION = "regulation", "Reglement"
    PROCEDURE = "procedure", "Procedure"
    JOB_DESCRIPTION = "job_description", "Functieomschrijving"
    AGREEMENT = "agreement", "Samenwerkingsovereenkomst"
    BUDGET = "budget", "Budget"
    OTHER = "other", "Ander"


class AnchoringState(Term):
    """Whether an anchored change still holds."""

    ANCHORED = "anchored", "Verankerd"
    WEAKENED = "weakened", "Verzwakt"
    GONE = "gone", "Weg"


class Scale(Term):
    """How a closed question is answered."""

    AGREEMENT = "agreement", "E4: eens of oneens"
    FREQUENCY = "frequency", "F4: hoe vaak"
    POINTS = "points", "P10: punten op 10"


class AnswerOption(Term):
    """The four answers of E4 and F4, and the way out that is always there."""

    FIRST = "first", "Eerste antwoord"
    SECOND = "second", "Tweede antwoord"
    THIRD = "third", "Derde antwoord"
    FOURTH = "fourth", "Vierde antwoord"
    UNKNOWN = "unknown", "Weet ik niet / geen antwoord"


OPTION_LABELS: dict[Scale, dict[AnswerOption, str]] = {
    Scale.AGREEMENT: dict(
        zip(
            AnswerOption,
            (
                "Nee, helemaal niet",
                "Eerder niet",
                "Eerder wel",
                "Ja, helemaal",
                "Weet ik niet",
            ),
            strict=True,
        )
    ),
    Scale.FREQUENCY: dict(
        zip(
            AnswerOption,
            ("Nooit", "Soms", "Vaak", "Altijd", "Weet ik niet"),
            strict=True,
        )
    ),
}

POINTS_RANGE = range(11)


class CircleSize(Term):
    """With how many questions a measurement starts."""

    FULL = "full", "Volledige cirkel"
    SHORT = "short", "Korte cirkel"


class QuestionLanguage(Term):
    """In which other words or language a question can be shown beside the Dutch one."""

    EASY = "easy", "Eenvoudig Nederlands"
    FRENCH = "french", "Frans"
    ENGLISH = "english", "Engels"
    TURKISH = "turkish", "Turks"
    ARABIC = "arabic", "Arabisch"

    @property
    def tag(self) -> str:
        """The tag for `lang`, and the word in an address: easy Dutch is still Dutch."""
        return LANGUAGE_TAGS[self]

    @property
    def direction(self) -> str:
        return "rtl" if self is QuestionLanguage.ARABIC else "ltr"

    @property
    def own_name(self) -> str:
        """The name as its speakers write it."""
        return LANGUAGE_OWN_NAMES[self]


LANGUAGE_TAGS = dict(zip(QuestionLanguage, ("nl", "fr", "en", "tr", "ar"), strict=True))
LANGUAGE_OWN_NAMES = dict(
    zip(
        QuestionLanguage,
        ("Eenvoudig Nederlands", "Français", "English", "Türkçe", "العربية"),
        strict=True,
    )
)


class Pictogram(Term):
    """A drawing beside a question, for who reads with difficulty."""

    PEOPLE = "people", "Mensen"
    TALK = "talk", "Praten"
    LETTER = "letter", "Brief of papier"
    DOOR = "door", "Deur"
    CLOCK = "clock", "Klok"
    PLACE = "place", "Plaats"
    LOCK = "lock", "Slot"
    HOME = "home", "Thuis"
    NEWS = "news", "Nieuws horen"
    SEARCH = "search", "Vraagteken"
    AGAIN = "again", "Opnieuw"
    RECEIVED = "received", "Gekregen"


class Comparability(Term):
    """What two measurements may say about one question."""

    SAME = "same", "Vergelijkbaar"
    WITH_CARE = "with_care", "Voorzichtig vergelijken"
    NOT = "not", "Niet vergelijkbaar"


EXPLANATIONS: dict[type[Term], dict[Term, str]] = {
    ServiceDomain: {
        ServiceDomain.PREVENTION: "Mensen op tijd informeren, nog voor er een probleem is, vooral als er iets verandert in hun leven.",
        ServiceDomain.DETECTION: "Uitzoeken welke mensen of groepen wellicht rechten missen.",
        ServiceDomain.APPROACH: "Hoe een dienst zelf het eerste contact legt: hoe, waar, met welke toon en door wie.",
        ServiceDomain.REFERRAL: "Iemand van ergens anders naar de juiste dienst brengen: doorverwijzen, meegaan, verbinden.",
        ServiceDomain.ACCESS: "Binnengeraken: uren, plaats, afspraak, computer, voorwaarden, kosten, taal en schaamte.",
        ServiceDomain.RECEPTION: "De eerste momenten en het eerste gesprek: de ruimte, de privacy en hoe mensen met je omgaan.",
        ServiceDomain.RIGHTS_DETECTION: "Alle rechten van iemand nakijken, ook die waar niemand naar vroeg en die van andere diensten.",
        ServiceDomain.RIGHTS_REALISATION: "Van een gekend recht tot het echt krijgen: papieren, opvolging, beslissing, betaling.",
        ServiceDomain.AFTERCARE: "Na de hulp nog eens vragen hoe het gaat, en makkelijk kunnen terugkomen.",
    },
    Side: {
        Side.TARGET_GROUP: "De mensen om wie het gaat, met wat zij zelf meemaken.",
        Side.PROVIDERS: "De mensen die bij het OCMW en andere diensten hulp geven.",
    },
    Werkpiste: {
        Werkpiste.INFORMATION: "Zorgen dat burgers, diensten en doorverwijzers weten wat er bestaat.",
        Werkpiste.AUTOMATIC_GRANTING: "Rechten toekennen zonder dat mensen er zelf om moeten vragen.",
        Werkpiste.REACHING_OUT: "Naar mensen toegaan die de dienst nog niet bereikt, op hun terrein en hun tempo.",
        Werkpiste.SERVICE_QUALITY: "De hulp zelf beter maken: onthaal, begeleiding en nazorg.",
        Werkpiste.BASIC_PROVISION: "Plaatsen in de buurt waar ontmoeting, leren, informatie en hulp samenkomen.",
        Werkpiste.INFORMAL_NETWORKS: "Familie, buren en vrijwilligers versterken, met een dienst die verantwoordelijk blijft.",
    },
    PolicyTask: {
        PolicyTask.VISION_AND_SUPPORT: "Zorgen dat iedereen ziet waarom dit nodig is en eraan wil meewerken.",
        PolicyTask.DIRECTION: "De partners samenbrengen en wat werkt in de gewone werking opnemen.",
        PolicyTask.ASSISTANCE: "Vorming, begeleiding, uitwisseling en middelen geven aan wie het doet.",
    },
    CoreProcess: {
        CoreProcess.PARTICIPATION: "De mensen om wie het gaat praten en beslissen mee, in elke fase.",
        CoreProcess.COOPERATION: "Organisaties leren elkaar kennen en pakken samen aan wat alleen niet lukt.",
    },
    Phase: {
        Phase.PREPARATION: "Stuurgroep, doelgroepen en planning.",
        Phase.ANALYSIS: "Beide kanten bevragen met de rechtencirkel en de problemen benoemen.",
        Phase.DIALOGUE: "Samen bespreken wat we doen.",
        Phase.EXECUTION: "Verbeteracties uitvoeren en opvolgen, en het de groep vertellen.",
        Phase.ANCHORING: "Zorgen dat wat werkt blijft bestaan.",
    },
    SocialRight: {
        SocialRight.PARTICIPATION: "Meedoen en meebeslissen in de samenleving.",
        SocialRight.SOCIAL_SERVICES: "Hulp krijgen van diensten die je vooruithelpen.",
        SocialRight.INCOME: "Genoeg geld hebben om menswaardig te leven.",
        SocialRight.FAMILY: "Een gezin kunnen vormen en daarbij steun krijgen.",
        SocialRight.EDUCATION: "Leren, op school en daarna.",
        SocialRight.LEISURE: "Sport, cultuur en vrije tijd.",
        SocialRight.WORK: "Werk vinden en houden, in goede omstandigheden.",
        SocialRight.HOUSING: "Een betaalbare en goede woning.",
        SocialRight.HEALTH: "Gezond leven en de nodige zorg krijgen.",
    },
    BarrierKind: {
        BarrierKind.AWARENESS: "Ik weet dat het bestaat.",
        BarrierKind.REACHABILITY: "Ik geraak er.",
        BarrierKind.AVAILABILITY: "Er is plaats en tijd voor mij.",
        BarrierKind.AFFORDABILITY: "Ik kan het betalen, ook de reis en de tijd.",
        BarrierKind.USABILITY: "Het past bij mijn leven en helpt mij echt.",
        BarrierKind.COMPREHENSIBILITY: "Ik snap wat er staat en wat ik moet doen.",
        BarrierKind.TRUSTWORTHINESS: "Ik voel me veilig en ernstig genomen.",
    },
    BarrierLevel: {
        BarrierLevel.RIGHTS_HOLDER: "De drempel zit bij de situatie van de mensen zelf.",
        BarrierLevel.EXECUTION: "De drempel zit bij de dienst of de administratie.",
        BarrierLevel.REGULATION: "De drempel zit in de regels.",
        BarrierLevel.SOCIETY: "De drempel zit in de omgeving: vooroordelen, schaamte, geen netwerk.",
    },
    NonTakeUp: {
        NonTakeUp.UNAWARE: "Mensen weten niet dat het recht bestaat.",
        NonTakeUp.NOT_CLAIMED: "Mensen kennen het recht maar vragen het niet aan.",
        NonTakeUp.NOT_RECEIVED: "Mensen vragen het aan maar krijgen het niet.",
        NonTakeUp.NOT_PROPOSED: "De dienst stelt het recht niet voor.",
        NonTakeUp.EXCLUDED: "De regels sluiten mensen uit.",
    },
    Competence: {
        Competence.LOCAL: "De gemeente of het OCMW kan dit zelf veranderen.",
        Competence.FLEMISH: "De Vlaamse overheid moet dit veranderen.",
        Competence.FEDERAL: "De federale overheid moet dit veranderen.",
    },
    CostLevel: {
        CostLevel.EXISTING_MEANS: "Kan met de mensen en middelen die er al zijn.",
        CostLevel.LOW: "Kost minder dan 2 500 euro.",
        CostLevel.MEDIUM: "Kost tussen 2 500 en 25 000 euro.",
        CostLevel.HIGH: "Kost meer dan 25 000 euro of vraagt extra personeel.",
    },
    OrganisationType: {
        OrganisationType.OCMW: "Het openbaar centrum voor maatschappelijk welzijn.",
        OrganisationType.MUNICIPALITY: "Een dienst van de gemeente.",
        OrganisationType.GRASSROOTS: "Een werking in de buurt waar mensen zelf samenkomen.",
        OrganisationType.POVERTY_ASSOCIATION: "Een erkende vereniging waar mensen in armoede het woord nemen.",
        OrganisationType.CAW: "Een centrum algemeen welzijnswerk.",
        OrganisationType.HEALTH_FUND: "De dienst maatschappelijk werk van een ziekenfonds.",
        OrganisationType.VDAB: "De Vlaamse dienst voor werk en opleiding.",
        OrganisationType.HOUSING_COMPANY: "De maatschappij die sociale woningen verhuurt.",
        OrganisationType.TRADE_UNION: "Een organisatie van werknemers.",
        OrganisationType.BENEFIT_FUND: "De kas die uitkeringen betaalt aan wie geen vakbond heeft.",
        OrganisationType.SCHOOL: "Een school of een centrum voor leerlingenbegeleiding.",
        OrganisationType.FAMILY_CENTRE: "Het samenwerkingsverband voor gezinnen met kinderen.",
        OrganisationType.HEALTH_CARE: "Huisartsen, wijkgezondheidscentra en andere zorg.",
        OrganisationType.HOME_CARE: "Zorg en hulp aan huis.",
        OrganisationType.POLICE: "De lokale politie.",
        OrganisationType.JUSTICE: "Justitiehuis, gevangenis of rechtbank.",
        OrganisationType.TENANTS_UNION: "Een vereniging die huurders raad geeft.",
        OrganisationType.ENERGY_SUPPLIER: "Een bedrijf dat energie of water levert.",
        OrganisationType.STREET_WORK: "Werkers die mensen op straat opzoeken.",
        OrganisationType.COMMUNITY_WORK: "Opbouwwerkers die met een buurt aan oplossingen werken.",
        OrganisationType.INTEGRATION: "Een dienst voor nieuwkomers.",
        OrganisationType.OTHER: "Een andere organisatie.",
    },
    SteeringGroupRole: {
        SteeringGroupRole.LEAD: "De spil van de stuurgroep, die iedereen samenbrengt.",
        SteeringGroupRole.MEMBER: "Denkt en beslist mee.",
        SteeringGroupRole.REPRESENTATIVE: "Spreekt voor mensen uit de doelgroep, met een schuilnaam als die dat wil.",
        SteeringGroupRole.OBSERVER: "Luistert mee en beslist niet.",
        SteeringGroupRole.SUPPORTER: "Ondersteunt de gemeente vanuit het Vlaamse niveau.",
    },
    OcmwProfile: {
        OcmwProfile.POLICY: "Beslist mee over het beleid van het OCMW.",
        OcmwProfile.PRACTICE: "Werkt elke dag met de mensen.",
    },
    MatrixDecision: {
        MatrixDecision.CHOSEN: "Met deze groep gaan we nu aan de slag.",
        MatrixDecision.RESERVE: "Deze groep bekijken we later opnieuw.",
        MatrixDecision.NOT_NOW: "Met deze groep starten we nu niet.",
    },
    Responsibility: {
        Responsibility.LEADS: "Zorgt dat het gebeurt en roept de anderen samen.",
        Responsibility.DECIDES: "Hakt knopen door als dat nodig is.",
        Responsibility.TAKES_PART: "Werkt mee aan wat er te doen is.",
        Responsibility.IS_INFORMED: "Hoort wat er beslist is en hoe het loopt.",
    },
    Involvement: {
        Involvement.INFORMED: "We houden deze partner op de hoogte.",
        Involvement.CONSULTED: "Deze partner denkt met ons mee.",
        Involvement.QUESTIONS: "Deze partner helpt om mensen of diensten te bevragen.",
        Involvement.CARRIES_OUT: "Deze partner voert mee acties uit.",
    },
    EngagementState: {
        EngagementState.SUGGESTED: "Iemand stelde deze partner voor, er is nog niets beslist.",
        EngagementState.TO_CONTACT: "We willen deze partner erbij en moeten nog contact opnemen.",
        EngagementState.CONTACTED: "We spraken erover en wachten op een antwoord.",
        EngagementState.ENGAGED: "Deze partner doet mee.",
        EngagementState.DECLINED: "Deze partner doet nu niet mee.",
    },
    AgendaKind: {
        AgendaKind.OWN: "Een punt dat je zelf bedenkt.",
        AgendaKind.STEERING_GROUP: "Wie aan tafel zit, en wie we missen.",
        AgendaKind.MATRIX: "Met welke groepen we starten.",
        AgendaKind.PLANNING: "Wat we wanneer doen, en of dat haalbaar is.",
        AgendaKind.GAPS: "Wat we al hoorden, en waar beide kanten verschillen.",
        AgendaKind.ACTIONS: "Hoe het met de acties staat.",
        AgendaKind.FEEDBACK: "Wie nog moet horen wat er gebeurde.",
    },
    SourceKind: {
        SourceKind.FIGURE: "Een cijfer uit een bron die je kunt noemen.",
        SourceKind.SIGNAL: "Iets wat je hoort of ziet in je werk.",
        SourceKind.ESTIMATE: "Een buikgevoel, zonder cijfer of signaal.",
    },
    Confidence: {
        Confidence.LOW: "We weten hier nog weinig van.",
        Confidence.MEDIUM: "We denken dat het klopt.",
        Confidence.HIGH: "We zijn hier zeker van.",
    },
    Feasibility: {
        Feasibility.FEASIBLE: "Ik kan meedoen zoals het er staat.",
        Feasibility.FEASIBLE_IF: "Ik kan meedoen als er iets verandert.",
        Feasibility.NOT_FEASIBLE: "Zo lukt het niet voor mij.",
    },
    ConditionAnswer: {
        ConditionAnswer.ACCEPTED: "De coördinator gaat akkoord met de voorwaarde.",
        ConditionAnswer.NOT_ACCEPTED: "De coördinator kan de voorwaarde niet waarmaken.",
    },
    ParticipationMoment: {
        ParticipationMoment.PREPARATION: "De groep kiest en plant mee.",
        ParticipationMoment.ANALYSIS: "De groep vertelt wat ze meemaakt en kijkt de problemen na.",
        ParticipationMoment.DIALOGUE: "De groep praat en beslist mee in de dialoog.",
        ParticipationMoment.EXECUTION: "De groep werkt mee aan de acties.",
        ParticipationMoment.FEEDBACK: "De groep hoort wat er gebeurde en zegt wat ze ervan vindt.",
        ParticipationMoment.EVALUATION: "De groep kijkt mee terug op acties en aanpak.",
        ParticipationMoment.ANCHORING: "De groep zegt mee wat moet blijven bestaan.",
    },
    ParticipationState: {
        ParticipationState.DONE: "De groep deed mee.",
        ParticipationState.PLANNED: "Het staat gepland.",
        ParticipationState.NONE: "De groep doet niet mee, met een reden.",
    },
    Severity: {
        Severity.FAULT: "Dit klopt niet met de methode en moet eerst in orde.",
        Severity.ATTENTION: "Kijk hier zeker naar, het kan mislopen.",
        Severity.TIP: "Dit kan beter, het hoeft niet.",
    },
    RespondentCategory: {
        RespondentCategory.FOUND_THE_WAY: "Mensen die al hulp kregen van de dienst.",
        RespondentCategory.NOT_YET: "Mensen die de dienst nog niet bereikten.",
        RespondentCategory.SOCIAL_WORK: "Maatschappelijk werkers.",
        RespondentCategory.POLICY: "Mensen die het beleid bepalen.",
        RespondentCategory.RECEPTION_AND_ADMIN: "Medewerkers van onthaal en administratie.",
        RespondentCategory.PARTNER: "Medewerkers van een andere dienst.",
        RespondentCategory.VOLUNTEER: "Vrijwilligers van een dienst.",
        RespondentCategory.MIXED_STAFF: "Verschillende functies samen, omdat kleine teams anders herkenbaar zijn.",
    },
    ConversationKind: {
        ConversationKind.GROUP: "Een gesprek met meerdere mensen: één verslag voor de hele groep.",
        ConversationKind.INDIVIDUAL: "Een gesprek met één persoon.",
        ConversationKind.BY_LINK: "Wat medewerkers elk op hun eigen toestel invulden, samengeteld per vijf of meer.",
    },
    ConversationEventKind: {
        ConversationEventKind.HANDED_IN: "Wie begeleidde, diende het verslag in.",
        ConversationEventKind.RETURNED: "De coördinator stelde eerst nog één vraag.",
        ConversationEventKind.ACCEPTED: "De coördinator las het verslag en legde het vast.",
        ConversationEventKind.READ_BACK: "De groep hoorde haar verslag en het klopte.",
        ConversationEventKind.REOPENED: "Het verslag kon opnieuw veranderen, om een reden.",
        ConversationEventKind.HANDED_OVER: "De coördinator gaf het blad aan een andere invoerder.",
    },
    ChecklistPoint: {
        ChecklistPoint.ROOM: "Een plek die mensen kennen, op een uur dat past.",
        ChecklistPoint.COFFEE: "Iets te drinken en een pauze.",
        ChecklistPoint.CHILDCARE: "Iemand past op de kinderen terwijl hun ouders praten.",
        ChecklistPoint.TRANSPORT: "Busticketten, of iemand die mensen ophaalt.",
        ChecklistPoint.NOTE_TAKER: "Wie vraagt, kan niet ook alles opschrijven.",
        ChecklistPoint.WHO_IS_THERE: (
            "Niemand van het OCMW in de zaal, tenzij de groep dat goed vindt."
        ),
    },
    Recognition: {
        Recognition.YES: "De groep herkent zich hierin.",
        Recognition.PARTLY: "De groep herkent een deel.",
        Recognition.NO: "De groep herkent zich hier niet in.",
    },
    QuoteUse: {
        QuoteUse.DIALOGUE: "Op de bladzijden van dit project en tijdens de dialoog.",
        QuoteUse.REPORT: "In het rapport dat de gemeente en de partners krijgen.",
        QuoteUse.OUTSIDE: "Bijvoorbeeld op een website, in de krant of op een studiedag.",
    },
    RedactionState: {
        RedactionState.WAITING: "Niemand keek na of iemand hieraan te herkennen is.",
        RedactionState.RELEASED: "Nagekeken: niemand is hieraan te herkennen.",
        RedactionState.WITHHELD: "Nagekeken: dit tonen we niet.",
    },
    DialogueDecision: {
        DialogueDecision.DO: "We spreken af om dit te doen.",
        DialogueDecision.EXPLORE: "We weten nog niet genoeg en zoeken het uit.",
        DialogueDecision.DO_NOT: "We doen dit niet, en we zeggen waarom.",
    },
    Confirmation: {
        Confirmation.AGREED: "Deze kant gaat akkoord met de conclusie.",
        Confirmation.AGREED_WITH_REMARK: "Deze kant gaat akkoord en wil er iets bij zeggen.",
        Confirmation.NOT_AGREED: "Deze kant gaat niet akkoord.",
    },
    ActionStatus: {
        ActionStatus.IDEA: "Een voorstel waarover nog niets beslist is.",
        ActionStatus.DECIDED: "Afgesproken, nog niet gestart.",
        ActionStatus.RUNNING: "We zijn eraan bezig.",
        ActionStatus.POSTPONED: "Even opzijgezet, met een reden.",
        ActionStatus.DONE: "Uitgevoerd.",
        ActionStatus.STOPPED: "Stopgezet, met een reden.",
    },
    FeedbackChannel: {
        FeedbackChannel.VISIT: "Iemand gaat langs bij de groep.",
        FeedbackChannel.GROUP_MOMENT: "Tijdens een gewone bijeenkomst van de groep.",
        FeedbackChannel.PHONE: "Met een telefoontje.",
        FeedbackChannel.POSTER: "Met een affiche in het lokaal.",
        FeedbackChannel.LETTER: "Met een brief in gewone taal.",
    },
    AnchoringKind: {
        AnchoringKind.MULTI_YEAR_PLAN: "Opgenomen in het meerjarenplan van de gemeente.",
        AnchoringKind.REGULATION: "Vastgelegd in een reglement.",
        AnchoringKind.PROCEDURE: "Deel van een vaste werkwijze.",
        AnchoringKind.JOB_DESCRIPTION: "Deel van iemands functie.",
        AnchoringKind.AGREEMENT: "Afgesproken met een andere organisatie.",
        AnchoringKind.BUDGET: "Er is elk jaar geld voor.",
        AnchoringKind.OTHER: "Op een andere manier vastgelegd.",
    },
    AnchoringState: {
        AnchoringState.ANCHORED: "Het blijft bestaan, ook als mensen vertrekken.",
        AnchoringState.WEAKENED: "Het bestaat nog, maar minder dan afgesproken.",
        AnchoringState.GONE: "Het bestaat niet meer.",
    },
    Scale: {
        Scale.AGREEMENT: "Vier antwoorden van nee, helemaal niet tot ja, helemaal.",
        Scale.FREQUENCY: "Vier antwoorden van nooit tot altijd.",
        Scale.POINTS: "Punten van 0 tot 10, één keer per domein.",
    },
    AnswerOption: {
        AnswerOption.FIRST: "Het meest afwijzende antwoord.",
        AnswerOption.SECOND: "Eerder afwijzend.",
        AnswerOption.THIRD: "Eerder instemmend.",
        AnswerOption.FOURTH: "Het meest instemmende antwoord.",
        AnswerOption.UNKNOWN: "Niemand moet antwoorden.",
    },
    CircleSize: {
        CircleSize.FULL: "Alle vragen van de vragenbank.",
        CircleSize.SHORT: "Per domein en per kant twee vragen en de punten op 10.",
    },
    QuestionLanguage: {
        QuestionLanguage.EASY: "Dezelfde vraag in korte zinnen en gewone woorden.",
        QuestionLanguage.FRENCH: "De vraag in het Frans.",
        QuestionLanguage.ENGLISH: "De vraag in het Engels.",
        QuestionLanguage.TURKISH: "De vraag in het Turks.",
        QuestionLanguage.ARABIC: "De vraag in het Arabisch, van rechts naar links.",
    },
    Pictogram: {
        Pictogram.PEOPLE: "Over mensen en groepen.",
        Pictogram.TALK: "Over een gesprek.",
        Pictogram.LETTER: "Over brieven, papieren en formulieren.",
        Pictogram.DOOR: "Over binnengaan en welkom zijn.",
        Pictogram.CLOCK: "Over uren en wachten.",
        Pictogram.PLACE: "Over een plaats of de weg ernaartoe.",
        Pictogram.LOCK: "Over privacy en vertrouwen.",
        Pictogram.HOME: "Over thuis en huisbezoek.",
        Pictogram.NEWS: "Over informatie krijgen.",
        Pictogram.SEARCH: "Over zoeken en vragen.",
        Pictogram.AGAIN: "Over later, opnieuw en terugkomen.",
        Pictogram.RECEIVED: "Over krijgen waar je recht op hebt.",
    },
    Comparability: {
        Comparability.SAME: "Dezelfde code, dezelfde schaal en dezelfde woorden.",
        Comparability.WITH_CARE: "Dezelfde code en schaal, maar andere woorden.",
        Comparability.NOT: "Niet allebei gesteld, of op een andere schaal.",
    },
}

ICONS: dict[type[Term], dict[Term, str]] = {
    Werkpiste: {
        Werkpiste.INFORMATION: "info-circle",
        Werkpiste.AUTOMATIC_GRANTING: "arrow-repeat",
        Werkpiste.REACHING_OUT: "door-open",
        Werkpiste.SERVICE_QUALITY: "chat-square-heart",
        Werkpiste.BASIC_PROVISION: "house-heart",
        Werkpiste.INFORMAL_NETWORKS: "people",
    },
    ActionStatus: {
        ActionStatus.IDEA: "lightbulb",
        ActionStatus.DECIDED: "check",
        ActionStatus.RUNNING: "arrow-right-circle",
        ActionStatus.POSTPONED: "pause-circle",
        ActionStatus.DONE: "check-circle-fill",
        ActionStatus.STOPPED: "x-circle",
    },
    MatrixDecision: {
        MatrixDecision.CHOSEN: "check-lg",
        MatrixDecision.RESERVE: "hourglass-split",
        MatrixDecision.NOT_NOW: "dash-lg",
    },
    EngagementState: {
        EngagementState.SUGGESTED: "person-plus",
        EngagementState.TO_CONTACT: "hourglass-split",
        EngagementState.CONTACTED: "chat-dots",
        EngagementState.ENGAGED: "check-circle-fill",
        EngagementState.DECLINED: "dash-lg",
    },
    Feasibility: {
        Feasibility.FEASIBLE: "check-circle-fill",
        Feasibility.FEASIBLE_IF: "chat-dots",
        Feasibility.NOT_FEASIBLE: "x-circle",
    },
    ConditionAnswer: {
        ConditionAnswer.ACCEPTED: "check-circle-fill",
        ConditionAnswer.NOT_ACCEPTED: "x-circle",
    },
    ParticipationState: {
        ParticipationState.DONE: "check-circle-fill",
        ParticipationState.PLANNED: "calendar-check",
        ParticipationState.NONE: "x-circle",
    },
    Severity: {
        Severity.FAULT: "exclamation-circle-fill",
        Severity.ATTENTION: "exclamation-triangle",
        Severity.TIP: "lightbulb",
    },
    DialogueDecision: {
        DialogueDecision.DO: "check-circle-fill",
        DialogueDecision.EXPLORE: "question-circle",
        DialogueDecision.DO_NOT: "x-circle",
    },
    Recognition: {
        Recognition.YES: "check-circle-fill",
        Recognition.PARTLY: "question-circle",
        Recognition.NO: "x-circle",
    },
    RedactionState: {
        RedactionState.WAITING: "hourglass-split",
        RedactionState.RELEASED: "check-circle-fill",
        RedactionState.WITHHELD: "x-circle",
    },
    Confirmation: {
        Confirmation.AGREED: "check-circle-fill",
        Confirmation.AGREED_WITH_REMARK: "chat-dots",
        Confirmation.NOT_AGREED: "x-circle",
    },
    Comparability: {
        Comparability.SAME: "check-circle-fill",
        Comparability.WITH_CARE: "exclamation-triangle",
        Comparability.NOT: "x-circle",
    },
    Pictogram: {
        Pictogram.PEOPLE: "people",
        Pictogram.TALK: "chat-dots",
        Pictogram.LETTER: "pencil-square",
        Pictogram.DOOR: "door-open",
        Pictogram.CLOCK: "clock",
        Pictogram.PLACE: "geo-alt",
        Pictogram.LOCK: "shield-lock",
        Pictogram.HOME: "house-heart",
        Pictogram.NEWS: "megaphone",
        Pictogram.SEARCH: "question-circle",
        Pictogram.AGAIN: "arrow-repeat",
        Pictogram.RECEIVED: "check-circle-fill",
    },
    AnchoringState: {
        AnchoringState.ANCHORED: "bookmark-check",
        AnchoringState.WEAKENED: "exclamation-triangle",
        AnchoringState.GONE: "x-circle",
    },
}

TONES: dict[type[Term], dict[Term, str]] = {
    Comparability: {
        Comparability.SAME: "success",
        Comparability.WITH_CARE: "attention",
    },
    ActionStatus: {
        ActionStatus.DECIDED: "info",
        ActionStatus.RUNNING: "info",
        ActionStatus.POSTPONED: "attention",
        ActionStatus.DONE: "success",
    },
    EngagementState: {
        EngagementState.SUGGESTED: "info",
        EngagementState.TO_CONTACT: "attention",
        EngagementState.CONTACTED: "info",
        EngagementState.ENGAGED: "success",
    },
    Feasibility: {
        Feasibility.FEASIBLE: "success",
        Feasibility.FEASIBLE_IF: "info",
        Feasibility.NOT_FEASIBLE: "attention",
    },
    ConditionAnswer: {
        ConditionAnswer.ACCEPTED: "success",
        ConditionAnswer.NOT_ACCEPTED: "attention",
    },
    ParticipationState: {
        ParticipationState.DONE: "success",
        ParticipationState.PLANNED: "info",
        ParticipationState.NONE: "attention",
    },
    Severity: {
        Severity.FAULT: "danger",
        Severity.ATTENTION: "attention",
        Severity.TIP: "info",
    },
    DialogueDecision: {
        DialogueDecision.DO: "success",
        DialogueDecision.EXPLORE: "info",
    },
    Recognition: {
        Recognition.YES: "success",
        Recognition.PARTLY: "attention",
        Recognition.NO: "attention",
    },
    RedactionState: {
        RedactionState.WAITING: "info",
        RedactionState.RELEASED: "success",
        RedactionState.WITHHELD: "attention",
    },
    Confirmation: {
        Confirmation.AGREED: "success",
        Confirmation.AGREED_WITH_REMARK: "info",
        Confirmation.NOT_AGREED: "attention",
    },
    AnchoringState: {
        AnchoringState.ANCHORED: "success",
        AnchoringState.WEAKENED: "attention",
        AnchoringState.GONE: "attention",
    },
}
