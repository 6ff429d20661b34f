"""What Polderdijke did with the words of its people: problems, dialogue, actions."""

from decimal import Decimal
from typing import Any

from dialogue.models import AgendaItem, Conclusion, DialogueSession
from dialogue.services import add_agenda_item, close_session, record_conclusion
from improvement_actions.models import Anchoring, Feedback, ImprovementAction
from improvement_actions.services import create_action, follow_up, record_feedback
from kader.vocabulary import (
    ActionStatus,
    AnchoringKind,
    BarrierKind,
    BarrierLevel,
    Confirmation,
    CostLevel,
    DialogueDecision,
    FeedbackChannel,
    NonTakeUp,
    QuoteUse,
    Recognition,
    ServiceDomain,
    SocialRight,
    Werkpiste,
)
from lpk_site.demo.people import DemoAccount
from lpk_site.demo.writing import (
    day,
    save,
)
from projects.models import (
    Organisation,
    Project,
    TargetGroup,
)
from rechtencirkel.models import ProblemStatement, Quote

DIALOGUE_ON = day("2026-06-09")


def state_problems(
    project: Project, groups: dict[str, TargetGroup]
) -> list[ProblemStatement]:
    rows = (
        (
            "Mensen moeten zelf weten waar ze recht op hebben. Niemand overloopt alles "
            "met hen.",
            (ServiceDomain.DETECTION, ServiceDomain.RIGHTS_DETECTION),
            (SocialRight.INCOME, SocialRight.HEALTH),
            BarrierKind.AWARENESS,
            NonTakeUp.NOT_PROPOSED,
            "",
        ),
        (
            "Zonder smartphone geraak je niet aan een afspraak.",
            (ServiceDomain.ACCESS,),
            (SocialRight.SOCIAL_SERVICES,),
            BarrierKind.USABILITY,
            NonTakeUp.NOT_RECEIVED,
            "",
        ),
        (
            "Als de hulp stopt, valt het contact weg.",
            (ServiceDomain.AFTERCARE,),
            (SocialRight.PARTICIPATION, SocialRight.INCOME),
            BarrierKind.TRUSTWORTHINESS,
            NonTakeUp.EXCLUDED,
            "Of dit uitsluiting is, moeten we nog bespreken.",
        ),
    )
    problems = []
    for rank, (text, domains, rights, kind, type_, explanation) in enumerate(rows, 1):
        problem = save(
            ProblemStatement(
                project=project,
                text=text,
                explanation=explanation,
                domains=domains,
                rights=rights,
                barrier_kind=kind,
                barrier_level=BarrierLevel.EXECUTION,
                non_take_up=type_,
                rank=rank,
                stated_on=day("2026-04-20"),
            )
        )
        problem.target_groups.set(groups.values())
        problem.quotes.set(
            Quote.objects.shown(day("2026-11-01"), QuoteUse.DIALOGUE).filter(
                conversation__project=project, domain__in=domains
            )
        )
        problems.append(problem)
    return problems


def hold_dialogue(
    project: Project, problems: list[ProblemStatement]
) -> dict[str, Conclusion]:
    session = save(
        DialogueSession(
            project=project,
            title="Dialoog over de rechtencirkel",
            held_on=DIALOGUE_ON,
            place="Buurthuis De Sluis",
            guide="Lien Dhondt",
            prepared_with_group_on=day("2026-05-26"),
            residents_present=12,
            ocmw_present=6,
            partners_present=4,
        )
    )
    items = [
        add_agenda_item(
            item=AgendaItem(session=session, problem_statement=problem, minutes=30)
        )
        for problem in problems
    ]
    agreed = {"target_confirmation": Confirmation.AGREED}
    rows: dict[str, tuple[AgendaItem, str, dict[str, Any]]] = {
        "talk": (items[0], "Elk nieuw dossier begint met een rechtengesprek.", {}),
        "tuesday": (
            items[1],
            "Elke dinsdag mag iedereen binnenkomen, zonder afspraak en zonder computer.",
            {},
        ),
        "bus": (
            items[1],
            "De bus laten stoppen aan het Sociaal Huis.",
            {
                "decision": DialogueDecision.DO_NOT,
                "reason": "Dat beslist niet de gemeente. We hebben het wel gevraagd.",
            },
        ),
        "call": (
            items[2],
            "Zes maanden na de budgetbegeleiding bellen we hoe het gaat.",
            {
                "provider_confirmation": Confirmation.AGREED_WITH_REMARK,
                "provider_remark": "de budgetdienst bepaalt wie belt",
            },
        ),
    }
    conclusions = {}
    for key, (item, text, extra) in rows.items():
        fields: dict[str, Any] = {
            "decision": DialogueDecision.DO,
            "provider_confirmation": Confirmation.AGREED,
            **agreed,
            **extra,
        }
        conclusion = Conclusion(session=session, agenda_item=item, text=text, **fields)
        conclusion.full_clean()
        conclusions[key] = record_conclusion(conclusion=conclusion)
    session.refresh_from_db()
    close_session(session=session, on=day("2026-06-16"))
    return conclusions


