"""The public names: what an editor and a type checker see of them is what a program gets."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import interview_kit as ik

INIT = Path(ik.__file__)
DOCUMENTED = {"ReportError", "plot_paths", "by_group", "compare_behaviors", "load_interviews", "Journal", "DebriefForm"}


def test_each_public_name_is_exported_to_type_checkers():
    tree = ast.parse(INIT.with_suffix(".pyi").read_text(encoding="utf-8"))
    aliases = [alias for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names]
    assert {alias.asname for alias in aliases} == {alias.name for alias in aliases} == set(ik.__all__)
    assert set(ik.__all__) >= DOCUMENTED


def test_every_public_name_is_there():
    assert [name for name in ik.__all__ if not hasattr(ik, name)] == []


def test_a_name_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(
        AttributeError, match="has no attribute 'compare_behaviours'; it has Clients, ClientsPanel, Conflict"
    ):
        ik.compare_behaviours  # noqa: B018


def test_the_package_says_that_it_is_typed():
    assert INIT.with_name("py.typed").is_file()


def test_a_type_checker_sees_the_signature_of_a_public_function(tmp_path):
    program = tmp_path / "program.py"
    program.write_text("import interview_kit as ik\n\nreveal_type(ik.compare_behaviors)\nik.compare_behaviors()\n")
    command = [Path(sys.executable).with_name("ty"), "check", "--python", sys.prefix, "--output-format", "concise"]
    checked = subprocess.run([*command, program], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert "within_days: int = 30" in checked.stdout, checked.stdout + checked.stderr
    assert "missing-argument" in checked.stdout


def test_a_former_name_still_works_and_says_the_new_one():
    with pytest.warns(DeprecationWarning, match="travel_together is called behavior_pairs now"):
        assert ik.travel_together is ik.behavior_pairs


@pytest.mark.parametrize(
    ("former", "now"), [("merged_contact", "merge_contacts"), ("grade_practice", "record_practice")]
)
def test_what_only_returned_changes_still_does_and_names_what_makes_them(former, now):
    with pytest.warns(DeprecationWarning, match=f"{former} goes; {now} does it all"):
        assert getattr(ik, former).__name__ == former
