/* staff_now.c - what holds today of everybody: the row behind lists, scope and search. */
#include "entity/ctx.h"
#include "modules/staff/staff.h"

enum {
	NAME,
	NAME_FOLD,
	SEX,
	BIRTH_DATE,
	EDUCATION,
	JOINED_ON,
	CATEGORY,
	RANK,
	RANK_FROM,
	RANK_PLACE,
	SENIORITY,
	POST,
	POST_TITLE_NOW,
	UNIT,
	UNIT_ORDER,
	ECHELON,
	STATUS_HELD,
	STATUS
};

/* From the highest rank down, within a rank from who has held it longest: 2^24 days are 45,000 years. */
static int64_t seniority(struct ctx *c, const int64_t *row)
{
	(void)c;
	if (row[RANK_PLACE] == 0)
		return PROJECT_NOTHING;
	return (-row[RANK_PLACE] * (INT64_C(1) << 24)) + row[RANK_FROM];
}

/* Who has no row yet is active from the day of joining. */
static int64_t status(struct ctx *c, const int64_t *row)
{
	if (row[STATUS_HELD])
		return row[STATUS_HELD];
	int64_t active = c->codes->number(c->codes->arg, "statuses", STR(STATUS_ACTIVE));
	return row[JOINED_ON] && active ? active : PROJECT_NOTHING;
}

/* clang-format off */
static const struct projected columns[] = {
	[NAME]           = { .name = "name",        .from = &person_entity,         .field = PERSON_NAME },
	[NAME_FOLD]      = { .name = "name_fold",   .from = &person_entity,         .field = PERSON_NAME, .folded = true },
	[SEX]            = { .name = "sex",         .from = &person_entity,         .field = PERSON_SEX },
	[BIRTH_DATE]     = { .name = "birth_date",  .from = &person_entity,         .field = PERSON_BIRTH_DATE },
	[EDUCATION]      = { .name = "education",   .from = &person_entity,         .field = PERSON_EDUCATION },
	[JOINED_ON]      = { .name = "joined_on",   .from = &person_entity,         .field = PERSON_JOINED_ON },
	[CATEGORY]       = { .name = "category",    .from = &person_entity,         .field = PERSON_CATEGORY },
	[RANK]           = { .name = "rank",        .from = &rank_history_entity,   .field = 0 },
	[RANK_FROM]      = { .name = "rank_from",   .from = &rank_history_entity,   .field = PROJECT_FROM },
	[RANK_PLACE]     = { .name = "rank_place",  .from = &rank_history_entity,   .field = 0, .place = true },
	[SENIORITY]      = { .name = "seniority",   .compute = seniority },
	[POST]           = { .name = "post",        .from = &post_history_entity,   .field = 0 },
	[POST_TITLE_NOW] = { .name = "post_title",  .from = &post_history_entity,   .field = 0, .then = &post_entity, .then_field = POST_TITLE },
	[UNIT]           = { .name = "unit",        .from = &post_history_entity,   .field = 0, .then = &post_entity, .then_field = POST_UNIT },
	[UNIT_ORDER]     = { .name = "unit_order",  .from = &post_history_entity,   .field = 0, .then = &post_entity, .then_field = POST_UNIT,
	                     .order = true, .scope = true },
	[ECHELON]        = { .name = "echelon",     .from = &post_history_entity,   .field = 0, .then = &post_entity, .then_field = POST_ECHELON },
	[STATUS_HELD]    = { .name = "status_held", .from = &status_history_entity, .field = 0 },
	[STATUS]         = { .name = "status",      .compute = status },
};
/* clang-format on */

/* A reach and a status are looked at in the index, before the row is. */
static const char *const indexes[] = {
	"INDEX staff_now_name ON staff_now (name_fold, id, unit_order, status)",
	"INDEX staff_now_unit ON staff_now (unit_order, name_fold, id, status)",
	"INDEX staff_now_rank ON staff_now (rank, name_fold, id, unit_order)",
	"INDEX staff_now_seniority ON staff_now (seniority, id, unit_order, status)",
	"INDEX staff_now_post ON staff_now (post)",
	NULL,
};

const struct projection staff_now_projection = {
	.name = "staff_now",
	.of = &person_entity,
	.columns = columns,
	.ncolumns = (int)COUNT(columns),
	.indexes = indexes,
};
