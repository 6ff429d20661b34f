"""What each phase asks before a project goes there: never a lock, at most a reason (R8).

Pure: the page says it beforehand and the service holds to it, from these same lines.
"""

from dataclasses import dataclass

from kader.vocabulary import Phase

# Every later report prints why the analysis began early: a word is no reason (R6).
SHORTEST_EARLY_REASON = 10


@dataclass(frozen=True)
class PhaseStep:
    """The step from where the project is to one phase."""

    phase: Phase
    current: Phase
    is_agreed: bool

    @property
    def is_current(self) -> bool:
        return self.phase == self.current

    @property
    def distance(self) -> int:
        """How many phases onward; below zero when it goes back."""
        order = list(Phase)
        return order.index(self.phase) - order.index(self.current)

    @property
    def is_early(self) -> bool:
        """R6: whether the analysis would begin before the planning is agreed."""
        return (
            self.phase == Phase.ANALYSIS and not self.is_current and not self.is_agreed
        )

    @property
    def shortest_reason(self) -> int:
        """How many characters the reason has at least; 0 when none is owed."""
        if self.is_early:
            return SHORTEST_EARLY_REASON
        return 0 if self.distance in (0, 1) else 1

    @property
    def skipped(self) -> tuple[Phase, ...]:
        """The phases in between that the project has not been in."""
        order = list(Phase)
        return tuple(order[order.index(self.current) + 1 : order.index(self.phase)])

    @property
    def sentence(self) -> str:
        """What this step asks, as the page says it before and the service after."""
        if self.is_current:
            return "Hier zijn jullie nu."
        if self.is_early:
            return (
                "De planning is nog niet goedgekeurd. Jullie mogen toch starten, met een "
                "reden. Die komt in elk rapport."
            )
        if self.distance < 0:
            return "Jullie keren terug. Schrijf waarom."
        if self.skipped:
            *first, last = (phase.label for phase in self.skipped)
            names = f"{', '.join(first)} en {last}" if first else last
            return f"Jullie slaan {names} over. Schrijf waarom."
        return "Dit is de volgende fase. Een reden hoeft niet."

    def accepts(self, reason: str) -> bool:
        return len(reason.strip()) >= self.shortest_reason


def steps_from(current: Phase, *, is_agreed: bool) -> tuple[PhaseStep, ...]:
    """Return the step to each of the five phases, in order."""
    return tuple(PhaseStep(phase, current, is_agreed) for phase in Phase)
