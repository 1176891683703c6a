-- quoted: the store. This file is the only DDL and the data dictionary; the program carries it as bytes and runs it on a new file.
--
-- Times are seconds since 1970-01-01T00:00:00Z. Offsets named start and end are Unicode code points into article.text, start inclusive, end
-- exclusive; start_byte and end_byte are the same places in bytes of UTF-8. NULL means "not known". Rows point to each other by integer keys,
-- which are internal and may change; what the API shows are the columns named id, which do not.
--
-- Article keys are ordered by time:  key = (published - TIME_MIN) * 4096 + slot,  TIME_MIN = -11676096000 (1600-01-01T00:00:00Z).
--   TIME_MAX - TIME_MIN = 5490719999 + 11676096000 = 17166815999 < 2^34, so a key has at most 34 + 12 = 46 bits.
--   4,096 articles of one second have a slot of their own. A date without a time counts as its midnight. When a second is full, the next
--   article takes the first key behind all articles published at or before the same moment, in the seconds that follow. If an article
--   published later sits there, that one moves up by the same rule. So the order by key always agrees with the order by published, and
--   "latest N", a period and a cursor are ranges of the primary key. Bounds of a period are looked up in article_by_published, because
--   the articles of a full second may lie above the second's own 4,096 keys.
--   Articles without a date have keys from -2^46 upwards, one more for each arrival: newest first, they come after all dated ones.
-- Quote keys are  key = article.key * 4096 + ordinal,  ordinal 1 to 4095: at most 46 + 12 = 58 bits and a sign. A quote's article is key >> 12.

PRAGMA application_id = 1903521652; -- "quot"
PRAGMA user_version = 1;            -- of this schema; a newer one is refused, an older one migrated

-- One row: what the store knows of itself.
CREATE TABLE store (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    secret BLOB NOT NULL,                           -- random bytes made with the file, for sealing cursors
    revision INTEGER NOT NULL DEFAULT 0,            -- of the last committed write; every transaction that writes adds one
    modified INTEGER NOT NULL DEFAULT 0,            -- when that was; never goes back
    arrivals INTEGER NOT NULL DEFAULT 0,            -- the last article.arrival handed out
    articles INTEGER NOT NULL DEFAULT 0,            -- the counts behind /v1/stats, kept exactly by every write
    quotes INTEGER NOT NULL DEFAULT 0,
    quotes_with_speaker INTEGER NOT NULL DEFAULT 0,
    mentions INTEGER NOT NULL DEFAULT 0,
    persons INTEGER NOT NULL DEFAULT 0,             -- entities that appear in at least one article
    organizations INTEGER NOT NULL DEFAULT 0,
    places INTEGER NOT NULL DEFAULT 0,
    sources INTEGER NOT NULL DEFAULT 0              -- with at least one article
) STRICT;

-- An outlet. A source without articles stays, hidden, so that its id is never used for something else.
CREATE TABLE source (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,                        -- the host of its URLs ("example.com"), else the slug of its name
    name TEXT NOT NULL,                             -- as its latest article with a name gives it, else the id
    folded TEXT NOT NULL,                           -- name without case and marks, for sorting and looking up
    article_count INTEGER NOT NULL DEFAULT 0,
    quote_count INTEGER NOT NULL DEFAULT 0,
    revision INTEGER NOT NULL                       -- the store's revision at which this row last changed
) STRICT;
CREATE INDEX source_by_articles ON source (article_count);
CREATE INDEX source_by_name ON source (folded);

