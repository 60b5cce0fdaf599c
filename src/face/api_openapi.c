/* api_openapi.c - OpenAPI 3.1 out of the declarations: what the program answers is what stands here. */
#include "base/number.h"
#include "face/api_schema.h"

/* ---- paths ---- */

struct parameter {
	const char *name, *in, *type, *example, *words;
	int least, most; /* of an integer; both 0: any */
};

static void parameter(struct json *j, const struct parameter *p)
{
	int64_t number;
	json_object(j);
	json_member_text(j, "name", p->name);
	json_member_text(j, "in", p->in);
	json_member_bool(j, "required", text_is(p->in, "path"));
	json_member_text(j, "description", p->words);
	api_schema_begin(j, "schema");
	json_member_text(j, "type", p->type);
	if (p->most) {
		json_member_int(j, "minimum", p->least);
		json_member_int(j, "maximum", p->most);
	}
	json_object_end(j);
	if (p->example && text_is(p->type, "integer") && number_parse(str_of(p->example), &number))
		json_member_int(j, "example", number);
	else if (p->example)
		json_member_text(j, "example", p->example);
	json_object_end(j);
}

static void content(struct json *j, const char *type, const char *of, bool list)
{
	api_schema_begin(j, "content");
	api_schema_begin(j, type);
	json_key(j, "schema");
	if (!list) {
		api_schema_reference(j, "schemas", of);
	} else {
		json_object(j);
		json_member_text(j, "type", "object");
		api_schema_begin(j, "properties");
		api_schema_begin(j, "items");
		json_member_text(j, "type", "array");
		json_key(j, "items");
		api_schema_reference(j, "schemas", of);
		json_object_end(j);
		api_schema_property(j, "next", "string", NULL, "The address of the next page; absent on the last one.");
		api_schema_property(j, "total", "integer", NULL, "How many there are, up to where they are counted.");
		api_schema_property(j, "total_is_exact", "boolean", NULL, "Whether total is all of them.");
		json_object_end(j);
		json_object_end(j);
	}
	json_object_end(j);
	json_object_end(j);
}

static void response(struct json *j, const char *status, const char *words, const char *of, bool list, bool marked)
{
	api_schema_begin(j, status);
	json_member_text(j, "description", words);
	if (marked) {
		api_schema_begin(j, "headers");
		api_schema_begin(j, "ETag");
		json_member_text(
			j, "description",
			"Which row of history this is: for If-None-Match when asking, If-Match when changing.");
		api_schema_begin(j, "schema");
		json_member_text(j, "type", "string");
		json_object_end(j);
		json_object_end(j);
		json_object_end(j);
	}
	if (of)
		content(j, status[0] == '2' ? "application/json" : "application/problem+json", of, list);
	json_object_end(j);
}

/* clang-format off */
static const struct {
	const char *status, *words;
	bool writing; /* only where something is sent */
} refused[] = {
	{ "400", "The call is not of the right form; problems says which parameter." },
	{ "401", "No token, or one that has ended." },
	{ "403", "Not permitted to this token." },
	{ "404", "Not found, or not within reach." },
	{ "405", "Not in this way; Allow says in which." },
	{ "409", "Something else changed it first: read it again, then decide anew.", .writing = true },
	{ "413", "Too large.", .writing = true },
	{ "414", "The address is too long." },
	{ "422", "What was given cannot be accepted; problems says what and what to do." },
	{ "431", "Too many headers." },
	{ "503", "Busy; Retry-After says when." },
};
/* clang-format on */

static void refusals(struct json *j, bool writes)
{
	for (size_t i = 0; i < COUNT(refused); i++)
		if (writes || !refused[i].writing) {
			json_key(j, refused[i].status);
			api_schema_reference(j, "responses", refused[i].status);
		}
}

static void shared_responses(struct json *j)
{
	api_schema_begin(j, "responses");
	for (size_t i = 0; i < COUNT(refused); i++)
		response(j, refused[i].status, refused[i].words, "problem", false, false);
	json_object_end(j);
}

struct operation {
	const char *method, *id, *tag, *summary;
	const char *schema; /* of the answer and the body; NULL: any object */
	const char *sends;  /* of the body where it is another */
	bool list, key, round, moment, after, words, marked;
	const struct listing *order; /* what narrows and orders it; NULL: nothing does */
};

static void ordering(struct json *j, const struct listing *l)
{
	json_object(j);
	json_member_text(j, "name", "sort");
	json_member_text(j, "in", "query");
	json_member_bool(j, "required", false);
	json_member_text(j, "description", "The field by which the list is ordered.");
	api_schema_begin(j, "schema");
	json_member_text(j, "type", "string");
	json_key(j, "enum");
	json_array(j);
	for (size_t i = 0; i < l->ncolumns; i++)
		if (api_list_orders(&l->columns[i]))
			json_text(j, l->columns[i].name);
	json_array_end(j);
	json_object_end(j);
	json_object_end(j);
}

