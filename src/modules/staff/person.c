/* person.c - a civil servant, under an inner key that never changes; staff numbers are dated aliases of it. */
#include "modules/staff/staff.h"

static const char *const sexes[] = { N_("woman"), N_("man"), NULL };

/* clang-format off */
static const struct field fields[] = {
	[PERSON_NAME]       = { "name",       N_("Name"),           T_TEXT, .max = 200, .flags = REQUIRED | LISTED | SEARCHED },
	[PERSON_SEX]        = { "sex",        N_("Sex"),            T_ENUM, .of = "F M", .said = sexes, .flags = REQUIRED },
	[PERSON_BIRTH_DATE] = { "birth_date", N_("Born on"),        T_DATE, .flags = REQUIRED | NOT_BEFORE },
	[PERSON_EDUCATION]  = { "education",  N_("Education"),      T_PACK, .of = "education", .flags = REQUIRED | LISTED },
	[PERSON_JOINED_ON]  = { "joined_on",  N_("Joined on"),      T_DATE, .flags = REQUIRED | FIRST_DAY | LISTED },
	[PERSON_CATEGORY]   = { "category",   N_("Staff category"), T_PACK, .of = "categories", .flags = REQUIRED | LISTED },
};

static const struct field number_fields[] = {
	{ "number", N_("Staff number"), T_CODE, .max = 32, .flags = REQUIRED | LISTED },
};
/* clang-format on */

static const struct alias staff_number = {
	.series = &person_number_entity,
	.column = "staff_number",
	.former = "former_number",
	.from = "number_from",
	.prefix = "P",
};

const struct entity person_entity = {
	.name = "person",
	.title = N_("Person"),
	.titles = N_("People"),
	.help = N_("A civil servant. A change, such as a new diploma, is a new row from its day."),
	.kind = THING,
	FIELDS(fields),
	.alias = &staff_number,
	.see = MAY_PEOPLE,
	.write = MAY_PEOPLE_WRITE,
};

const struct entity person_number_entity = {
	.name = "person_number",
	.title = N_("Staff number"),
	.titles = N_("Staff numbers"),
	.help = N_("The numbers under which a person was known, each from its day; every one of them finds the person "
		   "for ever."),
	.kind = SERIES,
	FIELDS(number_fields),
	.owner = &person_entity,
	.owner_column = "staff_number",
	.see = MAY_PEOPLE,
	.write = MAY_PEOPLE_WRITE,
};
