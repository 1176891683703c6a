#ifndef QUOTED_EXTRACT_DOCUMENT_H
#define QUOTED_EXTRACT_DOCUMENT_H

/* What a reader hands to the extractor: an article as blocks of text in reading order, with what the format itself told about it. Text is
   well-formed UTF-8 with \n line ends; nothing is normalized yet. Everything is borrowed from the reader's arena. */

#include "base/span.h"
#include "base/time.h"

enum block_kind {
    BLOCK_PARAGRAPH,
    BLOCK_HEADING,
    BLOCK_LIST_ITEM,
    BLOCK_QUOTATION, /* a block quote */
};

struct block {
    struct span text;
    enum block_kind kind;
};

struct document {
    struct span title; /* empty: to be found */
    const struct block *blocks;
    size_t block_count;
    bool whole;      /* all blocks are story: clean nothing */
    bool chosen;     /* the reader knew the page and chose the story: only what is surely none is taken out */
    struct span url; /* as given */
    struct span source_name;
    struct span language;
    struct span section;
    struct moment published;
    const char *published_from; /* static */
    const struct span *authors;
    size_t author_count;
};

#endif
