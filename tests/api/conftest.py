"""Black-box tests: the real program, a store that it ingested itself, real HTTP on 127.0.0.1.

The program is $QUOTED_PROGRAM or $QUOTED, else build/quoted.
"""

import json
import os
import re
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest
import requests

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("QUOTED_PROGRAM") or os.environ.get("QUOTED") or str(ROOT / "build/quoted")
START_SECONDS = 20
READY = re.compile(r"http://127\.0\.0\.1:(\d+)")


def environment():
    """Without the variables that would be options."""
    return {name: value for name, value in os.environ.items() if not name.startswith("QUOTED")}


def run(*arguments, status=0, **options):
    """Runs the program to its end."""
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=120, env=environment(), **options)
    assert done.returncode == status, f"status {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


def ingest(db, documents, folder, name="documents"):
    """Writes the documents as a file of JSON lines and ingests it."""
    path = Path(folder, f"{name}.jsonl")
    path.write_text("".join(json.dumps(document) + "\n" for document in documents), encoding="utf-8")
    return run("ingest", "--db", db, "--quiet", path)


class Server:
    """A running daemon; its standard error goes to a file beside the store."""

    def __init__(self, db, *options):
        self.db = Path(db)
        self.log = self.db.parent / "server.log"
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "--db", str(db), "--listen", "127.0.0.1:0", *options],
            stdout=subprocess.PIPE,
            stderr=self.log.open("ab"),
            text=True,
            env=environment(),
        )
        line = self.process.stdout.readline()
        match = READY.search(line)
        if not match:
            self.process.wait(START_SECONDS)
            raise AssertionError(f"the server did not start: {line}{self.log.read_text()}")
        self.port = int(match[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self.session = requests.Session()

    def request(self, method, path, **options):
        options.setdefault("timeout", 30)
        options.setdefault("allow_redirects", False)
        return self.session.request(method, self.url + path, **options)

    def get(self, path, **options):
        return self.request("GET", path, **options)

    def json(self, path):
        """The document at path, which must be a 200."""
        reply = self.get(path)
        assert reply.status_code == 200, reply.text
        return reply.json()

    def items(self, path):
        return self.json(path)["items"]

    def walk(self, path):
        """All items of a list, page by page."""
        while path:
            page = self.json(path)
            yield from page["items"]
            path = page["next"]

    def raw(self, data, seconds=30):
        """Sends the bytes and returns all that comes until the server closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as connection:
            try:
                connection.sendall(data)
            except OSError:
                pass  # refused before all of it was taken
            return read_to_end(connection)

    def stop(self, how=signal.SIGTERM, seconds=30):
        self.session.close()
        if self.process.poll() is None:
            self.process.send_signal(how)
        status = self.process.wait(seconds)
        self.process.stdout.close()
        return status


def read_to_end(connection):
    received = bytearray()
    while True:
        try:
            piece = connection.recv(65536)
        except ConnectionResetError:
            return bytes(received)
        if not piece:
            return bytes(received)
        received += piece


def wait_until(holds, seconds=30, pause=0.05):
    """Asks again until it holds; what it gave last."""
    end = time.monotonic() + seconds
    while True:
        value = holds()
        if value or time.monotonic() > end:
            return value
        time.sleep(pause)


def article(number, **members):
    """An article about invented people; its URL is its number's."""
    return {
        "url": f"https://courier.example/{number}",
        "title": f"Council of Port Quill meets for the {number}th time",
        "source": "Quill Courier",
        "published": "2024-03-01T08:00:00Z",
        "authors": ["Ines Paar"],
        "text": f"Mayor Ada Vell opened meeting number {number} of the council in Port Quill on Friday.\n\n"
        f'"We will not wait another year for the harbour, whatever meeting {number} decides," said Vell.\n\n'
        "The council will meet again in a month.",
        **members,
    }


DOCUMENTS = [
    article(1),
    article(
        2,
        url="https://coast.example/storm",
        title="Storm damages the pier",
        source="Coast Daily",
        published="2024-03-02",
        authors=[],
        text="A storm tore planks from the pier of Port Quill, engineer Tor Lind said on Saturday.\n\n"
        '"The well-known weakness of these piles, and of the budget, is no secret," said Lind.\n\n'
        '"Nobody listened to the engineers," he added. "Ada Vell promised repairs," Lind said.',
    ),
    article(3, published=None, url=None, title="Letter without a date", text="Dear editor,\n\n\"Nothing ever changes here,\" said Mira Oss, a reader, about Port Quill."),
    article(4, published="2023-12-31T23:59:59Z", title="Old news of the year that ended"),
]


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """A daemon over a store that no test changes."""
    folder = tmp_path_factory.mktemp("shared")
    ingest(folder / "store.db", DOCUMENTS, folder)
    daemon = Server(folder / "store.db")
    # Last-Modified of a second that is not over is not the write's own yet.
    time.sleep(1.1)
    yield daemon
    assert daemon.stop() == 0


@pytest.fixture
def own_server(tmp_path):
    """A daemon over a store of the test's own, empty at first."""
    daemon = Server(tmp_path / "store.db")
    yield daemon
    daemon.stop()


def assert_problem(reply, status, code):
    assert reply.status_code == status, reply.text
    assert reply.headers["Content-Type"] == "application/problem+json"
    document = reply.json()
    assert document["code"] == code
    assert document["status"] == status
    assert document["type"] == f"/problems/{code}"
    assert document["title"] and document["detail"]
    return document
