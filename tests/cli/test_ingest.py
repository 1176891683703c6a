"""quoted ingest: what is stored, what a second ingest changes, what it says, how it is stopped."""

import json
import os
import pty
import re
import signal
import subprocess
import time

from conftest import FAILED, OK, PROGRAM, REFUSED, clean_environment
from articles import json_article, json_lines, story, text_article, title, url

LIMIT_SECONDS = 120


def summary(done):
    return {name: json.loads(done.stdout)[name] for name in ("documents", "added", "replaced", "unchanged", "refused")}


def test_files_folders_and_standard_input(quoted):
    quoted.write("a.txt", text_article(1))
    quoted.write("in/deep/b.txt", text_article(2))
    quoted.write("in/dump.ndjson", json_lines([3, 4]))
    done = quoted.ingest("a.txt", "-", "in", stdin=json_article(5))
    assert done.returncode == OK
    assert done.stderr == b""
    assert quoted.titles() == sorted(title(number) for number in range(1, 6))


def test_the_summary_line(quoted):
    quoted.write("dump.ndjson", json_lines([1, 2]) + "oh\n")
    done = quoted.ingest("dump.ndjson")
    assert done.returncode == REFUSED
    assert re.fullmatch(r"3 documents: 2 added, 0 replaced, 0 unchanged, 1 refused; \d+\.\d MB in \d+\.\d\d s into test\.db\n",
                        done.stdout.decode())


def test_the_summary_as_json(quoted):
    quoted.write("dump.ndjson", json_lines([1, 2]))
    done = quoted.ingest("--json", "dump.ndjson")
    told = json.loads(done.stdout)
    assert summary(done) == {"documents": 2, "added": 2, "replaced": 0, "unchanged": 0, "refused": 0}
    assert told["completed"] is True
    assert told["db"] == "test.db"
    assert told["bytes"] == (quoted.folder / "dump.ndjson").stat().st_size


def test_quiet_says_nothing_but_refusals(quoted):
    quoted.write("dump.ndjson", json_lines([1]))
    done = quoted.ingest("--quiet", "dump.ndjson", "none.txt")
    assert done.returncode == REFUSED
    assert done.stdout == b""
    assert done.stderr == b"none.txt: No such file or directory\n"


def test_the_same_again_changes_nothing(quoted):
    quoted.write("in/a.txt", text_article(1))
    quoted.write("in/untitled.txt", story(9))
    quoted.write("in/dump.ndjson", json_lines(range(10, 30)))
    quoted.write("in/dump.json", "[" + ",".join(json_article(number, url=None) for number in range(30, 35)) + "]")
    assert quoted.ingest("in").returncode == OK
    dump = quoted.rows("SELECT * FROM article ORDER BY key")
    revision = quoted.revision()
    content = quoted.db.read_bytes()
    done = quoted.ingest("--json", "in")
    assert summary(done) == {"documents": 27, "added": 0, "replaced": 0, "unchanged": 27, "refused": 0}
    assert quoted.revision() == revision
    assert quoted.rows("SELECT * FROM article ORDER BY key") == dump
    assert quoted.db.read_bytes() == content


def test_duplicates_in_one_run(quoted):
    quoted.write("in/a.txt", text_article(1))
    quoted.write("in/b.txt", text_article(1))
    done = quoted.ingest("--json", "in")
    assert summary(done) == {"documents": 2, "added": 1, "replaced": 0, "unchanged": 1, "refused": 0}
    assert quoted.count() == 1


def test_a_changed_story_is_replaced(quoted):
    quoted.write("dump.ndjson", json_lines([1, 2]))
    assert quoted.ingest("dump.ndjson").returncode == OK
    before = dict(quoted.rows("SELECT url, id FROM article"))
    revision = quoted.revision()
    quoted.write("dump.ndjson", json_article(1, text=story(1) + "\nIt will stay open after all, a clerk said later.\n") + "\n" + json_lines([2]))
    done = quoted.ingest("--json", "dump.ndjson")
    assert summary(done) == {"documents": 2, "added": 0, "replaced": 1, "unchanged": 1, "refused": 0}
    assert dict(quoted.rows("SELECT url, id FROM article")) == before
    assert quoted.revision() == revision + 1
    ((text,),) = quoted.rows("SELECT text FROM article WHERE url = ?", url(1))
    assert "stay open after all" in text
    assert quoted("check", "--db", "test.db").returncode == OK


