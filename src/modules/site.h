/* site.h - what the pages of the whole program share beside the modules' own rows; inner to modules/. */
#ifndef MERIT_MODULES_SITE_H
#define MERIT_MODULES_SITE_H

#include "face/face.h"

/* Rounds by their number or by the words of their title, for /find. */
MUST_CHECK enum err site_find(struct request *q, struct str words, size_t most, size_t *ret_n, struct str *ret_only);
/* Words and abbreviations of the civil service, for /help/words; ended by a row without word. */
extern const struct word site_words[];

#endif
