/* staff_now.c - what holds today of everybody: the row behind lists, scope and search. */
#include "modules/staff/staff.h"

/* clang-format off */
static const struct projected columns[] = {
	{ .name = "name",      .from = &person_entity,         .field = PERSON_NAME },
	{ .name = "name_fold", .from = &person_entity,         .field = PERSON_NAME, .folded = true },
	{ .name = "education", .from = &person_entity,         .field = PERSON_EDUCATION },
	{ .name = "category",  .from = &person_entity,         .field = PERSON_CATEGORY },
	{ .name = "rank",      .from = &rank_history_entity,   .field = 0 },
	{ .name = "post",      .from = &post_history_entity,   .field = 0 },
	{ .name = "unit",      .from = &post_history_entity,   .field = 0, .then = &post_entity, .then_field = POST_UNIT },
	{ .name = "echelon",   .from = &post_history_entity,   .field = 0, .then = &post_entity, .then_field = POST_ECHELON },
	{ .name = "status",    .from = &status_history_entity, .field = 0 },
};
/* clang-format on */

static const char *const indexes[] = {
	"INDEX staff_now_name ON staff_now (name_fold, id)",
	"INDEX staff_now_unit ON staff_now (unit, name_fold, id)",
	NULL,
};

const struct projection staff_now_projection = {
	.name = "staff_now",
	.of = &person_entity,
	.columns = columns,
	.ncolumns = (int)COUNT(columns),
	.indexes = indexes,
};
