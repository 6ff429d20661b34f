from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from kader.vocabulary import AgendaKind, Phase
from projects import services
from projects.agenda import Point
from projects.forms import MeetingForm
from projects.models import Meeting
from projects.services import Decided, MeetingChangedError
from projects.services.meetings import MAX_ITEMS
from tests.factories import (
    MeetingDecisionFactory,
    MeetingFactory,
    MeetingItemFactory,
    OpportunityFactory,
    SteeringGroupMemberFactory,
)
from tests.helpers import filled_in, form_on, page_of, post_everything

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def url(name, meeting, *ids):
    return reverse(f"projects:{name}", args=[meeting.project_id, meeting.pk, *ids])


def main(response):
    return " ".join(page_of(response).xpath("string(//main)").split())


def errors(response):
    found = page_of(response).xpath("//*[contains(@class, 'error-text')]")
    return [" ".join(error.text_content().split()) for error in found]


def typed_on(response):
    """Return what stands in the fields; a browser drops the first newline of a text."""
    shown = filled_in(form_on(response))
    return {name: [value.strip() for value in shown[name]] for name in shown}


@pytest.fixture
def seat(project):
    return SteeringGroupMemberFactory(project=project, name="Els")


@pytest.fixture
def meeting(project):
    """Return a meeting of three weeks ago, about which nothing was written down."""
    return MeetingFactory(project=project)


def record(meeting, **changed):
    given = {
        "revision": meeting.revision,
        "minutes": "We keken vooruit.",
        "present": [],
        "decisions": [],
    }
    return services.record_meeting(meeting=meeting, **given | changed)


def titles(meeting):
    return list(meeting.items.values_list("title", flat=True))


# --- which meetings ---------------------------------------------------------


def test_today_is_still_to_come_and_yesterday_is_past(project):
    yesterday, today, later = (
        MeetingFactory(project=project, held_on=TODAY + timedelta(days=days))
        for days in (-1, 0, 5)
    )

    assert list(project.meetings.upcoming(TODAY)) == [today, later]
    assert list(project.meetings.past(TODAY)) == [yesterday]


def test_without_decisions_is_past_and_silent(project):
    silent = MeetingFactory(project=project, minutes="Wel een verslag.")
    MeetingFactory(project=project, held_on=TODAY)
    MeetingDecisionFactory(meeting=MeetingFactory(project=project))

    assert list(project.meetings.without_decisions(TODAY)) == [silent]


# --- planning one -----------------------------------------------------------


def meeting_form(project, **changed):
    data = {"title": "Stuurgroep", "held_on": str(TODAY + timedelta(days=7))}
    return MeetingForm(data | changed, instance=Meeting(project=project))


def test_a_day_is_enough(project):
    form = meeting_form(project)

    assert form.is_valid(), form.errors
    assert services.save_meeting(meeting=form.instance).revision == 0


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        (
            {"starts_at": "14:00", "ends_at": "12:00"},
            "ends_at",
            "Het einde ligt voor het begin. Kijk de uren na.",
        ),
        (
            {"starts_at": "14:00", "ends_at": "14:00"},
            "ends_at",
            "Het einde ligt voor het begin. Kijk de uren na.",
        ),
        (
            {"ends_at": "12:00"},
            "starts_at",
            "Vul ook in wanneer de vergadering begint.",
        ),
        ({"starts_at": "25 uur"}, "starts_at", "Vul een uur in, bijvoorbeeld 14:00."),
    ],
)
def test_hours_that_cannot_be_are_refused(project, changed, field, sentence):
    assert meeting_form(project, **changed).errors == {field: [sentence]}


@pytest.mark.parametrize("typed", ["10:00", "10.00", "10:00:00"])
def test_an_hour_is_read_as_people_write_it(project, typed):
    form = meeting_form(project, starts_at=typed, ends_at="12.30")

    assert form.is_valid(), form.errors
    assert (form.instance.starts_at, form.instance.ends_at) == (time(10), time(12, 30))


@pytest.mark.parametrize("typed", ["1900-01-01", "9999-12-31", "0026-12-07"])
def test_a_day_that_can_only_be_a_slip_is_refused(project, typed):
    (sentence,) = meeting_form(project, held_on=typed).errors["held_on"]

    assert sentence.startswith("Kies een dag tussen ")


