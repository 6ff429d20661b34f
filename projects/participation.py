"""The participatiecheck: at which moments the target group takes part, and the gaps (R9).

Pure: checks and the current phase in, lines out, no queries. A gap is a moment that has
begun without anybody saying how the group takes part, or that it does not.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from kader.vocabulary import ParticipationMoment, ParticipationState, Phase
from projects.models import ParticipationCheck

# During which phase a moment takes place.
PHASE_OF_MOMENT: dict[ParticipationMoment, Phase] = {
    ParticipationMoment.PREPARATION: Phase.PREPARATION,
    ParticipationMoment.ANALYSIS: Phase.ANALYSIS,
    ParticipationMoment.DIALOGUE: Phase.DIALOGUE,
    ParticipationMoment.EXECUTION: Phase.EXECUTION,
    ParticipationMoment.FEEDBACK: Phase.EXECUTION,
    ParticipationMoment.EVALUATION: Phase.ANCHORING,
    ParticipationMoment.ANCHORING: Phase.ANCHORING,
}

QUESTIONS: dict[ParticipationMoment, str] = {
    ParticipationMoment.PREPARATION: (
        "Kozen mensen uit de groep mee met wie jullie starten, en wanneer?"
    ),
    ParticipationMoment.ANALYSIS: (
        "Vertelden ze wat ze meemaken, en keken ze de problemen mee na?"
    ),
    ParticipationMoment.DIALOGUE: "Praatten en beslisten ze mee in de dialoog?",
    ParticipationMoment.EXECUTION: "Werken ze mee aan de acties?",
    ParticipationMoment.FEEDBACK: (
        "Hoorden ze wat er gebeurde, en konden ze zeggen wat ze ervan vinden?"
    ),
    ParticipationMoment.EVALUATION: (
        "Keken ze mee terug op de acties en op hoe jullie het aanpakten?"
    ),
    ParticipationMoment.ANCHORING: "Zeiden ze mee wat moet blijven bestaan?",
}


@dataclass(frozen=True)
class ParticipationLine:
    """One moment, what was noted about it, and whether its phase is past or now."""

    moment: ParticipationMoment
    check: ParticipationCheck | None
    has_begun: bool
    is_past: bool

    @property
    def state(self) -> ParticipationState | None:
        """What was noted, None while nobody checked this moment."""
        return ParticipationState(self.check.state) if self.check else None

    @property
    def question(self) -> str:
        return QUESTIONS[self.moment]

    @property
    def name(self) -> str:
        """The moment inside a sentence: "de terugkoppeling"."""
        return f"de {self.moment.label.lower()}"

    @property
    def gap(self) -> str:
        """What is missing at a moment that has begun, as a sentence; "" for no gap."""
        if not self.has_begun or self.state is ParticipationState.DONE:
            return ""
        if self.state is ParticipationState.NONE:
            verb = "deed" if self.is_past else "doet"
            return f"Aan {self.name} {verb} de groep niet mee."
        if self.state is ParticipationState.PLANNED:
            return (
                f"Voor {self.name} stond het gepland. Kijk na of het gebeurde."
                if self.is_past
                else ""
            )
        verb = "meedeed" if self.is_past else "meedoet"
        return f"Nog niemand schreef op hoe de groep {verb} aan {self.name}."

    @property
    def is_gap(self) -> bool:
        return bool(self.gap)


@dataclass(frozen=True)
class Participation:
    """The seven moments, in the order of the method."""

    lines: tuple[ParticipationLine, ...]

    @property
    def done(self) -> int:
        """At how many moments the group took part."""
        return sum(line.state is ParticipationState.DONE for line in self.lines)

    @property
    def gaps(self) -> tuple[ParticipationLine, ...]:
        """The moments that have begun without the group, in order."""
        return tuple(line for line in self.lines if line.is_gap)

    @property
    def sentence(self) -> str:
        """How far it stands, as pages and reports say it."""
        total = len(self.lines)
        if self.done == 0:
            return f"Bij geen van de {total} momenten deed de groep al mee."
        if self.done == total:
            return f"Bij alle {total} momenten deed de groep mee."
        return f"Bij {self.done} van de {total} momenten deed de groep mee."


def check_participation(
    checks: Iterable[ParticipationCheck], *, phase: Phase
) -> Participation:
    """Put what was noted beside the seven moments, seen from the current phase."""
    noted = {check.moment: check for check in checks}
    order = list(Phase)
    now = order.index(phase)
    return Participation(
        tuple(
            ParticipationLine(
                moment=moment,
                check=noted.get(moment.value),
                has_begun=order.index(PHASE_OF_MOMENT[moment]) <= now,
                is_past=order.index(PHASE_OF_MOMENT[moment]) < now,
            )
            for moment in ParticipationMoment
        )
    )
