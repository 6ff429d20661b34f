"""One factory per model; the defaults are valid and dull.

A test names only what matters to it. States are switches: `closed=True` for what can be
closed, `handed_in=True` for a conversation (through the service, so its totals exist).
"""

from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import factory
from django.core.files.base import ContentFile
from django.db.models import QuerySet
from django.utils import timezone
from factory.django import DjangoModelFactory
from PIL import Image

from accounts.models import CalendarFeed, Invitation, User
from accounts.services import token_hash
from dialogue.models import AgendaItem, Conclusion, DialogueSession, SessionState
from improvement_actions.models import (
    Anchoring,
    Feedback,
    FeedbackDuty,
    FollowUp,
    ImprovementAction,
    Signal,
)
from kader.vocabulary import (
    ActionStatus,
    AgendaKind,
    AnchoringKind,
    AnswerOption,
    BarrierKind,
    BarrierLevel,
    Competence,
    Confirmation,
    ConversationEventKind,
    DialogueDecision,
    EngagementState,
    Feasibility,
    FeedbackChannel,
    Involvement,
    MatrixDecision,
    OrganisationType,
    ParticipationMoment,
    ParticipationState,
    Phase,
    QuestionLanguage,
    QuoteUse,
    Recognition,
    RespondentCategory,
    Responsibility,
    Scale,
    ServiceDomain,
    Side,
    SocialRight,
    SourceKind,
    Werkpiste,
)
from projects.models import (
    Criterion,
    Engagement,
    FeasibilityVote,
    MatrixScore,
    MatrixVersion,
    MatrixVersionRow,
    Meeting,
    MeetingDecision,
    MeetingItem,
    Membership,
    Municipality,
    Opportunity,
    Organisation,
    ParticipationCheck,
    PhaseChange,
    PhaseResponsibility,
    Planning,
    PlanningStep,
    ProblemEstimate,
    Project,
    RightEstimate,
    Role,
    SteeringGroupMember,
    TargetGroup,
)
from rechtencirkel import catalogue, services
from rechtencirkel.models import (
    AnswerCode,
    AnsweredRequest,
    AnswerLink,
    AskedQuestion,
    BarrierMention,
    ChecklistItem,
    Conversation,
    ConversationEvent,
    DisagreementNote,
    DomainTotal,
    LiveBallot,
    LiveSession,
    OpenAnswer,
    OptionTally,
    PointsTally,
    ProblemBarrier,
    ProblemPick,
    ProblemRanking,
    ProblemScore,
    ProblemStatement,
    ProblemValidation,
    Publication,
    Question,
    QuestionSet,
    QuestionTranslation,
    Quote,
    Redactor,
    Round,
    RoundQuestion,
    SheetPhoto,
    WaitingAnswer,
    WrittenAnswer,
)
from rechtencirkel.photo_files import path_of
from reports.models import Digest, Report, ReportKind, ReportStatus

PASSWORD = "een lang wachtwoord om te testen"


def days_ago(days):
    """Return a declaration of the day that many days before today."""
    return factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=days))


def of_same_project(related, **defaults):
    """Return a declaration of a row in the project of the row that is made."""
    return factory.SubFactory(
        related, project=factory.SelfAttribute("..project"), **defaults
    )


# --- accounts ---------------------------------------------------------------


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    class Params:
        platform_admin = factory.Trait(is_staff=True)

    name = factory.Sequence(lambda n: f"Persoon {n}")
    email = factory.Sequence(lambda n: f"persoon{n}@voorbeeld.be")
    password = PASSWORD

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return model_class.objects.create_user(*args, **kwargs)


class InvitationFactory(DjangoModelFactory):
    """`token` is the secret in the link; only its hash is stored."""

    class Meta:
        model = Invitation

    class Params:
        token = factory.Sequence(lambda n: f"geheim-{n}")
        accepted = factory.Trait(accepted_at=factory.LazyFunction(timezone.now))
        expired = factory.Trait(
            expires_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))
        )

    user = factory.SubFactory(UserFactory, password=None)
    token_hash = factory.LazyAttribute(lambda row: token_hash(row.token))
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))


class CalendarFeedFactory(DjangoModelFactory):
    """`token` is the secret in the address; only its hash is stored."""

    class Meta:
        model = CalendarFeed

    class Params:
        token = factory.Sequence(lambda n: f"agenda-{n}")

    user = factory.SubFactory(UserFactory)
    token_hash = factory.LazyAttribute(lambda row: token_hash(row.token))


# --- projects ---------------------------------------------------------------


class MunicipalityFactory(DjangoModelFactory):
    class Meta:
        model = Municipality

    nis_code = factory.Sequence(lambda n: f"{90000 + n}")
    name = factory.Sequence(lambda n: f"Gemeente {n}")
    province = "Antwerpen"


