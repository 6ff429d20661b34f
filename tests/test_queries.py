"""No page costs more queries when it shows more rows."""

import pytest

from kader.vocabulary import AgendaKind, AnswerOption, ParticipationMoment, Side
from projects.models import Project
from tests.factories import (
    AgendaItemFactory,
    AnchoringFactory,
    AnswerLinkFactory,
    ChecklistItemFactory,
    ConclusionFactory,
    ConversationEventFactory,
    ConversationFactory,
    DialogueSessionFactory,
    EngagementFactory,
    FeasibilityVoteFactory,
    FeedbackDutyFactory,
    FeedbackFactory,
    FollowUpFactory,
    ImprovementActionFactory,
    MatrixScoreFactory,
    MatrixVersionFactory,
    MatrixVersionRowFactory,
    MeetingDecisionFactory,
    MeetingFactory,
    MeetingItemFactory,
    MembershipFactory,
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
    QuoteFactory,
    ReportFactory,
    RightEstimateFactory,
    RoundFactory,
    RoundQuestionFactory,
    SignalFactory,
    SteeringGroupMemberFactory,
    TargetGroupFactory,
    UserFactory,
)
from tests.helpers import MOST_QUERIES, assert_queries_do_not_grow, count_queries
from tests.world import READ_ROUTES, Persona, undone

pytestmark = pytest.mark.django_db

# The rules of the method look at every table of a project once (reports.situation).
LOOKS_AT_EVERYTHING = dict.fromkeys(
    ("reports:dashboard", "reports:my_tasks", "reports:review", "reports:task_count"),
    32,
)

# Answers with one row or a file: there is nothing that can grow.
ONE_ROW = {
    "improvement_actions:feedback_warning",
    "projects:meeting_calendar",
    "reports:report_status",
    "reports:report_download",
    "rechtencirkel:sheet_photo",
    "rechtencirkel:sheet_template_csv",
    "rechtencirkel:sheet_template_xlsx",
}


def one_of_everything(project):
    """Add a row of every kind: pages that gather must not pay for any of them."""
    group = TargetGroupFactory(project=project, scored=True, chosen=True)
    SteeringGroupMemberFactory(project=project)
    ConversationFactory(project=project, target_group=group, read_back=True)
    ConversationFactory(project=project, providers=True, handed_in=True)
    problem = ProblemStatementFactory(project=project)
    problem.target_groups.add(group)
    problem.quotes.set(project.conversations.first().quotes.all())
    conclusion = a_conclusion(project, problem)
    action = ImprovementActionFactory(
        project=project,
        conclusion=conclusion,
        problem_statement=problem,
        target_groups=[group],
    )
    FollowUpFactory(action=action)
    AnchoringFactory(action=action)
    FeedbackDutyFactory(action=action, target_group=group)
    FeedbackFactory(project=project, target_group=group, actions=[action])
    SignalFactory(project=project)


def a_conclusion(project, problem, **session):
    session = DialogueSessionFactory(project=project, held=True, **session)
    item = AgendaItemFactory(session=session, problem_statement=problem)
    return ConclusionFactory(session=session, agenda_item=item)


def an_action(project):
    group = TargetGroupFactory(project=project)
    problem = ProblemStatementFactory(project=project)
    action = ImprovementActionFactory(
        project=project,
        target_groups=[group],
        conclusion=a_conclusion(project, problem),
        problem_statement=problem,
    )
    FollowUpFactory(action=action)
    FeedbackDutyFactory(action=action, target_group=group)


def more_about_an_action(project):
    action = project.improvement_actions.first()
    group = TargetGroupFactory(project=project)
    action.target_groups.add(group)
    FollowUpFactory(action=action)
    AnchoringFactory(action=action)
    FeedbackDutyFactory(action=action, target_group=group)
    FeedbackFactory(project=project, target_group=group, actions=[action])


def more_about_a_problem(project):
    problem = project.problem_statements.first()
    talk = ConversationFactory(
        project=project,
        target_group=TargetGroupFactory(project=project),
        organisation=OrganisationFactory(project=project),
        read_back=True,
    )
    problem.quotes.add(*talk.quotes.all())
    problem.target_groups.add(talk.target_group)
    ProblemScoreFactory(problem=problem)
    ProblemBarrierFactory(problem=problem)
    ProblemValidationFactory(problem=problem)
    ImprovementActionFactory(
        project=project,
        problem_statement=problem,
        conclusion=a_conclusion(project, problem),
    )


def a_problem(project):
    problem = ProblemStatementFactory(
        project=project, owner=OrganisationFactory(project=project)
    )
    ProblemScoreFactory(problem=problem)
    ProblemBarrierFactory(problem=problem)
    problem.target_groups.add(TargetGroupFactory(project=project))
    problem.quotes.set(
        project.conversations.filter(side=Side.TARGET_GROUP)[0].quotes.all()
    )
    ImprovementActionFactory(project=project, problem_statement=problem)


