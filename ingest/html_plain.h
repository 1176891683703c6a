#ifndef QUOTED_INGEST_HTML_PLAIN_H
#define QUOTED_INGEST_HTML_PLAIN_H

/* Values of metadata are meant as text but are often HTML once more: "Mills &amp; Moor", "<p>By Ann Example</p>". Thread-safe. */

#include "base/arena.h"

/* One line of text: character references read, tags taken out, white space collapsed. The empty span on failure (arena_failed). */
struct span html_plain(struct arena *arena, struct span value);

#endif
