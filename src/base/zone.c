/* zone.c - civil days of a time zone, and the clock. Zone rules are ICU's, so the machine needs no zone files. */
#include "base/arena.h"
#include "base/date.h"
#include "base/error.h"

#include <math.h>
#include <pthread.h>
#include <unicode/ucal.h>
#include <unicode/ustring.h>

#define DAY_MS 86400000.0
#define DAY_US INT64_C(86400000000)
#define MINUTE_US 60000000
#define ZONE_NAME 64

/* The zone that a thread asked for last: a store has one, so one is enough. */
struct zone {
	char name[ZONE_NAME];
	UCalendar *calendar;
	double from, until; /* milliseconds: where `offset` is known to hold */
	int64_t offset;     /* milliseconds east of UTC */
};

static _Thread_local struct zone *mine;
static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void zone_free(void *p)
{
	struct zone *z = p;
	ucal_close(z->calendar);
	free(z);
}

static void make_key(void)
{
	if (pthread_key_create(&key, zone_free))
		bug("no thread key is left");
}

static bool widen(const char *zone, UChar out[static ZONE_NAME])
{
	size_t n = strlen(zone);
	if (n == 0 || n >= ZONE_NAME)
		return false;
	for (size_t i = 0; i <= n; i++) {
		if ((unsigned char)zone[i] >= 0x80)
			return false;
		out[i] = (UChar)zone[i];
	}
	return true;
}

bool zone_exists(const char *zone)
{
	UChar wide[ZONE_NAME], canonical[ZONE_NAME * 2];
	UBool known = false;
	UErrorCode status = U_ZERO_ERROR;
	if (!zone || !widen(zone, wide) || text_is(zone, "Etc/Unknown"))
		return false;
	ucal_getCanonicalTimeZoneID(wide, -1, canonical, ZONE_NAME * 2, &known, &status);
	return U_SUCCESS(status) && known;
}

static struct zone *zone_open(const char *name)
{
	if (mine && text_is(mine->name, name))
		return mine;
	if (!zone_exists(name))
		return NULL;
	pthread_once(&once, make_key);
	UChar wide[ZONE_NAME];
	widen(name, wide);
	UErrorCode status = U_ZERO_ERROR;
	UCalendar *calendar = ucal_open(wide, -1, "en", UCAL_GREGORIAN, &status);
	if (U_FAILURE(status))
		bug("ICU cannot open the zone %s: %s", name, u_errorName(status));
	if (mine)
		zone_free(mine);
	mine = xcalloc(1, sizeof *mine);
	snprintf(mine->name, sizeof mine->name, "%s", name);
	mine->calendar = calendar;
	pthread_setspecific(key, mine);
	return mine;
}

static double transition(struct zone *z, UTimeZoneTransitionType type, double none)
{
	UErrorCode status = U_ZERO_ERROR;
	UDate when;
	return ucal_getTimeZoneTransitionDate(z->calendar, type, &when, &status) && U_SUCCESS(status) ? when : none;
}

static int64_t offset_at(struct zone *z, double ms)
{
	if (ms >= z->from && ms < z->until)
		return z->offset;
	UErrorCode status = U_ZERO_ERROR;
	ucal_setMillis(z->calendar, ms, &status);
	z->offset = ucal_get(z->calendar, UCAL_ZONE_OFFSET, &status) + ucal_get(z->calendar, UCAL_DST_OFFSET, &status);
	if (U_FAILURE(status))
		bug("ICU cannot tell the offset of %s: %s", z->name, u_errorName(status));
	z->from = transition(z, UCAL_TZ_TRANSITION_PREVIOUS_INCLUSIVE, -INFINITY);
	z->until = transition(z, UCAL_TZ_TRANSITION_NEXT, INFINITY);
	return z->offset;
}

bool zone_day_start(const char *zone, date d, int64_t *ret_us)
{
	struct zone *z = zone_open(zone);
	if (!z)
		return false;
	/* No offset is a whole day, and no zone changes twice in two days: the day before tells the offset that
	 * midnight would have without a change. Where midnight is skipped, the day begins with the change. */
	double local = d * DAY_MS, t = local - (double)offset_at(z, local - DAY_MS);
	double reached = t + (double)offset_at(z, t);
	if (reached < local) {
		t = local - (double)z->offset;
		offset_at(z, t);
	} else if (reached > local) {
		/* either midnight fell into the gap, or the clocks went forward earlier on the way to it */
		double sooner = local - (double)z->offset;
		t = sooner >= z->from ? sooner : z->from;
	}
	*ret_us = (int64_t)t * 1000;
	return true;
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

bool zone_minute_of(const char *zone, int64_t us, date *ret_day, int *ret_minute)
{
	struct zone *z = zone_open(zone);
	if (!z)
		return false;
	int64_t local = us + offset_at(z, (double)floor_div(us, 1000)) * 1000, day = floor_div(local, DAY_US);
	*ret_day = (date)day;
	*ret_minute = (int)((local - day * DAY_US) / MINUTE_US);
	return true;
}

bool zone_day_of(const char *zone, int64_t us, date *ret)
{
	int minute;
	return zone_minute_of(zone, us, ret, &minute);
}

int64_t clock_now_us(void)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}