def test_more_than_a_batch(quoted):
    quoted.write("dump.ndjson", json_lines(range(1000)))
    done = quoted.ingest("--json", "dump.ndjson")
    assert summary(done)["added"] == 1000
    assert quoted.count() == 1000
    assert quoted("check", "--db", "test.db").returncode == OK


def test_fail_fast_keeps_what_stands_before(quoted):
    quoted.write("dump.ndjson", json_lines([1, 2]) + '{"text": 7}\n' + json_lines([3, 4]))
    done = quoted.ingest("--fail-fast", "--json", "dump.ndjson")
    assert done.returncode == FAILED
    assert b"dump.ndjson:3: " in done.stderr
    assert json.loads(done.stdout)["completed"] is False
    assert quoted.titles() == sorted([title(1), title(2)])


def test_whole_is_read_anew(quoted):
    quoted.write("a.txt", story(1) + "\nSign up for our newsletter\n")
    assert quoted.ingest("a.txt").returncode == OK
    done = quoted.ingest("--whole", "--json", "a.txt")
    assert done.returncode == OK
    assert summary(done)["unchanged"] == 0
    assert any("newsletter" in text for (text,) in quoted.rows("SELECT text FROM article"))


def on_a_terminal(quoted, *arguments):
    """Starts the program with a terminal as standard error; returns it and the terminal's other end."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen([str(PROGRAM), *map(str, arguments)], cwd=quoted.folder, env=clean_environment(), stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, stderr=theirs)
    os.close(theirs)
    return process, ours


def read_terminal(end, until=None):
    """What stands on the terminal until the program ends, or until the pattern is there."""
    said = b""
    deadline = time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < deadline and not (until and re.search(until, said)):
        try:
            piece = os.read(end, 65536)
        except OSError:  # Linux says so when the last one on the other side is gone
            break
        if not piece:
            break
        said += piece
    return said


def test_progress_on_a_terminal(quoted):
    quoted.write("dump.ndjson", json_lines(range(600)))
    process, end = on_a_terminal(quoted, "ingest", "--db", "test.db", "dump.ndjson")
    said = read_terminal(end)
    os.close(end)
    process.communicate()
    assert process.returncode == OK
    assert re.search(rb"256 documents done, \d+\.\d MB/s", said)
    assert re.search(rb"\d+ s left", said)


def test_stopping(quoted):
    process, end = on_a_terminal(quoted, "ingest", "--db", "test.db", "--json", "-")
    process.stdin.write(json_lines(range(300)).encode())
    process.stdin.flush()
    read_terminal(end, rb"256 documents done")
    process.send_signal(signal.SIGINT)
    said = read_terminal(end)
    os.close(end)
    output, _ = process.communicate(timeout=LIMIT_SECONDS)
    assert process.returncode == FAILED
    assert b"stopped" in said
    told = json.loads(output)
    assert told["completed"] is False
    assert told["added"] == quoted.count() >= 256
    assert quoted("check", "--db", "test.db").returncode == OK


def test_two_ingests_at_once(quoted):
    quoted.write("a.ndjson", json_lines(range(0, 600)))
    quoted.write("b.ndjson", json_lines(range(300, 900)))
    runs = [quoted.start("ingest", "--db", "test.db", "--quiet", name) for name in ("a.ndjson", "b.ndjson")]
    assert [run.wait(LIMIT_SECONDS) for run in runs] == [OK, OK]
    assert quoted.count() == 900
    assert quoted("check", "--db", "test.db").returncode == OK
