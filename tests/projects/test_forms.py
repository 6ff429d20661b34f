from datetime import timedelta

import pytest
from django.utils import timezone

from kader.vocabulary import (
    MatrixDecision,
    OcmwProfile,
    OrganisationType,
    Side,
    SocialRight,
    SteeringGroupRole,
)
from projects.forms import (
    DecisionForm,
    MemberEndForm,
    MemberForm,
    OrganisationForm,
    PlanningForm,
    ProjectCreateForm,
    ProjectForm,
    TargetGroupForm,
)
from projects.models import Organisation, Planning, SteeringGroupMember, TargetGroup
from tests.factories import (
    MembershipFactory,
    MunicipalityFactory,
    OrganisationFactory,
    SteeringGroupMemberFactory,
    TargetGroupFactory,
)

pytestmark = pytest.mark.django_db
NOT_OFFERED = ["Kies een van de mogelijkheden."]


def member_form(project, organisation, **changed):
    data = {
        "organisation": organisation.pk,
        "name": "Griet Pauwels",
        "role": SteeringGroupRole.MEMBER,
        "since": "2026-09-07",
    }
    return MemberForm(data | changed, instance=SteeringGroupMember(project=project))


def organisation_form(project, name):
    data = {"name": name, "type": OrganisationType.SCHOOL, "side": Side.PROVIDERS}
    return OrganisationForm(data, instance=Organisation(project=project))


def planning_form(project, **changed):
    data = {
        "target_participants": "24",
        "target_not_reached": "6",
        "target_providers": "20",
    }
    return PlanningForm(data | changed, instance=Planning(project=project))


def test_a_member_speaks_for_an_organisation_of_the_project(project):
    form = member_form(project, OrganisationFactory(project=project))

    assert form.is_valid(), form.errors
    assert form.save().project == project


def test_an_organisation_of_another_municipality_is_refused(project):
    foreign = OrganisationFactory()

    form = member_form(project, foreign)

    assert form.errors == {"organisation": NOT_OFFERED}


def test_an_account_without_access_to_the_project_is_refused(project):
    organisation = OrganisationFactory(project=project)
    here, elsewhere = MembershipFactory(project=project), MembershipFactory()

    assert member_form(project, organisation, user=here.user_id).is_valid()
    assert member_form(project, organisation, user=elsewhere.user_id).errors == {
        "user": NOT_OFFERED
    }


def test_only_people_of_the_ocmw_speak_from_a_layer_of_it(project):
    ocmw = OrganisationFactory(project=project, type=OrganisationType.OCMW)
    school = OrganisationFactory(project=project, type=OrganisationType.SCHOOL)
    layer = {"ocmw_profile": OcmwProfile.POLICY}

    assert member_form(project, ocmw, **layer).is_valid()
    assert list(member_form(project, school, **layer).errors) == ["ocmw_profile"]


def test_the_same_person_does_not_take_two_seats_for_one_organisation(project):
    seat = SteeringGroupMemberFactory(project=project, name="Griet Pauwels")

    form = member_form(project, seat.organisation)

    assert form.non_field_errors() == ["Deze persoon zit al in de stuurgroep."]


def test_somebody_who_left_may_come_back(project):
    seat = SteeringGroupMemberFactory(project=project, name="Griet Pauwels", ended=True)

    back = member_form(project, seat.organisation, since=seat.until.isoformat())

    assert back.is_valid(), back.errors


@pytest.mark.parametrize("name", ["Griet Pauwels", "  griet   PAUWELS "])
def test_two_periods_of_one_person_do_not_overlap(project, name):
    seat = SteeringGroupMemberFactory(project=project, name="Griet Pauwels", ended=True)
    day_before = seat.until - timedelta(days=1)

    form = member_form(
        project, seat.organisation, name=name, since=day_before.isoformat()
    )

    assert len(form.non_field_errors()) == 1
    assert "Die periodes lopen door elkaar." in form.non_field_errors()[0]


def test_the_same_name_may_sit_for_another_organisation(project):
    SteeringGroupMemberFactory(project=project, name="Griet Pauwels")

    assert member_form(project, OrganisationFactory(project=project)).is_valid()


def test_taking_an_end_back_does_not_run_over_a_later_seat(project):
    seat = SteeringGroupMemberFactory(project=project, name="Jo", ended=True)
    SteeringGroupMemberFactory(
        project=project,
        organisation=seat.organisation,
        name="Jo",
        since=seat.until,
    )
    data = {
        "organisation": seat.organisation_id,
        "name": "Jo",
        "role": seat.role,
        "since": seat.since.isoformat(),
    }

    kept = MemberForm(data | {"until": seat.until.isoformat()}, instance=seat)
    taken_back = MemberForm(data, instance=seat)

    assert kept.is_valid(), kept.errors
    assert taken_back.non_field_errors() == ["Deze persoon zit al in de stuurgroep."]