def more_in_a_session(project):
    session = project.dialogue_sessions.filter(state="held").first()
    problem = ProblemStatementFactory(project=project)
    problem.target_groups.add(TargetGroupFactory(project=project))
    item = AgendaItemFactory(session=session, problem_statement=problem)
    conclusion = ConclusionFactory(session=session, agenda_item=item)
    ImprovementActionFactory(project=project, conclusion=conclusion)
    AgendaItemFactory(session=session)


def an_estimate(project):
    estimate = ProblemEstimateFactory(
        project=project,
        member__project=project,
        member__organisation=OrganisationFactory(project=project),
    )
    RightEstimateFactory(estimate=estimate)
    SteeringGroupMemberFactory(
        project=project, organisation=OrganisationFactory(project=project)
    )


def another_moment(project):
    noted = project.participation_checks.values_list("moment", flat=True)
    moment = next(each for each in ParticipationMoment if each not in set(noted))
    ParticipationCheckFactory(project=project, moment=moment)


def a_talk(project):
    for side in ("read_back", "providers"):
        ConversationFactory(
            project=project,
            target_group=TargetGroupFactory(project=project),
            organisation=OrganisationFactory(project=project),
            handed_in=True,
            **({"read_back": True} if side == "read_back" else {"providers": True}),
        )
    ConversationFactory(project=project)


def more_on_a_sheet(project):
    for talk in project.conversations.all():
        QuoteFactory(conversation=talk, domain=talk.domains[0])
        ChecklistItemFactory(conversation=talk)
        ConversationEventFactory(conversation=talk)


def a_known_group(project):
    """Return a name for which partners are suggested."""
    return f"Mensen met schulden {project.target_groups.count()}"


def a_judged_planning(project):
    """Add a version with steps and votes, one of them by a member without an account."""
    planning = PlanningFactory(project=project, agreed_on=None)
    PlanningStepFactory(planning=planning, owner=OrganisationFactory(project=project))
    PlanningStepFactory(planning=planning)
    for member in project.steering_group.filter(until=None):
        FeasibilityVoteFactory(planning=planning, member=member, conditional=True)
    FeasibilityVoteFactory(
        planning=planning, recorded_by=project.memberships.first().user
    )


def more_in_a_meeting(project):
    """Add a point of every kind, with all that such a point shows of the project."""
    meeting = project.meetings.exclude(decisions=None).first()
    for kind in AgendaKind:
        item = MeetingItemFactory(meeting=meeting, kind=kind)
        owner = SteeringGroupMemberFactory(
            project=project, organisation=OrganisationFactory(project=project)
        )
        MeetingDecisionFactory(meeting=meeting, item=item, owner=owner)
        meeting.present.add(owner)
    MeetingDecisionFactory(meeting=meeting)
    MeetingFactory(project=project, planned=True)
    EngagementFactory(project=project)
    PlanningFactory(project=project, agreed_on=None)
    FeasibilityVoteFactory(planning=project.plannings.current(), member=owner)
    one_of_everything(project)


def more_in_the_matrix(project):
    group = TargetGroupFactory(
        project=project, chosen=True, bridge=OrganisationFactory(project=project)
    )
    group.services.set([OrganisationFactory(project=project) for _ in range(2)])
    for _ in range(3):
        seat = SteeringGroupMemberFactory(project=project)
        MatrixScoreFactory(target_group=group, member=seat, reason="Veel vragen.")


def more_in_a_version(project):
    group = TargetGroupFactory(project=project)
    for version in [
        *project.matrix_versions.all(),
        MatrixVersionFactory(project=project),
    ]:
        MatrixVersionRowFactory(version=version, target_group=group, name=group.name)


def more_questions(project):
    measurement = project.rounds.open().get()
    parent = RoundQuestionFactory(round=measurement, reworded=True)
    RoundQuestionFactory(
        round=measurement, depends_on=parent, depends_options=(AnswerOption.FIRST,)
    )
    RoundFactory(project=project, closed=True)


