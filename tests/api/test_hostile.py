"""Clients that break the rules: raw bytes, random requests, slow and many connections."""

import json
import random
import socket
import threading
import time
from urllib.parse import quote

import pytest
import requests
from conftest import read_to_end

HOST = b"Host: localhost\r\n"
CLOSE = b"Connection: close\r\n"


def status_of(received):
    head = received.split(b"\r\n", 1)[0]
    assert head.startswith(b"HTTP/1.1 "), received[:200]
    return int(head.split(b" ")[1])


def problem_of(received):
    head, _, body = received.partition(b"\r\n\r\n")
    assert b"application/problem+json" in head, received[:300]
    return json.loads(body)


@pytest.mark.parametrize(
    "head, status, code",
    [
        (b"GET /livez HTTP/1.1\r\n\r\n", 400, "invalid_request"),
        (b"GET /livez HTTP/1.1\r\n" + HOST + b"Host: other\r\n\r\n", 400, "invalid_request"),
        (b"GET /livez HTTP/1.1\r\n" + HOST + b"Name : value\r\n\r\n", 400, "invalid_request"),
        (b"GET /livez x HTTP/1.1\r\n" + HOST + b"\r\n", 400, "invalid_request"),
        (b"GET /livez HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: gzip\r\n\r\n", 400, "invalid_request"),
        (b"POST /livez HTTP/1.1\r\n" + HOST + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, "invalid_request"),
        (b"GET /livez?" + b"a" * 9000 + b" HTTP/1.1\r\n" + HOST + CLOSE + b"\r\n", 414, "uri_too_long"),
        (b"GET /livez HTTP/1.1\r\n" + HOST + CLOSE + b"X-Filler: " + b"a" * 17000 + b"\r\n\r\n", 431, "headers_too_large"),
        (b"GET /livez HTTP/1.1\r\n" + HOST + CLOSE + b"X-Filler: a\r\n" * 200 + b"\r\n", 431, "headers_too_large"),
        (b"POST /v1/articles HTTP/1.1\r\n" + HOST + b"Content-Length: 99999999\r\n\r\n", 413, "body_too_large"),
        (b"POST /v1/articles HTTP/1.1\r\n" + HOST + b"Content-Length: 99999999999999999999999\r\n\r\n", None, None),
        (b"GET /v1/articles?q=\xff\xfe HTTP/1.1\r\n" + HOST + CLOSE + b"\r\n", 400, "invalid_parameter"),
        (b"BREW /v1/articles HTTP/1.1\r\n" + HOST + CLOSE + b"\r\n", 405, "method_not_allowed"),
    ],
)
def test_broken_heads_get_problem_documents(server, head, status, code):
    received = server.raw(head)
    if status is None:  # the HTTP library may refuse it before we see it, but refused it must be
        assert status_of(received) in (400, 413)
        return
    assert status_of(received) == status
    assert problem_of(received)["code"] == code


