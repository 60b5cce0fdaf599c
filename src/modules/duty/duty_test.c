/* duty_test.c - who may do what where, by day; sessions, tokens, waits; and readings written down before they are
 * shown. */
#include "../../../tests/help/office.h"
#include "../../../tests/help/spot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "access/password.h"
#include "entity/change.h"
#include "entity/list.h"
#include "modules/duty/door.h"

int duty_test(void);

/* ---- an office ----------------------------------------------------------------------------------------------------
 */

#define UNITS                                                                                                          \
	"code,name,parent,kind,valid_from\nMOF,Ministry,,ministry,1980-01-01\n"                                        \
	"TAX,Tax,MOF,directorate,1980-01-01\nTAX-1,Tax one,TAX,section,1980-01-01\n"                                   \
	"CUS,Customs,MOF,directorate,1980-01-01\n"
#define POSTS                                                                                                          \
	"code,title,unit,category,echelon,rank_low,rank_high,valid_from\n"                                             \
	"P-1,Clerk,TAX-1,general,,,,1990-01-01\nP-2,Clerk,CUS,general,,,,1990-01-01\n"
#define PEOPLE                                                                                                         \
	"staff_number,name,sex,birth_date,education,joined_on,category\n"                                              \
	"1,Siti,F,1960-05-04,bachelor,1985-01-01,general\n2,Budi,M,1961-05-04,bachelor,1985-01-01,general\n"           \
	"3,Nobody,M,1962-05-04,bachelor,1985-01-01,general\n"
#define HELD "staff_number,post,valid_from,decree\n1,P-1,1990-01-01,K-1\n2,P-2,1990-01-01,K-2\n"

static struct ctx *open_office(void **state)
{
	struct ctx *c = office_open(*state);
	standing_forget();
	office_take(c, "unit", UNITS);
	office_take(c, "post", POSTS);
	office_take(c, "person", PEOPLE);
	office_take(c, "post_history", HELD);
	return c;
}

static int64_t key(struct ctx *c, const struct entity *e, const char *text)
{
	int64_t id = 0;
	if (*text)
		assert_int_equal(key_find(c, e, str_of(text), &id), E_OK);
	return id;
}

static int64_t place(struct ctx *c, const char *person)
{
	bool scoped;
	int64_t order = 0;
	assert_int_equal(scope_of(c, &person_entity, key(c, &person_entity, person), &scoped, &order), E_OK);
	return order;
}

struct given {
	const char *user, *role, *unit, *person;
};

static int64_t give(struct ctx *c, const struct given *g)
{
	struct txn t CLEANUP(txn_end) = { 0 };
	struct duty_ask ask = { .from = c->today, .until = DATE_NONE };
	int64_t position;
	assert_int_equal(ctx_write(c, &t), E_OK);
	assert_int_equal(change_begin(c, "user.new", 0), E_OK);
	if (key_find(c, &user_entity, str_of(g->user), &ask.user) == E_MISSING)
		assert_int_equal(user_add(c, str_of(g->user), str_of(g->user), key(c, &person_entity, g->person),
					  c->today, &ask.user),
				 E_OK);
	ask.role = key(c, &user_role_entity, g->role);
	ask.unit = key(c, &unit_entity, g->unit);
	assert_int_equal(user_give(c, &ask), E_OK);
	assert_int_equal(change_end(c, &position), E_OK);
	assert_int_equal(txn_commit(&t), E_OK);
	return ask.user;
}

static const struct who *who(struct ctx *c, int64_t user)
{
	const struct who *w = NULL;
	assert_int_equal(who_of_user(c, user, &w), E_OK);
	return w;
}

/* A write of its own. */
#define WRITING(c, call)                                                                                               \
	do {                                                                                                           \
		struct txn txn_ CLEANUP(txn_end) = { 0 };                                                              \
		assert_int_equal(ctx_write(c, &txn_), E_OK);                                                           \
		assert_int_equal(call, E_OK);                                                                          \
		assert_int_equal(txn_commit(&txn_), E_OK);                                                             \
	} while (0)

static enum err saved(struct ctx *c, struct record *r)
{
	int64_t position;
	TRY(change_begin(c, "test", 0));
	TRY(change_save(c, r));
	return change_end(c, &position);
}

