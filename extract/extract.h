#ifndef QUOTED_EXTRACT_EXTRACT_H
#define QUOTED_EXTRACT_EXTRACT_H

/* The whole way from a document to the article value: body, tokens, quotation marks, sentences, names, entities, quotes and speakers. Bytes
   in, spans out; no file, no clock, no database, no network. Thread-safe; one arena a document. */

#include "base/arena.h"
#include "base/article.h"
#include "base/result.h"
#include "extract/document.h"

/* Raised whenever the same input may give another output, so that stored articles can be extracted anew. */
enum { EXTRACTOR_VERSION = 1 };

enum { STORY_BYTES_MAX = 8 << 20 }; /* the longest story that is analysed; offsets stay far inside 32 bits */

/* *ret lives in the arena and borrows from the document. RESULT_INVALID where no story is left, RESULT_TOO_LARGE, RESULT_MEMORY. */
enum result extract_article(struct arena *arena, const struct document *document, struct article *ret, struct error *error) MUST_USE;

#endif