@pytest.mark.parametrize(
    "head, status",
    [
        (b"GET /livez\r\n\r\n", 400),
        (b"GET /livez HTTP/9.9\r\n" + HOST + b"\r\n", 505),
        (b"GET /livez HTTP/1.1\r\n" + HOST + b"no colon\r\n\r\n", 400),
        (b"GET /livez HTTP/1.1\r\n" + HOST + b"Content-Length: abc\r\n\r\n", 400),
        (b"GET /livez HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
        (b"GET /livez?" + b"a" * 200000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", 414),
        (b"GET /livez HTTP/1.1\r\n" + HOST + b"X-Filler: " + b"a" * 200000 + b"\r\n\r\n", 431),
    ],
)
def test_what_the_http_library_refuses_itself(server, head, status):
    assert status_of(server.raw(head)) == status
    assert server.get("/livez").status_code == 200


def test_forms_that_are_allowed(server):
    for head in (
        b"GET http://localhost/livez HTTP/1.1\r\n" + HOST + CLOSE + b"\r\n",
        b"GET /livez HTTP/1.0\r\n\r\n",
        b"GET /livez HTTP/1.1\r\n" + HOST + CLOSE + b"Content-Length: 5\r\n\r\nhello",
        b"GET /livez HTTP/1.1\r\n" + HOST + CLOSE + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
    ):
        assert status_of(server.raw(head)) == 200
    two = server.raw(b"GET /livez HTTP/1.1\r\n" + HOST + b"\r\nGET /readyz HTTP/1.1\r\n" + HOST + CLOSE + b"\r\n")
    assert two.count(b"HTTP/1.1 200 OK") == 2


def random_value(random_source):
    kind = random_source.randrange(8)
    if kind == 0:
        return quote("".join(chr(random_source.choice([random_source.randrange(1, 0x250), random_source.randrange(0x4E00, 0x4F00)])) for _ in range(random_source.randrange(12))))
    if kind == 1:
        return "".join(random_source.choice("%0123456789abcdefg+-*\"():") for _ in range(random_source.randrange(14)))
    if kind == 2:
        return random_source.choice(["ada-vell", "-tor-lind", "Ada+Vell", "courier.example", "person", "direct", "en", "id,title", "*,text"])
    if kind == 3:
        return random_source.choice(["2024", "2024-03", "2024-02-30", "2024-03-01T08:00:00Z", "9999", "0", "-1", "1e9", "0.5", "NaN"])
    if kind == 4:
        return random_source.choice(["newest", "oldest", "added", "relevance", "name", "appearances", "last_seen", "true", "json", "speaker"])
    if kind == 5:
        return random_source.choice(['storm', '%22tore+planks%22', 'title:storm', 'st*', '-storm', 'a+OR+b', '((', 'NEAR(a+b)', '*', '"', "'; DROP TABLE article; --"])
    if kind == 6:
        return "%" + random_source.choice(["00", "ff", "c3", "zz", "", "2", "ed%a0%80", "0d%0a"])
    return "a" * random_source.randrange(1200)


def random_target(random_source, ids):
    names = "q source author section entity speaker about role type kind lang since until added_since added_until min_confidence sort fields limit cursor total format pretty".split()
    path = random_source.choice(
        ["/", "/v1", "/v1/articles", "/v1/quotes", "/v1/entities", "/v1/sources", "/v1/stats", "/livez", "/readyz", "/problems", "//", "/v1//quotes", "/../etc/passwd"]
    )
    if random_source.random() < 0.4:
        resource = random_source.choice(["articles", "quotes", "entities", "sources"])
        one = random_source.choice([random_source.choice(ids), random_value(random_source)])
        below = random_source.choice(["", "/quotes", "/entities", "/original", "/articles", "/", "/nothing"])
        path = f"/v1/{resource}/{one}{below}"
    pairs = [f"{random_source.choice(names)}={random_value(random_source)}" for _ in range(random_source.choice([0, 1, 1, 2, 3, 6]))]
    if random_source.random() < 0.1:
        pairs.append(random_source.choice(["&&", "=", "x", "%00=1", "limit", "a=b=c", "q"]))
    return path + ("?" + "&".join(pairs) if pairs else "")


def ask_raw(connection, method, target):
    """One request on an open connection; status, header bytes, body."""
    connection.sendall(method + b" " + target.encode("utf-8") + b" HTTP/1.1\r\n" + HOST + b"\r\n")
    received = b""
    while b"\r\n\r\n" not in received:
        piece = connection.recv(65536)
        if not piece:
            return None
        received += piece
    head, _, body = received.partition(b"\r\n\r\n")
    length = next((int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
    while method != b"HEAD" and len(body) < length:
        piece = connection.recv(65536)
        if not piece:
            return None
        body += piece
    return status_of(received), head, body


@pytest.mark.parametrize("seed", [11, 22, 33, 44])
def test_random_requests_never_break_the_server(server, seed):
    random_source = random.Random(seed)
    ids = [item["id"] for path in ("/v1/articles", "/v1/quotes", "/v1/entities", "/v1/sources") for item in server.items(path)]
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=30)
    seen = {}
    for _ in range(1500):
        target = random_target(random_source, ids).replace(" ", "%20")
        answered = ask_raw(connection, b"GET", target)
        if answered is None or b"Connection: close" in answered[1]:
            connection.close()
            connection = socket.create_connection(("127.0.0.1", server.port), timeout=30)
        assert answered is not None, target
        status, head, body = answered
        seen[status] = seen.get(status, 0) + 1
        assert 200 <= status < 500, (target, body)
        if status >= 400:
            assert b"application/problem+json" in head, target
            problem = json.loads(body)
            assert problem["status"] == status and problem["code"] and problem["detail"], target
        elif b"application/json" in head:
            json.loads(body)
    connection.close()
    assert seen[200] > 100 and seen[400] > 100, seen


def test_garbage_is_survived(server):
    random_source = random.Random(5)
    for _ in range(200):
        data = bytes(random_source.randrange(256) for _ in range(random_source.randrange(1, 300)))
        with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
            connection.sendall(data + b"\r\n\r\n")
            connection.shutdown(socket.SHUT_WR)
            read_to_end(connection)
    assert server.get("/livez").status_code == 200


def test_a_client_that_breaks_off_leaves_nothing(server):
    for _ in range(200):
        with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
            connection.sendall(b"GET /v1/articles?fields=*,text,quotes HTTP/1.1\r\n" + HOST + b"\r\n")
    assert server.get("/readyz").status_code == 200


def test_a_head_byte_by_byte_has_an_end(server):
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as connection:
        connection.sendall(b"GET /livez HTTP/1.1\r\n" + HOST)
        connection.settimeout(0.2)
        began = time.monotonic()
        closed = False
        while not closed and time.monotonic() - began < 60:
            try:
                connection.sendall(b"X-Filler: 1\r\n"[:1])
                closed = connection.recv(1000) == b""
            except socket.timeout:
                pass
            except OSError:
                closed = True
    assert closed
    server.session.close()  # its own connection has idled as long, and may be closed while it is used
    assert server.get("/livez").status_code == 200


def test_a_slow_but_honest_client_is_served(server):
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        for byte in b"GET /livez HTTP/1.1\r\n" + HOST + CLOSE + b"\r\n":
            connection.sendall(bytes([byte]))
            time.sleep(0.005)
        assert status_of(read_to_end(connection)) == 200


def test_many_connections(server):
    idle = [socket.create_connection(("127.0.0.1", server.port), timeout=30) for _ in range(300)]
    try:
        statuses = []

        def ask():
            with requests.Session() as session:
                for _ in range(20):
                    statuses.append(session.get(server.url + "/v1/quotes?limit=2", timeout=30).status_code)

        threads = [threading.Thread(target=ask) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert statuses == [200] * 320
    finally:
        for connection in idle:
            connection.close()
