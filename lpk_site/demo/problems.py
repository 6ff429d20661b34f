"""How Polderdijke supported its problems, showed them to both sides and ranked them."""

from collections.abc import Sequence

from kader.vocabulary import Confirmation, Recognition, Side
from lpk_site.demo.people import DemoAccount
from lpk_site.demo.writing import day
from projects.models import Organisation, Project
from rechtencirkel.models import ProblemRanking, ProblemStatement, ProblemValidation
from rechtencirkel.services import (
    attach_evidence,
    close_choosing,
    save_top,
    settle_order,
    shown_evidence,
    validate_problem,
    write_problem,
)

STATED_ON = day("2026-04-20")
CHOSEN_ON = day("2026-05-11")
MET_ON = day("2026-05-12")

# problem, day, people, what they recognised, what they added
GROUP_ANSWERS = (
    (0, "2026-04-28", 9, Recognition.YES, "Dat is het grootste probleem van allemaal."),
    (1, "2026-04-28", 9, Recognition.YES, ""),
    (
        2,
        "2026-04-28",
        9,
        Recognition.PARTLY,
        "Het gaat niet alleen over hulp die stopt, ook over wachten tussendoor.",
    ),
    (2, "2026-05-26", 12, Recognition.YES, "Zo mag het blijven staan."),
    (1, "2026-05-28", 3, "", ""),
)

# The third problem as it read until the group and the services had seen it.
FIRST_WORDING = "Als de hulp stopt, laten ze je los."
REWORDED_ON = day("2026-05-20")

# problem, day, people, whether they agreed, what they added
PROVIDER_ANSWERS = (
    (0, "2026-05-05", 10, Confirmation.AGREED, ""),
    (
        1,
        "2026-05-05",
        10,
        Confirmation.AGREED_WITH_REMARK,
        "Bellen kan ook, maar dat staat nergens meer te lezen.",
    ),
    (
        2,
        "2026-05-07",
        7,
        Confirmation.NOT_AGREED,
        "Wij laten niemand los. We mogen na de aanvraag alleen niet meer bellen.",
    ),
    (2, "2026-05-27", 7, Confirmation.AGREED, ""),
)

# member → problems, the most important first
CHOICES = {
    "Hilde Baert": (0, 2),
    "Dirk Moens": (1, 0, 2),
    "Samir Haddad": (0, 1, 2),
    "Rosa": (1, 0),
    "Lien Dhondt": (0, 1),
}
OWNERS = ("ocmw", "huis", "ocmw")


def support_problems(
    project: Project,
    problems: Sequence[ProblemStatement],
    organisations: dict[str, Organisation],
    people: dict[str, DemoAccount],
) -> None:
    """Let every problem rest on what was said, and let everybody have a say about it."""
    _attach(project, problems, organisations)
    _ask_both_sides(problems, people)
    _rank(project, problems)


def _attach(
    project: Project,
    problems: Sequence[ProblemStatement],
    organisations: dict[str, Organisation],
) -> None:
    shown = shown_evidence(measurement=project.rounds.latest_opened(), on=STATED_ON)
    for problem, owner in zip(problems, OWNERS, strict=True):
        problem.owner = organisations[owner]
        problem.save(update_fields=["owner"])
        attach_evidence(
            problem=problem,
            scores=[s for s in shown.scores if s.domain in problem.domains],
            barriers=[b for b in shown.barriers if b.domain in problem.domains],
            on=STATED_ON,
        )


def _ask_both_sides(
    problems: Sequence[ProblemStatement], people: dict[str, DemoAccount]
) -> None:
    """Ask about the first words of one problem, change them, and ask again."""
    reworded = problems[2]
    last_words = reworded.text
    answers = [*_group_answers(problems, people), *_provider_answers(problems, people)]
    for text, is_first in ((FIRST_WORDING, True), (last_words, False)):
        reworded.text = text
        write_problem(problem=reworded, columns=["text"])
        for answer in answers:
            if (answer.asked_on < REWORDED_ON) is is_first:
                validate_problem(validation=answer)


def _group_answers(
    problems: Sequence[ProblemStatement], people: dict[str, DemoAccount]
) -> list[ProblemValidation]:
    return [
        ProblemValidation(
            problem=problems[number],
            side=Side.TARGET_GROUP,
            recognition=recognition,
            asked_on=day(asked_on),
            people=asked,
            remark=remark,
            noted_by=people["samir"].user,
        )
        for number, asked_on, asked, recognition, remark in GROUP_ANSWERS
    ]


def _provider_answers(
    problems: Sequence[ProblemStatement], people: dict[str, DemoAccount]
) -> list[ProblemValidation]:
    return [
        ProblemValidation(
            problem=problems[number],
            side=Side.PROVIDERS,
            confirmation=confirmation,
            asked_on=day(asked_on),
            people=asked,
            remark=remark,
            noted_by=people["hilde"].user,
        )
        for number, asked_on, asked, confirmation, remark in PROVIDER_ANSWERS
    ]


def _rank(project: Project, problems: Sequence[ProblemStatement]) -> None:
    for name, chosen in CHOICES.items():
        save_top(
            member=project.steering_group.get(name=name),
            problems=[problems[number] for number in chosen],
            seen=(),
            on=CHOSEN_ON,
        )
    seen = ProblemRanking.objects.get(project=project).version
    close_choosing(project=project, seen=seen, on=MET_ON)
    settle_order(project=project, seen=seen + 1, on=MET_ON)
