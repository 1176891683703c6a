"""Articles, quotes, entities and sources as a client sees them."""

from urllib.parse import unquote

import pytest
from conftest import article, assert_problem, ingest


def test_articles_newest_first_undated_last(server):
    items = server.items("/v1/articles")
    assert [item["published"] for item in items] == ["2024-03-02T00:00:00Z", "2024-03-01T08:00:00Z", "2023-12-31T23:59:59Z", None]
    assert [item["published_precision"] for item in items] == ["day", "second", "second", None]
    for item in items:
        assert not {"text", "entities", "quotes", "dropped"} & set(item)
        assert item["revision"] >= 1
        assert item["source"]["id"] and item["source"]["name"]


def test_article_parts_fit_its_text(server):
    for listed in server.items("/v1/articles"):
        whole = server.json(f"/v1/articles/{listed['id']}")
        assert listed.items() <= whole.items()
        for entity in whole["entities"]:
            for mention in entity["mentions"] + entity["references"]:
                assert whole["text"][mention["start"] : mention["end"]] == mention["text"]
        for quote in whole["quotes"]:
            exact, position = quote["selectors"]
            assert whole["text"][position["start"] : position["end"]] == quote["text"] == exact["exact"]
            assert whole["text"][: position["start"]].endswith(exact["prefix"])
            assert whole["text"][position["end"] :].startswith(exact["suffix"])
            assert quote["text"] in quote["context"]
        assert server.items(f"/v1/articles/{listed['id']}/quotes") == whole["quotes"]
        assert server.items(f"/v1/articles/{listed['id']}/entities") == whole["entities"]
        assert whole["quote_count"] == len(whole["quotes"])
        assert whole["entity_count"] == len(whole["entities"])


def test_quotes_of_a_speaker(server):
    quotes = server.items("/v1/quotes?speaker=tor-lind")
    assert any(quote["text"].startswith("The well-known weakness") for quote in quotes)
    assert all(quote["speaker"] == {"id": "tor-lind", "name": "Tor Lind", "type": "person"} for quote in quotes)
    assert server.items("/v1/quotes?speaker=Tor+Lind") == quotes
    assert server.items("/v1/entities/tor-lind/quotes?role=speaker") == quotes


def test_least_confidence_agrees_with_what_is_served(server):
    quotes = server.items("/v1/quotes?limit=100")
    assert len({quote["confidence"] for quote in quotes}) > 1
    for limit in sorted({quote["confidence"] for quote in quotes} | {0, 0.3, 0.82, 0.9004, 1}):
        expected = [quote for quote in quotes if quote["confidence"] >= limit]
        assert server.items(f"/v1/quotes?limit=100&min_confidence={limit}") == expected, limit


def test_titles_are_for_articles(server):
    assert server.items("/v1/articles?q=title:storm")
    for path in ("/v1/quotes", "/v1/entities", "/v1/entities/ada-vell/quotes"):
        error = assert_problem(server.get(f"{path}?q=pier+title:storm"), 400, "invalid_query")["errors"][0]
        assert (error["parameter"], error["position"]) == ("q", 11)


def test_quote_link_opens_at_its_words(server):
    for quote in server.items("/v1/quotes?limit=100"):
        assert server.json(f"/v1/quotes/{quote['id']}") == quote
        if quote["article"]["url"] is None:
            assert quote["link"] is None
            continue
        url, fragment = quote["link"].split("#:~:text=")
        assert url == quote["article"]["url"]
        assert "&" not in fragment and " " not in fragment
        parts = fragment.split(",")
        if parts[0].endswith("-"):
            parts.pop(0)
        assert all("-" not in part for part in parts)
        assert quote["text"].startswith(unquote(parts[0]))
        assert quote["text"].endswith(unquote(parts[-1]))


def test_entity_counts_agree_with_its_lists(server):
    entities = server.items("/v1/entities?limit=100")
    assert {"ada-vell", "tor-lind", "port-quill"} <= {entity["id"] for entity in entities}
    for entity in entities:
        path = f"/v1/entities/{entity['id']}"
        assert server.json(path) == entity
        assert entity["article_count"] == len(list(server.walk(f"{path}/articles?limit=2")))
        assert entity["quote_count"] == len(list(server.walk(f"{path}/quotes?role=speaker&limit=1")))
        assert entity["about_count"] == len(list(server.walk(f"{path}/quotes?role=about&limit=1")))
        assert entity["name"] in [alias["name"] for alias in entity["aliases"]]


def test_sources_and_stats(server):
    sources = {source["id"]: source for source in server.items("/v1/sources")}
    assert sources["courier.example"]["name"] == "Quill Courier"
    assert sources["courier.example"]["article_count"] == 2
    assert server.json("/v1/sources/coast.example") == sources["coast.example"]
    stats = server.json("/v1/stats")
    assert stats["articles"] == 4
    assert stats["sources"] == len(sources)
    assert stats["quotes"] == len(list(server.walk("/v1/quotes?limit=2")))
    assert sum(stats["entities"].values()) == len(list(server.walk("/v1/entities?limit=2")))


