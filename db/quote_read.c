#include "base/public_id.h"
#include "db/quote.h"
#include "db/row.h"
#include "db/scan.h"

#define BOTH(name)                                                                                                                         \
    { STATEMENT_QUOTES_##name##_NEWEST, STATEMENT_QUOTES_##name##_OLDEST }

static const struct scan_kind quotes = {
    .all = BOTH(ALL),
    .by_source = BOTH(BY_SOURCE),
    .by_language = BOTH(BY_LANGUAGE),
    .by_section = BOTH(BY_SECTION),
    .by_author = BOTH(BY_AUTHOR),
    .search = BOTH(SEARCH),
    .arrival = STATEMENT_QUOTES_ARRIVAL,
    .relevance = STATEMENT_QUOTES_RELEVANCE,
    .index = SEARCH_QUOTES,
    .weight_of_source = 1,
    .low = KEY_LOWEST * (1 << KEY_ORDINAL_BITS),
    .high = KEY_HIGHEST * (1 << KEY_ORDINAL_BITS) + (1 << KEY_ORDINAL_BITS) - 1,
};

enum {
    AFFIX_CODE_POINTS = 32,       /* of prefix and suffix: what a TextQuoteSelector needs to find the place again */
    CONTEXT_SIDE_BYTES = 4096,    /* of a paragraph before and behind the quote; a page's worth of text in one paragraph is no context */
    QUOTES_PER_ARTICLE_GUESS = 8, /* for choosing a driver */
};

/* --- lists -------------------------------------------------------------------------------------------------------------------------------
 */

enum part { IN_SPEECH = 1, AS_SUBJECT = 2 };

static struct scan_driver driver_of(enum part part, int64_t key) {
    static const enum statement_id speaker[] = BOTH(BY_SPEAKER);
    static const enum statement_id about[] = BOTH(BY_ABOUT);
    const enum statement_id *ids = part == IN_SPEECH ? speaker : about;
    return (struct scan_driver){.newest = ids[0], .oldest = ids[1], .number = key, .low = INT64_MIN, .high = INT64_MAX};
}

/* parts: which of an entity's quotes the filter means. */
static enum result offer_entities(struct scan *scan, const struct key_filter *filter, int parts, int parameter) {
    if (filter->include_count == 0 || filter->include_count > SCAN_DRIVERS_MAX)
        return RESULT_OK;
    struct scan_driver drivers[2 * SCAN_DRIVERS_MAX];
    size_t count = 0;
    int64_t weight = 0;
    for (size_t i = 0; i < filter->include_count; i++) {
        int64_t columns[3];
        enum result result = scan_weigh(scan->db, STATEMENT_WEIGHT_ENTITY, filter->include[i], columns);
        if (result != RESULT_OK)
            return result;
        if (parts & IN_SPEECH) {
            drivers[count++] = driver_of(IN_SPEECH, filter->include[i]);
            weight += columns[1];
        }
        if (parts & AS_SUBJECT) {
            drivers[count++] = driver_of(AS_SUBJECT, filter->include[i]);
            weight += columns[2];
        }
    }
    scan_offer(scan, drivers, count, weight, parameter);
    return RESULT_OK;
}

/* Each article's quotes are a range of keys. */
static void offer_articles(struct scan *scan, const struct key_filter *filter) {
    if (filter->include_count == 0 || filter->include_count > SCAN_DRIVERS_MAX)
        return;
    struct scan_driver drivers[SCAN_DRIVERS_MAX];
    for (size_t i = 0; i < filter->include_count; i++)
        drivers[i] = (struct scan_driver){
            .newest = quotes.all[0],
            .oldest = quotes.all[1],
            .low = key_first_quote(filter->include[i]),
            .high = key_last_quote(filter->include[i]),
        };
    scan_offer(scan, drivers, filter->include_count, (int64_t)filter->include_count * QUOTES_PER_ARTICLE_GUESS, SCAN_ARTICLE);
}

static enum result offer_drivers(struct scan *scan, const struct db_quote_query *query) {
    offer_articles(scan, &query->article);
    enum result result = scan_offer_common(scan, &query->source, &query->language, &query->section, &query->author);
    if (result == RESULT_OK)
        result = offer_entities(scan, &query->speaker, IN_SPEECH, SCAN_SPEAKER);
    if (result == RESULT_OK)
        result = offer_entities(scan, &query->about, AS_SUBJECT, SCAN_ABOUT);
    if (result == RESULT_OK)
        result = offer_entities(scan, &query->entity, IN_SPEECH | AS_SUBJECT, SCAN_ENTITY);
    return result;
}

static const char *kind_name(int kind) {
    return quote_kind_name((enum quote_kind)kind);
}

static const char *type_name(int type) {
    return entity_type_name((enum entity_type)type);
}

static enum result filter_keys(struct scan *scan, const struct db_quote_query *query) {
    enum result result = scan_keys(scan, SCAN_SOURCE, &query->source);
    if (result == RESULT_OK)
        result = scan_keys(scan, SCAN_ENTITY, &query->entity);
    if (result == RESULT_OK)
        result = scan_keys(scan, SCAN_SPEAKER, &query->speaker);
    if (result == RESULT_OK)
        result = scan_keys(scan, SCAN_ABOUT, &query->about);
    if (result == RESULT_OK)
        result = scan_keys(scan, SCAN_ARTICLE, &query->article);
    return result;
}

static enum result filter_words(struct scan *scan, const struct db_quote_query *query) {
    enum result result = scan_words(scan, SCAN_LANGUAGE, &query->language);
    if (result == RESULT_OK)
        result = scan_words(scan, SCAN_AUTHOR, &query->author);
    if (result == RESULT_OK)
        result = scan_words(scan, SCAN_SECTION, &query->section);
    if (result == RESULT_OK)
        result = scan_names(scan, SCAN_KINDS, query->kinds, (1 << QUOTE_KIND_COUNT) - 1, kind_name);
    if (result == RESULT_OK)
        result = scan_names(scan, SCAN_SPEAKER_TYPES, query->speaker_types, (1 << ENTITY_TYPE_COUNT) - 1, type_name);
    return result;
}

static enum result prepare(struct scan *scan, struct db *db, struct arena *arena, const struct db_quote_query *query) {
    scan_init(scan, db, arena, &quotes);
    scan->confidence = query->min_confidence;
    enum result result = scan_query(scan, query->q);
    if (result == RESULT_OK && query->has_published) {
        int64_t low = 0, high = 0;
        result = key_range(db, query->published, &low, &high);
        if (low > high)
            scan->nothing = true;
        scan->low = key_first_quote(low);
        scan->high = key_last_quote(high);
    }
    if (result == RESULT_OK && query->has_added)
        result = scan_added(scan, query->added);
    if (result == RESULT_OK)
        result = filter_keys(scan, query);
    if (result == RESULT_OK)
        result = filter_words(scan, query);
    return result == RESULT_OK ? offer_drivers(scan, query) : result;
}

/* --- what is cut out of the article ------------------------------------------------------------------------------------------------------
 */

static bool begins_character(char byte) {
    return ((unsigned char)byte & 0xc0) != 0x80;
}

/* The byte offset count characters before (after) at. */
static size_t step_back(struct span text, size_t at, size_t count) {
    while (at > 0 && count > 0)
        if (begins_character(text.data[--at]))
            count--;
    return at;
}

static size_t step_forward(struct span text, size_t at, size_t count) {
    while (at < text.length) {
        if (begins_character(text.data[at]) && count-- == 0)
            break;
        at++;
    }
    return at;
}

/* Where the paragraph that holds [start, end) begins and ends, or CONTEXT_SIDE_BYTES away. */
static struct span paragraph(struct span text, size_t start, size_t end) {
    size_t from = start;
    size_t lowest = start > CONTEXT_SIDE_BYTES ? start - CONTEXT_SIDE_BYTES : 0;
    while (from > lowest && !(from >= 2 && text.data[from - 1] == '\n' && text.data[from - 2] == '\n'))
        from--;
    size_t to = end;
    size_t highest = text.length - end > CONTEXT_SIDE_BYTES ? end + CONTEXT_SIDE_BYTES : text.length;
    while (to < highest && !(to + 1 < text.length && text.data[to] == '\n' && text.data[to + 1] == '\n'))
        to++;
    while (from < start && !begins_character(text.data[from]))
        from++;
    while (to > end && to < text.length && !begins_character(text.data[to]))
        to--;
    return span_slice(text, from, to);
}

static void cut_out(struct span text, size_t start, size_t end, struct arena *arena, struct db_quote *quote) {
    if (start > end || end > text.length)
        return;
    quote->prefix = arena_copy(arena, span_slice(text, step_back(text, start, AFFIX_CODE_POINTS), start));
    quote->suffix = arena_copy(arena, span_slice(text, end, step_forward(text, end, AFFIX_CODE_POINTS)));
    quote->context = arena_copy(arena, paragraph(text, start, end));
}

/* --- rows --------------------------------------------------------------------------------------------------------------------------------
 */

/* Neighbouring quotes are often of one article: its text stays in the statement until another is needed. */
struct text_holder {
    struct statement *statement;
    int64_t article;
    struct span text; /* borrowed from the statement */
};

static enum result hold_text(struct text_holder *holder, int64_t article) {
    if (holder->text.data && holder->article == article)
        return RESULT_OK;
    struct db *db = holder->statement->db;
    holder->statement = statement_get(db, STATEMENT_ARTICLE_TEXT);
    holder->text = (struct span){0};
    bind_int(holder->statement, 1, article);
    bool found = false;
    enum result result = statement_step(holder->statement, &found);
    if (result == RESULT_OK && found)
        holder->text = column_span(holder->statement, 0);
    holder->article = article;
    return result;
}

static struct db_entity_reference read_reference(const struct statement *row, int column, struct arena *arena) {
    return (struct db_entity_reference){column_copy(row, column, arena), column_copy(row, column + 1, arena),
                                        row_entity_type(row, column + 2)};
}

static void read_row(const struct statement *row, struct arena *arena, struct db_quote *ret) {
    *ret = (struct db_quote){
        .key = column_int(row, 0),
        .ordinal = (uint32_t)column_int(row, 2),
        .kind = row_quote_kind(row, 3),
        .confidence = sqlite3_column_double(row->handle, 4),
        .range = {(uint32_t)column_int(row, 5), (uint32_t)column_int(row, 6)},
        .speaker_range = {(uint32_t)column_int(row, 9), (uint32_t)column_int(row, 10)},
        .speaker_text = column_copy(row, 11, arena),
        .cue = column_copy(row, 12, arena),
        .text = column_copy(row, 13, arena),
        .has_speaker = !column_is_null(row, 14),
        .article_id = column_copy(row, 17, arena),
        .article_title = column_copy(row, 18, arena),
        .article_url = column_copy(row, 19, arena),
        .source_id = column_copy(row, 20, arena),
        .source_name = column_copy(row, 21, arena),
        .published = row_moment(row, 22),
        .added = column_int(row, 24),
        .revision = column_int(row, 25),
    };
    if (ret->has_speaker)
        ret->speaker = read_reference(row, 14, arena);
}

static enum result load_about(struct db *db, struct arena *arena, struct db_quote *quote) {
    STATEMENT(select, db, QUOTE_ABOUT);
    bind_int(select, 1, quote->key);
    struct db_entity_reference *items = NULL;
    size_t count = 0, capacity = 0;
    bool row = false;
    enum result result;
    while ((result = statement_step(select, &row)) == RESULT_OK && row) {
        struct db_entity_reference *place = arena_push(arena, (void **)&items, &count, &capacity, sizeof(*items));
        if (!place)
            break;
        *place = read_reference(select, 0, arena);
    }
    quote->about = items;
    quote->about_count = count;
    return result == RESULT_OK ? row_memory(db, arena) : result;
}

static enum result load_quote(struct db *db, struct arena *arena, int64_t key, struct text_holder *holder, struct db_quote *ret) {
    STATEMENT(row, db, QUOTE_ROW);
    bind_int(row, 1, key);
    bool found = false;
    enum result result = statement_step(row, &found);
    if (result != RESULT_OK)
        return result;
    if (!found)
        return db_refuse(db, RESULT_CORRUPT, "an index names a quote that is not there");
    read_row(row, arena, ret);
    if ((result = hold_text(holder, column_int(row, 1))) != RESULT_OK)
        return result;
    cut_out(holder->text, (size_t)column_int(row, 7), (size_t)column_int(row, 8), arena, ret);
    return load_about(db, arena, ret);
}

static enum result list(struct db *db, struct arena *arena, const struct db_quote_query *query, const struct db_page *page,
                        struct db_quote_list *ret) {
    struct scan scan;
    struct scan_rows keys = {0};
    enum result result = prepare(&scan, db, arena, query);
    if (result == RESULT_OK)
        result = scan_page(&scan, page, &keys, &ret->more);
    if (result != RESULT_OK)
        return result;
    struct db_quote *rows = arena_alloc_array(arena, keys.count, sizeof(*rows));
    if (!rows)
        return row_memory(db, arena);
    STATEMENT(text, db, ARTICLE_TEXT);
    struct text_holder holder = {.statement = text};
    for (size_t i = 0; i < keys.count && result == RESULT_OK; i++)
        result = load_quote(db, arena, keys.items[i].key, &holder, &rows[i]);
    ret->rows = rows;
    ret->count = keys.count;
    ret->last = scan_place(&keys);
    return result;
}

enum result db_quote_query(struct db *db, struct arena *arena, const struct db_quote_query *query, const struct db_page *page,
                           struct db_quote_list *ret) {
    bool entered = false;
    enum result result = snapshot_enter(db, &entered);
    if (result != RESULT_OK)
        return result;
    struct db_quote_list found = {0};
    result = list(db, arena, query, page, &found);
    if (result == RESULT_OK)
        *ret = found;
    snapshot_leave(db, entered);
    return result;
}

enum result db_quote_count(struct db *db, const struct db_quote_query *query, int64_t cap, int64_t *ret, bool *ret_capped) {
    bool entered = false;
    enum result result = snapshot_enter(db, &entered);
    if (result != RESULT_OK)
        return result;
    CLEANUP(arena_done) struct arena arena;
    arena_init(&arena, 0);
    struct scan scan;
    result = prepare(&scan, db, &arena, query);
    if (result == RESULT_OK)
        result = scan_count(&scan, cap, ret, ret_capped);
    snapshot_leave(db, entered);
    return result;
}

/* --- one ---------------------------------------------------------------------------------------------------------------------------------
 */

static enum result find_quote(struct db *db, struct span article_id, uint32_t ordinal, int64_t *ret_key) {
    if (ordinal == 0 || ordinal >= 1 << KEY_ORDINAL_BITS)
        return db_refuse(db, RESULT_NOT_FOUND, "no such quote");
    STATEMENT(find, db, QUOTE_FIND);
    bind_text(find, 1, article_id);
    bind_int(find, 2, ordinal);
    bool found = false;
    enum result result = statement_step(find, &found);
    if (result != RESULT_OK)
        return result;
    if (!found)
        return db_refuse(db, RESULT_NOT_FOUND, "no such quote");
    *ret_key = column_int(find, 0);
    return RESULT_OK;
}

static enum result get_quote(struct db *db, struct arena *arena, struct span article_id, uint32_t ordinal, struct db_quote *ret) {
    int64_t key = 0;
    enum result result = find_quote(db, article_id, ordinal, &key);
    if (result != RESULT_OK)
        return result;
    STATEMENT(text, db, ARTICLE_TEXT);
    struct text_holder holder = {.statement = text};
    return load_quote(db, arena, key, &holder, ret);
}

enum result db_quote_get(struct db *db, struct arena *arena, struct span article_id, uint32_t ordinal, struct db_quote *ret) {
    bool entered = false;
    enum result result = snapshot_enter(db, &entered);
    if (result != RESULT_OK)
        return result;
    struct db_quote found = {0};
    result = get_quote(db, arena, article_id, ordinal, &found);
    if (result == RESULT_OK)
        *ret = found;
    snapshot_leave(db, entered);
    return result;
}
