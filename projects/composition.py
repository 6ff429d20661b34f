"""The composition check of the steering group: rules R1 to R3 of the method.

Pure: members in, findings out. It never blocks saving, it names what is missing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kader.vocabulary import OcmwProfile, OrganisationType, SteeringGroupRole
from projects.models import SteeringGroupMember

# R3 gives no number; above this we say that deciding together gets hard.
WORKABLE_SIZE = 12


@dataclass(frozen=True)
class Finding:
    """One line of the check."""

    rule: str
    is_met: bool
    title: str
    detail: str


@dataclass(frozen=True)
class Composition:
    """The whole check."""

    findings: tuple[Finding, ...]

    @property
    def is_complete(self) -> bool:
        """R1: whether both the OCMW and the basiswerkingen sit at the table."""
        return self.findings[0].is_met

    @property
    def missing(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if not finding.is_met)


def check_composition(members: Sequence[SteeringGroupMember]) -> Composition:
    """Check the active members; expects their organisation loaded (no queries)."""
    return Composition(
        findings=(_both_sides(members), _ocmw_layers(members), _workable(members))
    )


def _both_sides(members: Sequence[SteeringGroupMember]) -> Finding:
    ocmw = sum(m.organisation.type == OrganisationType.OCMW for m in members)
    grassroots = sum(_is_grassroots(member) for member in members)
    represented = sum(m.role == SteeringGroupRole.REPRESENTATIVE for m in members)
    missing = [
        side
        for side, count in (("het OCMW", ocmw), ("een basiswerking", grassroots))
        if count == 0
    ]
    if missing:
        return Finding(
            rule="R1",
            is_met=False,
            title=f"Er is nog niemand van {' en van '.join(missing)}",
            detail="Zonder het OCMW en de basiswerkingen is de stuurgroep niet volledig.",
        )
    return Finding(
        rule="R1",
        is_met=True,
        title="Het OCMW en de basiswerkingen zitten aan tafel",
        detail=(
            f"{ocmw} van het OCMW, {grassroots} van basiswerkingen, "
            f"{represented} uit de doelgroep."
        ),
    )


def _is_grassroots(member: SteeringGroupMember) -> bool:
    return (
        OrganisationType(member.organisation.type).is_grassroots
        and member.role != SteeringGroupRole.REPRESENTATIVE
    )


def _ocmw_layers(members: Sequence[SteeringGroupMember]) -> Finding:
    profiles = {m.ocmw_profile for m in members if m.ocmw_profile}
    missing = [p.label.lower() for p in OcmwProfile if p.value not in profiles]
    if missing:
        return Finding(
            rule="R2",
            is_met=False,
            title=f"Van het OCMW ontbreekt {' en '.join(missing)}",
            detail="Beleid beslist, uitvoering weet hoe het echt loopt. Je hebt beide nodig.",
        )
    names = {
        profile: ", ".join(
            m.name.split()[0] for m in members if m.ocmw_profile == profile
        )
        for profile in OcmwProfile
    }
    return Finding(
        rule="R2",
        is_met=True,
        title="Beleid én uitvoering van het OCMW doen mee",
        detail=(
            f"Voor het beleid: {names[OcmwProfile.POLICY]}. "
            f"Voor de uitvoering: {names[OcmwProfile.PRACTICE]}."
        ),
    )


def _workable(members: Sequence[SteeringGroupMember]) -> Finding:
    size = len(members)
    people = "1 lid" if size == 1 else f"{size} leden"
    if size > WORKABLE_SIZE:
        return Finding(
            rule="R3",
            is_met=False,
            title=f"De groep is groot: {people}",
            detail=(
                f"Boven {WORKABLE_SIZE} wordt samen beslissen moeilijk. "
                "Een organisatie kan ook meewerken zonder zitje."
            ),
        )
    return Finding(
        rule="R3",
        is_met=True,
        title="De groep blijft werkbaar",
        detail=f"{people}. Boven {WORKABLE_SIZE} wordt samen beslissen moeilijk.",
    )
