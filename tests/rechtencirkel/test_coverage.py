import pytest

from kader.vocabulary import RespondentCategory, ServiceDomain, Side
from rechtencirkel.coverage import Talk, Targets, map_coverage

PREVENTION, ACCESS = ServiceDomain.PREVENTION, ServiceDomain.ACCESS
ALL = tuple(ServiceDomain)


def talk(
    row="Jonge ouders",
    people=8,
    domains=ALL,
    *,
    counted=True,
    not_yet=False,
    few=False,
):
    category = (
        RespondentCategory.NOT_YET if not_yet else RespondentCategory.FOUND_THE_WAY
    )
    return Talk(
        Side.TARGET_GROUP, row, "Basiswerking", category, domains, people, counted, few
    )


def service(category=RespondentCategory.SOCIAL_WORK, people=6, domains=ALL, **extra):
    counted = extra.get("counted", True)
    return Talk(
        Side.PROVIDERS, category.label, "OCMW", category, domains, people, counted
    )


def cell(side_map, label, domain):
    row = next(row for row in side_map.rows if row.label == label)
    return dict(row.cells)[domain]


def every_function():
    return [
        service(category)
        for category in RespondentCategory
        if category.side == Side.PROVIDERS
        and category != RespondentCategory.MIXED_STAFF
    ]


def sentences(talks, groups=("Jonge ouders",), targets=None):
    return map_coverage(talks, groups=groups, targets=targets).missing


def test_people_are_counted_per_group_and_domain():
    found = map_coverage(
        [talk(domains=(ACCESS,)), talk(people=5, domains=(ACCESS, PREVENTION))],
        groups=["Jonge ouders"],
        targets=None,
    )

    access = cell(found.target, "Jonge ouders", ACCESS)
    prevention = cell(found.target, "Jonge ouders", PREVENTION)
    assert (access.heard, access.talks) == (13, 2)
    assert (prevention.heard, prevention.talks) == (5, 1)
    assert found.target.together.total.heard == 13


def test_what_does_not_count_yet_is_on_its_way_and_not_heard():
    found = map_coverage(
        [talk(counted=False, people=7)], groups=["Jonge ouders"], targets=None
    )

    total = found.target.together.total
    assert (total.heard, total.coming, total.coming_talks) == (0, 7, 1)
    assert total.sentence == "onderweg: 1 gesprek"


def test_a_chosen_group_that_was_never_heard_has_a_row_and_a_sentence():
    talks = [talk(), *every_function()]

    found = map_coverage(talks, groups=["Jonge ouders", "Ouderen"], targets=None)

    assert [row.label for row in found.target.rows] == ["Jonge ouders", "Ouderen"]
    assert found.missing == ("Met de groep ‘Ouderen’ is nog niet gesproken.",)


def test_a_planned_talk_softens_the_sentence():
    talks = [talk(), talk("Ouderen", counted=False), *every_function()]

    found = sentences(talks, groups=("Jonge ouders", "Ouderen"))

    assert found == (
        "Met de groep ‘Ouderen’ is nog niet gesproken. Er is wel een gesprek onderweg.",
    )


@pytest.mark.parametrize(
    ("talks", "is_missing"),
    [
        ([talk()], True),
        ([talk(), talk(not_yet=True, counted=False)], True),
        ([talk(), talk(not_yet=True)], False),
    ],
)
def test_nobody_who_did_not_find_the_way_is_named_when_it_was_planned(
    talks, is_missing
):
    found = sentences([*talks, *every_function()], targets=Targets(24, 6, 20))

    assert any("de weg naar de dienst nog niet" in line for line in found) is is_missing


def test_without_a_target_nobody_asks_for_who_did_not_find_the_way():
    found = sentences([talk(), *every_function()], targets=Targets(24, 0, 20))

    assert found == ()


def test_goals_stop_at_what_was_planned():
    goals = map_coverage(
        [talk(people=30), service(people=5)],
        groups=[],
        targets=Targets(24, 6, 20),
    ).goals

    participants, not_yet, providers = goals
    assert (participants.meter, participants.missing) == (24, 0)
    assert participants.is_reached
    assert (not_yet.tally.heard, not_yet.missing) == (0, 6)
    assert (providers.missing, providers.is_reached) == (15, False)


def test_without_a_planning_nothing_is_missing_in_numbers():
    goals = map_coverage([talk()], groups=[], targets=None).goals

    assert all(goal.missing == 0 and not goal.is_reached for goal in goals)


def test_domains_that_only_one_side_spoke_about_are_named():
    rest = tuple(
        domain for domain in ServiceDomain if domain not in (PREVENTION, ACCESS)
    )

    found = sentences(
        [
            talk(domains=(*rest, PREVENTION)),
            service(RespondentCategory.MIXED_STAFF, domains=(*rest, ACCESS)),
        ]
    )

    assert found == (
        "Over Preventie hoorden we alleen de doelgroep, "
        "nog geen hulp- en dienstverleners.",
        "Over Toegang hoorden we alleen hulp- en dienstverleners, nog geen doelgroep.",
    )


def test_a_silent_domain_with_a_talk_to_come_is_named_apart():
    rest = tuple(
        domain for domain in ServiceDomain if domain not in (PREVENTION, ACCESS)
    )

    found = sentences(
        [
            talk(domains=rest),
            talk(domains=(ACCESS,), counted=False),
            service(RespondentCategory.MIXED_STAFF, domains=rest),
        ]
    )

    assert found == (
        "Over Preventie hoorden we nog niemand.",
        "Over Toegang hoorden we nog niemand, maar er is een gesprek onderweg.",
    )


def test_silent_functions_are_named_unless_functions_answered_together():
    alone = sentences([talk(), service()])
    together = sentences([talk(), service(RespondentCategory.MIXED_STAFF)])

    assert alone == (
        "Van deze functies antwoordde nog niemand: beleid, onthaal en administratie, "
        "partnerdienst, vrijwilliger.",
    )
    assert together == ()


def test_providers_are_counted_per_kind_of_service():
    found = map_coverage([service(), service(people=4)], groups=[], targets=None)

    assert [(row.label, row.total.heard) for row in found.services] == [("OCMW", 10)]


@pytest.mark.parametrize(
    ("talks", "figure", "sentence"),
    [
        ([talk(people=3, few=True)], "<5", "minder dan 5 mensen in 1 gesprek"),
        (
            [talk(people=3, few=True), talk(people=8)],
            "8+",
            "8 mensen en nog minder dan 5 in 2 gesprekken",
        ),
        ([talk(people=3, few=True)] * 2, "6", "6 mensen in 2 gesprekken"),
        ([talk(people=3)], "3", "3 mensen in 1 gesprek"),
    ],
    ids=["alone", "beside a large one", "together five", "of the reader"],
)
def test_a_size_under_five_is_told_to_its_own_reader_only(talks, figure, sentence):
    found = map_coverage(talks, groups=["Jonge ouders"], targets=Targets(20, 0, 0))

    access = cell(found.target, "Jonge ouders", ACCESS)
    assert (access.figure, access.sentence) == (figure, sentence)
    assert (figure in {"<5", "8+"}) is found.goals[0].tally.and_few


def test_a_few_on_their_way_have_no_number_either():
    coming = talk(people=2, counted=False, few=True)

    found = map_coverage([coming], groups=["Jonge ouders"], targets=None)

    total = found.target.together.total
    assert (total.coming_figure, total.coming_in_words) == ("<5", "minder dan 5 mensen")
