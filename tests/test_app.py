"""The command line, and JupyterLab as it really starts."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from interview_kit import app, places

GOOD = "id,company,interviewed_on,outcome\ni-aaaaaaaaaa,Acme,2026-04-03,callback\ni-bbbbbbbbbb,NA,2026-04-04,\n"
BAD = "id,company,interviewed_on,outcome\ni-aaaaaaaaaa,Acme,03/04/2026,callbck\n"
RUN_MAIN = "import sys; from interview_kit.app import main; sys.exit(main())"


@pytest.fixture
def commands(monkeypatch):
    """The commands that would have been run, on a machine with a screen and without a root."""
    ran = []
    monkeypatch.setattr(app, "run", lambda command: ran.append(command) or 0)
    monkeypatch.setattr(app, "is_root", lambda: False)
    monkeypatch.setattr(app, "has_screen", lambda environ: True)
    return ran


@pytest.fixture
def taken_port():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


# What goes where.


@pytest.mark.parametrize("arguments", [["--port", "0"], ["lab", "--port", "0"]])
def test_lab_is_the_default_and_hands_its_arguments_on(commands, arguments):
    assert app.main(arguments) == 0
    assert commands[0][-2:] == ["--port", "0"]


def test_lab_is_private_and_opens_the_first_notebook(commands):
    assert app.main([]) == 0
    assert commands == [
        [
            *(sys.executable, "-m", "jupyterlab", "-y"),
            "--ServerApp.ip=127.0.0.1",
            "--LabApp.default_url=/lab/tree/notebooks/0_home.ipynb",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
            "--LabApp.news_url=None",
            "--LabApp.extension_manager=readonly",
            f"--LabApp.extra_labextensions_path={app.QUIET_LAB / 'labextensions'}",
            "--LanguageServerManager.autodetect=False",
            "--ServerApp.log_level=WARN",
            "--LabApp.log_level=WARN",
            f"--LabApp.workspaces_dir={places.user_folder() / 'workspaces'}",
            f"--ServerApp.root_dir={places.OWN}",
        ]
    ]


def test_app_opens_homes_page_on_the_same_server_with_the_options_of_lab(commands, capsys):
    assert app.main([]) == app.main(["app", "--no-browser", "--port", "0"]) == 0
    lab, pages = commands
    page = "--LabApp.default_url=/voila/render/notebooks/0_home.ipynb"
    assert pages == [*(it for it in lab if "default_url" not in it), page, "--no-browser", "--port", "0"]
    assert "Interview Kit is starting. Keep this window open; Ctrl+C here stops it." in capsys.readouterr().out


def test_app_help_says_whose_options_it_takes(capsys):
    with pytest.raises(SystemExit) as stopped:
        app.main(["app", "--help"])
    assert stopped.value.code == 0
    assert "It takes the options of lab" in capsys.readouterr().out


def test_what_the_user_sets_is_not_set_twice(commands):
    app.main(["--ip", "10.0.0.2", "--LabApp.default_url=/lab", "--debug"])
    command = commands[0]
    assert command[-4:] == ["--ip", "10.0.0.2", "--LabApp.default_url=/lab", "--debug"]
    assert not [argument for argument in command[:-4] if re.search(r"ip=|default_url|log_level", argument)]


def test_check_takes_one_path(capsys):
    with pytest.raises(SystemExit):
        app.main(["check", "one.csv", "two.csv"])
    assert (
        "interview-kit check: 'two.csv' is one word too many\ninterview-kit check --help says what it takes."
        in capsys.readouterr().err
    )


@pytest.mark.parametrize("arguments", [["lab", "--help"], ["--port", "9999", "-h"]])
def test_help_with_lab_says_whose_options_it_takes(capsys, arguments):
    with pytest.raises(SystemExit) as stopped:
        app.main(arguments)
    assert stopped.value.code == 0
    assert "Every option goes to JupyterLab" in capsys.readouterr().out


def test_version_is_that_of_the_kit(capsys):
    with pytest.raises(SystemExit):
        app.main(["--version"])
    assert re.fullmatch(r"interview-kit \d+\.\d+\.\d+\n", capsys.readouterr().out)


def test_help_loads_nothing_heavy():
    code = (
        "import atexit, sys; from interview_kit.app import main; atexit.register(lambda: print(*sys.modules)); main()"
    )
    result = subprocess.run([sys.executable, "-c", code, "--help"], capture_output=True, text=True, check=True)
    assert "list every problem of your" in result.stdout
    assert not {"pandas", "numpy", "jupyterlab", "interview_kit.journal"} & set(result.stdout.split())


# Where it runs.


def test_root_is_told_in_one_line(commands, monkeypatch, capsys):
    monkeypatch.setattr(app, "is_root", lambda: True)
    app.main([])
    assert capsys.readouterr().out.splitlines() == [
        "You are root, so JupyterLab is started with --allow-root.",
        "JupyterLab is starting. Keep this window open; Ctrl+C here stops it.",
    ]
    assert "--allow-root" in commands[0]


def test_without_a_screen_the_address_is_announced(commands, monkeypatch, capsys):
    monkeypatch.setattr(app, "has_screen", lambda environ: False)
    app.main([])
    assert capsys.readouterr().out.splitlines()[0] == (
        "No browser can be opened from here: open the address below, token included, in yours."
    )
    assert "--no-browser" in commands[0]


@pytest.mark.parametrize(
    ("platform", "environ", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"DISPLAY": "localhost:10.0", "SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}, False),
        ("darwin", {}, True),
        ("darwin", {"SSH_TTY": "/dev/ttys000"}, False),
        ("win32", {}, True),
    ],
)
def test_where_there_is_a_screen(monkeypatch, platform, environ, expected):
    monkeypatch.setattr(sys, "platform", platform)
    assert app.has_screen(environ) is expected


def test_without_the_notebooks_the_fix_is_named(commands, monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(places, "OWN", tmp_path)
    assert app.main([]) == 1
    assert capsys.readouterr().err == (
        f"{tmp_path / 'notebooks/0_home.ipynb'} is not there; get the whole project, notebooks included, "
        "and run `uv run --no-dev interview-kit` in its folder.\n"
    )
    assert commands == []


# The port.


@pytest.mark.parametrize("spelling", ["--port {}", "--port={}", "--ServerApp.port={}", "--port 0 --port {}"])
def test_a_taken_port_is_named_with_one_that_is_free(commands, taken_port, capsys, spelling):
    assert app.main(spelling.format(taken_port).split()) == 1
    said = re.fullmatch(
        rf"Port {taken_port} is taken by another program; try another, such as --port (\d+), "
        r"or leave --port out to get a free one\.\n",
        capsys.readouterr().err,
    )
    assert said is not None
    assert app.why_not_free(int(said[1])) == ""
    assert commands == []


@pytest.mark.parametrize("port", ["abc", "70000", "-1", ""])
def test_what_is_no_port_is_refused(commands, capsys, port):
    assert app.main([f"--port={port}"]) == 2
    assert capsys.readouterr().err == (
        f"--port is {port!r}; it must be a whole number up to 65535, such as --port 8890.\n"
    )


def test_an_address_of_another_machine_is_refused(commands, capsys):
    assert app.main(["--ip=192.0.2.1", "--port=8890"]) == 1
    assert capsys.readouterr().err.startswith("Port 8890 cannot be used (")


def test_a_last_port_still_gets_an_example():
    assert 1024 <= app.free_port(65535) <= 65535


# Running it.


@pytest.fixture
def kept_signals():
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.mark.usefixtures("kept_signals")
def test_the_exit_status_is_handed_back():
    assert app.run([sys.executable, "-c", "raise SystemExit(3)"]) == 3


@pytest.mark.usefixtures("kept_signals")
def test_control_c_waits_for_jupyterlab_to_end(monkeypatch):
    waits = iter([KeyboardInterrupt, KeyboardInterrupt, 0])

    class Stopping:
        def wait(self):
            if (result := next(waits)) is KeyboardInterrupt:
                raise KeyboardInterrupt
            return result

    monkeypatch.setattr(subprocess, "Popen", lambda command, env: Stopping())
    assert app.run(["jupyterlab"]) == 0


# Checking a file.


@pytest.fixture
def write(tmp_path):
    def write_csv(text, name="mine.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write_csv


def test_check_prints_every_problem_with_its_line(write, capsys):
    path = write(BAD)
    assert app.main(["check", str(path)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "line 2, interviewed_on: '03/04/2026' can be 2026-03-04 or 2026-04-03; write the one you mean",
        "line 2, outcome: 'callbck' is not one of "
        "pending, callback, offer, rejected, no reply, withdrawn, planned, cancelled",
        f"2 problems in {path}",
    ]


def test_check_says_how_many_are_fine(write, capsys):
    assert app.main(["check", str(write(GOOD))]) == 0
    assert capsys.readouterr().out == "No problems in 2 interviews\n"


def test_check_without_a_path_reads_ones_own_records(write, monkeypatch, capsys, tmp_path):
    write(GOOD, "interviews.csv")
    monkeypatch.setenv("INTERVIEW_KIT_DATA", str(tmp_path))
    assert app.main(["check"]) == 0
    assert capsys.readouterr().out.startswith("No problems in 2 interviews\n")


def test_check_of_a_folder_checks_all_its_tables(write, capsys, tmp_path):
    write(GOOD, "interviews.csv")
    people = write("id,name,met_on\nc-1,Ada,03/04/2026\n", "contacts.csv")
    write("id,kind\n", "follow_ups.csv")
    assert app.main(["check", str(tmp_path)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "No problems in 2 interviews",
        "line 2, met_on: '03/04/2026' can be 2026-03-04 or 2026-04-03; write the one you mean",
        f"1 problem in {people}",
        "No problems in 0 things to do",
        "Not there: questions.csv and stories.csv",
    ]
    assert app.main(["check", str(people)]) == 1
    assert capsys.readouterr().out.endswith(f"1 problem in {people}\n")


def test_check_and_today_take_the_folder_or_the_file(write, capsys):
    interviews = write("company,outcome\nAcme,offer\n", "interviews.csv")
    others = "Not there: questions.csv, contacts.csv, follow_ups.csv and stories.csv\n"
    for place, more in ((interviews, ""), (interviews.parent, others)):
        assert app.main(["check", str(place)]) == 0
        assert capsys.readouterr().out == f"No problems in 1 interview\n{more}"
        assert app.main(["today", "--records", str(place), "--as-of", "2026-04-03"]) == 0
        assert capsys.readouterr().out.startswith("3 Apr 2026. ")


def test_check_of_a_file_that_is_not_there_says_so(tmp_path, capsys):
    assert app.main(["check", str(tmp_path / "none.csv")]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert (
        said.err == f"{tmp_path / 'none.csv'} is not there; name the folder of your records, or a CSV of interviews\n"
    )


def test_check_names_the_line_of_a_file_that_cannot_be_parsed(write, capsys):
    assert app.main(["check", str(write(GOOD + '"open\n'))]) == 1
    assert capsys.readouterr().out.startswith("line 4: ")


def test_check_prints_what_the_terminal_has_no_letters_for(write):
    path = write(BAD.replace("callbck", "ørgh"))
    environ = {**os.environ, "PYTHONIOENCODING": "ascii"}
    result = subprocess.run(
        [sys.executable, "-c", RUN_MAIN, "check", path], capture_output=True, text=True, env=environ, check=False
    )
    assert result.returncode == 1
    assert "'\\xf8rgh' is not one of" in result.stdout


# JupyterLab itself.


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address that JupyterLab prints once `interview-kit` has started it without a screen."""
    folder = tmp_path_factory.mktemp("jupyter")
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION", "SSH_TTY")
    environ = {name: value for name, value in os.environ.items() if name not in screens and "JUPYTER" not in name}
    places = {f"JUPYTER_{name}_DIR": str(folder / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    command = [sys.executable, "-c", RUN_MAIN, "--no-browser", "--port", str(app.free_port(20000))]
    command.append(f"--LabApp.workspaces_dir={folder / 'workspaces'}")
    printed = folder / "printed.txt"
    with (
        printed.open("w") as output,
        subprocess.Popen(command, stdout=output, stderr=output, env=environ | places) as process,
    ):
        try:
            yield wait_for_address(process, printed)
        finally:
            process.terminate()
            process.wait(20)


def wait_for_address(process, printed):
    for _ in range(600):
        found = re.search(r"http://127\.\S+token=\w+", printed.read_text())
        if found:
            return found[0]
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise AssertionError(f"JupyterLab printed no address:\n{printed.read_text()}")


def get(url):
    """Return the status and the text of an answer, with no proxy in between."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.status, ""


def test_the_printed_address_leads_to_the_first_notebook(address):
    assert "/lab/tree/notebooks/0_home.ipynb?token=" in address
    status, page = get(address)
    settings = json.loads(re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', page, re.S)[1])
    assert status == 200
    assert settings["treePath"] == "notebooks/0_home.ipynb"
    assert settings["news"] == {"disabled": True}
    assert settings["extensionManager"]["can_install"] is False


def test_the_notebook_is_where_the_address_leads(address):
    server, token = address.split("/lab/tree/")[0], address.rpartition("=")[2]
    status, notebook = get(f"{server}/api/contents/notebooks/0_home.ipynb?content=0&token={token}")
    assert status == 200
    assert json.loads(notebook)["type"] == "notebook"


@pytest.mark.full
def test_the_same_address_shows_pages_and_only_to_those_with_the_token(address):
    server, token = address.split("/lab/tree/")[0], address.rpartition("=")[2]
    page = f"{server}/voila/render/notebooks/none.ipynb"
    assert get(f"{page}?token={token}")[0] == 404
    status, login = get(page)
    assert status == 200
    assert 'action="/login?next=%2Fvoila%2Frender%2Fnotebooks%2Fnone.ipynb' in login


@pytest.mark.parametrize("token", ["", "?token=wrong"])
def test_without_the_token_nothing_is_told(address, token):
    assert get(f"{address.split('/lab/tree/')[0]}/api/contents{token}") == (403, "")


def test_it_listens_on_this_computer_only(address):
    port = int(re.search(r":(\d+)/", address)[1])
    with socket.socket() as caller:
        caller.settimeout(5)
        assert caller.connect_ex(("127.0.0.2", port)) != 0
