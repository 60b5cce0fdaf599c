/* session.c - sessions, tokens and passwords: who stands at the door. */
#include "modules/duty/door.h"

#include "access/secret.h"
#include "base/number.h"
#include "entity/plain.h"

/* The server writes down that a session was used at most once in five minutes, so an end is at most so much late. */
#define TOUCHED (5 * MINUTE)
#define ENDED_KEPT (24 * HOUR)

/* For how long a session goes on unused; microseconds. */
static int64_t idle_most(bool shared, right_t rights)
{
	if (shared)
		return 5 * MINUTE + TOUCHED;
	/* Who can open nothing but the own file: people wait for a paper, or are called away from the counter. */
	return (rights & ~(right_t)MAY_OWN) ? 30 * MINUTE : 2 * HOUR;
}

int64_t session_most(bool shared)
{
	return shared ? HOUR : 8 * HOUR;
}

/* ---- "number.secret" ---- */

static bool split(struct str s, int64_t *ret_number, struct str *ret_secret)
{
	const char *dot = s.n ? memchr(s.p, '.', s.n) : NULL;
	if (!dot || !number_parse((struct str){ s.p, (size_t)(dot - s.p) }, ret_number) || *ret_number <= 0)
		return false;
	*ret_secret = (struct str){ dot + 1, s.n - (size_t)(dot - s.p) - 1 };
	return ret_secret->n == SECRET_TEXT - 1;
}

/* The row of that number whose secret this is. */
static enum err row_of(struct ctx *c, const struct entity *e, int hash_field, struct str text, struct record **ret,
		       struct str *ret_secret)
{
	int64_t number;
	if (!split(text, &number, ret_secret))
		return E_DENIED;
	enum err found = plain_read(c, e, number, ret);
	if (found == E_MISSING)
		return E_DENIED;
	TRY(found);
	struct str is = kept_hash(c->arena, *ret_secret, e->name), must = (*ret)->v[hash_field].t;
	return is.n == must.n && secret_same(is.p, must.p, is.n) ? E_OK : E_DENIED;
}

static struct str joined(struct arena *a, int64_t number, const char *secret)
{
	return str_of(arena_printf(a, "%lld.%s", (long long)number, secret));
}

/* ---- finding ---- */

static struct str copied(struct arena *a, struct str s)
{
	return (struct str){ arena_text(a, s.p, s.n), s.n };
}

/* A copy that goes with the request from thread to thread, with these rights at most. */
static enum err who_new(struct ctx *c, int64_t user, const struct lang *l, right_t most, struct who **ret)
{
	const struct standing_user *s;
	TRY(standing_of(c, user, &s));
	if (!s->may_come)
		return E_DENIED;
	struct who *w = ARENA_NEW(c->arena, struct who);
	struct reach *reach = ARENA_ARRAY(c->arena, struct reach, s->who.nreach + 1);
	*w = s->who;
	w->name = copied(c->arena, s->who.name);
	for (size_t i = 0; i < w->nreach; i++) {
		reach[i] = s->who.reach[i];
		reach[i].rights &= most;
	}
	w->reach = reach;
	w->rights &= most;
	for (size_t i = 0; s->role_names && langs[i]; i++)
		if (langs[i] == l)
			w->role = copied(c->arena, s->role_names[i]);
	*ret = w;
	return E_OK;
}

enum err who_of_user(struct ctx *c, int64_t user, const struct who **ret)
{
	struct who *w;
	TRY(who_new(c, user, LANG_ENGLISH, ALL_RIGHTS, &w));
	*ret = w;
	return E_OK;
}

static enum err by_session(struct ctx *c, struct str cookie, struct who **ret)
{
	struct record *s;
	struct str secret;
	int64_t now = clock_now_us();
	TRY(row_of(c, &user_session_entity, SESSION_HASH, cookie, &s, &secret));
	if (s->v[SESSION_ENDS].i <= now)
		return E_DENIED;
	const struct lang *l = s->v[SESSION_LANG].set ? lang_find(s->v[SESSION_LANG].t) : NULL;
	TRY(who_new(c, s->v[SESSION_USER].i, l ? l : LANG_ENGLISH, ALL_RIGHTS, ret));
	struct who *w = *ret;
	w->shared = s->v[SESSION_SHARED].i != 0;
	if (s->v[SESSION_USED].i + idle_most(w->shared, w->rights) <= now)
		return E_DENIED;
	w->session = s->id;
	w->must_change = s->v[SESSION_CHANGE].i != 0;
	w->tour = s->v[SESSION_TOUR].i != 0;
	w->lang = s->v[SESSION_LANG].t;
	w->form_token = kept_hash(c->arena, secret, "form");
	return E_OK;
}

/* A token never does more than its user may, and never more than was asked for it. */
static enum err by_token(struct ctx *c, struct str bearer, struct who **ret)
{
	struct record *t;
	struct str secret;
	TRY(row_of(c, &user_token_entity, TOKEN_HASH, bearer, &t, &secret));
	if (t->v[TOKEN_ENDS].i <= clock_now_us())
		return E_DENIED;
	right_t mask = (right_t)t->v[TOKEN_RIGHTS].i;
	TRY(who_new(c, t->v[TOKEN_USER].i, LANG_ENGLISH, mask, ret));
	if (!(mask & MAY_OWN))
		(*ret)->person = 0;
	return E_OK;
}

