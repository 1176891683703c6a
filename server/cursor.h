#ifndef QUOTED_SERVER_CURSOR_H
#define QUOTED_SERVER_CURSOR_H

/* Cursors: a place in a list, sealed with the store's secret together with the path, filters and order that it belongs to, so that a
   cursor that was tampered with or that comes from another list is refused instead of answered wrongly. Thread-safe. */

#include "base/arena.h"
#include "base/result.h"
#include "db/filter.h"

enum {
    CURSOR_SEAL_BYTES = 12, /* of the HMAC: 96 bits cannot be guessed over a network */
    CURSOR_TEXT_MAX = 2000, /* bytes of a folded name; a longer one would not fit a URL */
};

/* The cursor's text (base64url), in the arena. binding is what the cursor is valid for. RESULT_TOO_LARGE past CURSOR_TEXT_MAX. */
enum result cursor_seal(struct arena *arena, struct span secret, struct span binding, const struct db_place *place,
                        struct span *ret) MUST_USE;
/* RESULT_INVALID where text is no cursor sealed for this binding. place->text lives in the arena. */
enum result cursor_open(struct arena *arena, struct span secret, struct span binding, struct span text, struct db_place *ret) MUST_USE;

#endif
