import hashlib
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone

from improvement_actions.models import ImprovementAction
from kader.vocabulary import (
    ActionStatus,
    AnswerOption,
    Confirmation,
    ConversationKind,
    Phase,
    Recognition,
    RespondentCategory,
    Scale,
    ServiceDomain,
    Side,
    Werkpiste,
)
from lpk_site.integrity import CHECKS, run_checks
from projects.models import Planning, Role, TargetGroup
from rechtencirkel.models import (
    Conversation,
    DomainTotal,
    OptionTally,
    PointsTally,
    ProblemStatement,
    Publication,
    Question,
    QuestionSet,
    RoundQuestion,
)
from rechtencirkel.services import validate_problem
from tests import factories


def a_sound_meeting(project):
    item = factories.MeetingItemFactory(meeting__project=project)
    item.meeting.present.set(project.steering_group.all())
    factories.MeetingDecisionFactory(
        meeting=item.meeting, item=item, owner=project.steering_group.get()
    )


def sound_answers(problem):
    """Let both sides answer twice; the problem follows what they said last."""
    for answer in (
        {"recognition": Recognition.NO, "people": 6},
        {"providers": True},
        {"recognition": Recognition.PARTLY},
    ):
        validate_problem(
            validation=factories.ProblemValidationFactory.build(
                problem=problem, noted_by=factories.UserFactory(), **answer
            )
        )


