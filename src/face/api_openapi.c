/* api_openapi.c - OpenAPI 3.1 out of the declarations: what the program answers is what stands here. */
#include "face/api.h"

/* ---- schemas ---- */

static void begin(struct json *j, const char *key)
{
	json_key(j, key);
	json_object(j);
}

static void reference(struct json *j, const char *schema)
{
	struct buf path CLEANUP(buf_release) = BUF_INIT;
	buf_printf(&path, "#/components/schemas/%s", schema);
	json_object(j);
	json_member_text(j, "$ref", buf_str(&path));
	json_object_end(j);
}

static void words_of_enum(struct json *j, const char *of)
{
	json_key(j, "enum");
	json_array(j);
	for (const char *at = of, *end; at && *at; at = *end ? end + 1 : end) {
		end = strchrnul(at, ' ');
		json_str(j, (struct str){ at, (size_t)(end - at) });
	}
	json_array_end(j);
}

static void type_of(struct json *j, const struct field *f)
{
	static const char *const patterns[T_COUNT] = {
		[T_PERCENT] = "^(100(\\.00?)?|[0-9]{1,2}(\\.[0-9]{1,2})?)$",
		[T_MONTH] = "^[0-9]{4}-(0[1-9]|1[0-2])$",
	};
	json_member_text(j, "type", f->type == T_INT ? "integer" : f->type == T_BOOL ? "boolean" : "string");
	if (f->type == T_DATE)
		json_member_text(j, "format", "date");
	if (patterns[f->type])
		json_member_text(j, "pattern", patterns[f->type]);
	if (f->type == T_ENUM)
		words_of_enum(j, f->of);
	if (f->type == T_INT && f->max) {
		json_member_int(j, "maximum", f->max);
		json_member_int(j, "minimum", f->min);
	}
	if (f->type == T_CODE || f->type == T_TEXT || f->type == T_NOTE)
		json_member_int(j, "maxLength", f->max ? f->max : f->type == T_NOTE ? 4000 : 200);
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

struct member {
	const char *name, *type, *words;
	const char *format; /* NULL: none */
};

static void property(struct json *j, const struct member *m)
{
	begin(j, m->name);
	json_member_text(j, "type", m->type);
	if (m->format)
		json_member_text(j, "format", m->format);
	json_member_text(j, "description", m->words);
	json_object_end(j);
}

/* Up to a row without name. */
static void properties(struct json *j, const struct member *m)
{
	for (; m->name; m++)
		property(j, m);
}

/* clang-format off */
static const struct member problem_members[] = {
	{ "type",   "string",  "about:blank" },
	{ "title",  "string",  "What the status means." },
	{ "status", "integer", "The status again." },
	{ "detail", "string",  "What is wrong." },
	{ NULL },
}, item_members[] = {
	{ "field", "string",  "Which member." },
	{ "what",  "string",  "What is wrong with it." },
	{ "todo",  "string",  "What to do." },
	{ "row",   "integer", "Which row." },
	{ NULL },
}, page_members[] = {
	{ "next",           "string",  "The address of the next page; absent on the last one." },
	{ "total",          "integer", "How many there are, up to where they are counted." },
	{ "total_is_exact", "boolean", "Whether total is all of them." },
	{ NULL },
};
/* clang-format on */

static bool stated_day(const struct entity *e)
{
	return !e->timeless && entity_field(e, entity_day_column(e)) < 0;
}

static void schema(struct json *j, const struct entity *e)
{
	begin(j, e->name);
	json_member_text(j, "type", "object");
	json_member_text(j, "description", e->help);
	begin(j, "properties");
	if (e->owner)
		property(j, &(struct member){ entity_owner_column(e), "string",
					      "The key of the record that it belongs to." });
	else
		property(j, &(struct member){ entity_key_column(e), "string", "The key that people write." });
	if (stated_day(e))
		property(j, &(struct member){ entity_day_column(e), "string",
					      "The day from which it holds; of an event its day.", "date" });
	if (e->until)
		property(j, &(struct member){ "until", "string",
					      "The last day on which it holds, where the paper states one.", "date" });
	for (int i = e->kind == THING && !e->alias ? 1 : 0; i < e->nfields; i++) {
		if (e->fields[i].flags & RETIRED)
			continue;
		begin(j, e->fields[i].name);
		type_of(j, &e->fields[i]);
		describe(j, &e->fields[i]);
		json_object_end(j);
	}
	property(j, &(struct member){ "_known_from", "integer", "The receipt that wrote it." });
	if (e->owner)
		property(j, &(struct member){ "_fact", "integer",
					      "The number of the fact, for saying which was recorded wrongly." });
	json_object_end(j);
	json_object_end(j);
}

static void fixed_schemas(struct json *j)
{
	begin(j, "problem");
	json_member_text(j, "type", "object");
	json_member_text(j, "description", "RFC 9457, with one item a thing that is wrong.");
	begin(j, "properties");
	properties(j, problem_members);
	begin(j, "problems");
	json_member_text(j, "type", "array");
	begin(j, "items");
	json_member_text(j, "type", "object");
	begin(j, "properties");
	properties(j, item_members);
	json_object_end(j);
	json_object_end(j);
	json_object_end(j);
	json_object_end(j);
	json_object_end(j);
	begin(j, "any");
	json_member_text(j, "type", "object");
	json_object_end(j);
}

/* ---- paths ---- */

static void parameter(struct json *j, const char *name, const char *in, const char *type, const char *words)
{
	json_object(j);
	json_member_text(j, "name", name);
	json_member_text(j, "in", in);
	json_member_bool(j, "required", text_is(in, "path"));
	json_member_text(j, "description", words);
	begin(j, "schema");
	json_member_text(j, "type", type);
	json_object_end(j);
	json_object_end(j);
}

static void content(struct json *j, const char *type, const char *of, bool list)
{
	begin(j, "content");
	begin(j, type);
	json_key(j, "schema");
	if (!list) {
		reference(j, of);
	} else {
		json_object(j);
		json_member_text(j, "type", "object");
		begin(j, "properties");
		begin(j, "items");
		json_member_text(j, "type", "array");
		json_key(j, "items");
		reference(j, of);
		json_object_end(j);
		properties(j, page_members);
		json_object_end(j);
		json_object_end(j);
	}
	json_object_end(j);
	json_object_end(j);
}

static void response(struct json *j, const char *status, const char *words, const char *of, bool list)
{
	begin(j, status);
	json_member_text(j, "description", words);
	if (of)
		content(j, status[0] == '2' ? "application/json" : "application/problem+json", of, list);
	json_object_end(j);
}

/* clang-format off */
static const struct refusal {
	const char *status, *words;
	bool writing; /* only where something is sent */
} refusals[] = {
	{ "400", "The call is not of the right form." },
	{ "401", "No token, or one that has ended." },
	{ "403", "Not permitted." },
	{ "404", "Not found, or not within reach." },
	{ "405", "Not in this way." },
	{ "409", "Something else changed it first.", .writing = true },
	{ "413", "Too large.", .writing = true },
	{ "414", "The address is too long." },
	{ "422", "What was given cannot be accepted; problems says why." },
	{ "431", "Too many headers." },
	{ "503", "Busy; Retry-After says when." },
};
/* clang-format on */

struct operation {
	const char *method, *id, *summary;
	const struct entity *of; /* of the answer and the body; NULL: any object */
	bool list, key, round, moment, after, words;
};

static void parameters(struct json *j, const struct operation *o)
{
	json_key(j, "parameters");
	json_array(j);
	if (o->key)
		parameter(j, "key", "path", "string", "The key of the record; any that it ever had.");
	if (o->round)
		parameter(j, "round", "path", "integer", "The number of the round.");
	if (o->words)
		parameter(j, "q", "query", "string", "Words or a number.");
	if (o->moment) {
		parameter(j, "as_of", "query", "string", "As things stood on this day, YYYY-MM-DD.");
		parameter(j, "known_at", "query", "string", "As it was known: a day, or the number of a receipt.");
	}
	if (o->after) {
		parameter(j, "after", "query", "string", "From the address of `next`.");
		parameter(j, "limit", "query", "integer", "How many a page, at most 200; 50 unless told.");
	}
	json_array_end(j);
}

/* As OpenAPI writes methods. */
static const char *lower(const char *method, char space[static 8])
{
	size_t n = 0;
	for (; method[n] && n < 7; n++)
		space[n] = (char)(method[n] | 0x20);
	space[n] = '\0';
	return space;
}

static void operation(struct json *j, const struct operation *o)
{
	bool writes = !text_is(o->method, "GET");
	const char *schema_name = o->of ? o->of->name : "any";
	char space[8];
	begin(j, lower(o->method, space));
	json_member_text(j, "operationId", o->id);
	json_member_text(j, "summary", o->summary);
	parameters(j, o);
	if (writes) {
		begin(j, "requestBody");
		json_member_bool(j, "required", true);
		content(j, "application/json", schema_name, false);
		json_object_end(j);
	}
	begin(j, "responses");
	response(j, text_is(o->method, "POST") ? "201" : "200", "Done.", schema_name, o->list);
	if (text_is(o->method, "POST") && o->key)
		response(j, "200", "The fact that was recorded wrongly is corrected.", schema_name, false);
	if (o->moment && !o->list)
		response(j, "304", "You have it already.", NULL, false);
	for (size_t i = 0; i < COUNT(refusals); i++)
		if (writes || !refusals[i].writing)
			response(j, refusals[i].status, refusals[i].words, "problem", false);
	json_object_end(j);
	json_object_end(j);
}

static const char *name_of(struct arena *a, const char *what, const struct entity *e)
{
	return arena_printf(a, "%s_%s", what, e->name);
}

static void thing_paths(struct arena *a, struct json *j, const struct entity *e)
{
	begin(j, arena_printf(a, "/api/v1/%s", e->name));
	operation(j, &(struct operation){ "GET", name_of(a, "list", e), "What holds today, page by page", e,
					  .list = true, .after = true, .words = true });
	if (e->write)
		operation(j, &(struct operation){ "POST", name_of(a, "new", e), "A new one", e });
	json_object_end(j);
	begin(j, arena_printf(a, "/api/v1/%s/{key}", e->name));
	operation(j, &(struct operation){ "GET", name_of(a, "one", e), "One, at any two dates", e, .key = true,
					  .moment = true });
	if (e->write)
		operation(j, &(struct operation){
				     "PATCH", name_of(a, "change", e),
				     "It changed on its day; with wrongly and reason: it was recorded wrongly", e,
				     .key = true });
	json_object_end(j);
}

static void fact_paths(struct arena *a, struct json *j, const struct entity *e)
{
	begin(j, arena_printf(a, "/api/v1/%s/{key}/%s", e->owner->name, e->name));
	operation(j, &(struct operation){ "GET", name_of(a, "facts", e), "All that is believed", e, .list = true,
					  .key = true, .moment = true });
	if (e->write)
		operation(j, &(struct operation){
				     "POST", name_of(a, "fact", e),
				     "A new one; with wrongly, reason and _fact: that one was recorded wrongly", e,
				     .key = true });
	json_object_end(j);
}

static void fixed_paths(struct json *j)
{
	static const struct {
		const char *path;
		struct operation o;
	} fixed[] = {
		{ "/api/v1", { "GET", "root", "What there is" } },
		{ "/api/v1/find", { "GET", "find", "Find by words or numbers", .list = true, .words = true } },
		{ "/api/v1/openapi.json", { "GET", "openapi", "This description" } },
		{ "/api/v1/rounds", { "GET", "rounds", "Rounds within reach", .list = true } },
		{ "/api/v1/rounds/{round}", { "GET", "round", "One round", .round = true } },
		{ "/api/v1/rounds/{round}/people",
		  { "GET", "round_people", "Its people, in the version that the reader may read", .list = true,
		    .round = true, .after = true } },
	};
	for (size_t i = 0; i < COUNT(fixed); i++) {
		begin(j, fixed[i].path);
		operation(j, &fixed[i].o);
		json_object_end(j);
	}
}

static bool shown(const struct entity *e)
{
	return e->kind != PLAIN && (e->kind == THING || e->owner);
}

static void components(const struct registry *r, struct json *j)
{
	begin(j, "components");
	begin(j, "schemas");
	for (const struct entity *const *e = r->entities; *e; e++)
		if (shown(*e))
			schema(j, *e);
	fixed_schemas(j);
	json_object_end(j);
	begin(j, "securitySchemes");
	begin(j, "token");
	json_member_text(j, "type", "http");
	json_member_text(j, "scheme", "bearer");
	json_object_end(j);
	json_object_end(j);
	json_object_end(j);
}

void api_openapi(const struct registry *r, struct arena *a, struct buf *out)
{
	struct json j;
	json_init(&j, out);
	json_object(&j);
	json_member_text(&j, "openapi", "3.1.0");
	begin(&j, "info");
	json_member_text(&j, "title", "Merit");
	json_member_text(&j, "version", "1");
	json_member_text(&j, "description",
			 "The same as the pages, for programs: the same rights, the same reach, the same two dates.");
	json_object_end(&j);
	json_key(&j, "security");
	json_array(&j);
	json_object(&j);
	json_key(&j, "token");
	json_array(&j);
	json_array_end(&j);
	json_object_end(&j);
	json_array_end(&j);
	begin(&j, "paths");
	fixed_paths(&j);
	for (const struct entity *const *e = r->entities; *e; e++) {
		if ((*e)->kind == THING)
			thing_paths(a, &j, *e);
		else if (shown(*e))
			fact_paths(a, &j, *e);
	}
	json_object_end(&j);
	components(r, &j);
	json_object_end(&j);
}

enum err api_openapi_draw(struct request *q)
{
	request_type(q, "application/json");
	api_openapi(q->c->registry, q->arena, q->html.out);
	return E_OK;
}
