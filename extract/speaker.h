#ifndef QUOTED_EXTRACT_SPEAKER_H
#define QUOTED_EXTRACT_SPEAKER_H

/* From the mention beside a quote to whom it means, and the memory of who spoke and acted last while a story is read from its begin to its
   end. Thread rule: one reader a story. */

#include "extract/cue.h"

/* Who spoke. */
struct speaker {
    int entity;          /* SPEAKER_NONE where the mention means nobody known */
    struct range tokens; /* of the mention; empty where none */
};

/* A person's last name as a token and whom it means. */
struct surname {
    uint64_t lower; /* as struct token's; 0: free place */
    int entity;     /* SPEAKER_NONE where several people have it */
};

struct speakers {
    const struct story *story;
    const struct frame *frames;
    const struct clauses *clauses;  /* one a sentence, as frames */
    const struct surname *surnames; /* open addressing */
    size_t surname_mask;
    /* The last who spoke, in marks or without, and where. */
    struct speaker last;
    size_t last_sentence;
    uint32_t last_paragraph;
    bool last_reported; /* without marks */
    bool has_last;
    /* The person who is the subject of the last sentence that has one. */
    int subject;
    uint32_t subject_paragraph;
};

/* Nobody has spoken yet. RESULT_MEMORY. */
enum result speakers_init(struct arena *arena, const struct story *story, const struct frame *frames, const struct clauses *clauses,
                          struct speakers *ret) MUST_USE;
struct speaker speaker_resolve(const struct speakers *speakers, const struct frame *frame, struct place place);
/* The subject of a sentence's main clause; saying: classes that its verb must have, 0 for any. */
bool sentence_subject(const struct speakers *speakers, size_t sentence, uint32_t saying, struct place *ret);
/* True if the last speaker spoke in this paragraph. */
bool speakers_same_paragraph(const struct speakers *speakers, const struct frame *frame);

void speakers_note(struct speakers *speakers, size_t sentence, struct speaker speaker, bool reported);
/* Somebody may speak in a sentence without marks: a quote that follows without a cue is his. */
void speakers_note_reported(struct speakers *speakers, size_t sentence);
void speakers_note_subject(struct speakers *speakers, size_t sentence);

struct range node_tokens(const struct frame *frame, uint32_t first, uint32_t last);

#endif