/* ---- rights and reach ---------------------------------------------------------------------------------------------
 */

/* proves: DP-07 */
static void over_a_unit_with_all_below_it(void **state)
{
	struct ctx *c CLEANUP(office_close) = open_office(state);
	const struct who *w = who(c, give(c, &(struct given){ "rina", "hr-officer", "TAX", "" }));
	assert_true(who_may_at(w, MAY_PEOPLE | MAY_CLOSED, place(c, "1")));
	assert_false(who_may_at(w, MAY_PEOPLE, place(c, "2")));
	assert_false(who_may_at(w, MAY_PEOPLE, place(c, "3"))); /* of no unit */
	assert_false(who_may(w, MAY_USERS));
	assert_false(who_may(w, MAY_AUDIT));
	assert_true(str_is(w->role, "Personnel officer"));
	const struct who *all = who(c, give(c, &(struct given){ "dian", "data-officer", "", "" }));
	assert_true(who_everywhere(all, MAY_PEOPLE));
	assert_true(who_may_at(all, MAY_PEOPLE, place(c, "3")));
	assert_false(who_may_at(all, MAY_CLOSED, place(c, "1")));
}

/* A second duty adds, its end takes away, and each change holds at the next question. */
static void several_duties(void **state)
{
	struct ctx *c CLEANUP(office_close) = open_office(state);
	int64_t user = give(c, &(struct given){ "rina", "line-manager", "TAX", "1" }), position;
	const struct who *w = who(c, user);
	assert_int_equal(w->person, key(c, &person_entity, "1"));
	assert_false(who_may_at(w, MAY_PEOPLE, place(c, "2")));
	give(c, &(struct given){ "rina", "line-manager", "CUS", "" });
	assert_true(who_may_at(who(c, user), MAY_PEOPLE, place(c, "2")));
	assert_true(who_may_at(who(c, user), MAY_PEOPLE, place(c, "1")));
	c->today += 1;
	{
		struct txn t CLEANUP(txn_end) = { 0 };
		assert_int_equal(ctx_write(c, &t), E_OK);
		assert_int_equal(change_begin(c, "user.duty", user), E_OK);
		assert_int_equal(user_take(c, user, 1, c->today), E_OK);
		assert_int_equal(change_end(c, &position), E_OK);
		assert_int_equal(txn_commit(&t), E_OK);
	}
	assert_false(who_may_at(who(c, user), MAY_PEOPLE, place(c, "1")));
	assert_true(who_may_at(who(c, user), MAY_PEOPLE, place(c, "2")));
	c->today -= 1;
	assert_true(who_may_at(who(c, user), MAY_PEOPLE, place(c, "1"))); /* yesterday it still held */
}

/* What another transaction had begun and gave up is not believed. */
static void undone_is_forgotten(void **state)
{
	struct ctx *c CLEANUP(office_close) = open_office(state);
	int64_t user = give(c, &(struct given){ "rina", "employee", "", "" }), position;
	assert_false(who_may(who(c, user), MAY_PEOPLE));
	{
		struct txn t CLEANUP(txn_end) = { 0 };
		struct duty_ask ask = { .user = user, .from = c->today, .until = DATE_NONE };
		ask.role = key(c, &user_role_entity, "hr-officer");
		assert_int_equal(ctx_write(c, &t), E_OK);
		assert_int_equal(change_begin(c, "user.duty", user), E_OK);
		assert_int_equal(user_give(c, &ask), E_OK);
		assert_int_equal(change_end(c, &position), E_OK);
		assert_true(who_may(who(c, user), MAY_PEOPLE));
	}
	assert_int_equal(ledger_refresh(c->ledger), E_OK);
	assert_false(who_may(who(c, user), MAY_PEOPLE));
}