class ProjectFactory(DjangoModelFactory):
    class Meta:
        model = Project

    class Params:
        closed = factory.Trait(closed_on=days_ago(1))

    municipality = factory.SubFactory(MunicipalityFactory)
    title = factory.Sequence(lambda n: f"Project {n}")
    starting_point = "Een nieuwe ploeg."
    started_on = days_ago(200)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    project = factory.SubFactory(ProjectFactory)
    user = factory.SubFactory(UserFactory)
    role = Role.MEMBER
    since = days_ago(190)


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    class Params:
        grassroots = factory.Trait(
            type=OrganisationType.GRASSROOTS, side=Side.TARGET_GROUP
        )

    project = factory.SubFactory(ProjectFactory)
    name = factory.Sequence(lambda n: f"Organisatie {n}")
    type = OrganisationType.OCMW
    side = Side.PROVIDERS


class SteeringGroupMemberFactory(DjangoModelFactory):
    class Meta:
        model = SteeringGroupMember

    class Params:
        ended = factory.Trait(until=days_ago(1))

    project = factory.SubFactory(ProjectFactory)
    organisation = of_same_project(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Lid {n}")
    function = "maatschappelijk werker"
    since = days_ago(180)


class TargetGroupFactory(DjangoModelFactory):
    class Meta:
        model = TargetGroup

    class Params:
        scored = factory.Trait(n1=2, n2=3, n4=2, k1=3, k2=2, k3=2, k4=1)
        chosen = factory.Trait(
            decision=MatrixDecision.CHOSEN, reason="De nood is groot."
        )

    project = factory.SubFactory(ProjectFactory)
    name = factory.Sequence(lambda n: f"Doelgroep {n}")
    rights = (SocialRight.INCOME, SocialRight.HOUSING)


class PlanningFactory(DjangoModelFactory):
    class Meta:
        model = Planning

    project = factory.SubFactory(ProjectFactory)
    version = factory.LazyAttribute(lambda row: row.project.plannings.count() + 1)
    target_participants = 30
    target_not_reached = 10
    target_providers = 15
    agreed_on = days_ago(150)


class PlanningStepFactory(DjangoModelFactory):
    class Meta:
        model = PlanningStep

    planning = factory.SubFactory(PlanningFactory)
    position = factory.Sequence(lambda n: n)
    title = factory.Sequence(lambda n: f"Stap {n}")
    phase = Phase.ANALYSIS
    starts_on = days_ago(60)
    ends_on = days_ago(30)
    hours = 20
    euros = 500


class FeasibilityVoteFactory(DjangoModelFactory):
    """A vote of a member of the same project; `conditional` still awaits an answer."""

    class Meta:
        model = FeasibilityVote

    class Params:
        conditional = factory.Trait(
            choice=Feasibility.FEASIBLE_IF, condition="Als het na de vakantie is."
        )

    planning = factory.SubFactory(PlanningFactory)
    member = factory.SubFactory(
        SteeringGroupMemberFactory, project=factory.SelfAttribute("..planning.project")
    )
    choice = Feasibility.FEASIBLE
    cast_on = days_ago(140)


class PhaseResponsibilityFactory(DjangoModelFactory):
    class Meta:
        model = PhaseResponsibility

    member = factory.SubFactory(SteeringGroupMemberFactory)
    phase = Phase.ANALYSIS
    part = Responsibility.TAKES_PART


class EngagementFactory(DjangoModelFactory):
    class Meta:
        model = Engagement

    class Params:
        suggested = factory.Trait(state=EngagementState.SUGGESTED)

    project = factory.SubFactory(ProjectFactory)
    organisation = of_same_project(OrganisationFactory)
    phases = (Phase.DIALOGUE,)
    involvement = Involvement.CONSULTED
    reason = "Zij zien mensen die wij niet zien."
    noted_on = days_ago(20)


class MeetingFactory(DjangoModelFactory):
    class Meta:
        model = Meeting

    class Params:
        planned = factory.Trait(
            held_on=factory.LazyFunction(
                lambda: timezone.localdate() + timedelta(days=14)
            )
        )

    project = factory.SubFactory(ProjectFactory)
    title = factory.Sequence(lambda n: f"Stuurgroep {n}")
    held_on = days_ago(20)
    place = "Sociaal Huis"


class MeetingItemFactory(DjangoModelFactory):
    class Meta:
        model = MeetingItem

    meeting = factory.SubFactory(MeetingFactory)
    position = factory.Sequence(lambda n: n)
    kind = AgendaKind.OWN
    title = factory.Sequence(lambda n: f"Punt {n}")


class MeetingDecisionFactory(DjangoModelFactory):
    class Meta:
        model = MeetingDecision

    meeting = factory.SubFactory(MeetingFactory)
    text = factory.Sequence(lambda n: f"We doen dit ({n}).")


class ProblemEstimateFactory(DjangoModelFactory):
    class Meta:
        model = ProblemEstimate

    project = factory.SubFactory(ProjectFactory)
    member = of_same_project(SteeringGroupMemberFactory)
    text = "Veel mensen weten niet waar ze terechtkunnen."
    source_kind = SourceKind.SIGNAL
    given_on = days_ago(100)


class RightEstimateFactory(DjangoModelFactory):
    class Meta:
        model = RightEstimate

    estimate = factory.SubFactory(ProblemEstimateFactory)
    right = SocialRight.INCOME
    severity = 2


class MatrixScoreFactory(DjangoModelFactory):
    class Meta:
        model = MatrixScore

    target_group = factory.SubFactory(TargetGroupFactory)
    member = factory.SubFactory(
        SteeringGroupMemberFactory,
        project=factory.SelfAttribute("..target_group.project"),
    )
    criterion = Criterion.N1
    score = 2


class MatrixVersionFactory(DjangoModelFactory):
    class Meta:
        model = MatrixVersion

    project = factory.SubFactory(ProjectFactory)
    number = factory.LazyAttribute(lambda row: row.project.matrix_versions.count() + 1)
    made_on = days_ago(90)


class MatrixVersionRowFactory(DjangoModelFactory):
    class Meta:
        model = MatrixVersionRow

    version = factory.SubFactory(MatrixVersionFactory)
    position = factory.Sequence(lambda n: n)
    name = factory.Sequence(lambda n: f"Doelgroep {n}")
    n1 = n2 = n3 = n4 = k1 = k2 = k3 = k4 = 2


class PhaseChangeFactory(DjangoModelFactory):
    class Meta:
        model = PhaseChange

    class Params:
        early = factory.Trait(
            phase=Phase.ANALYSIS,
            was_agreed=False,
            reason="De groep komt maar één keer samen.",
        )

    project = factory.SubFactory(ProjectFactory)
    phase = Phase.ANALYSIS
    changed_on = days_ago(100)


class OpportunityFactory(DjangoModelFactory):
    class Meta:
        model = Opportunity

    project = factory.SubFactory(ProjectFactory)
    text = factory.Sequence(lambda n: f"Het onthaal wordt verbouwd ({n}).")
    noted_on = days_ago(30)


class ParticipationCheckFactory(DjangoModelFactory):
    class Meta:
        model = ParticipationCheck

    project = factory.SubFactory(ProjectFactory)
    moment = ParticipationMoment.PREPARATION
    state = ParticipationState.DONE
    text = "Twee mensen van de groep kozen mee."
    checked_on = days_ago(40)


# --- rechtencirkel ----------------------------------------------------------


class QuestionFactory(DjangoModelFactory):
    class Meta:
        model = Question

    class Params:
        open = factory.Trait(scale="")
        points = factory.Trait(scale=Scale.POINTS)

    question_set = factory.SubFactory(
        "tests.factories.QuestionSetFactory", questions=False
    )
    code = factory.Sequence(lambda n: f"VRAAG-{n}")
    domain = ServiceDomain.PREVENTION
    side = Side.TARGET_GROUP
    scale = Scale.AGREEMENT
    text = factory.Sequence(lambda n: f"Vraag {n}?")
    barrier = BarrierKind.AWARENESS
    position = factory.Sequence(lambda n: n)


def questions_of(question_set):
    """Return three unsaved questions (open, closed, points) per domain and side."""
    kinds = ((Scale.AGREEMENT, "1"), ("", "2"), (Scale.POINTS, "P"))
    letters = {Side.TARGET_GROUP: "D", Side.PROVIDERS: "H"}
    asked = [
        (domain, side, scale, f"{domain.code}-{letters[side]}{suffix}")
        for side in Side
        for domain in ServiceDomain
        for scale, suffix in kinds
    ]
    return [
        QuestionFactory.build(
            question_set=question_set,
            code=code,
            domain=domain,
            side=side,
            scale=scale,
            text=f"Vraag {code} over {domain.label}?",
            position=position,
        )
        for position, (domain, side, scale, code) in enumerate(asked, start=1)
    ]


def past_the_guard(model):
    """Return the rows of a published model as somebody with SQL would change them."""
    return QuerySet(model)


class QuestionSetFactory(DjangoModelFactory):
    """One small question bank for the whole test; `questions=False` leaves it empty."""

    class Meta:
        model = QuestionSet
        django_get_or_create = ["version"]
        skip_postgeneration_save = True

    version = "proef"
    title = "Kleine vragenbank"
    published_on = date(2026, 1, 1)
    content_hash = "0" * 64

    @factory.post_generation
    def questions(self, create, wanted, **kwargs):
        if create and wanted is not False and not self.questions.exists():
            Question.objects.bulk_create(questions_of(self))
            columns = ("code", "domain", "side", "scale", "text", "barrier")
            rows = self.questions.order_by("position").values_list(*columns)
            past_the_guard(QuestionSet).filter(pk=self.pk).update(
                content_hash=catalogue.content_hash(rows)
            )


class RoundFactory(DjangoModelFactory):
    """A measurement with its copy of the questions."""

    class Meta:
        model = Round
        skip_postgeneration_save = True

    class Params:
        closed = factory.Trait(closed_on=days_ago(10))

    project = factory.SubFactory(ProjectFactory)
    question_set = factory.SubFactory(QuestionSetFactory)
    title = factory.Sequence(lambda n: f"Meting {n}")
    opened_on = days_ago(120)

    @factory.post_generation
    def questions(self, create, wanted, **kwargs):
        if create and wanted is not False:
            asked = self.question_set.questions.values(
                "code", "domain", "side", "scale", "text", "barrier", "position"
            )
            RoundQuestion.objects.bulk_create(
                RoundQuestion(round=self, **row) for row in asked
            )


class RoundQuestionFactory(QuestionFactory):
    """A question of a round: traits for hidden, reworded and own ones."""

    class Meta:
        model = RoundQuestion

    class Params:
        hidden = factory.Trait(is_hidden=True)
        reworded = factory.Trait(published_text="Zoals in de vragenbank?")
        own = factory.Trait(
            is_own=True, code=factory.Sequence(lambda n: f"EIGEN-{n + 1}")
        )

    question_set = None
    round = factory.SubFactory(RoundFactory, questions=False)

    @classmethod
    def _adjust_kwargs(cls, **kwargs):
        kwargs.pop("question_set")
        return kwargs


class QuestionTranslationFactory(DjangoModelFactory):
    class Meta:
        model = QuestionTranslation

    question = factory.SubFactory(RoundQuestionFactory)
    language = QuestionLanguage.ARABIC
    text = "هل تشعر بالترحيب؟"


class ConversationFactory(DjangoModelFactory):
    """A draft of eight people about two domains, in the open round of its project.

    `filled=True` puts one of everything on the sheet, `handed_in=True` (or a day) also
    hands it in, `read_back=True` also marks it as read back.
    """

    class Meta:
        model = Conversation
        skip_postgeneration_save = True

    class Params:
        providers = factory.Trait(
            side=Side.PROVIDERS, category=RespondentCategory.SOCIAL_WORK
        )

    project = factory.SubFactory(ProjectFactory)
    round = factory.LazyAttribute(
        lambda row: (
            row.project.rounds.open().first() or RoundFactory(project=row.project)
        )
    )
    side = Side.TARGET_GROUP
    title = factory.Sequence(lambda n: f"Gesprek {n}")
    category = RespondentCategory.FOUND_THE_WAY
    held_on = days_ago(60)
    place = "Het buurthuis"
    guide = "De buurtwerker"
    people = 8
    has_consent = True
    domains = (ServiceDomain.PREVENTION, ServiceDomain.ACCESS)
    entered_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def filled(self, create, wanted, **kwargs):
        if wanted:
            fill_sheet(self)

    @factory.post_generation
    def handed_in(self, create, wanted, **kwargs):
        if wanted:
            hand_in(self, on=None if wanted is True else wanted)

    @factory.post_generation
    def read_back(self, create, wanted, **kwargs):
        if wanted:
            if self.is_draft:
                hand_in(self)
            on = self.handed_in_on if wanted is True else wanted
            services.mark_read_back(conversation=self, on=on)


def fill_sheet(conversation, points=6):
    """Put an answer to every question, a quote and a barrier on every page."""
    for question in conversation.round.questions.filter(
        side=conversation.side, domain__in=conversation.domains
    ):
        if question.is_points:
            PointsTallyFactory(
                conversation=conversation,
                domain=question.domain,
                points=points,
                people=conversation.people,
            )
        elif question.is_open:
            OpenAnswerFactory(conversation=conversation, question=question)
        else:
            OptionTallyFactory(
                conversation=conversation,
                question=question,
                people=conversation.people,
            )
    for domain in conversation.domains:
        QuoteFactory(conversation=conversation, domain=domain)
        BarrierMentionFactory(conversation=conversation, domain=domain)


def hand_in(conversation, on=None):
    """Hand a sheet in, filled first when it is still empty; the day after by default."""
    if not conversation.points_tallies.exists():
        fill_sheet(conversation)
    services.hand_in(
        conversation=conversation, on=on or conversation.held_on + timedelta(days=1)
    )


class ConversationEventFactory(DjangoModelFactory):
    class Meta:
        model = ConversationEvent

    conversation = factory.SubFactory(ConversationFactory)
    kind = ConversationEventKind.REOPENED
    happened_on = days_ago(3)
    by = factory.SubFactory(UserFactory)
    text = "Bij een vraag stond een getal te veel."


def a_picture(kind="JPEG", size=(60, 80), mode="RGB", **saved):
    """Return a picture as a phone or a scanner would send it."""
    made = BytesIO()
    Image.new(mode, size, "white").save(made, format=kind, **saved)
    return made.getvalue()


def keep_a_photo():
    """Put a picture where photos of paper lie; return its name."""
    name = f"{uuid4().hex}.jpg"
    path = path_of(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(a_picture())
    return name


class SheetPhotoFactory(DjangoModelFactory):
    """A photo of the paper, with its file."""

    class Meta:
        model = SheetPhoto

    conversation = factory.SubFactory(ConversationFactory)
    file_name = factory.LazyFunction(keep_a_photo)
    width = 60
    height = 80
    added_on = days_ago(1)


class ChecklistItemFactory(DjangoModelFactory):
    class Meta:
        model = ChecklistItem

    conversation = factory.SubFactory(ConversationFactory)
    text = factory.Sequence(lambda n: f"Stoelen klaarzetten {n}")


class AskedQuestionFactory(DjangoModelFactory):
    class Meta:
        model = AskedQuestion

    conversation = factory.SubFactory(ConversationFactory)
    question = factory.LazyAttribute(
        lambda row: row.conversation.round.questions.filter(
            side=row.conversation.side, scale=""
        ).first()
    )
    position = factory.Sequence(lambda n: n)


class DisagreementNoteFactory(DjangoModelFactory):
    class Meta:
        model = DisagreementNote

    conversation = factory.SubFactory(ConversationFactory)
    domain = ServiceDomain.ACCESS
    text = "De helft vindt de openingsuren goed, de helft niet."


class AnswerLinkFactory(DjangoModelFactory):
    """An open link for one service about one domain, in the open round of its project.

    `single_use=True` makes three codes. Made by the service, so its secrets exist.
    """

    class Meta:
        model = AnswerLink

    class Params:
        single_use = factory.Trait(is_single_use=True, codes_made=3)
        closed = factory.Trait(closed_on=days_ago(1))

    project = factory.SubFactory(ProjectFactory)
    round = factory.LazyAttribute(
        lambda row: (
            row.project.rounds.open().first() or RoundFactory(project=row.project)
        )
    )
    organisation = factory.LazyAttribute(
        lambda row: OrganisationFactory(project=row.project)
    )
    category = RespondentCategory.SOCIAL_WORK
    domains = (ServiceDomain.ACCESS,)
    closes_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))
    contact = "Els van het OCMW"
    created_by = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class, *args, **fields):
        # A link in the past was made while it was still open.
        on = min(fields["closes_on"], timezone.localdate())
        return services.create_link(link=model_class(**fields), on=on)


