"""quoted extract --annotate: the story as a person reads it in a terminal."""

import json
import os
import pty
import re
import select
import subprocess
import unicodedata

import pytest

from articles import json_article, json_lines, text_article, title
from conftest import OK, PROGRAM, USAGE, clean_environment

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
STORY = ("Orla Fenn, the mayor of Velden, said on Monday that the mill would close.\n\n"
         "\"We have looked for every way to keep it open, and there is none left to try,\" Fenn said. \"So it ends,\" she added.\n\n"
         "Piet Moor of the Velden Workers' Union called the plan \"a bathtub with a bell\" and left the hall.\n")
FURNITURE = "\nSign up for our newsletter\n\nShare this article\n"


def annotated(quoted, text, *options, columns=100, **environment):
    env = {"COLUMNS": str(columns), "NO_COLOR": "", "TERM": "xterm", **environment}
    done = quoted("extract", "--annotate", *options, "-", stdin=text, env=env)
    assert done.returncode == OK, done.stderr
    assert done.stderr == b""
    return done.stdout.decode()


def columns_of(line):
    """As a terminal counts: marks and joiners take nothing, East Asian wide characters two columns."""
    return sum(0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else 2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in ESCAPE.sub("", line))


def flat(page):
    """The left side of the page as one text, without colours."""
    return " ".join(line.split(" │ ")[0].strip() for line in ESCAPE.sub("", page).splitlines())


def on_a_terminal(quoted, env, *arguments):
    """What the program writes to a terminal."""
    outer, inner = pty.openpty()
    process = subprocess.Popen([str(PROGRAM), "extract", "--annotate", *arguments], cwd=quoted.folder, stdout=inner, env=clean_environment(env))
    os.close(inner)
    written = b""
    while select.select([outer], [], [], 60)[0]:
        try:
            piece = os.read(outer, 65536)
        except OSError:  # Linux's way to say that the other side is closed
            break
        if not piece:
            break
        written += piece
    os.close(outer)
    assert process.wait(60) == OK
    return written.decode()


def test_plain_brackets_tell_what_colours_would(quoted):
    page = annotated(quoted, STORY, "--whole")
    assert "\x1b" not in page
    assert "[Orla Fenn]" in flat(page)
    assert "<Velden>" in flat(page)
    assert "1»\" [Fenn] said." in flat(page) or "2»\" [Fenn] said." in flat(page)
    assert "_she_ added" in flat(page)


def test_the_margin_names_speaker_confidence_and_cue(quoted):
    page = annotated(quoted, STORY, "--whole")
    (number,) = re.findall(r"«(\d+) We have looked", page)
    (note,) = [line.split(" │ ")[1] for line in page.splitlines() if f" │ {number} " in line]
    assert re.fullmatch(rf"{number} Orla Fenn [01]\.\d\d", note)
    beside = [line.split(" │ ")[1].strip() for line in page.splitlines() if " │ " in line]
    assert beside[beside.index(note) + 1] == "said, direct"


def test_the_notes_of_one_document_stand_on_one_column(quoted):
    page = annotated(quoted, STORY, "--whole")
    bars = {columns_of(line.split("│")[0]) for line in page.splitlines() if "│" in line}
    assert len(bars) == 1


def test_every_quote_has_its_note(quoted):
    (article,) = [json.loads(line) for line in quoted("extract", "--whole", "-", stdin=STORY).stdout.splitlines()]
    page = annotated(quoted, STORY, "--whole")
    numbers = [int(number) for number in re.findall(r" │ (\d+) ", page)]
    assert article["quotes"]
    assert numbers == list(range(1, len(article["quotes"]) + 1))


def test_head_entities_and_dropped(quoted):
    page = annotated(quoted, text_article(1) + FURNITURE)
    lines = page.splitlines()
    assert lines[0] == title(1)
    assert "The Oststadt Echo · 2024-03-02" in lines[1]
    people = lines[lines.index("People") + 1:]
    assert re.match(r"  Piet Moor: .*mayor.*; 2 names.* quote", people[0])
    assert "Places" in lines
    assert re.search(r"^Dropped: \d+ pieces \(--dropped shows\)$", page, re.MULTILINE)
    assert "Sign up for our newsletter" not in page


def test_dropped_shows_what_was_dropped_and_why(quoted):
    page = annotated(quoted, text_article(1) + FURNITURE, "--dropped")
    assert re.search(r"^Dropped: \d+ pieces$", page, re.MULTILINE)
    assert "  newsletter: Sign up for our newsletter\n" in page
    assert "  share: Share this article\n" in page


def test_colours_say_the_same_without_brackets(quoted):
    page = annotated(quoted, STORY, "--whole", "--color=always")
    assert re.search(r"\x1b\[0;32;1mOrla Fenn\x1b\[0m", page), "a person's name"
    assert re.search(r"\x1b\[0;35;1mVelden\x1b\[0m", page), "a place's name"
    assert re.search(r"\x1b\[0;32;4mshe\x1b\[0m", page), "a reference is underlined"
    assert re.search(r"\x1b\[0;36;3m[¹²³]We have looked", page), "a quote behind its number"
    text = ESCAPE.sub("", page)
    assert "\x1b" not in text
    assert "[Orla" not in text and "«" not in text
    assert all(line.count("\x1b") == 0 or line.rfind("\x1b[0m") == line.rfind("\x1b") for line in page.splitlines()), "no colour runs on"


