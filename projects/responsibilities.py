"""Who does what in which phase, as a grid: members down, the five phases across.

Pure: members and what they agreed in, rows and gaps out, no queries.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kader.vocabulary import Phase, Responsibility
from projects.models import PhaseResponsibility, SteeringGroupMember


@dataclass(frozen=True)
class Part:
    """One cell: None means that nothing was agreed."""

    phase: Phase
    part: Responsibility | None


@dataclass(frozen=True)
class MemberParts:
    """One member with a cell for each phase, in framework order."""

    member: SteeringGroupMember
    parts: tuple[Part, ...]

    @property
    def has_any(self) -> bool:
        return any(cell.part for cell in self.parts)


@dataclass(frozen=True)
class Grid:
    """The whole table."""

    rows: tuple[MemberParts, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was agreed."""
        return not any(row.has_any for row in self.rows)

    @property
    def without_lead(self) -> tuple[Phase, ...]:
        """The phases that nobody pulls."""
        led = {
            cell.phase
            for row in self.rows
            for cell in row.parts
            if cell.part == Responsibility.LEADS
        }
        return tuple(phase for phase in Phase if phase not in led)


def build_grid(
    members: Sequence[SteeringGroupMember], agreed: Iterable[PhaseResponsibility]
) -> Grid:
    """Set what was agreed beside the members; rows of anybody else are left out."""
    parts = {
        (row.member_id, Phase(row.phase)): Responsibility(row.part) for row in agreed
    }
    return Grid(
        tuple(
            MemberParts(
                member,
                tuple(Part(phase, parts.get((member.pk, phase))) for phase in Phase),
            )
            for member in members
        )
    )