def agree_actions(
    project: Project,
    organisations: dict[str, Organisation],
    groups: dict[str, TargetGroup],
    problems: list[ProblemStatement],
    conclusions: dict[str, Conclusion],
    people: dict[str, DemoAccount],
) -> dict[str, ImprovementAction]:
    rows: dict[str, dict[str, Any]] = {
        "talk": {
            "title": "Rechtengesprek van 45 minuten bij elk nieuw dossier",
            "conclusion": conclusions["talk"],
            "problem_statement": problems[0],
            "werkpiste": Werkpiste.SERVICE_QUALITY,
            "domains": (ServiceDomain.RIGHTS_DETECTION,),
            "owner": organisations["ocmw"],
            "owner_function": "hoofdmaatschappelijk werker",
            "indicator": "% van nieuwe dossiers",
            "indicator_start": 0,
            "indicator_goal": 90,
            "bbc_reference": "BD2 / AP2.1 / ACT-114",
        },
        "tuesday": {
            "title": "Elke dinsdag zonder afspraak en zonder computer",
            "conclusion": conclusions["tuesday"],
            "problem_statement": problems[1],
            "werkpiste": Werkpiste.SERVICE_QUALITY,
            "domains": (ServiceDomain.ACCESS,),
            "owner": organisations["huis"],
            "cost": CostLevel.LOW,
            "indicator": "vaste dag",
            "indicator_start": 0,
            "indicator_goal": 1,
            "bbc_reference": "BD2 / AP2.1 / ACT-115",
        },
        "call": {
            "title": "Nazorgtelefoon na zes maanden",
            "description": (
                "Zes maanden nadat de budgetbegeleiding stopt, belt iemand die je kent: "
                "hoe gaat het nu?"
            ),
            "conclusion": conclusions["call"],
            "problem_statement": problems[2],
            "werkpiste": Werkpiste.SERVICE_QUALITY,
            "domains": (ServiceDomain.AFTERCARE,),
            "owner": organisations["ocmw"],
            "owner_function": "budgetdienst",
            "indicator": "gesprekken",
            "indicator_start": 0,
            "indicator_goal": 40,
            "participation": (
                "Twee mensen van de groep kozen de vragen van het telefoongesprek."
            ),
        },
        "coffee": {
            "title": "Rechtenkoffie in de basiswerking, elke maand",
            "problem_statement": problems[0],
            "werkpiste": Werkpiste.BASIC_PROVISION,
            "other_werkpistes": (Werkpiste.REACHING_OUT,),
            "domains": (ServiceDomain.REFERRAL, ServiceDomain.RIGHTS_DETECTION),
            "owner": organisations["buurthuis"],
            "owner_function": "buurthuis en OCMW",
            "cost": CostLevel.LOW,
            "indicator": "momenten",
            "indicator_start": 0,
            "indicator_goal": 10,
        },
        "screening": {
            "title": "Screening dossiers op verhoogde tegemoetkoming",
            "problem_statement": problems[0],
            "werkpiste": Werkpiste.AUTOMATIC_GRANTING,
            "domains": (ServiceDomain.DETECTION, ServiceDomain.RIGHTS_REALISATION),
            "owner": organisations["ocmw"],
            "owner_function": "sociale dienst en ziekenfondsen",
            "partners": "de ziekenfondsen",
            "indicator": "ronde",
            "indicator_start": 0,
            "indicator_goal": 1,
        },
        "lpdc": {
            "title": "Sociale rechten van de gemeente in de LPDC",
            "problem_statement": problems[0],
            "werkpiste": Werkpiste.INFORMATION,
            "domains": (ServiceDomain.PREVENTION,),
            "owner": organisations["gemeente"],
            "owner_function": "communicatie",
            "indicator": "rechten",
            "indicator_start": 3,
            "indicator_goal": 21,
            "bbc_reference": "ACT-098",
        },
    }
    actions = {}
    for key, fields in rows.items():
        action = ImprovementAction(
            project=project,
            starts_on=day("2026-07-01"),
            due_on=day("2027-06-30"),
            is_feasible_soon=True,
            **fields,
        )
        actions[key] = create_action(
            action=action,
            target_groups=groups.values()
            if key in ("talk", "tuesday")
            else [groups["buurt"]],
            created_by=people["hilde"].user,
            on=DIALOGUE_ON,
        )
    return actions


