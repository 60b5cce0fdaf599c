/* post.c - the numbered seat, apart from whoever holds it. */
#include "modules/organisation/organisation.h"

/* clang-format off */
static const struct field fields[] = {
	[POST_CODE]       = { "code",       N_("Post number"),     T_CODE, .max = 32,  .flags = REQUIRED | LISTED },
	[POST_TITLE]      = { "title",      N_("Title"),           T_TEXT, .max = 200, .flags = REQUIRED | LISTED | SEARCHED },
	[POST_UNIT]       = { "unit",       N_("Unit"),            T_REF,  .ref = &unit_entity, .flags = REQUIRED | LISTED },
	[POST_CATEGORY]   = { "category",   N_("Staff category"),  T_PACK, .of = "categories", .flags = REQUIRED | LISTED },
	[POST_ECHELON]    = { "echelon",    N_("Echelon"),         T_PACK, .of = "echelons", .flags = LISTED | EXPECTED,
	                      .help = N_("Only of a structural post.") },
	[POST_RANK_LOW]   = { "rank_low",   N_("Lowest rank"),     T_PACK, .of = "ranks", .flags = LISTED | EXPECTED },
	[POST_RANK_HIGH]  = { "rank_high",  N_("Highest rank"),    T_PACK, .of = "ranks", .flags = LISTED | EXPECTED,
	                      .not_below = "rank_low" },
	[POST_HEADS_UNIT] = { "heads_unit", N_("Heads its unit"),  T_BOOL,
	                      .help = N_("Not stated of any post: the highest echelon of the unit heads it.") },
	[POST_JOB_CLASS]  = { "job_class",  N_("Job class"),       T_REF,  .ref = &job_class_entity },
};
/* clang-format on */

/* An echelon belongs to structural posts alone (MP-21), and a structural post states its band (MP-28). */
static void band_and_echelon(struct ctx *c, const struct record *old, const struct record *new)
{
	(void)old;
	struct str category = c->codes->text(c->codes->arg, record_get(new, POST_CATEGORY, 0));
	bool structural = str_is(category, CATEGORY_STRUCTURAL);
	if (!structural && record_has(new, POST_ECHELON))
		problem_at(c->problems, NULL, 0, "echelon",
			   "a %.*s post has no echelon; leave the cell empty or make the post structural",
			   (int)category.n, category.p);
	static const int band[] = { POST_ECHELON, POST_RANK_LOW, POST_RANK_HIGH };
	for (size_t i = 0; structural && i < COUNT(band); i++)
		if (!record_has(new, band[i]))
			problem_at(c->problems, NULL, 0, fields[band[i]].name,
				   "a structural post states its echelon and its lowest and highest rank; fill in this "
				   "one");
}

static const struct rule rules[] = {
	{ "band_and_echelon", "MP-21 MP-28", band_and_echelon },
};

const struct entity post_entity = {
	.name = "post",
	.title = N_("Post"),
	.titles = N_("Posts"),
	.help = N_("A numbered seat of a unit. It exists whether somebody holds it or not."),
	.kind = THING,
	FIELDS(fields),
	RULES(rules),
	.see = MAY_ANYBODY,
	.write = MAY_HOUSE_WRITE,
};
