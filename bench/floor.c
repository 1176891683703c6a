/* floor DB SECONDS FILE: what SQLite alone needs for the rows of a query, in this process, without HTTP, JSON or anything else. FILE has on
   its first line the SQL, with ?1, ?2 ... in it, and below a line of values, separated by tabs, for each request. Several queries that one
   answer needs stand on the first line with " ;; " between them and get the same values. Runs them in the order of the lines until the time
   is over and prints one JSON object: requests, and the median, mean and 99th percentile of microseconds a request. Every column of every
   row is read. */

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/time.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

enum { QUERIES_MAX = 8, VALUES_MAX = 8, SAMPLES_MAX = 1 << 20, REQUESTS_MAX = 1 << 18 };

struct floor {
    sqlite3 *db;
    sqlite3_stmt *queries[QUERIES_MAX];
    size_t query_count;
    struct span requests[REQUESTS_MAX];
    size_t request_count;
    double samples[SAMPLES_MAX]; /* microseconds */
    size_t sample_count;
    uint64_t rows, bytes;
    char *file; /* what the requests borrow from */
};

static void floor_free(struct floor **pointer) {
    struct floor *floor = *pointer;
    if (!floor)
        return;
    for (size_t i = 0; i < floor->query_count; i++)
        sqlite3_finalize(floor->queries[i]);
    sqlite3_close(floor->db);
    free(floor->file);
    free(floor);
}

static bool complain(struct floor *floor) {
    fprintf(stderr, "floor: %s\n", sqlite3_errmsg(floor->db));
    return false;
}

static bool prepare(struct floor *floor, struct span line) {
    for (size_t at = 0; at < line.length && floor->query_count < QUERIES_MAX;) {
        size_t end = span_find(line, SPAN(" ;; "), at);
        struct span sql = span_slice(line, at, end);
        if (sqlite3_prepare_v3(floor->db, sql.data, (int)sql.length, SQLITE_PREPARE_PERSISTENT, &floor->queries[floor->query_count],
                               NULL) != SQLITE_OK)
            return complain(floor);
        floor->query_count++;
        at = end == SIZE_MAX ? line.length : end + 4;
    }
    return floor->query_count > 0;
}

static bool load(struct floor *floor, const char *path) {
    CLEANUP(buffer_done) struct buffer bytes;
    buffer_init(&bytes, 256 << 20);
    FILE *file = fopen(path, "rb");
    while (file && !feof(file) && !ferror(file)) {
        char *place = buffer_reserve(&bytes, 1 << 16);
        if (!place)
            break;
        buffer_grown(&bytes, fread(place, 1, 1 << 16, file));
    }
    if (file)
        fclose(file);
    size_t length;
    struct span rest = buffer_span(&bytes), line;
    floor->file = buffer_take(&bytes, &length);
    if (!file || !floor->file || !span_split(&rest, '\n', &line) || !prepare(floor, line))
        return false;
    while (span_split(&rest, '\n', &line) && floor->request_count < REQUESTS_MAX)
        if (line.length > 0)
            floor->requests[floor->request_count++] = line;
    return floor->request_count > 0;
}

/* Numbers are numbers: SQLite compares a key with a text only after turning it into one each time. */
static void bind(sqlite3_stmt *query, int index, struct span value) {
    char *end = NULL;
    char text[64];
    snprintf(text, sizeof text, "%.*s", SPAN_PRINT(value));
    long long number = strtoll(text, &end, 10);
    if (value.length > 0 && value.length < sizeof text && *end == '\0')
        sqlite3_bind_int64(query, index, number);
    else
        sqlite3_bind_text(query, index, value.data, (int)value.length, SQLITE_STATIC);
}

static bool run_query(struct floor *floor, sqlite3_stmt *query, struct span values) {
    struct span value;
    int wanted = sqlite3_bind_parameter_count(query), status;
    for (int i = 1; i <= wanted && span_split(&values, '\t', &value); i++)
        bind(query, i, value);
    while ((status = sqlite3_step(query)) == SQLITE_ROW) {
        floor->rows++;
        for (int i = 0; i < sqlite3_column_count(query); i++)
            if (sqlite3_column_type(query, i) == SQLITE_TEXT && sqlite3_column_text(query, i))
                floor->bytes += (uint64_t)sqlite3_column_bytes(query, i);
    }
    sqlite3_reset(query);
    return status == SQLITE_DONE || complain(floor);
}

static int by_value(const void *a, const void *b) {
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static bool measure(struct floor *floor, double seconds) {
    int64_t begin = time_monotonic_ns(), now = begin;
    for (size_t at = 0; (double)(now - begin) / 1e9 < seconds && floor->sample_count < SAMPLES_MAX; at = (at + 1) % floor->request_count) {
        int64_t before = now;
        for (size_t i = 0; i < floor->query_count; i++)
            if (!run_query(floor, floor->queries[i], floor->requests[at]))
                return false;
        now = time_monotonic_ns();
        floor->samples[floor->sample_count++] = (double)(now - before) / 1e3;
    }
    size_t count = floor->sample_count;
    qsort(floor->samples, count, sizeof *floor->samples, by_value);
    double mean = (double)(now - begin) / 1e3 / (double)count;
    printf("{\"requests\": %zu, \"median\": %.2f, \"mean\": %.2f, \"p99\": %.2f, \"rows\": %.1f, \"bytes\": %.0f, \"sqlite\": \"%s\"}\n",
           count, floor->samples[count / 2], mean, floor->samples[count - 1 - count / 100], (double)floor->rows / (double)count,
           (double)floor->bytes / (double)count, sqlite3_libversion());
    return true;
}

int main(int count, char **arguments) {
    CLEANUP(floor_free) struct floor *floor = calloc(1, sizeof *floor);
    if (count != 4 || !floor) {
        fputs("usage: floor DB SECONDS FILE\n", stderr);
        return 2;
    }
    if (sqlite3_open_v2(arguments[1], &floor->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        return complain(floor), 1;
    sqlite3_exec(floor->db, "PRAGMA mmap_size = 1073741824; PRAGMA cache_size = -65536; BEGIN", NULL, NULL, NULL);
    return load(floor, arguments[3]) && measure(floor, strtod(arguments[2], NULL)) ? 0 : 1;
}
