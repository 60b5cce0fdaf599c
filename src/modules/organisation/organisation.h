/* organisation.h - units as a dated tree, numbered posts apart from their holders, jobs and what they ask, and the
 * catalogues of courses and examinations (here, since staff's results refer to them).
 * Sources: MP-19 MP-21 HR-23 MP-28 MP-36 HR-29. */
#ifndef MERIT_MODULES_ORGANISATION_H
#define MERIT_MODULES_ORGANISATION_H

#include "entity/read.h"
#include "modules/administration/administration.h"

extern const struct module organisation_module;
extern const struct entity unit_entity, post_entity, job_class_entity, job_element_entity, competency_entity,
	job_competency_entity, exam_entity, course_entity;
extern const struct projection unit_now_projection, post_now_projection;

/* The one category whose posts have an echelon and a band (MP-19, MP-21, MP-28). Packs word it as they like; the code
 * is fixed by what files hold. */
#define CATEGORY_STRUCTURAL "structural"

/* Field numbers that later modules read. */
enum unit_field { UNIT_CODE, UNIT_NAME, UNIT_PARENT, UNIT_KIND };
enum post_field {
	POST_CODE,
	POST_TITLE,
	POST_UNIT,
	POST_CATEGORY,
	POST_ECHELON,
	POST_RANK_LOW,
	POST_RANK_HIGH,
	POST_HEADS_UNIT,
	POST_JOB_CLASS
};

/* The units of one day as arrays, for everybody who walks the tree. Immutable; lives in the ctx's arena. */
struct units;
MUST_CHECK enum err units_load(struct ctx *c, struct moment at, struct units **ret);
int64_t units_parent(const struct units *u, int64_t unit);          /* 0: the top, or not a unit of that day */
bool units_under(const struct units *u, int64_t unit, int64_t top); /* unit is top or below it */
int64_t units_greatest(const struct units *u);

/* The same as units_under() for one unit, without loading all of them. */
MUST_CHECK enum err unit_above(struct ctx *c, int64_t unit, int64_t top, struct moment at, bool *ret);

/* The post that heads the unit of this preorder number today: a flagged one, else the highest echelon, else the lowest
 * code; 0: it has no posts. */
MUST_CHECK enum err unit_head(struct ctx *c, int64_t order, int64_t *ret);

/* Codes from a unit up to the top, nearest first (struct round_kind's unit_path). */
MUST_CHECK enum err unit_path(struct ctx *c, int64_t unit, struct moment at, const struct str **ret, size_t *ret_n);

#endif