/* proves: DP-07 */
static void deputies_between_two_days(void **state)
{
	struct ctx *c CLEANUP(office_close) = open_office(state);
	int64_t chief = give(c, &(struct given){ "chief", "hr-officer", "TAX", "1" });
	int64_t deputy = give(c, &(struct given){ "deputy", "employee", "", "2" });
	give(c, &(struct given){ "chief", "auditor", "CUS", "" });
	struct record *d = record_new(c->arena, &user_deputy_entity);
	d->owner = chief;
	d->valid_from = c->today + 2;
	d->until = c->today + 4;
	record_int(d, DEPUTY_NUMBER, 1);
	record_int(d, DEPUTY_TO, deputy);
	record_int(d, DEPUTY_ROLE, key(c, &user_role_entity, "hr-officer"));
	record_text(d, DEPUTY_REASON, STR("leave"));
	WRITING(c, saved(c, d));
	date first = c->today;
	for (int day = 0; day <= 6; day++) {
		c->today = first + day;
		const struct who *w = who(c, deputy);
		bool within = day >= 2 && day <= 4;
		assert_int_equal(who_may_at(w, MAY_PEOPLE, place(c, "1")), within);
		assert_false(who_may_at(w, MAY_PEOPLE, place(c, "2"))); /* the other duty was not handed over */
		assert_false(who_may(w, MAY_AUDIT));
		assert_int_equal(who_behalf_at(w, MAY_PEOPLE, place(c, "1")), within ? chief : 0);
		assert_int_equal(w->person, key(c, &person_entity, "2"));
		/* the own file of the chief is never handed over */
		assert_int_equal(who_behalf(w, MAY_OWN), 0);
	}
	c->today = first;
}

static void closed_users_have_no_door(void **state)
{
	struct ctx *c CLEANUP(office_close) = open_office(state);
	int64_t user = give(c, &(struct given){ "rina", "hr-officer", "", "" });
	const struct who *w;
	struct record *s = record_new(c->arena, &user_status_entity);
	(void)who(c, user);
	s->owner = user;
	s->valid_from = c->today;
	record_int(s, USER_STATUS_STATUS, USER_CLOSED);
	record_text(s, USER_STATUS_REASON, STR("transferred"));
	WRITING(c, saved(c, s));
	assert_int_equal(who_of_user(c, user, &w), E_DENIED);
	assert_int_equal(who_of_user(c, 4711, &w), E_DENIED);
	assert_int_equal(who_of_user(c, 0, &w), E_DENIED);
	c->today -= 1;
	assert_int_equal(who_of_user(c, user, &w), E_DENIED); /* not a user yet */
	c->today += 1;
}

/* Users belong to the whole service, so managing them is never given over a unit. */
static void users_are_managed_for_all(void **state)
{
	struct ctx *c CLEANUP(office_close) = open_office(state);
	int64_t user = give(c, &(struct given){ "rina", "employee", "", "" });
	struct duty_ask ask = { .user = user, .from = c->today, .until = DATE_NONE };
	ask.role = key(c, &user_role_entity, "administrator");
	ask.unit = key(c, &unit_entity, "TAX");
	struct txn t CLEANUP(txn_end) = { 0 };
	assert_int_equal(ctx_write(c, &t), E_OK);
	assert_int_equal(change_begin(c, "user.duty", user), E_OK);
	assert_int_equal(user_give(c, &ask), E_INVALID);
	assert_int_equal(c->problems->count, 1);
	assert_string_equal(c->problems->list[0].column, "unit");
	change_abandon(c);
}

/* ---- sessions -----------------------------------------------------------------------------------------------------
 */

static struct str sit(struct ctx *c, const struct session_ask *ask)
{
	struct str cookie = { 0 };
	WRITING(c, session_begin(c, ask, &cookie));
	return cookie;
}

static enum err at_door(struct ctx *c, struct str cookie, struct str bearer, struct who **ret)
{
	return duty_gate.find(c, cookie, bearer, ret);
}

static void age(struct ctx *c, int64_t session, int field, int64_t by)
{
	struct record *s;
	assert_int_equal(plain_read(c, &user_session_entity, session, &s), E_OK);
	record_int(s, field, s->v[field].i - by);
	WRITING(c, plain_save(c, s));
}