@pytest.fixture
def sound(project, coordinator):
    """Give a project with one of everything, and no fault in it."""
    factories.QuestionSetFactory()
    group = factories.TargetGroupFactory(project=project)
    talk = factories.ConversationFactory(
        project=project, target_group=group, read_back=True
    )
    factories.ConversationFactory(project=project, providers=True, handed_in=True)
    factories.ConversationFactory(project=project, filled=True)
    problem = factories.ProblemStatementFactory(project=project)
    problem.quotes.set(talk.quotes.all())
    problem.target_groups.add(group)
    sound_answers(problem)
    session = factories.DialogueSessionFactory(project=project, closed=True)
    item = factories.AgendaItemFactory(session=session, problem_statement=problem)
    conclusion = factories.ConclusionFactory(
        session=session, agenda_item=item, confirmed=True
    )
    action = factories.ImprovementActionFactory(
        project=project,
        conclusion=conclusion,
        status=ActionStatus.DECIDED,
        target_groups=[group],
    )
    factories.FollowUpFactory(action=action, status=ActionStatus.DECIDED)
    feedback = factories.FeedbackFactory(
        project=project, target_group=group, actions=[action]
    )
    factories.FeedbackDutyFactory(
        action=action, target_group=group, fulfilled_by=feedback
    )
    factories.SteeringGroupMemberFactory(project=project, user=coordinator)
    factories.PlanningFactory(project=project)
    a_sound_meeting(project)
    content = b"%PDF-1.7"
    factories.ReportFactory(
        project=project,
        ready=True,
        file=ContentFile(content, name="rapport.pdf"),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    return project


def broken_rules():
    return {finding.name: finding.ids for finding in run_checks()}


def test_a_sound_project_has_no_findings(sound):
    assert run_checks() == []


def test_every_check_has_its_own_name_and_a_sentence():
    names = [rule.name for rule in CHECKS]

    assert len(names) == len(set(names)) >= 20
    assert all(rule.sentence.endswith(".") for rule in CHECKS)


def handed_in(project):
    return project.conversations.filter(handed_in_on__isnull=False).earliest("pk")


def more_answers_than_people(project):
    talk = handed_in(project)
    tally = talk.option_tallies.first()
    OptionTally.objects.filter(pk=tally.pk).update(people=99)
    return "answers_do_not_exceed_the_people", talk


def more_points_than_people(project):
    talk = handed_in(project)
    PointsTally.objects.filter(conversation=talk).update(people=99)
    return "points_do_not_exceed_the_people", talk


def joint_points_for_a_few(project):
    tally = handed_in(project).points_tallies.first()
    PointsTally.objects.filter(pk=tally.pk).update(is_joint=True, people=2)
    return "joint_points_count_for_everybody", tally


def a_changed_total(project):
    total = handed_in(project).totals.first()
    DomainTotal.objects.filter(pk=total.pk).update(points=[1] + [0] * 10)
    return "totals_equal_the_sheet", total


def a_total_with_other_options(project):
    total = handed_in(project).totals.first()
    DomainTotal.objects.filter(pk=total.pk).update(options={})
    return "totals_equal_the_sheet", total


def a_missing_total(project):
    talk = handed_in(project)
    talk.totals.first().delete()
    return "handed_in_conversations_have_a_total_per_domain", talk


def a_total_of_another_size(project):
    total = handed_in(project).totals.first()
    DomainTotal.objects.filter(pk=total.pk).update(people=3)
    return "totals_repeat_their_conversation", total


def a_draft_that_counts(project):
    draft = project.conversations.drafts().get()
    factories.DomainTotalFactory(conversation=draft)
    return "drafts_have_no_totals", draft


def a_group_of_another_project(project):
    talk = handed_in(project)
    talk.target_group = factories.TargetGroupFactory()
    talk.save()
    return "conversations_stay_in_their_project", talk


def a_category_of_the_other_side(project):
    talk = handed_in(project)
    Conversation.objects.filter(pk=talk.pk).update(category=RespondentCategory.POLICY)
    return "categories_match_their_side", talk


def no_consent(project):
    talk = handed_in(project)
    Conversation.objects.filter(pk=talk.pk).update(has_consent=False)
    return "handed_in_conversations_have_consent", talk


def read_back_on_no_day(project):
    talk = handed_in(project)
    Conversation.objects.filter(pk=talk.pk).update(read_back_on=None)
    return "read_back_conversations_have_a_day", talk


def a_tally_of_the_other_side(project):
    draft = project.conversations.drafts().get()
    question = draft.round.questions.filter(
        side=Side.PROVIDERS, scale="agreement"
    ).first()
    tally = factories.OptionTallyFactory(conversation=draft, question=question)
    return "tallies_answer_a_question_of_their_round", tally


def an_open_answer_of_another_round(project):
    draft = project.conversations.drafts().get()
    question = factories.RoundFactory().questions.filter(scale="").first()
    answer = factories.OpenAnswerFactory(conversation=draft, question=question)
    return "open_answers_answer_a_question_of_their_round", answer


def text_at_a_closed_question(project):
    answer = handed_in(project).open_answers.first()
    RoundQuestion.objects.filter(pk=answer.question_id).update(scale="agreement")
    return "open_answers_belong_to_open_questions", answer


def a_chosen_question_of_the_other_side(project):
    draft = project.conversations.drafts().get()
    other = draft.round.questions.exclude(side=draft.side).first()
    asked = factories.AskedQuestionFactory(conversation=draft, question=other)
    return "asked_questions_belong_to_their_round", asked


def a_report_that_came_back_without_a_question(project):
    draft = project.conversations.drafts().get()
    Conversation.objects.filter(pk=draft.pk).update(state="returned")
    return "returned_conversations_have_a_question", draft


def a_question_less_in_the_round(project):
    measurement = project.rounds.get()
    measurement.questions.last().delete()
    return "rounds_ask_the_questions_of_their_set", measurement


def a_changed_published_question(project):
    bank = QuestionSet.objects.get()
    first = factories.past_the_guard(Question).filter(question_set=bank, position=1)
    first.update(barrier="usability")
    return "published_questions_are_unchanged", bank


def a_condition_across_pages(project):
    parent, child = two_questions(project)
    child.depends_on, child.depends_options = parent, (AnswerOption.FIRST,)
    child.save()
    return "conditions_are_one_level_on_one_page", child


def own_words_without_a_star(project):
    question = project.rounds.get().questions.first()
    question.text = "Iets anders?"
    question.save()
    return "own_words_are_marked", question


def two_questions(project):
    """Return a closed question and one of another domain."""
    asked = project.rounds.get().questions.filter(side=Side.TARGET_GROUP)
    first, other, *_ = asked.filter(scale=Scale.AGREEMENT)
    return first, other


def a_quote_of_another_project(project):
    problem = project.problem_statements.get()
    problem.quotes.add(factories.QuoteFactory())
    return "problems_quote_their_own_project", problem


def a_strange_redactor(project):
    redactor = factories.RedactorFactory(
        project=project, membership=factories.MembershipFactory()
    )
    return "redactors_belong_to_their_project", redactor


def a_problem_about_a_strange_group(project):
    problem = project.problem_statements.get()
    problem.target_groups.add(factories.TargetGroupFactory())
    return "problems_name_their_own_groups", problem


def a_score_from_elsewhere(project):
    score = factories.ProblemScoreFactory(
        problem=project.problem_statements.get(), round=factories.RoundFactory()
    )
    return "scores_behind_problems_stay_in_their_project", score


def a_barrier_from_elsewhere(project):
    barrier = factories.ProblemBarrierFactory(
        problem=project.problem_statements.get(), round=factories.RoundFactory()
    )
    return "barriers_behind_problems_stay_in_their_project", barrier


def a_problem_owned_elsewhere(project):
    problem = project.problem_statements.get()
    problem.owner = factories.OrganisationFactory()
    problem.save()
    return "owners_of_problems_stay_in_their_project", problem


def a_recognition_nobody_noted(project):
    problem = project.problem_statements.get()
    ProblemStatement.objects.update(recognition=Recognition.NO)
    return "problems_are_recognised_as_last_answered", problem


def an_agreement_that_was_withdrawn(project):
    problem = project.problem_statements.get()
    factories.ProblemValidationFactory(
        problem=problem, providers=True, confirmation=Confirmation.NOT_AGREED
    )
    return "problems_are_confirmed_as_last_answered", problem


def a_choice_of_a_strange_member(project):
    pick = factories.ProblemPickFactory(
        problem=project.problem_statements.get(),
        member=factories.SteeringGroupMemberFactory(),
    )
    return "choices_stay_in_their_project", pick


def a_strange_problem_on_the_agenda(project):
    item = project.dialogue_sessions.get().agenda.get()
    item.problem_statement = factories.ProblemStatementFactory()
    item.save()
    return "agendas_stay_in_their_project", item


def a_conclusion_about_another_session(project):
    conclusion = project.dialogue_sessions.get().conclusions.get()
    conclusion.agenda_item = factories.AgendaItemFactory(
        session__project=project, about_domain=True
    )
    conclusion.save()
    return "conclusions_stay_in_their_session", conclusion


def a_closed_session_without_an_answer(project):
    session = project.dialogue_sessions.get()
    session.conclusions.update(target_confirmation="")
    return "closed_sessions_are_confirmed", session


def an_action_for_a_strange_group(project):
    action = project.improvement_actions.get()
    action.target_groups.add(factories.TargetGroupFactory())
    return "actions_stay_in_their_project", action


def an_action_from_a_strange_dialogue(project):
    action = project.improvement_actions.get()
    action.conclusion = factories.ConclusionFactory(
        target_confirmation=Confirmation.AGREED
    )
    action.save()
    return "actions_follow_a_dialogue_of_their_project", action


def the_same_werkpiste_twice(project):
    action = project.improvement_actions.get()
    action.other_werkpistes = [Werkpiste(action.werkpiste)]
    action.save()
    return "other_werkpistes_are_others_and_few", action


def a_status_nobody_wrote(project):
    action = project.improvement_actions.get()
    ImprovementAction.objects.update(status=ActionStatus.DONE)
    return "actions_stand_where_their_follow_up_says", action


def a_forbidden_step(project):
    action = project.improvement_actions.get()
    factories.FollowUpFactory(action=action, status=ActionStatus.DONE)
    ImprovementAction.objects.update(status=ActionStatus.DONE)
    return "follow_up_walks_allowed_steps", action


def feedback_about_a_strange_action(project):
    feedback = project.feedback.get()
    feedback.actions.add(factories.ImprovementActionFactory())
    return "feedback_stays_in_its_project", feedback


def a_duty_to_a_strange_group(project):
    action = project.improvement_actions.get()
    duty = factories.FeedbackDutyFactory(
        action=action, target_group=factories.TargetGroupFactory()
    )
    return "duties_stay_in_their_project", duty


def a_duty_fulfilled_at_another_group(project):
    duty = factories.FeedbackDutyFactory(
        action=project.improvement_actions.get(),
        target_group=factories.TargetGroupFactory(project=project),
        fulfilled_by=project.feedback.get(),
    )
    return "duties_are_fulfilled_by_their_own_feedback", duty


def a_project_without_coordinator(project):
    project.memberships.filter(role=Role.COORDINATOR).update(role=Role.MEMBER)
    return "projects_have_a_coordinator", project


def a_planning_that_is_gone(project):
    later = factories.PlanningFactory(project=project)
    Planning.objects.exclude(pk=later.pk).delete()
    return "planning_versions_count_from_one", later


def a_step_led_from_elsewhere(project):
    step = factories.PlanningStepFactory(
        planning__project=project, owner=factories.OrganisationFactory()
    )
    return "steps_are_led_in_their_project", step


def a_vote_of_a_strange_member(project):
    vote = factories.FeasibilityVoteFactory(
        planning__project=project, member=factories.SteeringGroupMemberFactory()
    )
    return "votes_stay_in_their_project", vote


def a_seat_of_a_strange_organisation(project):
    seat = project.steering_group.get()
    seat.organisation = factories.OrganisationFactory()
    seat.save()
    return "seats_stay_in_their_project", seat


def a_seat_without_a_role(project):
    seat = project.steering_group.get()
    seat.user = factories.UserFactory()
    seat.save()
    return "seats_with_an_account_have_a_role", seat


def a_partner_of_a_strange_organisation(project):
    engagement = factories.EngagementFactory(
        project=project, organisation=factories.OrganisationFactory()
    )
    return "partners_stay_in_their_project", engagement


def a_pseudonym_with_an_account(project):
    seat = project.steering_group.exclude(user=None).get()
    project.steering_group.filter(pk=seat.pk).update(is_pseudonym=True)
    return "pseudonyms_have_no_account", seat


def two_seats_for_one_account(project):
    seat = project.steering_group.exclude(user=None).get()
    second = factories.SteeringGroupMemberFactory(project=project, user=seat.user)
    return "accounts_hold_one_seat_at_a_time", second


def two_seats_for_one_person(project):
    seat = project.steering_group.exclude(user=None).get()
    second = factories.SteeringGroupMemberFactory(
        project=project,
        organisation=seat.organisation,
        name=seat.name.upper(),
        since=timezone.localdate(),
    )
    return "people_sit_once_for_an_organisation", second


def a_strange_bridge(project):
    group = project.target_groups.get()
    group.bridge = factories.OrganisationFactory()
    group.save()
    return "bridges_stay_in_their_project", group


def a_stranger_at_the_meeting(project):
    meeting = project.meetings.get()
    meeting.present.add(factories.SteeringGroupMemberFactory())
    return "meetings_were_attended_by_their_own_members", meeting


def a_decision_about_another_meeting(project):
    decision = project.meetings.get().decisions.get()
    decision.item = factories.MeetingItemFactory(meeting__project=project)
    decision.save()
    return "decisions_stay_in_their_meeting", decision


def a_decision_for_a_stranger(project):
    decision = project.meetings.get().decisions.get()
    decision.owner = factories.SteeringGroupMemberFactory()
    decision.save()
    return "decisions_are_carried_out_by_own_members", decision


def a_report_without_its_file(project):
    report = project.reports.get()
    report.file.storage.delete(report.file.name)
    return "ready_reports_have_their_file", report


def a_report_that_was_changed(project):
    report = project.reports.get()
    with report.file.storage.open(report.file.name, "wb") as stored:
        stored.write(b"%PDF-1.7 iets anders")
    return "ready_reports_have_their_file", report


def a_report_in_nobodys_hands(project):
    report = factories.ReportFactory(project=project, running=True, lease_until=None)
    return "running_reports_have_a_lease", report


def an_accepted_invitation_without_password(project):
    invitation = factories.InvitationFactory(accepted=True)
    return "accepted_invitations_gave_a_password", invitation


def two_usable_invitations(project):
    invitation = factories.InvitationFactory()
    soon = timezone.now() + timedelta(days=1)
    factories.InvitationFactory(user=invitation.user, expires_at=soon)
    return "one_usable_invitation_per_person", invitation.user


def an_address_in_capitals(project):
    user = factories.UserFactory()
    type(user).objects.filter(pk=user.pk).update(email="Els@Voorbeeld.be")
    return "addresses_are_in_lower_case", user


def an_estimate_of_a_member_of_another_project(project):
    elsewhere = factories.SteeringGroupMemberFactory()
    estimate = factories.ProblemEstimateFactory(project=project, member=elsewhere)
    return "estimates_stay_in_their_project", estimate


def a_phase_nobody_went_to(project):
    factories.PhaseChangeFactory(project=project, phase=Phase.DIALOGUE)
    return "projects_are_in_the_phase_they_went_to", project


def terms_out_of_order(project):
    group = project.target_groups.get()
    write_rights(group, "<housing><income>")
    return "projects_targetgroup_rights_in_order", group


def a_term_twice(project):
    group = project.target_groups.get()
    write_rights(group, "<income><income>")
    return "projects_targetgroup_rights_in_order", group


def write_rights(group, text):
    """Write past the field, which would put the terms in order."""
    table = TargetGroup._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET rights = %s WHERE id = %s",  # noqa: S608 - our own
            [text, group.pk],
        )