def test_the_bounds_themselves_are_possible(project):
    first = project.started_on - timedelta(days=366)

    assert meeting_form(project, held_on=str(first)).is_valid()
    assert not meeting_form(project, held_on=str(first - timedelta(days=1))).is_valid()


def test_a_second_meeting_on_one_day_is_planned_with_a_warning(
    coordinator_client, project
):
    there = MeetingFactory(project=project, planned=True, title="Werkgroep")

    answer = coordinator_client.post(
        reverse("projects:meeting_create", args=[project.pk]),
        {"title": "Stuurgroep", "held_on": str(there.held_on)},
        follow=True,
    )

    assert project.meetings.on_day(there.held_on).count() == 2
    assert "is er nog een vergadering: ‘Werkgroep’." in main(answer)


def test_the_first_meeting_of_a_day_gives_no_warning(coordinator_client, project):
    answer = coordinator_client.post(
        reverse("projects:meeting_create", args=[project.pk]),
        {"title": "Stuurgroep", "held_on": str(TODAY)},
        follow=True,
    )

    assert "is gepland." in main(answer)
    assert "nog een vergadering" not in main(answer)


def test_a_change_counts_as_a_revision_and_keeps_the_minutes(
    coordinator_client, meeting
):
    record(meeting, minutes="Blijft staan.")

    post_everything(coordinator_client, url("meeting_edit", meeting), place="Elders")

    meeting.refresh_from_db()
    assert (meeting.place, meeting.minutes) == ("Elders", "Blijft staan.")
    assert meeting.revision == 2


def test_a_meeting_that_is_gone_is_not_changed(meeting):
    Meeting.objects.all().delete()

    with pytest.raises(ValidationError, match="schrapte deze vergadering intussen"):
        services.save_meeting(meeting=meeting)


# --- deleting ---------------------------------------------------------------


def test_a_meeting_of_which_nothing_was_written_is_deleted(coordinator_client, meeting):
    MeetingItemFactory(meeting=meeting)

    question = main(coordinator_client.get(url("meeting_delete", meeting)))
    answer = coordinator_client.post(url("meeting_delete", meeting), follow=True)

    assert "schrappen?" in question
    assert "is geschrapt." in main(answer)
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("what", ["decision", "minutes"])
def test_a_meeting_with_something_written_down_stays(coordinator_client, meeting, what):
    if what == "decision":
        MeetingDecisionFactory(meeting=meeting)
    else:
        record(meeting)

    answer = coordinator_client.post(url("meeting_delete", meeting), follow=True)

    assert "Je kunt ze niet meer schrappen." in main(answer)
    assert Meeting.objects.get() == meeting


# --- the agenda -------------------------------------------------------------


def test_an_empty_agenda_offers_four_ticked_points_with_the_reason(
    coordinator_client, project
):
    project.phase = Phase.ANALYSIS
    project.save()
    OpportunityFactory(project=project, text="het onthaal wordt verbouwd")
    meeting = MeetingFactory(project=project, planned=True)

    page = coordinator_client.get(url("meeting_agenda", meeting))

    assert len(page_of(page).xpath("//input[@name='parts' and @checked]")) == 4
    assert "We zetten vier punten klaar" in main(page)
    assert "Een kans: het onthaal wordt verbouwd" in main(page)
    assert not meeting.items.exists()


def test_the_proposal_is_accepted_with_one_click(coordinator_client, project):
    meeting = MeetingFactory(project=project, planned=True)

    answer = post_everything(coordinator_client, url("meeting_agenda", meeting))

    assert answer.url == url("meeting_agenda", meeting)
    assert meeting.items.count() == 4
    assert [item.position for item in meeting.items.all()] == [1, 2, 3, 4]


def test_what_was_promised_goes_along_with_the_point(coordinator_client, project, seat):
    coming = MeetingFactory(project=project, planned=True)
    MeetingDecisionFactory(
        meeting=MeetingFactory(project=project),
        text="De school vragen.",
        owner=seat,
        due_on=TODAY,
    )

    coordinator_client.post(url("meeting_agenda", coming), {"parts": ["beslissingen"]})

    item = coming.items.get()
    assert (item.title, item.note) == (
        "Wat kwam er van onze beslissingen?",
        "De school vragen. (Els)",
    )


