#ifndef QUOTED_INGEST_FORMAT_H
#define QUOTED_INGEST_FORMAT_H

/* What an input is, by its name and its first bytes. Pure; thread-safe. */

#include "ingest/ingest.h"

/* The format of an input of that name that begins with head. wanted other than FORMAT_AUTO wins over the guess. RESULT_INVALID with a
   message where it is nothing that is read: empty, an archive, a picture. */
enum result format_detect(struct span path, struct span head, enum ingest_format wanted, enum ingest_format *ret,
                          struct error *error) MUST_USE;
/* True where the bytes begin with the byte order mark of UTF-16. */
bool format_is_utf16(struct span head);

#endif
