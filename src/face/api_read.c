/* api_read.c - records as JSON: one, the facts of one, and what is found by words. */
#include "face/api.h"

#include "base/number.h"

/* ---- one record ---- */

void api_begin(struct request *q, struct json *j)
{
	request_type(q, "application/json");
	json_init(j, q->html.out);
}

struct str api_key(struct request *q, const struct record *r)
{
	const struct entity *thing = r->entity->owner ? r->entity->owner : r->entity;
	struct str key = r->code;
	if (key_text(q->c, thing, r->entity->owner ? r->owner : r->id, 0, &key) != E_OK)
		return r->code;
	return key;
}

static void field(struct request *q, struct json *j, const struct field *f, const struct value *v, struct buf *scratch)
{
	const struct entity *refers = field_refers(q->c->registry, f);
	struct str key = { 0 };
	buf_reset(scratch);
	if (refers && key_text(q->c, refers, v->i, 0, &key) == E_OK) {
		json_member_str(j, f->name, key);
	} else if (f->type == T_INT) {
		json_member_int(j, f->name, v->i);
	} else if (f->type == T_BOOL) {
		json_member_bool(j, f->name, v->i != 0);
	} else {
		value_text(q->c, f, v, scratch);
		json_member_str(j, f->name, (struct str){ scratch->p, scratch->n });
	}
}

static void day(struct json *j, const char *name, date d)
{
	char text[DATE_TEXT];
	json_member_stated(j, name, str_of(date_text(d, text)));
}

bool api_record(struct request *q, struct json *j, const struct record *r, bool may_closed)
{
	struct buf scratch CLEANUP(buf_release) = BUF_INIT;
	const struct entity *e = r->entity;
	bool closed = false;
	json_object(j);
	json_member_str(j, e->owner ? entity_owner_column(e) : entity_key_column(e), api_key(q, r));
	if (!e->timeless && entity_field(e, entity_day_column(e)) < 0)
		day(j, entity_day_column(e), r->valid_from);
	if (e->until)
		day(j, "until", r->until);
	for (int i = e->kind == THING && !e->alias ? 1 : 0; i < e->nfields; i++)
		if (r->v[i].set && field_drawn(&e->fields[i], may_closed)) {
			closed = closed || e->fields[i].flags & CONFIDENTIAL;
			field(q, j, &e->fields[i], &r->v[i], &scratch);
		}
	json_member_int(j, "_known_from", r->known_from);
	if (e->owner)
		json_member_int(j, API_FACT, r->id);
	json_object_end(j);
	return closed;
}

static struct str etag(struct request *q, const struct record *r)
{
	return str_of(arena_printf(q->arena, "\"%lld.%u.%s\"", (long long)r->known_from, r->idx, lang_tag(q->lang)));
}

static bool names_row(struct str header, struct str tag)
{
	return str_is(header, "*") || (header.n && memmem(header.p, header.n, tag.p, tag.n));
}

/* Sends the ETag of what stands in a row: its receipt and place. True: the reader has it (304). */
static bool has_it_already(struct request *q, const struct record *r)
{
	struct str tag = etag(q, r);
	request_set_header(q, "ETag", tag);
	if (!names_row(request_header(q, "If-None-Match"), tag))
		return false;
	q->status = 304;
	return true;
}

enum err api_matches(struct request *q, const struct record *r)
{
	struct str asked = request_header(q, "If-Match");
	if (!asked.n || names_row(asked, etag(q, r)))
		return E_OK;
	problem_at(q->c->problems, NULL, 0, NULL,
		   "somebody wrote it since you read it, with receipt %lld; read it again and decide anew",
		   (long long)r->known_from);
	return E_CONFLICT;
}

/* ---- handlers ---- */

/* The thing that {name} and {key} say, within reach. */
static enum err thing_asked(struct request *q, const struct entity **ret_e, int64_t *ret_id, bool *ret_closed)
{
	TRY(face_entity(q, ret_e));
	if ((*ret_e)->kind != THING)
		return E_MISSING;
	TRY(face_key(q, *ret_e, request_param(q, "key"), ret_id));
	return face_may_see(q, *ret_e, *ret_id, ret_closed);
}

