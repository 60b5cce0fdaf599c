/* api.h - the same as the pages for programs: records as JSON, under the same rights and within the same reach.
 *
 * A record has its key, the day from which it holds (of facts: their day), its fields by the names that spreadsheets
 * have, and under "_known_from" the receipt that wrote it. Texts, codes, dates and percents are strings as in a
 * spreadsheet, whole numbers and booleans are themselves, what is not stated is absent. Confidential fields are absent
 * for who may not read them.
 */
#ifndef MERIT_FACE_API_H
#define MERIT_FACE_API_H

#include "base/json.h"
#include "face/inside.h"
#include "face/listing.h"

/* ---- what came ---- */
/* What may stand in a body beside the fields. */
#define API_WRONGLY "wrongly"
#define API_REASON "reason"
#define API_FACT "_fact" /* in what goes back too */

/* The body as names and texts: an object of strings, whole numbers, decimals, booleans and null (not stated). E_INVALID
 * with problems: not JSON, not an object, a value inside a value, a name twice. */
MUST_CHECK enum err api_body(struct request *q, struct pair **ret, size_t *ret_n);
const struct pair *api_member(const struct pair *body, size_t n, const char *name); /* NULL: absent */
/* Lays the members over a record: fields by name, its day and last day; api_record()'s "_" members and those in `known`
 * (NULL-terminated) are the caller's. Problems name the member. A member that is none of these is a problem. */
MUST_CHECK enum err api_take(struct request *q, const struct pair *body, size_t n, const char *const *known,
			     bool may_closed, struct record *r);

/* ---- what goes back ---- */
/* As a member of an array or alone. Answers whether confidential fields were among it. */
bool api_record(struct request *q, struct json *j, const struct record *r, bool may_closed);
/* The key of the record, or of the fact's owner. */
struct str api_key(struct request *q, const struct record *r);
void api_begin(struct request *q, struct json *j);
size_t api_limit(const struct request *q); /* how many a page: 50 unless told, at most 200 */
/* By this column a list may be narrowed, as is_NAME; ordered, as sort=NAME. */
bool api_list_narrows(const struct listing_column *k);
bool api_list_orders(const struct listing_column *k);
/* E_CONFLICT with a problem: If-Match names another row than this. */
MUST_CHECK enum err api_matches(struct request *q, const struct record *r);

/* ---- handlers, as api_pages.c lists them ---- */
page_half api_root_draw, api_list_draw, api_one_draw, api_facts_draw, api_find_draw, api_openapi_draw, api_rounds_draw,
	api_round_draw, api_people_draw, api_make, api_change, api_fact_write;

#endif
