"""Many people's files in one folder, read as one frame."""

import re
from pathlib import Path

import pytest

from interview_kit import Clients, RecordsError, RecordsWarning, chance_calibration, load_interviews, plot_calibration
from interview_kit.places import SAMPLE

HEADER = "id,person,company,stage,interviewed_on,did_prepare,outcome,outcome_on"


def write(path: Path, *rows: str, header: str = HEADER) -> Path:
    """Write a CSV, with the folders that it lies in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return path


def row(
    key: str, company: str = "Acme", *, person: str = "", outcome: str = "callback", day: str = "2026-03-02"
) -> str:
    """Return an interview as a line."""
    return f"i-{key},{person},{company},screen,{day},yes,{outcome},"


def persons(folder: Path) -> dict[str, int]:
    """Return how many interviews each person has."""
    return load_interviews(folder, on_problem="ignore")["person"].value_counts().sort_index().to_dict()


def test_a_folder_holds_csvs_and_folders_of_records_named_as_the_people(tmp_path):
    write(tmp_path / "client01.csv", row("a"), row("b"))
    write(tmp_path / "client02" / "interviews.csv", row("c"))
    write(tmp_path / "client02" / "questions.csv", header="id,question")
    write(tmp_path / "exports" / "interviews.csv", row("d"))
    assert persons(tmp_path) == {"client01": 2, "client02": 1}


def test_a_name_that_is_noted_stays_and_a_code_does_not(tmp_path):
    write(tmp_path / "client01.csv", row("a", person="One"), row("b"))
    write(tmp_path / "client02.csv", row("c", person="Client A"), row("d", person="Client A"))
    write(tmp_path / "client03.csv", row("e", person="Client A"))
    write(tmp_path / "two.csv", row("f", person="Client A"), row("g", person="Client B"))
    found = {"One": 1, "client01": 1, "client02": 2, "client03": 1, "two, Client A": 1, "two, Client B": 1}
    assert persons(tmp_path) == dict(sorted(found.items()))


def test_a_name_in_two_cases_is_one_person_in_the_spelling_that_is_more_frequent(tmp_path):
    write(tmp_path / "client01.csv", row("a", person="client one"), row("b", person="Client  One"))
    write(tmp_path / "client02.csv", row("d", person="Client  One"), row("e", person="client02"), row("f"))
    frame = load_interviews(tmp_path, on_problem="ignore")
    assert frame["person"].value_counts().to_dict()["Client One"] == 3
    assert "client one" not in set(frame["person"])
    said = "'Client One' and 'client one' are read as one person, 'Client One'; give two people two names"
    assert said in frame.attrs["notes"]


def test_files_whose_names_differ_in_case_or_by_the_system_that_named_them_are_one_person(tmp_path):
    write(tmp_path / "a" / "interviews.csv", row("a", person="M\u00fchlgr\u00fcn"))
    write(tmp_path / "M\u0075\u0308hlgru\u0308n.csv", row("b"))
    frame = load_interviews(tmp_path, on_problem="ignore")
    assert set(frame["person"]) == {"M\u00fchlgr\u00fcn"}
    assert frame.attrs["notes"] == []


@pytest.mark.parametrize(
    "copy",
    ["client03 (1).csv", "client03 (conflicted copy 2026-03-01).csv", "client03 copy.csv", "Copy of client03.csv"],
)
def test_a_copy_is_named_and_is_no_second_person(tmp_path, copy):
    write(tmp_path / "client03.csv", row("a"))
    write(tmp_path / copy, row("a"), row("b"))
    with pytest.warns(RecordsWarning) as heard:
        frame = load_interviews(tmp_path)
    assert frame["person"].tolist() == ["client03"]
    otherwise = "if it is another person's, give it another name"
    assert str(heard[0].message) == f"{copy} is named like a copy of client03.csv, so it is left out; {otherwise}"


def test_a_file_that_cannot_be_read_is_named_and_the_others_go_on(tmp_path):
    write(tmp_path / "client01.csv", row("a"))
    write(tmp_path / "client02.csv", 'i-b,"open')
    (tmp_path / "client03.csv").write_text("<html>log in</html>", encoding="utf-8")
    with pytest.warns(RecordsWarning, match=r"client02.csv is left out, since it cannot be read: line 2: a quote"):
        frame = load_interviews(tmp_path)
    assert frame["person"].tolist() == ["client01"]
    assert [said.split()[0] for said in frame.attrs["unread"]] == ["client02.csv", "client03.csv"]
    with pytest.raises(RecordsError, match=r"client02.csv is left out"):
        load_interviews(tmp_path, on_problem="raise")


def test_a_link_that_leads_nowhere_and_a_folder_that_is_closed_are_named_and_the_others_go_on(tmp_path, monkeypatch):
    write(tmp_path / "client01.csv", row("a"))
    (tmp_path / "client02.csv").symlink_to(tmp_path / "client02.csv")
    (tmp_path / "client03.csv").symlink_to(tmp_path / "gone.csv")
    (tmp_path / "client04").mkdir()

    def closed(_folder):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("interview_kit.journal.people.said_of_folder", closed)
    frame = load_interviews(tmp_path, on_problem="ignore")
    pooled = Clients(tmp_path).interviews()
    for found in (frame, pooled):
        assert found["person"].tolist() == ["client01"]
        assert [said.split()[0] for said in found.attrs["unread"]] == ["client02.csv", "client03.csv"]
        closed_one = "client04 is left out, since this folder cannot be looked into: Permission denied"
        assert closed_one in found.attrs["notes"]


def test_of_a_file_with_many_problems_the_first_is_told_and_the_others_are_counted(tmp_path):
    write(tmp_path / "client01.csv", row("a"))
    write(tmp_path / "client02.csv", *(f"{row(key)},more" for key in "bcd"))
    [said] = load_interviews(tmp_path, on_problem="ignore").attrs["unread"]
    first = "client02.csv is left out, since it cannot be read: line 2: has 9 cells where the header has 8"
    assert said == f"{first} (and 2 more problems; interview-kit check lists them)"


def test_values_that_cannot_be_read_are_named_with_their_file(tmp_path):
    write(tmp_path / "client01.csv", row("a"))
    write(tmp_path / "client02" / "interviews.csv", row("b", day="soon"))
    [problem] = load_interviews(tmp_path, on_problem="ignore").attrs["problems"]
    assert problem.column == "client02/interviews.csv, interviewed_on"


def test_a_folder_of_one_persons_records_is_theirs_and_nobody_is_named(tmp_path):
    write(tmp_path / "interviews.csv", row("a"))
    write(tmp_path / "contacts.csv", header="id,name")
    assert persons(tmp_path) == {"": 1}


def test_other_csvs_in_the_folder_of_one_persons_records_are_nobodys(tmp_path):
    write(tmp_path / "interviews.csv", row("a"))
    write(tmp_path / "contacts.csv", header="id,name")
    write(tmp_path / "what I imported.csv", row("b"))
    assert persons(tmp_path) == {"": 1}
    (tmp_path / "contacts.csv").unlink()
    assert persons(tmp_path) == {tmp_path.name: 1, "what I imported": 1}


def test_nobodys_folder_says_what_belongs_into_it(tmp_path):
    with pytest.raises(RecordsError) as error:
        load_interviews(tmp_path)
    how = "put each person's CSV into it, named as the person, or their folder of records"
    assert str(error.value) == f"no interviews are in {tmp_path}; {how}"


def test_where_no_file_can_be_read_that_is_an_error(tmp_path):
    write(tmp_path / "client02.csv", 'i-b,"open')
    with pytest.raises(RecordsError, match=r"^client02.csv is left out, since it cannot be read"):
        load_interviews(tmp_path)


def test_a_csv_and_a_folder_of_one_name_are_told_apart_and_named(tmp_path):
    write(tmp_path / "client01.csv", row("a"))
    write(tmp_path / "client01" / "interviews.csv", row("b"))
    frame = load_interviews(tmp_path, on_problem="ignore")
    assert frame["person"].tolist() == ["client01", "client01 (folder)"]
    both = "client01.csv and the folder client01 have one name; they are shown as two people"
    assert frame.attrs["notes"] == [f"{both}: take one away where they are one"]


def test_a_folder_whose_interviews_are_gone_is_named(tmp_path):
    write(tmp_path / "client01.csv", row("a"))
    (tmp_path / "client02" / ".backups").mkdir(parents=True)
    write(tmp_path / "client03" / "mine.csv", row("b"))
    notes = load_interviews(tmp_path, on_problem="ignore").attrs["notes"]
    assert [note.partition(":")[0] for note in notes] == ["client02", "client03"]


def test_columns_can_be_chosen_of_a_folder(tmp_path):
    write(tmp_path / "client01.csv", row("a"))
    write(tmp_path / "client02.csv", row("b"))
    frame = load_interviews(tmp_path, columns=["did_*", "outcome"])
    assert sorted(frame.columns) == ["did_prepare", "outcome", "person"]


def test_the_guesses_of_several_people_are_nobodys_in_particular():
    sample = load_interviews(SAMPLE)
    of_two = sample.assign(person=["Ada", "Bo"] * (len(sample) // 2))
    for frame in (of_two, sample):
        table = chance_calibration(frame, as_of="2026-11-20")
        assert table.attrs["sentence"].startswith("The average guess was ")
        for narrow in (False, True):
            drawn = plot_calibration(table, narrow=narrow).to_json().lower()
            assert not re.search(r"\b(you|they)\b", drawn)
