/* catalogue.c - the catalogues of examinations and courses; a pack seeds them once, offices add to them. */
#include "modules/organisation/organisation.h"

enum { EXAM_CODE, EXAM_NAME };
enum { COURSE_CODE, COURSE_TITLE, COURSE_MODE, COURSE_PASS_MARK };

/* clang-format off */
static const struct field exam_fields[] = {
	[EXAM_CODE] = { "code", N_("Examination code"), T_CODE, .max = 32,  .flags = REQUIRED | LISTED },
	[EXAM_NAME] = { "name", N_("Name"),             T_TEXT, .max = 200, .flags = REQUIRED | LISTED | SEARCHED },
};

static const struct field course_fields[] = {
	[COURSE_CODE]      = { "code",      N_("Course code"), T_CODE,    .max = 32,  .flags = REQUIRED | LISTED },
	[COURSE_TITLE]     = { "title",     N_("Title"),       T_TEXT,    .max = 200, .flags = REQUIRED | LISTED | SEARCHED },
	[COURSE_MODE]      = { "mode",      N_("Delivery"),    T_PACK,    .of = "delivery", .flags = REQUIRED | LISTED },
	[COURSE_PASS_MARK] = { "pass_mark", N_("Pass mark"),   T_PERCENT, .flags = REQUIRED },
};
/* clang-format on */

const struct entity exam_entity = {
	.name = "exam",
	.title = N_("Examination"),
	.titles = N_("Examinations"),
	.help = N_("An examination of the service, such as the one before rank III/a."),
	.kind = THING,
	.timeless = true,
	FIELDS(exam_fields),
	.see = MAY_ANYBODY,
	.write = MAY_HOUSE_WRITE,
};

const struct entity course_entity = {
	.name = "course",
	.title = N_("Course"),
	.titles = N_("Courses"),
	.help = N_("What can be taught, how it is delivered, and the mark from which it counts as completed."),
	.kind = THING,
	.timeless = true,
	FIELDS(course_fields),
	.see = MAY_ANYBODY,
	.write = MAY_HOUSE_WRITE,
};