def a_score_of_a_strange_member(project):
    score = factories.MatrixScoreFactory(
        target_group=project.target_groups.get(),
        member=factories.SteeringGroupMemberFactory(),
    )
    return "scores_stay_in_their_project", score


def a_strange_service(project):
    group = project.target_groups.get()
    group.services.add(factories.OrganisationFactory())
    return "services_stay_in_their_project", group


def a_version_that_is_gone(project):
    version = factories.MatrixVersionFactory(project=project, number=2)
    return "matrix_versions_count_from_one", version


def a_kept_row_of_a_strange_group(project):
    row = factories.MatrixVersionRowFactory(
        version=factories.MatrixVersionFactory(project=project),
        target_group=factories.TargetGroupFactory(),
    )
    return "kept_rows_stay_in_their_project", row


def a_publication(project, **changes):
    handed_in(project)
    row = factories.PublicationFactory(
        round=project.rounds.first(), side="providers", domain="aftercare", number=40
    )
    Publication.objects.filter(pk=row.pk).update(**changes)
    return row


def a_publication_too_many(project):
    return "the_newest_publication_is_shown", a_publication(project)


def a_publication_of_two_people(project):
    two = [0] * 6 + [2] + [0] * 4
    row = a_publication(project, points=two, own={"policy": two}, number=1)
    return "publications_are_five_people_apart", row


