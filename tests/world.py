"""The world the whole-site tests walk through: every route, every kind of person, three projects.

It knows how to list the routes of the site, how to fill a project with one of everything
in every state, and which rows stand in the address of a route (`sample_kwargs`). The rows
are found by asking the project, so it serves factories and demo data alike.
"""

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import SimpleCookie
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver
from django.utils import timezone

from accounts.models import User
from dialogue.models import AgendaItem, Conclusion, SessionState
from improvement_actions.services import follow_up
from kader.vocabulary import (
    ActionStatus,
    AgendaKind,
    AnswerOption,
    EngagementState,
    ParticipationMoment,
    RedactionState,
    ServiceDomain,
    Side,
)
from lpk_site.access_table import ACCESS_TABLE, FORM, READ, Audience
from projects.models import SCORED_CRITERIA, Role
from rechtencirkel import services
from rechtencirkel.models import ConversationState, OpenAnswer, Quote, SheetPhoto
from rechtencirkel.photo_files import path_of
from rechtencirkel.services import release, secrets_of, withdraw_quote, withhold
from reports.models import ReportStatus
from tests.factories import (
    AgendaItemFactory,
    AnchoringFactory,
    AnswerLinkFactory,
    AskedQuestionFactory,
    CalendarFeedFactory,
    ChecklistItemFactory,
    ConclusionFactory,
    ConversationFactory,
    DialogueSessionFactory,
    DisagreementNoteFactory,
    EngagementFactory,
    FeasibilityVoteFactory,
    FeedbackDutyFactory,
    FeedbackFactory,
    ImprovementActionFactory,
    InvitationFactory,
    MatrixScoreFactory,
    MatrixVersionFactory,
    MatrixVersionRowFactory,
    MeetingDecisionFactory,
    MeetingFactory,
    MeetingItemFactory,
    MembershipFactory,
    MunicipalityFactory,
    OpportunityFactory,
    OrganisationFactory,
    ParticipationCheckFactory,
    PhaseChangeFactory,
    PhaseResponsibilityFactory,
    PlanningFactory,
    PlanningStepFactory,
    ProblemBarrierFactory,
    ProblemEstimateFactory,
    ProblemPickFactory,
    ProblemScoreFactory,
    ProblemStatementFactory,
    ProblemValidationFactory,
    ProjectFactory,
    QuestionTranslationFactory,
    RedactorFactory,
    ReportFactory,
    RightEstimateFactory,
    RoundFactory,
    RoundQuestionFactory,
    SheetPhotoFactory,
    SignalFactory,
    SteeringGroupMemberFactory,
    TargetGroupFactory,
    UserFactory,
    WaitingAnswerFactory,
    WrittenAnswerFactory,
)

TOKEN = "een-geheim-dat-in-een-adres-past"
CALENDAR_TOKEN = "een-geheim-van-een-agenda"
MISSING = 999_999


class Persona(StrEnum):
    """Who opens a page."""

    ANONYMOUS = "anonymous"
    STRANGER = "stranger"
    GRASSROOTS = "grassroots"
    MEMBER = "member"
    SUPPORTER = "supporter"
    COORDINATOR = "coordinator"
    PLATFORM_ADMIN = "platform_admin"


class Scope(StrEnum):
    """Whose project a page belongs to, seen from the personas with a role."""

    OWN = "own"
    SAME_MUNICIPALITY = "same municipality"
    OTHER_MUNICIPALITY = "other municipality"


PERSONA_ROLES = {
    Persona.COORDINATOR: Role.COORDINATOR,
    Persona.GRASSROOTS: Role.GRASSROOTS,
    Persona.MEMBER: Role.MEMBER,
    Persona.SUPPORTER: Role.SUPPORTER,
}


# --- the routes of the site -------------------------------------------------


@dataclass(frozen=True)
class Route:
    """One address of the site: its full name and the names in its path."""

    name: str
    kwargs: frozenset[str]

    @property
    def children(self):
        """What stands in the path besides the project: ids of rows of that project."""
        return {name for name in self.kwargs if name.endswith("_id")} - {"project_id"}


