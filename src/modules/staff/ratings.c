/* ratings.c - yearly ratings, results and sanctions: what happened on a day. */
#include "entity/record.h"
#include "modules/staff/staff.h"

enum { TOOL, YEAR, SCORE, LOWEST, ASSESSOR, DELIVERED_ON, RATING_PROOF };
enum { EXAM, PASSED, EXAM_PROOF };
enum { COURSE, COURSE_SCORE, COURSE_PROOF };
enum { KIND, GRACE_UNTIL, SANCTION_DECREE, SANCTION_PROOF };

/* clang-format off */
static const struct field rating_fields[] = {
	[TOOL]         = { "tool",             N_("Tool"),                  T_PACK,    .of = "tools", .flags = REQUIRED | KEY | LISTED },
	[YEAR]         = { "year",             N_("Year"),                  T_INT,     .min = 1945, .max = 2200, .flags = REQUIRED | KEY | YEAR_END | LISTED },
	[SCORE]        = { "score",            N_("Score"),                 T_PERCENT, .flags = REQUIRED | CONFIDENTIAL },
	[LOWEST]       = { "lowest_component", N_("Lowest component"),      T_PERCENT, .flags = CONFIDENTIAL,
	                   .help = N_("The lowest of the components that were scored.") },
	[ASSESSOR]     = { "assessor",         N_("Assessor"),              T_PERSON,  .ref = &person_entity },
	[DELIVERED_ON] = { "delivered_on",     N_("Delivered on"),          T_DATE,
	                   .help = N_("The day from which the days for an objection are counted.") },
	[RATING_PROOF] = PROOF_FIELD,
};

static const struct field exam_fields[] = {
	[EXAM]       = { "exam",   N_("Examination"), T_REF,  .ref = &exam_entity, .flags = REQUIRED | KEY | LISTED },
	[PASSED]     = { "passed", N_("Passed"),      T_BOOL, .flags = REQUIRED | LISTED },
	[EXAM_PROOF] = PROOF_FIELD,
};

static const struct field course_fields[] = {
	[COURSE]       = { "course", N_("Course"), T_REF,     .ref = &course_entity, .flags = REQUIRED | KEY | LISTED },
	[COURSE_SCORE] = { "score",  N_("Score"),  T_PERCENT, .flags = LISTED | EXPECTED },
	[COURSE_PROOF] = PROOF_FIELD,
};

static const struct field sanction_fields[] = {
	[KIND]            = { "kind",        N_("Kind"),     T_PACK, .of = "sanction_kinds", .flags = REQUIRED | KEY | CONFIDENTIAL },
	[GRACE_UNTIL]     = { "grace_until", N_("Runs until"), T_DATE, .flags = CONFIDENTIAL | EXPECTED,
	                      .help = N_("The last day; empty: no end is stated.") },
	[SANCTION_DECREE] = { "decree",      N_("Decree"),   T_TEXT, .max = 100, .flags = REQUIRED | CONFIDENTIAL | SEARCHED },
	[SANCTION_PROOF]  = PROOF_FIELD,
};
/* clang-format on */

static void last_day_is_not_before_the_first(struct ctx *c, const struct record *old, const struct record *new)
{
	(void)old;
	if (record_get(new, GRACE_UNTIL, new->valid_from) < new->valid_from)
		problem_at(c->problems, NULL, 0, "grace_until",
			   "the last day %s is before the day of the decision, %s; correct one of them",
			   problem_day(c->problems, (date)record_get(new, GRACE_UNTIL, 0)),
			   problem_day(c->problems, new->valid_from));
}

static const struct rule sanction_rules[] = { { "last_day_is_not_before_the_first", "PP 30/1980",
						last_day_is_not_before_the_first } };

const struct entity rating_entity = {
	.name = "rating",
	.title = N_("Yearly rating"),
	.titles = N_("Yearly ratings"),
	.help = N_("The list of assessment of one year, true on its last day. Its scores are confidential."),
	.kind = EVENT,
	FIELDS(rating_fields),
	.owner = &person_entity,
	.owner_column = "staff_number",
	.see = MAY_PEOPLE,
	.write = MAY_PEOPLE_WRITE,
};

const struct entity exam_result_entity = {
	.name = "exam_result",
	.title = N_("Examination result"),
	.titles = N_("Examination results"),
	.help = N_("That an examination was taken on a day, and whether it was passed."),
	.kind = EVENT,
	FIELDS(exam_fields),
	.owner = &person_entity,
	.owner_column = "staff_number",
	.day = "taken_on",
	.day_in_key = true,
	.see = MAY_PEOPLE,
	.write = MAY_PEOPLE_WRITE,
};

const struct entity course_result_entity = {
	.name = "course_result",
	.title = N_("Course result"),
	.titles = N_("Course results"),
	.help = N_("That a course was completed on a day, with the score where one was given."),
	.kind = EVENT,
	FIELDS(course_fields),
	.owner = &person_entity,
	.owner_column = "staff_number",
	.day = "completed_on",
	.day_in_key = true,
	.see = MAY_PEOPLE,
	.write = MAY_PEOPLE_WRITE,
};

const struct entity sanction_entity = {
	.name = "sanction",
	.title = N_("Sanction"),
	.titles = N_("Sanctions"),
	.help = N_("A sanction of discipline from the day it was decided. Confidential."),
	.kind = EVENT,
	FIELDS(sanction_fields),
	RULES(sanction_rules),
	.owner = &person_entity,
	.owner_column = "staff_number",
	.day = "decided_on",
	.day_in_key = true,
	.see = MAY_PEOPLE,
	.write = MAY_PEOPLE_WRITE,
};
