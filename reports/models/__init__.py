"""What reports stores: the reports themselves, and which weekly mail went out."""

from reports.models.digest import Digest
from reports.models.report import (
    GUIDE_STEPS,
    MAX_ATTEMPTS,
    STEPS,
    Report,
    ReportKind,
    ReportStatus,
)

__all__ = [
    "GUIDE_STEPS",
    "MAX_ATTEMPTS",
    "STEPS",
    "Digest",
    "Report",
    "ReportKind",
    "ReportStatus",
]
