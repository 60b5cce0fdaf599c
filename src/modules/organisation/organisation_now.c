/* organisation_now.c - units and posts as they are today: the rows behind lists, trees and reach. */
#include "modules/organisation/organisation.h"

/* clang-format off */
static const struct projected unit_columns[] = {
	{ .name = "name",       .from = &unit_entity, .field = UNIT_NAME },
	{ .name = "name_fold",  .from = &unit_entity, .field = UNIT_NAME, .folded = true },
	{ .name = "parent",     .from = &unit_entity, .field = UNIT_PARENT },
	{ .name = "kind",       .from = &unit_entity, .field = UNIT_KIND },
	{ .name = "unit_order", .from = &unit_entity, .field = UNIT_PARENT, .order = true, .scope = true },
	{ .name = "unit_last",  .from = &unit_entity, .field = UNIT_PARENT, .last = true },
};

static const struct projected post_columns[] = {
	{ .name = "title",      .from = &post_entity, .field = POST_TITLE },
	{ .name = "title_fold", .from = &post_entity, .field = POST_TITLE, .folded = true },
	{ .name = "unit",       .from = &post_entity, .field = POST_UNIT },
	{ .name = "unit_order", .from = &post_entity, .field = POST_UNIT, .order = true, .scope = true },
	{ .name = "category",   .from = &post_entity, .field = POST_CATEGORY },
	{ .name = "echelon",    .from = &post_entity, .field = POST_ECHELON },
	{ .name = "rank_low",   .from = &post_entity, .field = POST_RANK_LOW },
	{ .name = "rank_high",  .from = &post_entity, .field = POST_RANK_HIGH },
	{ .name = "heads_unit", .from = &post_entity, .field = POST_HEADS_UNIT },
	{ .name = "job_class",  .from = &post_entity, .field = POST_JOB_CLASS },
};
/* clang-format on */

static const char *const unit_indexes[] = {
	"INDEX unit_now_name ON unit_now (name_fold, id)",
	"INDEX unit_now_order ON unit_now (unit_order, id)",
	"INDEX unit_now_parent ON unit_now (parent, unit_order, id)",
	NULL,
};
static const char *const post_indexes[] = {
	"INDEX post_now_title ON post_now (title_fold, id, unit_order)",
	"INDEX post_now_unit ON post_now (unit_order, title_fold, id)",
	"INDEX post_now_of ON post_now (unit, code, id)",
	NULL,
};

const struct projection unit_now_projection = {
	.name = "unit_now",
	.of = &unit_entity,
	.columns = unit_columns,
	.ncolumns = (int)COUNT(unit_columns),
	.indexes = unit_indexes,
};

const struct projection post_now_projection = {
	.name = "post_now",
	.of = &post_entity,
	.columns = post_columns,
	.ncolumns = (int)COUNT(post_columns),
	.indexes = post_indexes,
};