def routes(resolver=None, namespace="", inherited=frozenset()):
    """Walk the URLconf; Django's own admin is its own world and left out."""
    for entry in (resolver or get_resolver()).url_patterns:
        names = inherited | frozenset(entry.pattern.converters)
        names |= frozenset(entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            if entry.namespace != "admin":
                inner = f"{entry.namespace}:" if entry.namespace else ""
                yield from routes(entry, namespace + inner, names)
        else:
            yield Route(namespace + (entry.name or str(entry.pattern)), names)


ROUTES = {route.name: route for route in routes()}
DECLARED = [name for name in ROUTES if name in ACCESS_TABLE]


def is_of_project(name):
    return not isinstance(ACCESS_TABLE[name].asks, Audience)


def is_public(name):
    return ACCESS_TABLE[name].asks == Audience.EVERYBODY


PROJECT_ROUTES = [name for name in DECLARED if is_of_project(name)]
READ_ROUTES = [name for name in PROJECT_ROUTES if ACCESS_TABLE[name].methods == READ]
FORM_ROUTES = [name for name in DECLARED if ACCESS_TABLE[name].methods == FORM]
GET_ROUTES = [name for name in DECLARED if "GET" in ACCESS_TABLE[name].methods]
UNSAFE_ROUTES = [name for name in DECLARED if "POST" in ACCESS_TABLE[name].methods]


# --- a project with one of everything ---------------------------------------


def fill_project(project, users):
    """Put one of everything in a project, in every state that a page can meet."""
    ocmw = OrganisationFactory(project=project, name="OCMW")
    grassroots = OrganisationFactory(project=project, name="De Brug", grassroots=True)
    SteeringGroupMemberFactory(project=project, organisation=ocmw)
    SteeringGroupMemberFactory(project=project, organisation=grassroots, ended=True)
    group = TargetGroupFactory(
        project=project,
        name="Jonge ouders",
        bridge=grassroots,
        scored=True,
        chosen=True,
    )
    TargetGroupFactory(project=project, name="Nieuwkomers")
    fill_preparation(project, group, users)
    MembershipFactory(project=project, user__name="Nog een lid")
    fill_analysis(project, group, users)
    fill_redaction(project, users)
    fill_links(project, users[Persona.COORDINATOR])
    fill_live(project)
    fill_dialogue(project, group)
    fill_actions(project, group, users, owner=ocmw)
    for status in ("ready", "failed"):
        ReportFactory(
            project=project, requested_by=users[Persona.COORDINATOR], **{status: True}
        )
    ReportFactory(project=project, requested_by=users[Persona.COORDINATOR])
    ReportFactory(
        project=project,
        requested_by=users[Persona.COORDINATOR],
        guide=True,
        conversation=_draft(project),
        ready=True,
    )
    gone = Quote.objects.filter(conversation__project=project).withdrawn()
    project.reports.filter(status=ReportStatus.READY).update(
        snapshot={"quotes": list(gone.values_list("pk", flat=True))}
    )


def fill_preparation(project, group, users):
    """Seat the people with an account, and let them judge, score, meet and plan."""
    organisation = project.organisations.first()
    seats = [
        SteeringGroupMemberFactory(
            project=project, organisation=organisation, name=user.name, user=user
        )
        for persona, user in users.items()
        if persona != Persona.SUPPORTER
    ]
    PhaseResponsibilityFactory(member=seats[0])
    for state in EngagementState:
        EngagementFactory(project=project, state=state)
    first = PlanningFactory(project=project)
    PlanningStepFactory(planning=first)
    planning = PlanningFactory(project=project, agreed_on=None)
    PlanningStepFactory(planning=planning, owner=organisation)
    FeasibilityVoteFactory(planning=planning, member=seats[0])
    FeasibilityVoteFactory(planning=planning, member=seats[1], conditional=True)
    fill_meetings(project, seats)
    RightEstimateFactory(
        estimate=ProblemEstimateFactory(project=project, member=seats[0])
    )
    for seat in seats:
        MatrixScoreFactory(target_group=group, member=seat)
    version = MatrixVersionFactory(project=project)
    MatrixVersionRowFactory(version=version, target_group=group, name=group.name)
    MatrixVersionFactory(project=project)
    PhaseChangeFactory(project=project, early=True)
    OpportunityFactory(project=project)
    ParticipationCheckFactory(project=project)


def fill_meetings(project, seats):
    """Hold one meeting with a point of every kind, one in silence, and plan one."""
    past = MeetingFactory(project=project)
    past.present.set(seats)
    item = MeetingItemFactory(meeting=past)
    for kind in AgendaKind:
        MeetingItemFactory(meeting=past, kind=kind)
    MeetingDecisionFactory(meeting=past, item=item, owner=seats[0])
    MeetingFactory(project=project)
    MeetingItemFactory(meeting=MeetingFactory(project=project, planned=True))


def fill_analysis(project, group, users):
    RoundFactory(project=project, title="Vorige meting", closed=True)
    fill_questions(RoundFactory(project=project, title="Meting van dit jaar"))
    enters = {"project": project, "entered_by": users[Persona.GRASSROOTS]}
    of_group = {**enters, "target_group": group}
    ConversationFactory(**of_group, title="Ontwerp", filled=True)
    ConversationFactory(**of_group, title="Leeg ontwerp")
    ConversationFactory(**of_group, title="Ingediend", handed_in=True)
    ConversationFactory(**of_group, title="Nagelezen", read_back=True)
    ConversationFactory(**enters, title="Dienst", providers=True, handed_in=True)
    fill_photos(project)
    fill_talks(of_group, users)
    problem = ProblemStatementFactory(project=project, text="Niemand vindt het loket.")
    problem.target_groups.add(group)
    ProblemStatementFactory(project=project, text="De brief is te moeilijk.")
    fill_problem(problem, users)


def fill_problem(problem, users):
    """Put evidence behind a problem, let both sides answer, and let members choose."""
    noted_by = users[Persona.COORDINATOR]
    ProblemScoreFactory(
        problem=problem, round=problem.project.rounds.filter(closed_on=None).get()
    )
    ProblemScoreFactory(problem=problem, one_side=True)
    ProblemBarrierFactory(problem=problem)
    for answer in ({}, {"few": True}, {"providers": True, "remark": "Ja, maar."}):
        ProblemValidationFactory(problem=problem, noted_by=noted_by, **answer)
    for member in problem.project.steering_group.filter(until=None)[:2]:
        ProblemPickFactory(problem=problem, member=member)


def fill_questions(measurement):
    """Prepare a round: a question in own words, an own one, a hidden and a waiting one."""
    page = {"round": measurement, "domain": ServiceDomain.AFTERCARE, "position": 900}
    parent = RoundQuestionFactory(**page, code="NAZ-D7", reworded=True)
    QuestionTranslationFactory(question=parent)
    RoundQuestionFactory(**page, code="NAZ-D8", hidden=True)
    RoundQuestionFactory(
        **page, own=True, depends_on=parent, depends_options=(AnswerOption.FIRST,)
    )


def fill_redaction(project, users):
    """Appoint the coordinator, read some words over, and withdraw what a problem rests on."""
    RedactorFactory(
        project=project,
        membership=project.memberships.get(user=users[Persona.COORDINATOR]),
    )
    talk = project.conversations.get(title="Nagelezen")
    on = talk.read_back_on
    first, *others = talk.open_answers.all()
    release(words=first, text="Nagelezen en vrijgegeven.", on=on)
    for answer in others[:1]:
        withhold(words=answer, because="Te herkennen.", on=on)
    barrier = talk.barriers.first()
    release(words=barrier, text="De weg is lang.", on=on)
    kept, gone = talk.quotes.all()
    release(words=kept, text="Niemand vertelde het ons.", on=on)
    project.problem_statements.first().quotes.add(kept, gone)
    withdraw_quote(quote=gone, on=on)


def fill_photos(project):
    """Photograph the paper of a sheet that is being typed and of one that was handed in."""
    for title in ("Ontwerp", "Ontwerp", "Ingediend"):
        SheetPhotoFactory(conversation=project.conversations.get(title=title))


def fill_talks(of_group, users):
    """Prepare a talk, accept a report, and send a recent one back with a question."""
    today, by = timezone.localdate(), users[Persona.COORDINATOR]
    prepared = ConversationFactory(
        **of_group, title="Voorbereid", helps_participants=True, held_on=today
    )
    ChecklistItemFactory(conversation=prepared)
    ChecklistItemFactory(conversation=prepared, point="room", text="", is_done=True)
    AskedQuestionFactory(conversation=prepared)
    recent = {**of_group, "held_on": today, "handed_in": today}
    returned = ConversationFactory(**recent, title="Teruggestuurd")
    DisagreementNoteFactory(conversation=returned)
    services.return_with_question(
        conversation=returned, question="Ging dit over het loket?", on=today, by=by
    )
    accepted = ConversationFactory(**recent, title="Aanvaard")
    services.accept(conversation=accepted, on=today, by=by)
    ConversationFactory(**recent, title="Pas ingediend")


def fill_links(project, coordinator):
    """Make a link in every state, with answers that wait and texts that may be read."""
    made = {"project": project, "created_by": coordinator}
    link = AnswerLinkFactory(**made)
    AnswerLinkFactory(**made, single_use=True)
    AnswerLinkFactory(**made, closed=True)
    place = {"round": link.round, "organisation": link.organisation}
    asked = link.round.questions.filter(side=Side.PROVIDERS)
    WaitingAnswerFactory(**place, question=asked.filter(scale="agreement").first())
    for _ in range(5):
        WrittenAnswerFactory(**place, question=None, is_among_five=True)
        WrittenAnswerFactory(
            **place, question=asked.filter(scale="").first(), is_among_five=True
        )


def _open_link(project):
    return project.answer_links.filter(is_single_use=False, closed_on=None).first()


def fill_live(project):
    """Put a talk on the big screen, while phones vote on another question of it."""
    talk, at = _draft(project), timezone.now()
    shown, asked = [q for q in talk.all_questions() if q.is_closed][:2]
    services.let_phones_in(conversation=talk, at=at)
    services.open_ballot(conversation=talk, question=asked, at=at)
    services.show_question(conversation=talk, question=shown, at=at)


def fill_dialogue(project, group):
    problem = project.problem_statements.first()
    planned = DialogueSessionFactory(project=project, title="Gepland")
    AgendaItemFactory(session=planned, problem_statement=problem)
    AgendaItemFactory(session=planned, about_domain=True)
    held = DialogueSessionFactory(project=project, title="Gehouden", held=True)
    item = AgendaItemFactory(session=held, problem_statement=problem)
    ConclusionFactory(session=held, agenda_item=item)
    closed = DialogueSessionFactory(project=project, title="Afgesloten", closed=True)
    item = AgendaItemFactory(session=closed, problem_statement=problem)
    ConclusionFactory(session=closed, agenda_item=item, confirmed=True)


def fill_actions(project, group, users, owner):
    conclusion = Conclusion.objects.filter(session__project=project).first()
    action = ImprovementActionFactory(
        project=project,
        title="Het loket gaat naar de mensen",
        owner=owner,
        conclusion=conclusion,
        is_opportunity=False,
        target_groups=[group],
    )
    follow_up(
        action=action,
        text="De stuurgroep besliste.",
        happened_on=project.started_on,
        written_by=users[Persona.MEMBER],
        status=ActionStatus.DECIDED,
    )
    ImprovementActionFactory(project=project, owner=owner, title="Een losse kans")
    ImprovementActionFactory(project=project, owner=owner, stopped=True)
    done = ImprovementActionFactory(
        project=project, owner=owner, done=True, title="Een brief in klare taal"
    )
    AnchoringFactory(action=done)
    FeedbackDutyFactory(action=done, target_group=group)
    FeedbackFactory(project=project, target_group=group, actions=[done])
    SignalFactory(project=project)


@dataclass
class World:
    """Three filled projects and everybody who may knock on their doors."""

    users: dict = field(default_factory=dict)
    projects: dict = field(default_factory=dict)
    sessions: dict = field(default_factory=dict)

    @property
    def own(self):
        return self.projects[Scope.OWN]

    def url(self, name, scope=Scope.OWN, **changed):
        return reverse(name, kwargs=self.kwargs(name, scope) | changed)

    def kwargs(self, name, scope=Scope.OWN):
        return sample_kwargs(name, self.projects[scope])

    def client(self, persona, **options):
        """Return a client signed in as this persona, without writing a new session."""
        client = Client(raise_request_exception=False, **options)
        client.cookies = self.cookies(persona)
        return client

    def cookies(self, persona):
        if persona == Persona.ANONYMOUS:
            return SimpleCookie()
        return SimpleCookie({"sessionid": self.sessions[persona]})


def build_world():
    """Make the three projects; only in the first do the personas have their roles."""
    world = World()
    municipality = MunicipalityFactory(name="Ginderbuiten")
    for persona in Persona:
        if persona != Persona.ANONYMOUS:
            world.users[persona] = UserFactory(
                name=f"De {persona.replace('_', ' ')}",
                platform_admin=persona == Persona.PLATFORM_ADMIN,
            )
    for scope in Scope:
        project = ProjectFactory(
            title=f"Project van {scope}",
            municipality=municipality
            if scope != Scope.OTHER_MUNICIPALITY
            else MunicipalityFactory(name="Elders"),
        )
        mine = scope == Scope.OWN
        users = {
            persona: world.users[persona]
            if mine
            else UserFactory(name=f"{scope} {role}")
            for persona, role in PERSONA_ROLES.items()
        }
        for persona, role in PERSONA_ROLES.items():
            MembershipFactory(project=project, user=users[persona], role=role)
        fill_project(project, users)
        world.projects[scope] = project
    InvitationFactory(token=TOKEN, user__name="Een genodigde")
    CalendarFeedFactory(token=CALENDAR_TOKEN, user=world.users[Persona.COORDINATOR])
    for persona, user in world.users.items():
        world.sessions[persona] = sign_in(user)
        # Everybody has the second step, except who still has to switch it on.
        if persona != Persona.STRANGER:
            TOTP.activate(user, generate_totp_secret())
            RecoveryCodes.activate(user)
    return world


def sign_in(user):
    """Return the key of a session in which the password was typed a moment ago.

    Some pages of the second step ask for it again otherwise.
    """
    client = Client()
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time() + 3600, "email": user.email}
    ]
    session.save()
    return session.session_key


