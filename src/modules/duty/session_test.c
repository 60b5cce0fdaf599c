/* session_test.c - sessions, tokens, waits, readings and forms at the door. */
#include "access/secret.h"
#include "modules/duty/duty_test.h"

int session_test(void);

/* ---- sessions ---- */

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
	struct ctx *c CLEANUP(office_close) = duty_test_open(state);
	int64_t user = duty_test_give(c, &(struct given){ "rina", "hr-officer", "", "" });
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
	struct ctx *c CLEANUP(office_close) = duty_test_open(state);
	int64_t hr = duty_test_give(c, &(struct given){ "rina", "hr-officer", "", "" });
	int64_t clerk = duty_test_give(c, &(struct given){ "siti", "employee", "", "1" });
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
	struct ctx *c CLEANUP(office_close) = duty_test_open(state);
	int64_t user = duty_test_give(c, &(struct given){ "rina", "hr-officer", "", "" });
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
	struct ctx *c CLEANUP(office_close) = duty_test_open(state);
	int64_t user = duty_test_give(c, &(struct given){ "rina", "hr-officer", "TAX", "1" });
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
	assert_true(who_may_at(w, MAY_PEOPLE, duty_test_place(c, "1")));
	assert_false(who_may_at(w, MAY_PEOPLE, duty_test_place(c, "2")));
	assert_false(who_may(w, MAY_CLOSED) || who_may(w, MAY_AUDIT) || who_may(w, MAY_OWN));
	assert_int_equal(w->person, 0);
	assert_int_equal(w->session, 0);
	assert_int_equal(at_door(c, bearer, none, &w), E_DENIED); /* a token is no cookie */
	record_int(t, TOKEN_ENDS, clock_now_us() - 1);
	WRITING(c, plain_save(c, t));
	assert_int_equal(at_door(c, none, bearer, &w), E_DENIED);
}

/* ---- waiting ---- */

static int64_t seconds(struct ctx *c, const char *name, const char *address)
{
	int64_t wait;
	assert_int_equal(wait_of(c, str_of(name), str_of(address), &wait), E_OK);
	return (wait + 999999) / 1000000;
}

static void wrong_passwords_wait_longer_and_longer(void **state)
{
	struct ctx *c CLEANUP(office_close) = duty_test_open(state);
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
	for (int i = 0; i < 10; i++)
		WRITING(c, wait_longer(c, STR("guess"), STR("10.0.0.1")));
	assert_true(seconds(c, "budi", "10.0.0.1") <= 60); /* slowed, but never shut */
	assert_int_equal(seconds(c, "budi", "10.0.0.2"), 0);
	WRITING(c, wait_over(c, STR("rina")));
	assert_int_equal(seconds(c, "rina", "10.0.0.2"), 0);
}

/* ---- readings ---- */

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
	struct ctx *c CLEANUP(office_close) = duty_test_open(state);
	int64_t user = duty_test_give(c, &(struct given){ "rina", "hr-officer", "", "1" });
	int64_t siti = duty_test_key(c, &person_entity, "1"), budi = duty_test_key(c, &person_entity, "2");
	const struct noted noted[] = {
		{ budi, "rating" }, { siti, "rating" }, { budi, "rating" }, { budi, "sanction" }
	};
	int64_t before = ledger_head(c->ledger);
	struct record **list;
	struct entry e;
	WRITING(c, duty_gate.note(c, duty_test_who(c, user), noted, COUNT(noted), "/people/{person}"));
	assert_int_equal(readings(c, siti, &list), 0); /* the own file */
	assert_int_equal(readings(c, budi, &list), 2);
	assert_int_equal(record_get(list[0], READ_BY, 0), user);
	assert_true(str_is(list[0]->v[READ_PAGE].t, "/people/{person}"));
	assert_int_equal(ledger_head(c->ledger), before + 1); /* one page is one entry */
	assert_int_equal(entry_get(c->store, before + 1, &e), E_OK);
	assert_string_equal(e.action, "read");
	assert_int_equal(e.subject, budi);
	assert_int_equal(e.n, 2);
	WRITING(c, duty_gate.note(c, duty_test_who(c, user), noted, 1, "/people/{person}"));
	assert_int_equal(readings(c, budi, &list), 3); /* each time */
	int64_t other = duty_test_key(c, &person_entity, "3");
	const struct noted two[] = { { other, "rating" }, { budi, "rating" } };
	before = ledger_head(c->ledger);
	WRITING(c, duty_gate.note(c, duty_test_who(c, user), two, COUNT(two), "/people/sheet"));
	assert_int_equal(readings(c, other, &list), 1);
	assert_int_equal(readings(c, budi, &list), 4);
	assert_int_equal(ledger_head(c->ledger), before + 1);
	assert_int_equal(entry_get(c->store, before + 1, &e), E_OK);
	assert_int_equal(e.subject, 0); /* of nobody alone */
	assert_int_equal(e.n, 2);
}

