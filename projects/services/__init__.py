"""What changes several rows of the preparation, or must hold for every caller."""

from projects.services.course import (
    change_phase,
    note_participation,
    use_opportunity,
)
from projects.services.estimates import (
    give_estimate,
)
from projects.services.matrix import (
    remove_target_group,
)
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
from projects.services.partners import (
    find_organisation,
    suggest_partner,
)
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
    "agree_responsibilities",
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
    "hand_over",
    "invite_again",
    "invite_member",
    "load_municipalities",
    "move_item",
    "note_participation",
    "propose_planning",
    "put_on_agenda",
    "record_meeting",
    "record_vote",
    "remove_target_group",
    "save_meeting",
    "save_seat",
    "say_clash",
    "settle_planning",
    "start_project",
    "suggest_partner",
    "use_opportunity",
    "withdraw_access",
]
