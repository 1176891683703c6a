#ifndef QUOTED_SERVER_WATCH_H
#define QUOTED_SERVER_WATCH_H

/* Connections and until when each may take for what it does now. A client that sends a byte now and then keeps any idle timeout from
   firing; here a head, a body and the taking of a reply have an end that no byte moves. A thread of its own looks around and shuts the
   sockets down whose time is over; whoever owns them then sees them end and closes them. Thread-safe. */

#include <stdint.h>

#include "base/result.h"

struct watch;
struct watched; /* one connection */

enum {
    HEAD_MS = 15000,        /* from the last reply, or the connection, to a whole head; an idle connection is kept as long */
    BODY_MS = 10000,        /* bodies are ignored: none is longer than BODY_BYTES_MAX */
    REPLY_MS = 30000,       /* to take a reply, and */
    REPLY_BYTES_PER_MS = 8, /* more time for each that many bytes: slower than any modem */
};

enum result watch_start(struct watch **ret) MUST_USE;
void watch_stop(struct watch *watch); /* takes NULL; no connection may be left */

/* Begins with HEAD_MS; NULL where memory lacks. */
struct watched *watch_add(struct watch *watch, int socket);
/* The connection's socket may be closed after this. Takes NULL. */
void watch_remove(struct watch *watch, struct watched *watched);
/* From now on the connection may take this long. Takes NULL. */
void watch_allow(struct watched *watched, int64_t milliseconds);

#endif
