"""What stands around the code: dependencies, README, what is ignored, and the check of a change."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

from interview_kit import app, load_interviews, schema

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
README = (ROOT / "README.md").read_text(encoding="utf-8")
START = "pip install uv && uv run --no-dev interview-kit"
TEST = "pip install uv && uv run pytest"
SETTINGS = ("pyproject.toml", "environment.yml", "README.md", "CHANGELOG.md", ".ci/run")


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


def test_every_dependency_has_a_lower_bound_and_a_reason():
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    for dependency in PROJECT["dependencies"]:
        name, bound, _ = dependency.partition(">=")
        assert bound, dependency
        assert f"- **{name}**: " in changes


def test_no_lock_file_is_tracked():
    assert git("ls-files", "*uv.lock") == ""


@pytest.mark.parametrize("name", SETTINGS)
def test_no_package_index_is_named(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.findall(r"pypi\.|pythonhosted|anaconda\.|npmjs|index-url|find-links|\[\[?tool\.uv", text, re.I)


# README.


@pytest.mark.parametrize("command", [START, TEST])
def test_readme_has_the_two_commands_alone_in_a_block(command):
    assert f"```sh\n{command}\n```" in README


@pytest.mark.parametrize("table", schema.TABLES.values(), ids=lambda table: table.name)
def test_readme_names_every_column(table):
    assert [name for name in table.names if f"`{name}`" not in README] == []


def test_readme_names_every_choice():
    choices = {choice for choices in schema.CHOICES.values() for choice in choices}
    assert [choice for choice in sorted(choices) if f"`{choice}`" not in README] == []


def test_readme_links_lead_somewhere():
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if not link.startswith("http")]
    assert [link for link in links if not (ROOT / link).is_file()] == []


def test_readme_names_every_command():
    assert [name for name in app.parser().commands if f"`interview-kit {name}" not in README] == []


def test_readme_shows_a_problem_as_it_is_printed():
    with pytest.raises(ValueError, match="is not one of") as refused:
        schema.parse("outcome", "callbck")
    assert f"\nline 7, outcome: 'callbck' {refused.value}\n" in README


def test_readme_examples_run(monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("INTERVIEW_KIT_DATA", str(tmp_path))
    (tmp_path / "archive").mkdir()
    sample = load_interviews(ROOT / "data/sample/interviews.csv")
    sample.to_parquet(tmp_path / "archive" / "2026.parquet")
    names = {}
    for example in re.findall(r"```python\n(.*?)```", README.replace("archive/", f"{tmp_path}/archive/"), re.S):
        exec(compile(example, "README.md", "exec"), names)  # noqa: S102
    assert len(names["interviews"]) > 50
    assert names["table"]["verdict"].iloc[0] == "lines up with callbacks"
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
    assert lines.index("export INTERVIEW_KIT_BROWSER=required") < lines.index(TEST)
    assert [line for line in lines if line.startswith("uv run")] == [
        "uv run ruff check .",
        "uv run ruff format --check .",
        "uv run ty check interview_kit",
    ]


@pytest.mark.skipif(os.name != "posix", reason="only POSIX systems mark a file as a program")
def test_the_check_can_be_run():
    assert os.access(ROOT / ".ci/run", os.X_OK)
    assert subprocess.run(["bash", "-n", ROOT / ".ci/run"], check=False).returncode == 0
