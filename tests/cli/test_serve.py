"""quoted serve and quoted health as an operator meets them; what the daemon answers is tested in tests/api."""

import re
import signal
import socket
import subprocess
import time
import urllib.request

import pytest

from conftest import FAILED, OK, PROGRAM, clean_environment
from articles import json_lines, text_article

LIMIT_SECONDS = 60


class Daemon:
    def __init__(self, quoted, *options, env=None):
        self.process = subprocess.Popen([str(PROGRAM), "serve", "--db", quoted.db.name, "--listen", "127.0.0.1:0", *options],
                                        cwd=quoted.folder, env=clean_environment(env), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.ready = self.process.stdout.readline().decode()
        found = re.search(r"http://127\.0\.0\.1:(\d+)$", self.ready.strip())
        assert found, (self.ready, self.process.stderr.read() if self.process.poll() is not None else "")
        self.port = int(found[1])
        self.url = f"http://127.0.0.1:{self.port}"

    def get(self, path):
        with urllib.request.urlopen(self.url + path, timeout=LIMIT_SECONDS) as answer:
            return answer.status, answer.read().decode()

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        _, errors = self.process.communicate(timeout=LIMIT_SECONDS)
        return self.process.returncode, errors.decode()


@pytest.fixture
def daemon(quoted):
    running = []

    def start(*options, env=None):
        running.append(Daemon(quoted, *options, env=env))
        return running[-1]

    yield start
    for one in running:
        if one.process.poll() is None:
            one.process.kill()
        one.process.communicate()


def wait_until(holds):
    deadline = time.monotonic() + LIMIT_SECONDS
    while not holds():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.02)


def test_says_when_it_is_ready_and_ends_when_asked(quoted, daemon):
    one = daemon()
    assert one.ready == f"quoted 0.1.0 serves test.db on http://127.0.0.1:{one.port}\n"
    assert one.get("/readyz")[0] == 200
    assert one.stop()[0] == OK
    assert quoted("check", "--db", "test.db").returncode == OK


def test_ends_on_interrupt(daemon):
    assert daemon().stop(signal.SIGINT)[0] == OK


def test_read_only_makes_no_file(quoted):
    done = quoted("serve", "--read-only", "--db", "none.db", "--listen", "127.0.0.1:0")
    assert done.returncode == FAILED
    assert b"none.db" in done.stderr
    assert list(quoted.folder.iterdir()) == []


def test_a_port_in_use(quoted):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        done = quoted("serve", "--db", "test.db", "--listen", address)
    assert done.returncode == FAILED
    assert address.encode() in done.stderr


@pytest.mark.parametrize("address", ["nonsense", "127.0.0.1:", "127.0.0.1:99999", "300.1.1.1:80", ":::::"])
def test_a_bad_address(quoted, address):
    done = quoted("serve", "--db", "test.db", "--listen", address)
    assert done.returncode == FAILED
    assert address.encode() in done.stderr


def test_ingest_beside(quoted, daemon):
    quoted.write("in/dump.ndjson", json_lines(range(20)))
    quoted.write("in/broken.txt", "")
    one = daemon("--ingest", "in")
    wait_until(lambda: quoted.count() == 20)
    status, errors = one.stop()
    assert status == OK
    assert "in/broken.txt" in errors


def test_an_ingest_while_it_serves_shows_at_once(quoted, daemon):
    one = daemon()
    quoted.write("a.txt", text_article(1))
    assert quoted.ingest("a.txt").returncode == OK
    assert "The Oststadt Echo" in one.get("/v1/articles")[1]
    assert one.stop()[0] == OK


def test_the_log_is_opened_anew(quoted, daemon):
    log, old = quoted.folder / "quoted.log", quoted.folder / "quoted.log.1"
    one = daemon("--log-file", "quoted.log")
    log.rename(old)
    one.process.send_signal(signal.SIGHUP)
    wait_until(lambda: log.exists() and log.stat().st_size > 0)
    assert one.get("/livez")[0] == 200
    status, errors = one.stop()
    assert status == OK
    assert errors == ""
    assert "SIGTERM" in log.read_text()
    assert "SIGTERM" not in old.read_text()


def test_a_log_that_cannot_be_opened(quoted):
    done = quoted("serve", "--db", "test.db", "--listen", "127.0.0.1:0", "--log-file", "none/quoted.log")
    assert done.returncode == FAILED
    assert b"none/quoted.log" in done.stderr


def test_health(quoted, daemon):
    one = daemon()
    assert quoted("health", one.url).returncode == OK
    assert quoted("health", one.url + "/livez").returncode == OK
    assert quoted("health", "--listen", f"127.0.0.1:{one.port}").returncode == OK
    assert quoted("health", env={"QUOTED_LISTEN": f"0.0.0.0:{one.port}"}).returncode == OK
    done = quoted("health", one.url + "/none")
    assert done.returncode == FAILED
    assert b"404" in done.stderr
    one.stop()
    done = quoted("health", one.url)
    assert done.returncode == FAILED
    assert b"Connection refused" in done.stderr


def test_health_of_what_is_no_http(quoted):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        process = quoted.start("health", f"http://127.0.0.1:{other.getsockname()[1]}", stderr=subprocess.PIPE)
        connection, _ = other.accept()
        with connection:
            connection.sendall(b"hello\r\n")
        _, errors = process.communicate(timeout=LIMIT_SECONDS)
    assert process.returncode == FAILED
    assert b"no answer that is HTTP" in errors


def test_health_of_what_never_answers(quoted):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = quoted("health", f"http://127.0.0.1:{other.getsockname()[1]}")
    assert done.returncode == FAILED
    assert b"no answer" in done.stderr
