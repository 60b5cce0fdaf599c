/* job_class.c - a kind of job, described in the elements that the rules name (MP-36). */
#include "modules/organisation/organisation.h"

enum { CODE, TITLE, APPROVED_BY };

/* clang-format off */
static const struct field fields[] = {
	[CODE]        = { "code",        N_("Job class code"), T_CODE, .max = 32,  .flags = REQUIRED | LISTED },
	[TITLE]       = { "title",       N_("Title"),          T_TEXT, .max = 200, .flags = REQUIRED | LISTED | SEARCHED },
	[APPROVED_BY] = { "approved_by", N_("Approved by"),    T_TEXT, .max = 200, .flags = LISTED },
};

enum { ELEMENT, WORDS };
static const struct field element_fields[] = {
	[ELEMENT] = { "element",     N_("Element"),     T_PACK, .of = "job_description_elements",
	              .flags = REQUIRED | LANE | KEY | LISTED },
	[WORDS]   = { "description", N_("Description"), T_NOTE, .flags = REQUIRED | LISTED },
};
/* clang-format on */

const struct entity job_class_entity = {
	.name = "job_class",
	.title = N_("Job class"),
	.titles = N_("Job classes"),
	.help = N_("What posts of one kind have in common; its description is a new version from the day it was "
		   "approved."),
	.kind = THING,
	FIELDS(fields),
	.see = MAY_ANYBODY,
	.write = MAY_HOUSE_WRITE,
};

const struct entity job_element_entity = {
	.name = "job_element",
	.title = N_("Element of a job description"),
	.titles = N_("Elements of job descriptions"),
	.help = N_("One element of the description of a job class, such as its authority or its expected outputs."),
	.kind = SERIES,
	FIELDS(element_fields),
	.owner = &job_class_entity,
	.child = true,
	.see = MAY_ANYBODY,
	.write = MAY_HOUSE_WRITE,
};
