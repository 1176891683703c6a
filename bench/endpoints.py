"""What is asked: for each endpoint a seeded list of random requests, their answers, and the SQL that gives the same rows."""

import http.client
import random
import re
import sqlite3
import time
from collections import Counter
from datetime import datetime, timedelta, timezone
from urllib.parse import quote

PAGE = 20
RECORD_SECONDS = 5  # the most that recording an endpoint's answers may take
OWN_HEADERS = {"date", "connection", "content-length", "keep-alive"}  # libmicrohttpd gives them itself

LISTED = ("a.key, a.id, a.published, a.added, a.revision, a.word_count, a.quote_count, a.entity_count, a.language, a.section, a.title, a.url,"
          " a.image_credit, s.id, s.name, (SELECT group_concat(name) FROM author WHERE article = a.key)")
FROM = "article a LEFT JOIN source s ON s.key = a.source"
OF_ARTICLE = "BETWEEN ?2 * 4096 + 1 AND ?2 * 4096 + 4095"
ARTICLE_SQL = " ;; ".join([
    f"SELECT a.*, s.id, s.name FROM {FROM} WHERE a.id = ?1",
    "SELECT name FROM author WHERE article = ?2",
    "SELECT p.*, e.id, e.name, e.type FROM appearance p JOIN entity e ON e.key = p.entity WHERE p.article = ?2",
    "SELECT * FROM mention WHERE article = ?2",
    f"SELECT * FROM quote WHERE key {OF_ARTICLE}",
    f"SELECT quote, entity FROM quote_entity WHERE quote {OF_ARTICLE}"])
SEARCH_SQL = f"SELECT {LISTED} FROM article_search JOIN {FROM.replace('article a', 'article a ON a.key = article_search.rowid')} WHERE article_search MATCH ?1"


class Answer:
    """One recorded answer. whole is the body that a 304 stands for."""

    def __init__(self, target, status, headers, body, whole):
        self.target, self.status, self.headers, self.body, self.whole = target, status, headers, body, whole
        self.tag = next((value for name, value in headers if name.lower() == "etag"), "")


