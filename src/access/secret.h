/* secret.h - secrets for cookies, tokens and letters, and comparing them without telling. */
#ifndef MERIT_ACCESS_SECRET_H
#define MERIT_ACCESS_SECRET_H

#include "base/text.h"

/* 32 random bytes as 43 letters of base64url, and the hash under which a store keeps a secret. */
#define SECRET_TEXT 44
void secret_new(char ret[static SECRET_TEXT]);
void secret_hash(struct str secret, const char *purpose, unsigned char ret[static 32]);
bool secret_same(const void *a, const void *b, size_t n); /* takes the same time for all */
/* A word of 10 letters and digits that cannot be mistaken for each other, in two groups, for letters on paper. */
#define LETTER_CODE 16
void secret_letter(char ret[static LETTER_CODE]);

#endif