class LiveSessionFactory(DjangoModelFactory):
    """A talk of eight people on the big screen, with phones let in just now."""

    class Meta:
        model = LiveSession

    conversation = factory.SubFactory(ConversationFactory)
    opened_at = factory.LazyFunction(timezone.now)
    code = factory.Sequence(lambda n: f"CDF{n:03d}")
    token = factory.Sequence(lambda n: f"een-adres-in-de-zaal-{n}")


class LiveBallotFactory(DjangoModelFactory):
    """An open vote on the first closed question of its talk; nobody voted yet."""

    class Meta:
        model = LiveBallot

    session = factory.SubFactory(LiveSessionFactory)
    question = factory.LazyAttribute(
        lambda row: next(
            q for q in row.session.conversation.all_questions() if q.is_closed
        )
    )
    key = factory.Sequence(lambda n: f"opening-{n:014d}")
    people = 8


class AnswerCodeFactory(DjangoModelFactory):
    class Meta:
        model = AnswerCode

    link = factory.SubFactory(AnswerLinkFactory, single_use=True)
    token_hash = factory.Sequence(lambda n: f"{n:064x}")


class WaitingAnswerFactory(DjangoModelFactory):
    """One answer of a service that waits for four others."""

    class Meta:
        model = WaitingAnswer

    question = factory.SubFactory(
        "tests.factories.RoundQuestionFactory",
        side=Side.PROVIDERS,
        scale=Scale.AGREEMENT,
    )
    round = factory.LazyAttribute(lambda row: row.question.round)
    organisation = factory.LazyAttribute(
        lambda row: OrganisationFactory(project=row.round.project)
    )
    category = RespondentCategory.SOCIAL_WORK
    value = AnswerOption.THIRD


