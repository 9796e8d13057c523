"""What stands around the code: dependencies, README and docs, what is ignored, and the check of a change."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

import interview_kit as ik
from interview_kit import app, schema
from tests.test_layers import MAY_IMPORT

ROOT = Path(__file__).resolve().parent.parent
SETUP = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = SETUP["project"]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MOST_LINES = 150
DOCS = sorted((ROOT / "docs").glob("*.md"))
OTHERS = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "data/sample/README.md")
PAGES = [*(ROOT / name for name in (*OTHERS, "interview_kit/next_steps/templates/README.md")), *DOCS]
START = "pip install uv && uv run --no-dev interview-kit"
TEST = "pip install uv && uv run pytest"
SETTINGS = [*(ROOT / name for name in ("pyproject.toml", "environment.yml", ".ci/run", ".ci/versions")), *PAGES]


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def page(name):
    """Return the text of a page of docs."""
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def git(*arguments, accept=(0,)):
    """Return what git prints; skip where this is no checkout, as in an unpacked archive."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is not a git checkout")
    result = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode in accept, result.stderr
    return result.stdout


def conda():
    return yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))


# The same dependencies twice.


def test_conda_asks_for_what_pyproject_asks_for():
    named = [entry for entry in conda()["dependencies"] if isinstance(entry, str)]
    python, *packages, pip = named
    assert (python, pip) == (f"python{PROJECT['requires-python']}", "pip")
    assert sorted([*packages, *from_pip()]) == sorted(PROJECT["dependencies"])


def from_pip():
    """Return what conda leaves to pip, less the kit itself."""
    (nested,) = [entry for entry in conda()["dependencies"] if not isinstance(entry, str)]
    return [entry for entry in nested["pip"] if entry != "-e ."]


def test_conda_installs_the_kit_itself_from_here():
    assert conda()["dependencies"][-1]["pip"][-1] == "-e ."
    assert conda()["name"] == PROJECT["name"]
    assert conda()["channels"] == ["conda-forge"]


def names_of(requirements):
    return {re.match(r"[\w-]+", requirement)[0] for requirement in requirements}


def test_every_dependency_has_a_lower_bound():
    assert [requirement for requirement in every_requirement() if ">=" not in requirement] == []


def test_every_dependency_has_a_reason_and_nothing_else_has():
    reasons = re.findall(r"^- (\*\*.+?): ", page("libraries.md"), re.M)
    assert sorted(re.findall(r"[\w-]+", " ".join(reasons))) == sorted(names_of(every_requirement()))


def every_requirement():
    """Return what the kit, those who work on it and its build ask for."""
    groups = SETUP["dependency-groups"].values()
    return [*PROJECT["dependencies"], *(name for group in groups for name in group), *SETUP["build-system"]["requires"]]


def test_no_lock_file_is_tracked():
    assert git("ls-files", "*uv.lock") == ""


@pytest.mark.parametrize("path", SETTINGS, ids=name_of)
def test_no_package_index_is_named(path):
    text = path.read_text(encoding="utf-8")
    assert not re.findall(r"pypi\.|pythonhosted|anaconda\.|npmjs|index-url|find-links|\[\[?tool\.uv", text, re.I)


# README and docs.


def test_readme_is_read_in_ten_minutes():
    assert len(README.splitlines()) <= MOST_LINES


@pytest.mark.parametrize("command", [START, TEST])
def test_readme_has_the_two_commands_alone_in_a_block(command):
    assert f"```sh\n{command}\n```" in README


def test_readme_shows_the_pages_right_after_the_first_command():
    assert f"{START}\n```\n\n" in README
    assert "`uv run --no-dev interview-kit app`" in README.split(f"{START}\n```\n\n")[1].split("\n\n")[0]


@pytest.mark.parametrize("table", schema.TABLES.values(), ids=lambda table: table.name)
def test_docs_describe_every_column_in_order(table):
    section = page("records.md").split(f"\n## {table.name}.csv\n")[1].split("\n## ")[0]
    assert tuple(re.findall(r"^\| `(\w+)` \|", section, re.M)) == table.names


def test_docs_name_every_choice_and_every_spelling():
    section = page("records.md").split("\n## The words that are accepted\n")[1].split("\n## ")[0]
    listed = dict(re.findall(r"^\|[^|]*\| `([^`]+)` \| (.*?) ?\|$", section, re.M))
    for kind, choices in schema.CHOICES.items():
        expected = {choice: schema.SPELLINGS[kind][choice].replace("|", ", ") for choice in choices}
        assert {choice: listed.get(choice) for choice in choices} == expected
    for word, spellings in (("yes", schema.YES), ("no", schema.NO)):
        assert {word, *listed[word].split(", ")} == spellings


def test_docs_name_every_command():
    assert [name for name in app.parser().commands if f"`interview-kit {name}" not in page("command-line.md")] == []


def test_docs_name_every_public_function():
    text = page("python.md")
    assert [name for name in ik.__all__ if not re.search(rf"`{name}\b", text)] == []


