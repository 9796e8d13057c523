"""The order in which a save reaches the disk, as the system itself records it."""

import re
import shutil
import subprocess
import sys

import pytest

from interview_kit import Journal

UPDATE = """
import sys
from interview_kit import Journal

Journal(sys.argv[1]).update("interviews", "i-1", {"outcome": "offer"})
"""
TRACED = "openat,write,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat"


def traced(folder, log):
    """Return what a save asked of the system, one line a call, with the paths of what it wrote to."""
    command = ["strace", "-f", "-y", "-s", "0", "-e", f"trace={TRACED}", "-o", str(log)]
    done = subprocess.run(
        [*command, sys.executable, "-c", UPDATE, str(folder)], check=False, capture_output=True, text=True
    )
    if not log.exists() or "PTRACE" in done.stderr or "ptrace" in done.stderr:
        pytest.skip(f"strace may not look at programs here: {done.stderr.strip()[:100]}")
    assert done.returncode == 0, done.stderr
    return log.read_text().splitlines()


def steps(lines, folder):
    """Return the calls that change the folder, in words: "write .x.csv.*.tmp", "rename x.csv"."""
    found = []
    for line in lines:
        call = re.search(r"(\w+)\(", line)
        if call is None or str(folder) not in line or " = -1 " in line:
            continue
        paths = [re.sub(r"\.[0-9a-f]{8}\.tmp$", ".*.tmp", path) for path in re.findall(r'[<"](/[^>"]*)[>"]', line)]
        inside = [path.removeprefix(str(folder)).lstrip("/") for path in paths if path.startswith(str(folder))]
        name = call[1].replace("renameat2", "rename").replace("renameat", "rename").replace("fdatasync", "fsync")
        if name in ("write", "fsync", "rename"):
            found.append(f"{name} {inside[-1]}" if inside else name)
    return [step for step, before in zip(found, ["", *found], strict=False) if step != before]


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not on this machine")
def test_a_save_is_written_synced_renamed_and_its_folder_synced_in_this_order(tmp_path):
    folder = tmp_path / "mine"
    Journal(folder).add("interviews", {"id": "i-1", "company": "Acme"})
    done = steps(traced(folder, tmp_path / "calls"), folder)
    renamed = next(step for step in done if step.startswith("rename .backups/interviews."))
    backup = renamed.removeprefix("rename ").removeprefix(".backups/")
    assert done == [
        f"write .backups/.{backup}.*.tmp",
        f"fsync .backups/.{backup}.*.tmp",
        f"rename .backups/{backup}",
        "fsync .backups",
        "write .backups/.last_operation.json.*.tmp",
        "rename .backups/last_operation.json",
        "write .interviews.csv.*.tmp",
        "fsync .interviews.csv.*.tmp",
        "rename interviews.csv",
        "fsync ",
    ]
