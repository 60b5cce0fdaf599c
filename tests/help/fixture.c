#include "fixture.h"

#include "base/buf.h"

/* clang-format off */
static const struct field place_fields[] = {
	[PLACE_CODE]   = { "code",   N_("Place code"),   T_CODE, .max = 16, .flags = REQUIRED | UNIQUE | LISTED },
	[PLACE_NAME]   = { "name",   N_("Name"),         T_TEXT, .max = 120, .flags = REQUIRED | LISTED | SEARCHED },
	[PLACE_PARENT] = { "parent", N_("Belongs to"),   T_REF,  .ref = &fixture_place, .flags = TREE },
	[PLACE_KIND]   = { "kind",   N_("Kind"),         T_PACK, .of = "place_kind", .flags = REQUIRED | LISTED },
};
const struct entity fixture_place = {
	.see = MAY_ANYBODY, .write = MAY_HOUSE_WRITE, .name = "place", .title = N_("Place"), .help = N_("A coast, a district or a single light."), .kind = THING, FIELDS(place_fields),
};

static const struct field keeper_fields[] = {
	[KEEPER_NAME]       = { "name",       N_("Name"),           T_TEXT, .max = 120, .flags = REQUIRED | LISTED | SEARCHED },
	[KEEPER_SEX]        = { "sex",        N_("Sex"),            T_ENUM, .of = "F M", .flags = REQUIRED },
	[KEEPER_BIRTH_DATE] = { "birth_date", N_("Date of birth"),  T_DATE, .flags = REQUIRED | NOT_BEFORE },
	[KEEPER_SCHOOLING]  = { "schooling",  N_("Schooling"),      T_PACK, .of = "schooling", .flags = REQUIRED },
	[KEEPER_JOINED_ON]  = { "joined_on",  N_("Joined on"),      T_DATE, .flags = REQUIRED | FIRST_DAY },
	[KEEPER_HEALTH]     = { "health",     N_("Health"),         T_NOTE, .flags = CONFIDENTIAL },
};
static const struct alias keeper_alias = {
	.series = &fixture_keeper_number, .former = "former_number", .from = "number_from", .prefix = "K",
};
const struct entity fixture_keeper = {
	.see = MAY_PEOPLE, .write = MAY_PEOPLE_WRITE, .name = "keeper", .title = N_("Keeper"), .help = N_("Somebody who keeps a light burning."), .kind = THING,
	FIELDS(keeper_fields), .alias = &keeper_alias,
};

static const struct field keeper_number_fields[] = {
	[KEEPER_NUMBER_NUMBER] = { "number", N_("Keeper's number"), T_CODE, .max = 20, .flags = REQUIRED | SEARCHED },
};
const struct entity fixture_keeper_number = {
	.see = MAY_PEOPLE, .write = MAY_PEOPLE_WRITE, .name = "keeper_number", .title = N_("Keeper's numbers"), .help = N_("Numbers under which a keeper has been known."),
	.kind = SERIES, FIELDS(keeper_number_fields), .owner = &fixture_keeper, .owner_column = "keeper",
};

static const struct field seat_fields[] = {
	[SEAT_CODE]        = { "code",        N_("Seat code"),      T_CODE, .max = 24, .flags = REQUIRED | UNIQUE | LISTED },
	[SEAT_TITLE]       = { "title",       N_("Title"),          T_TEXT, .flags = REQUIRED | LISTED | SEARCHED },
	[SEAT_PLACE]       = { "place",       N_("Place"),          T_REF,  .ref = &fixture_place, .flags = REQUIRED | LISTED },
	[SEAT_GRADE_LOW]   = { "grade_low",   N_("Lowest grade"),   T_PACK, .of = "grade" },
	[SEAT_HEADS_PLACE] = { "heads_place", N_("Heads its place"), T_BOOL, .empty_as = "false" },
};
const struct entity fixture_seat = {
	.see = MAY_ANYBODY, .write = MAY_HOUSE_WRITE, .name = "seat", .title = N_("Seat"), .help = N_("A post at a place, with or without a holder."), .kind = THING, FIELDS(seat_fields),
};