@pytest.mark.parametrize(
    "query, count",
    [
        ("since=2024-03-01&until=2024-03-01", 1),
        ("since=2024-03", 2),
        ("until=2023", 1),
        ("since=2024&until=2024", 2),
        ("since=1600", 3),
        ("source=courier.example", 2),
        ("source=-courier.example", 2),
        ("source=courier.example&source=coast.example", 3),
        ("author=Ines+Paar&source=courier.example", 2),
        ("entity=tor-lind", 1),
        ("entity=nobody-at-all", 0),
        ("q=storm", 1),
        ("q=%22tore+planks%22", 1),
        ("q=council+-friday", 0),
        ("added_since=2020", 4),
        ("added_until=2020", 0),
    ],
)
def test_article_filters(server, query, count):
    document = server.json(f"/v1/articles?total=true&{query}")
    assert len(document["items"]) == count
    assert document["total"] == {"value": count, "relation": "eq"}


@pytest.mark.parametrize(
    "path",
    [
        "/v1/articles?limit=1",
        "/v1/articles?limit=1&sort=oldest",
        "/v1/articles?limit=1&sort=added",
        "/v1/quotes?limit=1",
        "/v1/quotes?limit=2&sort=oldest",
        "/v1/entities?limit=1&sort=name",
        "/v1/entities?limit=2&sort=last_seen",
        "/v1/sources?limit=1",
        "/v1/sources?limit=1&sort=name",
    ],
)
def test_walks_reach_everything_once(server, path):
    everything = server.items(path.replace("limit=1", "limit=100").replace("limit=2", "limit=100"))
    assert list(server.walk(path)) == everything
    assert len({item["id"] for item in everything}) == len(everything) > 1


def test_languages_are_compared_without_case(own_server, tmp_path):
    documents = [article(number, language=tag) for number, tag in enumerate(["en-GB", "EN-gb", "en_gb", "en", None])]
    ingest(own_server.db, documents, tmp_path)
    for tag in ("en-GB", "EN-gb", "en-gb"):
        assert [item["language"] for item in own_server.items(f"/v1/articles?lang={tag}")] == ["en-GB"] * 3
        assert len(own_server.items(f"/v1/articles?lang=-{tag}")) == 2
        assert len(own_server.items(f"/v1/quotes?lang={tag}")) == 3
    assert len(own_server.items("/v1/articles?lang=EN")) == 1


def test_next_is_a_link_header_too(server):
    reply = server.get("/v1/articles?limit=1")
    assert reply.links["next"]["url"] == reply.json()["next"]


def test_fields_select_members(server):
    assert all(set(item) == {"id", "title"} for item in server.items("/v1/articles?fields=id,title"))
    assert all("text" in item and "url" in item for item in server.items("/v1/articles?fields=*,text"))
    assert all(set(item) == {"name"} for item in server.items("/v1/entities?fields=name"))


def test_original_is_what_came_in(server):
    whole = server.items("/v1/articles?q=storm")[0]
    reply = server.get(f"/v1/articles/{whole['id']}/original")
    assert reply.status_code == 200
    assert "Storm damages the pier" in reply.text
    assert "sandbox" in reply.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path, status, code, parameter",
    [
        ("/v1/articles?limit=0", 400, "invalid_parameter", "limit"),
        ("/v1/articles?limit=101", 400, "invalid_parameter", "limit"),
        ("/v1/articles?limit=5&limit=6", 400, "repeated_parameter", "limit"),
        ("/v1/articles?speeker=x", 400, "unknown_parameter", "speeker"),
        ("/v1/articles?kind=direct", 400, "unknown_parameter", "kind"),
        ("/v1/articles?since=2024-13", 400, "invalid_parameter", "since"),
        ("/v1/articles?since=2024-03-02&until=2024-03-01", 400, "invalid_period", "since"),
        ("/v1/articles?sort=best", 400, "invalid_parameter", "sort"),
        ("/v1/articles?sort=relevance", 400, "invalid_parameter", "sort"),
        ("/v1/articles?format=csv", 400, "invalid_parameter", "format"),
        ("/v1/articles?q=%22open", 400, "invalid_query", "q"),
        ("/v1/articles?cursor=abc", 400, "invalid_cursor", "cursor"),
        ("/v1/quotes?min_confidence=2", 400, "invalid_parameter", "min_confidence"),
        ("/v1/quotes?kind=spoken", 400, "invalid_parameter", "kind"),
        ("/v1/entities?type=planet", 400, "invalid_parameter", "type"),
        ("/v1/entities?fields=id,nome", 400, "invalid_parameter", "fields"),
    ],
)
def test_bad_parameters_are_named(server, path, status, code, parameter):
    error = assert_problem(server.get(path), status, code)["errors"][0]
    assert error["parameter"] == parameter
    assert error["detail"]
    if code in ("unknown_parameter", "invalid_parameter") and path != "/v1/articles?sort=relevance":
        assert error["allowed"]
    if code == "invalid_query":
        assert error["position"] == 0


@pytest.mark.parametrize(
    "path, status, code",
    [
        ("/v1/articles/aaaaaaaaaaaaaaaa", 404, "article_not_found"),
        ("/v1/articles/aaaaaaaaaaaaaaaa/quotes", 404, "article_not_found"),
        ("/v1/entities/nobody", 404, "entity_not_found"),
        ("/v1/entities/nobody/quotes", 404, "entity_not_found"),
        ("/v1/quotes/aaaaaaaaaaaaaaaa-1", 404, "quote_not_found"),
        ("/v1/sources/nobody.example", 404, "source_not_found"),
        ("/v1/nothing", 404, "path_not_found"),
        ("/v1/articles/%00", 400, "invalid_path"),
    ],
)
def test_missing_things(server, path, status, code):
    problem = assert_problem(server.get(path), status, code)
    assert server.json(problem["type"])["code"] == code
