"""What every route asks: its methods and who may open it.

The views enforce it (projects.access); this table declares it in one place, so that
`manage.py list_routes` can print it, docs/access.md can be generated from it, and a test
can walk every route × method × role × scope. A route that is not here stops the start.
"""

from dataclasses import dataclass
from enum import StrEnum

from projects.access import Capability

READ = ("GET", "HEAD")
FORM = ("GET", "POST")
SUBMIT = ("POST",)


class Audience(StrEnum):
    """Who may open a page that does not belong to a project."""

    EVERYBODY = "everybody"
    SIGNED_IN = "signed_in"
    PLATFORM_ADMIN = "platform_admin"

    @property
    def label(self) -> str:
        return {
            "everybody": "iedereen, ook zonder account",
            "signed_in": "wie aangemeld is",
            "platform_admin": "de beheerder",
        }[self]


@dataclass(frozen=True)
class Rule:
    """The methods of a route and what it asks. Other methods answer 405."""

    methods: tuple[str, ...]
    asks: Capability | Audience


def _rules(
    asks: Capability | Audience, methods: tuple[str, ...], *names: str
) -> dict[str, Rule]:
    return {name: Rule(methods, asks) for name in names}


ACCESS_TABLE: dict[str, Rule] = {
    **_rules(
        Audience.EVERYBODY,
        READ,
        "home",
        "health",
        # The address itself is the secret: a calendar program cannot sign in.
        "reports:calendar_feed",
        "about_data",
        "accessibility",
        "privacy",
        "user_guide",
        # Whoever sits in the room types the short code from the screen.
        "rechtencirkel:live_join",
        # What a device keeps of the site: the same for everybody.
        "rechtencirkel:device_page",
        "rechtencirkel:device_state",
        "rechtencirkel:service_worker",
    ),
    **_rules(
        Audience.EVERYBODY,
        FORM,
        "accounts:invitation_accept",
        # Providers answer without an account; the address is the key.
        "rechtencirkel:answer",
        # A phone in the room votes on the question that is open; nobody knows whose.
        "rechtencirkel:live_vote",
    ),
    **_rules(Audience.EVERYBODY, SUBMIT, "accounts:demo_sign_in"),
    **_rules(
        Audience.SIGNED_IN,
        FORM,
        "accounts:profile_edit",
        "accounts:calendar_feed_delete",
    ),
    **_rules(Audience.SIGNED_IN, SUBMIT, "accounts:calendar_feed_create"),
    **_rules(Audience.SIGNED_IN, READ, "projects:project_list"),
    **_rules(Audience.PLATFORM_ADMIN, FORM, "projects:project_create"),
    **_rules(
        Capability.VIEW,
        READ,
        "projects:steering_group",
        "projects:partner_list",
        "projects:meeting_list",
        "projects:meeting_calendar",
        "projects:target_group_matrix",
        "projects:matrix_versions",
        "projects:planning",
        "projects:estimate_list",
        "projects:course",
        "projects:participation_list",
    ),
    **_rules(Capability.CONTRIBUTE, READ, "projects:matrix_scores"),
    **_rules(
        Capability.CONTRIBUTE,
        SUBMIT,
        "projects:matrix_score_save",
        "projects:matrix_scores_save",
    ),
    **_rules(Capability.MANAGE, SUBMIT, "projects:matrix_cell_save"),
    **_rules(
        Capability.CONTRIBUTE,
        FORM,
        "projects:partner_suggest",
        "projects:target_group_create",
        "projects:target_group_edit",
        "projects:planning_vote",
        "projects:estimate_edit",
        "projects:opportunity_create",
        "projects:opportunity_edit",
        "projects:opportunity_delete",
        "projects:participation_edit",
        "projects:target_group_pick",
    ),
    **_rules(Capability.MANAGE, READ, "projects:membership_list"),
    **_rules(
        Capability.MANAGE,
        FORM,
        "projects:project_edit",
        "projects:member_create",
        "projects:member_edit",
        "projects:member_end",
        "projects:member_invite",
        "projects:responsibilities",
        "projects:partner_edit",
        "projects:partner_delete",
        "projects:organisation_create",
        "projects:organisation_edit",
        "projects:meeting_create",
        "projects:meeting_edit",
        "projects:meeting_delete",
        "projects:meeting_agenda",
        "projects:meeting_item_edit",
        "projects:meeting_item_delete",
        "projects:meeting_record",
        "projects:target_group_decide",
        "projects:target_group_delete",
        "projects:matrix_member_scores",
        "projects:matrix_round_open",
        "projects:matrix_round_close",
        "projects:matrix_version_create",
        "projects:planning_create",
        "projects:planning_vote_record",
        "projects:vote_answer",
        "projects:estimate_record",
        "projects:phase_change",
        "projects:membership_create",
        "projects:membership_edit",
        "projects:membership_delete",
        "projects:membership_hand_over",
    ),
    **_rules(
        Capability.MANAGE,
        SUBMIT,
        "projects:membership_invite",
        "projects:planning_settle",
    ),
    **_rules(
        Capability.MANAGE,
        SUBMIT,
        "projects:membership_invite",
        "projects:meeting_item_move",
    ),
    **_rules(
        Capability.FOLLOW,
        READ,
        "rechtencirkel:wheel",
        "rechtencirkel:domain_detail",
        "rechtencirkel:gap_list",
    ),
    **_rules(
        Capability.VIEW,
        READ,
        "rechtencirkel:barrier_list",
        "rechtencirkel:coverage",
        "rechtencirkel:round_list",
        "rechtencirkel:question_list",
        "rechtencirkel:question_compare",
        "rechtencirkel:conversation_list",
        "rechtencirkel:conversation_detail",
        "rechtencirkel:problem_statement_list",
        "rechtencirkel:problem_statement_detail",
        "rechtencirkel:link_list",
    ),
    # The address of a link is a key: who may make one may also read it back.
    **_rules(
        Capability.MANAGE,
        READ,
        "rechtencirkel:link_detail",
    ),
    **_rules(
        Capability.MANAGE,
        FORM,
        "rechtencirkel:round_create",
        "rechtencirkel:round_close",
        "rechtencirkel:question_choose",
        "rechtencirkel:question_create",
        "rechtencirkel:question_edit",
        "rechtencirkel:question_reset",
        "rechtencirkel:redactor_edit",
        "rechtencirkel:link_create",
        "rechtencirkel:link_close",
    ),
    **_rules(Capability.MANAGE, SUBMIT, "rechtencirkel:question_move"),
    **_rules(
        Capability.ENTER,
        FORM,
        "rechtencirkel:conversation_create",
        "rechtencirkel:conversation_edit",
        "rechtencirkel:conversation_rename",
        "rechtencirkel:conversation_delete",
        "rechtencirkel:sheet_edit",
        "rechtencirkel:sheet_closing",
        "rechtencirkel:conversation_read_back",
        # Also asks to be the appointed person of the project (P7).
        "rechtencirkel:redaction_edit",
        "rechtencirkel:quote_withdraw",
        "rechtencirkel:conversation_checklist",
        "rechtencirkel:conversation_questions",
        "rechtencirkel:conversation_answer",
        "rechtencirkel:conversation_reopen",
        "rechtencirkel:sheet_photos",
        "rechtencirkel:sheet_photo_delete",
        "rechtencirkel:sheet_import",
        "rechtencirkel:live_room",
    ),
    **_rules(
        Capability.ENTER,
        READ,
        "rechtencirkel:sheet_review",
        "rechtencirkel:sheet_photo",
        "rechtencirkel:sheet_template_csv",
        "rechtencirkel:sheet_template_xlsx",
        "rechtencirkel:paper_open",
        # The printed guide of a talk: also asks to be allowed to open its sheet.
        "reports:guide",
        "reports:guide_status",
        "reports:guide_download",
        # Also asks to be the appointed person of the project (P7).
        "rechtencirkel:redaction_list",
    ),
    **_rules(
        Capability.MANAGE,
        FORM,
        "rechtencirkel:conversation_return",
        "rechtencirkel:conversation_hand_over",
    ),
    **_rules(Capability.MANAGE, SUBMIT, "rechtencirkel:conversation_accept"),
    # Everybody who writes somewhere is helped while typing; it stores nothing.
    **_rules(Capability.CONTRIBUTE, SUBMIT, "rechtencirkel:privacy_check"),
    **_rules(
        Capability.ENTER,
        SUBMIT,
        "rechtencirkel:conversation_hand_in",
        "rechtencirkel:sheet_import_confirm",
        "rechtencirkel:sheet_save_fields",
        "reports:guide_request",
    ),
    # What the guide does while the question stands on the big screen.
    **_rules(Capability.ENTER, READ, "rechtencirkel:live_screen"),
    **_rules(
        Capability.ENTER,
        SUBMIT,
        "rechtencirkel:live_show",
        "rechtencirkel:live_phones",
        "rechtencirkel:live_ballot",
    ),
    **_rules(
        Capability.CONTRIBUTE,
        FORM,
        "rechtencirkel:problem_statement_create",
        "rechtencirkel:problem_statement_edit",
        "rechtencirkel:problem_validate",
        "rechtencirkel:problem_rank",
    ),
    **_rules(
        Capability.MANAGE,
        FORM,
        "rechtencirkel:problem_statement_delete",
        "rechtencirkel:problem_rank_record",
    ),
    **_rules(
        Capability.MANAGE,
        SUBMIT,
        "rechtencirkel:problem_rank_step",
        "rechtencirkel:problem_rank_move",
    ),
    **_rules(Capability.VIEW, READ, "dialogue:session_list", "dialogue:session_detail"),
    **_rules(
        Capability.MANAGE,
        FORM,
        "dialogue:session_create",
        "dialogue:session_edit",
        "dialogue:session_close",
        "dialogue:agenda_item_create",
        "dialogue:agenda_item_delete",
        "dialogue:conclusion_create",
        "dialogue:conclusion_edit",
    ),
    **_rules(Capability.CONTRIBUTE, FORM, "dialogue:conclusion_confirm"),
    **_rules(Capability.FOLLOW, READ, "improvement_actions:action_list"),
    **_rules(
        Capability.VIEW,
        READ,
        "improvement_actions:action_detail",
        "improvement_actions:feedback_list",
        "improvement_actions:feedback_warning",
        "improvement_actions:anchoring_list",
    ),
    **_rules(
        Capability.CONTRIBUTE,
        FORM,
        "improvement_actions:action_create",
        "improvement_actions:action_edit",
        "improvement_actions:follow_up_create",
        "improvement_actions:feedback_create",
        "improvement_actions:signal_create",
    ),
    **_rules(Capability.MANAGE, FORM, "improvement_actions:anchoring_create"),
    **_rules(
        Capability.FOLLOW,
        READ,
        "reports:dashboard",
        "reports:my_tasks",
        "reports:task_count",
        "reports:measurement_compare",
    ),
    **_rules(
        Capability.VIEW,
        READ,
        "reports:review",
        "reports:meeting_detail",
        "reports:meeting_minutes",
        "reports:thread",
        "reports:group_list",
        "reports:report_list",
        "reports:report_status",
        "reports:report_download",
    ),
    **_rules(
        Capability.CONTRIBUTE, SUBMIT, "reports:report_request", "reports:report_retry"
    ),
    # allauth decides who sees which of these; the tests hold it to this table.
    **_rules(
        Audience.EVERYBODY,
        ("GET", "HEAD", "OPTIONS", "POST"),
        "account_login",
        # Also ends a sign-in that stopped halfway, at the second step.
        "account_logout",
        "account_reset_password",
        "account_reset_password_from_key",
        "mfa_authenticate",
    ),
    **_rules(
        Audience.EVERYBODY,
        ("GET", "HEAD", "OPTIONS"),
        "account_inactive",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
    ),
    **_rules(
        Audience.SIGNED_IN,
        ("GET", "HEAD", "OPTIONS", "POST"),
        "account_reauthenticate",
        "account_change_password",
        "account_set_password",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_generate_recovery_codes",
    ),
    **_rules(
        Audience.SIGNED_IN,
        ("GET", "HEAD", "OPTIONS"),
        "mfa_index",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
    ),
}
