"""The steps that the method walks through, as a first proposal with dates.

Pure: it counts weeks from the day the project started. Nothing here is a rule; the
steering group changes what it wants (R8).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from kader.vocabulary import Phase


@dataclass(frozen=True)
class ProposedStep:
    """A step with its first and last day."""

    title: str
    phase: Phase
    starts_on: date
    ends_on: date


# Title, phase, and the first and last day counted in days from the start.
METHOD_STEPS = (
    ("Stuurgroep samenstellen en doelgroepen kiezen", Phase.PREPARATION, 0, 7 * 7),
    ("Bevraging van de doelgroepen", Phase.ANALYSIS, 9 * 7, 20 * 7 - 3),
    ("Bevraging van de diensten", Phase.ANALYSIS, 10 * 7, 14 * 7 - 3),
    ("Problemen formuleren", Phase.ANALYSIS, 22 * 7, 22 * 7),
    ("Dialoog", Phase.DIALOGUE, 27 * 7 + 1, 27 * 7 + 1),
    ("Actieplan klaar", Phase.DIALOGUE, 32 * 7 + 1, 32 * 7 + 1),
)

LATEST_START = date.max - timedelta(days=METHOD_STEPS[-1][-1])


def propose_steps(started_on: date) -> tuple[ProposedStep, ...]:
    """Return the steps of the method for a project that starts on that day.

    None for a start so late that the calendar of the computer ends first.
    """
    if started_on > LATEST_START:
        return ()
    return tuple(
        ProposedStep(
            title,
            phase,
            started_on + timedelta(days=first),
            started_on + timedelta(days=last),
        )
        for title, phase, first, last in METHOD_STEPS
    )
