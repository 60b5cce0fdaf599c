/* api_schema.c - the half of the description that says what a record, an answer and a problem look like. */
#include "face/api_schema.h"

/* ---- schemas ---- */

void api_schema_begin(struct json *j, const char *key)
{
	json_key(j, key);
	json_object(j);
}

void api_schema_reference(struct json *j, const char *of, const char *name)
{
	struct buf path CLEANUP(buf_release) = BUF_INIT;
	buf_printf(&path, "#/components/%s/%s", of, name);
	json_object(j);
	json_member_text(j, "$ref", buf_str(&path));
	json_object_end(j);
}

static void words_of_enum(struct json *j, const char *of)
{
	json_key(j, "enum");
	json_array(j);
	for (const char *at = of, *end; at && *at; at = *end ? end + 1 : end) {
		end = at + strcspn(at, " |");
		json_str(j, (struct str){ at, (size_t)(end - at) });
	}
	json_array_end(j);
}

static void example(struct json *j, const char *text)
{
	if (!text)
		return;
	json_key(j, "examples");
	json_array(j);
	json_text(j, text);
	json_array_end(j);
}

static void type_of(struct json *j, const struct field *f)
{
	static const char *const patterns[T_COUNT] = {
		[T_PERCENT] = "^(100(\\.00?)?|[0-9]{1,2}(\\.[0-9]{1,2})?)$",
		[T_MONTH] = "^[0-9]{4}-(0[1-9]|1[0-2])$",
	};
	static const char *const examples[T_COUNT] = {
		[T_PERCENT] = "78.5",
		[T_MONTH] = "2008-10",
		[T_DATE] = "2008-10-01",
	};
	json_member_text(j, "type", f->type == T_INT ? "integer" : f->type == T_BOOL ? "boolean" : "string");
	if (f->type == T_DATE)
		json_member_text(j, "format", "date");
	example(j, examples[f->type]);
	if (patterns[f->type])
		json_member_text(j, "pattern", patterns[f->type]);
	if (f->type == T_ENUM)
		words_of_enum(j, f->of);
	if (f->type == T_INT && f->max) {
		json_member_int(j, "maximum", f->max);
		json_member_int(j, "minimum", f->min);
	}
	if (f->type == T_CODE || f->type == T_TEXT || f->type == T_NOTE)
		json_member_int(j, "maxLength", field_longest(f));
}

static void describe(struct json *j, const struct field *f)
{
	struct buf words CLEANUP(buf_release) = BUF_INIT;
	buf_text(&words, f->label);
	if (f->help)
		buf_printf(&words, ". %s", f->help);
	if (f->type == T_PACK)
		buf_printf(&words, " A code of the table %s of the rules.", f->of);
	if (f->type == T_REF || f->type == T_PERSON)
		buf_printf(&words, " The key of a record of %s.", f->ref ? f->ref->name : "people");
	if (f->flags & CONFIDENTIAL)
		buf_text(&words, " Confidential: absent for who may not read it.");
	json_member_text(j, "description", buf_str(&words));
}

void api_schema_property(struct json *j, const char *name, const char *type, const char *format, const char *words)
{
	api_schema_begin(j, name);
	json_member_text(j, "type", type);
	if (format)
		json_member_text(j, "format", format);
	json_member_text(j, "description", words);
	json_object_end(j);
}

static bool stated_day(const struct entity *e)
{
	return !e->timeless && entity_field(e, entity_day_column(e)) < 0;
}

static void schema(struct json *j, const struct entity *e)
{
	api_schema_begin(j, e->name);
	json_member_text(j, "type", "object");
	json_member_text(j, "description", e->help);
	api_schema_begin(j, "properties");
	api_schema_property(j, e->owner ? entity_owner_column(e) : entity_key_column(e), "string", NULL,
			    e->owner ? "The key of the record that it belongs to." : "The key that people write.");
	if (stated_day(e))
		api_schema_property(j, entity_day_column(e), "string", "date",
				    "The day from which it holds; of an event its day.");
	if (e->until)
		api_schema_property(j, "until", "string", "date",
				    "The last day on which it holds, where the paper states one.");
	for (int i = e->kind == THING && !e->alias ? 1 : 0; i < e->nfields; i++) {
		if (e->fields[i].flags & RETIRED)
			continue;
		api_schema_begin(j, e->fields[i].name);
		type_of(j, &e->fields[i]);
		describe(j, &e->fields[i]);
		json_object_end(j);
	}
	api_schema_property(j, "_known_from", "integer", NULL, "The receipt that wrote it.");
	if (e->owner)
		api_schema_property(j, API_FACT, "integer", NULL,
				    "The number of the fact, for saying which was recorded wrongly.");
	json_object_end(j);
	json_object_end(j);
}