def test_what_stays_is_chosen_and_own_points_come_after(coordinator_client, project):
    meeting = MeetingFactory(project=project, planned=True)

    coordinator_client.post(
        url("meeting_agenda", meeting),
        {"parts": ["gaps"], "own_1": "De verhuis", "own_3": "Rondvraag"},
    )

    assert list(meeting.items.values_list("kind", "title")) == [
        (AgendaKind.GAPS, "Tussenstand: wat hoorden we al?"),
        (AgendaKind.OWN, "De verhuis"),
        (AgendaKind.OWN, "Rondvraag"),
    ]


def test_a_part_that_is_there_is_not_offered_again(coordinator_client, meeting):
    MeetingItemFactory(meeting=meeting, kind=AgendaKind.MATRIX)

    page = page_of(coordinator_client.get(url("meeting_agenda", meeting)))

    offered = set(page.xpath("//input[@name='parts']/@value"))
    assert offered == {kind.value for kind in AgendaKind} - {"own", "matrix"}


def test_a_point_that_two_people_add_stands_there_once(meeting):
    points = [
        Point("", AgendaKind.MATRIX, "De matrix"),
        Point("", AgendaKind.OWN, "De verhuis"),
    ]
    services.put_on_agenda(meeting=meeting, points=points)

    again = services.put_on_agenda(
        meeting=meeting,
        points=[
            Point("", AgendaKind.MATRIX, "Anders gezegd"),
            *points,
            Point("", AgendaKind.OWN, "Rondvraag"),
        ],
    )

    assert [item.title for item in again] == ["Rondvraag"]
    assert titles(meeting) == ["De matrix", "De verhuis", "Rondvraag"]


def test_whoever_adds_what_is_there_is_told(coordinator_client, meeting):
    MeetingItemFactory(meeting=meeting, title="De verhuis")

    answer = coordinator_client.post(
        url("meeting_agenda", meeting), {"own_1": "De verhuis"}, follow=True
    )

    assert "Dat stond al op de agenda." in main(answer)
    assert meeting.items.count() == 1


def test_nothing_ticked_and_nothing_typed_is_asked_again(coordinator_client, meeting):
    answer = coordinator_client.post(url("meeting_agenda", meeting), {})

    assert "Kruis minstens één punt aan, of typ er zelf een." in main(answer)
    assert not meeting.items.exists()


def test_an_agenda_has_an_end(meeting):
    points = [Point("eigen", AgendaKind.OWN, f"Punt {n}") for n in range(MAX_ITEMS)]
    services.put_on_agenda(meeting=meeting, points=points)

    with pytest.raises(ValidationError, match="Haal eerst iets weg"):
        services.put_on_agenda(
            meeting=meeting, points=[Point("eigen", AgendaKind.OWN, "Nog een punt")]
        )

    assert meeting.items.count() == MAX_ITEMS


@pytest.mark.parametrize(
    ("which", "direction", "order"),
    [
        (0, "later", ["B", "A", "C"]),
        (2, "earlier", ["A", "C", "B"]),
        (0, "earlier", ["A", "B", "C"]),
        (2, "later", ["A", "B", "C"]),
        (1, "nergens", ["A", "B", "C"]),
    ],
)
def test_a_point_moves_one_place_and_never_off_the_agenda(
    coordinator_client, meeting, which, direction, order
):
    # Equal positions, as two people who add at once might leave them.
    items = [
        MeetingItemFactory(meeting=meeting, title=title, position=1) for title in "ABC"
    ]

    answer = coordinator_client.post(
        url("meeting_item_move", meeting, items[which].pk), {"direction": direction}
    )

    assert answer.url.endswith(f"#punt-{items[which].pk}")
    assert titles(meeting) == order


def test_the_buttons_that_move_work_without_a_script(coordinator_client, meeting):
    first, last = (MeetingItemFactory(meeting=meeting) for _ in range(2))

    page = page_of(coordinator_client.get(url("meeting_agenda", meeting)))

    buttons = page.xpath("//button[@name='direction']")
    assert [(b.get("formaction"), b.get("value")) for b in buttons] == [
        (url("meeting_item_move", meeting, first.pk), "later"),
        (url("meeting_item_move", meeting, last.pk), "earlier"),
    ]
    (form,) = page.xpath("//form[@id=//button[@name='direction']/@form]")
    assert form.get("method") == "post"
    assert form.xpath(".//input[@name='csrfmiddlewaretoken']")


