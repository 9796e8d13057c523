"""The commands on a folder of many people's records, and on one of their files."""

import pytest

from interview_kit import app
from interview_kit.commands import report
from interview_kit.journal import SAMPLE
from tests.test_clients import bytes_in
from tests.test_people import row, write


@pytest.fixture
def folder(tmp_path):
    """Two clients with the sample: a CSV, and a folder of records; a copy, and a file that cannot be read."""
    (tmp_path / "client01.csv").write_bytes(SAMPLE.read_bytes())
    own = tmp_path / "client02"
    own.mkdir()
    for name in ("interviews", "questions", "contacts", "follow_ups", "stories"):
        (own / f"{name}.csv").write_bytes((SAMPLE.parent / f"{name}.csv").read_bytes())
    write(tmp_path / "client01 (1).csv", row("a"))
    write(tmp_path / "client03.csv", 'i-x,"open')
    return tmp_path


def test_today_lists_each_client_below_their_name_and_names_what_is_left_out(capsys, folder):
    before = bytes_in(folder)
    assert app.main(["today", str(folder), "--as-of", "2026-11-03"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert [line for line in printed if line.startswith("client0")] == ["client02", "client01"]  # overdue first
    assert printed[1].startswith("  3 Nov 2026.")
    left_out = [line.partition(" is ")[0] for line in printed[printed.index("Of other files:") + 1 :]]
    assert left_out == ["- client03.csv", "- client01 (1).csv"]
    assert bytes_in(folder) == before


def test_today_begins_with_who_has_most_to_do_and_names_the_others_in_a_line(capsys, tmp_path):
    write(tmp_path / "client01.csv", row("a"), row("b", outcome="rejected"))
    write(tmp_path / "client02.csv", row("c", day="2026-04-10", outcome="pending"))
    write(tmp_path / "client03.csv")
    late = "f-1,i-d,status,2026-04-20,,"
    write(tmp_path / "client04" / "interviews.csv", row("d", day="2026-04-10", outcome="pending"))
    write(tmp_path / "client04" / "follow_ups.csv", late, header="id,interview_id,kind,due_on,done_on,note")
    write(tmp_path / "client05.csv", row("e", day="2026-05-04", outcome="planned"))
    assert app.main(["today", str(tmp_path), "--as-of", "2026-05-01"]) == 0
    printed = capsys.readouterr().out.splitlines()
    names = [line for line in printed if line.startswith("client0")]
    assert names == ["client04", "client02", "client05"]
    assert printed[-1] == "Nothing is due for client01 and client03."


def test_today_of_one_file_of_many_interviews_lists_them_and_says_what_it_lacks(capsys, folder):
    assert app.main(["today", "--records", str(folder / "client01.csv"), "--as-of", "2026-11-03"]) == 0
    printed = capsys.readouterr().out
    assert "3 Nov 2026. 3 interviews are coming." in printed.splitlines()[0]
    lacks = "comes without follow-ups, questions to practice and people met; the above follows from the rest."
    assert printed.splitlines()[-1] == f"client01.csv {lacks}"
    assert app.main(["today", str(folder / "client02" / "interviews.csv"), "--as-of", "2026-11-03"]) == 0
    assert "comes without" not in capsys.readouterr().out


def test_brief_is_of_each_clients_next_interview_below_their_name(capsys, tmp_path):
    write(tmp_path / "client01.csv", row("a"))
    assert app.main(["brief", "--records", str(tmp_path), "--as-of", "2026-05-01"]) == 1
    assert capsys.readouterr().err == "No interview of theirs is coming.\n"
    write(tmp_path / "client02.csv", row("b", "Bolt", day="2026-05-04", outcome="planned"), row("c", "Bolt"))
    write(tmp_path / "client03.csv", row("d", "Cobalt", day="2026-05-03", outcome="planned"))
    assert app.main(["brief", "--records", str(tmp_path), "--as-of", "2026-05-01"]) == 0
    printed = capsys.readouterr().out
    assert [line for line in printed.splitlines() if line.startswith("# client")] == ["# client02", "# client03"]
    assert "Bolt" in printed.partition("# client03")[0]
    assert app.main(["brief", "i-d", "--records", str(tmp_path), "--as-of", "2026-05-01"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("# client03\n")
    assert "Bolt" not in printed
    assert app.main(["brief", "i-none", "--records", str(tmp_path)]) == 1
    assert capsys.readouterr().err == "No interview of theirs has the id 'i-none'.\n"


def test_check_names_the_file_of_each_problem(capsys, folder):
    write(folder / "client04.csv", row("b", day="soon"))
    assert app.main(["check", str(folder)]) == 1
    printed = capsys.readouterr().out.splitlines()
    assert "client01.csv: No problems in 76 interviews" in printed
    assert "client02/interviews.csv: No problems in 76 interviews" in printed
    assert any(line.startswith("client03.csv: line 2") for line in printed)
    assert any(line.startswith("client04.csv: line 2, interviewed_on: 'soon'") for line in printed)
    assert printed[-1].startswith("Note: client01 (1).csv is named like a copy of client01.csv")


def test_each_has_a_report_with_their_name(capsys, folder, tmp_path_factory):
    out = tmp_path_factory.mktemp("reports")
    assert app.main(["report", str(folder), "--each", "--out", str(out)]) == 0
    assert f"Written: 2 reports, in {out}" in capsys.readouterr().out
    for name in ("client01", "client02"):
        page = (out / name / "report.html").read_text(encoding="utf-8")
        assert f"<h1>What the interviews of {name} say</h1>" in page


@pytest.mark.full
def test_pages_to_read_before_a_meeting_begin_with_how_it_goes_and_what_is_due(folder, tmp_path_factory):
    write(folder / "client04.csv", row("z", outcome="rejected"))
    out = tmp_path_factory.mktemp("pages")
    given = ["report", str(folder), "--each", "--with-notes", "--as-of", "2026-11-03", "--out", str(out)]
    assert app.main(given) == 0
    top = {path.parent.name: path.read_text(encoding="utf-8").partition("<h2")[0] for path in out.rglob("*.html")}
    assert "To do: " in top["client02"]
    assert "days overdue)" in top["client02"]
    assert "0 of 1 called back: 0%, plausibly 0% to 79%." in top["client04"]
    assert "Nothing is due." in top["client04"]


@pytest.mark.full
def test_reports_of_each_go_beside_earlier_ones_and_who_has_none_is_named(capsys, folder, tmp_path_factory):
    write(folder / "client04.csv")
    out = tmp_path_factory.mktemp("earlier") / "reports"
    for name in ("reports", "reports-2"):
        assert app.main(["report", str(folder), "--each", "--out", str(out)]) == 0
        said = capsys.readouterr().out
        assert f"Written: 2 reports, in {out.with_name(name)}\n" in said
        assert "No report: client04 has no interview yet.\n" in said
        assert sorted(path.name for path in out.with_name(name).iterdir()) == ["client01", "client02"]


@pytest.mark.full
def test_redacted_reports_of_each_name_nobody_and_the_key_is_only_on_the_screen(capsys, folder, tmp_path_factory):
    out = tmp_path_factory.mktemp("reports")
    assert app.main(["report", str(folder), "--each", "--redact", "--with-interviews", "--out", str(out)]) == 0
    assert "Client A is client01\nClient B is client02\n" in capsys.readouterr().out
    assert sorted(path.name for path in out.iterdir()) == ["Client-A", "Client-B"]
    for path in out.rglob("*.*"):
        assert b"client0" not in path.read_bytes()
    page = (out / "Client-B" / "report.html").read_text(encoding="utf-8")
    assert "<h1>What the interviews of Client B say</h1>" in page


def test_one_of_several_is_reported_by_name(capsys, folder, tmp_path_factory):
    out = tmp_path_factory.mktemp("report") / "one"
    assert app.main(["report", str(folder), "--person", "client02", "--out", str(out)]) == 0
    assert "<h1>What the interviews of client02 say</h1>" in (out / "report.html").read_text(encoding="utf-8")
    assert app.main(["report", str(folder), "--person", "client09"]) == 1
    said = "nobody is called 'client09' in these records; there are client01 and client02\n"
    assert capsys.readouterr().err.endswith(said)
    assert app.main(["report", str(folder), "--person", "CLIENT01", "--out", str(out.with_name("other"))]) == 0
    page = (out.with_name("other") / "report.html").read_text(encoding="utf-8")
    assert "<h1>What the interviews of client01 say</h1>" in page


def test_each_is_for_several_people(capsys, tmp_path):
    path = write(tmp_path / "own.csv", row("a"))
    assert app.main(["report", str(path), "--each"]) == 2
    assert "--each is for the records of several people" in capsys.readouterr().err
    assert app.main(["report", str(path), "--with-interviews"]) == 2


@pytest.mark.full
def test_a_name_in_two_cases_has_one_report_also_of_one_file_of_several_people(capsys, tmp_path):
    people = ("client one", "Client One", "client02")
    path = write(tmp_path / "all.csv", *(row(f"{at}", person=name) for at, name in enumerate(people)))
    assert app.main(["report", str(path), "--each", "--out", str(tmp_path / "reports")]) == 0
    assert sorted(found.name for found in (tmp_path / "reports").iterdir()) == ["client-one", "client02"]
    assert "2 interviews" in (tmp_path / "reports" / "client-one" / "report.html").read_text(encoding="utf-8")


def test_a_bar_tells_how_far_it_is(monkeypatch, folder, tmp_path_factory):
    told = []
    assert report.bar(15, 30) == "[##########..........]"

    class Working:
        def __enter__(self):
            return told.append

        def __exit__(self, *_):
            return None

    monkeypatch.setattr(report, "working", lambda _: Working())
    assert app.main(["report", str(folder), "--each", "--out", str(tmp_path_factory.mktemp("reports"))]) == 0
    assert "Writing the reports [##########..........] 1 of 2, client02" in told
