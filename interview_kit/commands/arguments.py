"""The words after a command: its options, and what they take."""

import argparse
from datetime import date


def two_parts(text: str) -> tuple[str, str]:
    """Return the two sides of an argument's last equals sign; `ArgumentTypeError` says how to write it."""
    name, equals, value = text.rpartition("=")
    if not equals or not name.strip() or not value.strip():
        raise argparse.ArgumentTypeError(f"{text!r} has no two sides; write it as NAME=VALUE")
    return name.strip(), value.strip()


def day(text: str) -> date:
    """Return an argument as a day; `ArgumentTypeError` says how to write it."""
    from interview_kit.schema import parse_date

    try:
        return parse_date(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} {error}") from None


def add_day_order(command) -> None:
    """Describe the options that say what comes first in a date."""
    order = command.add_mutually_exclusive_group()
    order.add_argument("--day-first", action="store_true", default=None, help="03/04/2026 is in April")
    order.add_argument("--month-first", dest="day_first", action="store_false", help="03/04/2026 is in March")
