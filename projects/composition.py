"""The composition check of the steering group: rules R1 to R5 of the method.

Pure: members and partners in, findings out. It never blocks saving, it names what is
missing (R1 to R3) and what is worth asking again (R4 and R5).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kader.vocabulary import (
    EngagementState,
    OcmwProfile,
    OrganisationType,
    SteeringGroupRole,
)
from projects.models import Engagement, SteeringGroupMember
from projects.partners import Suggestion, suggest_partners

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
    # R4 and R5 ask; they never make a group incomplete.
    openings: tuple[Finding, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    proposals: tuple[Engagement, ...] = ()

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


def check_network(
    members: Sequence[SteeringGroupMember],
    engagements: Sequence[Engagement],
    chosen_groups: Sequence[str],
) -> Composition:
    """Check the active members and what stands around them: R1 to R5, no queries.

    Expects the organisations loaded. Whatever has a seat or stands in the list of
    partners, in any state, is not suggested again.
    """
    taken = {member.organisation.type for member in members}
    taken |= {engagement.organisation.type for engagement in engagements}
    suggestions = suggest_partners(chosen_groups, taken)
    proposals = tuple(e for e in engagements if e.state == EngagementState.SUGGESTED)
    return Composition(
        findings=check_composition(members).findings,
        openings=(
            _a_partner_we_miss(suggestions, proposals, chosen_groups),
            _without_a_seat(engagements),
        ),
        suggestions=suggestions,
        proposals=proposals,
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


def _a_partner_we_miss(
    suggestions: Sequence[Suggestion],
    proposals: Sequence[Engagement],
    chosen_groups: Sequence[str],
) -> Finding:
    if proposals:
        return Finding(
            rule="R4",
            is_met=False,
            title="Is er een partner die we missen?",
            detail=(
                "Er ligt een voorstel klaar."
                if len(proposals) == 1
                else f"Er liggen {len(proposals)} voorstellen klaar."
            ),
        )
    if suggestions:
        kinds = ", ".join(s.kind.label for s in suggestions[:3])
        return Finding(
            rule="R4",
            is_met=False,
            title="Is er een partner die we missen?",
            detail=f"Voor de groepen die jullie kozen, denken we aan: {kinds}.",
        )
    if not chosen_groups:
        return Finding(
            rule="R4",
            is_met=False,
            title="Is er een partner die we missen?",
            detail="Kijk dit na zodra jullie doelgroepen kiezen of acties afspreken.",
        )
    return Finding(
        rule="R4",
        is_met=True,
        title="Voor elke gekozen groep is er een partner",
        detail="Kijk het opnieuw na bij elke nieuwe doelgroep en elke nieuwe actie.",
    )


def _without_a_seat(engagements: Sequence[Engagement]) -> Finding:
    engaged = [e for e in engagements if e.state == EngagementState.ENGAGED]
    waiting = sum(e.state == EngagementState.TO_CONTACT for e in engagements)
    if not engaged:
        return Finding(
            rule="R5",
            is_met=False,
            title="Nog geen organisatie doet mee zonder zitje",
            detail=(
                "Dat kan ook: wat een partner doet, telt meer dan een zitje."
                + (f" Nog te contacteren: {waiting}." if waiting else "")
            ),
        )
    names = ", ".join(str(e.organisation) for e in engaged[:5])
    more = f" en nog {len(engaged) - 5}" if len(engaged) > 5 else ""
    return Finding(
        rule="R5",
        is_met=True,
        title="Ook organisaties zonder zitje doen mee",
        detail=(
            f"{names}{more}." + (f" Nog te contacteren: {waiting}." if waiting else "")
        ),
    )