/* ---- what is sent of a record that there is ---- */

static void words_list(struct json *j, const char *key, const char *const *words)
{
	json_key(j, key);
	json_array(j);
	for (; *words; words++)
		json_text(j, *words);
	json_array_end(j);
}

/* What is needed once `wrongly` is true. */
static void needed_of_wrong(struct json *j, const struct entity *e)
{
	api_schema_begin(j, "if");
	api_schema_begin(j, "properties");
	api_schema_begin(j, API_WRONGLY);
	json_member_bool(j, "const", true);
	json_object_end(j);
	json_object_end(j);
	words_list(j, "required", (const char *const[]){ API_WRONGLY, NULL });
	json_object_end(j);
	api_schema_begin(j, "then");
	words_list(j, "required", (const char *const[]){ API_REASON, e->owner ? API_FACT : NULL, NULL });
	json_object_end(j);
}

static void body_properties(struct json *j, const struct entity *e)
{
	api_schema_begin(j, "properties");
	api_schema_property(j, API_WRONGLY, "boolean", NULL,
			    e->owner ? "True: the fact that _fact names was recorded wrongly, and this is put in its "
				       "place. Else it is a new fact."
				     : "True: the version of that day was recorded wrongly, and this is put in its "
				       "place. Else it changed on that day.");
	api_schema_property(j, API_REASON, "string", NULL, "Why it was recorded wrongly; needed with wrongly.");
	if (e->owner)
		api_schema_property(j, API_FACT, "integer", NULL,
				    "Which fact was recorded wrongly, by its number in the list; needed with wrongly.");
	json_object_end(j);
}

static void body_schema(struct json *j, const struct entity *e)
{
	struct buf name CLEANUP(buf_release) = BUF_INIT;
	buf_printf(&name, "%s" API_BODY, e->name);
	api_schema_begin(j, buf_str(&name));
	json_member_text(j, "description",
			 e->owner ? "A new fact, or what should have stood instead of one."
				  : "What changed on a day, or what should have stood from that day.");
	json_key(j, "allOf");
	json_array(j);
	api_schema_reference(j, "schemas", e->name);
	json_array_end(j);
	body_properties(j, e);
	if (!e->owner && !e->timeless)
		words_list(j, "required", (const char *const[]){ entity_day_column(e), NULL });
	needed_of_wrong(j, e);
	/* What the program says of a record may be sent back with it. */
	api_schema_begin(j, "patternProperties");
	api_schema_begin(j, "^_");
	json_object_end(j);
	json_object_end(j);
	json_member_bool(j, "unevaluatedProperties", false);
	json_object_end(j);
}

/* ---- answers that are no records ---- */

/* type: of JSON; "date"; "[name]": a list of the schema of that name; "a|b": one of these words. */
struct member {
	const char *name, *type, *words;
};
struct answer {
	const char *name, *words;
	const struct member *members;
	size_t n;
};

