"""How the command line is used: help, version, wrong use, options from the environment."""

import pytest

from conftest import FAILED, OK, REFUSED, USAGE
from articles import text_article

COMMANDS = ["ingest", "serve", "extract", "check", "health"]


def test_version(quoted):
    done = quoted("--version")
    assert done.returncode == OK
    assert done.stdout == b"quoted 0.1.0\n"


def test_help_lists_every_command(quoted):
    done = quoted("help")
    assert done.returncode == OK
    for command in COMMANDS:
        assert f"quoted {command}".encode() in done.stdout
    assert quoted("--help").stdout == done.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command(quoted, command):
    done = quoted("help", command)
    assert done.returncode == OK
    assert done.stdout.startswith(f"quoted {command} ".encode())
    assert b"Exit status" in done.stdout
    assert done.stderr == b""
    assert quoted(command, "--help").stdout == done.stdout
    assert not (quoted.folder / "quoted.db").exists()


@pytest.mark.parametrize("arguments, said", [
    ([], b"quoted ingest"),
    (["ingst"], b"did you mean \"quoted ingest\""),
    (["frobnicate"], b"unknown command"),
    (["help", "ingst"], b"did you mean \"quoted ingest\""),
    (["ingest"], b"needs a PATH"),
    (["extract"], b"needs a PATH"),
    (["ingest", "--quite", "a.txt"], b"did you mean --quiet"),
    (["ingest", "--frobnicate", "a.txt"], b"unknown option \"--frobnicate\""),
    (["ingest", "-q", "a.txt"], b"unknown option \"-q\""),
    (["ingest", "--db"], b"--db needs a value"),
    (["ingest", "--db=", "a.txt"], b"--db: must not be empty"),
    (["ingest", "--format", "xml", "a.txt"], b"\"xml\" is none of auto, text, json"),
    (["ingest", "--max-file-size", "much", "a.txt"], b"no size"),
    (["ingest", "--max-file-size", "0", "a.txt"], b"no size"),
    (["ingest", "--max-file-size", "99999999999999999999", "a.txt"], b"no size"),
    (["serve", "--threads", "-1"], b"no whole number"),
    (["serve", "--threads", "1000000"], b"no whole number"),
    (["serve", "extra"], b"serve takes no \"extra\""),
    (["serve", "--read-only", "--ingest", "x"], b"cannot go together"),
    (["check", "extra"], b"check takes no \"extra\""),
    (["health", "ftp://x"], b"no URL"),
    (["health", "http://"], b"no URL"),
    (["health", "http://a/ b"], b"no URL"),
    (["health", "http://a", "http://b"], b"one URL"),
])
def test_wrong_use(quoted, arguments, said):
    done = quoted(*arguments)
    assert done.returncode == USAGE
    assert said in done.stderr
    assert done.stdout == b""
    assert list(quoted.folder.iterdir()) == []


def test_control_characters_do_not_reach_the_terminal(quoted):
    done = quoted("ingest", "--\x1b[2J", "a.txt")
    assert done.returncode == USAGE
    assert b"\x1b" not in done.stderr


def test_options_from_the_environment(quoted):
    quoted.write("a.txt", text_article(1))
    done = quoted("ingest", "a.txt", env={"QUOTED_DB": "other.db", "QUOTED_QUIET": "1"})
    assert done.returncode == OK
    assert done.stdout == b""
    assert (quoted.folder / "other.db").exists()
    assert not (quoted.folder / "quoted.db").exists()


def test_the_command_line_wins_over_the_environment(quoted):
    quoted.write("a.txt", text_article(1))
    assert quoted("ingest", "--db", "mine.db", "a.txt", env={"QUOTED_DB": "other.db"}).returncode == OK
    assert (quoted.folder / "mine.db").exists()
    assert not (quoted.folder / "other.db").exists()


def test_a_wrong_value_in_the_environment_is_named(quoted):
    quoted.write("a.txt", text_article(1))
    done = quoted("ingest", "a.txt", env={"QUOTED_FORMAT": "xml"})
    assert done.returncode == USAGE
    assert b"QUOTED_FORMAT" in done.stderr
    assert quoted("ingest", "a.txt", env={"QUOTED_WHOLE": "perhaps"}).returncode == USAGE


def test_an_empty_variable_is_none(quoted):
    quoted.write("a.txt", text_article(1))
    assert quoted("ingest", "a.txt", env={"QUOTED_DB": "", "QUOTED_FORMAT": ""}).returncode == OK
    assert (quoted.folder / "quoted.db").exists()


def test_options_end_at_two_dashes(quoted):
    quoted.write("--whole", text_article(1))
    assert quoted.ingest("--format", "text", "--", "--whole").returncode == OK
    assert quoted.count() == 1


def test_options_may_stand_behind_paths(quoted):
    quoted.write("a.txt", text_article(1))
    done = quoted("ingest", "a.txt", "--db=test.db", "--quiet")
    assert done.returncode == OK
    assert done.stdout == b""
    assert quoted.count() == 1


def test_no_documents_at_all(quoted):
    (quoted.folder / "empty").mkdir()
    for command in (["ingest", "--db", "test.db", "empty"], ["extract", "empty"], ["extract", "--format", "json", "-"]):
        done = quoted(*command, stdin=b"[]")
        assert done.returncode == REFUSED
        assert b"no documents" in done.stderr


def test_check_of_what_is_not_there(quoted):
    done = quoted("check", "--db", "none.db")
    assert done.returncode == FAILED
    assert b"none.db" in done.stderr
    assert not (quoted.folder / "none.db").exists()
