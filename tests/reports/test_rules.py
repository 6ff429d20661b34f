"""Every rule in both states: it finds what is missing, and falls silent when that is done."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kader.vocabulary import (
    Confirmation,
    CostLevel,
    DialogueDecision,
    EngagementState,
    MatrixDecision,
    OcmwProfile,
    ParticipationMoment,
    Phase,
    Recognition,
    RespondentCategory,
    Severity,
    SteeringGroupRole,
    Werkpiste,
)
from projects import access
from projects.access import Capability
from projects.models import SCORED_CRITERIA, Project, Role
from rechtencirkel import services
from reports.rules import RULES, find, my_tasks, review, tasks_of_others
from reports.situation import build_situation, coming_days
from tests.factories import (
    AnchoringFactory,
    ConclusionFactory,
    ConversationFactory,
    DialogueSessionFactory,
    EngagementFactory,
    FeasibilityVoteFactory,
    FeedbackDutyFactory,
    FeedbackFactory,
    ImprovementActionFactory,
    MatrixScoreFactory,
    MeetingDecisionFactory,
    MeetingFactory,
    MeetingItemFactory,
    MembershipFactory,
    OpportunityFactory,
    OrganisationFactory,
    ParticipationCheckFactory,
    PlanningFactory,
    PlanningStepFactory,
    ProblemEstimateFactory,
    ProblemScoreFactory,
    ProblemStatementFactory,
    RoundFactory,
    SteeringGroupMemberFactory,
    TargetGroupFactory,
)

pytestmark = pytest.mark.django_db


def situation_of(project, user):
    seen = access.get_project(user, project.pk, Capability.FOLLOW)
    return build_situation(seen, timezone.localdate())


def titles(project, user):
    return [task.title for task in my_tasks(situation_of(project, user))]


def in_days(number):
    return timezone.localdate() + timedelta(days=number)


def change(row, **fields):
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()


# --- the table: for every rule what makes it speak and what makes it fall silent ---


def seat(project, **fields):
    return SteeringGroupMemberFactory(
        project=project,
        organisation=project.organisations.first()
        or OrganisationFactory(project=project),
        **fields,
    )


def own_seat(project, user):
    mine = project.steering_group.filter(user=user).first()
    return mine or seat(project, user=user, name=user.name)


def open_round(project):
    """Return the measurement that runs: there is never more than one."""
    return project.rounds.open().first() or RoundFactory(project=project)


def chosen_group(project, **fields):
    return TargetGroupFactory(project=project, chosen=True, **fields)


def own_report(project, user):
    talk = ConversationFactory(project=project, entered_by=user, filled=True)
    yield f"Voer in wat er gezegd werd: {talk.title}"
    talk.delete()


def duty(project, user):
    row = FeedbackDutyFactory(
        action=ImprovementActionFactory(project=project),
        target_group__project=project,
        due_on=in_days(-1),
    )
    yield f"Vertel het aan {row.target_group}"
    row.delete()


def own_vote(project, user):
    mine = own_seat(project, user)
    planning = PlanningFactory(project=project, agreed_on=None)
    yield f"Is planning {planning.version} haalbaar voor jou?"
    FeasibilityVoteFactory(planning=planning, member=mine)


def condition(project, user):
    planning = PlanningFactory(project=project, agreed_on=None)
    vote = FeasibilityVoteFactory(
        planning=planning, member=seat(project, name="An"), conditional=True
    )
    yield "Antwoord op de voorwaarde van An"
    change(vote, answer="accepted")


def composition(project, user):
    yield "Er is nog niemand van het OCMW en van een basiswerking"
    for profile in OcmwProfile:
        SteeringGroupMemberFactory(project=project, ocmw_profile=profile)
    SteeringGroupMemberFactory(
        project=project,
        organisation=OrganisationFactory(project=project, grassroots=True),
    )


def lead(project, user):
    member = seat(project)
    yield "De stuurgroep heeft geen trekker"
    change(member, role=SteeringGroupRole.LEAD)


def both_sides(project, user):
    open_round(project)
    PlanningFactory(project=project, target_not_reached=6, target_providers=4)
    yield "We spraken nog niemand die de weg niet vond"
    ConversationFactory(
        project=project, category=RespondentCategory.NOT_YET, read_back=True
    )


def missing_providers(project, user):
    open_round(project)
    PlanningFactory(project=project, target_providers=20)
    talk = ConversationFactory(
        project=project, providers=True, people=9, handed_in=True
    )
    yield "Er ontbreken nog 11 van de 20 antwoorden van diensten"
    ConversationFactory(
        project=project, round=talk.round, providers=True, people=11, handed_in=True
    )


def past_meeting(project, user):
    meeting = MeetingFactory(project=project, held_on=in_days(-1))
    yield "Wat besliste de stuurgroep op"
    MeetingDecisionFactory(meeting=meeting)


def empty_agenda(project, user):
    meeting = MeetingFactory(project=project, planned=True)
    yield "heeft nog geen agenda"
    MeetingItemFactory(meeting=meeting)


def own_estimate(project, user):
    mine = own_seat(project, user)
    yield "Wat zie jij gebeuren in onze gemeente?"
    ProblemEstimateFactory(project=project, member=mine)


def own_scores(project, user):
    mine = own_seat(project, user)
    group = TargetGroupFactory(project=project)
    yield "Geef je scores in de doelgroepenmatrix"
    for criterion in SCORED_CRITERIA:
        MatrixScoreFactory(target_group=group, member=mine, criterion=criterion)


def all_scored(project, user):
    mine = own_seat(project, user)
    group = TargetGroupFactory(project=project)
    for criterion in SCORED_CRITERIA:
        MatrixScoreFactory(target_group=group, member=mine, criterion=criterion)
    yield "Alle leden gaven hun scores"
    change(project, matrix_opened_on=timezone.localdate())


def no_group(project, user):
    yield "Kies met welke doelgroepen jullie starten"
    chosen_group(project)


def many_groups(project, user):
    groups = [chosen_group(project) for _ in range(4)]
    yield "Jullie kozen 4 doelgroepen"
    change(groups[0], decision=MatrixDecision.RESERVE)


def no_planning(project, user):
    chosen_group(project)
    yield "Er is nog geen planning"
    PlanningFactory(project=project)


def silent_members(project, user):
    member = seat(project)
    planning = PlanningFactory(project=project, agreed_on=None)
    yield f"1 lid gaf nog geen oordeel over planning {planning.version}"
    FeasibilityVoteFactory(planning=planning, member=member)


def not_read_back(project, user):
    talk = ConversationFactory(
        project=project, held_on=in_days(-2), handed_in=in_days(-1)
    )
    yield f"Lees het verslag voor aan de groep: {talk.title}"
    change(talk, state="read_back", read_back_on=timezone.localdate())


def returned_report(project, user):
    talk = ConversationFactory(
        project=project,
        entered_by=user,
        held_on=in_days(-1),
        handed_in=in_days(0),
    )
    given = {"conversation": talk, "on": in_days(0), "by": user}
    services.return_with_question(**given, question="Klopt dit?")
    yield f"Antwoord op de vraag over je verslag: {talk.title}"
    services.hand_in(**given, answer="Ja.")


def unaccepted_report(project, user):
    talk = ConversationFactory(project=project, held_on=in_days(-2), handed_in=True)
    yield f"Lees het verslag en aanvaard het: {talk.title}"
    services.accept(conversation=talk, on=in_days(0), by=user)


def words_to_read_over(project, user):
    membership = project.memberships.get(user=user)
    services.appoint_redactor(
        project=project, membership=membership, on=timezone.localdate()
    )
    talk = ConversationFactory(project=project, read_back=True)
    talk.open_answers.all().delete()
    words = [*talk.quotes.all(), *talk.barriers.all()]
    yield f"Maak {len(words)} teksten onherkenbaar"
    for one in words:
        services.release(words=one, text=one.text, on=timezone.localdate())


def nobody_to_read_over(project, user):
    ConversationFactory(project=project, read_back=True)
    yield "Stel iemand aan die uitspraken onherkenbaar maakt"
    membership = project.memberships.get(user=user)
    services.appoint_redactor(
        project=project, membership=membership, on=timezone.localdate()
    )


def unheard_group(project, user):
    group = chosen_group(project)
    open_round(project)
    yield f"Nog geen gesprek met {group}"
    ConversationFactory(project=project, target_group=group)


def no_measurement(project, user):
    yield "Start een meting met de rechtencirkel"
    open_round(project)


def gap_without_words(project, user):
    group = ConversationFactory(project=project, people=8)
    providers = ConversationFactory(
        project=project, round=group.round, providers=True, people=8
    )
    for talk, points in ((group, 2), (providers, 8)):
        for domain in talk.domains:
            talk.points_tallies.create(domain=domain, points=points, people=8)
        talk.save()
        hand_in(talk)
    yield "Formuleer een probleem over toegang"
    ProblemStatementFactory(project=project, domains=group.domains)


def hand_in(talk):
    """Hand a sheet in as if its group read it back at once."""
    services.hand_in(conversation=talk, on=talk.held_on)
    if talk.side == "target_group":
        services.mark_read_back(conversation=talk, on=talk.held_on)


def session_without_words(project, user):
    session = DialogueSessionFactory(project=project, held_on=in_days(-1))
    yield f"Schrijf de conclusies van {session.title.lower()}"
    ConclusionFactory(session=session, agenda_item__session=session)


def no_dialogue(project, user):
    ProblemStatementFactory(project=project)
    yield "Plan een dialoog"
    DialogueSessionFactory(project=project)


def nobody_owns_it(project, user):
    session = DialogueSessionFactory(project=project)
    conclusion = ConclusionFactory(
        session=session, agenda_item__session=session, decision=DialogueDecision.DO
    )
    yield f"Maak een actie van: {conclusion.text}"
    ImprovementActionFactory(project=project, conclusion=conclusion)


def late_action(project, user):
    action = ImprovementActionFactory(
        project=project, running=True, starts_on=in_days(-40), due_on=in_days(-1)
    )
    yield f"Hoe staat het met ‘{action}’?"
    change(action, due_on=in_days(30))


def unchecked_moment(project, user):
    yield "Nog niemand schreef op hoe de groep meedoet aan de voorbereiding."
    ParticipationCheckFactory(project=project, moment=ParticipationMoment.PREPARATION)


def chance(project, user):
    row = OpportunityFactory(project=project, until=in_days(5))
    yield f"Grijp deze kans: {row}"
    change(row, is_used=True)


def suggested_partner(project, user):
    partner = EngagementFactory(project=project, suggested=True)
    yield f"Beslis of {partner} partner wordt"
    change(partner, state=EngagementState.ENGAGED)


def partner_to_call(project, user):
    partner = EngagementFactory(project=project, state=EngagementState.TO_CONTACT)
    yield f"Neem contact op met {partner}"
    change(partner, state=EngagementState.CONTACTED)


def nobody_missed(project, user):
    chosen_group(project)
    yield "Welke partner missen we?"
    EngagementFactory(project=project)


def forgotten_sheet(project, user):
    talk = ConversationFactory(project=project)
    yield "1 gesprek is voorbij zonder ingediend verslag"
    talk.delete()


def no_bridge(project, user):
    group = chosen_group(project)
    yield f"Wie is de brug naar {group}?"
    change(group, bridge=OrganisationFactory(project=project))


def not_shown_to_group(project, user):
    problem = ProblemStatementFactory(project=project, recognition="")
    yield "Op 1 probleem gaf de groep nog geen antwoord"
    change(problem, recognition=Recognition.YES)


def not_shown_to_services(project, user):
    problem = ProblemStatementFactory(project=project)
    yield "Op 1 probleem gaven de diensten nog geen antwoord"
    change(problem, provider_confirmation=Confirmation.AGREED)


def nothing_behind_it(project, user):
    problem = ProblemStatementFactory(project=project)
    yield "Aan 1 probleem hangt nog geen uitspraak, cijfer of drempel"
    ProblemScoreFactory(problem=problem)


def volunteers_alone(project, user):
    action = ImprovementActionFactory(
        project=project,
        werkpiste=Werkpiste.INFORMAL_NETWORKS,
        owner=OrganisationFactory(project=project, grassroots=True),
    )
    yield "heeft een dienst nodig die verantwoordelijk blijft"
    change(action, owner=OrganisationFactory(project=project))


def too_much(project, user):
    actions = [
        ImprovementActionFactory(project=project, running=True, cost=CostLevel.HIGH)
        for _ in range(6)
    ]
    yield "6 dure acties lopen tegelijk"
    change(actions[0], cost=CostLevel.LOW)


def unprepared_dialogue(project, user):
    session = DialogueSessionFactory(project=project, held_on=in_days(30))
    yield "voor met de groep"
    change(session, prepared_with_group_on=timezone.localdate())


def undecided(project, user):
    chosen_group(project)
    group = TargetGroupFactory(project=project)
    yield "Over 1 doelgroep is nog niets beslist"
    change(group, decision=MatrixDecision.RESERVE, reason="Later, na de zomer.")


def people_to_hear(project, user):
    open_round(project)
    PlanningFactory(project=project, target_participants=8, target_not_reached=0)
    yield "Er moeten nog 8 mensen van de doelgroep gehoord worden"
    ConversationFactory(project=project, people=8, read_back=True)


def nothing_lasts(project, user):
    action = ImprovementActionFactory(project=project, done=True)
    yield "Er is nog niets verankerd"
    AnchoringFactory(action=action)


def reserve(project, user):
    change(project, phase=Phase.EXECUTION)
    group = TargetGroupFactory(
        project=project, decision=MatrixDecision.RESERVE, reason="Later."
    )
    yield f"In reserve: {group}"
    change(group, decision=MatrixDecision.CHOSEN)


def broken_thread(project, user):
    problem = ProblemStatementFactory(project=project)
    yield "Bij 1 probleem is de rode draad nog niet rond"
    problem.delete()


def silent_werkpiste(project, user):
    ImprovementActionFactory(project=project, werkpiste=Werkpiste.INFORMATION)
    yield "Nog geen actie in automatische rechtentoekenning"
    for werkpiste in Werkpiste:
        ImprovementActionFactory(project=project, werkpiste=werkpiste)


def no_next_meeting(project, user):
    seat(project)
    yield "Er is geen volgende vergadering gepland"
    MeetingFactory(project=project, planned=True)


def one_coordinator(project, user):
    yield "Er is maar één coördinator"
    MembershipFactory(project=project, role=Role.COORDINATOR)


STATES = {
    "Eigen verslagen": [own_report],
    "Teruggestuurde verslagen": [returned_report],
    "Terugkoppeling": [duty],
    "Eigen oordeel over de planning": [own_vote],
    "Voorwaarden": [condition],
    "Samenstelling": [composition],
    "Trekker": [lead],
    "Beide kanten horen": [both_sides, missing_providers],
    "Vergaderingen": [past_meeting, empty_agenda],
    "Eigen inschatting": [own_estimate],
    "Eigen scores": [own_scores],
    "Scores tonen": [all_scored],
    "Doelgroepen": [no_group, many_groups],
    "Planning": [no_planning],
    "Oordelen": [silent_members],
    "Nalezen": [not_read_back],
    "Verslagen aanvaarden": [unaccepted_report],
    "Onherkenbaar maken": [words_to_read_over],
    "Wie onherkenbaar maakt": [nobody_to_read_over],
    "Gekozen groepen": [unheard_group],
    "Meting": [no_measurement],
    "Problemen": [gap_without_words],
    "Conclusies": [session_without_words],
    "Dialoog": [no_dialogue],
    "Afspraken": [nobody_owns_it],
    "Late acties": [late_action],
    "Participatie": [unchecked_moment],
    "Kansen": [chance],
    "Partners": [suggested_partner, partner_to_call],
    "Ontbrekende partner": [nobody_missed],
    "Verslagen": [forgotten_sheet],
    "Brug": [no_bridge],
    "Herkenning": [not_shown_to_group],
    "Akkoord van de diensten": [not_shown_to_services],
    "Wat achter een probleem zit": [nothing_behind_it],
    "Professionele eigenaar": [volunteers_alone],
    "Te veel tegelijk": [too_much],
    "Voorbereiding met de groep": [unprepared_dialogue],
    "Groepen zonder beslissing": [undecided],
    "Mensen horen": [people_to_hear],
    "Verankering": [nothing_lasts],
    "Reserve": [reserve],
    "Rode draad": [broken_thread],
    "Werkpistes": [silent_werkpiste],
    "Volgende vergadering": [no_next_meeting],
    "Overdracht": [one_coordinator],
}


def test_every_rule_is_tried_in_both_states():
    assert [rule.name for rule in RULES] == list(STATES)


@pytest.mark.parametrize(
    ("name", "state"),
    [(name, state) for name, states in STATES.items() for state in states],
    ids=lambda part: part if isinstance(part, str) else part.__name__,
)
def test_a_rule_speaks_until_it_is_settled(project, coordinator, name, state):
    rule = next(rule for rule in RULES if rule.name == name)
    story = state(project, coordinator)
    words = next(story)

    spoken = [f.title for f in rule.check(situation_of(project, coordinator))]
    next(story, None)
    # Fetched anew, as the next request would.
    project = Project.objects.get(pk=project.pk)
    left = [f.title for f in rule.check(situation_of(project, coordinator))]

    assert any(words in title for title in spoken), spoken
    assert not any(words in title for title in left), left


def test_no_rule_asks_the_database(world_of_one, django_assert_num_queries):
    situation = situation_of(*world_of_one)

    with django_assert_num_queries(0):
        find(situation)


@pytest.fixture
def world_of_one(project, coordinator):
    """Put something to find for nearly every rule in one project."""
    for states in STATES.values():
        for state in states:
            next(state(project, coordinator))
    return project, coordinator


def test_every_finding_leads_to_a_page_and_says_why(world_of_one):
    found = find(situation_of(*world_of_one))

    assert len(found) > len(RULES) / 2
    for finding in found:
        assert finding.url.startswith(f"/projecten/{world_of_one[0].pk}/")
        assert finding.reason
        assert finding.verb
        assert finding.mail.endswith(".") or finding.mail.endswith("?")


def test_a_mail_holds_no_word_that_somebody_typed(project, coordinator):
    secret = "Zorgvuldig Geheim Woord"
    group = chosen_group(project, name=secret)
    FeedbackDutyFactory(
        action=ImprovementActionFactory(project=project, title=secret, running=True),
        target_group=group,
        due_on=in_days(-1),
    )
    EngagementFactory(
        project=project, suggested=True, organisation__name=secret, reason=secret
    )
    planning = PlanningFactory(project=project, agreed_on=None, change_note=secret)
    FeasibilityVoteFactory(
        planning=planning,
        member=seat(project, name=secret),
        conditional=True,
        condition=secret,
    )
    OpportunityFactory(project=project, text=secret, until=in_days(2))
    ConversationFactory(project=project, title=secret, entered_by=coordinator)
    ProblemStatementFactory(project=project, text=secret)
    MeetingFactory(project=project, title=secret, planned=True)

    found = find(situation_of(project, coordinator))

    assert any(secret in finding.title for finding in found)
    assert [f.title for f in found if secret in f.mail] == []


# --- who is asked what ---


def test_a_supporter_is_asked_nothing(project, supporter):
    assert titles(project, supporter) == []


def test_a_member_is_asked_only_what_a_member_may_do(project, member):
    found = titles(project, member)

    assert "Start een meting met de rechtencirkel" not in found
    assert "Kies met welke doelgroepen jullie starten" in found


def test_what_others_have_to_do_is_named_apart(project, member):
    situation = situation_of(project, member)

    others = [finding.title for finding in tasks_of_others(situation)]

    assert "Start een meting met de rechtencirkel" in others
    assert not set(others) & {task.title for task in my_tasks(situation)}


def test_an_own_vote_is_asked_of_that_member_alone(project, member, coordinator):
    own_seat(project, member)
    PlanningFactory(project=project, agreed_on=None, version=3)

    assert "Is planning 3 haalbaar voor jou?" in titles(project, member)
    assert "Is planning 3 haalbaar voor jou?" not in titles(project, coordinator)


def test_an_observer_does_not_judge_the_planning(project, member):
    change(own_seat(project, member), role=SteeringGroupRole.OBSERVER)
    PlanningFactory(project=project, agreed_on=None, version=3)

    assert "Is planning 3 haalbaar voor jou?" not in titles(project, member)


def test_a_member_who_left_is_asked_nothing_personal(project, member):
    change(own_seat(project, member), until=timezone.localdate())
    PlanningFactory(project=project, agreed_on=None, version=3)

    assert "Is planning 3 haalbaar voor jou?" not in titles(project, member)


def test_a_sheet_is_asked_of_who_entered_it(project, grassroots, coordinator):
    ConversationFactory(project=project, title="Ouders", entered_by=grassroots)

    assert "Voer in wat er gezegd werd: Ouders" in titles(project, grassroots)
    assert "Voer in wat er gezegd werd: Ouders" not in titles(project, coordinator)


@pytest.mark.parametrize(
    ("days", "words"), [(-1, "moest het horen voor"), (0, "hoort het best voor")]
)
def test_a_duty_says_whether_its_day_is_past(project, member, days, words):
    FeedbackDutyFactory(
        action=ImprovementActionFactory(project=project),
        target_group__project=project,
        due_on=in_days(days),
    )

    assert f"De groep {words}" in my_tasks(situation_of(project, member))[0].reason


# --- the project-wide check ---


def test_the_check_has_three_severities_in_order(project, coordinator):
    assert list(review(situation_of(project, coordinator))) == list(Severity)


def test_a_missing_side_is_a_fault_and_a_single_coordinator_a_tip(project, coordinator):
    found = review(situation_of(project, coordinator))

    assert "R1" in {finding.rule for finding in found[Severity.FAULT]}
    assert "Er is maar één coördinator" in {f.title for f in found[Severity.TIP]}


def test_what_is_personal_stays_out_of_the_check(project, coordinator):
    own_seat(project, coordinator)
    PlanningFactory(project=project, agreed_on=None, version=3)

    found = review(situation_of(project, coordinator))

    listed = {finding.title for findings in found.values() for finding in findings}
    assert "Is planning 3 haalbaar voor jou?" not in listed
    assert "1 lid gaf nog geen oordeel over planning 3" in listed


# --- what is to come ---


def test_the_days_to_come_are_in_order(project, coordinator):
    DialogueSessionFactory(project=project, title="Praten", held_on=in_days(40))
    MeetingFactory(project=project, title="Stuurgroep", held_on=in_days(3))
    MeetingFactory(project=project, title="Vorige", held_on=in_days(-3))
    PlanningStepFactory(
        planning=PlanningFactory(project=project),
        title="Diensten bevragen",
        starts_on=in_days(-5),
        ends_on=in_days(10),
    )

    days = coming_days(situation_of(project, coordinator))

    assert [day.text for day in days] == [
        "Stuurgroep in Sociaal Huis",
        "Laatste dag: Diensten bevragen",
        "Dialoog: Praten",
    ]


def test_a_supporter_sees_no_calendar(project, supporter):
    MeetingFactory(project=project, planned=True)

    assert coming_days(situation_of(project, supporter)) == ()


def test_a_feedback_moment_settles_no_other_duty(project, coordinator):
    row = FeedbackDutyFactory(
        action=ImprovementActionFactory(project=project),
        target_group__project=project,
        due_on=in_days(-1),
    )
    FeedbackFactory(project=project, target_group=row.target_group, actions=[])

    assert f"Vertel het aan {row.target_group}" in titles(project, coordinator)


# --- reports of talks -------------------------------------------------------


def test_a_returned_report_is_no_draft_to_type(project, coordinator):
    story = returned_report(project, coordinator)
    next(story)

    assert not any("Voer in" in title for title in titles(project, coordinator))


def test_a_returned_report_is_a_task_of_whoever_entered_it_only(
    project, coordinator, grassroots
):
    story = returned_report(project, grassroots)
    words = next(story)

    assert words in titles(project, grassroots)
    assert words not in titles(project, coordinator)


def test_several_reports_to_accept_are_one_task(project, coordinator):
    for _ in range(2):
        ConversationFactory(project=project, held_on=in_days(-2), handed_in=True)

    assert "Lees 2 verslagen en aanvaard ze" in titles(project, coordinator)


@pytest.mark.parametrize("state", ["small", "closed"])
def test_a_report_nobody_can_accept_is_no_task(project, coordinator, state):
    talk = ConversationFactory(
        project=project,
        held_on=in_days(-2),
        people=4 if state == "small" else 8,
        handed_in=True,
    )
    if state == "closed":
        change(talk.round, closed_on=in_days(0))

    assert not any("aanvaard het" in title for title in titles(project, coordinator))
