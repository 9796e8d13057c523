"""The commands beside `lab`: how what was mistyped is met, where the records are, and how each says what it did."""

import errno
import io
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from jupyterlab.labapp import LabApp

from interview_kit import Journal, app, places
from interview_kit.commands import arguments, terminal
from interview_kit.files.problems import RecordsError

RUN_MAIN = "import sys; from interview_kit.app import main; sys.exit(main())"
COMMANDS = (
    "lab",
    "app",
    "today",
    "brief",
    "report",
    "import",
    "check",
    "standardize",
    "undo",
    "restore",
    "pack",
    "unpack",
    "erase",
)


class Terminal(io.StringIO):
    """What a person types at, or looks at."""

    encoding = "utf-8"

    def isatty(self):
        return True


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """The folder of one's own records, which is not made yet."""
    monkeypatch.setenv("INTERVIEW_KIT_DATA", str(tmp_path / "mine"))
    return tmp_path / "mine"


@pytest.fixture
def started(monkeypatch):
    """The commands that would have started JupyterLab."""
    ran = []
    monkeypatch.setattr(app, "run", lambda command: ran.append(command) or 0)
    return ran


def refused(capsys, *words):
    """Return what a command that was written wrong prints before it leaves with status 2."""
    with pytest.raises(SystemExit) as stopped:
        app.main(list(words))
    assert stopped.value.code == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    return printed.err


# What was mistyped.


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("tody", "'tody' is no command; did you mean today?"),
        ("Check", "'Check' is no command; did you mean check?"),
        ("res", "'res' is no command; did you mean restore?"),
        ("xyz", f"'xyz' is no command; the commands are {', '.join(COMMANDS)}"),
        ("notebooks/1_debrief.ipynb", "'notebooks/1_debrief.ipynb' is no command; the commands are lab, app, today"),
    ],
)
def test_a_mistyped_command_is_answered_with_the_nearest_one(capsys, typed, sentence):
    printed = refused(capsys, typed, "--records", "x")
    assert printed.startswith(f"interview-kit: {sentence}")
    assert printed.endswith("\ninterview-kit --help says what it takes.\n")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["today", "--record", "x"], "interview-kit today: --record is no option; did you mean --records?\n"),
        (["today", "--record=x"], "interview-kit today: --record is no option; did you mean --records?\n"),
        (["check", "-records", "x"], "interview-kit check: -records is no option; did you mean --records?\n"),
        (["report", "--as", "2026-04-03"], "interview-kit report: --as is no option; did you mean --as-of?\n"),
        (["import", "--yess"], "interview-kit import: --yess is no option; did you mean --yes?\n"),
        (["erase", "--frob"], "interview-kit erase: --frob is no option\n"),
    ],
)
def test_an_unknown_option_is_refused_as_it_was_typed_with_the_nearest_one(capsys, words, sentence):
    assert refused(capsys, *words) == f"{sentence}interview-kit {words[0]} --help says what it takes.\n"


def test_what_follows_two_hyphens_is_no_option(capsys, tmp_path):
    assert app.main(["check", "--", str(tmp_path / "-x.csv")]) == 1
    assert "-x.csv is not there; name the folder of your records, or a CSV of interviews" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("--prot", "--port"),
        ("--prot=9999", "--port"),
        ("--ports", "--port"),
        ("--no_browser", "--no-browser"),
        ("--nobrowser", "--no-browser"),
        ("--notebookdir", "--notebook-dir"),
        ("--hlep", "--help"),
    ],
)
@pytest.mark.parametrize("command", [[], ["lab"]])
def test_a_mistyped_option_for_jupyterlab_is_asked_about(capsys, started, command, typed, meant):
    name = typed.partition("=")[0]
    assert refused(capsys, *command, typed, "9999") == (
        f"interview-kit: {name} is no option; did you mean {meant}?\ninterview-kit --help says what it takes.\n"
    )
    assert started == []


@pytest.mark.parametrize(
    "words", [["--port-retries=3"], ["--ServerApp.prot=1"], ["--frobnicate"], ["-y"], ["--pylab"], ["--", "--prot"]]
)
def test_other_options_go_on_to_jupyterlab(started, words):
    assert app.main(words) == 0
    assert started[0][-len(words) :] == words


def test_an_option_of_another_command_is_told_where_it_belongs(capsys, started):
    assert refused(capsys, "--as-of", "2026-04-03", "today").startswith(
        "interview-kit: --as-of is an option of today, brief, report; "
        "write the command first: interview-kit today --as-of\n"
    )
    assert started == []


def test_the_options_of_jupyterlab_are_known():
    assert {*LabApp.aliases, *LabApp.flags} - {*arguments.LAB_OPTIONS} == set()


