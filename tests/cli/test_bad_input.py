"""Bad input: a clear message with path and place, the right exit status, and everything good before and after it kept."""

import json
import os
import shutil
import socket
import sqlite3

import pytest

from conftest import FAILED, OK, REFUSED
from articles import json_article, json_lines, text_article, title

NOBODY = 65534  # the user without rights, on every Linux


def ingest_between_good_ones(quoted, name):
    """Ingests a good article, what is called name, and another good article; both good ones must be there afterwards."""
    quoted.write("a_good.txt", text_article(1))
    quoted.write("z_good.txt", text_article(2))
    done = quoted.ingest("a_good.txt", name, "z_good.txt")
    assert quoted.titles() == sorted([title(1), title(2)])
    assert quoted("check", "--db", "test.db").returncode == OK
    return done


def assert_refused(done, *parts):
    assert done.returncode == REFUSED, done.stderr
    for part in parts:
        assert part in done.stderr.decode(), done.stderr
    assert b" 1 refused" in done.stdout


def by_name(value):
    """Short ids: only what stands first and is short."""
    return value if isinstance(value, str) and 0 < len(value) <= 40 else "-"


@pytest.mark.parametrize("name, content, reason", [
    ("empty.txt", b"", "empty"),
    ("blank.txt", b" \n\r\n\t\n", "no text"),
    ("headers.txt", b"Title: Mill\nDate: 2024-03-01\n", "no text"),
    ("binary.txt", bytes(range(256)) * 40, ""),
    ("nul.txt", b"The mill closed on Monday.\0The owner said so.", ""),
    ("program", b"\x7fELF\x02\x01\x01" + bytes(400), ""),
    ("page.html", b"<!DOCTYPE html><html><body><p></p></body></html>", "no story"),
    ("script.html", b"<script>var mill = 'closed';</script>", "no story"),
    ("binary.html", b"<p>" + bytes(range(32)) * 100, "binary"),
    ("photo.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(100), "a picture"),
    ("dump.json.gz", b"\x1f\x8b\x08\x00" + bytes(20), "gzip"),
    ("other.db", b"SQLite format 3\0" + bytes(100), "SQLite"),
    ("words.json", b"The mill closed.", "not JSON"),
    ("empty.json", b"", "empty"),
    ("scrambled.txt", bytes((i * 89 + 131) % 256 for i in range(5000)), ""),
], ids=by_name)
def test_a_file_that_is_no_article(quoted, name, content, reason):
    quoted.write(name, content)
    assert_refused(ingest_between_good_ones(quoted, name), f"{name}: ", reason)


@pytest.mark.parametrize("line, reason", [
    ('{"title": "Mill", "text": "It brea', "breaks off in a string"),
    ('{"title": "Mill", "text":', "not JSON"),
    ('{"title": "Mill"}', "no text"),
    ('{"title": 7, "text": "The mill closed."}', '"title" is a number'),
    ('{"text": 7}', '"text" is a number'),
    ('{"text": {"a": "b"}}', '"text" is an object'),
    ('{"text": "The mill\\u0000closed."}', ""),
    ('{"content": "<p></p><p></p><img src=x>"}', "no story"),
    ('{"a":' * 3000, "nested more than"),
    ('["a", "b"]', "not a JSON object"),
    ("The mill closed.", "not a JSON object"),
    ('{"text": NaN}', ""),
    ('{"text" "x"}', "not JSON"),
], ids=by_name)
def test_a_json_line_that_is_no_article(quoted, line, reason):
    quoted.write("dump.ndjson", json_lines([1]) + line + "\n" + json_lines([2, 3]))
    done = quoted.ingest("dump.ndjson")
    assert done.returncode == REFUSED
    assert "dump.ndjson:2: " in done.stderr.decode()
    assert reason in done.stderr.decode()
    assert quoted.titles() == sorted(title(number) for number in (1, 2, 3))


def test_the_last_line_breaks_off(quoted):
    whole = json_lines(range(5))
    quoted.write("dump.ndjson", whole[:-200])
    done = quoted.ingest("dump.ndjson")
    assert done.returncode == REFUSED
    assert b"dump.ndjson:5: the JSON breaks off" in done.stderr
    assert quoted.count() == 4


def test_a_bad_item_in_an_array(quoted):
    items = [json_article(1), '{"text": 7}', "null", json_article(2)]
    quoted.write("dump.json", "[" + ",\n".join(items) + "]")
    done = quoted.ingest("dump.json")
    assert done.returncode == REFUSED
    assert b"dump.json:2: item 2: " in done.stderr
    assert b"dump.json:3: item 3: " in done.stderr
    assert quoted.count() == 2


def test_an_array_that_breaks_off(quoted):
    quoted.write("dump.json", "[" + json_article(1) + ",\n" + json_article(2) + ",\n" + json_article(3)[:-30])
    done = quoted.ingest("dump.json")
    assert done.returncode == REFUSED
    assert b"breaks off" in done.stderr
    assert quoted.count() == 2


def test_a_bad_line_of_standard_input(quoted):
    done = quoted.ingest("-", stdin=json_lines([1]) + "oh\n" + json_lines([2]))
    assert done.returncode == REFUSED
    assert b"standard input:2: " in done.stderr
    assert quoted.count() == 2


def test_latin1_is_repaired_and_other_bytes_are_refused(quoted):
    quoted.write("latin1.txt", text_article(1).replace("said", "said at the café").encode("latin-1"))
    quoted.write("lines.ndjson", b'{"title":"B","text":"The caf\xe9 of the mill closed on Monday, the owner said."}\n')
    assert quoted.ingest("latin1.txt", "lines.ndjson").returncode == OK
    texts = [text for (text,) in quoted.rows("SELECT text FROM article")]
    assert len(texts) == 2 and all("café" in text for text in texts)


def test_a_text_file_that_is_too_large(quoted):
    with open(quoted.folder / "large.txt", "wb") as large:
        large.write(text_article(3).encode())
        large.truncate(200_000_000)
    assert_refused(ingest_between_good_ones(quoted, "large.txt"), "large.txt: larger than 16777216 bytes", "--max-file-size")


def test_a_text_that_takes_too_much_memory(quoted):
    quoted.write("lines.txt", b"x\n" * 8_000_000)
    assert_refused(ingest_between_good_ones(quoted, "lines.txt"), "lines.txt: takes too much memory")


def test_the_size_limit_can_be_set(quoted):
    text = text_article(1)
    quoted.write("a.txt", text)
    done = quoted.ingest("--max-file-size", str(len(text) - 1), "a.txt")
    assert done.returncode == REFUSED
    assert quoted.count() == 0
    assert quoted.ingest("--max-file-size", str(len(text)), "a.txt").returncode == OK
    done = quoted.ingest("-", stdin=text_article(2), env={"QUOTED_MAX_FILE_SIZE": "100"})
    assert done.returncode == REFUSED
    assert b"standard input: larger than 100 bytes" in done.stderr


def test_a_json_document_that_is_too_long(quoted):
    quoted.write("dump.ndjson", json_lines([1]) + json.dumps({"text": "x" * (17 << 20)}) + "\n" + json_lines([2]))
    done = quoted.ingest("dump.ndjson")
    assert done.returncode == REFUSED
    assert b"dump.ndjson:2: a document longer than 16 MiB" in done.stderr
    assert quoted.count() == 2


def test_a_path_that_is_not_there(quoted):
    assert_refused(ingest_between_good_ones(quoted, "none.txt"), "none.txt: No such file or directory")


def test_a_pipe_a_socket_and_a_device(quoted):
    os.mkfifo(quoted.folder / "pipe.txt")
    assert_refused(ingest_between_good_ones(quoted, "pipe.txt"), "pipe.txt: a named pipe")
    with socket.socket(socket.AF_UNIX) as unix:
        os.chdir(quoted.folder)
        unix.bind("socket.txt")
        assert_refused(quoted.ingest("socket.txt"), "socket.txt: a socket")
    assert_refused(quoted.ingest("/dev/null"), "/dev/null: a device")


def test_a_folder_named_like_a_file(quoted):
    quoted.write("folder.txt/inside.txt", text_article(3))
    quoted.write("a.txt", text_article(1))
    assert quoted.ingest("a.txt", "folder.txt").returncode == OK
    assert quoted.count() == 2


def test_links_in_circles(quoted):
    quoted.write("in/a.txt", text_article(1))
    os.symlink("..", quoted.folder / "in" / "up")
    os.symlink("self", quoted.folder / "in" / "self")
    os.symlink("nowhere", quoted.folder / "in" / "dangling.txt")
    done = quoted.ingest("in")
    assert done.returncode == REFUSED
    assert b"in/self: Too many levels of symbolic links" in done.stderr
    assert b"in/dangling.txt: No such file or directory" in done.stderr
    assert quoted.count() == 1


def test_without_permission(quoted):
    if os.geteuid() != 0:
        user = None
    elif shutil.which("setpriv"):
        user = NOBODY
    else:
        pytest.skip("root may read everything, and there is no setpriv here to become somebody else")
    for number, name in enumerate(("in/a.txt", "in/locked/x.txt", "in/secret.txt", "in/z.txt")):
        quoted.write(name, text_article(number))
    (quoted.folder / "in" / "locked").chmod(0)
    (quoted.folder / "in" / "secret.txt").chmod(0)
    open_to_all(quoted.folder)
    try:
        done = quoted.ingest("in", user=user)
    finally:
        (quoted.folder / "in" / "locked").chmod(0o755)
    assert done.returncode == REFUSED, done.stderr
    assert b"in/locked: Permission denied" in done.stderr
    assert b"in/secret.txt: Permission denied" in done.stderr
    assert quoted.titles() == sorted([title(0), title(3)])


def open_to_all(folder):
    """Lets another user write into the folder, and pass through those above it that pytest made for this run."""
    folder.chmod(0o777)
    for above in list(folder.parents)[:3]:
        if above.name.startswith("pytest-"):
            above.chmod(0o755)


def test_a_database_that_is_none(quoted):
    quoted.write("a.txt", text_article(1))
    quoted.write("test.db", "This is a letter and no database. " * 200)
    before = quoted.db.read_bytes()
    for command in (["ingest", "--db", "test.db", "a.txt"], ["check", "--db", "test.db"], ["serve", "--db", "test.db", "--listen", "127.0.0.1:0"]):
        done = quoted(*command)
        assert done.returncode == FAILED
        assert b"test.db" in done.stderr
        assert quoted.db.read_bytes() == before


def test_a_database_of_somebody_else(quoted):
    quoted.write("a.txt", text_article(1))
    connection = sqlite3.connect(quoted.db)
    connection.execute("CREATE TABLE recipe (name TEXT)")
    connection.commit()
    connection.close()
    done = quoted.ingest("a.txt")
    assert done.returncode == FAILED
    assert b"test.db" in done.stderr
    assert quoted.rows("SELECT name FROM sqlite_schema") == [("recipe",)]


def test_a_database_of_a_newer_version(quoted):
    quoted.write("a.txt", text_article(1))
    assert quoted.ingest("a.txt").returncode == OK
    connection = sqlite3.connect(quoted.db)
    connection.execute("PRAGMA user_version = 1000000")
    connection.commit()
    connection.close()
    quoted.write("b.txt", text_article(2))
    for command in (["ingest", "--db", "test.db", "b.txt"], ["check", "--db", "test.db"]):
        done = quoted(*command)
        assert done.returncode == FAILED
        assert b"test.db" in done.stderr and b"newer" in done.stderr
    assert quoted.count() == 1


def test_a_database_in_a_folder_that_is_not_there(quoted):
    quoted.write("a.txt", text_article(1))
    done = quoted("ingest", "--db", "none/test.db", "a.txt")
    assert done.returncode == FAILED
    assert b"none/test.db" in done.stderr