def test_a_point_that_is_gone_does_not_move(meeting):
    item = MeetingItemFactory(meeting=meeting)
    MeetingItemFactory(meeting=meeting)
    meeting.items.filter(pk=item.pk).delete()

    with pytest.raises(ValidationError, match="intussen van de agenda"):
        services.move_item(item=item, earlier=False)


def test_a_point_gets_other_words(coordinator_client, meeting):
    item = MeetingItemFactory(meeting=meeting)

    post_everything(
        coordinator_client,
        url("meeting_item_edit", meeting, item.pk),
        title="Wie missen we?",
        note="Joke brengt een voorstel mee.",
    )

    item.refresh_from_db()
    assert (item.title, item.note) == (
        "Wie missen we?",
        "Joke brengt een voorstel mee.",
    )


def test_a_point_that_goes_leaves_its_decision_in_the_minutes(
    coordinator_client, meeting
):
    item = MeetingItemFactory(meeting=meeting)
    decision = MeetingDecisionFactory(meeting=meeting, item=item)

    question = main(
        coordinator_client.get(url("meeting_item_delete", meeting, item.pk))
    )
    coordinator_client.post(url("meeting_item_delete", meeting, item.pk))

    decision.refresh_from_db()
    assert "Bij dit punt staat 1 beslissing." in question
    assert decision.item is None
    assert not meeting.items.exists()


# --- the minutes ------------------------------------------------------------


def test_everything_of_an_evening_is_written_down_at_once(
    coordinator_client, meeting, seat
):
    item = MeetingItemFactory(meeting=meeting)
    due, again = meeting.held_on + timedelta(days=9), TODAY + timedelta(days=30)

    answer = coordinator_client.post(
        url("meeting_record", meeting),
        {
            "revision": "0",
            "present": [seat.pk],
            "minutes": "Kort en goed.",
            "new-0-text": "We vragen de school.",
            "new-0-item": item.pk,
            "new-0-owner": seat.pk,
            "new-0-due_on": str(due),
            "new-2-text": "We stoppen om vier uur.",
            "next_on": str(again),
        },
        follow=True,
    )

    meeting.refresh_from_db()
    first, second = meeting.decisions.all()
    assert answer.redirect_chain == [(meeting.get_absolute_url(), 302)]
    assert (meeting.minutes, meeting.revision) == ("Kort en goed.", 1)
    assert list(meeting.present.all()) == [seat]
    assert (first.text, first.item, first.owner, first.due_on) == (
        "We vragen de school.",
        item,
        seat,
        due,
    )
    assert (second.text, second.owner) == ("We stoppen om vier uur.", None)
    coming = meeting.project.meetings.get(held_on=again)
    assert (coming.title, coming.place) == (meeting.title, meeting.place)
    assert "staat klaar." in main(answer)


def test_three_empty_rows_are_there_and_three_more_after_saving(
    coordinator_client, meeting
):
    def empty_rows():
        page = page_of(coordinator_client.get(url("meeting_record", meeting)))
        return len(page.xpath("//textarea[starts-with(@name, 'new-')]"))

    before = empty_rows()
    answer = post_everything(
        coordinator_client,
        url("meeting_record", meeting),
        **{"new-0-text": "Een.", "new-1-text": "Twee.", "new-2-text": "Drie."},
        stay="1",
    )

    assert answer.url == url("meeting_record", meeting)
    assert meeting.decisions.count() == 3
    assert (before, empty_rows()) == (3, 3)


def test_a_decision_is_changed_and_an_emptied_one_goes(coordinator_client, meeting):
    kept, emptied = (MeetingDecisionFactory(meeting=meeting) for _ in range(2))

    answer = post_everything(
        coordinator_client,
        url("meeting_record", meeting),
        **{f"decision-{kept.pk}-text": "Beter.", f"decision-{emptied.pk}-text": " "},
    )

    assert list(meeting.decisions.values_list("pk", "text")) == [(kept.pk, "Beter.")]
    assert "1 beslissing is geschrapt." in main(coordinator_client.get(answer.url))