class WrittenAnswerFactory(DjangoModelFactory):
    """One text of a service, not yet shown."""

    class Meta:
        model = WrittenAnswer

    question = factory.SubFactory(
        "tests.factories.RoundQuestionFactory", side=Side.PROVIDERS, scale=""
    )
    round = factory.LazyAttribute(lambda row: row.question.round)
    organisation = factory.LazyAttribute(
        lambda row: OrganisationFactory(project=row.round.project)
    )
    category = RespondentCategory.SOCIAL_WORK
    text = factory.Sequence(lambda n: f"Een apart lokaal zou helpen ({n}).")


class OptionTallyFactory(DjangoModelFactory):
    class Meta:
        model = OptionTally

    conversation = factory.SubFactory(ConversationFactory)
    question = factory.LazyAttribute(
        lambda row: row.conversation.round.questions.filter(
            scale=Scale.AGREEMENT, side=row.conversation.side
        ).first()
    )
    option = AnswerOption.THIRD
    people = 4


class PointsTallyFactory(DjangoModelFactory):
    class Meta:
        model = PointsTally

    conversation = factory.SubFactory(ConversationFactory)
    domain = ServiceDomain.PREVENTION
    points = 6
    people = 4


class OpenAnswerFactory(DjangoModelFactory):
    class Meta:
        model = OpenAnswer

    conversation = factory.SubFactory(ConversationFactory)
    question = factory.LazyAttribute(
        lambda row: row.conversation.round.questions.filter(
            scale="", side=row.conversation.side
        ).first()
    )
    text = "We wisten niet waar we moesten zijn."


