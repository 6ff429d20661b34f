"""What changes several rows of the preparation, or must hold for every caller."""

from projects.services.course import change_phase, note_participation, use_opportunity
from projects.services.estimates import give_estimate
from projects.services.matrix import (
    add_target_groups,
    agree_score,
    keep_matrix_version,
    open_matrix_round,
    read_matrix,
    remove_target_group,
    start_matrix_round,
)
from projects.services.matrix_scores import give_score, sheet_token, type_scores
from projects.services.meetings import (
    Decided,
    MeetingChangedError,
    Recorded,
    delete_meeting,
    move_item,
    put_on_agenda,
    record_meeting,
    save_meeting,
)
from projects.services.partners import find_organisation, suggest_partner
from projects.services.planning import (
    answer_condition,
    cast_vote,
    feasibility_of,
    propose_planning,
    record_vote,
    settle_planning,
)
from projects.services.projects import (
    change_role,
    give_access,
    hand_over,
    invite_again,
    load_municipalities,
    start_project,
    withdraw_access,
)
from projects.services.seats import (
    agree_responsibilities,
    clashing_seat,
    default_access_role,
    end_seat,
    invite_member,
    save_seat,
    say_clash,
)

__all__ = [
    "Decided",
    "MeetingChangedError",
    "Recorded",
    "add_target_groups",
    "agree_responsibilities",
    "agree_score",
    "answer_condition",
    "cast_vote",
    "change_phase",
    "change_role",
    "clashing_seat",
    "default_access_role",
    "delete_meeting",
    "end_seat",
    "feasibility_of",
    "find_organisation",
    "give_access",
    "give_estimate",
    "give_score",
    "hand_over",
    "invite_again",
    "invite_member",
    "keep_matrix_version",
    "load_municipalities",
    "move_item",
    "note_participation",
    "open_matrix_round",
    "propose_planning",
    "put_on_agenda",
    "read_matrix",
    "record_meeting",
    "record_vote",
    "remove_target_group",
    "save_meeting",
    "save_seat",
    "say_clash",
    "settle_planning",
    "sheet_token",
    "start_matrix_round",
    "start_project",
    "suggest_partner",
    "type_scores",
    "use_opportunity",
    "withdraw_access",
]
