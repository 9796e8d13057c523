"""The records that a file becomes, as a typed frame."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from interview_kit import schema
from interview_kit.importing.ids import made_id
from interview_kit.importing.reading import Reading

if TYPE_CHECKING:
    import pandas as pd


DTYPES = {
    **dict.fromkeys(["date", "datetime"], "datetime64[us]"),
    **{"chance": "Float64", "rating": "Int64", "yes/no": "boolean", "time": "object"},
}


def records_frame(parts: Sequence[Reading]) -> "pd.DataFrame":
    """Return the records as a frame in our columns: the behaviors and extra columns that the files have, typed."""
    import pandas as pd

    rows = with_own_ids([record for part in parts for record in part.result.records])
    own = {field for part in parts for _, field, _ in part.layout.own}
    extra = dict.fromkeys(name for part in parts for _, name in part.layout.extras)
    behaviors = {column.name for column in (*schema.BEHAVIORS, *schema.RATINGS)} - own
    names = [name for name in schema.INTERVIEWS.names if name not in behaviors]
    names += [name for name in (*sorted(own), *extra) if name not in names]
    filled = {*own, *extra, *(rows[0] if rows else ()), *(field for part in parts for field in part.layout.at)}
    values = {name: [row.get(name) for row in rows] if name in filled else len(rows) for name in names}
    return pd.DataFrame({name: typed(schema.INTERVIEWS.column(name).kind, found) for name, found in values.items()})


def with_own_ids(records: list[dict]) -> list[dict]:
    """Return the records, each with an id of its own: a row that was copied with its id gets another."""
    counts: dict[str, int] = {}
    for record in records:
        key = record["id"]
        counts[key] = counts.get(key, 0) + 1
        if counts[key] > 1:
            record["id"] = made_id(f"{key}\x1f{counts[key]}")
    return records


def typed(kind: str, values: "list | int") -> "pd.Series":
    """Return values as a column of their kind, or so many missing ones; text that is missing is empty."""
    import pandas as pd

    if kind not in DTYPES:
        texts = [""] * values if isinstance(values, int) else ["" if value is None else value for value in values]
        return pd.Series(texts, dtype="str")
    found = [None] * values if isinstance(values, int) else values
    return pd.Series(found, dtype=DTYPES[kind])
