"""A herd of programs that write one journal at once, some of them killed; run as `python -m tests.trust.writers`.

Prints, as JSON, how many operations each was told are done, so that a test can look whether they are. The programs are
forked from one that has loaded everything, so that a kill hits a save and not a start.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from interview_kit import ConflictError, Journal
from interview_kit.journal import load_interviews

SHARED = ("i-shared0000", "i-shared0001")


def tell(log, line):
    """Note that an operation is done; one write to the end of a file is whole, or is not there."""
    os.write(log, f"{line}\n".encode())


def write_until_killed(folder, name, log):
    """Add records and count one of them up, and note each operation as soon as it is acknowledged."""
    kept, own = Journal(folder), f"i-{name}"
    kept.add("interviews", {"id": own, "company": name, "role": "0"})
    tell(log, f"add {own}")
    number = 0
    while True:
        number += 1
        key = kept.add("interviews", {"company": f"{name} {number}", "notes": "two\nlines"})
        tell(log, f"add {key}")
        kept.update("interviews", own, {"role": str(number)})
        tell(log, f"role {own} {number}")


def take_turns(folder, name, log, operations):
    """Add records, and count shared ones up, each time as last seen; note what was done and what was refused."""
    kept, chance = Journal(folder), random.Random(name)
    done = 0
    while done < operations:
        if chance.random() < 0.5:
            tell(log, f"add {kept.add('interviews', {'company': f'{name} {done}'})}")
            done += 1
            continue
        key = chance.choice(SHARED)
        row = kept.interviews().set_index("id").loc[key]
        try:
            kept.update("interviews", key, {"role": str(int(row["role"]) + 1)}, seen=row.to_dict())
        except ConflictError:
            tell(log, f"conflict {key}")
            continue
        tell(log, f"count {key}")
        done += 1


def fork(work, *arguments):
    """Start a program that does one thing, and return its number."""
    child = os.fork()
    if child:
        return child
    try:
        work(*arguments)
    except BaseException as error:
        os.write(2, f"{error!r}\n".encode())
        os._exit(1)
    os._exit(0)


def kill_often(folder, log, writers, kills):
    """Keep some writers running and kill one at a time at random moments."""
    chance = random.Random(kills)
    names = (f"writer{number:04}" for number in range(writers + kills))
    alive = [fork(write_until_killed, folder, next(names), log) for _ in range(writers)]
    for _ in range(kills):
        time.sleep(chance.uniform(0, 0.06))
        victim = alive.pop(chance.randrange(len(alive)))
        os.kill(victim, signal.SIGKILL)
        os.waitpid(victim, 0)
        alive.append(fork(write_until_killed, folder, next(names), log))
    for pid in alive:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def run_together(folder, log, writers, operations):
    """Let writers take turns, and wait for all."""
    kept = Journal(folder)
    for key in SHARED:
        kept.add("interviews", {"id": key, "company": "Shared", "role": "0"})
        tell(log, f"add {key}")
    pids = [fork(take_turns, folder, f"program {number}", log, operations) for number in range(writers)]
    if any(os.waitpid(pid, 0)[1] for pid in pids):
        sys.exit("a writer failed")


def main():
    """Run what the command line names, with everything loaded first."""
    what, folder, writers, times = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    rehearsal = Journal(folder / "rehearsal")
    rehearsal.add("interviews", {"company": "Rehearsal"})
    load_interviews(folder / "rehearsal" / "interviews.csv")
    log = os.open(folder / "acknowledged", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    {"kill": kill_often, "together": run_together}[what](folder / "mine", log, writers, times)
    print(json.dumps({"lines": (folder / "acknowledged").read_text().splitlines()}))


if __name__ == "__main__":
    main()
