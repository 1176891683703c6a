#ifndef QUOTED_SERVER_ACCEPT_H
#define QUOTED_SERVER_ACCEPT_H

/* Content negotiation (RFC 9110 section 12.5.1). Thread-safe. */

#include "base/span.h"

/* True if the Accept header (data NULL: none) allows media_type: the most specific range that covers it has a weight above zero. A header
 * of which nothing can be understood allows everything. */
bool accept_allows(struct span accept, struct span media_type);

#endif