static void narrowing(struct json *j, const struct listing_column *k)
{
	struct buf name CLEANUP(buf_release) = BUF_INIT, words CLEANUP(buf_release) = BUF_INIT;
	buf_printf(&name, "is_%s", k->name);
	buf_printf(&words, "Only those of which this is so: %s.%s", k->label,
		   k->within >= 0 ? " A code; with all below it." : "");
	parameter(j, &(struct parameter){ buf_str(&name), "query", "string", NULL, buf_str(&words) });
}

static void by_columns(struct json *j, const struct listing *l)
{
	bool orders = false;
	for (size_t i = 0; i < l->ncolumns; i++) {
		orders = orders || api_list_orders(&l->columns[i]);
		if (api_list_narrows(&l->columns[i]))
			narrowing(j, &l->columns[i]);
	}
	if (orders)
		ordering(j, l);
}

static void parameters(struct json *j, const struct operation *o)
{
	/* clang-format off */
	const struct {
		bool taken;
		struct parameter p;
	} known[] = {
		{ o->key,    { "key",      "path",  "string",  NULL,         "The key of the record; any that it ever had." } },
		{ o->round,  { "round",    "path",  "integer", "1",          "The number of the round." } },
		{ o->words,  { "q",        "query", "string",  "sari",       "Words or a number." } },
		{ o->order != NULL, { "down",     "query", "boolean", NULL,         "From the last to the first." } },
		{ o->moment, { "as_of",    "query", "string",  "2008-10-01", "As things stood on this day; today unless told." } },
		{ o->moment, { "known_at", "query", "string",  "2008-09-03", "As it was known: a day, or the number of a receipt; now unless told." } },
		{ o->after,  { "after",    "query", "string",  NULL,         "From the address of `next`: ask for that address as it is." } },
		{ o->after,  { "limit",    "query", "integer", "50",         "How many a page; 50 unless told.", 1, 200 } },
		{ o->marked && text_is(o->method, "GET"), { "If-None-Match", "header", "string", NULL, "The ETag that you have: 304 if it is still so." } },
		{ o->marked && !text_is(o->method, "GET"), { "If-Match", "header", "string", NULL, "The ETag that you read: 409 if somebody else changed it since." } },
	};
	/* clang-format on */
	json_key(j, "parameters");
	json_array(j);
	for (size_t i = 0; i < COUNT(known); i++)
		if (known[i].taken)
			parameter(j, &known[i].p);
	if (o->order)
		by_columns(j, o->order);
	json_array_end(j);
}

/* As OpenAPI writes methods. */
static const char *lower(const char *method, char space[static 8])
{
	size_t n = 0;
	for (; n < 7 && method[n]; n++)
		space[n] = (char)(method[n] | 0x20);
	space[n] = '\0';
	return space;
}

static void operation(struct json *j, const struct operation *o)
{
	bool writes = !text_is(o->method, "GET");
	const char *schema_name = o->schema ? o->schema : "any";
	char space[8];
	api_schema_begin(j, lower(o->method, space));
	json_member_text(j, "operationId", o->id);
	json_member_text(j, "summary", o->summary);
	json_key(j, "tags");
	json_array(j);
	json_text(j, o->tag);
	json_array_end(j);
	parameters(j, o);
	if (writes) {
		api_schema_begin(j, "requestBody");
		json_member_bool(j, "required", true);
		content(j, "application/json", o->sends ? o->sends : schema_name, false);
		json_object_end(j);
	}
	api_schema_begin(j, "responses");
	response(j, text_is(o->method, "POST") ? "201" : "200", "Done.", schema_name, o->list, o->marked && !writes);
	if (text_is(o->method, "POST") && o->key)
		response(j, "200", "The fact that was recorded wrongly is corrected.", schema_name, false, false);
	if (o->moment && !o->list)
		response(j, "304", "You have it already.", NULL, false, false);
	refusals(j, writes);
	json_object_end(j);
	json_object_end(j);
}

static const char *name_of(struct arena *a, const char *what, const struct entity *e)
{
	return arena_printf(a, "%s_%s", what, e->name);
}

static const char *body_of(struct arena *a, const struct entity *e)
{
	return arena_printf(a, "%s" API_BODY, e->name);
}

static void thing_paths(const struct registry *r, struct arena *a, struct json *j, const struct entity *e)
{
	const char *tag = e->title;
	struct listing l;
	listing_columns(r, e, &l);
	api_schema_begin(j, arena_printf(a, "/api/v1/%s", e->name));
	operation(j, &(struct operation){ "GET", name_of(a, "list", e), tag, "What holds today, page by page", e->name,
					  .list = true, .after = true, .words = true, .order = &l });
	if (e->write)
		operation(j, &(struct operation){ "POST", name_of(a, "new", e), tag, "A new one", e->name });
	json_object_end(j);
	api_schema_begin(j, arena_printf(a, "/api/v1/%s/{key}", e->name));
	operation(j, &(struct operation){ "GET", name_of(a, "one", e), tag, "One, at any two dates", e->name,
					  .key = true, .moment = true, .marked = true });
	if (e->write)
		operation(j, &(struct operation){
				     "PATCH", name_of(a, "change", e), tag,
				     "It changed on its day; with wrongly and reason: it was recorded wrongly", e->name,
				     .sends = body_of(a, e), .key = true, .marked = true });
	json_object_end(j);
}

