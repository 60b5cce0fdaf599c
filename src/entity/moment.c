/* moment.c - the two dates that a person may ask about. */
#include "base/number.h"
#include "entity/read.h"

static enum err refuse(struct ctx *c, const char *what, const char *written, const char *todo)
{
	problem_at(c->problems, NULL, 0, what, "\"%s\" cannot be read; %s", written, say(c->problems->lang, todo));
	return E_INVALID;
}

/* A date stands for the last entry of that day in the store's zone. */
static enum err position_of_day(struct ctx *c, date d, int64_t *ret)
{
	int64_t next;
	if (d >= DATE_MAX || !zone_day_start(c->zone, d + 1, &next))
		return refuse(c, "known-at", say(c->problems->lang, N_("the day")), N_("write a day of this calendar"));
	TRY(entry_at(c->store, next - 1, ret));
	if (*ret > 0)
		return E_OK;
	problem_at(c->problems, NULL, 0, "known-at",
		   "nothing was known yet on %s; choose a day on or after the first entry",
		   problem_day(c->problems, d));
	return E_INVALID;
}

static enum err position_of_number(struct ctx *c, int64_t n, int64_t *ret)
{
	int64_t head = ledger_head(c->ledger);
	if (n < 1 || n > head) {
		problem_at(c->problems, NULL, 0, "known-at",
			   "there is no entry %lld; the last one is %lld, so choose from 1 to it", (long long)n,
			   (long long)head);
		return E_INVALID;
	}
	*ret = n;
	return E_OK;
}

enum err moment_parse(struct ctx *c, const char *as_of, const char *known_at, struct moment *ret)
{
	struct moment m = { .day = DATE_NONE };
	date d;
	int64_t n;
	if (as_of && !date_parse(str_of(as_of), &m.day))
		return refuse(c, "as-of", as_of, N_("write a day as YYYY-MM-DD"));
	if (!known_at) {
		*ret = m;
		return E_OK;
	}
	if (date_parse(str_of(known_at), &d))
		TRY(position_of_day(c, d, &m.position));
	else if (number_parse(str_of(known_at), &n))
		TRY(position_of_number(c, n, &m.position));
	else
		return refuse(c, "known-at", known_at, N_("write a day as YYYY-MM-DD or the number of an entry"));
	*ret = m;
	return E_OK;
}
