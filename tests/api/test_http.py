"""HTTP as RFC 9110 has it: methods, conditions, negotiation, cross-origin reading."""

import http.client
import json

import pytest
from conftest import assert_problem

PATHS = [
    "/",
    "/v1",
    "/livez",
    "/readyz",
    "/v1/articles",
    "/v1/articles?limit=1&total=true",
    "/v1/quotes?pretty",
    "/v1/entities/ada-vell",
    "/v1/entities/ada-vell/quotes?role=speaker",
    "/v1/sources",
    "/v1/stats",
    "/v1/articles?limit=0",
    "/v1/entities/nobody",
    "/nothing",
    "/v1/articles/",
]
CHANGING = {"Date", "X-Request-Id"}


@pytest.mark.parametrize("path", PATHS)
def test_head_has_the_headers_of_get(server, path):
    get = server.get(path)
    head = server.request("HEAD", path)
    assert head.status_code == get.status_code
    assert head.content == b""
    assert {name: value for name, value in head.headers.items() if name not in CHANGING} == {
        name: value for name, value in get.headers.items() if name not in CHANGING
    }
    assert int(get.headers["Content-Length"]) == len(get.content)


@pytest.mark.parametrize("path", [path for path in PATHS if path != "/nothing"])
def test_options_and_other_methods(server, path):
    reply = server.request("OPTIONS", path)
    assert reply.status_code == 204
    assert reply.content == b""
    assert reply.headers["Allow"] == "GET, HEAD, OPTIONS"
    for method in ("POST", "PUT", "DELETE", "PATCH", "BREW"):
        reply = server.request(method, path, data=b"some body")
        assert_problem(reply, 405, "method_not_allowed")
        assert reply.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_options_of_the_server_and_of_nothing(server):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("OPTIONS", "*")
    assert connection.getresponse().status == 204
    connection.close()
    assert_problem(server.request("OPTIONS", "/nothing"), 404, "path_not_found")


@pytest.mark.parametrize("path", ["/v1/articles", "/v1/quotes?limit=2", "/v1/entities/ada-vell", "/v1/sources/coast.example", "/v1/stats"])
def test_conditional_requests(server, path):
    first = server.get(path)
    tag = first.headers["ETag"]
    assert tag.startswith('W/"' if path.count("/") == 2 else '"')
    assert "max-age=0" in first.headers["Cache-Control"] and "stale-while-revalidate" in first.headers["Cache-Control"]
    for headers in (
        {"If-None-Match": tag},
        {"If-None-Match": f'"other", {tag}'},
        {"If-None-Match": "*"},
        {"If-None-Match": tag.removeprefix("W/")},
        {"If-Modified-Since": first.headers["Last-Modified"]},
        {"If-None-Match": tag, "If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"},
    ):
        reply = server.get(path, headers=headers)
        assert reply.status_code == 304, headers
        assert reply.content == b""
        assert reply.headers["ETag"] == tag
        assert reply.headers["Cache-Control"] == first.headers["Cache-Control"]
        assert reply.headers["Vary"] == first.headers["Vary"]
    for headers in (
        {"If-None-Match": '"other"'},
        {"If-None-Match": '"other"', "If-Modified-Since": first.headers["Last-Modified"]},
        {"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"},
        {"If-Modified-Since": "never"},
    ):
        reply = server.get(path, headers=headers)
        assert reply.status_code == 200, headers
        assert reply.content == first.content
    assert server.get(path + ("&" if "?" in path else "?") + "pretty").headers["ETag"] != tag


def test_every_article_and_quote_has_a_strong_tag(server):
    for path in [f"/v1/articles/{item['id']}" for item in server.items("/v1/articles")] + [
        f"/v1/quotes/{item['id']}" for item in server.items("/v1/quotes")
    ]:
        tag = server.get(path).headers["ETag"]
        assert tag.startswith('"')
        assert server.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_preflight_and_reading_from_another_origin(server):
    reply = server.request(
        "OPTIONS",
        "/v1/quotes?speaker=ada-vell",
        headers={
            "Origin": "https://reader.example",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "if-none-match, x-request-id",
        },
    )
    assert reply.status_code == 204
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    assert "GET" in reply.headers["Access-Control-Allow-Methods"]
    allowed = {name.strip().lower() for name in reply.headers["Access-Control-Allow-Headers"].split(",")}
    assert {"if-none-match", "x-request-id", "accept"} <= allowed
    assert int(reply.headers["Access-Control-Max-Age"]) > 0
    for path in PATHS:
        reply = server.get(path, headers={"Origin": "https://reader.example"})
        assert reply.headers["Access-Control-Allow-Origin"] == "*"
        exposed = {name.strip() for name in reply.headers["Access-Control-Expose-Headers"].split(",")}
        assert {"ETag", "Link", "Retry-After", "X-Request-Id"} <= exposed
        assert "Access-Control-Allow-Credentials" not in reply.headers
        assert reply.headers["X-Content-Type-Options"] == "nosniff"


def test_negotiation(server):
    assert_problem(server.get("/v1/articles", headers={"Accept": "text/csv"}), 406, "not_acceptable")
    assert_problem(server.get("/v1/articles", headers={"Accept": "application/json;q=0, */*"}), 406, "not_acceptable")
    for accept in ("*/*", "application/*;q=0.1", "text/html, application/json;q=0.9", ""):
        assert server.get("/v1/articles", headers={"Accept": accept}).status_code == 200
    assert server.get("/v1/articles?format=json", headers={"Accept": "text/csv"}).status_code == 200
    assert server.get("/v1/articles").headers["Vary"] == "Accept"


def test_request_ids(server):
    assert server.get("/livez", headers={"X-Request-Id": "front-7"}).headers["X-Request-Id"] == "front-7"
    made = {server.get("/livez", headers={"X-Request-Id": "not allowed"}).headers["X-Request-Id"] for _ in range(5)}
    assert len(made) == 5 and "not allowed" not in made


def test_slash_at_the_end_is_redirected(server):
    reply = server.get("/v1/articles/?limit=1")
    assert reply.status_code == 308
    assert reply.headers["Location"] == "/v1/articles?limit=1"
    assert server.get("/v1/articles/?limit=1", allow_redirects=True).json() == server.json("/v1/articles?limit=1")


def test_pretty_is_the_same_in_lines(server):
    plain = server.get("/v1/articles")
    pretty = server.get("/v1/articles?pretty")
    assert pretty.text.startswith('{\n  "items": [')
    assert pretty.json() == plain.json()
    assert len(plain.text.splitlines()) == 1
    assert json.loads(pretty.text.rstrip("\n"))