static enum err find(struct ctx *c, struct str cookie, struct str bearer, struct who **ret)
{
	return bearer.n ? by_token(c, bearer, ret) : by_session(c, cookie, ret);
}

/* ---- beginning and ending ---- */

enum err session_begin(struct ctx *c, const struct session_ask *ask, struct str *ret_cookie)
{
	char secret[SECRET_TEXT];
	int64_t now = clock_now_us();
	struct record *s = record_new(c->arena, &user_session_entity);
	TRY(plain_delete_before(c, &user_session_entity, SESSION_ENDS, now - ENDED_KEPT, NULL));
	secret_new(secret);
	record_int(s, SESSION_USER, ask->user);
	record_text(s, SESSION_HASH, kept_hash(c->arena, str_of(secret), user_session_entity.name));
	record_int(s, SESSION_BEGUN, now);
	record_int(s, SESSION_USED, now);
	record_int(s, SESSION_ENDS, now + session_most(ask->shared));
	record_int(s, SESSION_SHARED, ask->shared);
	record_int(s, SESSION_CHANGE, ask->must_change);
	record_int(s, SESSION_TOUR, ask->tour);
	if (ask->lang.n)
		record_text(s, SESSION_LANG, ask->lang);
	TRY(plain_save(c, s));
	*ret_cookie = joined(c->arena, s->id, secret);
	return E_OK;
}

/* Its row stays for a day, so that a form that is typed in it meanwhile can be kept for its user. */
static enum err finish(struct ctx *c, struct record *s)
{
	int64_t now = clock_now_us();
	if (s->v[SESSION_ENDS].i <= now)
		return E_OK;
	record_int(s, SESSION_ENDS, now);
	return plain_save(c, s);
}

enum err session_end(struct ctx *c, int64_t session)
{
	struct record *s;
	enum err e = plain_read(c, &user_session_entity, session, &s);
	if (e == E_MISSING)
		return E_OK;
	TRY(e);
	return finish(c, s);
}

enum err sessions_end(struct ctx *c, int64_t user, int64_t but)
{
	struct record **list;
	size_t n;
	struct value of = { .set = true, .i = user };
	TRY(plain_all(c, &user_session_entity, SESSION_USER, &of, &list, &n));
	for (size_t i = 0; i < n; i++)
		if (list[i]->id != but)
			TRY(finish(c, list[i]));
	return E_OK;
}

static enum err touch(struct ctx *c, const struct who *w)
{
	struct record *s;
	if (!w->session)
		return E_OK;
	enum err e = plain_read(c, &user_session_entity, w->session, &s);
	if (e == E_MISSING)
		return E_OK;
	TRY(e);
	record_int(s, SESSION_USED, clock_now_us());
	return plain_save(c, s);
}

static enum err tokens_end(struct ctx *c, int64_t user)
{
	struct value of = { .set = true, .i = user };
	struct record **list;
	size_t n;
	TRY(plain_all(c, &user_token_entity, TOKEN_USER, &of, &list, &n));
	for (size_t i = 0; i < n; i++)
		TRY(plain_delete(c, &user_token_entity, list[i]->id));
	return E_OK;
}

/* ---- passwords ---- */

enum err password_of(struct ctx *c, int64_t user, struct record **ret)
{
	return plain_find(c, &user_password_entity, PASSWORD_USER, &(struct value){ .set = true, .i = user }, ret);
}

enum err user_set_password(struct ctx *c, int64_t user, const char *hash, bool once)
{
	struct record *r;
	int64_t now = clock_now_us();
	enum err e = password_of(c, user, &r);
	if (e != E_OK && e != E_MISSING)
		return e;
	if (e == E_MISSING)
		r = record_new(c->arena, &user_password_entity);
	record_int(r, PASSWORD_USER, user);
	record_text(r, PASSWORD_HASH, str_of(hash));
	record_int(r, PASSWORD_SET, now);
	record_int(r, PASSWORD_ONCE, once);
	record_clear(r, PASSWORD_ENDS);
	if (once)
		record_int(r, PASSWORD_ENDS, now + LETTER_LIFE);
	TRY(plain_save(c, r));
	TRY(sessions_end(c, user, 0));
	return once ? tokens_end(c, user) : E_OK;
}

/* Whoever finds the letter in the waste paper comes too late. */
enum err password_used(struct ctx *c, int64_t user)
{
	struct record *r;
	int64_t soon = clock_now_us() + HOUR;
	TRY(password_of(c, user, &r));
	if (record_get(r, PASSWORD_ENDS, soon) <= soon)
		return E_OK;
	record_int(r, PASSWORD_ENDS, soon);
	return plain_save(c, r);
}

/* ---- the gate ---- */

