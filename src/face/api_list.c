/* api_list.c - lists as JSON, page by page, narrowed and ordered only by what is there. */
#include "face/api.h"

#define NARROWS "is_" /* before the name of a field */

/* ---- what the address names ---- */

bool api_list_narrows(const struct listing_column *k)
{
	return listing_filters(k->field);
}

bool api_list_orders(const struct listing_column *k)
{
	return k->sort != LISTING_UNSORTED;
}

typedef bool allows(const struct listing_column *k);

static bool among(const struct listing *l, allows *may, struct str name)
{
	for (size_t i = 0; i < l->ncolumns; i++)
		if (may(&l->columns[i]) && str_is(name, l->columns[i].name))
			return true;
	return false;
}

static void not_there(struct request *q, const struct listing *l, allows *may, const char *name, const char *prefix)
{
	struct buf there CLEANUP(buf_release) = BUF_INIT;
	for (size_t i = 0; i < l->ncolumns; i++)
		if (may(&l->columns[i]))
			buf_printf(&there, "%s%s%s", there.n ? ", " : "", prefix, l->columns[i].name);
	if (there.n)
		problem_at(q->c->problems, NULL, 0, name, "this list has no such field; take one of these: %s",
			   buf_str(&there));
	else
		problem_at(q->c->problems, NULL, 0, name, "this list has no field for that; leave it out");
}

/* A program that narrows or orders by what is not there must not believe that it was done. */
static void names_asked(struct request *q, const struct listing *l)
{
	size_t n;
	const struct pair *asked = request_asked(q, &n);
	for (size_t i = 0; i < n; i++) {
		const char *name = terminated(q, asked[i].name);
		bool narrows = strncmp(name, NARROWS, strlen(NARROWS)) == 0;
		if (narrows && !among(l, api_list_narrows, str_of(name + strlen(NARROWS))))
			not_there(q, l, api_list_narrows, name, NARROWS);
		else if (text_is(name, "sort") && asked[i].value.n && !among(l, api_list_orders, asked[i].value))
			not_there(q, l, api_list_orders, name, "");
	}
}

/* ---- the list ---- */

static void further(struct request *q, struct json *j, const struct list_key *next)
{
	struct pair with = { STR("after"), part_page_text(q, next) };
	json_member_str(j, "next", address_with(q, NULL, &with, 1));
}

size_t api_limit(const struct request *q)
{
	int64_t limit = request_number(q, "limit");
	return limit < 1 ? 50 : limit > 200 ? 200 : (size_t)limit;
}

enum err api_list_draw(struct request *q)
{
	const struct entity *e;
	struct listing_page page;
	struct listing *l = ARENA_NEW(q->arena, struct listing);
	struct json j;
	bool closed;
	TRY(face_entity(q, &e));
	if (e->kind != THING)
		return E_MISSING;
	TRY(listing_read(q, e, l));
	names_asked(q, l);
	if (q->c->problems->count)
		return E_INVALID;
	TRY(listing_page(q, l, api_limit(q), true, &page));
	api_begin(q, &j);
	json_object(&j);
	json_key(&j, "items");
	json_array(&j);
	for (size_t i = 0; i < page.n; i++) {
		struct record *r;
		enum err e_read = read_thing(q->c, e, page.rows[i].id, AS_OF_NOW, &r);
		if (e_read == E_OK)
			e_read = face_may_see(q, e, page.rows[i].id, &closed);
		if (e_read == E_OK && api_record(q, &j, r, closed))
			request_noted(q, page.rows[i].id, e->name);
		if (e_read != E_OK && e_read != E_MISSING)
			return e_read;
	}
	json_array_end(&j);
	if (page.more)
		further(q, &j, &page.next);
	json_member_int(&j, "total", page.total > page.at_most ? page.at_most : page.total);
	json_member_bool(&j, "total_is_exact", page.total <= page.at_most);
	json_object_end(&j);
	return E_OK;
}
