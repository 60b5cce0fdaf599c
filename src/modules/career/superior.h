/* superior.h - who stands above whom on a day. */
#ifndef MERIT_MODULES_CAREER_SUPERIOR_H
#define MERIT_MODULES_CAREER_SUPERIOR_H

#include "modules/career/career.h"

/* Column of person numbers: the holder of the post that heads the own post's unit, else its acting holder; vacant or
 * the person's own: the parent unit's, and so on up; NONE: nobody. Needs post and unit. Source: PP 99/2000; users'
 * "whose superior". */
MUST_CHECK enum err superior_derive(struct population *p, int32_t *column);
/* Column of that person's rank; NONE: nobody, or without rank. */
MUST_CHECK enum err superior_derive_rank(struct population *p, int32_t *column);

/* Whom and what the way up passed: units, the posts that head them, and who holds those or acts. */
MUST_CHECK enum err superior_looked(struct population *p, const bool *take, const struct looked *ret);

/* The same for one person of a unit, today, from the lists of what holds; 0: nobody. */
MUST_CHECK enum err superior_now(struct ctx *c, int64_t person, int64_t unit, int64_t *ret);

#endif
