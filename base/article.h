#ifndef QUOTED_BASE_ARTICLE_H
#define QUOTED_BASE_ARTICLE_H

/* The article value: what the extractor finds, the store keeps and the API renders; one shape all the way. All ranges are code points into
   text as served (NFC, paragraphs separated by one empty line), start inclusive, end exclusive. Everything it points to lives in the arena
   it was made in. */

#include "base/span.h"
#include "base/time.h"

enum entity_type { ENTITY_PERSON, ENTITY_ORGANIZATION, ENTITY_PLACE };
enum { ENTITY_TYPE_COUNT = 3 };

enum quote_kind { QUOTE_DIRECT, QUOTE_MIXED, QUOTE_INDIRECT };
enum { QUOTE_KIND_COUNT = 3 };

/* How a mention names its entity. */
enum mention_form {
    MENTION_NAME,    /* "Vladimir Putin", "Putin", "CCTV" */
    MENTION_NOMINAL, /* "the Kremlin leader" */
    MENTION_PRONOUN, /* "He" */
};
enum { MENTION_FORM_COUNT = 3 };

struct mention {
    struct range range;
    enum mention_form form;
};

struct entity {
    struct span name; /* canonical in this article: the fullest form */
    enum entity_type type;
    const struct span *roles; /* "Chinese President", in order of appearance, no repeats */
    size_t role_count;
    const struct mention *mentions; /* ascending; at least one */
    size_t mention_count;
};

enum { SPEAKER_NONE = -1 };

struct quote {
    struct span text;   /* the words, quotation marks excluded */
    struct range range; /* of text */
    enum quote_kind kind;
    int speaker;                /* index into the article's entities, or SPEAKER_NONE */
    struct span speaker_text;   /* the mention beside the quote ("the Kremlin leader"); empty where none */
    struct range speaker_range; /* of speaker_text; 0,0 where none */
    struct span cue;            /* "said"; empty where none */
    struct range cue_range;
    double confidence; /* 0 to 1: that these words are a quote of this speaker */
    const int *about;  /* indexes into the article's entities, no repeats, the speaker not among them unless others speak of him */
    size_t about_count;
    const char *rule; /* which rule of extract/ decided the speaker; static */
};

/* What the cleaner took out, in the order of the input. */
struct dropped {
    struct span text;
    const char *why; /* static: a word or two, listed in docs/DATA.md */
};

struct article {
    struct span title; /* empty where none was found */
    struct span text;
    struct span language;    /* BCP 47 ("en"); empty where not known */
    struct span url;         /* canonical; empty where none */
    struct span source_name; /* "The Moscow Times"; empty where not known */
    struct span section;
    struct span image_credit;
    struct moment published;
    const char *published_from; /* "metadata", "header" …; static; NULL where not known */
    const struct span *authors;
    size_t author_count;
    const struct dropped *dropped;
    size_t dropped_count;
    const struct entity *entities; /* in order of first mention */
    size_t entity_count;
    const struct quote *quotes; /* ascending by range */
    size_t quote_count;
};

/* The words of the API: "person", "direct", "name". Static. */
const char *entity_type_name(enum entity_type type);
bool entity_type_parse(struct span name, enum entity_type *ret);
const char *quote_kind_name(enum quote_kind kind);
bool quote_kind_parse(struct span name, enum quote_kind *ret);
const char *mention_form_name(enum mention_form form);

#endif
