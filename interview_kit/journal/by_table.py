"""A method for each table."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


class ByTable:
    """Tables that are read by their names, each with a method of its own."""

    def read(self, table: str) -> "pd.DataFrame":
        """Return one table as a typed frame."""
        raise NotImplementedError

    def interviews(self) -> "pd.DataFrame":
        """Return the interviews, typed as by `load_interviews`; `attrs["problems"]` lists what could not be read."""
        return self.read("interviews")

    def questions(self) -> "pd.DataFrame":
        """Return what they asked, by `interview_id`."""
        return self.read("questions")

    def contacts(self) -> "pd.DataFrame":
        """Return the people met, by `interview_id`."""
        return self.read("contacts")

    def follow_ups(self) -> "pd.DataFrame":
        """Return what was planned to do, by `interview_id` and `contact_id`."""
        return self.read("follow_ups")

    def stories(self) -> "pd.DataFrame":
        """Return what they tell of their work; a question names the one that was told by `story_id`."""
        return self.read("stories")