class QuoteFactory(DjangoModelFactory):
    """A quote that may be shown once its conversation counts."""

    class Meta:
        model = Quote

    conversation = factory.SubFactory(ConversationFactory)
    domain = ServiceDomain.PREVENTION
    text = factory.Sequence(lambda n: f"Niemand vertelde het ons, voor de {n}e keer.")
    uses = tuple(QuoteUse)
    is_unrecognisable = True


class RedactorFactory(DjangoModelFactory):
    """Whoever reads over in a project: a new somebody of its grassroots, unless told."""

    class Meta:
        model = Redactor

    project = factory.SubFactory(ProjectFactory)
    membership = factory.SubFactory(
        "tests.factories.MembershipFactory",
        project=factory.SelfAttribute("..project"),
        role=Role.GRASSROOTS,
    )
    appointed_on = days_ago(50)


class BarrierMentionFactory(DjangoModelFactory):
    class Meta:
        model = BarrierMention

    conversation = factory.SubFactory(ConversationFactory)
    domain = ServiceDomain.PREVENTION
    text = factory.Sequence(lambda n: f"Drempel {n}")
    kind = BarrierKind.AWARENESS
    level = BarrierLevel.EXECUTION
    is_unrecognisable = True


class AnsweredRequestFactory(DjangoModelFactory):
    """A request that changed a sheet and was answered."""

    class Meta:
        model = AnsweredRequest

    user = factory.SubFactory(UserFactory)
    project = factory.SubFactory(ProjectFactory)
    key = factory.LazyFunction(uuid4)
    body_sha256 = "0" * 64
    made_on = factory.LazyFunction(timezone.now)


