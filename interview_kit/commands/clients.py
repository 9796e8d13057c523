"""A folder of many people's records, as the commands take it."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from interview_kit.clients import Clients


def clients_of(named: Path | None) -> "Clients | None":
    """Return the people whose records lie in a folder that was named; None for a file, and for one person's folder."""
    from interview_kit.journal.people import people_in

    if named is None or not named.is_dir() or not people_in(named).are_several:
        return None
    from interview_kit.clients import Clients

    return Clients(named)


def unread_files(clients: "Clients") -> list[str]:
    """Return a line for each file that cannot be read, or is left out."""
    lines = clients.interviews().attrs["notes"]
    return ["", "Of other files:", *(f"- {line}" for line in lines)] if lines else []
