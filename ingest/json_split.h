#ifndef QUOTED_INGEST_JSON_SPLIT_H
#define QUOTED_INGEST_JSON_SPLIT_H

/* Cuts a stream of JSON into its documents without reading it whole: one object, objects after one another (a line each or spread over
   several), or an array of them. Only brackets, strings and commas are followed; what is inside is the reader's. Memory is bounded by the
   longest document. A document that breaks off is refused with the line where it begins, and the next line that begins one where it did
   goes on; that a broken one can be told from one that is spread over lines is why the grammar is followed and not only the brackets. One
   thread at a time. */

#include "ingest/feed.h"
#include "ingest/input.h"

/* RESULT_OK also where documents were refused. Other results: those of the input and of the feed's callbacks; RESULT_MEMORY. */
enum result json_split(struct feed *feed, struct input *input, struct error *error) MUST_USE;

#endif