class DomainTotalFactory(DjangoModelFactory):
    class Meta:
        model = DomainTotal

    conversation = factory.SubFactory(ConversationFactory)
    project = factory.SelfAttribute("conversation.project")
    round = factory.SelfAttribute("conversation.round")
    side = factory.SelfAttribute("conversation.side")
    domain = ServiceDomain.PREVENTION
    people = factory.SelfAttribute("conversation.people")
    points = factory.LazyAttribute(lambda row: [0] * 6 + [row.people] + [0] * 4)
    options = factory.LazyFunction(dict)


class PublicationFactory(DjangoModelFactory):
    """Six people of two conversations, all at six points."""

    class Meta:
        model = Publication

    round = factory.SubFactory(RoundFactory)
    side = Side.TARGET_GROUP
    domain = ServiceDomain.PREVENTION
    number = 1
    published_on = days_ago(1)
    people = 6
    conversations = 2
    points = factory.LazyFunction(lambda: [0] * 6 + [6] + [0] * 4)
    conversation_medians = factory.LazyFunction(lambda: [0] * 12 + [2] + [0] * 8)
    options = factory.LazyFunction(dict)
    own = factory.LazyAttribute(lambda row: {"found_the_way": row.points})
    together = factory.LazyFunction(dict)


class ProblemStatementFactory(DjangoModelFactory):
    class Meta:
        model = ProblemStatement

    project = factory.SubFactory(ProjectFactory)
    text = factory.Sequence(lambda n: f"Mensen vinden de weg niet naar loket {n}.")
    domains = (ServiceDomain.ACCESS,)
    rights = (SocialRight.INCOME,)
    stated_on = days_ago(40)


