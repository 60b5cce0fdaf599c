/* duty_test.c - who may do what where, by day; sessions, tokens, waits; and readings written down before they are
 * shown. */
#include "modules/duty/duty_test.h"

#include "entity/list.h"

int duty_test(void);

/* ---- an office ---- */

#define UNITS                                                                                                          \
	"code,name,parent,kind,valid_from\nMOF,Ministry,,ministry,1980-01-01\n"                                        \
	"TAX,Tax,MOF,directorate,1980-01-01\nTAX-1,Tax one,TAX,section,1980-01-01\n"                                   \
	"CUS,Customs,MOF,directorate,1980-01-01\n"
#define POSTS                                                                                                          \
	"code,title,unit,category,echelon,rank_low,rank_high,valid_from\n"                                             \
	"P-1,Clerk,TAX-1,general,,,,1990-01-01\nP-2,Clerk,CUS,general,,,,1990-01-01\n"                                 \
	"P-3,Director,TAX,structural,IIIA,IV/a,IV/b,1990-01-01\n"
#define PEOPLE                                                                                                         \
	"staff_number,name,sex,birth_date,education,joined_on,category\n"                                              \
	"1,Siti,F,1960-05-04,bachelor,1985-01-01,general\n2,Budi,M,1961-05-04,bachelor,1985-01-01,general\n"           \
	"3,Nobody,M,1962-05-04,bachelor,1985-01-01,general\n"
#define HELD "staff_number,post,valid_from,decree\n1,P-1,1990-01-01,K-1\n2,P-2,1990-01-01,K-2\n"

struct ctx *duty_test_open(void **state)
{
	struct ctx *c = office_open(*state);
	standing_forget();
	office_take(c, "unit", UNITS);
	office_take(c, "post", POSTS);
	office_take(c, "person", PEOPLE);
	office_take(c, "post_history", HELD);
	return c;
}

int64_t duty_test_key(struct ctx *c, const struct entity *e, const char *text)
{
	int64_t id = 0;
	if (*text)
		assert_int_equal(key_find(c, e, str_of(text), &id), E_OK);
	return id;
}

int64_t duty_test_place(struct ctx *c, const char *person)
{
	bool scoped;
	int64_t order = 0;
	assert_int_equal(scope_of(c, &person_entity, duty_test_key(c, &person_entity, person), &scoped, &order), E_OK);
	return order;
}

int64_t duty_test_give(struct ctx *c, const struct given *g)
{
	struct txn t CLEANUP(txn_end) = { 0 };
	struct duty_ask ask = { .from = c->today, .until = DATE_NONE };
	int64_t position;
	assert_int_equal(ctx_write(c, &t), E_OK);
	assert_int_equal(change_begin(c, "user.new", 0), E_OK);
	if (key_find(c, &user_entity, str_of(g->user), &ask.user) == E_MISSING)
		assert_int_equal(user_add(c, str_of(g->user), str_of(g->user),
					  duty_test_key(c, &person_entity, g->person), c->today, &ask.user),
				 E_OK);
	ask.role = duty_test_key(c, &user_role_entity, g->role);
	ask.unit = duty_test_key(c, &unit_entity, g->unit);
	assert_int_equal(user_give(c, &ask), E_OK);
	assert_int_equal(change_end(c, &position), E_OK);
	assert_int_equal(txn_commit(&t), E_OK);
	return ask.user;
}

const struct who *duty_test_who(struct ctx *c, int64_t user)
{
	const struct who *w = NULL;
	assert_int_equal(who_of_user(c, user, &w), E_OK);
	return w;
}

static enum err saved(struct ctx *c, struct record *r)
{
	int64_t position;
	TRY(change_begin(c, "test", 0));
	TRY(change_save(c, r));
	return change_end(c, &position);
}

static enum err corrected(struct ctx *c, struct record *r)
{
	int64_t position;
	TRY(change_begin(c, "test", 0));
	return change_settle(c, change_correct(c, r, STR("the paper was looked at")), &position);
}

/* ---- rights and reach ---- */

