"""Who is told of a change: those who show a table."""

import warnings
import weakref
from collections.abc import Callable, Generator
from contextlib import contextmanager

from interview_kit.journal.loading import RecordsWarning


class Listeners:
    """Bound methods that are called with the name of what was changed; each is forgotten with its object."""

    def __init__(self) -> None:
        self._methods: list[weakref.WeakMethod] = []
        self._waiting: list[str] | None = None

    def add(self, listener: Callable[[str], None]) -> None:
        """Tell this one, too."""
        self._methods.append(weakref.WeakMethod(listener))

    def tell(self, what: str) -> None:
        """Tell everyone of a change that is on the disk already: none of them can make it fail."""
        if self._waiting is not None:
            self._waiting.append(what)
            return
        self._methods = [method for method in self._methods if method()]
        for listener in [found for found in (method() for method in self._methods) if found]:
            try:
                listener(what)
            except Exception as error:  # noqa: BLE001, RUF100
                warnings.warn(f"{what} is saved, but could not be shown: {error!r}", RecordsWarning, stacklevel=4)

    @contextmanager
    def told_at_the_end(self) -> Generator[None]:
        """Tell of what is changed in this block once, and only behind it."""
        if self._waiting is not None:
            yield
            return
        self._waiting = []
        try:
            yield
        finally:
            waiting, self._waiting = self._waiting, None
            for what in dict.fromkeys(waiting):
                self.tell(what)
