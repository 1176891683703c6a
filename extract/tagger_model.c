#include "extract/tagger.h"

/* The bytes of data/tagger.model, put into the program by the assembler; the build gives the path. */
__asm__(
    ".pushsection .rodata\n"
    ".balign 64\n"
    ".global tagger_model_bytes\n"
    "tagger_model_bytes:\n"
    ".incbin \"" TAGGER_MODEL
    "\"\n"
    ".popsection\n");
extern const struct tagger_header tagger_model_bytes;

const struct tagger_header *tagger_model(void) {
    return &tagger_model_bytes;
}
