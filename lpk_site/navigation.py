"""The map of the product: five phases, each with its pages, and two lines apart."""

from dataclasses import dataclass, replace

from django.urls import reverse

from kader.vocabulary import Phase
from lpk_site.access_table import ACCESS_TABLE
from projects.access import CAPABILITIES
from projects.models import Project
from projects.models.project import PhaseState


@dataclass(frozen=True)
class Page:
    """A page in the local navigation; `prefixes` are the views that belong under it.

    A prefix of another app is written in full, such as "reports:meeting_".
    """

    label: str
    route: str
    prefixes: tuple[str, ...]

    def holds(self, view_name: str) -> bool:
        """Say whether a page belongs under this one."""
        namespace = self.route.partition(":")[0]
        return view_name.startswith(
            tuple(p if ":" in p else f"{namespace}:{p}" for p in self.prefixes)
        )


# Pages about the project as a whole; the overview itself is the first.
OVERVIEW = (
    Page("Overzicht", "reports:dashboard", ("dashboard",)),
    Page("Nakijken", "reports:review", ("review",)),
    Page("Wat kwam ervan?", "reports:group_list", ("group_",)),
    Page("Verloop en kansen", "projects:course", ("course", "phase_", "opportunity_")),
    Page("Participatie", "projects:participation_list", ("participation_",)),
    Page("Toegang", "projects:membership_list", ("membership_",)),
    Page("Instellingen", "projects:project_edit", ("project_edit",)),
)

PAGES: dict[Phase, tuple[Page, ...]] = {
    Phase.PREPARATION: (
        Page(
            "Stuurgroep",
            "projects:steering_group",
            ("steering_group", "member_", "organisation_", "responsibilities"),
        ),
        Page("Partners", "projects:partner_list", ("partner_",)),
        Page(
            "Vergaderingen",
            "projects:meeting_list",
            ("meeting_", "reports:meeting_"),
        ),
        Page("Inschatting", "projects:estimate_list", ("estimate_",)),
        Page(
            "Doelgroepenmatrix",
            "projects:target_group_matrix",
            ("target_group_", "matrix_"),
        ),
        Page("Planning", "projects:planning", ("planning", "vote_")),
    ),
    Phase.ANALYSIS: (
        Page(
            "Rechtencirkel",
            "rechtencirkel:wheel",
            ("wheel", "domain_", "reports:measurement_"),
        ),
        Page("Metingen", "rechtencirkel:round_list", ("round_", "question_")),
        Page(
            "Gesprekken",
            "rechtencirkel:conversation_list",
            (
                "conversation_",
                "sheet_",
                "paper_",
                "live_",
                "redact",
                "quote_",
                "link_",
                "reports:guide",
            ),
        ),
        Page("Verschillen", "rechtencirkel:gap_list", ("gap_",)),
        Page("Drempels", "rechtencirkel:barrier_list", ("barrier_",)),
        Page("Dekking", "rechtencirkel:coverage", ("coverage",)),
        Page(
            "Problemen",
            "rechtencirkel:problem_statement_list",
            ("problem_",),
        ),
    ),
    Phase.DIALOGUE: (
        Page(
            "Dialoogsessies",
            "dialogue:session_list",
            ("session_", "agenda_item_", "conclusion_"),
        ),
    ),
    Phase.EXECUTION: (
        Page("Acties", "improvement_actions:action_list", ("action_", "follow_up_")),
        Page("Terugkoppelingen", "improvement_actions:feedback_list", ("feedback_",)),
    ),
    Phase.ANCHORING: (
        Page(
            "Verankering",
            "improvement_actions:anchoring_list",
            ("anchoring_", "signal_"),
        ),
    ),
}


@dataclass(frozen=True)
class Link:
    """One line of the navigation as drawn."""

    label: str
    url: str
    is_current: bool
    state: PhaseState | None = None
    pages: tuple["Link", ...] = ()


@dataclass(frozen=True)
class Navigation:
    """Everything the masthead and the local navigation print."""

    tasks: Link
    overview: Link
    phases: tuple[Link, ...]
    thread: Link | None
    reports: Link | None

    @property
    def current_phase(self) -> Link | None:
        return next((phase for phase in self.phases if phase.is_current), None)

    @property
    def section(self) -> Link | None:
        """The part of the project with pages of its own that the reader is in."""
        return self.overview if self.overview.is_current else self.current_phase

    @property
    def local(self) -> Link | None:
        """The section whose pages stand beside this one: a lone page needs no list.

        The overview itself has a column of its own and shows no list either.
        """
        section = self.section
        if section is None or len(section.pages) < 2:
            return None
        if section is not self.overview:
            return section
        # Above a list that begins with Overzicht, the same word would say nothing.
        about = replace(section, label="Over het project")
        return None if section.pages[0].is_current else about

    @property
    def here(self) -> str:
        """Say where the reader is, for the closed menu on a phone."""
        for link in (self.tasks, self.overview, self.thread, self.reports):
            if link is not None and link.is_current:
                return link.label
        return self.current_phase.label if self.current_phase else "Menu"

    @property
    def here_page(self) -> str:
        """Name the page within its section, when that says more than the section."""
        pages = self.section.pages if self.section else ()
        label = next((page.label for page in pages if page.is_current), "")
        return "" if label == self.here else label


def build_navigation(project: Project, view_name: str) -> Navigation:
    """Return the navigation for a page; only what the viewer may open. No queries."""
    phases = [
        Link(
            phase.label,
            links[0].url,
            any(link.is_current for link in links),
            project.phase_state(phase),
            links,
        )
        for phase, pages in PAGES.items()
        if (links := _links(project, pages, view_name))
    ]
    about = _links(project, OVERVIEW, view_name)
    return Navigation(
        tasks=_link(project, "Te doen", "reports:my_tasks", view_name),
        overview=Link(
            about[0].label,
            about[0].url,
            any(link.is_current for link in about),
            pages=about,
        ),
        phases=tuple(phases),
        thread=_optional(project, "De rode draad", "reports:thread", view_name),
        reports=_optional(project, "Rapporten", "reports:report_list", view_name),
    )


def _links(
    project: Project, pages: tuple[Page, ...], view_name: str
) -> tuple[Link, ...]:
    """Return the pages the viewer may open."""
    return tuple(
        Link(page.label, _url(project, page.route), page.holds(view_name))
        for page in pages
        if _may_open(project, page.route)
    )


def _may_open(project: Project, route: str) -> bool:
    return ACCESS_TABLE[route].asks in CAPABILITIES[project.viewer.role]


def _optional(project: Project, label: str, route: str, view_name: str) -> Link | None:
    return (
        _link(project, label, route, view_name) if _may_open(project, route) else None
    )


def _link(project: Project, label: str, route: str, view_name: str) -> Link:
    return Link(label, _url(project, route), is_current=view_name == route)


def _url(project: Project, route: str) -> str:
    return reverse(route, args=[project.pk])