def test_help_says_what_the_exit_statuses_mean_and_names_each_command(capsys):
    with pytest.raises(SystemExit) as stopped:
        app.main(["--help"])
    printed = capsys.readouterr().out
    assert stopped.value.code == 0
    assert printed.endswith(
        "exit status:\n  0  done, and nothing is amiss\n"
        "  1  problems were found, or it could not be done; the reason is printed\n"
        "  2  the command or an option was written wrong\n"
    )
    assert tuple(app.parser().commands) == COMMANDS
    assert [name for name in COMMANDS if f"\n    {name} " not in printed] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_a_help_of_its_own(capsys, name):
    with pytest.raises(SystemExit) as stopped:
        app.main([name, "--help"])
    assert stopped.value.code == 0
    assert capsys.readouterr().out.startswith("usage: interview-kit ")


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        (["--map", "Firm=company"], "--map \"Firm=company\": 'Firm' is no column of the file; its columns are "),
        (["--map", "Company=boss"], "--map \"Company=boss\": 'boss' is nothing that a column can be; it can be "),
        (["--word", "Out=gone"], "--word \"Out=gone\": 'gone' is no meaning; a word can mean one of "),
    ],
)
def test_import_names_the_option_that_is_wrong_as_it_was_typed(capsys, mine, option, sentence):
    file = Path(__file__).parent / "imports" / "words_of_people.csv"
    assert app.main(["import", str(file), *option]) == 2
    assert capsys.readouterr().err.startswith(sentence)
    assert not mine.exists()


# Where the records are.


def test_check_where_nothing_is_written_down_yet_says_how_to_begin(capsys, mine, tmp_path):
    begin = "To begin, interview-kit opens the form, and interview-kit import FILE brings your spreadsheet along.\n"
    assert app.main(["check"]) == 0
    assert capsys.readouterr() == (f"Nothing is written down yet, so there is nothing to check.\n{begin}", "")
    assert not mine.exists()
    assert app.main(["check", str(tmp_path)]) == 0
    there = f"Nothing is written down yet in {tmp_path}, so there is nothing to check.\n"
    assert capsys.readouterr().out == f"{there}{begin}"


def test_check_of_a_file_that_is_gone_names_the_backups(capsys, mine):
    journal = Journal()
    key = journal.add("interviews", {"company": "Acme"})
    journal.update("interviews", key, {"outcome": "offer"})
    (mine / "interviews.csv").unlink()
    assert app.main(["check"]) == 1
    printed = capsys.readouterr().err
    assert printed.startswith("interviews.csv is gone, and there are backups of it. The newest has 1 record: ")
    assert printed.endswith("\nOn the command line, interview-kit restore lists the backups and puts one back.\n")


@pytest.mark.parametrize("command", ["check", "today", "report"])
def test_a_folder_and_a_file_are_taken_alike(capsys, tmp_path, command):
    folder = tmp_path / "theirs"
    Journal(folder).add("interviews", {"company": "Acme", "interviewed_on": "2026-04-03", "outcome": "offer"})
    other = folder / "other.csv"
    other.write_text("company,interviewed_on,outcome\nBolt,2026-04-04,offer\nCorp,2026-04-05,offer\n")
    shown = []
    for place in (folder, folder / "interviews.csv", other):
        for words in ([str(place)], ["--records", str(place)]):
            assert app.main([command, *words]) == 0
            shown.append(capsys.readouterr().out.replace("report-2", "report").splitlines()[0])
    assert shown[0] == shown[1]
    if command != "report":
        assert shown[:2] == shown[2:4]
    if command == "check":
        assert shown[0] == "No problems in 1 interview"
        assert shown[4:] == ["No problems in 2 interviews"] * 2


def test_today_of_another_file_lists_what_that_file_holds(capsys, tmp_path):
    other = tmp_path / "other.csv"
    other.write_text("company,stage,interviewed_on\nBolt,onsite,2026-04-04\n")
    assert app.main(["today", str(other), "--as-of", "2026-04-05"]) == 0
    assert "Bolt" in capsys.readouterr().out


def test_a_place_is_named_once(capsys, tmp_path):
    assert "argument --records: not allowed with argument PATH" in refused(
        capsys, "check", str(tmp_path), "--records", str(tmp_path)
    )


@pytest.mark.parametrize("command", ["check", "today", "report", "standardize"])
def test_a_place_that_is_not_there_is_named(capsys, command):
    assert app.main([command, "nowhere"]) == 1
    said = "nowhere is not there; name the folder of your records, or a CSV of interviews\n"
    assert capsys.readouterr() == ("", said)


@pytest.fixture
def read_only(monkeypatch, tmp_path):
    """A home that cannot be written to, whoever runs the test."""
    real = os.mkdir

    def mkdir(path, *arguments, **options):
        if Path(path).is_relative_to(tmp_path / "home"):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
        real(path, *arguments, **options)

    monkeypatch.setattr(os, "mkdir", mkdir)
    return tmp_path / "home"


def test_where_the_home_is_read_only_it_is_said_what_to_set(capsys, read_only, monkeypatch, tmp_path):
    file = Path(__file__).parent / "imports" / "words_of_people.csv"
    monkeypatch.setenv("INTERVIEW_KIT_DATA", str(read_only / "mine"))
    assert app.main(["import", str(file), "--yes"]) == 1
    cannot = "Read-only file system; nothing was saved\n"
    assert capsys.readouterr().err.endswith(
        f"{cannot}To keep your records in another folder, set INTERVIEW_KIT_DATA=FOLDER to one that you may write to.\n"
    )
    assert app.main(["import", str(file), "--yes", "--records", str(read_only / "theirs")]) == 1
    assert capsys.readouterr().err.endswith(f"{cannot}Name a folder that you may write to.\n")
    assert app.main(["today"]) == 0


