"""Letters that no font here has are named before they become boxes in a picture, and only those."""

import subprocess
import sys
import warnings

import numpy as np
import plotly.graph_objects as go
import pytest

import interview_kit as ik
from interview_kit import app, report
from interview_kit.journal import SAMPLE
from interview_kit.report import FontWarning, fonts, images

LATIN = "20-7e a0-52f 1e00-1eff 2010-2027"
BOXES = (
    "The pictures may show boxes instead of {}: no font on this computer has these letters. "
    "On Debian or Ubuntu: apt install {}. The page (.html) is not affected."
)


@pytest.fixture
def only_latin(monkeypatch):
    """A Linux whose fonts have Latin, Greek and Cyrillic letters alone, and a browser that draws at once."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(fonts, "drawable", lambda: fonts.Ranges(LATIN))
    monkeypatch.setattr(images, "images", lambda pictures: iter([b"drawn"] * len(pictures)))


@pytest.mark.parametrize(
    ("texts", "words", "packages"),
    [
        (["王芳, 面试", "王芳"], "王芳, 面试", "fonts-noto-cjk"),
        (["<b>さくら</b><br>인터뷰"], "さくら, 인터뷰", "fonts-noto-cjk"),
        (["called مقابلة again"], "مقابلة", "fonts-noto-core"),
        (["हिन्दी 王 😀"], "हिन्दी, 王, 😀", "fonts-noto-cjk fonts-noto-color-emoji fonts-noto-core"),
        (["一 二 三 四"], "一, 二, 三 and others", "fonts-noto-cjk"),
        (["長" * 30], "長" * 20 + "…", "fonts-noto-cjk"),
    ],
)
def test_letters_that_no_font_has_are_named_with_what_to_install(only_latin, texts, words, packages):
    assert fonts.warning(texts) == BOXES.format(words, packages)


@pytest.mark.parametrize("texts", [[], ["Asked questions"], ["Łódź, Ελλάδα, Привет, Việt Nam"], ["−60 … ≤ → ▲ 5%"]])
def test_letters_that_every_font_has_are_not_looked_for(monkeypatch, texts):
    monkeypatch.setattr(fonts, "drawable", lambda: pytest.fail("it was looked for"))
    assert fonts.warning(texts) == ""


def test_where_a_font_has_them_nothing_is_said(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(fonts, "drawable", lambda: fonts.Ranges(f"{LATIN}\n4e00-9fff"))
    assert fonts.warning(["王芳"]) == ""


def test_where_it_cannot_be_told_that_is_what_is_said(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(fonts.shutil, "which", lambda _: None)
    assert fonts.warning(["王芳"]) == fonts.UNKNOWN.format(words="王芳")


def test_a_program_for_fonts_that_fails_is_as_good_as_none(monkeypatch):
    def fail(*_, **__):
        raise subprocess.TimeoutExpired("fc-list", 10)

    monkeypatch.setattr(fonts.shutil, "which", lambda _: "fc-list")
    monkeypatch.setattr(fonts.subprocess, "run", fail)
    assert fonts.drawable() is None


def test_systems_that_bring_fonts_for_all_scripts_are_left_alone(only_latin, monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert fonts.warning(["王芳"]) == ""


@pytest.mark.skipif(not fonts.shutil.which("fc-list"), reason="no fontconfig on this machine")
def test_the_fonts_of_this_machine_have_the_letters_of_its_own_words():
    assert all(ord(letter) in fonts.drawable() for letter in "Interview")


def test_all_texts_of_a_figure_are_found():
    figure = go.Figure(go.Bar(x=np.array(["王", "a"], dtype=object), y=[1, 2]), layout={"title": {"text": "題"}})
    figure.add_annotation(text="字")
    assert {"王", "題", "字"} <= set(fonts.texts_of(figure))


def test_a_chart_of_its_own_warns_and_is_made(only_latin, tmp_path):
    figure = go.Figure(go.Bar(x=["王芳"], y=[1]))
    with pytest.warns(FontWarning, match="^The pictures may show boxes instead of 王芳: ") as heard:
        ik.save_chart(figure, tmp_path / "chart.png")
    assert heard[0].filename == __file__
    assert (tmp_path / "chart.png").read_bytes() == b"drawn"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ik.save_chart(figure, tmp_path / "chart.svg")
        ik.save_chart(figure, tmp_path / "chart.html")


@pytest.fixture
def own(tmp_path, monkeypatch):
    """Records with a behavior of one's own, in Chinese."""
    monkeypatch.setenv("INTERVIEW_KIT_DATA", str(tmp_path / "mine"))
    journal = ik.Journal()
    rows = ik.load_interviews(SAMPLE).head(12).assign(**{"did_唱歌": [True, False] * 6})
    journal.add_all("interviews", rows.drop(columns="id"), new_columns=True)
    return journal


def test_the_panel_says_so_before_the_pictures_are_made(only_latin, own):
    panel = ik.SharePanel(own)
    assert panel.font_note.text == ""
    panel.formats["svg"].value = True
    assert panel.font_note.text == ""
    panel.formats["png"].value = True
    assert panel.font_note.text == BOXES.format("唱歌", "fonts-noto-cjk")
    panel.redact.value = True
    assert panel.font_note.text == ""
    panel.redact.value = False
    panel.charts["behaviors"].value = False
    assert panel.font_note.text == ""


def test_the_report_of_the_terminal_says_so_and_is_made(only_latin, own, capsys):
    assert app.main(["report", "--format", "html,pdf"]) == 0
    said = capsys.readouterr()
    assert said.err == BOXES.format("唱歌", "fonts-noto-cjk") + "\n"
    assert said.out.startswith(f"Written: {own.folder / 'exports' / 'report' / 'report.html'}\n")


def test_a_report_from_python_warns_where_it_was_asked_for(only_latin, own, tmp_path):
    with pytest.warns(FontWarning) as heard:
        report.save_report(own.interviews(), tmp_path / "report", formats="png")
    assert heard[0].filename == __file__
