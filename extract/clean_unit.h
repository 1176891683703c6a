#ifndef QUOTED_EXTRACT_CLEAN_UNIT_H
#define QUOTED_EXTRACT_CLEAN_UNIT_H

/* The cleaner's view of a document: units (a paragraph, a heading, a line) with what can be counted in them. A unit's text is already as
   the story will have it: NFC, single spaces, nothing invisible. Internal to extract/clean*; pure; everything lives in the arena. */

#include "base/arena.h"
#include "base/result.h"
#include "extract/clean_why.h"
#include "extract/document.h"

enum {
    UNIT_WORDS_KEPT = 80, /* words that are looked at one by one; furniture is shorter, and what is longer shows its nature by then */
    WORD_BYTES_KEPT = 48, /* longer words are in no list */
};

struct word {
    struct span lower; /* lower-case, curly apostrophes straight; empty where longer than WORD_BYTES_KEPT */
    uint32_t start;    /* bytes in the unit's text */
    uint32_t end;
    bool capital;
    bool quoted; /* between quotation marks */
};

/* A section of furniture that a unit opens: what follows belongs to it until the story comes back. */
enum section { SECTION_NONE, SECTION_LETTER, SECTION_SIGNUP, SECTION_RELATED, SECTION_COMMENTS, SECTION_BIO };

enum unit_role { ROLE_STORY, ROLE_TITLE, ROLE_DROPPED };

struct unit {
    struct span text;
    enum block_kind kind;
    const struct word *words; /* the first word_kept ones */
    size_t word_kept;
    size_t word_count;  /* scripts without spaces: two characters count as one */
    bool ends_sentence; /* . ! ? … behind the last word, closing marks skipped */
    bool ends_colon;
    bool exclaims;
    bool bulleted;      /* begins with a list's mark */
    size_t we;          /* we, our, us outside quotation marks */
    size_t you;         /* you, your outside quotation marks */
    size_t speech;      /* said, told, according … outside quotation marks */
    size_t quoted;      /* kept words between quotation marks */
    size_t capitals;    /* kept words that begin with a capital */
    size_t separators;  /* | > » · • standing alone */
    bool has_copyright; /* © */
    bool has_address;   /* a URL, an e-mail address or a handle */

    /* What is decided, in this order. */
    enum clean_why furniture; /* the kind of furniture that it most resembles */
    int evidence;             /* how much; see clean_furniture.h */
    enum section opens;       /* the box that it opens */
    enum clean_why meta;      /* date, byline or image credit */
    bool meta_sure;           /* so even between two paragraphs of the story; else it may be a subheading there */
    enum unit_role role;
    enum clean_why why; /* of ROLE_DROPPED */
};

struct units {
    struct unit *items;
    size_t count;
};

/* Cuts the blocks into units; empty ones are left out. RESULT_MEMORY, RESULT_INVALID (not UTF-8). */
enum result units_make(struct arena *arena, const struct document *document, struct units *ret) MUST_USE;

/* The text as a story has it; keep_invisible: with its zero-width spaces and soft hyphens, where all of the input is wanted. RESULT_MEMORY,
 * RESULT_INVALID (not UTF-8). */
enum result clean_normalize(struct arena *arena, struct span text, bool keep_invisible, struct span *ret) MUST_USE;

/* True if the kept word at index (false past the end) is one of the alternatives, "a|b|c". */
bool unit_word_is(const struct unit *unit, size_t index, const char *alternatives);
bool word_is(const struct word *word, const char *alternatives);
/* True if it begins with a digit. */
bool word_is_number(const struct word *word);
/* True if the words from index on match: words separated by spaces, alternatives by '|', "*" for up to four words, "#" for a number, a
   closing
   "$" for the unit's end. */
bool unit_matches_at(const struct unit *unit, size_t index, const char *pattern);
/* Cuts the first of the alternatives off *rest; false when none is left. */
bool next_alternative(const char **rest, struct span *ret);
/* True if both are the same words, case and punctuation apart. */
bool unit_same_words(const struct unit *a, const struct unit *b);
/* The unit that a text makes. */
enum result unit_read(struct arena *arena, struct span text, enum block_kind kind, bool keep_invisible, struct unit *ret) MUST_USE;

#endif
