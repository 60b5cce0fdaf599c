/* describe.c - what an entity looks like: the data dictionary, for people and for programs. */
#include "base/json.h"
#include "entity/io.h"
#include "entity/type.h"

static const char *const kind_words[] = {
	[THING] = "a thing: it has versions, each from a day",
	[SERIES] = "a series: a row holds until the next one",
	[EVENT] = "an event: true on its day",
	[PLAIN] = "plain: no history",
};
static const char *const kind_names[] = {
	[THING] = "thing", [SERIES] = "series", [EVENT] = "event", [PLAIN] = "plain"
};

/* clang-format off */
static const struct { unsigned flag; const char *name, *words; } flag_words[] = {
	{ REQUIRED,     "required",     "required" },
	{ EXPECTED,     "expected",     "its column must be in a file" },
	{ UNIQUE,       "unique",       "no two have the same" },
	{ KEY,          "key",          "part of the key" },
	{ LANE,         "lane",         "rows of different values run beside each other" },
	{ SEAT,         "seat",         "one holder at a time" },
	{ FIRST_DAY,    "first_day",    "valid_from where it is not stated" },
	{ YEAR_END,     "year_end",     "its day is 31 December of this year" },
	{ NOT_BEFORE,   "not_before",   "nothing about it is dated before" },
	{ TREE,         "tree",         "its parent" },
	{ ANY_DAY,      "any_day",      "of whatever day" },
	{ OF_PERSON,    "of_person",    "a person, by staff number" },
	{ SEARCHED,     "searched",     "found by its words" },
	{ LISTED,       "listed",       "stands in lists" },
	{ CONFIDENTIAL, "confidential", "confidential" },
	{ RETIRED,      "retired",      "retired: takes no values" },
};
/* clang-format on */

static void describe_detail(const struct field *f, struct buf *out)
{
	buf_text(out, TYPE(f)->words);
	if (f->type == T_ENUM)
		buf_printf(out, ": %s", f->of);
	if (f->type == T_PACK)
		buf_printf(out, " (%s)", f->of);
	if (f->ref)
		buf_printf(out, " (%s)", f->ref->name);
	if (f->type == T_INT && f->max != 0)
		buf_printf(out, " from %lld to %lld", (long long)f->min, (long long)f->max);
	else if (f->max != 0)
		buf_printf(out, " of at most %lld characters", (long long)f->max);
	for (size_t i = 0; i < COUNT(flag_words); i++)
		if (f->flags & flag_words[i].flag)
			buf_printf(out, "; %s", flag_words[i].words);
	if (f->not_below)
		buf_printf(out, "; not below %s", f->not_below);
	if (f->empty_as)
		buf_printf(out, "; empty means %s", f->empty_as);
	if (f->help)
		buf_printf(out, "; %s", f->help);
}

/* The words that a column has beside the fields: key, day, last day, aliases. */
static const char *head_words(const struct entity *e, const char *head)
{
	if (e->kind == THING && e->alias && text_is(head, entity_key_column(e)))
		return "the key people write: any number it ever had";
	if (e->owner && text_is(head, entity_owner_column(e)))
		return "key of the owner; required";
	if (text_is(head, entity_day_column(e)))
		return e->kind == EVENT ? "day (YYYY-MM-DD)" : "first day on which it holds (YYYY-MM-DD)";
	if (e->until && text_is(head, "until"))
		return "last day on which it holds (YYYY-MM-DD), where stated";
	if (e->alias && text_is(head, e->alias->former))
		return "an older number, held from the first day";
	if (e->alias && text_is(head, e->alias->from))
		return "day from which the number holds";
	return NULL;
}

