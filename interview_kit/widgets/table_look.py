"""How a table of records looks: plain text, one row to pick, pages of ten."""

LOOK = {
    "select": "single",
    "selected_rows": [],
    "showIndex": False,
    "allow_html": False,
    "maxBytes": 0,
    "maxRows": 0,
    "order": [],
    "classes": "display compact",
    "style": "width:100%",
}


def table_look(columns: list[dict], *, search: bool = False, rows: int = 10) -> dict:
    """Return the options of a table whose columns look so, searched or not, and so many `rows` a page."""
    layout = {"topStart": None, "topEnd": "search" if search else None, "bottomStart": "info", "bottomEnd": "paging"}
    return {**LOOK, "pageLength": rows, "layout": layout, "columnDefs": columns}