/* proves: DP-07 */
static void over_a_unit_with_all_below_it(void **state)
{
	struct ctx *c CLEANUP(office_close) = duty_test_open(state);
	const struct who *w = duty_test_who(c, duty_test_give(c, &(struct given){ "rina", "hr-officer", "TAX", "" }));
	assert_true(who_may_at(w, MAY_PEOPLE | MAY_CLOSED, duty_test_place(c, "1")));
	assert_false(who_may_at(w, MAY_PEOPLE, duty_test_place(c, "2")));
	assert_false(who_may_at(w, MAY_PEOPLE, duty_test_place(c, "3"))); /* of no unit */
	assert_false(who_may(w, MAY_USERS));
	assert_false(who_may(w, MAY_AUDIT));
	assert_true(str_is(w->role, "Personnel officer"));
	const struct who *all = duty_test_who(c, duty_test_give(c, &(struct given){ "dian", "data-officer", "", "" }));
	assert_true(who_everywhere(all, MAY_PEOPLE));
	assert_true(who_may_at(all, MAY_PEOPLE, duty_test_place(c, "3")));
	assert_false(who_may_at(all, MAY_CLOSED, duty_test_place(c, "1")));
}

/* A second duty adds, its end takes away, and each change holds at the next question. */
static void several_duties(void **state)
{
	struct ctx *c CLEANUP(office_close) = duty_test_open(state);
	int64_t user = duty_test_give(c, &(struct given){ "rina", "line-manager", "TAX", "1" }), position;
	const struct who *w = duty_test_who(c, user);
	assert_int_equal(w->person, duty_test_key(c, &person_entity, "1"));
	assert_false(who_may_at(w, MAY_PEOPLE, duty_test_place(c, "2")));
	duty_test_give(c, &(struct given){ "rina", "line-manager", "CUS", "" });
	assert_true(who_may_at(duty_test_who(c, user), MAY_PEOPLE, duty_test_place(c, "2")));
	assert_true(who_may_at(duty_test_who(c, user), MAY_PEOPLE, duty_test_place(c, "1")));
	c->today += 1;
	{
		struct txn t CLEANUP(txn_end) = { 0 };
		assert_int_equal(ctx_write(c, &t), E_OK);
		assert_int_equal(change_begin(c, "user.duty", user), E_OK);
		assert_int_equal(user_take(c, user, 1, c->today), E_OK);
		assert_int_equal(change_end(c, &position), E_OK);
		assert_int_equal(txn_commit(&t), E_OK);
	}
	assert_false(who_may_at(duty_test_who(c, user), MAY_PEOPLE, duty_test_place(c, "1")));
	assert_true(who_may_at(duty_test_who(c, user), MAY_PEOPLE, duty_test_place(c, "2")));
	c->today -= 1;
	assert_true(
		who_may_at(duty_test_who(c, user), MAY_PEOPLE, duty_test_place(c, "1"))); /* yesterday it still held */
}

/* What another transaction had begun and gave up is not believed. */
static void undone_is_forgotten(void **state)
{
	struct ctx *c CLEANUP(office_close) = duty_test_open(state);
	int64_t user = duty_test_give(c, &(struct given){ "rina", "employee", "", "" }), position;
	assert_false(who_may(duty_test_who(c, user), MAY_PEOPLE));
	{
		struct txn t CLEANUP(txn_end) = { 0 };
		struct duty_ask ask = { .user = user, .from = c->today, .until = DATE_NONE };
		ask.role = duty_test_key(c, &user_role_entity, "hr-officer");
		assert_int_equal(ctx_write(c, &t), E_OK);
		assert_int_equal(change_begin(c, "user.duty", user), E_OK);
		assert_int_equal(user_give(c, &ask), E_OK);
		assert_int_equal(change_end(c, &position), E_OK);
		assert_true(who_may(duty_test_who(c, user), MAY_PEOPLE));
	}
	assert_int_equal(ledger_refresh(c->ledger), E_OK);
	assert_false(who_may(duty_test_who(c, user), MAY_PEOPLE));
}

