"""Your records on Home: the folder, going back, taking along and erasing, driven as a person would."""

import shutil
import zipfile
from datetime import date, datetime

import pytest

import interview_kit as ik
from interview_kit import schema
from interview_kit.files.backups import stamp_of
from interview_kit.journal import SAMPLE, archive, wording
from tests.panels import HOSTILE, all_widgets, buttons, click, words_on

TODAY = date(2026, 5, 20)


@pytest.fixture
def journal(tmp_path):
    """Records that were changed: one came, one changed, and one was deleted."""
    kept = ik.Journal(tmp_path / "mine")
    kept.add("interviews", {"id": "i-aaaaaaaaaa", "company": "Acme", "interviewed_on": "2026-05-01"})
    kept.add("interviews", {"id": "i-bbbbbbbbbb", "company": "Bolt", "interviewed_on": "2026-05-02"})
    kept.update("interviews", "i-aaaaaaaaaa", {"outcome": "offer"})
    kept.delete("interviews", "i-bbbbbbbbbb")
    kept.add("interviews", {"id": "i-cccccccccc", "company": "Corp", "interviewed_on": "2026-05-03"})
    return kept


def unfolded(journal):
    """Return Home and the part of it that is unfolded."""
    home = ik.Home(journal, as_of=TODAY)
    home.your_records.folded.selected_index = 0
    return home, home.your_records


def row_of(part, reason):
    return next(row for row in part.list.children if row.row["reason"] == reason)


def companies(journal):
    return set(journal.interviews()["company"])


def day_and_time(row):
    made = stamp_of(row["name"])
    return f"{made.day} {made:%b %Y, %H:%M:%S}"


# Folded and unfolded.


def test_nothing_is_read_before_it_is_unfolded_nor_once_it_is_folded_again(journal, monkeypatch):
    asked = []
    backups = ik.Journal.backups
    monkeypatch.setattr(ik.Journal, "backups", lambda *it, **more: (asked.append(it), backups(*it, **more))[1])
    home = ik.Home(journal, as_of=TODAY)
    journal.add("interviews", {"company": "Dyna", "interviewed_on": "2026-05-04"})
    assert asked == []
    home.your_records.folded.selected_index = 0
    assert asked
    home.your_records.folded.selected_index = None
    asked.clear()
    journal.add("interviews", {"company": "Echo", "interviewed_on": "2026-05-05"})
    assert asked == []


def test_the_folder_that_is_really_used_is_named_with_what_is_in_it(journal, tmp_path):
    (tmp_path / "link").symlink_to(journal.folder, target_is_directory=True)
    _, shown = unfolded(ik.Journal(tmp_path / "link"))
    assert f"<code>{journal.folder}</code>" in shown.where.value
    assert "any spreadsheet opens them. In it: 2 interviews.</p>" in shown.where.value


def test_it_stays_unfolded_and_in_its_place_when_home_is_drawn_anew(journal):
    home, shown = unfolded(journal)
    journal.add("interviews", {"company": "Dyna", "interviewed_on": "2026-05-04"})
    assert home.children[-1] is shown
    assert shown.is_open
    assert "In it: 3 interviews." in shown.where.value


def test_without_records_it_is_kind_and_offers_to_bring_a_zip_in(tmp_path):
    _, shown = unfolded(ik.Journal(tmp_path / "new"))
    assert "Nothing of yours is written down yet." in shown.where.value
    assert not buttons(shown.parts, "Make the ZIP")
    assert not buttons(shown.parts, "Erase everything …")
    assert shown.along.upload in set(all_widgets(shown.parts))
    assert not (tmp_path / "new").exists()


def test_the_sample_itself_is_not_erased(tmp_path):
    _, shown = unfolded(ik.Journal(SAMPLE.parent))
    assert not buttons(shown.parts, "Erase everything …")


# Going back.


def test_each_backup_says_when_how_many_records_why_and_what_became_of_them_since(journal):
    _, shown = unfolded(journal)
    part = shown.going_back
    assert [row.row["reason"] for row in part.list.children] == ["before-delete", "before-update", "first-of-day"]
    row = row_of(part, "before-update")
    expected = f"{day_and_time(row.row)}</span> <span class='ik-about'>2 records, before a change; "
    assert f"{expected}since then 1 added, 1 removed, 1 changed</span>" in words_on(row)
    assert part.table.layout.display == "none"