def test_docs_show_a_problem_as_it_is_printed():
    with pytest.raises(ValueError, match="is not one of") as refused:
        schema.parse("outcome", "callbck")
    assert f"\nline 7, outcome: 'callbck' {refused.value}\n" in page("when-something-is-wrong.md")


def test_the_index_of_docs_names_every_page():
    assert [path.name for path in DOCS if f"({path.name})" not in page("README.md") and path.name != "README.md"] == []


def test_contributing_names_every_room_and_what_it_may_import():
    rows = dict(re.findall(r"^\| `(\w+)` \| [^|]+ \| (.+) \|$", page("../CONTRIBUTING.md"), re.M))
    assert list(rows) == list(MAY_IMPORT)
    listed = {room: set(re.findall(r"`(\w+)`", words)) for room, words in rows.items() if "all rooms" not in words}
    assert listed == {room: set(MAY_IMPORT[room]) - {room} for room in listed}


def heading_marks(text):
    """Return what a link may name behind its #: each heading in small letters, blanks as hyphens, signs left out."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S), re.M)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links(path):
    """Return the links of a page that lead to no file, or to no heading of one."""
    broken = []
    for link in re.findall(r"\]\(([^)]+)\)", path.read_text(encoding="utf-8")):
        name, _, mark = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        if link.startswith("http"):
            continue
        if not target.is_file() or (mark and mark not in heading_marks(target.read_text(encoding="utf-8"))):
            broken.append(link)
    return broken


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_links_lead_somewhere(path):
    assert broken_links(path) == []


def test_a_broken_link_is_found(tmp_path):
    (tmp_path / "b.md").write_text("# What it is, `in` words\n", encoding="utf-8")
    links = ["b.md", "b.md#what-it-is-in-words", "#here", "https://example.com", "c.md", "b.md#there", "#there"]
    (tmp_path / "a.md").write_text("## Here\n" + "\n".join(f"[x]({link})" for link in links), encoding="utf-8")
    assert broken_links(tmp_path / "a.md") == ["c.md", "b.md#there", "#there"]


@pytest.mark.parametrize("path", [path for path in PAGES if "```python\n" in path.read_text("utf-8")], ids=name_of)
def test_examples_run(path, monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("INTERVIEW_KIT_DATA", str(tmp_path))
    (tmp_path / "archive").mkdir()
    sample = ik.load_interviews(ROOT / "data/sample/interviews.csv")
    sample.to_parquet(tmp_path / "archive" / "2026.parquet")
    names, text = {}, path.read_text(encoding="utf-8").replace("archive/", f"{tmp_path}/archive/")
    for example in re.findall(r"```python\n(.*?)```", text, re.S):
        exec(compile(example, path.name, "exec"), names)  # noqa: S102
    assert len(names["table"]) == 12
    assert names["table"]["verdict"].iloc[0] == "lines up with callbacks"
    if "journal" in names:
        assert names["journal"].interviews()["outcome"].tolist() == ["pending"]
        assert "Took back the change to Acme.\n" in capsys.readouterr().out


# What is never tracked.


@pytest.mark.parametrize(
    "path",
    [
        "data/mine/interviews.csv",
        "data/mine/.drafts/i-aaaaaaaaaa.json",
        "data/mine/.backups/interviews.20260403-143000-000000.daily.csv",
        "data/sample/.backups/last_operation.json",
        "elsewhere/.drafts/i-aaaaaaaaaa.json",
        "elsewhere/.backups/interviews.csv",
        "exports/report.html",
        "notebooks/exports/chart.png",
        "notebooks/.ipynb_checkpoints/1_debrief-checkpoint.ipynb",
    ],
)
def test_private_files_are_ignored(path):
    assert git("check-ignore", path, accept=(0, 1)).strip() == path


@pytest.mark.parametrize("path", ["data/sample/interviews.csv", "notebooks/1_debrief.ipynb"])
def test_what_belongs_to_the_project_is_not_ignored(path):
    assert git("check-ignore", "--no-index", path, accept=(0, 1)) == ""


# The check of a change.


def test_the_check_runs_the_readme_command_with_a_browser_required():
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    lines = script.splitlines()
    assert lines[0] == "#!/usr/bin/env bash"
    assert "set -euo pipefail" in lines
    assert script.index("export INTERVIEW_KIT_BROWSER=required") < script.index(f"\n{TEST} || exit 1")
    assert [line for line in lines if line.startswith("uv run")] == [
        "uv run ruff check .",
        "uv run ruff format --check .",
        "uv run ty check interview_kit",
        "uv run pytest --full -m full",
    ]


@pytest.mark.skipif(os.name != "posix", reason="only POSIX systems mark a file as a program")
def test_the_check_can_be_run():
    assert os.access(ROOT / ".ci/run", os.X_OK)
    assert subprocess.run(["bash", "-n", ROOT / ".ci/run"], check=False).returncode == 0