/* proves: DP-07 */
static void deputies_between_two_days(void **state)
{
	struct ctx *c CLEANUP(office_close) = duty_test_open(state);
	int64_t chief = duty_test_give(c, &(struct given){ "chief", "hr-officer", "TAX", "1" });
	int64_t deputy = duty_test_give(c, &(struct given){ "deputy", "employee", "", "2" });
	duty_test_give(c, &(struct given){ "chief", "auditor", "CUS", "" });
	struct record *d = record_new(c->arena, &user_deputy_entity);
	d->owner = chief;
	d->valid_from = c->today + 2;
	d->until = c->today + 4;
	record_int(d, DEPUTY_NUMBER, 1);
	record_int(d, DEPUTY_TO, deputy);
	record_int(d, DEPUTY_ROLE, duty_test_key(c, &user_role_entity, "hr-officer"));
	record_text(d, DEPUTY_REASON, STR("leave"));
	WRITING(c, saved(c, d));
	date first = c->today;
	for (int day = 0; day <= 6; day++) {
		c->today = first + day;
		const struct who *w = duty_test_who(c, deputy);
		bool within = day >= 2 && day <= 4;
		assert_int_equal(who_may_at(w, MAY_PEOPLE, duty_test_place(c, "1")), within);
		assert_false(
			who_may_at(w, MAY_PEOPLE, duty_test_place(c, "2"))); /* the other duty was not handed over */
		assert_false(who_may(w, MAY_AUDIT));
		assert_int_equal(who_behalf_at(w, MAY_PEOPLE, duty_test_place(c, "1")), within ? chief : 0);
		assert_int_equal(w->person, duty_test_key(c, &person_entity, "2"));
		/* the own file of the chief is never handed over */
		assert_int_equal(who_behalf(w, MAY_OWN), 0);
	}
	c->today = first;
}

static void acts(struct ctx *c, const char *post, const char *from, const char *until)
{
	struct buf csv CLEANUP(buf_release) = BUF_INIT;
	buf_printf(&csv, "staff_number,post,valid_from,decree,until,acting\n2,%s,%s,PLT-1,%s,true\n", post, from,
		   until);
	office_take(c, "post_history", csv.p);
}

/* The paper of the appointment is looked at by whoever acts now. */
enum { CLAIMED, PROVED, CONFIRMED };
static void mark_acting(struct ctx *c, int proof)
{
	struct record *held;
	int64_t person = duty_test_key(c, &person_entity, "2");
	assert_int_equal(read_holding(c, &post_history_entity, person, 1, (struct moment){ c->today, 0 }, &held), E_OK);
	record_int(held, POST_HELD_PROOF, proof);
	WRITING(c, corrected(c, held));
}

/* proves: DP-07 */
static void acting_heads_for_the_days_of_the_appointment(void **state)
{
	struct ctx *c CLEANUP(office_close) = duty_test_open(state);
	int64_t user = duty_test_give(c, &(struct given){ "budi", "employee", "", "2" });
	int64_t unit = duty_test_key(c, &unit_entity, "TAX-1"), below = duty_test_place(c, "1");
	int64_t beside = duty_test_place(c, "2");
	struct over list[4];
	size_t n = 0;
	date first = c->today;
	char from[DATE_TEXT], until[DATE_TEXT];
	assert_false(who_may(duty_test_who(c, user), MAY_PEOPLE));
	acts(c, "P-3", date_text(first + 1, from), date_text(first + 2, until));
	for (int day = 0; day <= 3; day++) {
		c->today = first + day;
		bool within = day == 1 || day == 2;
		const struct who *w = duty_test_who(c, user);
		assert_int_equal(who_may_at(w, MAY_PEOPLE, below), within);
		assert_int_equal(who_may_at(w, MAY_CLOSED, below), within);
		assert_false(who_may_at(w, MAY_PEOPLE_WRITE, below));
		assert_false(who_may_at(w, MAY_PEOPLE, beside));          /* the own unit, which is not headed */
		assert_int_equal(who_behalf_at(w, MAY_PEOPLE, below), 0); /* the post is vacant */
		n = 0;
		assert_int_equal(acting_over(c, unit, list, COUNT(list), &n), E_OK);
		assert_int_equal(n, within);
		assert_true(!n || list[0].user == user);
	}
	c->today = first;
}

/* A clerk's post heads nothing, whoever else sits in the unit; and what is done for a head who is only away names both.
 */
static void acting_for_a_clerk_and_beside_a_head(void **state)
{
	struct ctx *c CLEANUP(office_close) = duty_test_open(state);
	int64_t user = duty_test_give(c, &(struct given){ "budi", "employee", "", "2" });
	int64_t head = duty_test_give(c, &(struct given){ "nobody", "line-manager", "TAX", "3" });
	acts(c, "P-1", "2029-01-01", "2029-01-31");
	c->today = date_of(2029, 1, 15);
	assert_false(who_may(duty_test_who(c, user), MAY_PEOPLE));
	office_take(c, "post_history", "staff_number,post,valid_from,decree\n3,P-3,2000-01-01,K-3\n");
	acts(c, "P-3", "2029-02-01", "");
	c->today = date_of(2030, 1, 1);
	int64_t below = duty_test_place(c, "1");
	assert_int_equal(who_behalf_at(duty_test_who(c, user), MAY_PEOPLE, below), head);
	assert_int_equal(who_behalf_at(duty_test_who(c, head), MAY_PEOPLE, below), 0);
}

