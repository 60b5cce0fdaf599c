/* competency.c - one catalogue of competencies for all modules (HR-29), and what each job class asks of them (MP-109).
 */
#include "modules/organisation/organisation.h"

enum { CODE, NAME, KIND, SCOPE, LEVELS };

/* clang-format off */
static const struct field fields[] = {
	[CODE]   = { "code",   N_("Competency code"), T_CODE, .max = 32,  .flags = REQUIRED | LISTED },
	[NAME]   = { "name",   N_("Name"),            T_TEXT, .max = 200, .flags = REQUIRED | LISTED | SEARCHED },
	[KIND]   = { "kind",   N_("Kind"),            T_ENUM, .of = "knowledge skill attitude behaviour", .flags = REQUIRED | LISTED },
	[SCOPE]  = { "scope",  N_("Scope"),           T_ENUM, .of = "organisation job", .flags = REQUIRED | LISTED },
	[LEVELS] = { "levels", N_("Highest level"),   T_INT,  .min = 1, .max = 20, .flags = REQUIRED | LISTED },
};

enum { COMPETENCY, LEVEL };
static const struct field asked_fields[] = {
	[COMPETENCY] = { "competency", N_("Competency"),    T_REF, .ref = &competency_entity, .flags = REQUIRED | LANE | KEY | LISTED },
	[LEVEL]      = { "level",      N_("Lowest level"),  T_INT, .min = 1, .max = 20, .flags = REQUIRED | LISTED },
};
/* clang-format on */

static void level_exists(struct ctx *c, const struct record *old, const struct record *new)
{
	(void)old;
	struct record *competency;
	int64_t level = record_get(new, LEVEL, 0);
	enum err e = read_thing(c, &competency_entity, record_get(new, COMPETENCY, 0),
				(struct moment){ new->valid_from, 0 }, &competency);
	if (e == E_OK && level > record_get(competency, LEVELS, level))
		problem_at(c->problems, NULL, 0, "level",
			   "%d is above the highest level of %.*s, %d; write a lower one", (int)level,
			   (int)competency->code.n, competency->code.p, (int)record_get(competency, LEVELS, 0));
}

static const struct rule asked_rules[] = { { "level_exists", "MP-109", level_exists } };

const struct entity competency_entity = {
	.name = "competency",
	.title = N_("Competency"),
	.titles = N_("Competencies"),
	.help = N_("Knowledge, a skill, an attitude or a behaviour, and how many levels of it are told apart."),
	.kind = THING,
	FIELDS(fields),
	.see = MAY_ANYBODY,
	.write = MAY_HOUSE_WRITE,
};

const struct entity job_competency_entity = {
	.name = "job_competency",
	.title = N_("Competency that a job asks for"),
	.titles = N_("Competencies that jobs ask for"),
	.help = N_("The lowest level of one competency that holders of a job class must show."),
	.kind = SERIES,
	FIELDS(asked_fields),
	RULES(asked_rules),
	.owner = &job_class_entity,
	.child = true,
	.see = MAY_ANYBODY,
	.write = MAY_HOUSE_WRITE,
};
