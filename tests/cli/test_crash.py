"""What is left when an ingest is killed at any moment, or the disk is full: everything that was acknowledged, and a sound file."""

import os
import pty
import random
import re
import shutil
import signal
import subprocess

import pytest

from conftest import FAILED, OK, PROGRAM, Program, clean_environment
from articles import json_lines, story

DOCUMENTS = 2500
LIMIT_SECONDS = 120


def kill_after(quoted, stops, name):
    """Kills an ingest once its terminal has acknowledged so many documents; how many it had acknowledged when it died."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen([str(PROGRAM), "ingest", "--db", quoted.db.name, name], cwd=quoted.folder, env=clean_environment(),
                               stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    said = b""
    killed = False
    try:
        while piece := os.read(ours, 4096):
            said += piece
            if not killed and acknowledged(said) >= stops:
                process.kill()
                killed = True
    except OSError:  # Linux says so when the last one on the other side is gone
        pass
    os.close(ours)
    status = process.wait(LIMIT_SECONDS)
    return status, acknowledged(said)


def acknowledged(said):
    told = re.findall(rb"(\d+) documents done", said)
    return int(told[-1]) if told else 0


def test_killed_in_the_middle(quoted):
    quoted.write("dump.ndjson", json_lines(range(DOCUMENTS)))
    moments = random.Random(7)
    kills = 0
    for _ in range(6):
        stored = quoted.count() if quoted.db.exists() else 0
        status, told = kill_after(quoted, stored + moments.randrange(1, 500), "dump.ndjson")
        kills += status == -signal.SIGKILL
        check = quoted("check", "--db", "test.db")
        assert check.returncode == OK, check.stderr
        assert quoted.count() >= told
    assert kills >= 3
    done = quoted.ingest("dump.ndjson")
    assert done.returncode == OK, done.stderr
    assert quoted.count() == DOCUMENTS
    assert quoted("check", "--db", "test.db").returncode == OK


def test_killed_at_any_moment(quoted):
    """Kills by the clock, so that also the making of the file and the commits themselves are hit."""
    quoted.write("dump.ndjson", json_lines(range(DOCUMENTS)))
    moments = random.Random(11)
    for _ in range(8):
        process = quoted.start("ingest", "--db", "test.db", "--quiet", "dump.ndjson")
        try:
            process.wait(moments.uniform(0.001, 0.3))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(LIMIT_SECONDS)
        if quoted.db.exists() and quoted.db.stat().st_size > 0:
            check = quoted("check", "--db", "test.db")
            assert check.returncode == OK, check.stderr
    assert quoted.ingest("dump.ndjson").returncode == OK
    assert quoted.count() == DOCUMENTS


@pytest.fixture
def small_disk(tmp_path):
    """A disk of a few megabytes."""
    if os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("only root can mount a small disk to fill")
    folder = tmp_path / "disk"
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "none", str(folder)], capture_output=True, check=False)
    if done.returncode != 0:
        pytest.skip(f"a small disk cannot be mounted here: {done.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_fills(quoted, small_disk):
    quoted.write("dump.ndjson", json_lines(range(20000)))
    db = small_disk / "test.db"
    done = quoted("ingest", "--db", db, "dump.ndjson")
    assert done.returncode == FAILED
    assert str(db).encode() in done.stderr
    added = int(re.search(rb"(\d+) added", done.stdout)[1])
    on_disk = Program(small_disk)
    assert 0 < added < 20000
    assert on_disk.count() == added
    assert on_disk("check", "--db", "test.db").returncode == OK


def test_a_limit_on_the_files_size(quoted):
    """The same without a disk of its own: the system refuses to let the file grow."""
    quoted.write("dump.ndjson", json_lines(range(6000)))
    command = f"trap '' XFSZ; ulimit -f 4096; exec '{PROGRAM}' ingest --db test.db dump.ndjson"
    done = subprocess.run(["bash", "-c", command], cwd=quoted.folder, env=clean_environment(), capture_output=True, check=False,
                          timeout=LIMIT_SECONDS)
    assert done.returncode == FAILED
    assert b"test.db" in done.stderr
    added = int(re.search(rb"(\d+) added", done.stdout)[1])
    assert quoted.count() == added > 0
    assert quoted("check", "--db", "test.db").returncode == OK
    assert quoted.ingest("dump.ndjson").returncode == OK
    assert quoted.count() == 6000


def test_a_text_without_url_is_known_again_after_a_kill(quoted):
    for number in range(400):
        quoted.write(f"in/{number:03}.txt", story(number))
    kill_after(quoted, 1, "in")
    assert quoted.ingest("in").returncode == OK
    assert quoted.count() == 400