def test_an_error_keeps_every_word_and_stores_nothing(
    coordinator_client, meeting, seat
):
    typed = {
        "present": [str(seat.pk)],
        "minutes": "Een lang verhaal.",
        "new-0-text": "We doen dit.",
        "new-0-due_on": "morgen",
        "new-4-text": "En dat.",
        "next_on": "31/02/2026",
    }

    answer = coordinator_client.post(
        url("meeting_record", meeting), {"revision": "0"} | typed
    )

    shown = typed_on(answer)
    assert {key: shown[key][0] for key in typed} == typed | {"present": str(seat.pk)}
    assert errors(answer) == ["Kies een dag, bijvoorbeeld 3/12/2026."] * 2
    summary = page_of(answer).xpath("//*[@class='error-summary']//a")
    assert [(link.get("href"), link.text) for link in summary] == [
        (
            "#id_next_on",
            "Wanneer is de volgende vergadering? Kies een dag, bijvoorbeeld 3/12/2026.",
        ),
        (
            "#id_new-0-due_on",
            "Tegen wanneer? Kies een dag, bijvoorbeeld 3/12/2026.",
        ),
    ]
    assert not meeting.decisions.exists()
    assert Meeting.objects.get(pk=meeting.pk).minutes == ""


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"new-0-due_on": str(TODAY)}, "Schrijf ook wat jullie beslisten."),
        (
            {"new-0-text": "Ja.", "new-0-due_on": "2000-01-01"},
            "Kies een dag na de vergadering van ",
        ),
        (
            {"new-0-text": "Ja.", "new-0-due_on": "9999-12-31"},
            "Kies een dag tussen ",
        ),
        ({"next_on": "2000-01-01"}, "Kies een dag na deze vergadering van "),
        ({"next_on": "9999-12-31"}, "Kies een dag tussen "),
        (
            {"new-0-text": "x" * 1001},
            "Zorg dat deze waarde niet meer dan 1000 tekens bevat",
        ),
        (
            {"new-0-text": "a\x00b"},
            "Null-tekens",
        ),
    ],
)
def test_what_cannot_be_is_told_at_its_row(
    coordinator_client, meeting, typed, sentence
):
    answer = coordinator_client.post(
        url("meeting_record", meeting), {"revision": "0"} | typed
    )

    (told,) = errors(answer)
    assert told.startswith(sentence)
    assert not meeting.decisions.exists()


def test_the_day_of_the_meeting_itself_is_no_next_meeting(coordinator_client, meeting):
    answer = coordinator_client.post(
        url("meeting_record", meeting),
        {"revision": "0", "next_on": str(meeting.held_on)},
    )

    assert errors(answer)[0].startswith("Kies een dag na deze vergadering")
    with pytest.raises(ValidationError, match="komt na deze"):
        record(meeting, next_on=meeting.held_on)


def test_a_next_meeting_that_is_there_is_not_made_twice(coordinator_client, meeting):
    there = MeetingFactory(project=meeting.project, planned=True)

    answer = coordinator_client.post(
        url("meeting_record", meeting),
        {"revision": "0", "next_on": str(there.held_on)},
        follow=True,
    )

    assert meeting.project.meetings.count() == 2
    assert "stond er al." in main(answer)


def test_who_left_before_the_meeting_was_not_there(coordinator_client, meeting):
    gone = SteeringGroupMemberFactory(
        project=meeting.project, since=date(2020, 1, 1), until=meeting.held_on
    )
    later = SteeringGroupMemberFactory(
        project=meeting.project, since=meeting.held_on + timedelta(days=1)
    )
    stayed = SteeringGroupMemberFactory(
        project=meeting.project, until=meeting.held_on + timedelta(days=1)
    )

    page = page_of(coordinator_client.get(url("meeting_record", meeting)))
    refused = [
        coordinator_client.post(
            url("meeting_record", meeting), {"revision": "0", "present": [who.pk]}
        )
        for who in (gone, later)
    ]

    assert page.xpath("//input[@name='present']/@value") == [str(stayed.pk)]
    assert [errors(answer) for answer in refused] == [
        ["Kies alleen uit de mogelijkheden hieronder."]
    ] * 2
    assert not meeting.present.exists()


