"""The first and the last day of a period: their controls, and what is wrong with them."""

from datetime import date

import ipywidgets as widgets


def period_controls() -> tuple[widgets.DatePicker, widgets.DatePicker]:
    """Return the controls for the first day and for the last."""
    return widgets.DatePicker(description="From"), widgets.DatePicker(description="To")


def period_problem(first: date | None, last: date | None) -> str:
    """Return what is wrong where the first day comes after the last; empty where nothing is."""
    if first and last and first > last:
        return f"From is {first}, which is after To, {last}. Choose another day."
    return ""
