"""What must hold between rows and no database constraint can say.

Every check is one function that returns the keys of the rows that break it; its name is
the name in the output. Reads only, and knows nothing of printing.
"""

from lpk_site.integrity import (
    circle_link,
    circle_live,
    circle_problems,
    circle_publishing,
    circle_questions,
    circle_quotes,
    circle_talks,
    columns,
    follow_up,
    people,
    preparation_course,
    preparation_matrix,
    preparation_meetings,
    preparation_planning,
    preparation_seats,
    sheets,
)
from lpk_site.integrity.registry import CHECKS, Check, Finding, run_checks

__all__ = [
    "CHECKS",
    "Check",
    "Finding",
    "circle_link",
    "circle_live",
    "circle_problems",
    "circle_publishing",
    "circle_questions",
    "circle_quotes",
    "circle_talks",
    "columns",
    "follow_up",
    "people",
    "preparation_course",
    "preparation_matrix",
    "preparation_meetings",
    "preparation_planning",
    "preparation_seats",
    "run_checks",
    "sheets",
]
