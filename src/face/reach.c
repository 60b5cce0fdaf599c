/* reach.c - what this reader may see and write: the entity's right within reach, or the own file. */
#include "entity/change.h"
#include "face/inside.h"

/* Whether that there is such a fact at all is confidential, not only what it says. */
static bool wholly_closed(const struct entity *e)
{
	for (int i = 0; i < e->nfields; i++)
		if ((i == 0 || (e->fields[i].flags & KEY)) && (e->fields[i].flags & CONFIDENTIAL))
			return true;
	return false;
}

/* Whoever reads a fact of a thing must be permitted to read the thing. */
right_t face_right(const struct entity *e)
{
	return e->see | (e->owner ? e->owner->see : 0) | (wholly_closed(e) ? MAY_CLOSED : 0);
}

static const struct entity *thing_of(const struct entity *e)
{
	return e->owner ? e->owner : e;
}

bool face_may_see_any(const struct request *q, const struct entity *e)
{
	return q->who && e->kind != PLAIN && who_may(q->who, face_right(e));
}

bool face_may_write_any(const struct request *q, const struct entity *e)
{
	return q->who && e->kind != PLAIN && e->write && who_may(q->who, e->write);
}

/* Where a record stands. */
struct place {
	bool scoped; /* by units at all */
	int64_t order;
};

static enum err place_of(struct request *q, const struct entity *e, int64_t key, struct place *ret)
{
	return scope_of(q->c, thing_of(e), key, &ret->scoped, &ret->order);
}

static bool held(const struct request *q, const struct place *p, right_t right)
{
	return p->scoped ? who_may_at(q->who, right, p->order) : who_may(q->who, right);
}

/* What stands nowhere may be about anybody. */
static bool closed_held(const struct request *q, const struct place *p)
{
	return p->scoped ? who_may_at(q->who, MAY_CLOSED, p->order) : who_everywhere(q->who, MAY_CLOSED);
}

static bool is_own(const struct request *q, const struct entity *e, int64_t key)
{
	const struct face *f = face_of(q);
	return f->own && f->own(q->who, e, key);
}

enum err face_may_see(struct request *q, const struct entity *e, int64_t key, bool *ret_closed)
{
	struct place at;
	if (!q->who || e->kind == PLAIN)
		return E_MISSING;
	TRY(place_of(q, e, key, &at));
	bool own = is_own(q, e, key);
	if (!own && !held(q, &at, face_right(e)))
		return E_MISSING;
	*ret_closed = own || closed_held(q, &at);
	return E_OK;
}

static enum err is_file_of(struct request *q, int64_t user, const struct entity *e, int64_t key, bool *ret)
{
	const struct face *f = face_of(q);
	struct who of = { .person = 0 };
	if (user && f->own && f->person) {
		TRY(f->person(q->c, user, &of.person));
		*ret = *ret || f->own(&of, e, key);
	}
	return E_OK;
}

/* Nobody writes into the own file, and nobody for somebody into theirs: a colleague does. A token that may not read the
 * own file is its user's all the same. */
enum err face_writes_own(struct request *q, const struct entity *e, int64_t key, bool *ret)
{
	*ret = is_own(q, e, key);
	if (!q->who->session && !*ret)
		TRY(is_file_of(q, q->c->actor.user, e, key, ret));
	return is_file_of(q, q->c->actor.on_behalf, e, key, ret);
}

/* What may be written must be seen first. What a deputy writes where only the duty of another one reaches names both.
 */
enum err face_may_write(struct request *q, const struct entity *e, int64_t key)
{
	struct place at;
	bool own;
	if (!q->who || e->kind == PLAIN || !e->write)
		return E_MISSING;
	TRY(place_of(q, e, key, &at));
	if (!held(q, &at, e->write) || !(held(q, &at, face_right(e)) || is_own(q, e, key)))
		return E_MISSING;
	q->c->actor.on_behalf = at.scoped ? who_behalf_at(q->who, e->write, at.order) : who_behalf(q->who, e->write);
	TRY(face_writes_own(q, e, key, &own));
	return own ? E_MISSING : E_OK;
}

/* A new thing stands nowhere yet: only who may write it everywhere, or where it has no place at all. */
enum err face_may_make(struct request *q, const struct entity *e)
{
	const struct projection *p = projection_of(q->c->registry, e);
	if (!face_may_write_any(q, e))
		return E_MISSING;
	if (!p || projection_scope(p) < 0)
		return E_OK;
	return who_everywhere(q->who, e->write) ? E_OK : E_MISSING;
}

enum err face_entity(struct request *q, const struct entity **ret)
{
	struct str name = request_param(q, "name");
	const struct entity *e = registry_entity(q->c->registry, terminated(q, name));
	if (!e || e->kind == PLAIN)
		return E_MISSING;
	*ret = e;
	return E_OK;
}

