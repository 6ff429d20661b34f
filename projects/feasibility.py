"""Whether every member finds a planning feasible: rule R6 of the method.

Pure: members and votes in, who still has to say something out. It decides nothing and
stores nothing; services.settle_planning does, and asks here whether it may.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from projects.composition import Composition
from projects.models import FeasibilityVote, SteeringGroupMember
from projects.models.steering_group import VOTING_ROLES


class FeasibilityState(StrEnum):
    """What the planning waits for, the first thing to do first."""

    AGREED = "agreed"
    NOBODY = "nobody"
    VOTES = "votes"
    ANSWERS = "answers"
    OBJECTIONS = "objections"
    COMPOSITION = "composition"
    READY = "ready"


STATE_LABELS = {
    FeasibilityState.AGREED: "goedgekeurd",
    FeasibilityState.NOBODY: "nog niemand om te oordelen",
    FeasibilityState.ANSWERS: "voorwaarden te beantwoorden",
    FeasibilityState.OBJECTIONS: "niet haalbaar voor iedereen",
    FeasibilityState.COMPOSITION: "stuurgroep niet volledig",
    FeasibilityState.READY: "klaar om goed te keuren",
}


@dataclass(frozen=True)
class Judgment:
    """A seat and what it said; `counts` is false for who no longer judges."""

    member: SteeringGroupMember
    vote: FeasibilityVote | None
    counts: bool = True


@dataclass(frozen=True)
class FeasibilityCheck:
    """One version of the planning and the judgment of every member about it.

    After the approval only who voted is in it: who joins later is not asked again.
    """

    agreed_on: date | None
    judgments: tuple[Judgment, ...]
    has_both_sides: bool

    @property
    def counted(self) -> tuple[Judgment, ...]:
        """Return the members whose judgment is needed."""
        return tuple(judgment for judgment in self.judgments if judgment.counts)

    @property
    def votes(self) -> tuple[FeasibilityVote, ...]:
        """Return what was said by the members whose judgment is needed."""
        return tuple(j.vote for j in self.counted if j.vote is not None)

    @property
    def to_vote(self) -> tuple[SteeringGroupMember, ...]:
        """Return who still has to judge."""
        return tuple(j.member for j in self.counted if j.vote is None)

    @property
    def to_answer(self) -> tuple[FeasibilityVote, ...]:
        """Return the conditions that the coordinator has yet to answer."""
        return tuple(vote for vote in self.votes if vote.awaits_answer)

    @property
    def objections(self) -> tuple[FeasibilityVote, ...]:
        """Return what stays in the way although it was answered."""
        return tuple(
            vote for vote in self.votes if not (vote.is_positive or vote.awaits_answer)
        )

    @property
    def positive(self) -> int:
        return sum(vote.is_positive for vote in self.votes)

    @property
    def is_unanimous(self) -> bool:
        """R6: whether each member finds it feasible; never true without members."""
        return bool(self.counted) and self.positive == len(self.counted)

    @property
    def may_be_agreed(self) -> bool:
        """R1 and R6 together: everybody agrees, and both sides are at the table."""
        return self.is_unanimous and self.has_both_sides

    @property
    def state(self) -> FeasibilityState:
        if self.agreed_on is not None:
            return FeasibilityState.AGREED
        for holds, state in (
            (not self.counted, FeasibilityState.NOBODY),
            (bool(self.to_vote), FeasibilityState.VOTES),
            (bool(self.to_answer), FeasibilityState.ANSWERS),
            (bool(self.objections), FeasibilityState.OBJECTIONS),
            (not self.has_both_sides, FeasibilityState.COMPOSITION),
        ):
            if holds:
                return state
        return FeasibilityState.READY

    @property
    def label(self) -> str:
        """Say in a few words where the approval stands."""
        if self.state == FeasibilityState.VOTES:
            count = len(self.to_vote)
            return "nog 1 oordeel" if count == 1 else f"nog {count} oordelen"
        return STATE_LABELS[self.state]

    @property
    def sentence(self) -> str:
        """Say how many find it feasible: "8 van de 9 leden vinden dit haalbaar."."""
        size = len(self.counted)
        if size == 0:
            if self.agreed_on is not None:
                return "De stuurgroep vond deze planning haalbaar."
            return "Er is nog niemand die over de planning kan oordelen."
        verb = "vond" if self.agreed_on is not None else "vindt"
        if size == 1:
            not_yet = "" if self.positive else "nog niet "
            return f"Het enige lid {verb} dit {not_yet}haalbaar."
        plural = "vonden" if self.agreed_on is not None else "vinden"
        if self.positive == size:
            everybody = "Beide" if size == 2 else f"Alle {size}"
            return f"{everybody} leden {plural} dit haalbaar."
        if self.positive == 0:
            return f"Nog geen van de {size} leden {verb} dit haalbaar."
        counted = verb if self.positive == 1 else plural
        return f"{self.positive} van de {size} leden {counted} dit haalbaar."

    @property
    def waits_for(self) -> str:
        """Say in words what has to happen before the planning is approved."""
        return {
            FeasibilityState.AGREED: "",
            FeasibilityState.NOBODY: "Voeg eerst leden toe aan de stuurgroep.",
            FeasibilityState.VOTES: _waits_for_votes(
                len(self.to_vote), len(self.to_answer)
            ),
            FeasibilityState.ANSWERS: _waits_for_answers(len(self.to_answer)),
            FeasibilityState.OBJECTIONS: _waits_for_a_solution(len(self.objections)),
            FeasibilityState.COMPOSITION: (
                "Goedkeuren kan pas als het OCMW en een basiswerking aan tafel zitten."
            ),
            FeasibilityState.READY: "De goedkeuring kan genoteerd worden.",
        }[self.state]


def check_feasibility(
    *,
    agreed_on: date | None,
    members: Sequence[SteeringGroupMember],
    votes: Iterable[FeasibilityVote],
    composition: Composition,
) -> FeasibilityCheck:
    """Check one version against the active members; expects rows loaded (no queries).

    `members` are all active members, observers included: those do not judge. Who voted
    and then left is shown, and counts no longer.
    """
    said = {vote.member_id: vote for vote in votes}
    if agreed_on is not None:
        judgments = tuple(Judgment(vote.member, vote) for vote in said.values())
    else:
        voters = [member for member in members if member.role in VOTING_ROLES]
        numbers = {member.pk for member in voters}
        judgments = (
            *(Judgment(member, said.get(member.pk)) for member in voters),
            *(
                Judgment(vote.member, vote, counts=False)
                for vote in said.values()
                if vote.member_id not in numbers
            ),
        )
    return FeasibilityCheck(agreed_on, judgments, composition.is_complete)


def mark_of(vote: FeasibilityVote) -> str:
    """Return a mark that changes with what the member says.

    An answer carries it, so that nobody accepts a condition that was rewritten meanwhile.
    """
    said = f"{vote.choice}\n{vote.condition}"
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _waits_for_votes(count: int, to_answer: int) -> str:
    many = f"Nog {count} leden moeten oordelen."
    votes = "Nog 1 lid moet oordelen." if count == 1 else many
    return f"{votes} {_waits_for_answers(to_answer)}" if to_answer else votes


def _waits_for_answers(count: int) -> str:
    if count == 1:
        return "1 voorwaarde wacht op een antwoord van de coördinator."
    return f"{count} voorwaarden wachten op een antwoord van de coördinator."


def _waits_for_a_solution(count: int) -> str:
    who = "1 lid" if count == 1 else f"{count} leden"
    return (
        f"Voor {who} lukt het zo niet. Pas de planning aan, of praat erover: "
        "een lid kan het oordeel nog veranderen."
    )