@pytest.mark.parametrize("columns", [20, 33, 63, 64, 80, 100, 200])
@pytest.mark.parametrize("color", ["always", "never"])
def test_no_line_is_wider_than_the_terminal(quoted, columns, color):
    wide = STORY.replace("the mill", "漢字かな漢字かな漢字かな漢字かな the e\u0301tude mill " + "x" * 150 + " 👩\u200d👧 👍🏽")
    page = annotated(quoted, f"Title: {wide[:60]}\n\n{wide}", "--whole", "--dropped", f"--color={color}", columns=columns)
    assert max(columns_of(line) for line in page.splitlines()) <= columns
    assert ("│" in page) == (columns >= 64)
    assert page.count("x") >= 150


def test_on_a_narrow_terminal_notes_stand_below(quoted):
    page = annotated(quoted, STORY, "--whole", columns=40)
    assert re.search(r"^    \d Orla Fenn [01]\.\d\d$", page, re.MULTILINE)
    assert re.search(r"^      said, direct$", page, re.MULTILINE)


@pytest.mark.parametrize("columns", ["", "0", "-5", "many", "99999999999999999999", "80x"])
def test_a_width_that_is_none(quoted, columns):
    page = annotated(quoted, STORY, "--whole", columns=columns)
    assert max(columns_of(line) for line in page.splitlines()) <= 400
    assert "[Orla Fenn]" in page


def test_colour_is_a_matter_of_the_terminal_and_of_choice(quoted):
    quoted.write("a.txt", STORY)
    plain = {"COLUMNS": "80", "TERM": "xterm", "NO_COLOR": ""}
    assert "\x1b[" in on_a_terminal(quoted, plain, "a.txt")
    assert "\x1b[" not in on_a_terminal(quoted, {**plain, "NO_COLOR": "1"}, "a.txt")
    assert "\x1b[" not in on_a_terminal(quoted, {**plain, "TERM": "dumb"}, "a.txt")
    assert "\x1b[" not in on_a_terminal(quoted, plain, "--color=never", "a.txt")
    assert "\x1b[" in on_a_terminal(quoted, {**plain, "NO_COLOR": "1"}, "--color=always", "a.txt")


HOSTILE = ["\x1b[31m", "\x1b]0;owned\x07", "\x9b2J", "\x90q\x9c", "\x08", "\r", "\x7f", "\u202e", "\u2066", "\u200f", "\ufeff", "\u2028",
           "\ue000", "\U000e0041", "\ufffc", "\u0378"]


@pytest.mark.parametrize("sign", HOSTILE, ids=lambda sign: ascii(sign).strip("'"))
def test_nothing_of_the_input_steers_the_terminal(quoted, sign):
    text = STORY.replace("Orla", f"Or{sign}la").replace("We have", f"{sign}We{sign} have{sign}") + f"\n{sign}Share this article{sign}\n"
    article = json_article(1, text=text, title=f"Mill{sign}closes", source=f"Echo{sign}", authors=[f"Jun{sign}Abe"], section=f"To{sign}wn",
                           url=f"https://echo.example/{sign}")
    for options in (["--whole"], ["--dropped"], ["--whole", "--color=always"]):
        page = ESCAPE.sub("", annotated(quoted, article, *options))
        assert all(unicodedata.category(c) not in ("Cc", "Cs") or c == "\n" for c in page)
        assert not re.search("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]", page)
        assert "have" in page or options == ["--dropped"]


def test_piles_of_marks_stay_on_their_line(quoted):
    page = annotated(quoted, STORY.replace("mill", "mi" + "\u0315\u0301" * 200 + "ll"), "--whole")
    assert max(len(run) for run in re.findall("[\u0300-\u036f]+", page)) <= 8


def test_a_text_of_nothing_but_marks(quoted):
    assert "\u25cc" in annotated(quoted, json_article(1, text="\u0301" * 50, title="\u0301"), "--whole")


@pytest.mark.parametrize("text", ["Orla", "ALL CAPITALS AND NO END", "\"" * 3000, "\u201cA\u201d " * 500, "x" * 100000, "نص عربي \u05d0\u05d1"])
def test_odd_texts(quoted, text):
    for columns in (20, 100):
        page = annotated(quoted, text, "--whole", columns=columns)
        assert max(columns_of(line) for line in page.splitlines()) <= columns


def test_documents_are_told_apart(quoted):
    page = annotated(quoted, json_lines(range(3)))
    assert page.count("\n----\n") == 2
    assert [title(number) in page for number in range(3)] == [True] * 3


def test_the_same_input_gives_the_same_page(quoted):
    assert annotated(quoted, STORY) == annotated(quoted, STORY) == annotated(quoted, STORY.replace("\n", "\r\n"))


def test_wrong_use(quoted):
    done = quoted("extract", "--annotate", "--pretty", "-", stdin=STORY)
    assert done.returncode == USAGE
    assert b"cannot go together" in done.stderr
    done = quoted("extract", "--annotate", "--color=red", "-", stdin=STORY)
    assert done.returncode == USAGE
    assert b"\"red\" is none of auto, always, never" in done.stderr
