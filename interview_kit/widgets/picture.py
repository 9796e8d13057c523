"""A Plotly figure on screen, drawn by the page one drawing at a time, the newest winning."""

from collections.abc import Callable
from pathlib import Path

import anywidget
import traitlets

from interview_kit.charts import NARROW_BELOW
from interview_kit.widgets import panel


class Picture(anywidget.AnyWidget):
    """Shows `figure`, laid out anew where there is little room.

    `clicked`, where it is given, is called with the trace and the point that someone clicks.

    Plotly's own widget sends Plotly along with each figure, and on a busy machine the page gives up before it is read.
    """

    _esm = panel.HERE / "picture.js"
    drawn = traitlets.Unicode().tag(sync=True)

    def __init__(self, clicked=None):
        import plotly.graph_objects as go

        super().__init__()
        self.figure, self.clicked = go.Figure(), clicked
        self.on_msg(self._hear)

    def show(self, plot: Callable, table, *, dark: bool = False) -> None:
        """Draw a table in the place of the one before, in both layouts; the page takes the one that it has room for."""
        self.figure = plot(table, dark=dark)
        wide, narrow = self.figure.to_json(), plot(table, dark=dark, narrow=True).to_json()
        self.drawn = f'{{"below": {NARROW_BELOW}, "wide": {wide}, "narrow": {narrow}}}'

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def _hear(self, _widget, content: dict, _buffers) -> None:
        if content.get("kind") == "plotly":
            self.send({"kind": "plotly"}, [plotly_source()])
        if content.get("kind") == "click" and self.clicked:
            self.clicked(self.figure.data[content["trace"]], content["point"])


def plotly_source() -> bytes:
    """Return the script of Plotly that comes with its package, to draw without a connection."""
    import plotly

    return Path(plotly.__file__).with_name("package_data").joinpath("plotly.min.js").read_bytes()