# --- what stands in the address of a route ----------------------------------


def _forgetful():
    return User.objects.filter(is_active=True).first()


def _minuted(project):
    """Return the meeting that has an agenda and a decision."""
    return project.meetings.exclude(decisions=None).first()


def _conditional_vote(project):
    votes = project.plannings.current().votes
    return votes.exclude(condition="").first()


def _free_item(project):
    """Return a point on the agenda about which nothing was agreed yet."""
    return AgendaItem.objects.filter(
        session__project=project,
        session__state=SessionState.PLANNED,
        conclusions=None,
    ).first()


def _open_conclusion(project):
    return Conclusion.objects.filter(
        session__project=project, session__state=SessionState.HELD
    ).first()


def _draft(project):
    drafts = project.conversations.filter(state=ConversationState.DRAFT)
    return drafts.exclude(points_tallies=None).first()


def _handed_in(project):
    return project.conversations.filter(
        state=ConversationState.HANDED_IN, side=Side.TARGET_GROUP
    ).first()


def _words_to_read(project, kind):
    """Return words that were read over and can still be compared with their original."""
    return kind.objects.filter(
        conversation__project=project, redaction=RedactionState.RELEASED
    ).first()


def _titled(project, title):
    return project.conversations.get(title=title).pk


def _report(status):
    return lambda project: project.reports.progress().filter(status=status).first().pk