def test_going_back_is_asked_once_says_what_would_change_and_can_be_undone(journal):
    _, shown = unfolded(journal)
    row = row_of(shown.going_back, "before-update")
    row.button.click()
    assert row.question.text == (
        f"Back to {day_and_time(row.row)}: 1 record that came since would go, 1 record that went since would be back, "
        "1 record would be as it was then."
    )
    assert companies(journal) == {"Acme", "Corp"}
    click(row, "Go back")
    assert companies(journal) == {"Acme", "Bolt"}
    message = shown.going_back.message
    assert message.text == f"Interviews: as on {day_and_time(row.row)} again."
    assert "just as now" in words_on(row_of(shown.going_back, "before-update"))
    assert not buttons(row_of(shown.going_back, "before-update"), "Go back to this")
    click(message, "Undo")
    assert message.text == f"Took back the restoring of interviews.csv as of {day_and_time(row.row)}."
    assert companies(journal) == {"Acme", "Corp"}
    click(message, "Redo")
    assert companies(journal) == {"Acme", "Bolt"}
    click(message, "Undo")
    assert companies(journal) == {"Acme", "Corp"}


def test_whoever_leaves_it_finds_the_button_again(journal):
    _, shown = unfolded(journal)
    row = row_of(shown.going_back, "before-delete")
    row.button.click()
    assert not buttons(row, "Go back to this")
    click(row, "Leave it")
    assert (row.question.text, len(buttons(row, "Go back to this"))) == ("", 1)


@pytest.mark.parametrize("table", schema.TABLES)
def test_each_table_that_has_backups_can_be_gone_back_in(journal, table):
    values = {"questions": {"question": "Why?"}, "follow_ups": {"kind": "thank-you"}, "stories": {"title": "A story"}}
    journal.delete(table, journal.add(table, values.get(table, {"company": "Zed"})))
    _, shown = unfolded(journal)
    shown.going_back.table.value = table
    row = row_of(shown.going_back, "before-delete")
    row.button.click()
    before = len(journal.read(table))
    click(row, "Go back")
    assert len(journal.read(table)) == before + 1


def test_home_shows_what_was_gone_back_to(journal):
    home, shown = unfolded(journal)
    row = row_of(shown.going_back, "before-update")
    row.button.click()
    click(row, "Go back")
    assert "Bolt" in words_on(home.body)


def test_where_the_file_is_gone_the_way_back_is_there_and_no_undo_that_could_not_be(journal):
    (journal.folder / "interviews.csv").unlink()
    home, shown = unfolded(ik.Journal(journal.folder))
    assert "The records cannot be read." in home.news.text
    row = row_of(shown.going_back, "before-delete")
    row.button.click()
    assert row.question.text == f"Back to {day_and_time(row.row)}: 2 records that went since would be back."
    click(row, "Go back")
    assert companies(journal) == {"Acme", "Bolt"}
    assert not buttons(shown.going_back.message, "Undo")


def test_the_other_tables_are_there_too_once_they_have_backups(journal):
    key = journal.add("questions", {"interview_id": "i-aaaaaaaaaa", "question": "Why?"})
    _, shown = unfolded(journal)
    part = shown.going_back
    journal.update("questions", key, {"topic": "motives"})
    assert part.table.options == (("Interviews", "interviews"), ("Questions they asked", "questions"))
    assert part.table.layout.display == ""
    part.table.value = "questions"
    (row,) = part.list.children
    assert "1 record, before a change; since then 1 changed" in words_on(row)
    row.button.click()
    click(row, "Go back")
    assert journal.questions()["topic"].tolist() == [""]
    assert shown.going_back.message.text.startswith("Questions they asked: as on ")


def test_only_the_newest_are_listed_until_the_older_ones_are_asked_for(journal):
    for at in range(6):
        journal.update("interviews", "i-aaaaaaaaaa", {"notes": f"note {at}"})
    _, shown = unfolded(journal)
    part = shown.going_back
    assert (len(part.list.children), part.more.layout.display) == (5, "")
    part.more.click()
    assert (len(part.list.children), part.more.layout.display) == (9, "none")


