"""Figures as images, all in one start of the browser that is there."""

import asyncio
import os
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import plotly.graph_objects as go

FORMATS = ("png", "svg", "pdf")
WIDTH = 736  # px, what the charts are made for
PRINT_SCALE = 3  # 2208 px: 300 dots an inch across a page of A4
CLOSING = 20  # seconds
NOWHERE = "127.0.0.1:9"  # what the browser asks for goes to a port where nobody listens; files are not asked for there
NO_BROWSER = (
    "no images were made, because no Chrome or Chromium was found{where}. Install one of them, or name its program in "
    "the variable BROWSER_PATH, and try again"
)
FAILED = "no images were made, because the browser did not work: {reason}. Close other programs and try again"


class ImageError(RuntimeError):
    """Why no image could be made, and what to do about it."""


def images(pictures: Sequence[tuple["go.Figure", str]]) -> Iterator[bytes]:
    """Yield the image of each pair of figure and format ("png", "svg", "pdf"); `ImageError` where there is no browser.

    In a thread of its own, since a notebook already runs an event loop.
    """
    if not pictures:
        return
    heard: queue.SimpleQueue = queue.SimpleQueue()
    artist = threading.Thread(target=drawn, args=(pictures, heard.put), daemon=True)
    artist.start()
    for _ in pictures:
        found = heard.get()
        if isinstance(found, BaseException):
            artist.join(CLOSING)
            raise ImageError(reason(found)) from found
        yield found
    artist.join(CLOSING)  # the browser closes, and takes its temporary folder with it


def drawn(pictures: Sequence[tuple["go.Figure", str]], tell: Callable) -> None:
    """Tell each image, or the error that ended it."""
    try:
        asyncio.run(draw(pictures, tell))
    except Exception as error:  # whatever a browser may do, it must be told
        tell(error)


async def draw(pictures: Sequence[tuple["go.Figure", str]], tell: Callable) -> None:
    """Draw all pictures in one browser: without MathJax, which kaleido would fetch, and without a way out."""
    import kaleido

    async with kaleido.Kaleido(mathjax=False, proxy_server=NOWHERE) as browser:
        for figure, kind in pictures:
            scale = PRINT_SCALE if kind == "png" else 1
            size: Any = {"width": WIDTH, "height": figure.layout.height or 450, "scale": scale, "format": kind}
            tell(await browser.calc_fig(figure, opts=size))


def reason(error: BaseException) -> str:
    """Return an error of the browser in words that say what to do."""
    from kaleido.errors import ChromeNotFoundError

    if isinstance(error, ChromeNotFoundError):
        named = os.environ.get("BROWSER_PATH")
        return NO_BROWSER.format(where=f" at BROWSER_PATH={named}" if named else "")
    return FAILED.format(reason=str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__)
