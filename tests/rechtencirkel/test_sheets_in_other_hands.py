"""What changes around a sheet: its domains, who types it, its name, who reads what happened."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kader.vocabulary import (
    ConversationEventKind,
    ConversationKind,
    RespondentCategory,
    ServiceDomain,
    Side,
)
from projects.models import Role
from rechtencirkel.models import Conversation
from rechtencirkel.services import (
    accept,
    hand_over_sheet,
    lost_without,
    return_with_question,
    save_details,
)
from tests.factories import (
    ConversationFactory,
    MembershipFactory,
    ProblemStatementFactory,
    RedactorFactory,
    TargetGroupFactory,
    hand_in,
)

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
ACCESS, PREVENTION = ServiceDomain.ACCESS, ServiceDomain.PREVENTION


def url(name, talk):
    return reverse(f"rechtencirkel:{name}", args=[talk.project_id, talk.pk])


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def draft(project, grassroots):
    """Give a sheet about access and prevention with something on both pages."""
    return ConversationFactory(
        project=project,
        entered_by=grassroots,
        target_group=TargetGroupFactory(project=project),
        filled=True,
    )


def details(talk, **changed):
    return {
        "title": talk.title,
        "kind": ConversationKind.GROUP,
        "target_group": talk.target_group_id,
        "category": RespondentCategory.FOUND_THE_WAY,
        "held_on": talk.held_on.isoformat(),
        "place": talk.place,
        "guide": talk.guide,
        "people": talk.people,
        "language": "Nederlands",
        "domains": [ACCESS, PREVENTION],
        "has_consent": "on",
    } | changed


def pages_with_words(talk):
    """Return the domains about which something stands on the sheet."""
    found = set()
    for rows, path in (
        (talk.quotes, "domain"),
        (talk.barriers, "domain"),
        (talk.points_tallies, "domain"),
        (talk.open_answers, "question__domain"),
        (talk.option_tallies, "question__domain"),
    ):
        found |= set(rows.values_list(path, flat=True))
    return found


# --- a domain goes ----------------------------------------------------------


def test_what_goes_with_a_domain_is_counted(draft):
    (loss,) = lost_without(conversation=draft, domains=[PREVENTION])

    assert loss.domain == ACCESS
    assert "1 uitspraak, 1 drempel" in loss.sentence
    assert "de getelde antwoorden en punten" in loss.sentence


def test_a_sheet_that_keeps_its_domains_loses_nothing(draft):
    assert lost_without(conversation=draft, domains=draft.domains) == ()


def test_dropping_a_domain_asks_first_and_says_what_is_lost(draft, grassroots_client):
    page = grassroots_client.post(
        url("conversation_edit", draft), details(draft, domains=[PREVENTION])
    )

    body = page.content.decode()
    draft.refresh_from_db()
    assert page.status_code == 200
    assert "Toegang: 1 uitspraak, 1 drempel" in body
    assert "Vink aan wat we mogen wissen" in body
    assert pages_with_words(draft) == {ACCESS, PREVENTION}
    assert set(draft.domains) == {ACCESS, PREVENTION}


def test_dropping_a_domain_wipes_its_words_after_a_tick(draft, grassroots_client):
    grassroots_client.post(
        url("conversation_edit", draft),
        details(draft, domains=[PREVENTION], wiped=[ACCESS]),
    )

    draft.refresh_from_db()
    assert draft.domains == (PREVENTION,)
    assert pages_with_words(draft) == {PREVENTION}


def test_a_tick_for_one_domain_wipes_no_other(draft, grassroots_client):
    page = grassroots_client.post(
        url("conversation_edit", draft),
        details(draft, domains=[ServiceDomain.RECEPTION], wiped=[ACCESS]),
    )

    assert page.status_code == 200
    assert pages_with_words(draft) == {ACCESS, PREVENTION}


def test_dropping_a_domain_without_words_asks_nothing(
    draft, grassroots_client, project
):
    Conversation.objects.filter(pk=draft.pk).update(
        domains=(ACCESS, PREVENTION, ServiceDomain.RECEPTION)
    )

    grassroots_client.post(url("conversation_edit", draft), details(draft))

    draft.refresh_from_db()
    assert draft.domains == (PREVENTION, ACCESS)


def test_a_sheet_that_was_handed_in_meanwhile_keeps_its_words(draft):
    stale = Conversation.objects.get(pk=draft.pk)
    hand_in(draft)

    stale.domains = (PREVENTION,)
    with pytest.raises(ValidationError, match="ligt vast"):
        save_details(conversation=stale, changed=["domains"])

    assert pages_with_words(draft) == {ACCESS, PREVENTION}


# --- somebody else types it -------------------------------------------------


def colleague(project, role=Role.GRASSROOTS):
    return MembershipFactory(project=project, role=role)


def hand_over(talk, to, by):
    return hand_over_sheet(conversation=talk, membership=to, on=TODAY(), by=by)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.SUPPORTER])
def test_a_sheet_goes_only_to_who_may_enter(draft, project, coordinator, role):
    with pytest.raises(ValidationError, match="mag invoeren"):
        hand_over(draft, colleague(project, role), coordinator)


def test_a_sheet_does_not_go_to_another_project(draft, coordinator):
    with pytest.raises(ValidationError, match="mag invoeren"):
        hand_over(draft, MembershipFactory(role=Role.GRASSROOTS), coordinator)


def test_a_sheet_that_is_handed_in_stays_with_who_entered_it(
    draft, project, coordinator
):
    hand_in(draft)

    with pytest.raises(ValidationError, match="Heropen het eerst"):
        hand_over(draft, colleague(project), coordinator)


@pytest.mark.parametrize(("people", "may"), [(4, False), (5, True)])
def test_a_coordinator_takes_over_groups_only(draft, project, coordinator, people, may):
    Conversation.objects.filter(pk=draft.pk).update(people=people)
    own = project.memberships.get(user=coordinator)

    if may:
        assert hand_over(draft, own, coordinator).entered_by == coordinator
    else:
        with pytest.raises(ValidationError, match="mag invoeren"):
            hand_over(draft, own, coordinator)


def test_the_coordinator_hands_an_open_sheet_over_and_it_is_noted(
    draft, project, coordinator_client, grassroots_client, coordinator
):
    Conversation.objects.filter(pk=draft.pk).update(people=4)
    to = colleague(project)

    coordinator_client.post(url("conversation_hand_over", draft), {"membership": to.pk})

    draft.refresh_from_db()
    event = draft.events.get()
    review = url("sheet_review", draft)
    assert draft.entered_by == to.user
    assert (event.kind, event.by) == (ConversationEventKind.HANDED_OVER, coordinator)
    assert grassroots_client.get(review).status_code == 403
    assert signed_in(to.user).get(review).status_code == 200


def test_only_the_coordinator_hands_over(draft, project, grassroots_client):
    page = grassroots_client.get(url("conversation_hand_over", draft))

    assert page.status_code == 403


def test_a_forged_person_is_refused(draft, project, coordinator_client):
    member = colleague(project, Role.MEMBER)

    for forged in (member.pk, "9" * 30, "nele"):
        page = coordinator_client.post(
            url("conversation_hand_over", draft), {"membership": forged}
        )
        assert "Kies een van de mogelijkheden." in page.content.decode()


@pytest.mark.parametrize("was_handed_in", [True, False])
def test_a_sheet_that_only_changed_hands_can_still_be_deleted(
    draft, project, coordinator, was_handed_in
):
    to = colleague(project)
    if was_handed_in:
        Conversation.objects.filter(pk=draft.pk).update(held_on=TODAY())
        draft.refresh_from_db()
        hand_in(draft, on=TODAY())
        return_with_question(
            conversation=draft, question="Klopt dit?", on=TODAY(), by=coordinator
        )
    hand_over(draft, to, coordinator)

    page = signed_in(to.user).post(url("conversation_delete", draft))

    assert page.status_code == (404 if was_handed_in else 302)
    assert Conversation.objects.filter(pk=draft.pk).exists() is was_handed_in


# --- its name and place -----------------------------------------------------


def test_a_name_changes_after_publication(project, grassroots, grassroots_client):
    talk = ConversationFactory(project=project, entered_by=grassroots, read_back=True)
    people = talk.people

    grassroots_client.post(
        url("conversation_rename", talk),
        {"title": "De groep van het plein", "place": "Een zaal", "people": 99},
    )

    talk.refresh_from_db()
    assert (talk.title, talk.place) == ("De groep van het plein", "Een zaal")
    assert talk.people == people
    assert talk.state == "read_back"


def test_a_name_of_somebody_is_asked_about_once(project, coordinator_client):
    talk = ConversationFactory(project=project, read_back=True, people=4)
    given = {"title": "Bij Fatima Benali thuis", "place": "Kerkstraat 12"}

    asked = coordinator_client.post(url("conversation_rename", talk), given)
    seen = asked.context["form"].data.getlist("privacy_seen")
    coordinator_client.post(
        url("conversation_rename", talk), given | {"privacy_seen": seen}
    )

    assert asked.status_code == 200
    assert "Mag het toch blijven staan?" in asked.content.decode()
    talk.refresh_from_db()
    assert talk.title == "Bij Fatima Benali thuis"


def test_somebody_elses_talk_keeps_its_name(project, grassroots_client):
    talk = ConversationFactory(project=project, read_back=True)

    page = grassroots_client.get(url("conversation_rename", talk))

    assert page.status_code == 403
    assert (
        url("conversation_rename", talk)
        not in grassroots_client.get(talk.get_absolute_url()).content.decode()
    )


# --- what happened to it ----------------------------------------------------


@pytest.mark.parametrize(("people", "reads"), [(4, False), (5, True)])
def test_who_reads_the_sheet_reads_what_happened_to_it(
    project, grassroots, coordinator, coordinator_client, grassroots_client,
    member_client, people, reads,
):  # fmt: skip
    talk = ConversationFactory(
        project=project, entered_by=grassroots, people=people, handed_in=True
    )
    accept(conversation=talk, on=TODAY(), by=coordinator)

    def is_told(client):
        body = client.get(talk.get_absolute_url()).content.decode()
        return "Wat er met dit verslag gebeurde" in body

    assert is_told(grassroots_client)
    assert is_told(coordinator_client) is reads
    assert not is_told(member_client)


def test_the_page_to_send_back_names_who_entered_the_sheet(
    project, grassroots, coordinator_client
):
    talk = ConversationFactory(
        project=project,
        entered_by=grassroots,
        guide="Iemand anders",
        held_on=TODAY(),
        handed_in=TODAY(),
    )

    body = coordinator_client.get(url("conversation_return", talk)).content.decode()

    assert f"{grassroots.name} kan het blad" in body
    assert "Iemand anders" not in body


# --- names while typing -----------------------------------------------------


def asks_once(client, address, typed, field):
    """Say whether a page asks about a name once and then takes it; return its field."""
    asked = client.post(address, typed)
    form = asked.context["form"]
    again = client.post(
        address, typed | {"privacy_seen": form.data.getlist("privacy_seen")}
    )
    body = asked.content.decode()
    return (
        "Mag het toch blijven staan?" in " ".join(form.errors[field]),
        "data-privacy-check" in body and "privacy-hint.js" in body,
        again.status_code,
    )


NAMED = "Toen zei mevrouw Benali dat haar man ziek is."


def test_the_checklist_asks_about_a_name_once(draft, grassroots_client):
    address = url("conversation_checklist", draft)

    found = asks_once(grassroots_client, address, {"own-0-text": NAMED}, "own-0-text")

    assert found == (True, True, 302)
    assert draft.checklist.get().text == NAMED


def test_the_reaction_to_a_problem_asks_about_a_name_once(project, member_client):
    problem = ProblemStatementFactory(project=project, stated_on=TODAY())
    address = reverse(
        "rechtencirkel:problem_validate",
        args=[project.pk, problem.pk, Side.TARGET_GROUP],
    )
    typed = {
        "recognition": "yes",
        "asked_on": TODAY().isoformat(),
        "people": "9",
        "remark": NAMED,
    }

    found = asks_once(member_client, address, typed, "remark")

    assert found == (True, True, 302)
    assert problem.validations.get().remark == NAMED


@pytest.fixture
def words(project, coordinator):
    RedactorFactory(
        project=project, membership=project.memberships.get(user=coordinator)
    )
    return ConversationFactory(project=project, read_back=True).quotes.first()


def redact(words):
    project_id = words.conversation.project_id
    return reverse(
        "rechtencirkel:redaction_edit", args=[project_id, type(words), words.pk]
    )


def test_what_is_released_is_asked_about_once(words, coordinator_client):
    typed = {"text": NAMED, "decision": "released"}

    found = asks_once(coordinator_client, redact(words), typed, "text")

    assert found == (True, True, 302)


def test_what_is_withheld_may_hold_any_name_but_its_reason_may_not(
    words, coordinator_client
):
    typed = {"text": NAMED, "decision": "withheld"}

    asked = coordinator_client.post(redact(words), typed | {"reason": NAMED})
    done = coordinator_client.post(redact(words), typed | {"reason": "Een naam."})

    assert list(asked.context["form"].errors) == ["reason"]
    assert done.status_code == 302


def test_what_names_nobody_is_not_asked_about(draft, grassroots_client):
    page = grassroots_client.post(
        url("conversation_checklist", draft), {"own-0-text": "koffie en koekjes"}
    )

    assert page.status_code == 302