enum err api_one_draw(struct request *q)
{
	const struct entity *e;
	struct moment at;
	struct record *r;
	struct json j;
	bool closed;
	int64_t id;
	TRY(part_moment(q, &at));
	TRY(thing_asked(q, &e, &id, &closed));
	TRY(read_thing(q->c, e, id, at, &r));
	if (has_it_already(q, r))
		return E_OK;
	api_begin(q, &j);
	if (api_record(q, &j, r, closed))
		request_noted(q, id, e->name);
	return E_OK;
}

enum err api_facts_draw(struct request *q)
{
	struct str name = request_param(q, "facts");
	const struct entity *e, *facts;
	struct moment at;
	struct record **rows;
	struct json j;
	bool closed, noted = false;
	int64_t id;
	size_t n;
	TRY(part_moment(q, &at));
	TRY(thing_asked(q, &e, &id, &closed));
	facts = registry_entity(q->c->registry, terminated(q, name));
	if (!facts || facts->owner != e || face_may_see(q, facts, id, &closed) != E_OK)
		return E_MISSING;
	struct query all = { .entity = facts, .owner = id, .at = at, .extent = BELIEVED };
	TRY(read_all(q->c, &all, &rows, &n));
	api_begin(q, &j);
	json_object(&j);
	json_key(&j, "items");
	json_array(&j);
	for (size_t i = 0; i < n; i++)
		noted = api_record(q, &j, rows[i], closed) || noted;
	json_array_end(&j);
	json_object_end(&j);
	if (noted)
		request_noted(q, id, facts->name);
	return E_OK;
}

static enum err found(struct request *q, struct json *j, const struct entity *e, struct str words)
{
	int64_t ids[20];
	size_t n;
	bool more;
	TRY(face_search(q, e, words, ids, COUNT(ids), &n, &more));
	for (size_t i = 0; i < n; i++) {
		struct str name, key;
		if (key_text(q->c, e, ids[i], 0, &key) != E_OK)
			continue;
		enum err named = part_name(q->c, e, ids[i], AS_OF_NOW, &name);
		json_object(j);
		json_member_text(j, "kind", e->name);
		json_member_str(j, "key", key);
		if (named == E_OK)
			json_member_str(j, "name", name);
		json_object_end(j);
	}
	return E_OK;
}

enum err api_find_draw(struct request *q)
{
	struct str words = str_trim(request_param(q, "q"));
	struct json j;
	api_begin(q, &j);
	json_object(&j);
	json_key(&j, "items");
	json_array(&j);
	for (const struct entity *const *e = q->c->registry->entities; *e && words.n; e++)
		if ((*e)->kind == THING && face_may_see_any(q, *e))
			TRY(found(q, &j, *e, words));
	json_array_end(&j);
	json_object_end(&j);
	return E_OK;
}

static void to_list(struct request *q, struct json *j, const char *name, const char *title)
{
	json_object(j);
	json_member_text(j, "href", arena_printf(q->arena, "/api/v1/%s", name));
	json_member_text(j, "title", say(q->lang, title));
	json_object_end(j);
}

/* What there is: the first page of a program. */
enum err api_root_draw(struct request *q)
{
	struct json j;
	api_begin(q, &j);
	json_object(&j);
	json_member_text(&j, "openapi", "/api/v1/openapi.json");
	json_key(&j, "lists");
	json_array(&j);
	for (const struct entity *const *e = q->c->registry->entities; *e; e++)
		if ((*e)->kind == THING && face_may_see_any(q, *e))
			to_list(q, &j, (*e)->name, (*e)->title);
	if (who_may(q->who, MAY_ROUND))
		to_list(q, &j, "rounds", N_("Rounds"));
	json_array_end(&j);
	json_object_end(&j);
	return E_OK;
}
