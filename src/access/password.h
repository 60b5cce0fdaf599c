/* password.h - Argon2id over libsodium (19 MiB, two passes), and which passwords are taken. */
#ifndef MERIT_ACCESS_PASSWORD_H
#define MERIT_ACCESS_PASSWORD_H

#include "base/error.h"
#include "base/text.h"

#define PASSWORD_TEXT 128 /* of a stored hash with NUL */
#define PASSWORD_LEAST 10 /* characters; longer ones need no rules of composition (NIST SP 800-63B) */
#define PASSWORD_MOST 200

/* About 12 ms and 19 MiB each: only from the pool, at most two at a time. E_FAULT: no memory. */
MUST_CHECK enum err password_hash(struct str password, char ret[static PASSWORD_TEXT]);
bool password_fits(struct str password, const char *hash);
/* True when a hash was made with weaker settings than those of now. */
bool password_stale(const char *hash);
/* NULL when it may be used, else "what is wrong; what to do" (N_()). known: name, sign-in name, staff number … that it
 * must not contain. */
const char *password_refused(struct str password, const struct str *known, size_t nknown);

#endif