def rows_that_miss_somebody(project):
    return "rows_add_up_to_the_side", a_publication(project, own={}, number=1)


def figures_that_nobody_told(project):
    return "shown_rows_are_the_sum_of_what_was_told", a_publication(project, number=1)


def a_total_shown_nowhere(project):
    total = handed_in(project).totals.first()
    DomainTotal.objects.filter(pk=total.pk).update(published_on=date(2020, 1, 1))
    return "shown_totals_stand_in_a_publication", total


def a_link_of_another_projects_service(project):
    link = factories.AnswerLinkFactory(
        project=project, organisation=factories.OrganisationFactory()
    )
    return "links_stay_in_their_project", link


def more_codes_than_were_made(project):
    link = factories.AnswerLinkFactory(project=project, single_use=True)
    factories.AnswerCodeFactory(link=link)
    return "links_have_no_more_codes_than_were_made", link


def a_waiting_answer_of_another_round(project):
    measurement = project.rounds.get()
    factories.WaitingAnswerFactory(round=measurement)
    return "waiting_answers_answer_a_question_of_their_round", measurement


def a_waiting_answer_of_another_projects_service(project):
    measurement = project.rounds.get()
    factories.WaitingAnswerFactory(
        question__round=measurement, organisation=factories.OrganisationFactory()
    )
    return "waiting_answers_answer_a_question_of_their_round", measurement


