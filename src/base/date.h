/* date.h - civil dates as day numbers: days since 1970-01-01, proleptic Gregorian. No clocks, no zones but zone.h's. */
#ifndef MERIT_BASE_DATE_H
#define MERIT_BASE_DATE_H

#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

typedef int32_t date; /* day number */
#define DATE_NONE INT32_MIN
#define DATE_MIN (-719162) /* 0001-01-01 */
#define DATE_MAX 2932896   /* 9999-12-31 */

date date_of(int year, int month, int day); /* the parts must make a day: bug() otherwise */
void date_parts(date d, int *ret_year, int *ret_month, int *ret_day);
int date_year(date d);
bool date_exists(int year, int month, int day);
int date_month_days(int year, int month);

/* Reads YYYY-MM-DD and nothing else. False when s is not of that form or no such day exists ("2008-02-30"). */
bool date_parse(struct str s, date *ret);
#define DATE_TEXT 11                                       /* YYYY-MM-DD and NUL */
const char *date_text(date d, char out[static DATE_TEXT]); /* "" for DATE_NONE; returns out */
const char *date_words(date d, char out[static 32]);       /* "1 February 2009"; "" for DATE_NONE */

/* Adds calendar months: keeps the day number or takes the month's last day. n may be negative. */
date date_add_months(date d, int n);
/* Days later or, when negative, earlier; DATE_NONE stays, beyond the calendar its first or last day is answered. */
date date_add_days(date d, int32_t days);
/* Full months from a to b: the greatest n with date_add_months(a, n) <= b; 0 when b < a. */
int date_months_between(date a, date b);
date date_month_end(date d);

/* The instant (microseconds UTC since 1970) at which day d begins in an IANA zone ("Asia/Jakarta"), and the civil day
 * of an instant there. An unknown zone: false. */
bool zone_exists(const char *zone);
bool zone_day_start(const char *zone, date d, int64_t *ret_us);
bool zone_day_of(const char *zone, int64_t us, date *ret);
bool zone_minute_of(const char *zone, int64_t us, date *ret_day, int *ret_minute); /* and the minute of that day */
int64_t clock_now_us(void);                                                        /* now */

#endif