enum err face_key(struct request *q, const struct entity *e, struct str key, int64_t *ret)
{
	bool closed;
	int64_t id;
	TRY(key_find(q->c, thing_of(e), key, &id));
	TRY(face_may_see(q, e, id, &closed));
	*ret = id;
	return E_OK;
}

/* ---- words ---- */
static enum err only_seen(struct request *q, const struct entity *e, int64_t *ids, size_t *n)
{
	size_t kept = 0;
	bool closed;
	for (size_t i = 0; i < *n; i++) {
		enum err seen = face_may_see(q, e, ids[i], &closed);
		if (seen != E_OK && seen != E_MISSING)
			return seen;
		if (seen == E_OK)
			ids[kept++] = ids[i];
	}
	*n = kept;
	return E_OK;
}

/* Who reaches a small office finds its one Siti among all the others' too: many are looked at only when few do not do.
 */
enum err face_search(struct request *q, const struct entity *e, struct str words, int64_t *ret, size_t most,
		     size_t *ret_n, bool *ret_more)
{
	const size_t tries[] = { 4 * most, 1000 };
	size_t n = 0;
	for (size_t i = 0; i < COUNT(tries); i++) {
		int64_t *ids = ARENA_ARRAY(q->arena, int64_t, tries[i]);
		TRY(search(q->c, e, words, ids, tries[i], &n));
		bool all = n < tries[i];
		TRY(only_seen(q, e, ids, &n));
		*ret_n = n < most ? n : most;
		memcpy(ret, ids, *ret_n * sizeof *ret);
		if (all || n > most)
			break;
	}
	*ret_more = n > most;
	return E_OK;
}

bool field_drawn(const struct field *f, bool may_closed)
{
	return !(f->flags & RETIRED) && (may_closed || !(f->flags & CONFIDENTIAL));
}

/* ---- where a record's page is ---- */
const struct home *face_home(const struct request *q, const struct entity *e)
{
	for (const struct home *const *set = face_of(q)->homes; set && *set; set++)
		for (const struct home *m = *set; m->of; m++)
			if (m->of == e)
				return m;
	return NULL;
}

struct str face_address_key(struct request *q, const struct entity *e, struct str key)
{
	const struct home *home = face_home(q, e);
	const char *text = terminated(q, key);
	if (home && home->one)
		return address_of(q, home->one, text);
	return address_of(q, "/list/%s/%s", e->name, text);
}

struct str face_address(struct request *q, const struct entity *e, int64_t id)
{
	struct str key;
	bool closed;
	if (e->kind != THING || face_may_see(q, e, id, &closed) != E_OK || key_text(q->c, e, id, 0, &key) != E_OK)
		return (struct str){ 0 };
	return face_address_key(q, e, key);
}

const char *face_list_words(struct request *q, const struct entity *e)
{
	const struct home *home = face_home(q, e);
	const struct page *list = home && home->list ? site_page(q->site, str_of(home->list)) : NULL;
	return list ? list->title : entity_titles(e);
}

struct str face_list_address(struct request *q, const struct entity *e)
{
	const struct home *home = face_home(q, e);
	return home && home->list ? str_of(home->list) : address_of(q, "/list/%s", e->name);
}

/* ---- panels ---- */
static bool may_panel(struct request *q, const struct panel *p, int64_t id)
{
	const struct entity *e = registry_entity(q->c->registry, p->on);
	struct place at;
	if (!e || !id)
		return who_may(q->who, p->see);
	return place_of(q, e, id, &at) == E_OK && (held(q, &at, p->see) || is_own(q, e, id));
}

/* Draws into a buffer first, so that a panel that has nothing to say leaves no sheet behind. */
static enum err draw_panel(struct request *q, const struct panel *p, int64_t id)
{
	struct buf drawn CLEANUP(buf_release) = BUF_INIT;
	struct buf *page = q->html.out;
	q->html.out = &drawn;
	enum err e = p->draw(q, id);
	q->html.out = page;
	TRY(e);
	if (!drawn.n)
		return E_OK;
	sheet_begin(q, p->title);
	buf_add(page, drawn.p, drawn.n);
	sheet_end(q);
	return E_OK;
}

enum err face_panels(struct request *q, const char *on, int64_t id, bool aside)
{
	/* Work first, then the reader's own affairs. */
	for (int own = 0; own < 2; own++)
		for (const struct panel *const *set = face_of(q)->panels; set && *set; set++)
			for (const struct panel *p = *set; p->on; p++)
				if (p->aside == aside && (p->see == MAY_OWN) == own && text_is(p->on, on) &&
				    may_panel(q, p, id))
					TRY(draw_panel(q, p, id));
	return E_OK;
}