static void describe_people(const struct entity *e, const char *const *heads, size_t n, struct buf *out)
{
	buf_printf(out, "%s: %s\n  %s\n  %s", e->name, e->title, e->help, kind_words[e->kind]);
	if (e->owner)
		buf_printf(out, ", of a %s", e->owner->name);
	buf_text(out, "\n\n");
	for (size_t i = 0; i < n; i++) {
		int f = entity_field(e, heads[i]);
		buf_printf(out, "  %-18s ", heads[i]);
		if (f >= 0)
			describe_detail(&e->fields[f], out);
		else
			buf_text(out, head_words(e, heads[i]) ? head_words(e, heads[i]) : "");
		buf_char(out, '\n');
	}
	for (int i = 0; i < e->nfields; i++)
		if (e->fields[i].flags & RETIRED) {
			buf_printf(out, "  %-18s ", e->fields[i].name);
			describe_detail(&e->fields[i], out);
			buf_char(out, '\n');
		}
	for (int i = 0; i < e->nrules; i++)
		buf_printf(out, "  rule %s: %s\n", e->rules[i].name, e->rules[i].source);
}

static void json_field(struct json *j, const struct field *f)
{
	json_object(j);
	json_key(j, "name");
	json_text(j, f->name);
	json_key(j, "label");
	json_text(j, f->label);
	json_key(j, "type");
	json_text(j, TYPE(f)->name);
	if (f->of) {
		json_key(j, "of");
		json_text(j, f->of);
	}
	if (f->ref) {
		json_key(j, "ref");
		json_text(j, f->ref->name);
	}
	if (f->type == T_INT && f->max != 0) {
		json_key(j, "min");
		json_int(j, f->min);
	}
	if (f->max != 0) {
		json_key(j, "max");
		json_int(j, f->max);
	}
	json_key(j, "ledger");
	json_text(j, f->ledger ? f->ledger : f->name);
	json_key(j, "flags");
	json_array(j);
	for (size_t i = 0; i < COUNT(flag_words); i++)
		if (f->flags & flag_words[i].flag)
			json_text(j, flag_words[i].name);
	json_array_end(j);
	if (f->empty_as) {
		json_key(j, "empty_as");
		json_text(j, f->empty_as);
	}
	if (f->help) {
		json_key(j, "help");
		json_text(j, f->help);
	}
	json_object_end(j);
}

static void describe_json(const struct entity *e, const char *const *heads, size_t n, struct buf *out)
{
	struct json j;

	json_init(&j, out);
	json_object(&j);
	json_key(&j, "name");
	json_text(&j, e->name);
	json_key(&j, "title");
	json_text(&j, e->title);
	json_key(&j, "help");
	json_text(&j, e->help);
	json_key(&j, "kind");
	json_text(&j, kind_names[e->kind]);
	json_key(&j, "owner");
	json_text(&j, e->owner ? e->owner->name : NULL);
	json_key(&j, "columns");
	json_array(&j);
	for (size_t i = 0; i < n; i++)
		json_text(&j, heads[i]);
	json_array_end(&j);
	json_key(&j, "fields");
	json_array(&j);
	for (int i = 0; i < e->nfields; i++)
		json_field(&j, &e->fields[i]);
	json_array_end(&j);
	json_key(&j, "rules");
	json_array(&j);
	for (int i = 0; i < e->nrules; i++)
		json_text(&j, e->rules[i].name);
	json_array_end(&j);
	json_object_end(&j);
}

void describe_entity(const struct entity *e, bool json, struct buf *out)
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	const char **heads;
	size_t n;

	io_columns(e, &a, &heads, &n);
	if (json)
		describe_json(e, heads, n, out);
	else
		describe_people(e, heads, n, out);
}

void describe_ledger_names(const struct registry *r, struct buf *out)
{
	for (size_t i = 0; r->entities[i]; i++) {
		const struct entity *e = r->entities[i];
		if (e->kind == PLAIN)
			continue;
		for (int k = 0; k < e->nfields; k++) {
			const struct field *f = &e->fields[k];
			buf_printf(out, "%s.%s %s %s\n", e->name, f->ledger ? f->ledger : f->name, TYPE(f)->name,
				   f->flags & CONFIDENTIAL ? "closed" : "open");
		}
	}
}