def test_before_there_is_a_backup_it_says_when_the_first_is_kept(tmp_path):
    journal = ik.Journal(tmp_path / "mine")
    journal.add("interviews", {"company": "Acme", "interviewed_on": "2026-05-01"})
    _, shown = unfolded(journal)
    assert "There is none yet; the first is kept before the first change of another day." in words_on(shown.going_back)


def test_a_backup_that_is_gone_is_said_with_a_way_on(journal):
    _, shown = unfolded(journal)
    row = row_of(shown.going_back, "before-delete")
    (journal.folder / ".backups" / row.row["name"]).unlink()
    row.button.click()
    click(row, "Go back")
    message = shown.going_back.message
    assert message.text.startswith(f"{row.row['name']!r} is no backup of interviews.csv; the newest are: ")
    click(message, "Read it again")
    assert [row.row["reason"] for row in shown.going_back.list.children] == ["before-update", "first-of-day"]


def test_a_backup_that_cannot_be_read_says_so_and_is_not_put_back(journal):
    name = journal.backups()["name"][0]
    (journal.folder / ".backups" / name).write_bytes(b'id,company\n"i-1,Acme\n')
    _, shown = unfolded(journal)
    row = shown.going_back.list.children[0]
    assert "cannot be compared with what is there now" in words_on(row)
    row.button.click()
    click(row, "Go back")
    assert name in shown.going_back.message.text
    assert companies(journal) == {"Acme", "Corp"}


def test_what_is_changed_elsewhere_leaves_no_undo_that_would_take_that_back(journal):
    home, shown = unfolded(journal)
    row = row_of(shown.going_back, "before-delete")
    row.button.click()
    click(row, "Go back")
    buttons(home.body, "callback")[0].click()
    assert not buttons(shown.going_back.message, "Undo")
    assert home.message.text.endswith("callback, heard today")
    assert buttons(home.message, "Undo")
    shown.along.button.click()
    assert home.message.text.endswith("callback, heard today")


# Taking along.


def test_the_zip_lies_among_the_exports_with_a_link_and_how_it_is_read(journal):
    _, shown = unfolded(journal)
    shown.along.button.click()
    name = archive.name_of_today()
    path = journal.folder / "exports" / name
    assert shown.along.message.text == (
        f"Made: {name}, with 2 interviews. It is not encrypted: who can read it can read your records.\n"
        f"On the other computer press “Bring in a ZIP” here on Home, or run: interview-kit unpack {name}"
    )
    (link,) = shown.along.message.buttons.children
    assert f'download="{name}" data-path="{path}"' in link.value
    with zipfile.ZipFile(path) as packed:
        assert packed.namelist() == ["interview-kit.json", "interviews.csv"]
    shown.along.with_backups.value = True
    shown.along.button.click()
    second = path.with_stem(f"{path.stem}-2")
    assert shown.along.message.text.startswith(f"Made: {second.name}, with 2 interviews, 3 backups. ")
    assert path.exists()


def upload(part, name, raw):
    part.upload.value = ({"name": name, "type": "", "size": len(raw), "content": raw, "last_modified": datetime.now()},)


def test_a_zip_that_is_chosen_comes_in_on_a_new_computer(journal, tmp_path):
    raw = journal.pack().path.read_bytes()
    home, shown = unfolded(ik.Journal(tmp_path / "new"))
    upload(shown.along, "kit.zip", raw)
    assert shown.along.brought.text == "Brought in from kit.zip:\ninterviews.csv: 2 added"
    assert not buttons(shown.along.brought, "Undo")
    assert "Corp" in words_on(home.body)
    assert shown.along.upload.value == ()
    assert len(buttons(shown.parts, "Make the ZIP")) == 1


