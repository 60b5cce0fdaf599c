/* pace.h - which pages take long: those that do are drawn in the pool, so that nobody behind them on a loop waits.
 *
 * A row says PAGE_SLOW where it always does. The others are watched, since what a page costs depends on the store.
 */
#ifndef MERIT_WEB_PACE_H
#define MERIT_WEB_PACE_H

#include "web/site.h"

struct pace;
struct pace *pace_new(const struct site *s);
void pace_free(struct pace *p);
bool pace_is_slow(const struct pace *p, const struct page *page);    /* also until it has been drawn a few times */
void pace_took(struct pace *p, const struct page *page, int64_t us); /* of this thread's processor */
int64_t pace_now(void);

#endif