FINDERS = {
    "project_id": lambda project: project.pk,
    "member_id": lambda project: project.steering_group.filter(until=None).first().pk,
    "organisation_id": lambda project: project.organisations.first().pk,
    "target_group_id": lambda project: project.target_groups.first().pk,
    "membership_id": lambda project: (
        project.memberships.filter(role=Role.MEMBER).last().pk
    ),
    "engagement_id": lambda project: project.engagements.first().pk,
    "meeting_id": lambda project: _minuted(project).pk,
    "meeting_item_id": lambda project: _minuted(project).items.first().pk,
    "meeting_decision_id": lambda project: _minuted(project).decisions.first().pk,
    "vote_id": lambda project: _conditional_vote(project).pk,
    "matrix_version_id": lambda project: project.matrix_versions.first().pk,
    "opportunity_id": lambda project: project.opportunities.first().pk,
    "moment": lambda project: ParticipationMoment.PREPARATION,
    "criterion": lambda project: SCORED_CRITERIA[0],
    "round_id": lambda project: project.rounds.open().first().pk,
    "question_id": lambda project: _prepared(project).first().pk,
    "conversation_id": lambda project: _draft(project).pk,
    "photo_id": lambda project: _draft(project).photos.first().pk,
    "domain": lambda project: _draft(project).domains[0],
    "side": lambda project: Side.TARGET_GROUP,
    "problem_statement_id": lambda project: project.problem_statements.first().pk,
    "quote_id": lambda project: _words_to_read(project, Quote).pk,
    "kind": lambda project: OpenAnswer,
    "words_id": lambda project: _words_to_read(project, OpenAnswer).pk,
    "session_id": lambda project: (
        project.dialogue_sessions.filter(state=SessionState.HELD).first().pk
    ),
    "agenda_item_id": lambda project: _free_item(project).pk,
    "conclusion_id": lambda project: _open_conclusion(project).pk,
    "action_id": lambda project: project.improvement_actions.first().pk,
    "link_id": lambda project: _open_link(project).pk,
    "report_id": _report(ReportStatus.READY),
    "user_id": lambda project: User.objects.filter(is_staff=False).first().pk,
    "token": lambda project: TOKEN,
    "uidb36": lambda project: user_pk_to_url_str(_forgetful()),
    "key": lambda project: default_token_generator.make_token(_forgetful()),
}

