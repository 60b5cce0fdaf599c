/* number.h - exact numbers read from and written as text. No floating point anywhere. */
#ifndef MERIT_BASE_NUMBER_H
#define MERIT_BASE_NUMBER_H

#include "base/buf.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

/* A whole number with optional minus sign; false on anything else or overflow. */
bool number_parse(struct str s, int64_t *ret);
/* A decimal with at most `places` digits after a point, as an integer of the smallest unit: ("79.5", 2) gives 7950.
 * False on more digits, an exponent, a comma, no digit, or overflow. */
bool decimal_parse(struct str s, int places, int64_t *ret);
/* Writes 7950 as "79.5", 9100 as "91" (places 2): no zeros at the end, no point without digits. */
void decimal_add(struct buf *b, int64_t v, int places);
/* With all its places, and a sign between groups of three digits (0: none): 61,242 and 79.50. */
void number_add(struct buf *b, int64_t v, int places, char point, char group);
/* Bytes as lower-case hexadecimal, and back; parse is false on odd length or a foreign digit or a length other than n.
 */
void hex_add(struct buf *b, const void *p, size_t n);
bool hex_parse(struct str s, void *out, size_t n);
void base64_add(struct buf *b, const void *p, size_t n);           /* RFC 4648 with padding */
bool base64_parse(struct arena *a, struct str s, struct str *ret); /* strict */

#endif
