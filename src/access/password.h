/* password.h - Argon2id over libsodium (19 MiB, two passes), secrets for cookies and letters, comparing without
 * telling. */
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

/* 32 random bytes as 43 letters of base64url, and the hash under which a store keeps a secret. */
#define SECRET_TEXT 44
void secret_new(char ret[static SECRET_TEXT]);
void secret_hash(struct str secret, const char *purpose, unsigned char ret[static 32]);
bool secret_same(const void *a, const void *b, size_t n); /* takes the same time for all */
/* A word of 10 letters and digits that cannot be mistaken for each other, in two groups, for letters on paper. */
#define LETTER_CODE 16
void secret_letter(char ret[static LETTER_CODE]);

#endif