# Where a route asks for a row in another state than the usual one.
SPECIAL_FINDERS = {
    "projects:target_group_delete": {
        "target_group_id": lambda project: project.target_groups.last().pk
    },
    "rechtencirkel:problem_statement_delete": {
        "problem_statement_id": lambda project: project.problem_statements.last().pk
    },
    "rechtencirkel:conversation_detail": {
        "conversation_id": lambda project: _handed_in(project).pk
    },
    "rechtencirkel:conversation_answer": {
        "conversation_id": lambda project: _titled(project, "Teruggestuurd")
    },
    "rechtencirkel:conversation_return": {
        "conversation_id": lambda project: _titled(project, "Pas ingediend")
    },
    "rechtencirkel:conversation_accept": {
        "conversation_id": lambda project: _titled(project, "Pas ingediend")
    },
    "rechtencirkel:conversation_reopen": {
        "conversation_id": lambda project: _titled(project, "Pas ingediend")
    },
    "rechtencirkel:conversation_read_back": {
        "conversation_id": lambda project: _handed_in(project).pk
    },
    "rechtencirkel:live_vote": {
        "token": lambda project: _draft(project).live_session.token
    },
    "rechtencirkel:answer": {
        "token": lambda project: secrets_of(_open_link(project))[0]
    },
    "dialogue:agenda_item_create": {
        "session_id": lambda project: _free_item(project).session_id
    },
    "dialogue:agenda_item_delete": {
        "session_id": lambda project: _free_item(project).session_id
    },
    "dialogue:conclusion_create": {
        "session_id": lambda project: _free_item(project).session_id
    },
    "reports:calendar_feed": {"token": lambda project: CALENDAR_TOKEN},
    "reports:report_status": {"report_id": _report(ReportStatus.WAITING)},
    "reports:report_retry": {"report_id": _report(ReportStatus.FAILED)},
}