/* clang-format off */
static const struct member problem[] = {
	{ "type",     "string",          "about:blank" },
	{ "title",    "string",          "What the status means." },
	{ "status",   "integer",         "The status again." },
	{ "detail",   "string",          "What is wrong." },
	{ "problems", "[problem_item]",  "One item a thing that is wrong, all of them at once." },
};
static const struct member problem_item[] = {
	{ "field",    "string",          "Which member or parameter." },
	{ "what",     "string",          "What is wrong with it." },
	{ "todo",     "string",          "What to do." },
	{ "row",      "integer",         "Which row." },
};
static const struct member start[] = {
	{ "openapi",  "string",          "The address of this description." },
	{ "lists",    "[link]",          "The lists that this reader may ask for." },
};
static const struct member link[] = {
	{ "href",     "string",          "Its address." },
	{ "title",    "string",          "Its name in the language asked for by Accept-Language." },
};
static const struct member hit[] = {
	{ "kind",     "string",          "The list in which it stands: /api/v1/{kind}/{key} is its address." },
	{ "key",      "string",          "Its key." },
	{ "name",     "string",          "Its name." },
};
static const struct member round_state[] = {
	{ "round",        "integer",     "Its number." },
	{ "kind",         "string",      "What is decided in it." },
	{ "policy",       "string",      "The rules by which it judges." },
	{ "as_of",        "date",        "The day on which people are judged." },
	{ "sealed",       "boolean",     "Whether it is decided." },
	{ "known_at",     "integer",     "Of a sealed one: the last receipt that was known to it." },
	{ "_known_from",  "integer",     "The receipt that opened it." },
	{ "_sealed_with", "integer",     "The receipt that sealed it." },
	{ "outcomes",     "object",      "Of one round: how many have which outcome." },
};
static const struct member considered[] = {
	{ "staff_number", "string",      "Who." },
	{ "now",          "string",      "Where the person stands." },
	{ "next",         "string",      "The step that is judged." },
	{ "outcome",      "meets|incomplete|not-yet|other-kind", "What was decided; incomplete: papers are missing." },
	{ "override",     "string",      "The ground on which it was decided otherwise than the rules; absent: it was not." },
	{ "version",      "person|committee|other", "For whom the reasons are worded, by the reader's rights." },
	{ "reason",       "string",      "For others: the one sentence that they may read." },
	{ "conditions",   "[condition]", "For the person and the committee: each condition of the rules." },
};
static const struct member condition[] = {
	{ "condition",    "string",      "Its name in the rules." },
	{ "met",          "yes|no|missing|not-asked", "What the judge says." },
	{ "value",        "string",      "What was looked at." },
	{ "reason",       "string",      "The sentence, in the language asked for by Accept-Language." },
	{ "complete_on",  "date",        "The day on which time alone will have done it." },
	{ "source",       "string",      "The article." },
	{ "assumed",      "[string]",    "What of it no source states, each with the reason why it was assumed." },
};
#define MEMBERS(m) m, COUNT(m)
static const struct answer answers[] = {
	{ "problem",      "RFC 9457, with one item a thing that is wrong.", MEMBERS(problem) },
	{ "problem_item", "One thing that is wrong, and what to do.", MEMBERS(problem_item) },
	{ "start",        "What there is.", MEMBERS(start) },
	{ "link",         "A list.", MEMBERS(link) },
	{ "hit",          "A record that was found by its words.", MEMBERS(hit) },
	{ "round_state",  "How a round stands; beside these the code of its unit.", MEMBERS(round_state) },
	{ "considered",   "One person in a round.", MEMBERS(considered) },
	{ "condition",    "One condition of the rules, judged.", MEMBERS(condition) },
};
/* clang-format on */

static void list_of(struct json *j, const struct member *m)
{
	struct buf name CLEANUP(buf_release) = BUF_INIT;
	buf_add(&name, m->type + 1, strlen(m->type) - 2);
	api_schema_begin(j, m->name);
	json_member_text(j, "type", "array");
	json_member_text(j, "description", m->words);
	if (text_is(buf_str(&name), "string")) {
		api_schema_begin(j, "items");
		json_member_text(j, "type", "string");
		json_object_end(j);
	} else {
		json_key(j, "items");
		api_schema_reference(j, "schemas", buf_str(&name));
	}
	json_object_end(j);
}

static void one_of(struct json *j, const struct member *m)
{
	api_schema_begin(j, m->name);
	json_member_text(j, "type", "string");
	json_member_text(j, "description", m->words);
	words_of_enum(j, m->type);
	json_object_end(j);
}

static void answer_schema(struct json *j, const struct answer *a)
{
	api_schema_begin(j, a->name);
	json_member_text(j, "type", "object");
	json_member_text(j, "description", a->words);
	api_schema_begin(j, "properties");
	for (size_t i = 0; i < a->n; i++) {
		const struct member *m = &a->members[i];
		bool day = text_is(m->type, "date");
		if (m->type[0] == '[')
			list_of(j, m);
		else if (strchr(m->type, '|'))
			one_of(j, m);
		else
			api_schema_property(j, m->name, day ? "string" : m->type, day ? "date" : NULL, m->words);
	}
	json_object_end(j);
	json_object_end(j);
}

bool api_schema_shown(const struct entity *e)
{
	return e->kind != PLAIN && (e->kind == THING || e->owner);
}

void api_schemas(struct json *j, const struct registry *r)
{
	api_schema_begin(j, "schemas");
	for (const struct entity *const *e = r->entities; *e; e++)
		if (api_schema_shown(*e)) {
			schema(j, *e);
			if ((*e)->write)
				body_schema(j, *e);
		}
	for (size_t i = 0; i < COUNT(answers); i++)
		answer_schema(j, &answers[i]);
	api_schema_begin(j, "any");
	json_member_text(j, "type", "object");
	json_object_end(j);
	json_object_end(j);
}