def test_who_is_named_in_the_minutes_stays_in_the_list_after_leaving(
    coordinator_client, meeting, seat
):
    record(meeting, present=[seat])
    seat.until = meeting.held_on
    seat.save()

    answer = post_everything(coordinator_client, url("meeting_record", meeting))

    assert answer.status_code == 302
    assert list(meeting.present.all()) == [seat]


def test_a_pseudonym_stands_in_the_list_as_such(coordinator_client, meeting):
    SteeringGroupMemberFactory(
        project=meeting.project, name="Marleen", is_pseudonym=True
    )

    assert "“Marleen” (schuilnaam)" in main(
        coordinator_client.get(url("meeting_record", meeting))
    )


@pytest.mark.parametrize("field", ["owner", "item"])
def test_a_row_of_another_project_is_refused(coordinator_client, meeting, field):
    foreign = SteeringGroupMemberFactory() if field == "owner" else MeetingItemFactory()

    answer = coordinator_client.post(
        url("meeting_record", meeting),
        {"revision": "0", "new-0-text": "Ja.", f"new-0-{field}": foreign.pk},
    )

    assert errors(answer) == ["Kies een van de mogelijkheden."]
    assert not meeting.decisions.exists()


def test_a_point_of_another_meeting_is_refused(coordinator_client, meeting):
    other = MeetingItemFactory(meeting__project=meeting.project)

    answer = coordinator_client.post(
        url("meeting_record", meeting),
        {"revision": "0", "new-0-text": "Ja.", "new-0-item": other.pk},
    )

    assert errors(answer) == ["Kies een van de mogelijkheden."]


# --- two people at once -----------------------------------------------------


def test_the_second_of_two_writers_overwrites_nothing(
    coordinator_client, meeting, seat
):
    record(
        meeting,
        minutes="Wat Nele schreef.",
        decisions=[Decided(key=None, text="Nele belt.", owner=seat)],
    )

    answer = coordinator_client.post(
        url("meeting_record", meeting),
        {
            "revision": "0",
            "minutes": "Wat Els schreef.",
            "new-0-text": "Els schrijft een brief.",
        },
    )

    stored = Meeting.objects.get()
    assert answer.status_code == 409
    assert (stored.minutes, stored.revision) == ("Wat Nele schreef.", 1)
    assert [d.text for d in stored.decisions.all()] == ["Nele belt."]
    assert "Er is niets overschreven." in main(answer)
    assert "Dit staat er nu Verslag Wat Nele schreef." in main(answer)
    shown = typed_on(answer)
    assert shown["minutes"] == ["Wat Els schreef."]
    assert shown["new-0-text"] == ["Els schrijft een brief."]


def test_after_reading_both_the_second_writer_saves_both(coordinator_client, meeting):
    record(
        meeting, minutes="Van Nele.", decisions=[Decided(key=None, text="Nele belt.")]
    )
    page = url("meeting_record", meeting)
    conflict = coordinator_client.post(
        page, {"revision": "0", "minutes": "Van Els.", "new-0-text": "Els schrijft."}
    )

    posted = filled_in(form_on(conflict)) | {"minutes": ["Van Nele. Van Els."]}
    answer = coordinator_client.post(page, posted)

    stored = Meeting.objects.get()
    assert answer.status_code == 302
    assert stored.minutes == "Van Nele. Van Els."
    assert {d.text for d in stored.decisions.all()} == {"Nele belt.", "Els schrijft."}


def test_a_decision_that_somebody_removed_comes_back_as_a_new_row(
    coordinator_client, meeting
):
    decision = MeetingDecisionFactory(meeting=meeting, text="We bellen.")
    record(meeting, decisions=[Decided(key=decision.pk, text="")])

    answer = coordinator_client.post(
        url("meeting_record", meeting),
        {
            "revision": "0",
            f"decision-{decision.pk}-text": "We bellen op maandag.",
            "new-0-text": "Iets nieuws.",
        },
    )

    shown = typed_on(answer)
    assert answer.status_code == 409
    assert shown["new-0-text"] == ["Iets nieuws."]
    assert shown["new-1-text"] == ["We bellen op maandag."]


