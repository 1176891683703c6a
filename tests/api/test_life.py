"""The daemon's life: start, ingests beside it, a store that goes away, stop."""

import json
import os
import shutil
import signal
import socket
import threading
import time
from pathlib import Path

from conftest import DOCUMENTS, Server, article, assert_problem, ingest, read_to_end, run, wait_until


def test_a_missing_store_is_made_empty(tmp_path):
    db = tmp_path / "new.db"
    daemon = Server(db)
    try:
        assert db.exists()
        assert "made a new, empty store" in daemon.log.read_text()
        assert daemon.json("/v1/articles") == {"items": [], "next": None}
        assert daemon.json("/v1/stats")["articles"] == 0
        assert daemon.json("/readyz")["status"] == "ready"
    finally:
        assert daemon.stop() == 0


def test_read_only_makes_nothing(tmp_path):
    done = run("serve", "--db", tmp_path / "none.db", "--listen", "127.0.0.1:0", "--read-only", status=1)
    assert "none.db" in done.stderr
    assert not (tmp_path / "none.db").exists()


def test_what_is_no_store_is_refused(tmp_path):
    path = tmp_path / "text.db"
    path.write_text("this is no database\n" * 100)
    assert "text.db" in run("serve", "--db", path, "--listen", "127.0.0.1:0", status=1).stderr


def test_a_port_in_use_is_told(own_server, tmp_path):
    done = run("serve", "--db", tmp_path / "other.db", "--listen", f"127.0.0.1:{own_server.port}", status=1)
    assert f"127.0.0.1:{own_server.port}" in done.stderr and "in use" in done.stderr
    assert not (tmp_path / "other.db").exists()


def test_bad_addresses_are_told(tmp_path):
    for address in ("8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:99999", "::1:80", "127.0.0.1:8x"):
        assert address in run("serve", "--db", tmp_path / "other.db", "--listen", address, status=1).stderr


def test_a_new_ingest_shows_at_once(own_server, tmp_path):
    first = own_server.get("/v1/articles")
    assert first.json()["items"] == []
    for number in range(1, 6):
        ingest(own_server.db, [article(number)], tmp_path)
        reply = own_server.get("/v1/articles", headers={"If-None-Match": first.headers["ETag"]})
        assert reply.status_code == 200
        assert len(reply.json()["items"]) == number
        assert own_server.json("/v1/stats")["articles"] == number
    changed = article(5, title="Meeting called off")
    ingest(own_server.db, [changed], tmp_path)
    titles = [item["title"] for item in own_server.items("/v1/articles")]
    assert len(titles) == 5 and "Meeting called off" in titles


def test_the_same_again_changes_nothing(own_server, tmp_path):
    ingest(own_server.db, DOCUMENTS, tmp_path)
    before = own_server.get("/v1/articles")
    ingest(own_server.db, DOCUMENTS, tmp_path)
    again = own_server.get("/v1/articles", headers={"If-None-Match": before.headers["ETag"]})
    assert again.status_code == 304


class Ingesting:
    """Ingests new articles into a server's store, batch after batch, until the block ends; a failure of it is one of the test."""

    def __init__(self, server, folder, make):
        self.server, self.folder, self.make = server, folder, make
        self.batches = 0
        self.failure = None
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.run)

    def run(self):
        try:
            while not self.ended.is_set():
                ingest(self.server.db, [self.make(1000 + 5 * self.batches + i) for i in range(5)], self.folder, "more")
                self.batches += 1
        except BaseException as failure:
            self.failure = failure

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.thread.join()
        if self.failure:
            raise self.failure


def dated(number):
    return article(number, published=f"2024-03-{number % 28 + 1:02}T{number % 24:02}:{number % 60:02}:00Z")


def test_a_walk_under_an_ingest_does_not_tear(own_server, tmp_path):
    ingest(own_server.db, [dated(number) for number in range(60)], tmp_path)
    there = {item["id"] for item in own_server.walk("/v1/articles?limit=100")}
    assert len(there) == 60
    with Ingesting(own_server, tmp_path, dated) as ingesting:
        for path in ("/v1/articles?limit=3&fields=id", "/v1/articles?limit=4&fields=id&sort=oldest", "/v1/articles?limit=3&fields=id&sort=added"):
            disturbed = 0
            for _ in range(100):
                batches = ingesting.batches
                seen = [item["id"] for item in own_server.walk(path)]
                assert len(seen) == len(set(seen))
                assert there <= set(seen)
                disturbed += ingesting.batches > batches
                if disturbed == 3:
                    break
            assert disturbed == 3


def test_every_reply_is_of_one_state(own_server, tmp_path):
    ingest(own_server.db, [dated(number) for number in range(5)], tmp_path)
    with Ingesting(own_server, tmp_path, dated) as ingesting:
        for _ in range(2000):
            document = own_server.json("/v1/articles?limit=100&total=true&fields=id")
            assert document["next"] or document["total"]["value"] == len(document["items"])
            if document["next"] and ingesting.batches > 3:
                break
    assert own_server.json("/v1/stats")["articles"] == 5 + 5 * ingesting.batches


def test_a_store_that_goes_away(own_server, tmp_path):
    ingest(own_server.db, DOCUMENTS, tmp_path)
    assert own_server.get("/readyz").status_code == 200
    moved = Path(f"{own_server.db}-moved")
    own_server.db.rename(moved)
    reply = own_server.get("/v1/articles")
    assert_problem(reply, 503, "store_missing")
    assert int(reply.headers["Retry-After"]) > 0
    assert str(tmp_path) not in reply.text
    assert_problem(own_server.get("/readyz"), 503, "store_missing")
    assert own_server.get("/livez").status_code == 200
    shutil.copyfile(moved, own_server.db)
    assert_problem(own_server.get("/readyz"), 503, "store_replaced")
    os.replace(moved, own_server.db)
    assert own_server.get("/readyz").status_code == 200


def test_termination_ends_well(own_server):
    assert own_server.get("/livez").status_code == 200
    assert own_server.stop(signal.SIGTERM) == 0
    assert "error" not in own_server.log.read_text()


def test_interruption_ends_well(own_server):
    assert own_server.stop(signal.SIGINT) == 0


def test_a_running_request_is_finished(own_server, tmp_path):
    """The body of the request arrives after the signal: the reply must still come."""
    with socket.create_connection(("127.0.0.1", own_server.port), timeout=30) as connection:
        connection.sendall(b"GET /v1/stats HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nab")
        time.sleep(0.3)
        own_server.process.send_signal(signal.SIGTERM)
        wait_until(lambda: "stopping" in own_server.log.read_text())
        time.sleep(0.2)
        assert own_server.process.poll() is None
        connection.sendall(b"cd")
        received = read_to_end(connection)
    assert received.startswith(b"HTTP/1.1 200 OK")
    assert b"connection: close" in received.lower()
    assert json.loads(received.partition(b"\r\n\r\n")[2])["articles"] == 0
    assert own_server.process.wait(20) == 0


def test_the_access_log_has_a_line_a_request(tmp_path):
    daemon = Server(tmp_path / "store.db", "--access-log")
    daemon.get("/v1/stats?pretty", headers={"X-Request-Id": "look-for-me"})
    daemon.get("/nothing")
    assert daemon.stop() == 0
    log = daemon.log.read_text()
    assert "GET /v1/stats?pretty 200" in log and "look-for-me" in log
    assert "GET /nothing 404" in log