GROWS = {
    "projects:steering_group": lambda project: (
        PhaseResponsibilityFactory(member=SteeringGroupMemberFactory(project=project)),
        EngagementFactory(project=project, suggested=True),
    ),
    "projects:partner_list": lambda project: (
        EngagementFactory(
            project=project, suggested_by=project.memberships.first().user
        ),
        TargetGroupFactory(project=project, name=a_known_group(project), chosen=True),
    ),
    "projects:planning": a_judged_planning,
    "projects:estimate_list": an_estimate,
    "projects:course": lambda project: (
        PhaseChangeFactory(project=project, changed_by=UserFactory()),
        OpportunityFactory(project=project, noted_by=UserFactory()),
        OpportunityFactory(project=project, noted_by=UserFactory(), is_used=True),
    ),
    "projects:target_group_matrix": more_in_the_matrix,
    "projects:matrix_scores": more_in_the_matrix,
    "projects:matrix_versions": more_in_a_version,
    "projects:participation_list": another_moment,
    "projects:membership_list": lambda project: MembershipFactory(project=project),
    "rechtencirkel:wheel": a_talk,
    "rechtencirkel:domain_detail": a_talk,
    "rechtencirkel:gap_list": a_talk,
    "rechtencirkel:barrier_list": a_talk,
    "rechtencirkel:coverage": a_talk,
    "rechtencirkel:round_list": lambda project: (
        RoundFactory(project=project, closed=True),
        a_talk(project),
    ),
    "rechtencirkel:question_list": more_questions,
    "rechtencirkel:question_compare": more_questions,
    "rechtencirkel:conversation_list": a_talk,
    "rechtencirkel:conversation_detail": more_on_a_sheet,
    "rechtencirkel:sheet_review": more_on_a_sheet,
    "rechtencirkel:redaction_list": a_talk,
    "rechtencirkel:problem_statement_list": a_problem,
    "rechtencirkel:link_list": lambda project: AnswerLinkFactory(project=project),
    "rechtencirkel:link_detail": lambda project: AnswerLinkFactory(project=project),
    "rechtencirkel:problem_statement_detail": more_about_a_problem,
    "dialogue:session_list": lambda project: a_conclusion(
        project, project.problem_statements.first()
    ),
    "dialogue:session_detail": more_in_a_session,
    "improvement_actions:action_list": an_action,
    "improvement_actions:action_detail": more_about_an_action,
    "improvement_actions:feedback_list": more_about_an_action,
    "improvement_actions:anchoring_list": lambda project: (
        AnchoringFactory(action=ImprovementActionFactory(project=project, done=True)),
        SignalFactory(project=project),
    ),
    "reports:my_tasks": one_of_everything,
    "reports:task_count": one_of_everything,
    "reports:review": one_of_everything,
    "projects:meeting_list": lambda project: [
        MeetingDecisionFactory(
            meeting=MeetingItemFactory(meeting__project=project, **extra).meeting
        )
        for extra in ({}, {"meeting__planned": True})
    ],
    "reports:meeting_detail": more_in_a_meeting,
    "reports:meeting_minutes": more_in_a_meeting,
    "reports:dashboard": one_of_everything,
    "reports:thread": one_of_everything,
    "reports:group_list": one_of_everything,
    "reports:measurement_compare": lambda project: (
        RoundFactory(project=project, closed=True),
        one_of_everything(project),
    ),
    "reports:report_list": lambda project: ReportFactory(project=project, ready=True),
}


def test_every_page_of_a_project_is_in_the_table():
    assert GROWS.keys() | ONE_ROW == set(READ_ROUTES)


@pytest.mark.parametrize("name", GROWS)
def test_more_rows_cost_no_more_queries(world, name):
    client = world.client(Persona.COORDINATOR)

    with undone():
        assert_queries_do_not_grow(
            client,
            world.url(name),
            lambda: GROWS[name](world.own),
            at_most=LOOKS_AT_EVERYTHING.get(name, MOST_QUERIES),
        )


def test_choosing_an_order_costs_no_more_with_more_problems_and_members(world):
    def more():
        problem = ProblemStatementFactory(project=world.own)
        ProblemPickFactory(
            problem=problem,
            member=SteeringGroupMemberFactory(
                project=world.own, organisation=OrganisationFactory(project=world.own)
            ),
        )

    with undone():
        assert_queries_do_not_grow(
            world.client(Persona.COORDINATOR),
            world.url("rechtencirkel:problem_rank"),
            more,
        )


def test_the_form_of_a_problem_costs_no_more_with_more_evidence(world):
    def more():
        a_talk(world.own)
        more_about_a_problem(world.own)

    with undone():
        assert_queries_do_not_grow(
            world.client(Persona.COORDINATOR),
            world.url("rechtencirkel:problem_statement_edit"),
            more,
        )


def test_more_projects_cost_no_more_queries(world):
    client = world.client(Persona.COORDINATOR)
    user = world.users[Persona.COORDINATOR]

    with undone():
        assert_queries_do_not_grow(
            client,
            world.url("projects:project_list"),
            lambda: MembershipFactory(user=user),
        )


def test_a_page_whose_cost_grows_is_found(world):
    client = GrowingPage()

    with undone(), pytest.raises(AssertionError, match="3 queries became 4"):
        assert_queries_do_not_grow(client, "/", lambda: None)


class GrowingPage:
    """A page that makes one query more every time it is opened: 2, 3, 4."""

    status_code = 200
    opened = 1

    def get(self, url):
        self.opened += 1
        for _ in range(self.opened):
            Project.objects.exists()
        return self


def test_a_page_that_answers_with_an_error_has_no_cost(world):
    client = world.client(Persona.STRANGER)

    with undone(), pytest.raises(AssertionError, match="answers 404"):
        count_queries(client, world.url("reports:dashboard"))