class Endpoint:
    """values are those of the request of the same place, for the SQL."""

    def __init__(self, name, title, sql, requests, conditional=False):
        self.name, self.title, self.sql, self.conditional = name, title, sql, conditional
        self.requests, self.answers = requests, []

    def record(self, port):
        """Asks quoted for each once. A reason instead where the endpoint is not there."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        end = time.monotonic() + RECORD_SECONDS
        for target, _ in self.requests:
            answer = fetch(connection, target, {})
            if answer.status != 200:
                return f"{target} answered {answer.status}"
            if self.conditional:
                answer = fetch(connection, target, {"If-None-Match": answer.tag}, answer.body)
                if answer.status != 304:
                    return f"{target} with its own ETag answered {answer.status}"
            self.answers.append(answer)
            if time.monotonic() > end:
                break
        connection.close()
        self.requests = self.requests[:len(self.answers)]
        return None if self.answers else "nothing to ask for in this corpus"


def fetch(connection, target, headers, whole=None):
    connection.request("GET", target, headers=headers)
    response = connection.getresponse()
    body = response.read()
    kept = [(name, value) for name, value in response.getheaders() if name.lower() not in OWN_HEADERS]
    return Answer(target, response.status, kept, body, body if whole is None else whole)


def words_of_every_frequency(db, dice, count):
    """Words of the texts, as many rare ones as frequent ones: each step of a tenth in frequency has the same chance."""
    found = Counter()
    for (text,) in db.execute("SELECT text FROM article WHERE key % 7 = 0 LIMIT 3000"):
        found.update(set(re.findall(r"\b[a-z]{3,}\b", text)))
    ranked = [word for word, _ in found.most_common()]
    return [ranked[int(len(ranked) ** dice.random()) - 1] for _ in range(count)] if ranked else []


def day(seconds):
    return (datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=seconds)).strftime("%Y-%m-%d")


def combined(db, dice, count):
    """An entity, an outlet that wrote about it, and the three years around: a few rows out of many."""
    rows = db.execute("SELECT p.entity, e.id, a.source, s.id, a.published FROM article a JOIN source s ON s.key = a.source JOIN appearance p"
                      " ON p.article = a.key JOIN entity e ON e.key = p.entity WHERE a.published IS NOT NULL AND a.key % 5 = 0"
                      " LIMIT 50000").fetchall()
    requests = []
    for entity, entity_id, source, source_id, published in dice.sample(rows, min(count, len(rows))):
        since, until = day(published - 540 * 86400), day(published + 540 * 86400)
        low = (published - 540 * 86400 + 11676096000) * 4096
        requests.append((f"/v1/articles?entity={quote(entity_id)}&source={quote(source_id)}&since={since}&until={until}&limit={PAGE}",
                         (entity, source, low, low + 2 * 540 * 86400 * 4096)))
    return requests


def make_endpoints(db_path, count, seed):
    db = sqlite3.connect(f"file:{db_path}?mode=ro", uri=True)
    dice = random.Random(seed)

    def some(sql):
        rows = db.execute(sql).fetchall()
        return dice.sample(rows, min(count, len(rows)))

    articles = [(f"/v1/articles/{name}", (name, key)) for name, key in some("SELECT id, key FROM article")]
    days = [day(published) for (published,) in some("SELECT published FROM article WHERE published IS NOT NULL")]
    before = [(f"/v1/articles?until={until}&limit={PAGE}", (key_after(until),)) for until in days]
    speakers = some("SELECT id, key FROM entity WHERE quote_count >= 5")
    entities = some("SELECT id, key FROM entity WHERE article_count >= 5")
    words = words_of_every_frequency(db, dice, count)
    newest = f"SELECT {LISTED} FROM {FROM} WHERE a.key < ?1 ORDER BY a.key DESC LIMIT {PAGE}"
    return [
        Endpoint("article", "one article by id", ARTICLE_SQL, articles),
        Endpoint("not_modified", "one article, 304", "SELECT revision FROM article WHERE id = ?1", articles, conditional=True),
        Endpoint("newest", f"newest {PAGE} articles", newest, [(f"/v1/articles?limit={PAGE}", (1 << 62,))]),
        Endpoint("before", f"{PAGE} articles up to a random day", newest, before),
        Endpoint("speaker", f"{PAGE} quotes of a speaker",
                 f"SELECT q.*, a.id, a.title, a.url, a.published, s.id, s.name FROM quote q JOIN article a ON a.key = q.article LEFT JOIN source s"
                 f" ON s.key = a.source WHERE q.speaker = ?1 ORDER BY q.key DESC LIMIT {PAGE}",
                 [(f"/v1/quotes?speaker={quote(name)}&limit={PAGE}", (key,)) for name, key in speakers]),
        Endpoint("entity", f"{PAGE} articles of an entity",
                 f"SELECT {LISTED} FROM appearance p JOIN {FROM.replace('article a', 'article a ON a.key = p.article')} WHERE p.entity = ?1"
                 f" ORDER BY p.article DESC LIMIT {PAGE}",
                 [(f"/v1/articles?entity={quote(name)}&limit={PAGE}", (key,)) for name, key in entities]),
        Endpoint("combined", "entity, outlet and period",
                 f"SELECT {LISTED} FROM appearance p JOIN {FROM.replace('article a', 'article a ON a.key = p.article')} WHERE p.entity = ?1"
                 f" AND p.article BETWEEN ?3 AND ?4 AND a.source = ?2 ORDER BY p.article DESC LIMIT {PAGE}", combined(db, dice, count)),
        Endpoint("search", "full text, newest first", f"{SEARCH_SQL} ORDER BY article_search.rowid DESC LIMIT {PAGE}",
                 [(f"/v1/articles?q={word}&limit={PAGE}", (word,)) for word in words]),
        Endpoint("snippets", "the same with snippets", f"{SEARCH_SQL} ORDER BY article_search.rowid DESC LIMIT {PAGE}",
                 [(f"/v1/articles?q={word}&snippets=true&limit={PAGE}", (word,)) for word in words]),
        Endpoint("relevance", "full text, by relevance", f"{SEARCH_SQL} ORDER BY rank LIMIT {PAGE}",
                 [(f"/v1/articles?q={word}&sort=relevance&limit={PAGE}", (word,)) for word in words]),
        Endpoint("suggest", "names while typing", "SELECT rowid FROM alias_search WHERE alias_search MATCH ?1 || '*' LIMIT 10",
                 [(f"/v1/suggest?q={quote(name[:length])}", (f'"{name[:length].lower()}"',))
                  for (name,), length in zip(some("SELECT name FROM entity WHERE article_count > 0 AND length(name) > 4"), [1, 2, 3, 4] * count)]),
        Endpoint("timeline", "timeline of an entity", "SELECT article FROM appearance WHERE entity = ?1",
                 [(f"/v1/entities/{quote(name)}/timeline?interval=month", (key,)) for name, key in entities]),
    ]


def key_after(until):
    """The first key of the day behind."""
    end = datetime.strptime(until, "%Y-%m-%d").replace(tzinfo=timezone.utc) + timedelta(days=1)
    return (int(end.timestamp()) + 11676096000) * 4096
