"""What reports stores: the reports themselves, and which weekly mail went out."""

from reports.models.digest import Digest
from reports.models.report import MAX_ATTEMPTS, STEPS, Report, ReportStatus

__all__ = ["MAX_ATTEMPTS", "STEPS", "Digest", "Report", "ReportStatus"]