def a_text_with_a_closed_question(project):
    measurement = project.rounds.get()
    factories.WrittenAnswerFactory(
        question__round=measurement, question__scale=Scale.AGREEMENT
    )
    return "written_answers_answer_a_question_of_their_round", measurement


def answers_by_link_of_four(project):
    talk = factories.ConversationFactory(
        project=project, providers=True, handed_in=True, people=4
    )
    Conversation.objects.filter(pk=talk.pk).update(kind=ConversationKind.BY_LINK)
    return "answers_by_link_speak_for_five", talk


FAULTS = [
    a_condition_across_pages,
    own_words_without_a_star,
    a_publication_too_many,
    a_publication_of_two_people,
    rows_that_miss_somebody,
    figures_that_nobody_told,
    a_total_shown_nowhere,
    a_chosen_question_of_the_other_side,
    a_report_that_came_back_without_a_question,
    a_link_of_another_projects_service,
    more_codes_than_were_made,
    a_waiting_answer_of_another_round,
    a_waiting_answer_of_another_projects_service,
    a_text_with_a_closed_question,
    answers_by_link_of_four,
    a_score_of_a_strange_member,
    a_strange_service,
    a_version_that_is_gone,
    a_kept_row_of_a_strange_group,
    more_answers_than_people,
    more_points_than_people,
    joint_points_for_a_few,
    a_changed_total,
    a_total_with_other_options,
    a_missing_total,
    a_total_of_another_size,
    a_draft_that_counts,
    a_group_of_another_project,
    a_category_of_the_other_side,
    no_consent,
    read_back_on_no_day,
    a_tally_of_the_other_side,
    an_open_answer_of_another_round,
    text_at_a_closed_question,
    a_question_less_in_the_round,
    a_changed_published_question,
    a_quote_of_another_project,
    a_strange_redactor,
    a_problem_about_a_strange_group,
    a_score_from_elsewhere,
    a_barrier_from_elsewhere,
    a_problem_owned_elsewhere,
    a_recognition_nobody_noted,
    an_agreement_that_was_withdrawn,
    a_choice_of_a_strange_member,
    a_strange_problem_on_the_agenda,
    a_conclusion_about_another_session,
    a_closed_session_without_an_answer,
    an_action_for_a_strange_group,
    an_action_from_a_strange_dialogue,
    the_same_werkpiste_twice,
    a_status_nobody_wrote,
    a_forbidden_step,
    feedback_about_a_strange_action,
    a_duty_to_a_strange_group,
    a_duty_fulfilled_at_another_group,
    a_project_without_coordinator,
    a_planning_that_is_gone,
    a_step_led_from_elsewhere,
    a_vote_of_a_strange_member,
    a_seat_of_a_strange_organisation,
    a_seat_without_a_role,
    a_partner_of_a_strange_organisation,
    a_pseudonym_with_an_account,
    two_seats_for_one_account,
    two_seats_for_one_person,
    a_strange_bridge,
    a_stranger_at_the_meeting,
    a_decision_about_another_meeting,
    a_decision_for_a_stranger,
    a_report_without_its_file,
    a_report_that_was_changed,
    a_report_in_nobodys_hands,
    an_accepted_invitation_without_password,
    two_usable_invitations,
    an_address_in_capitals,
    an_estimate_of_a_member_of_another_project,
    a_phase_nobody_went_to,
    terms_out_of_order,
    a_term_twice,
]