# action, day, what happened, new state, new figure
STORY = (
    ("coffee", "2026-06-16", "De stuurgroep besliste om te starten.", "decided", None),
    (
        "screening",
        "2026-06-16",
        "De stuurgroep besliste om te starten.",
        "decided",
        None,
    ),
    ("lpdc", "2026-06-16", "De stuurgroep besliste om te starten.", "decided", None),
    (
        "call",
        "2026-07-01",
        "Gestart. De budgetdienst weet bij hoeveel mensen de begeleiding stopte.",
        "running",
        None,
    ),
    (
        "talk",
        "2026-07-01",
        "Gestart met twee maatschappelijk werkers.",
        "running",
        None,
    ),
    ("coffee", "2026-07-07", "De eerste rechtenkoffie was een succes.", "running", 1),
    ("lpdc", "2026-07-10", "De lijst van onze rechten is klaar.", "running", None),
    ("tuesday", "2026-08-25", "De balie oefende een maand lang.", "running", None),
    ("lpdc", "2026-09-01", "Alle 21 rechten staan in de Rechtenverkenner.", "done", 21),
)

LATER = (
    ("screening", "2026-09-28", "wacht op advies van de DPO", "postponed", 0),
    (
        "tuesday",
        "2026-10-16",
        "Elke dinsdag staat de deur open, van 9 tot 16 uur.",
        "done",
        1,
    ),
    ("coffee", "2026-10-20", "Het vierde moment: 14 mensen aan tafel.", "", 4),
    ("talk", "2026-11-03", "Meer dan de helft van de nieuwe dossiers.", "", 55),
    (
        "call",
        "2026-11-10",
        "14 gesprekken gevoerd. Verschillende mensen kwamen opnieuw langs voor hun "
        "energiefactuur.",
        "",
        14,
    ),
)


def carry_out(
    actions: dict[str, ImprovementAction],
    groups: dict[str, TargetGroup],
    people: dict[str, DemoAccount],
) -> None:
    _tell_story(STORY, actions, people)
    record_feedback(
        feedback=Feedback(
            project=actions["call"].project,
            target_group=groups["buurt"],
            given_on=day("2026-09-22"),
            channel=FeedbackChannel.GROUP_MOMENT,
            people_present=9,
            told=(
                "De budgetdienst belt nu na zes maanden. Elk nieuw dossier begint met "
                "een rechtengesprek. De bus aan het Sociaal Huis lukt niet: dat beslist "
                "niet de gemeente."
            ),
            recognition=Recognition.YES,
            reaction="Niet bellen met een privénummer, dan neem ik niet op.",
        ),
        actions=list(actions.values()),
    )
    save(
        Anchoring(
            action=actions["call"],
            text="Nazorgtelefoon wordt deel van de procedure budgetbegeleiding",
            kind=AnchoringKind.PROCEDURE,
            decided_by="vast bureau",
            decided_on=day("2026-10-12"),
            review_on=day("2027-10-01"),
        )
    )
    _tell_story(LATER, actions, people)


def _tell_story(
    lines: tuple[tuple[str, str, str, str, int | None], ...],
    actions: dict[str, ImprovementAction],
    people: dict[str, DemoAccount],
) -> None:
    for key, happened_on, text, status, figure in lines:
        follow_up(
            action=actions[key],
            text=text,
            happened_on=day(happened_on),
            written_by=people["hilde"].user,
            status=ActionStatus(status) if status else None,
            indicator_value=None if figure is None else Decimal(figure),
        )