-- An article: the story as cleaned, and what is known about it.
CREATE TABLE article (
    key INTEGER PRIMARY KEY,                        -- ordered by time, see above
    id TEXT NOT NULL UNIQUE,                        -- public; derived from the URL, else from the text
    source INTEGER REFERENCES source (key),
    published INTEGER,
    published_precision TEXT CHECK (published_precision IN ('day', 'second')),
    published_from TEXT,                            -- where the date was found: metadata, header …
    added INTEGER NOT NULL,                         -- when it first arrived; never less than that of an earlier arrival
    arrival INTEGER NOT NULL UNIQUE,                -- counts up with each new article; a replaced one keeps its own
    revision INTEGER NOT NULL,                      -- the store's revision at which this article last changed
    word_count INTEGER NOT NULL,                    -- stretches of text between white space
    quote_count INTEGER NOT NULL,
    entity_count INTEGER NOT NULL,
    language TEXT,                                  -- BCP 47
    section TEXT,
    title TEXT,
    url TEXT,                                       -- canonical
    image_credit TEXT,
    text TEXT NOT NULL,                             -- NFC; paragraphs are separated by one empty line. Last, so that lists need not read it
    CHECK ((published IS NULL) = (key < 0)),
    CHECK ((published IS NULL) = (published_precision IS NULL))
) STRICT;
CREATE INDEX article_by_published ON article (published) WHERE published IS NOT NULL;
CREATE INDEX article_by_source ON article (source);
CREATE INDEX article_by_added ON article (added, arrival);
CREATE INDEX article_by_language ON article (language);
CREATE INDEX article_by_section ON article (section);

