"""The pages that read across: overview, De rode draad, meetings, reports."""

from reports.views.meetings import (
    calendar_feed,
    meeting_detail,
    meeting_minutes,
)
from reports.views.overview import (
    dashboard,
    group_list,
    measurement_compare,
    my_tasks,
    review,
    task_count,
    thread,
)
from reports.views.report_files import (
    guide,
    guide_download,
    guide_request,
    guide_status,
    report_download,
    report_list,
    report_request,
    report_retry,
    report_status,
)

__all__ = [
    "calendar_feed",
    "dashboard",
    "group_list",
    "guide",
    "guide_download",
    "guide_request",
    "guide_status",
    "measurement_compare",
    "meeting_detail",
    "meeting_minutes",
    "my_tasks",
    "report_download",
    "report_list",
    "report_request",
    "report_retry",
    "report_status",
    "review",
    "task_count",
    "thread",
]