static const struct field grade_history_fields[] = {
	[GRADE_HISTORY_GRADE]       = { "grade",       N_("Grade"),       T_PACK, .of = "grade", .flags = REQUIRED | LISTED },
	[GRADE_HISTORY_DECREE]      = { "decree",      N_("Decree"),      T_TEXT, .max = 60, .flags = REQUIRED },
	[GRADE_HISTORY_DECREE_DATE] = { "decree_date", N_("Decree signed on"), T_DATE },
	[GRADE_HISTORY_PROOF]       = { "proof",       N_("Proof"),       T_ENUM, .of = "claimed proved confirmed", .empty_as = "claimed" },
};
const struct entity fixture_grade_history = {
	.see = MAY_PEOPLE, .write = MAY_PEOPLE_WRITE, .name = "grade_history", .title = N_("Grades"), .help = N_("The grades a keeper has held."), .kind = SERIES,
	FIELDS(grade_history_fields), .owner = &fixture_keeper, .owner_column = "number", .child = true,
};

static const struct field seat_history_fields[] = {
	[SEAT_HISTORY_SEAT]   = { "seat",   N_("Seat"),    T_REF,  .ref = &fixture_seat, .flags = REQUIRED | SEAT | LISTED },
	[SEAT_HISTORY_ACTING] = { "acting", N_("Acting"),  T_BOOL, .flags = LANE, .empty_as = "false" },
	[SEAT_HISTORY_DECREE] = { "decree", N_("Decree"),  T_TEXT, .max = 60, .flags = REQUIRED },
};
const struct entity fixture_seat_history = {
	.see = MAY_PEOPLE, .write = MAY_PEOPLE_WRITE, .name = "seat_history", .title = N_("Seats"), .help = N_("The seats a keeper has held."), .kind = SERIES,
	FIELDS(seat_history_fields), .owner = &fixture_keeper, .owner_column = "number", .until = true, .child = true,
};

static const struct field mark_fields[] = {
	[MARK_TOOL]   = { "tool",   N_("Tool"),             T_PACK,    .of = "tool", .flags = REQUIRED | KEY },
	[MARK_YEAR]   = { "year",   N_("Year"),             T_INT,     .min = 1900, .max = 2200, .flags = REQUIRED | KEY | YEAR_END },
	[MARK_SCORE]  = { "score",  N_("Score"),            T_PERCENT, .flags = REQUIRED | CONFIDENTIAL },
	[MARK_LOWEST] = { "lowest", N_("Lowest component"), T_PERCENT, .flags = CONFIDENTIAL },
};
const struct entity fixture_mark = {
	.see = MAY_PEOPLE, .write = MAY_PEOPLE_WRITE, .name = "mark", .title = N_("Marks"), .help = N_("How a keeper did in a year."), .kind = EVENT, FIELDS(mark_fields),
	.owner = &fixture_keeper, .owner_column = "number", .latest_first = true,
};

static const struct field drill_fields[] = {
	[DRILL_CODE]      = { "code",      N_("Drill code"), T_CODE,    .max = 16, .flags = REQUIRED | UNIQUE | LISTED },
	[DRILL_TITLE]     = { "title",     N_("Title"),      T_TEXT,    .flags = REQUIRED | UNIQUE | LISTED | SEARCHED },
	[DRILL_PASS_MARK] = { "pass_mark", N_("Pass mark"),  T_PERCENT, .flags = REQUIRED },
};
const struct entity fixture_drill = {
	.see = MAY_ANYBODY, .write = MAY_HOUSE_WRITE, .name = "drill", .title = N_("Drill"), .help = N_("What can be trained."), .kind = THING, FIELDS(drill_fields),
};

static const struct field drill_result_fields[] = {
	[DRILL_RESULT_DRILL] = { "drill", N_("Drill"), T_REF,     .ref = &fixture_drill, .flags = REQUIRED | KEY },
	[DRILL_RESULT_SCORE] = { "score", N_("Score"), T_PERCENT },
};
const struct entity fixture_drill_result = {
	.see = MAY_PEOPLE, .write = MAY_PEOPLE_WRITE, .name = "drill_result", .title = N_("Drill results"), .help = N_("How a keeper did in a drill."), .kind = EVENT,
	FIELDS(drill_result_fields), .owner = &fixture_keeper, .owner_column = "number", .day = "held_on", .day_in_key = true,
};

