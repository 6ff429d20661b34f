"""All rules in the order of their urgency, and the three ways to read what they find."""

from kader.vocabulary import Severity
from projects.access import CAPABILITIES
from reports.rules import analysis, change, preparation, steering_group
from reports.rules.finding import Finding, Rule
from reports.situation import Situation

RULES = (
    Rule("R7", "Eigen verslagen", analysis.own_drafts),
    Rule("R9", "Teruggestuurde verslagen", analysis.returned_reports),
    Rule("P24", "Terugkoppeling", change.told),
    Rule("R6", "Eigen oordeel over de planning", preparation.own_vote),
    Rule("R6", "Voorwaarden", preparation.conditions),
    Rule("R1", "Samenstelling", steering_group.composition),
    Rule("I.1", "Trekker", steering_group.lead),
    Rule("R7", "Beide kanten horen", analysis.hear_both_sides),
    Rule("I.1", "Vergaderingen", steering_group.meetings),
    Rule("I.2", "Eigen inschatting", preparation.estimate),
    Rule("I.3", "Eigen scores", preparation.own_scores),
    Rule("I.3", "Scores tonen", preparation.open_the_round),
    Rule("R4", "Doelgroepen", preparation.target_groups),
    Rule("R6", "Planning", preparation.planning),
    Rule("R6", "Oordelen", preparation.missing_votes),
    Rule("R9", "Nalezen", analysis.read_back),
    Rule("R9", "Verslagen aanvaarden", analysis.reports_to_accept),
    Rule("P7", "Onherkenbaar maken", analysis.redaction),
    Rule("P7", "Wie onherkenbaar maakt", analysis.redactor),
    Rule("R7", "Gekozen groepen", analysis.unheard_groups),
    Rule("R12", "Meting", analysis.measure),
    Rule("II.3", "Problemen", analysis.name_problems),
    Rule("R10", "Conclusies", change.conclusions),
    Rule("R7", "Dialoog", change.plan_dialogue),
    Rule("III", "Afspraken", change.own_the_agreement),
    Rule("R13", "Late acties", change.late_actions),
    Rule("R9", "Participatie", preparation.participation),
    Rule("R8", "Kansen", preparation.opportunities),
    Rule("R5", "Partners", steering_group.partners),
    Rule("R4", "Ontbrekende partner", steering_group.missing_partner),
    Rule("R7", "Verslagen", analysis.unfinished_sheets),
    Rule("I.3", "Brug", preparation.groups_without_bridge),
    Rule("R9", "Herkenning", analysis.recognition),
    Rule("R12", "Akkoord van de diensten", analysis.provider_confirmation),
    Rule("II.3", "Wat achter een probleem zit", analysis.evidence),
    Rule("R15", "Professionele eigenaar", change.professional_owner),
    Rule("R13", "Te veel tegelijk", change.too_much_at_once),
    Rule("R10", "Voorbereiding met de groep", change.prepare_with_group),
    Rule("I.3", "Groepen zonder beslissing", preparation.undecided_groups),
    Rule("R7", "Mensen horen", analysis.hear_the_groups),
    Rule("R14", "Verankering", change.anchor),
    Rule("R8", "Reserve", preparation.reserve_groups),
    Rule("P24", "Rode draad", change.broken_threads),
    Rule("R16", "Werkpistes", change.silent_werkpistes),
    Rule("I.1", "Volgende vergadering", steering_group.next_meeting),
    Rule("I.1", "Overdracht", steering_group.handover),
)


def find(situation: Situation) -> tuple[Finding, ...]:
    """Return everything the rules find, the most urgent first. No queries."""
    return tuple(finding for rule in RULES for finding in rule.check(situation))


def my_tasks(situation: Situation) -> tuple[Finding, ...]:
    """Return what the viewer can do today.

    A rule that looks at the viewer's own seat finds nothing for anybody else, so what is
    personal needs no further filter than the capability.
    """
    held = CAPABILITIES[situation.project.viewer.role]
    return tuple(f for f in find(situation) if f.is_task and f.asks in held)


def tasks_of_others(situation: Situation) -> tuple[Finding, ...]:
    """Return what somebody else has to do, for whoever would otherwise wonder."""
    held = CAPABILITIES[situation.project.viewer.role]
    return tuple(f for f in find(situation) if f.is_task and f.asks not in held)


def review(situation: Situation) -> dict[Severity, tuple[Finding, ...]]:
    """Return the project-wide check: every severity, the heaviest first, also empty ones."""
    found = find(situation)
    return {
        severity: tuple(f for f in found if f.severity == severity)
        for severity in Severity
    }