def of_project_of_problem(related, **defaults):
    """Return a declaration of a row in the project of the problem of the row made."""
    return factory.SubFactory(
        related, project=factory.SelfAttribute("..problem.project"), **defaults
    )


class ProblemScoreFactory(DjangoModelFactory):
    """Both sides shown; `one_side=True` leaves the services out."""

    class Meta:
        model = ProblemScore

    class Params:
        one_side = factory.Trait(provider_median=None, provider_people=None)

    problem = factory.SubFactory(ProblemStatementFactory)
    round = of_project_of_problem(RoundFactory, closed=True)
    domain = ServiceDomain.ACCESS
    target_median = "4.0"
    target_people = 12
    provider_median = "7.5"
    provider_people = 9
    attached_on = days_ago(30)


class ProblemBarrierFactory(DjangoModelFactory):
    class Meta:
        model = ProblemBarrier

    problem = factory.SubFactory(ProblemStatementFactory)
    round = of_project_of_problem(RoundFactory, closed=True)
    domain = ServiceDomain.ACCESS
    text = factory.Sequence(lambda n: f"De bus rijdt niet ({n})")
    kind = BarrierKind.REACHABILITY
    level = BarrierLevel.EXECUTION
    sides = (Side.TARGET_GROUP,)
    conversations = 2
    attached_on = days_ago(30)


class ProblemValidationFactory(DjangoModelFactory):
    """An answer of the target group, or with `providers=True` of the services.

    Of fewer than five people only that they were asked is kept. The column on the
    problem is left to services.validate_problem.
    """

    class Meta:
        model = ProblemValidation

    class Params:
        providers = factory.Trait(
            side=Side.PROVIDERS, recognition="", confirmation=Confirmation.AGREED
        )
        few = factory.Trait(people=3, recognition="", confirmation="")

    problem = factory.SubFactory(ProblemStatementFactory)
    side = Side.TARGET_GROUP
    wording = factory.SelfAttribute("problem.text")
    recognition = Recognition.YES
    asked_on = days_ago(20)
    people = 8
    noted_by = factory.SubFactory(UserFactory)


class ProblemRankingFactory(DjangoModelFactory):
    class Meta:
        model = ProblemRanking
        django_get_or_create = ["project"]

    class Params:
        closed = factory.Trait(closed_on=days_ago(10))
        settled = factory.Trait(closed_on=days_ago(10), settled_on=days_ago(5))

    project = factory.SubFactory(ProjectFactory)


class ProblemPickFactory(DjangoModelFactory):
    class Meta:
        model = ProblemPick

    problem = factory.SubFactory(ProblemStatementFactory)
    member = of_project_of_problem(SteeringGroupMemberFactory)
    place = 1


# --- dialogue ---------------------------------------------------------------


class DialogueSessionFactory(DjangoModelFactory):
    class Meta:
        model = DialogueSession

    class Params:
        held = factory.Trait(
            state=SessionState.HELD, residents_present=6, ocmw_present=4
        )
        closed = factory.Trait(
            state=SessionState.CLOSED, residents_present=6, ocmw_present=4
        )

    project = factory.SubFactory(ProjectFactory)
    title = factory.Sequence(lambda n: f"Dialoog {n}")
    held_on = days_ago(30)
    place = "Het gemeentehuis"
    guide = "Een opbouwwerker"


class AgendaItemFactory(DjangoModelFactory):
    class Meta:
        model = AgendaItem

    class Params:
        about_domain = factory.Trait(
            problem_statement=None, domain=ServiceDomain.ACCESS
        )

    session = factory.SubFactory(DialogueSessionFactory)
    problem_statement = factory.SubFactory(
        ProblemStatementFactory, project=factory.SelfAttribute("..session.project")
    )
    position = factory.LazyAttribute(lambda row: row.session.agenda.count() + 1)


class ConclusionFactory(DjangoModelFactory):
    class Meta:
        model = Conclusion

    class Params:
        confirmed = factory.Trait(
            target_confirmation=Confirmation.AGREED,
            provider_confirmation=Confirmation.AGREED,
        )

    session = factory.SubFactory(DialogueSessionFactory, held=True)
    agenda_item = factory.SubFactory(
        AgendaItemFactory, session=factory.SelfAttribute("..session")
    )
    text = factory.Sequence(lambda n: f"We spreken stap {n} af.")
    decision = DialogueDecision.DO


