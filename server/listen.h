#ifndef QUOTED_SERVER_LISTEN_H
#define QUOTED_SERVER_LISTEN_H

/* A listening socket from an address as the command line has it. Thread-safe. */

#include <stdint.h>

#include "base/result.h"

/* address: "127.0.0.1:8080", "[::1]:8080", "localhost:8080", port 0 for any free one. The socket is the caller's to close. RESULT_INVALID:
 * no address; RESULT_BUSY: the port is in use; RESULT_IO. The message names the address. */
enum result listen_open(const char *address, int *ret_socket, uint16_t *ret_port, struct error *error) MUST_USE;

#endif