static void fact_paths(struct arena *a, struct json *j, const struct entity *e)
{
	const char *tag = e->owner->title;
	api_schema_begin(j, arena_printf(a, "/api/v1/%s/{key}/%s", e->owner->name, e->name));
	operation(j, &(struct operation){ "GET", name_of(a, "facts", e), tag,
					  arena_printf(a, "%s: all that is believed", e->title), e->name, .list = true,
					  .key = true, .moment = true });
	if (e->write)
		operation(j,
			  &(struct operation){
				  "POST", name_of(a, "fact", e), tag,
				  arena_printf(a,
					       "%s: a new one; with wrongly, reason and _fact: that one was recorded "
					       "wrongly",
					       e->title),
				  e->name, .sends = body_of(a, e), .key = true });
	json_object_end(j);
}

static void fixed_paths(struct json *j)
{
	/* clang-format off */
	static const struct {
		const char *path;
		struct operation o;
	} fixed[] = {
		{ "/api/v1",              { "GET", "root", "Beginning", "What there is", "start" } },
		{ "/api/v1/find",         { "GET", "find", "Beginning", "Find by words or numbers", "hit", .list = true, .words = true } },
		{ "/api/v1/openapi.json", { "GET", "openapi", "Beginning", "This description" } },
		{ "/api/v1/rounds",       { "GET", "rounds", "Rounds", "Rounds within reach", "round_state", .list = true } },
		{ "/api/v1/rounds/{round}", { "GET", "round", "Rounds", "One round", "round_state", .round = true } },
		{ "/api/v1/rounds/{round}/people", { "GET", "round_people", "Rounds", "Its people, in the version that the reader may read",
		  "considered", .list = true, .round = true, .after = true } },
	};
	/* clang-format on */
	for (size_t i = 0; i < COUNT(fixed); i++) {
		api_schema_begin(j, fixed[i].path);
		operation(j, &fixed[i].o);
		json_object_end(j);
	}
}

static void components(const struct registry *r, struct json *j)
{
	api_schema_begin(j, "components");
	api_schemas(j, r);
	shared_responses(j);
	api_schema_begin(j, "securitySchemes");
	api_schema_begin(j, "token");
	json_member_text(j, "type", "http");
	json_member_text(j, "scheme", "bearer");
	json_member_text(j, "description",
			 "Made under Settings, Tokens; it may do what its maker ticked, for so many days.");
	json_object_end(j);
	json_object_end(j);
	json_object_end(j);
}

/* clang-format off */
static const char about[] =
	"The same as the pages, for programs: the same rights, the same reach, the same two dates.\n\n"
	"**Begin**: make a token under Settings, Tokens, then\n"
	"`curl -H \"Authorization: Bearer TOKEN\" https://HOST/api/v1/person?q=sari`\n\n"
	"**Two dates**: `as_of` is the day on which things stood so, `known_at` the day (or receipt) until which we had learnt of it. "
	"Lists hold what is true today; one record and its facts can be asked for at any two dates.\n\n"
	"**Pages**: an answer with `next` has more; ask for that address as it is. `total` counts up to 1,000.\n\n"
	"**Narrowing**: a list takes `is_FIELD=VALUE` for each field by which its page can be narrowed, such as `is_category=general`.\n\n"
	"**Changing**: PATCH with the day on which it changed (`valid_from`) and the fields that change, and `If-Match` with the `ETag` that you read. "
	"If it was recorded wrongly, add `\"wrongly\": true` and a `reason`: what was believed before stays readable.\n\n"
	"**Refusals** are problem details (RFC 9457); `problems` names every field at once, what is wrong and what to do. "
	"A parameter that an address does not know is refused, never ignored.";
/* clang-format on */

void api_openapi(const struct registry *r, struct arena *a, struct buf *out)
{
	struct json j;
	json_init(&j, out);
	json_object(&j);
	json_member_text(&j, "openapi", "3.1.0");
	api_schema_begin(&j, "info");
	json_member_text(&j, "title", "Merit");
	json_member_text(&j, "version", "1");
	json_member_text(&j, "description", about);
	json_object_end(&j);
	json_key(&j, "servers");
	json_array(&j);
	json_object(&j);
	json_member_text(&j, "url", "/");
	json_object_end(&j);
	json_array_end(&j);
	json_key(&j, "security");
	json_array(&j);
	json_object(&j);
	json_key(&j, "token");
	json_array(&j);
	json_array_end(&j);
	json_object_end(&j);
	json_array_end(&j);
	api_schema_begin(&j, "paths");
	fixed_paths(&j);
	for (const struct entity *const *e = r->entities; *e; e++) {
		if ((*e)->kind == THING)
			thing_paths(r, a, &j, *e);
		else if (api_schema_shown(*e))
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
