#ifndef QUOTED_TRAIN_TAGGED_H
#define QUOTED_TRAIN_TAGGED_H

/* Training and development text for the name tagger: files of "token TAB tag" lines (BIO over PER, ORG, LOC), an empty line between
   sentences,
   "-DOCSTART-" between documents; turned into running text that quoted's own tokenizer and sentence splitter cut, so that training sees
   what decoding sees. Not thread-safe. */

#include "extract/name.h"

struct tagged_document {
    struct tokens tokens;
    struct stretches stretches;
    struct sentences sentences;
    struct names guesses;  /* of the rules */
    const uint8_t *labels; /* beside tokens; see extract/tagger.h */
};

struct tagged {
    struct tagged_document *documents;
    size_t count;
    size_t capacity;
    struct arena arena; /* holds all of it */
};

void tagged_init(struct tagged *tagged);
void tagged_done(struct tagged *tagged);
/* Appends the documents of a file; false and a message on standard error where it cannot be read. */
bool tagged_read(struct tagged *tagged, const char *path);

#endif
