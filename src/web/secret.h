/* secret.h - random values for cookies and hidden fields, and comparing them without telling how much fits. */
#ifndef MERIT_WEB_SECRET_H
#define MERIT_WEB_SECRET_H

#include "base/text.h"

#define TOKEN_LEAST 20 /* letters of a token of ours, and more */
struct str token_new(struct arena *a);
bool token_same(struct str a, struct str b); /* false when either is too short to be one */

#endif
