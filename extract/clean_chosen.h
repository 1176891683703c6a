#ifndef QUOTED_EXTRACT_CLEAN_CHOSEN_H
#define QUOTED_EXTRACT_CLEAN_CHOSEN_H

/* The gentle cleaning of a story that a reader chose by the page's structure (document.chosen): what stands in it is story unless its
   words surely say otherwise. Internal to extract/clean*; pure. */

#include "extract/clean_unit.h"

/* Gives every unit its role; the units are weighed and their metadata lines marked. */
void chosen_clean(struct units *units);

#endif
