from kader.vocabulary import (
    EngagementState,
    OcmwProfile,
    OrganisationType,
    SteeringGroupRole,
)
from projects.composition import WORKABLE_SIZE, check_composition, check_network
from projects.models import Engagement, Organisation, SteeringGroupMember


def seat(type_=OrganisationType.CAW, name="An De Clercq", **columns):
    return SteeringGroupMember(
        organisation=Organisation(name="Organisatie", type=type_), name=name, **columns
    )


def policy(name="Griet Pauwels"):
    return seat(OrganisationType.OCMW, name, ocmw_profile=OcmwProfile.POLICY)


def practice(name="Rachid El Amrani"):
    return seat(OrganisationType.OCMW, name, ocmw_profile=OcmwProfile.PRACTICE)


def grassroots(**columns):
    return seat(OrganisationType.GRASSROOTS, "Nele Goossens", **columns)


def finding(members, rule):
    (found,) = [f for f in check_composition(members).findings if f.rule == rule]
    return found


def test_nobody_at_all_misses_both_sides_by_name():
    composition = check_composition([])

    assert not composition.is_complete
    assert (
        composition.findings[0].title
        == "Er is nog niemand van het OCMW en van een basiswerking"
    )


def test_only_the_missing_side_is_named():
    assert finding([policy()], "R1").title == "Er is nog niemand van een basiswerking"
    assert finding([grassroots()], "R1").title == "Er is nog niemand van het OCMW"


def test_both_sides_and_both_layers_make_a_complete_group():
    composition = check_composition([policy(), practice(), grassroots()])

    assert composition.is_complete
    assert composition.missing == ()


def test_street_work_counts_as_a_basiswerking_and_a_school_does_not():
    assert finding([policy(), seat(OrganisationType.STREET_WORK)], "R1").is_met
    assert not finding([policy(), seat(OrganisationType.SCHOOL)], "R1").is_met


def test_a_representative_is_counted_as_target_group_and_not_as_basiswerking():
    representative = grassroots(role=SteeringGroupRole.REPRESENTATIVE)

    assert not finding([policy(), representative], "R1").is_met
    assert (
        finding([policy(), grassroots(), representative], "R1").detail
        == "1 van het OCMW, 1 van basiswerkingen, 1 uit de doelgroep."
    )


def test_a_missing_layer_of_the_ocmw_is_a_warning_and_not_incomplete():
    composition = check_composition([practice(), grassroots()])

    assert composition.is_complete
    assert [f.title for f in composition.missing] == ["Van het OCMW ontbreekt beleid"]


def test_who_speaks_for_which_layer_is_named_by_first_name():
    assert (
        finding([policy(), practice(), practice("Els Vandamme")], "R2").detail
        == "Voor het beleid: Griet. Voor de uitvoering: Rachid, Els."
    )


def test_a_group_is_workable_up_to_twelve_people():
    assert finding([seat()] * WORKABLE_SIZE, "R3").is_met
    assert not finding([seat()] * (WORKABLE_SIZE + 1), "R3").is_met


def test_one_member_is_written_in_the_singular():
    assert finding([seat()], "R3").detail.startswith("1 lid.")


def partner(state, type_=OrganisationType.VDAB, name="Een partner"):
    return Engagement(organisation=Organisation(name=name, type=type_), state=state)


def opening(rule, engagements=(), groups=(), members=()):
    composition = check_network(members, engagements, groups)
    (found,) = [f for f in composition.openings if f.rule == rule]
    return found


def test_before_groups_are_chosen_the_question_waits():
    found = opening("R4")

    assert not found.is_met
    assert found.detail.startswith("Kijk dit na zodra jullie doelgroepen kiezen")


def test_a_chosen_group_names_the_partners_it_misses():
    found = opening("R4", groups=["Mensen met schulden"])

    assert not found.is_met
    assert found.detail.endswith("denken we aan: Energieleverancier, Justitie.")


def test_a_proposal_goes_before_a_suggestion_of_our_own():
    found = opening(
        "R4", [partner(EngagementState.SUGGESTED)], groups=["Mensen met schulden"]
    )

    assert found.detail == "Er ligt een voorstel klaar."
    assert (
        opening("R4", [partner(EngagementState.SUGGESTED)] * 2).detail
        == "Er liggen 2 voorstellen klaar."
    )


def test_with_every_partner_there_the_question_is_answered():
    found = opening(
        "R4",
        [partner(EngagementState.ENGAGED, OrganisationType.ENERGY_SUPPLIER)],
        groups=["Mensen met schulden"],
        members=[seat(OrganisationType.JUSTICE)],
    )

    assert found.is_met


def test_taking_part_without_a_seat_is_named_and_what_waits_is_counted():
    engaged = partner(EngagementState.ENGAGED, name="De Linde")
    waiting = partner(EngagementState.TO_CONTACT)

    assert opening("R5", [engaged, waiting]).is_met
    assert (
        opening("R5", [engaged, waiting]).detail == "De Linde. Nog te contacteren: 1."
    )
    assert not opening("R5", [waiting]).is_met
    assert not opening("R5").is_met


def test_questions_about_partners_never_make_a_group_incomplete():
    composition = check_network(
        [policy(), practice(), grassroots()], [], ["Mensen met schulden"]
    )

    assert composition.is_complete
    assert composition.missing == ()
