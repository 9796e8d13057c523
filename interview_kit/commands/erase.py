"""`interview-kit erase`: everything of a folder of records, gone for good."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from interview_kit.commands.arguments import add_records, journal_named
from interview_kit.commands.terminal import add_yes, fail, refusal, say

WORD = "erase"


def add_erase(commands) -> None:
    """Describe the command `erase`."""
    erasing = commands.add_parser(
        "erase",
        run=erase,
        help="erase all of your records for good",
        description="Erase all of the kit's files in the folder of the records: records, backups, drafts, settings and "
        "exports. There is no way back.\nFiles of others in the folder stay, and so do copies elsewhere.",
    )
    add_records(erasing, path=True)
    erasing.add_argument("--with-templates", action="store_true", help="your own templates in notes/ as well")
    add_yes(erasing, WORD)


def erase(given: argparse.Namespace) -> int:
    """List all that would go and erase it once the person has typed the word; 1 where anything of it stays."""
    from interview_kit.journal.wording import why_not_erased

    journal = journal_named(given)
    contents = journal.contents()
    if why := why_not_erased(journal.folder, contents):
        return fail(why)
    for line in listing(journal.folder, contents, templates=given.with_templates):
        say(line)
    asked = f"Type {WORD} to erase all of this: "
    if no := refusal(asked, "Nothing is erased", yes=given.yes, purpose=f"{WORD} this", word=WORD):
        return fail(no)
    going = contents.to_erase(templates=given.with_templates)
    kept = journal.erase([name for names in going.values() for name in names])
    if kept:
        return fail("\n".join(["Not everything could be erased:", *(f"  {line}" for line in kept)]))
    say("Erased.")
    return 0


def listing(folder: Path, contents: Any, *, templates: bool) -> list[str]:
    """Return the lines that say what would go, what stays, and that there is no way back."""
    from interview_kit.journal.wording import ELSEWHERE, KINDS, NO_WAY_BACK, links, shortened

    own, going = contents.own, contents.to_erase(templates=templates)
    gone = [kind for kind in KINDS if kind in going]
    lines = [f"This would erase, from {folder}:", *(line_of(kind, own[kind]) for kind in gone)]
    if own["templates"] and not templates:
        lines += ["Your templates stay; --with-templates erases them as well:", f"  {shortened(own['templates'])}"]
    if contents.others:
        lines += ["What the kit did not make stays:", f"  {shortened(contents.others, most=20)}"]
    return [*lines, *links(folder, [name for kind in gone for name in own[kind]]), ELSEWHERE, NO_WAY_BACK]


def line_of(kind: str, names: Sequence[str]) -> str:
    """Return how many files of a kind there are, and which."""
    from interview_kit.journal.wording import plural_kind, shortened

    return f"  {plural_kind(kind, len(names))}: {shortened(names)}"