def test_a_zip_that_comes_beside_records_can_be_undone(journal, tmp_path):
    raw = journal.pack().path.read_bytes()
    other = ik.Journal(tmp_path / "other")
    other.add("interviews", {"company": "Dyna", "interviewed_on": "2026-05-04"})
    _, shown = unfolded(other)
    upload(shown.along, "kit.zip", raw)
    assert companies(other) == {"Acme", "Corp", "Dyna"}
    click(shown.along.brought, "Undo")
    assert shown.along.brought.text == "Took back the unpacking of kit.zip."
    assert companies(other) == {"Dyna"}


def test_what_is_no_zip_of_the_kit_is_refused(journal):
    _, shown = unfolded(journal)
    upload(shown.along, "<cv>.zip", b"no zip")
    expected = "<cv>.zip cannot be unpacked: it is no ZIP, or a damaged one; nothing was changed"
    assert shown.along.brought.text == expected
    assert "<cv>" not in shown.along.brought.line.value


def test_where_the_zip_cannot_be_written_it_is_said(journal):
    _, shown = unfolded(journal)
    exports = journal.folder / "exports"
    exports.write_text("a file")
    shown.along.button.click()
    assert shown.along.message.text == f"the folder {exports} cannot be made: File exists; nothing was saved"


# Erasing.


def test_erasing_says_what_would_go_and_waits_for_the_word(journal):
    (journal.folder / "cv.pdf").write_text("mine")
    journal.save_draft("i-dddddddddd", {"company": "Dy"})
    journal.pack()
    home, shown = unfolded(journal)
    part = shown.erasing
    part.begin.click()
    assert words_on(part.listed).replace("</p><p>", "\n") == "<p>" + "\n".join(
        [
            "This would be gone: 2 interviews, 3 backups, 1 draft, 1 file made to hand on or take along.",
            "What the kit did not make stays: cv.pdf.",
            wording.ELSEWHERE,
            "There is no way back.</p>",
        ]
    )
    assert part.erase_button.disabled
    part.erase()
    assert companies(journal) == {"Acme", "Corp"}
    part.word.value = " Erase "
    part.erase_button.click()
    assert [path.name for path in journal.folder.iterdir()] == ["cv.pdf"]
    assert part.message.text == f"Erased. {wording.ELSEWHERE}"
    assert part.message in shown.parts.children
    assert "Write the first one down" in words_on(home)
    assert "Nothing of yours is written down yet." in shown.where.value


def test_whoever_leaves_it_finds_everything_and_the_word_gone(journal):
    _, shown = unfolded(journal)
    part = shown.erasing
    part.begin.click()
    part.word.value = "erase"
    click(part, "Leave it")
    assert companies(journal) == {"Acme", "Corp"}
    part.begin.click()
    assert (part.word.value, part.erase_button.disabled) == ("", True)


def test_templates_of_ones_own_go_only_where_that_is_said(journal):
    (journal.folder / "notes").mkdir()
    (journal.folder / "notes" / "thank_you.plain.txt").write_text("Dear")
    _, shown = unfolded(journal)
    part = shown.erasing
    part.begin.click()
    assert part.templates.layout.display == ""
    assert "template" not in words_on(part.listed)
    part.templates.value = True
    assert "1 template" in words_on(part.listed)
    part.templates.value, part.word.value = False, "erase"
    part.erase_button.click()
    assert [path.name for path in journal.folder.iterdir()] == ["notes"]


def test_what_could_not_be_erased_is_named(journal, monkeypatch):
    _, shown = unfolded(journal)
    monkeypatch.setattr(ik.Journal, "erase", lambda *_: ["interviews.csv: Permission denied"])
    shown.erasing.begin.click()
    shown.erasing.word.value = "erase"
    shown.erasing.erase_button.click()
    assert shown.erasing.message.text == "Not everything could be erased:\ninterviews.csv: Permission denied"


def test_names_of_anyone_are_only_words(tmp_path):
    journal = ik.Journal(tmp_path / "mine")
    shutil.copytree(SAMPLE.parent, journal.folder)
    (journal.folder / "<script>x.pdf").write_text("x")
    _, shown = unfolded(journal)
    shown.erasing.begin.click()
    assert "<script>" not in words_on(shown)
    assert "&lt;script&gt;x.pdf" in words_on(shown)
    assert HOSTILE not in repr(shown)