-- Who wrote an article, in the order of the byline.
CREATE TABLE author (
    article INTEGER NOT NULL REFERENCES article (key) ON UPDATE CASCADE ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (article, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX author_by_name ON author (name, article);

-- A person, organization or place of the corpus. Names that fold to the same form are one entity of each type. An entity that appears
-- nowhere any more stays, hidden, so that its id is never used for something else.
CREATE TABLE entity (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,                        -- slug of the name; with the type behind it where another entity has that slug
    type TEXT NOT NULL CHECK (type IN ('person', 'organization', 'place')),
    folded TEXT NOT NULL,                           -- the name without case, marks and punctuation: its identity within its type
    name TEXT NOT NULL,                             -- the form that most articles use as the full name
    article_count INTEGER NOT NULL DEFAULT 0,       -- articles it appears in; 0: hidden
    mention_count INTEGER NOT NULL DEFAULT 0,       -- mentions in them, pronouns included
    quote_count INTEGER NOT NULL DEFAULT 0,         -- quotes it speaks
    about_count INTEGER NOT NULL DEFAULT 0,         -- quotes about it
    first_article INTEGER,                          -- key of the first dated article it appears in, else the first undated one
    last_article INTEGER,                           -- key of the last
    revision INTEGER NOT NULL,                      -- the store's revision at which this row last changed
    UNIQUE (folded, type)
) STRICT;
CREATE INDEX entity_by_articles ON entity (article_count);
CREATE INDEX entity_by_last_article ON entity (last_article);

-- The forms under which an entity is named.
CREATE TABLE alias (
    key INTEGER PRIMARY KEY,
    entity INTEGER NOT NULL REFERENCES entity (key),
    name TEXT NOT NULL,                             -- as written: "Putin"
    folded TEXT NOT NULL,                           -- for looking up: "putin"
    mention_count INTEGER NOT NULL,                 -- mentions of this form
    name_count INTEGER NOT NULL,                    -- articles in which it is the full name
    UNIQUE (entity, name)
) STRICT;
CREATE INDEX alias_by_folded ON alias (folded);

-- What an entity is called: "Chinese President".
CREATE TABLE role (
    entity INTEGER NOT NULL REFERENCES entity (key),
    name TEXT NOT NULL,
    article_count INTEGER NOT NULL,                 -- articles that say so
    PRIMARY KEY (entity, name)
) STRICT, WITHOUT ROWID;

-- An entity in an article.
CREATE TABLE appearance (
    article INTEGER NOT NULL REFERENCES article (key) ON UPDATE CASCADE ON DELETE CASCADE,
    entity INTEGER NOT NULL REFERENCES entity (key),
    ordinal INTEGER NOT NULL,                       -- order of first mention, from 1
    name_here TEXT NOT NULL,                        -- the fullest form in this article
    roles TEXT NOT NULL,                            -- JSON array of strings
    mention_count INTEGER NOT NULL,
    quote_count INTEGER NOT NULL,                   -- quotes of this article that it speaks
    about_count INTEGER NOT NULL,                   -- quotes of this article about it
    PRIMARY KEY (article, entity)
) STRICT, WITHOUT ROWID;
CREATE INDEX appearance_by_entity ON appearance (entity, article, quote_count, about_count);

-- A place in an article's text that names an entity.
CREATE TABLE mention (
    article INTEGER NOT NULL,
    entity INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,                       -- order in the text, from 1
    form TEXT NOT NULL CHECK (form IN ('name', 'nominal', 'pronoun')),
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    start_byte INTEGER NOT NULL,
    end_byte INTEGER NOT NULL,
    PRIMARY KEY (article, entity, ordinal),
    FOREIGN KEY (article, entity) REFERENCES appearance (article, entity) ON UPDATE CASCADE ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- What somebody said.
CREATE TABLE quote (
    key INTEGER PRIMARY KEY,                        -- article * 4096 + ordinal
    article INTEGER NOT NULL REFERENCES article (key) ON UPDATE CASCADE ON DELETE CASCADE,
    ordinal INTEGER NOT NULL CHECK (ordinal BETWEEN 1 AND 4095), -- order in the text; the public id is article.id-ordinal
    kind TEXT NOT NULL CHECK (kind IN ('direct', 'mixed', 'indirect')),
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1), -- that these words are a quote of this speaker
    speaker INTEGER REFERENCES entity (key),
    start INTEGER NOT NULL,                         -- of the words, quotation marks excluded
    end INTEGER NOT NULL,
    start_byte INTEGER NOT NULL,
    end_byte INTEGER NOT NULL,
    speaker_start INTEGER,                          -- of speaker_text
    speaker_end INTEGER,
    cue_start INTEGER,                              -- of cue
    cue_end INTEGER,
    speaker_text TEXT,                              -- the mention beside the quote: "the Kremlin leader"
    cue TEXT,                                       -- "said"
    rule TEXT,                                      -- which rule of the extractor decided the speaker
    text TEXT NOT NULL
) STRICT;
CREATE INDEX quote_by_article ON quote (article);
CREATE INDEX quote_by_speaker ON quote (speaker) WHERE speaker IS NOT NULL;

-- Whom a quote is about.
CREATE TABLE quote_entity (
    quote INTEGER NOT NULL REFERENCES quote (key) ON UPDATE CASCADE ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,                       -- order in which the extractor gave them, from 1
    entity INTEGER NOT NULL REFERENCES entity (key),
    PRIMARY KEY (quote, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX quote_entity_by_entity ON quote_entity (entity, quote);

-- What the cleaner took out of an article, in the order of the input.
CREATE TABLE dropped (
    article INTEGER NOT NULL REFERENCES article (key) ON UPDATE CASCADE ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    why TEXT NOT NULL,                              -- a word or two, listed in docs/DATA.md
    text TEXT NOT NULL,
    PRIMARY KEY (article, ordinal)
) STRICT, WITHOUT ROWID;

-- The bytes an article was read from.
CREATE TABLE original (
    article INTEGER PRIMARY KEY REFERENCES article (key) ON UPDATE CASCADE ON DELETE CASCADE,
    digest BLOB NOT NULL,                           -- SHA-256 of the bytes as they came in
    value_digest BLOB NOT NULL,                     -- SHA-256 of everything that the extractor made of them
    extractor_version INTEGER NOT NULL,             -- which extractor that was
    media_type TEXT,
    path TEXT,                                      -- where they were read from, for a person
    size INTEGER NOT NULL,                          -- bytes as they came in
    bytes BLOB NOT NULL                             -- compressed: zlib stream (RFC 1950)
) STRICT;
CREATE INDEX original_by_digest ON original (digest, extractor_version);

-- What changed, for those who keep a copy: articles with every change, entities and sources when they come, go or change their name.
CREATE TABLE change (
    revision INTEGER NOT NULL,                      -- of the transaction
    ordinal INTEGER NOT NULL,                       -- order within it
    resource TEXT NOT NULL CHECK (resource IN ('article', 'entity', 'source')),
    id TEXT NOT NULL,                               -- public
    change TEXT NOT NULL CHECK (change IN ('added', 'changed', 'deleted')),
    at INTEGER NOT NULL,
    PRIMARY KEY (revision, ordinal)
) STRICT, WITHOUT ROWID;

-- Full-text indexes. They hold no text of their own. The program indexes new rows itself, a batch at once (db/search_index.h says why), and
-- the triggers keep the indexes in step with what is changed and removed; a row that is in the index has one in its docsize table.
CREATE VIRTUAL TABLE article_search USING fts5 (
    title, text, content = 'article', content_rowid = 'key', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER article_search_delete AFTER DELETE ON article WHEN EXISTS (SELECT 1 FROM article_search_docsize WHERE id = old.key) BEGIN
    INSERT INTO article_search (article_search, rowid, title, text) VALUES ('delete', old.key, old.title, old.text);
END;
CREATE TRIGGER article_search_update AFTER UPDATE OF key, title, text ON article BEGIN
    INSERT INTO article_search (article_search, rowid, title, text) SELECT 'delete', old.key, old.title, old.text
        WHERE EXISTS (SELECT 1 FROM article_search_docsize WHERE id = old.key);
    INSERT INTO article_search (rowid, title, text) VALUES (new.key, new.title, new.text);
END;

CREATE VIRTUAL TABLE quote_search USING fts5 (
    text, content = 'quote', content_rowid = 'key', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER quote_search_delete AFTER DELETE ON quote WHEN EXISTS (SELECT 1 FROM quote_search_docsize WHERE id = old.key) BEGIN
    INSERT INTO quote_search (quote_search, rowid, text) VALUES ('delete', old.key, old.text);
END;
CREATE TRIGGER quote_search_update AFTER UPDATE OF key, text ON quote BEGIN
    INSERT INTO quote_search (quote_search, rowid, text) SELECT 'delete', old.key, old.text
        WHERE EXISTS (SELECT 1 FROM quote_search_docsize WHERE id = old.key);
    INSERT INTO quote_search (rowid, text) VALUES (new.key, new.text);
END;

-- Names while typing: one entry an alias. Not stemmed: names are not words of a language.
CREATE VIRTUAL TABLE alias_search USING fts5 (
    folded, content = 'alias', content_rowid = 'key', tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);
CREATE TRIGGER alias_search_delete AFTER DELETE ON alias WHEN EXISTS (SELECT 1 FROM alias_search_docsize WHERE id = old.key) BEGIN
    INSERT INTO alias_search (alias_search, rowid, folded) VALUES ('delete', old.key, old.folded);
END;
CREATE TRIGGER alias_search_update AFTER UPDATE OF key, folded ON alias BEGIN
    INSERT INTO alias_search (alias_search, rowid, folded) SELECT 'delete', old.key, old.folded
        WHERE EXISTS (SELECT 1 FROM alias_search_docsize WHERE id = old.key);
    INSERT INTO alias_search (rowid, folded) VALUES (new.key, new.folded);
END;

-- For people with a shell or Datasette: articles and quotes with their names spelled out. The program does not use them.
CREATE VIEW article_view AS
    SELECT a.id, datetime(a.published, 'unixepoch') AS published, s.name AS source, a.title, a.url, a.language, a.section,
           (SELECT group_concat(name, ', ') FROM author WHERE article = a.key) AS authors,
           a.word_count, a.quote_count, a.entity_count, datetime(a.added, 'unixepoch') AS added, a.revision, a.text
    FROM article a LEFT JOIN source s ON s.key = a.source;
CREATE VIEW quote_view AS
    SELECT a.id || '-' || q.ordinal AS id, q.text, q.kind, e.name AS speaker, q.speaker_text, q.cue, q.confidence,
           (SELECT group_concat(o.name, ', ') FROM quote_entity b JOIN entity o ON o.key = b.entity WHERE b.quote = q.key) AS about,
           datetime(a.published, 'unixepoch') AS published, s.name AS source, a.title, a.url
    FROM quote q JOIN article a ON a.key = q.article LEFT JOIN entity e ON e.key = q.speaker LEFT JOIN source s ON s.key = a.source;
CREATE VIEW entity_view AS
    SELECT e.id, e.type, e.name, e.article_count, e.mention_count, e.quote_count, e.about_count,
           datetime(f.published, 'unixepoch') AS first_seen, datetime(l.published, 'unixepoch') AS last_seen
    FROM entity e LEFT JOIN article f ON f.key = e.first_article LEFT JOIN article l ON l.key = e.last_article
    WHERE e.article_count > 0;