static const struct field specimen_fields[] = {
	[SPECIMEN_CODE]    = { "code",    N_("Code"),    T_CODE,    .max = 24, .flags = REQUIRED | UNIQUE },
	[SPECIMEN_TEXT]    = { "line",    N_("Line"),    T_TEXT,    .max = 40, .flags = REQUIRED | SEARCHED },
	[SPECIMEN_NOTE]    = { "note",    N_("Note"),    T_NOTE },
	[SPECIMEN_INT]     = { "whole",   N_("Whole"),   T_INT,     .min = -5, .max = 500, .ledger = "int" },
	[SPECIMEN_PERCENT] = { "percent", N_("Percent"), T_PERCENT },
	[SPECIMEN_MONEY]   = { "money",   N_("Money"),   T_MONEY,   .of = "currency" },
	[SPECIMEN_DATE]    = { "date",    N_("Date"),    T_DATE },
	[SPECIMEN_MONTH]   = { "month",   N_("Month"),   T_MONTH },
	[SPECIMEN_BOOL]    = { "bool",    N_("Bool"),    T_BOOL },
	[SPECIMEN_ENUM]    = { "enum",    N_("Enum"),    T_ENUM,    .of = "red white green" },
	[SPECIMEN_REF]     = { "ref",     N_("Ref"),     T_REF,     .ref = &fixture_place },
	[SPECIMEN_PACK]    = { "pack",    N_("Pack"),    T_PACK,    .of = "schooling" },
	[SPECIMEN_NAMES]   = { "names",   N_("Names"),   T_NAMES },
	[SPECIMEN_PERSON]  = { "person",  N_("Person"),  T_PERSON,  .ref = &fixture_keeper },
	[SPECIMEN_SECRET]  = { "secret",  N_("Secret"),  T_TEXT,    .flags = CONFIDENTIAL },
	[SPECIMEN_OLD]     = { "old",     N_("Old"),     T_TEXT,    .flags = RETIRED },
	[SPECIMEN_LENGTH]  = { "length",  N_("Length"),  T_INT,     .min = 1, .max = 9, .flags = CONFIDENTIAL },
};
const struct entity fixture_specimen = {
	.see = MAY_PEOPLE, .write = MAY_PEOPLE_WRITE, .name = "specimen", .title = N_("Specimen"), .help = N_("One field of every type."), .kind = THING, FIELDS(specimen_fields),
};

static const struct field errand_fields[] = {
	[ERRAND_WHAT]  = { "what",  N_("What to do"), T_TEXT,    .flags = REQUIRED | UNIQUE },
	[ERRAND_PLACE] = { "place", N_("Where"),      T_REF,     .ref = &fixture_place },
	[ERRAND_DONE]  = { "done",  N_("Done so far"), T_PERCENT },
};
const struct entity fixture_errand = {
	.name = "errand", .title = N_("Errand"), .help = N_("Work that a machine does for somebody."), .kind = PLAIN,
	FIELDS(errand_fields),
};

static const struct projected keeper_now_columns[] = {
	{ .name = "name",      .from = &fixture_keeper,        .field = KEEPER_NAME },
	{ .name = "name_fold", .from = &fixture_keeper,        .field = KEEPER_NAME, .folded = true },
	{ .name = "schooling", .from = &fixture_keeper,        .field = KEEPER_SCHOOLING },
	{ .name = "grade",     .from = &fixture_grade_history, .field = GRADE_HISTORY_GRADE },
	{ .name = "seat",      .from = &fixture_seat_history,  .field = SEAT_HISTORY_SEAT },
	{ .name = "place",     .from = &fixture_seat_history,  .field = SEAT_HISTORY_SEAT, .then = &fixture_seat, .then_field = SEAT_PLACE },
	{ .name = "place_order", .from = &fixture_seat_history, .field = SEAT_HISTORY_SEAT, .then = &fixture_seat, .then_field = SEAT_PLACE,
	  .order = true, .scope = true },
	{ .name = "grade_from",  .from = &fixture_grade_history, .field = PROJECT_FROM },
};
static const struct projected place_now_columns[] = {
	{ .name = "name",        .from = &fixture_place, .field = PLACE_NAME },
	{ .name = "parent",      .from = &fixture_place, .field = PLACE_PARENT },
	{ .name = "place_order", .from = &fixture_place, .field = PLACE_PARENT, .order = true, .scope = true },
	{ .name = "place_last",  .from = &fixture_place, .field = PLACE_PARENT, .last = true },
};
static const struct projected seat_now_columns[] = {
	{ .name = "place",       .from = &fixture_seat, .field = SEAT_PLACE },
	{ .name = "place_order", .from = &fixture_seat, .field = SEAT_PLACE, .order = true, .scope = true },
};
static const char *const keeper_now_indexes[] = {
	"INDEX keeper_now_name ON keeper_now (name_fold, id)", "INDEX keeper_now_place ON keeper_now (place, name_fold, id)",
	"INDEX keeper_now_order ON keeper_now (place_order, name_fold, id)", NULL,
};
const struct projection fixture_place_now = {
	.name = "place_now", .of = &fixture_place, .columns = place_now_columns, .ncolumns = (int)COUNT(place_now_columns),
};
const struct projection fixture_seat_now = {
	.name = "seat_now", .of = &fixture_seat, .columns = seat_now_columns, .ncolumns = (int)COUNT(seat_now_columns),
};
const struct projection fixture_keeper_now = {
	.name = "keeper_now", .of = &fixture_keeper, .columns = keeper_now_columns, .ncolumns = (int)COUNT(keeper_now_columns),
	.indexes = keeper_now_indexes,
};

