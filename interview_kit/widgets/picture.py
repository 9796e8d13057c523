"""A Plotly figure on screen, drawn by the page one drawing at a time, the newest winning."""

from pathlib import Path

import anywidget
import traitlets

HERE = Path(__file__).parent


class Picture(anywidget.AnyWidget):
    """Shows `figure`; `clicked`, where it is given, is called with the trace and the point that someone clicks.

    Plotly's own widget sends Plotly along with each figure, and on a busy machine the page gives up before it is read.
    """

    _esm = HERE / "picture.js"
    drawn = traitlets.Unicode().tag(sync=True)

    def __init__(self, clicked=None):
        import plotly.graph_objects as go

        super().__init__()
        self.figure, self.clicked = go.Figure(), clicked
        self.on_msg(self._hear)

    def show(self, figure) -> None:
        """Draw a figure in the place of the one before."""
        self.figure, self.drawn = figure, figure.to_json()

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