/* ---- forms ---- */

static void forms_sent_and_kept(void **state)
{
	struct ctx *c CLEANUP(office_close) = duty_test_open(state);
	const struct who *rina = duty_test_who(c, duty_test_give(c, &(struct given){ "rina", "hr-officer", "", "" }));
	const struct who *budi = duty_test_who(c, duty_test_give(c, &(struct given){ "budi", "hr-officer", "", "" }));
	struct str to, secret = { 0 };
	struct record *r;
	struct who *w;
	assert_int_equal(duty_gate.sent(c, rina, STR("mark"), &to), E_MISSING);
	WRITING(c, duty_gate.sent_keep(c, rina, STR("mark"), STR("/people/1")));
	assert_int_equal(duty_gate.sent(c, rina, STR("mark"), &to), E_OK);
	assert_true(str_is(to, "/people/1"));
	assert_int_equal(duty_gate.sent(c, budi, STR("mark"), &to), E_MISSING);
	WRITING(c, duty_gate.sent_keep(c, rina, STR("printed"), (struct str){ 0 }));
	assert_int_equal(duty_gate.sent(c, rina, STR("printed"), &to), E_OK);
	struct str cookie = sit(c, &(struct session_ask){ .user = rina->actor.user });
	assert_int_equal(at_door(c, cookie, (struct str){ 0 }, &w), E_OK);
	WRITING(c, session_end(c, w->session));
	WRITING(c, duty_gate.draft_keep(c, cookie, STR("/enter/rating/1"), STR("score=81"), &secret));
	struct value is = { .set = true, .t = kept_hash(c->arena, secret, kept_form_entity.name) };
	assert_int_equal(plain_find(c, &kept_form_entity, KEPT_HASH, &is, &r), E_OK);
	assert_true(str_is(r->v[KEPT_FORM].t, "score=81"));
	assert_int_equal(r->v[KEPT_USER].i, rina->actor.user);
	is.t = secret; /* the secret itself stands nowhere */
	assert_int_equal(plain_find(c, &kept_form_entity, KEPT_HASH, &is, &r), E_MISSING);
	/* a cookie that never was a session's keeps nothing, and nobody keeps more than a few */
	{
		struct txn t CLEANUP(txn_end) = { NULL };
		struct str forged = str_of(arena_printf(c->arena, "%lldx", (long long)w->session));
		assert_int_equal(ctx_write(c, &t), E_OK);
		assert_int_equal(duty_gate.draft_keep(c, forged, STR("/"), STR("a=1"), &secret), E_MISSING);
	}
	struct record **list;
	size_t n;
	for (int i = 0; i < 2 * KEPT_FORMS; i++)
		WRITING(c, duty_gate.draft_keep(c, cookie, STR("/"), STR("a=1"), &secret));
	assert_int_equal(plain_all(c, &kept_form_entity, KEPT_USER,
				   &(struct value){ .set = true, .i = rina->actor.user }, &list, &n),
			 E_OK);
	assert_int_equal(n, KEPT_FORMS);
}

int session_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(sessions),
		SPOT_CASE(sessions_end_by_themselves),
		SPOT_CASE(another_password_ends_all_sessions),
		SPOT_CASE(tokens_do_no_more_than_asked),
		SPOT_CASE(wrong_passwords_wait_longer_and_longer),
		SPOT_CASE(each_reading_is_written_down),
		SPOT_CASE(forms_sent_and_kept),
	};
	return spot_run("duty: sessions", cases, COUNT(cases));
}
