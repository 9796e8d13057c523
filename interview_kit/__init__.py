"""Learn from job interviews: write them down while they are fresh, and see honestly what lines up with callbacks."""

import ast
from importlib import import_module
from pathlib import Path

_STUB = ast.parse(Path(__file__).with_suffix(".pyi").read_text(encoding="utf-8"))
_HOME_OF = {
    alias.name: str(node.module) for node in _STUB.body if isinstance(node, ast.ImportFrom) for alias in node.names
}
_FORMER_NAMES = {  # for one release: where they are, and what to call now
    "travel_together": ("interview_kit.patterns.behavior_pairs", "is called behavior_pairs now"),
    "merged_contact": ("interview_kit.next_steps.contacts.merged_contact", "goes; merge_contacts does it all"),
    "grade_practice": ("interview_kit.next_steps.practice.grade_practice", "goes; record_practice does it all"),
}
__all__ = sorted(_HOME_OF)  # noqa: PLE0605


def __getattr__(name: str):
    """Import a public name when it is first asked for, so that `import interview_kit` costs next to nothing."""
    if name in _FORMER_NAMES:
        import warnings

        place, now = _FORMER_NAMES[name]
        warnings.warn(f"{name} {now}", DeprecationWarning, stacklevel=2)
        home, _, former = place.rpartition(".")
        return getattr(import_module(home), former)
    if name not in _HOME_OF:
        raise AttributeError(f"module 'interview_kit' has no attribute {name!r}; it has {', '.join(__all__)}")
    value = getattr(import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
