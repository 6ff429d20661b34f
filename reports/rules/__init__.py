"""The rules of the method, as small functions that find what is missing in a project.

One registry for two pages: *Wat moet ik doen* shows what the viewer can do today,
*Nakijken* shows everything in three severities. Nobody types these tasks by hand, so none
is forgotten and none stays when it is done. No queries: see reports.situation.
"""

from reports.rules.finding import Finding, Rule
from reports.rules.registry import RULES, find, my_tasks, review, tasks_of_others

__all__ = [
    "RULES",
    "Finding",
    "Rule",
    "find",
    "my_tasks",
    "review",
    "tasks_of_others",
]
