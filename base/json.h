#ifndef QUOTED_BASE_JSON_H
#define QUOTED_BASE_JSON_H

/* Writes JSON (RFC 8259) straight into a buffer, without a tree: answering fast is what quoted is for, and an export of a million rows
   must stream. Reading JSON is jansson's work (ingest). Commas, nesting and indentation are the writer's; keys and strings must be
   UTF-8 (ill-formed bytes come out as U+FFFD). Errors stick in the buffer. Not thread-safe.
   No name here may be one of jansson's (json_string, json_real ...): the program's would be called inside that library too. */

#include "base/buffer.h"

enum { JSON_DEPTH_MAX = 32 };

struct json_writer {
    struct buffer *out; /* borrowed */
    int depth;
    bool pretty; /* two spaces a level */
    bool has_items[JSON_DEPTH_MAX];
    bool after_key;
};

void json_writer_init(struct json_writer *writer, struct buffer *out, bool pretty);
void json_object_begin(struct json_writer *writer);
void json_object_end(struct json_writer *writer);
void json_array_begin(struct json_writer *writer);
void json_array_end(struct json_writer *writer);
void json_key(struct json_writer *writer, const char *key);
void json_write_string(struct json_writer *writer, struct span value);
void json_write_int(struct json_writer *writer, int64_t value);
void json_write_real(struct json_writer *writer, double value, int decimals); /* trailing zeros cut; not finite: null */
void json_write_bool(struct json_writer *writer, bool value);
void json_write_null(struct json_writer *writer);
/* An already rendered value, copied as it is. */
void json_write_raw(struct json_writer *writer, struct span value);

/* key and value in one call; the _or_null forms write null for an empty span. */
void json_member_string(struct json_writer *writer, const char *key, struct span value);
void json_member_string_or_null(struct json_writer *writer, const char *key, struct span value);
void json_member_int(struct json_writer *writer, const char *key, int64_t value);
void json_member_bool(struct json_writer *writer, const char *key, bool value);
/* An RFC 3339 time. */
void json_member_time(struct json_writer *writer, const char *key, int64_t seconds);

#endif