static enum err note_rows(struct ctx *c, const struct who *w, const struct noted *const *list, size_t n,
			  const char *page)
{
	for (size_t i = 0; i < n; i++) {
		struct record *r = record_new(c->arena, &file_read_entity);
		r->owner = list[i]->person;
		r->valid_from = c->today;
		record_int(r, READ_BY, w->actor.user);
		record_text(r, READ_WHAT, str_of(list[i]->kind));
		record_text(r, READ_PAGE, str_of(page));
		record_int(r, READ_AT, ledger_now(c->ledger));
		TRY(change_save(c, r));
	}
	return E_OK;
}

static int by_person(const void *a, const void *b)
{
	const struct noted *x = *(const struct noted *const *)a, *y = *(const struct noted *const *)b;
	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	return strcmp(x->kind, y->kind);
}

/* What is to be written: each person and kind once, in their order; nobody is a reader of the own file. */
static size_t readings(struct arena *a, const struct who *w, const struct noted *n, size_t count,
		       const struct noted ***ret)
{
	const struct noted **list = ARENA_ARRAY(a, const struct noted *, count + 1);
	size_t all = 0, once = 0;
	for (size_t i = 0; i < count; i++)
		if (n[i].person != w->person)
			list[all++] = &n[i];
	if (all)
		qsort(list, all, sizeof *list, by_person);
	for (size_t i = 0; i < all; i++)
		if (!once || by_person(&list[once - 1], &list[i]))
			list[once++] = list[i];
	*ret = list;
	return once;
}

/* One page is one entry, about the person when it shows one, with a row for each whose file it shows. */
static enum err note(struct ctx *c, const struct who *w, const struct noted *n, size_t count, const char *page)
{
	const struct noted **list;
	int64_t position;
	size_t rows = readings(c->arena, w, n, count, &list);
	if (!rows)
		return E_OK;
	bool one = list[0]->person == list[rows - 1]->person;
	TRY(change_begin(c, "read", one ? list[0]->person : 0));
	return change_settle(c, note_rows(c, w, list, rows, page), &position);
}

/* The mark is the user's own: another one's form of the same mark is another form. */
static struct str mark_of(struct ctx *c, const struct who *w, struct str once)
{
	char *text = arena_printf(c->arena, "%lld %.*s", (long long)w->actor.user, (int)once.n, once.p);
	return kept_hash(c->arena, str_of(text), sent_form_entity.name);
}

static enum err sent(struct ctx *c, const struct who *w, struct str once, struct str *ret_to)
{
	struct record *r;
	struct value mark = { .set = true, .t = mark_of(c, w, once) };
	TRY(plain_find(c, &sent_form_entity, SENT_MARK, &mark, &r));
	*ret_to = r->v[SENT_TO].t;
	return E_OK;
}

static enum err sent_keep(struct ctx *c, const struct who *w, struct str once, struct str to)
{
	struct record *r = record_new(c->arena, &sent_form_entity);
	int64_t now = clock_now_us();
	TRY(plain_delete_before(c, &sent_form_entity, SENT_AT, now - 24 * HOUR, NULL));
	record_text(r, SENT_MARK, mark_of(c, w, once));
	record_text(r, SENT_TO, to.n ? to : STR("/")); /* empty: it was answered at once, with what is shown once */
	record_int(r, SENT_AT, now);
	return plain_save(c, r);
}

/* Room for one more: the oldest make place. */
static enum err few_kept(struct ctx *c, int64_t user)
{
	struct value of = { .set = true, .i = user };
	struct record **list;
	size_t n;
	TRY(plain_all(c, &kept_form_entity, KEPT_USER, &of, &list, &n));
	for (size_t i = 0; i + KEPT_FORMS <= n; i++)
		TRY(plain_delete(c, &kept_form_entity, list[i]->id));
	return E_OK;
}

static enum err draft_keep(struct ctx *c, struct str cookie, struct str path, struct str form, struct str *ret_key)
{
	char secret[SECRET_TEXT];
	struct record *r = record_new(c->arena, &kept_form_entity), *session;
	struct str theirs;
	int64_t now = clock_now_us();
	enum err known = row_of(c, &user_session_entity, SESSION_HASH, cookie, &session, &theirs);
	if (known == E_DENIED || form.n > KEPT_MOST)
		return E_MISSING;
	TRY(known);
	TRY(plain_delete_before(c, &kept_form_entity, KEPT_AT, now - 24 * HOUR, NULL));
	TRY(few_kept(c, session->v[SESSION_USER].i));
	secret_new(secret);
	record_text(r, KEPT_HASH, kept_hash(c->arena, str_of(secret), kept_form_entity.name));
	record_text(r, KEPT_PATH, path);
	if (form.n)
		record_text(r, KEPT_FORM, form);
	record_int(r, KEPT_AT, now);
	record_int(r, KEPT_USER, session->v[SESSION_USER].i);
	TRY(plain_save(c, r));
	*ret_key = (struct str){ arena_text(c->arena, secret, SECRET_TEXT - 1), SECRET_TEXT - 1 };
	return E_OK;
}

const struct gate duty_gate = {
	.find = find,
	.note = note,
	.touch = touch,
	.sent = sent,
	.sent_keep = sent_keep,
	.draft_keep = draft_keep,
};