/* Nobody gives what they do not have: who enters papers without reading the confidential parts opens them to nobody,
 * until somebody who reads them has looked at the paper. */
/* proves: DP-07 */
static void acting_opens_what_its_giver_may_open(void **state)
{
	struct ctx *c CLEANUP(office_close) = duty_test_open(state);
	struct actor first = c->actor;
	int64_t user = duty_test_give(c, &(struct given){ "budi", "employee", "", "2" });
	int64_t data = duty_test_give(c, &(struct given){ "dian", "data-officer", "", "" });
	int64_t hr = duty_test_give(c, &(struct given){ "rina", "hr-officer", "TAX", "" });
	int64_t elsewhere = duty_test_give(c, &(struct given){ "tono", "hr-officer", "CUS", "" });
	int64_t below = duty_test_place(c, "1"), unit = duty_test_key(c, &unit_entity, "TAX-1");
	struct over list[4];
	size_t n = 0;
	char today[DATE_TEXT];
	c->actor.user = data;
	acts(c, "P-3", date_text(c->today, today), "");
	assert_true(who_may_at(duty_test_who(c, user), MAY_PEOPLE, below));
	assert_false(who_may_at(duty_test_who(c, user), MAY_CLOSED, below));
	assert_false(who_may(duty_test_who(c, user), MAY_ROUND));
	c->actor.user = elsewhere;
	mark_acting(c, PROVED);
	assert_false(who_may_at(duty_test_who(c, user), MAY_PEOPLE, below));
	assert_int_equal(acting_over(c, unit, list, COUNT(list), &n), E_OK);
	assert_int_equal(n, 0);
	c->actor.user = hr;
	mark_acting(c, CONFIRMED);
	assert_true(who_may_at(duty_test_who(c, user), MAY_CLOSED, below));
	assert_int_equal(acting_over(c, unit, list, COUNT(list), &n), E_OK);
	assert_int_equal(n, 1);
	c->actor.user = elsewhere;
	c->actor.on_behalf = hr;
	mark_acting(c, PROVED);
	assert_true(who_may_at(duty_test_who(c, user), MAY_CLOSED, below));
	c->actor = first;
}

static void closed_users_have_no_door(void **state)
{
	struct ctx *c CLEANUP(office_close) = duty_test_open(state);
	int64_t user = duty_test_give(c, &(struct given){ "rina", "hr-officer", "", "" });
	const struct who *w;
	struct record *s = record_new(c->arena, &user_status_entity);
	(void)duty_test_who(c, user);
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
	struct ctx *c CLEANUP(office_close) = duty_test_open(state);
	int64_t user = duty_test_give(c, &(struct given){ "rina", "employee", "", "" });
	struct duty_ask ask = { .user = user, .from = c->today, .until = DATE_NONE };
	ask.role = duty_test_key(c, &user_role_entity, "administrator");
	ask.unit = duty_test_key(c, &unit_entity, "TAX");
	struct txn t CLEANUP(txn_end) = { 0 };
	assert_int_equal(ctx_write(c, &t), E_OK);
	assert_int_equal(change_begin(c, "user.duty", user), E_OK);
	assert_int_equal(user_give(c, &ask), E_INVALID);
	assert_int_equal(c->problems->count, 1);
	assert_string_equal(c->problems->list[0].column, "unit");
	change_abandon(c);
}

int duty_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(over_a_unit_with_all_below_it),
		SPOT_CASE(several_duties),
		SPOT_CASE(undone_is_forgotten),
		SPOT_CASE(deputies_between_two_days),
		SPOT_CASE(acting_heads_for_the_days_of_the_appointment),
		SPOT_CASE(acting_for_a_clerk_and_beside_a_head),
		SPOT_CASE(acting_opens_what_its_giver_may_open),
		SPOT_CASE(closed_users_have_no_door),
		SPOT_CASE(users_are_managed_for_all),
	};
	return spot_run("duty", cases, COUNT(cases));
}