@pytest.mark.parametrize(
    ("since", "sentence"),
    [
        ("1026-09-07", "Dat is erg lang geleden. Kies een dag vanaf"),
        ("2226-09-07", "Dat is erg ver vooruit. Kies een dag tot en met"),
    ],
)
def test_a_slip_of_the_keyboard_in_a_date_is_refused(project, since, sentence):
    form = member_form(project, OrganisationFactory(project=project), since=since)
    end = MemberEndForm(
        {"until": since}, instance=SteeringGroupMemberFactory(project=project)
    )

    assert form.errors["since"][0].startswith(sentence)
    assert end.errors["until"][0].startswith(sentence)


def test_a_pseudonym_has_no_account_and_no_address(project):
    organisation = OrganisationFactory(project=project)
    account = MembershipFactory(project=project).user_id

    form = member_form(
        project,
        organisation,
        is_pseudonym="on",
        user=account,
        email="marleen@voorbeeld.be",
    )

    assert set(form.errors) == {"user", "email"}
    assert member_form(project, organisation, is_pseudonym="on").is_valid()


def test_a_new_member_has_an_account_or_an_address_but_not_both(project):
    organisation = OrganisationFactory(project=project)
    account = MembershipFactory(project=project).user_id
    address = {"email": "jo@voorbeeld.be"}

    assert member_form(project, organisation, **address).is_valid()
    assert list(member_form(project, organisation, user=account, **address).errors) == [
        "email"
    ]


def test_leaving_can_be_taken_back_and_is_not_asked_before(project):
    assert (
        "until"
        not in MemberForm(instance=SteeringGroupMemberFactory(project=project)).fields
    )
    assert (
        "until"
        in MemberForm(
            instance=SteeringGroupMemberFactory(project=project, ended=True)
        ).fields
    )


def test_nobody_leaves_before_they_came(project):
    seat = SteeringGroupMemberFactory(project=project)
    before = seat.since - timedelta(days=1)

    form = MemberEndForm({"until": before.isoformat()}, instance=seat)

    assert form.non_field_errors() == ["Het einde kan niet voor het begin liggen."]


def test_leaving_needs_a_day(project):
    form = MemberEndForm(
        {"until": ""}, instance=SteeringGroupMemberFactory(project=project)
    )

    assert form.errors == {"until": ["Vul dit nog in."]}


def test_a_second_organisation_with_the_same_name_is_refused_in_dutch(project):
    OrganisationFactory(project=project, name="De Klimboom")

    form = organisation_form(project, "De Klimboom")

    assert form.non_field_errors() == ["Deze organisatie staat er al in."]


def test_two_municipalities_may_know_an_organisation_by_the_same_name(project):
    OrganisationFactory(name="De Klimboom")

    assert organisation_form(project, "De Klimboom").is_valid()


def test_the_side_of_an_organisation_has_no_empty_choice(project):
    form = OrganisationForm(instance=Organisation(project=project))

    assert [value for value, _ in form.fields["side"].choices] == Side.values


def test_a_target_group_keeps_scores_rights_and_bridge(project):
    bridge = OrganisationFactory(project=project)
    form = TargetGroupForm(
        {
            "name": "Alleenstaande ouders",
            "n1": "0",
            "n2": "3",
            "rights": [SocialRight.HOUSING, SocialRight.INCOME],
            "k1": "",
            "bridge": bridge.pk,
        },
        instance=TargetGroup(project=project),
    )

    assert form.is_valid(), form.errors
    saved = TargetGroup.objects.get(pk=form.save().pk)
    assert (saved.n1, saved.n2, saved.n4, saved.k1) == (0, 3, None, None)
    assert saved.rights == (SocialRight.INCOME, SocialRight.HOUSING)
    assert saved.bridge == bridge


def test_a_score_can_be_taken_back(project):
    group = TargetGroupFactory(project=project, scored=True)

    seen = TargetGroupForm(instance=group).initial["seen"]
    form = TargetGroupForm({"name": group.name, "n1": "", "seen": seen}, instance=group)

    assert form.is_valid()
    assert form.save().n1 is None


def both_saved(project, stored, typed):
    """Open the form, let somebody else store scores, then post what was typed."""
    group = TargetGroupFactory(project=project, scored=True)
    posted = {"name": group.name, **typed}
    for name in TargetGroupForm.GUARDED[:-1]:
        posted.setdefault(name, str(getattr(group, name)))
    posted.setdefault("rights", list(group.rights))
    posted["seen"] = TargetGroupForm(instance=group).initial["seen"]
    TargetGroup.objects.filter(pk=group.pk).update(**stored)
    group.refresh_from_db()
    return TargetGroupForm(posted, instance=group)


def test_a_score_that_two_people_changed_is_asked_again_with_both_values(project):
    form = both_saved(project, {"n1": 0}, {"n1": "3"})

    assert form.errors == {
        "n1": [
            "Iemand anders bewaarde intussen 0 (bijna niemand). Kijk na wat je zelf "
            "koos en bewaar opnieuw."
        ]
    }
    assert form["n1"].value() == "3"