static void sessions(void **state)
{
	struct ctx *c CLEANUP(office_close) = open_office(state);
	int64_t user = give(c, &(struct given){ "rina", "hr-officer", "", "" });
	struct session_ask ask = { .user = user, .lang = STR("id"), .tour = true };
	struct str cookie = sit(c, &ask), other = sit(c, &ask), none = { 0 };
	struct who *w, *again;
	assert_int_equal(at_door(c, cookie, none, &w), E_OK);
	assert_int_equal(w->actor.user, user);
	assert_true(w->tour && !w->shared && !w->must_change);
	assert_true(str_is(w->lang, "id") && str_is(w->role, "Petugas kepegawaian"));
	assert_int_equal(w->form_token.n, 64);
	assert_int_equal(at_door(c, other, none, &again), E_OK);
	assert_false(str_eq(w->form_token, again->form_token));
	/* neither half fits the other session */
	char *mixed = arena_printf(c->arena, "%lld%s", (long long)w->session, strchr(other.p, '.'));
	assert_int_equal(at_door(c, str_of(mixed), none, &again), E_DENIED);
	const char *const bad[] = { "",
				    ".",
				    "1",
				    "1.",
				    "x.y",
				    "-1.Uz31aqJzmk2Hv_auAyBfx3OsbG9O8fXc3ilvI22kiqw",
				    "99.Uz31aqJzmk2Hv_auAyBfx3OsbG9O8fXc3ilvI22kiqw" };
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_int_equal(at_door(c, str_of(bad[i]), none, &again), E_DENIED);
	assert_int_equal(at_door(c, none, cookie, &again), E_DENIED); /* a cookie is no token */
	WRITING(c, session_end(c, w->session));
	assert_int_equal(at_door(c, cookie, none, &again), E_DENIED);
	assert_int_equal(at_door(c, other, none, &again), E_OK);
	WRITING(c, sessions_end(c, user, 0));
	assert_int_equal(at_door(c, other, none, &again), E_DENIED);
}

static void sessions_end_by_themselves(void **state)
{
	struct ctx *c CLEANUP(office_close) = open_office(state);
	int64_t hr = give(c, &(struct given){ "rina", "hr-officer", "", "" });
	int64_t clerk = give(c, &(struct given){ "siti", "employee", "", "1" });
	struct session_ask ask = { .user = hr };
	struct who *w;
	struct str cookie = sit(c, &ask), none = { 0 };
	assert_int_equal(at_door(c, cookie, none, &w), E_OK);
	age(c, w->session, SESSION_USED, 29 * MINUTE);
	assert_int_equal(at_door(c, cookie, none, &w), E_OK);
	WRITING(c, duty_gate.touch(c, w)); /* used: the half hour begins anew */
	age(c, w->session, SESSION_USED, 29 * MINUTE);
	assert_int_equal(at_door(c, cookie, none, &w), E_OK);
	age(c, w->session, SESSION_USED, 2 * MINUTE);
	assert_int_equal(at_door(c, cookie, none, &w), E_DENIED);
	/* who opens nothing but the own file may leave it open longer, but not on a computer of many */
	ask.user = clerk;
	cookie = sit(c, &ask);
	assert_int_equal(at_door(c, cookie, none, &w), E_OK);
	age(c, w->session, SESSION_USED, 90 * MINUTE);
	assert_int_equal(at_door(c, cookie, none, &w), E_OK);
	ask.shared = true;
	cookie = sit(c, &ask);
	assert_int_equal(at_door(c, cookie, none, &w), E_OK);
	age(c, w->session, SESSION_USED, 11 * MINUTE);
	assert_int_equal(at_door(c, cookie, none, &w), E_DENIED);
	/* and none lasts for ever */
	ask.shared = false;
	cookie = sit(c, &ask);
	assert_int_equal(at_door(c, cookie, none, &w), E_OK);
	age(c, w->session, SESSION_ENDS, 8 * HOUR);
	assert_int_equal(at_door(c, cookie, none, &w), E_DENIED);
}

static void another_password_ends_all_sessions(void **state)
{
	struct ctx *c CLEANUP(office_close) = open_office(state);
	int64_t user = give(c, &(struct given){ "rina", "hr-officer", "", "" });
	struct str cookie = sit(c, &(struct session_ask){ .user = user }), none = { 0 };
	char hash[PASSWORD_TEXT];
	struct record *p;
	struct who *w;
	assert_int_equal(at_door(c, cookie, none, &w), E_OK);
	assert_int_equal(password_hash(STR("three quiet boats"), hash), E_OK);
	WRITING(c, user_set_password(c, user, hash, true));
	assert_int_equal(at_door(c, cookie, none, &w), E_DENIED);
	assert_int_equal(password_of(c, user, &p), E_OK);
	assert_true(p->v[PASSWORD_ONCE].i && p->v[PASSWORD_ENDS].i > clock_now_us());
	WRITING(c, user_set_password(c, user, hash, false));
	assert_int_equal(password_of(c, user, &p), E_OK);
	assert_false(p->v[PASSWORD_ONCE].i || p->v[PASSWORD_ENDS].set);
}