def _prepared(project):
    """Return the questions of the open round that somebody touched."""
    return project.rounds.open().first().questions.filter(position__gte=900)


def sample_kwargs(name, project):
    """Return what stands in the address of a route, with rows of this project."""
    finders = FINDERS | SPECIAL_FINDERS.get(name, {})
    return {key: finders[key](project) for key in sorted(ROUTES[name].kwargs)}


# Every row of one kind: a page must stand in each of the states they are in.
EVERY = {
    "member_id": lambda project: project.steering_group.all(),
    "organisation_id": lambda project: project.organisations.all(),
    "target_group_id": lambda project: project.target_groups.all(),
    "membership_id": lambda project: project.memberships.all(),
    "engagement_id": lambda project: project.engagements.all(),
    "meeting_id": lambda project: project.meetings.all(),
    "vote_id": lambda project: project.plannings.current().votes.all(),
    "matrix_version_id": lambda project: project.matrix_versions.all(),
    "opportunity_id": lambda project: project.opportunities.all(),
    "round_id": lambda project: project.rounds.all(),
    "conversation_id": lambda project: project.conversations.all(),
    "problem_statement_id": lambda project: project.problem_statements.all(),
    "quote_id": lambda project: Quote.objects.filter(conversation__project=project),
    "words_id": lambda project: OpenAnswer.objects.filter(
        conversation__project=project
    ),
    "session_id": lambda project: project.dialogue_sessions.all(),
    "action_id": lambda project: project.improvement_actions.all(),
    "link_id": lambda project: project.answer_links.all(),
    "report_id": lambda project: project.reports.all(),
}


