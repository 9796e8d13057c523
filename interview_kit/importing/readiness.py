"""What is still lacking before what a preview shows can be imported."""

from enum import StrEnum
from typing import TYPE_CHECKING

from interview_kit.importing.problems import Kind

if TYPE_CHECKING:
    from interview_kit.importing.preview import ImportPreview


class Lack(StrEnum):
    """The reason why nothing can be imported."""

    DAY_ORDER = "day order"
    ANSWERS = "answers"
    RECORDS = "records"


def lack_of(preview: "ImportPreview") -> Lack | None:
    """Return what a preview lacks: which number is the day, or the answers that all rows wait for, or any record."""
    if preview.asks_day_order:
        return Lack.DAY_ORDER
    if not preview.records.empty:
        return None
    return Lack.ANSWERS if preview.waiting or (preview.problems["kind"] == Kind.COMPANY).any() else Lack.RECORDS
