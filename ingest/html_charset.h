#ifndef QUOTED_INGEST_HTML_CHARSET_H
#define QUOTED_INGEST_HTML_CHARSET_H

/* Which charset a page is in, and its bytes as UTF-8, as browsers decide it (https://encoding.spec.whatwg.org): byte order mark, <meta>
   within the first bytes, "iso-8859-1" meaning Windows-1252; with one difference: what is well-formed UTF-8 beyond ASCII is UTF-8 whatever
   the page says of itself, since who saves pages converts them and leaves the <meta>. Pure; thread-safe. */

#include "base/arena.h"
#include "base/result.h"

/* The page as well-formed UTF-8, without NULs and stray controls, in the arena and writable; ill-formed bytes become what Windows-1252 has
   for them, or U+FFFD. RESULT_INVALID (binary), RESULT_MEMORY. */
enum result html_decode(struct arena *arena, struct span bytes, struct span *ret, struct error *error) MUST_USE;

/* The charset that the page declares, as iconv calls it; NULL where it declares none that is known. Static. */
const char *html_charset_declared(struct span bytes);

#endif