# --- improvement actions ----------------------------------------------------


class ImprovementActionFactory(DjangoModelFactory):
    class Meta:
        model = ImprovementAction
        skip_postgeneration_save = True

    class Params:
        running = factory.Trait(status=ActionStatus.RUNNING)
        done = factory.Trait(status=ActionStatus.DONE)
        stopped = factory.Trait(
            status=ActionStatus.STOPPED, status_reason="Er is geen geld."
        )

    project = factory.SubFactory(ProjectFactory)
    title = factory.Sequence(lambda n: f"Actie {n}")
    is_opportunity = True
    werkpiste = Werkpiste.REACHING_OUT
    domains = (ServiceDomain.ACCESS,)
    owner = of_same_project(OrganisationFactory)
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=90))

    @factory.post_generation
    def target_groups(self, create, groups, **kwargs):
        if create and groups:
            self.target_groups.set(groups)


class FollowUpFactory(DjangoModelFactory):
    class Meta:
        model = FollowUp

    action = factory.SubFactory(ImprovementActionFactory)
    happened_on = days_ago(5)
    text = factory.Sequence(lambda n: f"Stap {n} is gezet.")
    written_by = factory.SubFactory(UserFactory)


class AnchoringFactory(DjangoModelFactory):
    class Meta:
        model = Anchoring

    action = factory.SubFactory(ImprovementActionFactory, done=True)
    text = factory.Sequence(lambda n: f"Afspraak {n} staat in de procedure.")
    kind = AnchoringKind.PROCEDURE
    decided_by = "vast bureau"
    decided_on = days_ago(3)


class SignalFactory(DjangoModelFactory):
    class Meta:
        model = Signal

    project = factory.SubFactory(ProjectFactory)
    text = factory.Sequence(lambda n: f"Regel {n} moet eenvoudiger.")
    competence = Competence.FLEMISH
    domains = (ServiceDomain.ACCESS,)
    noted_on = days_ago(4)


class FeedbackFactory(DjangoModelFactory):
    class Meta:
        model = Feedback
        skip_postgeneration_save = True

    project = factory.SubFactory(ProjectFactory)
    target_group = of_same_project(TargetGroupFactory)
    given_on = days_ago(2)
    channel = FeedbackChannel.VISIT
    people_present = 7
    told = "Het loket is nu ook op woensdag open."
    recognition = Recognition.YES

    @factory.post_generation
    def actions(self, create, actions, **kwargs):
        if create and actions:
            self.actions.set(actions)


class FeedbackDutyFactory(DjangoModelFactory):
    class Meta:
        model = FeedbackDuty

    action = factory.SubFactory(ImprovementActionFactory)
    target_group = factory.SubFactory(
        TargetGroupFactory, project=factory.SelfAttribute("..action.project")
    )
    status = ActionStatus.DECIDED
    opened_on = days_ago(20)
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=40))


# --- reports ----------------------------------------------------------------


class ReportFactory(DjangoModelFactory):
    """Waits by default; a project has at most one report that waits or runs."""

    class Meta:
        model = Report

    class Params:
        guide = factory.Trait(
            kind=ReportKind.GUIDE,
            conversation=factory.SubFactory(
                ConversationFactory, project=factory.SelfAttribute("..project")
            ),
        )
        running = factory.Trait(
            status=ReportStatus.RUNNING,
            step=1,
            attempts=1,
            lease_until=factory.LazyFunction(
                lambda: timezone.now() + timedelta(minutes=2)
            ),
        )
        ready = factory.Trait(
            status=ReportStatus.READY,
            attempts=1,
            finished_at=factory.LazyFunction(timezone.now),
            file=factory.LazyFunction(
                lambda: ContentFile(b"%PDF-1.7\n%%EOF\n", name="voortgang.pdf")
            ),
            sha256="0" * 64,
            page_count=1,
            snapshot=factory.LazyFunction(dict),
        )
        failed = factory.Trait(
            status=ReportStatus.FAILED,
            attempts=3,
            finished_at=factory.LazyFunction(timezone.now),
            failure="De werker viel uit.",
        )

    project = factory.SubFactory(ProjectFactory)
    requested_by = factory.SubFactory(UserFactory)


class DigestFactory(DjangoModelFactory):
    class Meta:
        model = Digest

    user = factory.SubFactory(UserFactory)
    week_of = factory.LazyFunction(
        lambda: (day := timezone.localdate()) - timedelta(days=day.weekday())
    )
