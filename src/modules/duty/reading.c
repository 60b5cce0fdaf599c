/* reading.c - whose file belongs to whom, who read it, and the letters by which people get in. */
#include "modules/duty/duty.h"

#define CENTURY INT64_C(4102444800000000) /* 2100, in microseconds */

/* clang-format off */
static const struct field person_fields[] = {
	{ "person", N_("Own file"), T_REF, .ref = &person_entity, .flags = REQUIRED | SEAT | LISTED },
};

static const struct field read_fields[] = {
	[READ_BY]   = { "reader", N_("Read by"), T_REF,  .ref = &user_entity, .flags = REQUIRED | KEY | LISTED },
	[READ_WHAT] = { "what",   N_("What"),    T_CODE, .max = 64,  .flags = REQUIRED | LISTED | KEY },
	[READ_PAGE] = { "page",   N_("Page"),    T_TEXT, .max = 200, .flags = REQUIRED },
	[READ_AT]   = { "at",     N_("At"),      T_INT,  .max = CENTURY, .flags = REQUIRED | KEY,
	                .help = N_("Microseconds since 1970, UTC.") },
};

static const struct field letter_fields[] = {
	[LETTER_KIND]    = { "kind",    N_("Kind"),     T_ENUM, .of = "activation reset", .flags = REQUIRED | LISTED | KEY },
	[LETTER_AT]      = { "at",      N_("At"),       T_INT,  .max = CENTURY, .flags = REQUIRED | KEY,
	                     .help = N_("Microseconds since 1970, UTC.") },
	[LETTER_CHECKED] = { "checked", N_("Asked"),    T_TEXT, .max = 200,
	                     .help = N_("By which questions the person was known.") },
	[LETTER_REASON]  = { "reason",  N_("Reason"),   T_TEXT, .max = 400, .flags = REQUIRED },
};
/* clang-format on */

const struct entity user_person_entity = {
	.name = "user_person",
	.title = N_("Own file"),
	.titles = N_("Own files"),
	.help = N_("Which person's file is the user's own."),
	.kind = SERIES,
	FIELDS(person_fields),
	.owner = &user_entity,
	.owner_column = "user",
	.see = MAY_USERS,
};

const struct entity file_read_entity = {
	.name = "file_read",
	.title = N_("File read"),
	.titles = N_("Files read"),
	.help = N_("Who read the confidential part of a person's file, when and on which page. Written before it is "
		   "shown."),
	.kind = EVENT,
	FIELDS(read_fields),
	.owner = &person_entity,
	.owner_column = "staff_number",
	.latest_first = true,
	.see = MAY_AUDIT,
};

const struct entity user_letter_entity = {
	.name = "user_letter",
	.title = N_("Letter with a code"),
	.titles = N_("Letters with a code"),
	.help = N_("A code on paper with which somebody signs in for the first time, or again, and why it was given."),
	.kind = EVENT,
	FIELDS(letter_fields),
	.owner = &user_entity,
	.owner_column = "user",
	.see = MAY_USERS,
};