static void tokens_do_no_more_than_asked(void **state)
{
	struct ctx *c CLEANUP(office_close) = open_office(state);
	int64_t user = give(c, &(struct given){ "rina", "hr-officer", "TAX", "1" });
	struct record *t = record_new(c->arena, &user_token_entity);
	char secret[SECRET_TEXT];
	struct str none = { 0 };
	struct who *w;
	secret_new(secret);
	record_int(t, TOKEN_USER, user);
	record_text(t, TOKEN_NAME, STR("budget office"));
	record_text(t, TOKEN_HASH, kept_hash(c->arena, str_of(secret), user_token_entity.name));
	record_int(t, TOKEN_MADE, clock_now_us());
	record_int(t, TOKEN_ENDS, clock_now_us() + HOUR);
	record_int(t, TOKEN_RIGHTS, MAY_PEOPLE | MAY_AUDIT);
	WRITING(c, plain_save(c, t));
	struct str bearer = str_of(arena_printf(c->arena, "%lld.%s", (long long)t->id, secret));
	assert_int_equal(at_door(c, none, bearer, &w), E_OK);
	assert_true(who_may_at(w, MAY_PEOPLE, place(c, "1")));
	assert_false(who_may_at(w, MAY_PEOPLE, place(c, "2")));
	assert_false(who_may(w, MAY_CLOSED) || who_may(w, MAY_AUDIT) || who_may(w, MAY_OWN));
	assert_int_equal(w->person, 0);
	assert_int_equal(w->session, 0);
	assert_int_equal(at_door(c, bearer, none, &w), E_DENIED); /* a token is no cookie */
	record_int(t, TOKEN_ENDS, clock_now_us() - 1);
	WRITING(c, plain_save(c, t));
	assert_int_equal(at_door(c, none, bearer, &w), E_DENIED);
}

/* ---- waiting ------------------------------------------------------------------------------------------------------
 */

static int64_t seconds(struct ctx *c, const char *name, const char *address)
{
	int64_t wait;
	assert_int_equal(wait_of(c, str_of(name), str_of(address), &wait), E_OK);
	return (wait + 999999) / 1000000;
}

static void wrong_passwords_wait_longer_and_longer(void **state)
{
	struct ctx *c CLEANUP(office_close) = open_office(state);
	int64_t last = 0;
	for (int i = 0; i < 2; i++) {
		WRITING(c, wait_longer(c, STR("rina"), STR("10.0.0.1")));
		assert_int_equal(seconds(c, "rina", "10.0.0.1"), 0);
	}
	for (int i = 0; i < 12; i++) {
		WRITING(c, wait_longer(c, STR("Rina"), STR("10.0.0.1")));
		int64_t now = seconds(c, "rina", "10.0.0.2");
		assert_true(now > last || now == 15 * 60);
		last = now;
	}
	assert_int_equal(last, 15 * 60);
	assert_int_equal(seconds(c, "budi", "10.0.0.1"), 0); /* an office shares an address */
	for (int i = 0; i < 20; i++) {
		char *name = arena_printf(c->arena, "guess%d", i);
		WRITING(c, wait_longer(c, str_of(name), STR("10.0.0.1")));
	}
	assert_true(seconds(c, "budi", "10.0.0.1") > 0);
	assert_int_equal(seconds(c, "budi", "10.0.0.2"), 0);
	WRITING(c, wait_over(c, STR("rina")));
	assert_int_equal(seconds(c, "rina", "10.0.0.2"), 0);
}

/* ---- readings -----------------------------------------------------------------------------------------------------
 */

