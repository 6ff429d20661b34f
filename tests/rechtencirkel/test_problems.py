"""Problem statements: what they rest on, what both sides say, and removing one."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from kader.vocabulary import (
    BarrierKind,
    BarrierLevel,
    Confirmation,
    QuoteUse,
    Recognition,
    ServiceDomain,
    Side,
)
from rechtencirkel.models import (
    ProblemScore,
    ProblemStatement,
    ProblemValidation,
    Quote,
)
from rechtencirkel.services import (
    attach_evidence,
    close_round,
    hand_in,
    mark_read_back,
    remove_problem,
    shown_evidence,
    validate_problem,
    write_problem,
)
from tests.factories import (
    AgendaItemFactory,
    BarrierMentionFactory,
    ConversationFactory,
    ImprovementActionFactory,
    OrganisationFactory,
    ProblemBarrierFactory,
    ProblemPickFactory,
    ProblemScoreFactory,
    ProblemStatementFactory,
    ProblemValidationFactory,
    RoundFactory,
    UserFactory,
    fill_sheet,
)
from tests.helpers import filled_in, form_on, page_of, post_everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def measurement(project):
    return RoundFactory(project=project)


@pytest.fixture
def heard(project, measurement):
    """Give both sides a conversation that counts, with a barrier."""
    given = {"project": project, "round": measurement, "filled": True}
    talk = ConversationFactory(**given, read_back=True)
    ConversationFactory(**given, providers=True, handed_in=True)
    BarrierMentionFactory(
        conversation=talk,
        domain=talk.domains[0],
        text="Alles met een app",
        kind=BarrierKind.USABILITY,
        level=BarrierLevel.EXECUTION,
    )
    return talk


def today():
    return timezone.localdate()


def page(name, problem, *args):
    return reverse(
        f"rechtencirkel:{name}", args=[problem.project_id, problem.pk, *args]
    )


def answer(problem, **changes):
    return ProblemValidationFactory.build(
        problem=problem, noted_by=UserFactory(), **changes
    )


def refused(validation):
    with pytest.raises(ValidationError) as error:
        validate_problem(validation=validation)
    return error.value.message_dict


# --- evidence ---------------------------------------------------------------


def test_evidence_is_kept_as_it_was_shown_that_day(project, heard):
    problem = ProblemStatementFactory(project=project)
    shown = shown_evidence(measurement=heard.round, on=today())

    attach_evidence(
        problem=problem, scores=shown.scores, barriers=shown.barriers, on=today()
    )

    row = problem.scores.get(domain=heard.domains[0])
    assert row.attached_on == today()
    assert row.target_people == heard.people
    assert problem.barriers.get(text="Alles met een app").conversations == 1


def test_what_is_still_ticked_keeps_its_day_and_the_rest_goes(project, heard):
    problem = ProblemStatementFactory(project=project)
    shown = shown_evidence(measurement=heard.round, on=today())
    before = today() - timedelta(days=3)
    attach_evidence(
        problem=problem, scores=shown.scores, barriers=shown.barriers, on=before
    )

    attach_evidence(problem=problem, scores=shown.scores[:1], barriers=(), on=today())

    assert [row.attached_on for row in problem.scores.all()] == [before]
    assert not problem.barriers.exists()


def test_a_problem_that_is_gone_takes_no_evidence(project):
    problem = ProblemStatementFactory(project=project)
    ProblemStatement.objects.all().delete()

    with pytest.raises(ValidationError, match="intussen verwijderd"):
        attach_evidence(problem=problem, scores=(), barriers=(), on=today())


@pytest.mark.parametrize(
    "changes",
    [
        {"target_people": 4},
        {"target_people": None},
        {"target_median": "10.5"},
        {"target_median": None, "target_people": None, "one_side": True},
    ],
    ids=["four people", "no people", "too many points", "nothing shown"],
)
def test_the_database_keeps_no_number_that_may_not_be_shown(project, changes):
    problem = ProblemStatementFactory(project=project)

    with pytest.raises(IntegrityError), transaction.atomic():
        ProblemScoreFactory(problem=problem, **changes)


def test_the_form_starts_at_the_domain_it_came_from(member_client, project, heard):
    domain = ServiceDomain(heard.domains[0])
    url = reverse("rechtencirkel:problem_statement_create", args=[project.pk])

    response = member_client.get(url, {"domein": domain.value})

    opened = [g.domain for g in response.context["form"].evidence if g.is_open]
    assert opened == [domain]


def test_the_form_offers_the_numbers_of_the_measurement_in_the_address(
    member_client, project, heard
):
    measurement = heard.round
    close_round(measurement=measurement, on=today())
    RoundFactory(project=project, title="Tweede meting")
    domain = reverse("rechtencirkel:domain_detail", args=[project.pk, heard.domains[0]])
    old = member_client.get(f"{domain}?meting={measurement.pk}")
    (address,) = page_of(old).xpath("//a[@class='btn btn-primary']/@href")

    newest = member_client.get(address.split("&")[0]).context["form"].evidence
    chosen = member_client.get(address).context["form"]
    key = f"{measurement.pk}-{heard.domains[0].value}"
    response = member_client.post(
        address, {"text": "Een zin.", "domains": [heard.domains[0]], "scores": [key]}
    )

    assert f"meting={measurement.pk}" in address
    assert not [t for group in newest for t in group.ticks if t.name == "scores"]
    assert [t for group in chosen.evidence for t in group.ticks if t.name == "scores"]
    assert response.status_code == 302
    assert ProblemScore.objects.get().round == measurement


def test_ticked_scores_quotes_and_barriers_are_saved(member_client, project, heard):
    quote = heard.quotes.first() or Quote.objects.create(
        conversation=heard, domain=heard.domains[0], text="Ja."
    )
    Quote.objects.filter(pk=quote.pk).update(
        uses=(QuoteUse.DIALOGUE,), is_unrecognisable=True
    )
    url = reverse("rechtencirkel:problem_statement_create", args=[project.pk])
    ticks = [
        tick
        for group in member_client.get(url).context["form"].evidence
        for tick in group.ticks
        if group.domain == heard.domains[0]
    ]
    posted = {"text": "Alles moet met een app.", "domains": [heard.domains[0].value]}
    for tick in ticks:
        posted.setdefault(tick.name, []).append(tick.value)

    response = member_client.post(url, posted)

    problem = ProblemStatement.objects.get()
    assert response.url == problem.get_absolute_url()
    assert (problem.scores.count(), quote in problem.quotes.all()) == (1, True)
    assert problem.barriers.filter(text="Alles met een app").exists()


def test_ticks_stay_when_something_else_is_wrong(member_client, project, heard):
    url = reverse("rechtencirkel:problem_statement_create", args=[project.pk])
    key = f"{heard.round_id}-{heard.domains[0].value}"

    response = member_client.post(url, {"text": "", "scores": [key]})

    assert key in filled_in(form_on(response))["scores"]
    assert not ProblemStatement.objects.exists()


@pytest.mark.parametrize("name", ["scores", "barriers"])
def test_evidence_that_was_not_offered_is_refused(member_client, project, name):
    other = RoundFactory()
    url = reverse("rechtencirkel:problem_statement_create", args=[project.pk])
    posted = {"text": "Een zin.", "domains": ["access"], name: [f"{other.pk}-access"]}

    response = member_client.post(url, posted)

    assert response.context["form"].evidence_errors == [
        "Kies alleen uit de mogelijkheden hieronder."
    ]


def test_a_comma_saved_later_loses_no_evidence(member_client, project, heard):
    problem = ProblemStatementFactory(project=project)
    old = ProblemScoreFactory(problem=problem)
    barrier = ProblemBarrierFactory(problem=problem)

    post_everything(
        member_client, page("problem_statement_edit", problem), text="Een zin, beter."
    )

    problem.refresh_from_db()
    assert problem.text == "Een zin, beter."
    assert list(problem.scores.all()) == [old]
    assert list(problem.barriers.all()) == [barrier]


def test_changed_numbers_are_marked_and_can_be_taken_over(
    member_client, project, heard
):
    problem = ProblemStatementFactory(project=project)
    row = ProblemScoreFactory(
        problem=problem, round=heard.round, domain=heard.domains[0]
    )
    url = page("problem_statement_edit", problem)

    marked = member_client.get(problem.get_absolute_url()).content.decode()
    post_everything(member_client, url)
    kept = problem.scores.get().pk
    post_everything(member_client, url, renew="on")
    after = member_client.get(problem.get_absolute_url()).content.decode()

    assert "Intussen veranderd" in marked
    assert kept == row.pk
    assert problem.scores.get().target_people == heard.people
    assert "Intussen veranderd" not in after


def test_saving_the_sentence_leaves_the_answers_and_the_rank_alone(
    member_client, project
):
    problem = ProblemStatementFactory(project=project)
    url = page("problem_statement_edit", problem)
    posted = filled_in(form_on(member_client.get(url)))
    ProblemStatement.objects.update(recognition=Recognition.YES, rank=4)

    member_client.post(url, posted | {"recognition": "no", "rank": "1"})

    problem.refresh_from_db()
    assert (problem.recognition, problem.rank) == (Recognition.YES, 4)


def test_the_tags_of_the_barriers_are_proposed_and_saved_only_on_request(
    member_client, project
):
    problem = ProblemStatementFactory(project=project)
    ProblemBarrierFactory(problem=problem)
    url = page("problem_statement_edit", problem)

    told = member_client.get(problem.get_absolute_url()).content.decode()
    plain = filled_in(form_on(member_client.get(url)))
    filled = filled_in(form_on(member_client.get(f"{url}?labels=drempels")))

    assert "bereikbaarheid, uitvoering" in told
    assert plain["barrier_kind"] == [""]
    assert filled["barrier_kind"] == ["reachability"]
    problem.refresh_from_db()
    assert problem.barrier_kind == ""


def test_an_owner_of_another_project_is_refused(member_client, project):
    url = reverse("rechtencirkel:problem_statement_create", args=[project.pk])
    posted = {
        "text": "Een zin.",
        "domains": ["access"],
        "owner": OrganisationFactory().pk,
    }

    response = member_client.post(url, posted)

    assert response.context["form"].errors["owner"] == [
        "Kies een van de mogelijkheden."
    ]


# --- wording ----------------------------------------------------------------


def test_asking_for_tips_saves_nothing_and_keeps_what_is_typed(member_client, project):
    url = reverse("rechtencirkel:problem_statement_create", args=[project.pk])
    posted = {"text": "Ze willen niet komen.", "domains": ["access"], "kijk-na": "1"}

    response = member_client.post(url, posted)

    assert "Schrijf wat hen tegenhoudt." in response.content.decode()
    assert response.context["form"]["text"].value() == "Ze willen niet komen."
    assert not ProblemStatement.objects.exists()


def test_a_tip_never_blocks_and_only_who_writes_sees_it(
    member_client, project, supporter_client
):
    problem = ProblemStatementFactory(project=project, text="De cliënt wacht.")

    written = member_client.get(problem.get_absolute_url())

    assert "Schrijf: inwoner." in written.content.decode()
    assert supporter_client.get(problem.get_absolute_url()).status_code == 403


# --- both sides -------------------------------------------------------------


def test_the_problem_follows_what_each_side_said_last(project):
    problem = ProblemStatementFactory(project=project)

    validate_problem(validation=answer(problem, recognition=Recognition.NO))
    validate_problem(validation=answer(problem, recognition=Recognition.PARTLY))
    validate_problem(validation=answer(problem, providers=True))

    problem.refresh_from_db()
    assert problem.recognition == Recognition.PARTLY
    assert problem.provider_confirmation == Confirmation.AGREED
    assert problem.validations.count() == 3


def test_an_older_day_noted_later_does_not_win(project):
    problem = ProblemStatementFactory(project=project)
    validate_problem(validation=answer(problem, recognition=Recognition.YES))

    validate_problem(
        validation=answer(
            problem,
            recognition=Recognition.NO,
            asked_on=today() - timedelta(days=30),
        )
    )

    problem.refresh_from_db()
    assert problem.recognition == Recognition.YES


def test_an_answer_from_before_the_sentence_is_refused(project):
    problem = ProblemStatementFactory(project=project)
    early = problem.stated_on - timedelta(days=1)

    assert refused(answer(problem, asked_on=early)) == {
        "asked_on": ["Het probleem was toen nog niet geformuleerd."]
    }


def test_words_of_fewer_than_five_people_are_not_kept(project):
    problem = ProblemStatementFactory(project=project)
    few = answer(problem, few=True, people=4, remark="Ik was erbij.")

    assert "dan is te raden wie dat zei" in refused(few)["remark"][0]
    with pytest.raises(IntegrityError), transaction.atomic():
        few.save()
    few.remark = ""
    assert validate_problem(validation=few).pk


@pytest.mark.parametrize("side", [{}, {"providers": True}])
def test_of_fewer_than_five_people_only_the_asking_is_kept(project, side):
    problem = ProblemStatementFactory(project=project)
    few = answer(problem, people=4, **side)

    with pytest.raises(IntegrityError), transaction.atomic():
        few.save()
    kept = validate_problem(validation=few)

    problem.refresh_from_db()
    assert (kept.recognition, kept.confirmation, kept.answer) == ("", "", None)
    assert (problem.recognition, problem.provider_confirmation) == ("", "")
    assert validate_problem(validation=answer(problem, people=5, **side)).answer


def test_the_few_do_not_undo_what_a_group_said(project):
    problem = ProblemStatementFactory(project=project)
    validate_problem(validation=answer(problem, recognition=Recognition.YES))

    validate_problem(validation=answer(problem, people=4, asked_on=today()))

    problem.refresh_from_db()
    assert problem.recognition == Recognition.YES


def test_other_words_wait_for_new_answers_and_the_old_words_get_theirs_back(project):
    problem = ProblemStatementFactory(project=project, text="De bus rijdt niet.")
    validate_problem(validation=answer(problem))
    validate_problem(validation=answer(problem, providers=True))

    def answers_to(text):
        problem.text = text
        write_problem(problem=problem, columns=["text"])
        problem.refresh_from_db()
        return problem.recognition, problem.provider_confirmation

    both = (Recognition.YES, Confirmation.AGREED)
    assert answers_to("De  bus rijdt NIET.") == both
    assert answers_to("De bus rijdt te laat.") == ("", "")
    assert answers_to("De bus rijdt niet.") == both
    assert {row.wording for row in problem.validations.all()} == {"De bus rijdt niet."}


def test_an_answer_to_words_that_changed_meanwhile_is_refused(project):
    problem = ProblemStatementFactory(project=project, text="De bus rijdt te laat.")

    with pytest.raises(ValidationError, match="De zin is intussen veranderd"):
        validate_problem(validation=answer(problem, wording="De bus rijdt niet."))

    assert not ProblemValidation.objects.exists()


def test_a_problem_that_is_gone_is_not_written(project):
    problem = ProblemStatementFactory(project=project)
    ProblemStatement.objects.all().delete()

    with pytest.raises(ValidationError, match="intussen verwijderd"):
        write_problem(problem=problem, columns=["text"])


def test_agreeing_with_a_remark_asks_for_the_remark(project):
    problem = ProblemStatementFactory(project=project)
    silent = answer(
        problem, providers=True, confirmation=Confirmation.AGREED_WITH_REMARK
    )

    assert refused(silent) == {"remark": ["Schrijf op welke opmerking ze maakten."]}


@pytest.mark.parametrize(
    "changes",
    [
        {"recognition": ""},
        {"confirmation": Confirmation.AGREED},
        {"side": Side.PROVIDERS},
        {"people": 0},
        {"people": 501},
    ],
)
def test_an_answer_that_cannot_be_is_refused(project, changes):
    wrong = answer(ProblemStatementFactory(project=project), **changes)

    assert refused(wrong)
    assert not ProblemValidation.objects.exists()


def test_the_number_of_people_is_shown_from_five_on(member_client, project):
    few, group = (ProblemStatementFactory(project=project) for _ in range(2))
    ProblemValidationFactory(problem=few, few=True, people=4)
    ProblemValidationFactory(problem=group, people=5)

    hidden = member_client.get(few.get_absolute_url()).content.decode()
    shown = member_client.get(group.get_absolute_url()).content.decode()

    assert "gevraagd aan" not in hidden
    assert "Voorgelegd aan minder dan 5 mensen" in hidden
    assert "gevraagd aan 5 mensen" in shown


def test_the_edit_page_warns_that_answers_stop_to_count(member_client, project):
    problem = ProblemStatementFactory(project=project, text="De bus rijdt niet.")
    url = page("problem_statement_edit", problem)

    before = member_client.get(url).content.decode()
    validate_problem(validation=answer(problem))
    after = member_client.get(url).content.decode()
    post_everything(member_client, url, text="De bus rijdt te laat.")

    told = member_client.get(problem.get_absolute_url()).content.decode()
    assert "Verander je de zin" not in before
    assert "De groep antwoordde al op deze zin." in after
    assert "Nog geen antwoord van de groep" in told
    assert "Toen vroegen jullie: “De bus rijdt niet.”" in told


def test_the_page_asks_again_when_the_words_changed_while_it_was_open(
    member_client, project
):
    problem = ProblemStatementFactory(project=project, text="De bus rijdt niet.")
    url = page("problem_validate", problem, Side.TARGET_GROUP)
    posted = filled_in(form_on(member_client.get(url)))
    posted |= {"recognition": "yes", "people": "7"}
    ProblemStatement.objects.update(text="De bus rijdt te laat.")

    refusal = member_client.post(url, posted)
    again = filled_in(form_on(refusal))
    accepted = member_client.post(url, again)

    assert "De zin is intussen veranderd" in refusal.content.decode()
    assert accepted.status_code == 302
    assert problem.validations.get().wording == "De bus rijdt te laat."


def test_a_member_notes_what_the_group_said(member, member_client, project):
    problem = ProblemStatementFactory(project=project)
    url = page("problem_validate", problem, Side.TARGET_GROUP)

    response = post_everything(
        member_client, url, recognition="yes", people="7", remark="Ja, zo is het."
    )

    assert response.url == problem.get_absolute_url()
    noted = problem.validations.get()
    assert (noted.noted_by, noted.people, noted.side) == (member, 7, "target_group")
    assert "Herkend door de groep" in member_client.get(response.url).content.decode()


def test_each_side_is_asked_only_its_own_question(member_client, project):
    problem = ProblemStatementFactory(project=project)

    group, services = (
        member_client.get(page("problem_validate", problem, side)).context["form"]
        for side in Side
    )

    assert "confirmation" not in group.fields
    assert "recognition" not in services.fields


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("recognition", None, "Kies een van de mogelijkheden."),
        ("recognition", "agreed", "Kies een van de mogelijkheden."),
        ("asked_on", "9999-01-01", "Deze dag moet nog komen."),
        ("asked_on", "2001-01-01", "Het probleem was toen nog niet geformuleerd."),
        ("people", "0", "1"),
        ("people", "", "Vul dit nog in."),
    ],
)
def test_a_wrong_answer_is_told_at_its_field(
    member_client, project, field, value, told
):
    problem = ProblemStatementFactory(project=project)
    url = page("problem_validate", problem, Side.TARGET_GROUP)
    right = {"recognition": "yes", "people": "7"}

    response = post_everything(member_client, url, **right | {field: value})

    assert told in response.context["form"].errors[field][0]


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("chosen", ["", "yes", "not_agreed", "iets"])
def test_the_form_keeps_of_few_people_that_they_were_asked(
    member_client, project, side, chosen
):
    problem = ProblemStatementFactory(project=project)
    url = page("problem_validate", problem, side)

    response = post_everything(
        member_client, url, people="4", recognition=chosen, confirmation=chosen
    )

    noted = problem.validations.get()
    assert (noted.answer, noted.people) == (None, 4)
    told = member_client.get(response.url).content.decode()
    assert "Het antwoord van minder dan 5 mensen bewaren we niet." in told


def test_words_of_few_people_are_refused_at_the_form(member_client, project):
    problem = ProblemStatementFactory(project=project)
    url = page("problem_validate", problem, Side.TARGET_GROUP)

    response = post_everything(
        member_client, url, recognition="yes", people="3", remark="Zo is het."
    )

    form = response.context["form"]
    assert "Maak dit vak leeg." in form.errors["remark"][0]
    assert form["remark"].value() == "Zo is het."


# --- the list ---------------------------------------------------------------


def test_the_list_says_what_each_problem_rests_on_and_misses(member_client, project):
    owner = OrganisationFactory(project=project, name="Het Sociaal Huis")
    full = ProblemStatementFactory(project=project, text="Vol.", rank=1, owner=owner)
    ProblemScoreFactory(problem=full)
    ProblemBarrierFactory(problem=full)
    ProblemBarrierFactory(problem=full)
    ProblemStatementFactory(project=project, text="Leeg.", rank=2)
    url = reverse("rechtencirkel:problem_statement_list", args=[project.pk])

    lines = member_client.get(url).context["lines"]

    assert [line.problem.text for line in lines] == ["Vol.", "Leeg."]
    assert lines[0].evidence == ((1, "cijfer"), (2, "drempels"))
    assert len(lines[0].misses) == 2
    assert len(lines[1].misses) == 4


def test_a_gap_without_words_leads_to_the_form_until_it_has_words(
    member_client, project, measurement
):
    for points, side in ((2, Side.TARGET_GROUP), (8, Side.PROVIDERS)):
        talk = ConversationFactory(
            project=project, round=measurement, providers=side == Side.PROVIDERS
        )
        fill_sheet(talk, points=points)
        hand_in(conversation=talk, on=today())
    mark_read_back(conversation=project.conversations.earliest("pk"), on=today())
    domain = ServiceDomain(talk.domains[0])
    url = reverse("rechtencirkel:problem_statement_list", args=[project.pk])

    before = member_client.get(url)
    ProblemStatementFactory(project=project, domains=(domain,))
    after = member_client.get(url)

    assert f"?domein={domain.value}" in before.content.decode()
    assert domain not in [result.domain for result in after.context["unnamed"]]


# --- removing ---------------------------------------------------------------


@pytest.mark.parametrize(
    "hang",
    [
        lambda problem: AgendaItemFactory(
            session__project=problem.project, problem_statement=problem
        ),
        lambda problem: ImprovementActionFactory(
            project=problem.project, problem_statement=problem
        ),
    ],
    ids=["a dialogue", "an action"],
)
def test_a_problem_that_something_hangs_on_stays(coordinator_client, project, hang):
    problem = ProblemStatementFactory(project=project)
    ProblemScoreFactory(problem=problem)
    hang(problem)

    response = coordinator_client.post(
        page("problem_statement_delete", problem), follow=True
    )

    assert "Je kunt het niet meer verwijderen." in response.content.decode()
    assert ProblemScore.objects.filter(problem=problem).exists()


def test_a_loose_problem_goes_with_its_evidence_and_the_others_move_up(
    coordinator_client, project
):
    first, loose, last = (
        ProblemStatementFactory(project=project, rank=rank) for rank in (1, 2, 3)
    )
    for factory in (
        ProblemScoreFactory,
        ProblemBarrierFactory,
        ProblemValidationFactory,
        ProblemPickFactory,
    ):
        factory(problem=loose)

    asked = coordinator_client.get(page("problem_statement_delete", loose))
    response = coordinator_client.post(page("problem_statement_delete", loose))

    assert loose.text in asked.content.decode()
    assert response.status_code == 302
    assert list(project.problem_statements.values_list("pk", "rank")) == [
        (first.pk, 1),
        (last.pk, 2),
    ]


def test_only_the_coordinator_removes_a_problem(member_client, project):
    problem = ProblemStatementFactory(project=project)

    response = member_client.post(page("problem_statement_delete", problem))

    assert response.status_code == 403
    assert ProblemStatement.objects.exists()


def test_removing_keeps_what_was_said(project, heard):
    problem = ProblemStatementFactory(project=project)
    problem.quotes.set(heard.quotes.all())
    said = heard.quotes.count()

    remove_problem(problem=problem)

    assert heard.quotes.count() == said