def test_after_the_question_the_second_attempt_is_stored(project):
    form = both_saved(project, {"n1": 0}, {"n1": "3"})
    assert not form.is_valid()

    again = TargetGroupForm(
        form.data, instance=TargetGroup.objects.get(pk=form.instance.pk)
    )

    assert again.is_valid()
    assert again.save().n1 == 3


def test_a_score_that_only_somebody_else_changed_is_kept(project):
    form = both_saved(project, {"n1": 0}, {"n2": "1"})

    assert form.is_valid()
    saved = form.save()
    assert (saved.n1, saved.n2) == (0, 1)


def test_two_people_with_the_same_answer_are_not_bothered(project):
    form = both_saved(project, {"n1": 0}, {"n1": "0"})

    assert form.is_valid()
    assert form.save().n1 == 0


def test_a_score_that_somebody_else_took_away_is_asked_again(project):
    form = both_saved(project, {"n1": None}, {"n1": "3"})

    assert "wiste deze score intussen" in form.errors["n1"][0]


def test_ticked_rights_that_two_people_changed_are_asked_again(project):
    form = both_saved(
        project, {"rights": (SocialRight.WORK,)}, {"rights": [SocialRight.HEALTH]}
    )

    assert "1 aangekruiste" in form.errors["rights"][0]


@pytest.mark.parametrize("seen", ["", "x", "9.9.9", "." * 300])
def test_a_form_without_a_readable_memory_overwrites_nothing(project, seen):
    group = TargetGroupFactory(project=project, scored=True)
    typed = {"name": group.name, "n1": "0", "seen": seen}

    form = TargetGroupForm(typed, instance=group)

    assert "n1" in form.errors


def test_a_service_of_another_municipality_is_refused(project):
    form = TargetGroupForm(
        {"name": "Ouders", "services": [OrganisationFactory().pk]},
        instance=TargetGroup(project=project),
    )

    assert list(form.errors) == ["services"]


def test_a_score_of_four_is_refused(project):
    form = TargetGroupForm(
        {"name": "Ouders", "n1": "4"}, instance=TargetGroup(project=project)
    )

    assert form.errors == {"n1": NOT_OFFERED}


def test_a_bridge_of_another_municipality_is_refused(project):
    form = TargetGroupForm(
        {"name": "Ouders", "bridge": OrganisationFactory().pk},
        instance=TargetGroup(project=project),
    )

    assert form.errors == {"bridge": NOT_OFFERED}


def test_a_target_group_that_is_already_there_is_refused_in_dutch(project):
    TargetGroupFactory(project=project, name="Ouders")

    form = TargetGroupForm({"name": "OUDERS"}, instance=TargetGroup(project=project))

    assert form.errors == {"name": ["Deze doelgroep staat al in de matrix."]}


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_decision_without_a_reason_is_refused_at_the_field(project, reason):
    form = DecisionForm(
        {"decision": MatrixDecision.CHOSEN, "reason": reason},
        instance=TargetGroupFactory(project=project),
    )

    assert form.errors == {
        "reason": ["Schrijf in één zin waarom jullie dit beslissen."]
    }


def test_a_reason_without_a_decision_is_refused_at_the_field(project):
    form = DecisionForm(
        {"reason": "Daarom."}, instance=TargetGroupFactory(project=project)
    )

    assert list(form.errors) == ["decision"]


def test_the_unreached_are_part_of_everybody(project):
    assert planning_form(project, target_not_reached="24").is_valid()
    assert list(planning_form(project, target_not_reached="25").errors) == [
        "target_not_reached"
    ]


def test_a_planning_needs_people_on_both_sides(project):
    form = planning_form(
        project, target_participants="0", target_not_reached="0", target_providers="0"
    )

    assert set(form.errors) == {"target_participants", "target_providers"}


def test_a_new_project_is_for_a_municipality_that_still_exists():
    today = timezone.localdate()
    here = MunicipalityFactory()
    gone = MunicipalityFactory(valid_until=today)
    data = {
        "title": "Iedereen mee",
        "started_on": today.isoformat(),
        "coordinator_name": "Els",
        "coordinator_email": "els@voorbeeld.be",
    }

    assert ProjectCreateForm(data | {"municipality": here.pk}).is_valid()
    assert ProjectCreateForm(data | {"municipality": gone.pk}).errors == {
        "municipality": NOT_OFFERED
    }


def test_an_address_longer_than_the_column_is_refused():
    form = ProjectCreateForm({"coordinator_email": f"els@{'a.' * 130}be"})

    assert "coordinator_email" in form.errors


def test_a_project_does_not_close_before_it_started(project):
    before = project.started_on - timedelta(days=1)
    form = ProjectForm(
        {
            "title": project.title,
            "started_on": project.started_on.isoformat(),
            "closed_on": before.isoformat(),
        },
        instance=project,
    )

    assert form.non_field_errors() == ["De afsluiting kan niet voor de start liggen."]