# Rows that are found inside another one, which stands in the address too.
INSIDE = {
    "agenda_item_id": (
        "session_id",
        lambda project: AgendaItem.objects.filter(session__project=project),
    ),
    "conclusion_id": (
        "session_id",
        lambda project: Conclusion.objects.filter(session__project=project),
    ),
    "question_id": ("round_id", lambda project: _prepared(project)),
    "photo_id": (
        "conversation_id",
        lambda project: SheetPhoto.objects.filter(conversation__project=project),
    ),
}
IN_A_MEETING = {
    "meeting_item_id": lambda meeting: meeting.items.all(),
    "meeting_decision_id": lambda meeting: meeting.decisions.all(),
}


def every_kwargs(name, project):
    """Return the addresses of a route over every row and domain of this project."""
    route = ROUTES[name]
    found = []
    if inside := route.kwargs & INSIDE.keys():
        key = inside.pop()
        parent, rows = INSIDE[key]
        found = [{parent: getattr(row, parent), key: row.pk} for row in rows(project)]
    elif inner := route.kwargs & IN_A_MEETING.keys():
        key = inner.pop()
        found = [
            {"meeting_id": meeting.pk, key: row.pk}
            for meeting in project.meetings.all()
            for row in IN_A_MEETING[key](meeting)
        ]
    else:
        for key in route.children:
            found = [{key: row.pk} for row in EVERY[key](project)]
    choices = {
        "domain": list(ServiceDomain),
        "side": list(Side),
        "moment": list(ParticipationMoment),
        "criterion": list(SCORED_CRITERIA),
        "kind": [Quote, OpenAnswer],
    }
    for key in route.kwargs & choices.keys():
        found = [{**one, key: each} for one in found or [{}] for each in choices[key]]
    if not found and route.children:
        return []
    filled = set().union(*found)
    rest = {key: FINDERS[key](project) for key in sorted(route.kwargs - filled)}
    return [rest | one for one in found or [{}]]


# --- asking -----------------------------------------------------------------


@contextmanager
def undone():
    """Undo everything that is written inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@dataclass(frozen=True)
class Answer:
    """What came back, with the fault behind it when the site broke."""

    status: int
    response: object = None
    fault: str = ""

    def __str__(self):
        return f"{self.status} {self.fault}".strip()


def read_out(response):
    """Read a file to its end: only then the client closes it."""
    if response.streaming:
        b"".join(response)


def ask(client, method, url, *, cookies=None, htmx=False, **options):
    """Send one request, undo what it wrote, and never raise."""
    if cookies is not None:
        client.cookies = SimpleCookie(cookies)
    headers = {"HX-Request": "true"} if htmx else {}
    with undone():
        try:
            response = client.generic(method, url, headers=headers, **options)
        except pytest.fail.Exception as failure:
            return Answer(500, fault=f"template: {failure}")
        read_out(response)
        fault = getattr(response, "exc_info", None)
        return Answer(
            response.status_code,
            response,
            f"{fault[0].__name__}: {fault[1]}"[:300] if fault else "",
        )


def empty_shop(world):
    """Remove the files that the rows of this world wrote."""
    for project in world.projects.values():
        for report in project.reports.exclude(file=""):
            default_storage.delete(report.file.name)
        for photo in SheetPhoto.objects.filter(conversation__project=project):
            path_of(photo.file_name).unlink(missing_ok=True)