def test_notebooks_that_cannot_be_put_into_the_home_say_what_to_set(capsys, read_only, monkeypatch, tmp_path):
    monkeypatch.setattr(places, "PACKAGE", tmp_path)
    monkeypatch.setattr(places, "user_folder", lambda: read_only)
    assert app.main([]) == 1
    assert capsys.readouterr().err == (
        f"the notebooks cannot be put into {read_only / 'notebooks'}: Read-only file system; name another folder "
        "with --notebook-dir FOLDER, and one for your records by INTERVIEW_KIT_DATA=FOLDER\n"
    )


# Asking, and waiting.


@pytest.mark.parametrize(
    ("typed", "expected"), [("y\n", ""), ("YES\n", ""), ("\n", "Not done."), ("n\n", "Not done."), ("", "Not done.")]
)
def test_a_question_takes_yes_and_nothing_else_for_yes(monkeypatch, typed, expected):
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    assert terminal.refusal("Do it?", "Not done", yes=False) == expected


def test_where_nobody_can_answer_the_option_is_named(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert terminal.refusal("Do it?", "Not done", yes=False, purpose="import this") == (
        "Not done yet: add --yes to import this."
    )
    assert terminal.refusal("Do it?", "Not done", yes=True) == ""


def test_what_takes_longer_is_told_on_a_terminal_and_wiped_out_at_the_end(monkeypatch):
    monkeypatch.setattr(terminal, "PATIENCE", 0.01)
    monkeypatch.setattr("sys.stderr", screen := Terminal())
    with terminal.working("Counting") as told:
        time.sleep(0.2)
        told("Counting: 2 of 3")
        time.sleep(0.6)
    written = screen.getvalue().split("\r")
    assert written[1].strip() == "Counting … 0 s"
    assert written[2].strip() == "Counting: 2 of 3 … 1 s"
    assert written[-2].strip() == written[-1] == ""


@pytest.mark.parametrize(("seconds", "looks_on"), [(0, True), (0.1, False)])
def test_what_is_quick_or_seen_by_nobody_is_not_told(monkeypatch, seconds, looks_on):
    monkeypatch.setattr(terminal, "PATIENCE", 0.05)
    monkeypatch.setattr("sys.stderr", screen := Terminal() if looks_on else io.StringIO())
    with terminal.working("Counting") as told:
        time.sleep(seconds)
        told("more")
    assert screen.getvalue() == ""


def test_a_command_that_is_stopped_says_so(capsys, monkeypatch):
    monkeypatch.setattr("interview_kit.commands.check.checked", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    assert app.main(["check"]) == 1
    assert capsys.readouterr().err == "\nStopped before it was done.\n"


@pytest.mark.full
@pytest.mark.skipif(os.name != "posix", reason="pipes end in other ways elsewhere")
def test_a_reader_that_has_seen_enough_is_no_failure_to_complain_of(tmp_path):
    path = tmp_path / "interviews.csv"
    path.write_text("company,outcome\n" + "Acme,callbck\n" * 20_000)
    with subprocess.Popen(
        [sys.executable, "-c", RUN_MAIN, "check", path], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert b"callbck" in process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


def test_an_error_that_the_disk_did_not_cause_is_said_alone(capsys):
    assert terminal.refused(RecordsError("Acme is there twice")) == 1
    assert capsys.readouterr().err == "Acme is there twice\n"


# Taking back.


def test_undo_takes_the_last_change_back_and_again_brings_it_back(capsys, mine):
    assert app.main(["undo"]) == 0
    assert capsys.readouterr().out == "There is nothing to take back yet.\n"
    Journal().add("interviews", {"company": "Acme"})
    assert app.main(["undo"]) == 0
    assert capsys.readouterr().out == "Took back the new record Acme.\n"
    assert app.main(["undo", "--records", str(mine)]) == 0
    assert capsys.readouterr().out == "Brought back the new record Acme.\n"
    assert Journal().interviews()["company"].tolist() == ["Acme"]


def test_what_has_changed_since_is_not_taken_back(capsys, mine):
    key = Journal().add("interviews", {"company": "Acme"})
    path = mine / "interviews.csv"
    path.write_bytes(path.read_bytes().replace(b"Acme", b"Bolt"))
    assert app.main(["undo"]) == 1
    said = "the new record Acme cannot be taken back: the record has been changed since\n"
    assert capsys.readouterr().err == said
    assert Journal().interviews()["id"].tolist() == [key]


def test_a_command_names_the_folder_where_it_is_not_ones_own(mine, tmp_path):
    assert terminal.command("undo", mine) == "interview-kit undo"
    assert terminal.command("undo", tmp_path / "a b") == f"interview-kit undo --records '{tmp_path / 'a b'}'"