static const struct entity *const entities[] = {
	&fixture_place, &fixture_keeper, &fixture_keeper_number, &fixture_seat, &fixture_grade_history, &fixture_seat_history,
	&fixture_mark, &fixture_drill, &fixture_drill_result, &fixture_specimen, &fixture_errand, NULL,
};
static const struct projection *const projections[] = { &fixture_place_now, &fixture_seat_now, &fixture_keeper_now, NULL };
static const struct classed_table *const tables[] = { NULL };
const struct registry fixture_registry = { .entities = entities, .projections = projections, .tables = tables };

/* The number of a code is its place in this list, from 1. */
static const struct { const char *of, *code; int from_year, to_year; } known_codes[] = {
	{ "place_kind", "coast", 0, 0 }, { "place_kind", "district", 0, 0 }, { "place_kind", "light", 0, 0 },
	{ "schooling", "primary", 0, 0 }, { "schooling", "diploma-3", 0, 0 }, { "schooling", "master", 0, 0 },
	{ "grade", "1/a", 0, 0 }, { "grade", "1/b", 0, 0 }, { "grade", "2/a", 0, 0 }, { "grade", "9/z", 0, 1999 },
	{ "tool", "lamp", 0, 0 }, { "tool", "horn", 1990, 0 },
	{ "currency", "IDR", 0, 0 }, { "currency", "SGD", 0, 0 },
};
/* clang-format on */

static int64_t code_number(void *arg, const char *of, struct str code)
{
	(void)arg;
	for (size_t i = 0; i < COUNT(known_codes); i++)
		if (text_is(known_codes[i].of, of) && str_is(code, known_codes[i].code))
			return (int64_t)i + 1;
	return 0;
}

static struct str code_text(void *arg, int64_t number)
{
	(void)arg;
	if (number < 1 || number > (int64_t)COUNT(known_codes))
		return (struct str){ 0 };
	return str_of(known_codes[number - 1].code);
}

static bool code_valid(void *arg, const char *of, int64_t number, date on)
{
	(void)arg;
	if (number < 1 || number > (int64_t)COUNT(known_codes) || !text_is(known_codes[number - 1].of, of))
		return false;
	int from = known_codes[number - 1].from_year, to = known_codes[number - 1].to_year;
	return on == DATE_NONE || (date_year(on) >= from && (to == 0 || date_year(on) <= to));
}

static int64_t code_synonym(void *arg, const char *of, struct str written, const char **ret_reason)
{
	if (!text_is(of, "schooling") || !str_is(written, "diploma"))
		return 0;
	*ret_reason = "the level of the diploma is not stated";
	return code_number(arg, of, STR("diploma-3"));
}

static void code_list(void *arg, const char *of, date on, struct buf *out)
{
	bool first = true;
	for (size_t i = 0; i < COUNT(known_codes); i++) {
		if (!code_valid(arg, of, (int64_t)i + 1, on))
			continue;
		buf_text(out, first ? "" : ", ");
		buf_text(out, known_codes[i].code);
		first = false;
	}
}

static struct str code_label(void *arg, int64_t number, const char *lang_tag)
{
	(void)lang_tag;
	return code_text(arg, number);
}

static size_t code_choices(void *arg, const char *of, date on, int64_t *ret, size_t n)
{
	size_t found = 0;
	for (size_t i = 0; i < COUNT(known_codes) && found < n; i++)
		if (code_valid(arg, of, (int64_t)i + 1, on))
			ret[found++] = (int64_t)i + 1;
	return found;
}

const struct codes fixture_codes = { .number = code_number,
				     .text = code_text,
				     .valid = code_valid,
				     .synonym = code_synonym,
				     .list = code_list,
				     .label = code_label,
				     .choices = code_choices };