@pytest.mark.parametrize("plant", FAULTS)
def test_a_planted_fault_is_found(sound, plant):
    rule, row = plant(sound)

    assert row.pk in broken_rules()[rule]


def test_every_check_but_the_columns_is_tried_here(sound):
    columns = {rule.name for rule in CHECKS if rule.name.endswith("_in_order")}
    source = {fault.__code__.co_consts for fault in FAULTS}

    tried = {name for constants in source for name in constants}
    assert {rule.name for rule in CHECKS} - columns <= tried


def test_a_fault_in_a_draft_is_no_fault_yet(sound):
    draft = sound.conversations.drafts().get()
    Conversation.objects.filter(pk=draft.pk).update(people=1)

    assert run_checks() == []


def test_the_domains_of_a_draft_may_still_change(sound):
    draft = sound.conversations.drafts().get()
    Conversation.objects.filter(pk=draft.pk).update(domains=[ServiceDomain.AFTERCARE])

    assert run_checks() == []


def test_who_comes_back_after_leaving_is_no_fault(sound):
    first = sound.steering_group.exclude(user=None).get()
    today = timezone.localdate()
    sound.steering_group.filter(pk=first.pk).update(until=today)
    factories.SteeringGroupMemberFactory(
        project=sound,
        organisation=first.organisation,
        name=first.name,
        user=first.user,
        since=today,
    )

    assert run_checks() == []