def test_a_decision_that_both_changed_shows_the_other_words_beside_mine(
    coordinator_client, meeting
):
    changed, same = (
        MeetingDecisionFactory(meeting=meeting, text=text)
        for text in ("We bellen.", "We schrijven.")
    )
    record(meeting, decisions=[Decided(key=changed.pk, text="We bellen op maandag.")])

    answer = coordinator_client.post(
        url("meeting_record", meeting),
        {
            "revision": "0",
            f"decision-{changed.pk}-text": "We bellen.",
            f"decision-{same.pk}-text": "We schrijven.",
        },
    )

    told = main(answer)
    assert "Bij deze beslissing staat nu: “We bellen op maandag.”" in told
    assert told.count("Bij deze beslissing staat nu") == 1
    assert typed_on(answer)[f"decision-{changed.pk}-text"] == ["We bellen."]


def test_words_for_a_meeting_that_was_deleted_are_given_back(
    coordinator_client, meeting
):
    page = url("meeting_record", meeting)
    services.delete_meeting(meeting=Meeting.objects.get())

    answer = coordinator_client.post(
        page,
        {"revision": "0", "minutes": "Een heel verhaal.", "new-0-text": "We bellen."},
    )

    assert answer.status_code == 404
    assert "Een heel verhaal." in main(answer)
    assert "We bellen." in main(answer)
    assert coordinator_client.get(page).status_code == 404


def test_the_claim_is_lost_when_the_meeting_is_gone(meeting):
    Meeting.objects.all().delete()

    with pytest.raises(MeetingChangedError):
        record(meeting)


@pytest.mark.parametrize("posted", ["", "-1", "NaN", "9" * 40, "٠", None])
def test_a_revision_that_is_none_is_a_conflict(coordinator_client, meeting, posted):
    data = {"minutes": "Iets."} | ({} if posted is None else {"revision": posted})

    answer = coordinator_client.post(url("meeting_record", meeting), data)

    assert answer.status_code == 409
    assert Meeting.objects.get().minutes == ""


# --- the pages --------------------------------------------------------------


def test_the_next_meeting_stands_first_and_silence_is_marked(member_client, project):
    MeetingFactory(project=project, held_on=date(2026, 1, 12))
    MeetingDecisionFactory(
        meeting=MeetingFactory(project=project, held_on=date(2026, 2, 9))
    )
    soon = MeetingItemFactory(meeting__project=project, meeting__planned=True).meeting

    page = main(member_client.get(reverse("projects:meeting_list", args=[project.pk])))

    assert soon.when.split(",")[0].capitalize() in page
    assert "1 punt op de agenda." in page
    assert page.index("De volgende keer") < page.index("Maandag 9 februari 2026")
    assert "Maandag 9 februari 2026 Stuurgroep" in page
    assert page.count("nog geen beslissingen") == 1
    assert "Schrijf wat jullie beslisten" not in page


def test_without_a_meeting_the_list_says_what_comes(
    coordinator_client, member_client, project
):
    page = reverse("projects:meeting_list", args=[project.pk])

    assert "Plan een vergadering" in main(coordinator_client.get(page))
    assert "Zodra de coördinator een vergadering plant" in main(member_client.get(page))


def test_the_calendar_file_has_a_name_that_nobody_typed(member_client, project):
    meeting = MeetingFactory(
        project=project,
        title='Over "Fatima"\r\nX: y',
        held_on=date(2026, 12, 7),
        starts_at=time(10),
    )

    answer = member_client.get(url("meeting_calendar", meeting))

    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="vergadering-2026-12-07.ics"'
    )
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["UID"] == f"vergadering-{meeting.pk}@testserver"
    assert event["SEQUENCE"] == meeting.revision


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "when"),
    [
        (None, None, "maandag 7 december 2026"),
        (time(10), None, "maandag 7 december 2026, 10.00 uur"),
        (time(10), time(12, 30), "maandag 7 december 2026, van 10.00 tot 12.30 uur"),
    ],
)
def test_when_is_said_in_full(starts_at, ends_at, when):
    meeting = Meeting(held_on=date(2026, 12, 7), starts_at=starts_at, ends_at=ends_at)

    assert meeting.when == when