static size_t readings(struct ctx *c, int64_t person, struct record ***ret)
{
	size_t n;
	struct query all = { .entity = &file_read_entity, .owner = person, .at = AS_OF_NOW, .extent = BELIEVED };
	assert_int_equal(read_all(c, &all, ret, &n), E_OK);
	return n;
}

/* proves: DP-07 MP-223 */
static void each_reading_is_written_down(void **state)
{
	struct ctx *c CLEANUP(office_close) = open_office(state);
	int64_t user = give(c, &(struct given){ "rina", "hr-officer", "", "1" });
	int64_t siti = key(c, &person_entity, "1"), budi = key(c, &person_entity, "2");
	const struct noted noted[] = {
		{budi,  "rating"  },
                { siti, "rating"  },
                { budi, "rating"  },
                { budi, "sanction"}
	};
	int64_t before = ledger_head(c->ledger);
	struct record **list;
	struct entry e;
	WRITING(c, duty_gate.note(c, who(c, user), noted, COUNT(noted), "/people/{person}"));
	assert_int_equal(readings(c, siti, &list), 0); /* the own file */
	assert_int_equal(readings(c, budi, &list), 2);
	assert_int_equal(record_get(list[0], READ_BY, 0), user);
	assert_true(str_is(list[0]->v[READ_PAGE].t, "/people/{person}"));
	assert_int_equal(ledger_head(c->ledger), before + 2);
	assert_int_equal(entry_get(c->store, before + 1, &e), E_OK);
	assert_string_equal(e.action, "read");
	assert_int_equal(e.subject, budi);
	assert_int_equal(e.n, 1);
	WRITING(c, duty_gate.note(c, who(c, user), noted, 1, "/people/{person}"));
	assert_int_equal(readings(c, budi, &list), 3); /* each time */
}

/* ---- forms --------------------------------------------------------------------------------------------------------
 */

static void forms_sent_and_kept(void **state)
{
	struct ctx *c CLEANUP(office_close) = open_office(state);
	const struct who *rina = who(c, give(c, &(struct given){ "rina", "hr-officer", "", "" }));
	const struct who *budi = who(c, give(c, &(struct given){ "budi", "hr-officer", "", "" }));
	struct str to, secret = { 0 };
	struct record *r;
	assert_int_equal(duty_gate.sent(c, rina, STR("mark"), &to), E_MISSING);
	WRITING(c, duty_gate.sent_keep(c, rina, STR("mark"), STR("/people/1")));
	assert_int_equal(duty_gate.sent(c, rina, STR("mark"), &to), E_OK);
	assert_true(str_is(to, "/people/1"));
	assert_int_equal(duty_gate.sent(c, budi, STR("mark"), &to), E_MISSING);
	WRITING(c, duty_gate.sent_keep(c, rina, STR("printed"), (struct str){ 0 }));
	assert_int_equal(duty_gate.sent(c, rina, STR("printed"), &to), E_OK);
	WRITING(c, duty_gate.draft_keep(c, NULL, STR("/enter/rating/1"), STR("score=81"), &secret));
	struct value is = { .set = true, .t = kept_hash(c->arena, secret, kept_form_entity.name) };
	assert_int_equal(plain_find(c, &kept_form_entity, KEPT_HASH, &is, &r), E_OK);
	assert_true(str_is(r->v[KEPT_FORM].t, "score=81"));
	is.t = secret; /* the secret itself stands nowhere */
	assert_int_equal(plain_find(c, &kept_form_entity, KEPT_HASH, &is, &r), E_MISSING);
}

int duty_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(over_a_unit_with_all_below_it),
		SPOT_CASE(several_duties),
		SPOT_CASE(undone_is_forgotten),
		SPOT_CASE(deputies_between_two_days),
		SPOT_CASE(closed_users_have_no_door),
		SPOT_CASE(users_are_managed_for_all),
		SPOT_CASE(sessions),
		SPOT_CASE(sessions_end_by_themselves),
		SPOT_CASE(another_password_ends_all_sessions),
		SPOT_CASE(tokens_do_no_more_than_asked),
		SPOT_CASE(wrong_passwords_wait_longer_and_longer),
		SPOT_CASE(each_reading_is_written_down),
		SPOT_CASE(forms_sent_and_kept),
	};
	return spot_run("duty", cases, COUNT(cases));
}
