/* review_test.c - of many reviews asked, the desk reads those that wait for an answer and no other; on both databases.
 */
#include "../../../tests/help/office.h"
#include "../../../tests/help/spot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "decision/round.h"
#include "entity/change.h"
#include "modules/career/review.h"

int review_test(void);

#define PEOPLE "1101", "1102", "1103"
#define YEARS 100 /* requests of each, all answered */

static struct ctx *asked_often(struct spot *p)
{
	static const char *const people[] = { PEOPLE };
	struct buf requests CLEANUP(buf_release) = BUF_INIT, answers CLEANUP(buf_release) = BUF_INIT;
	struct round_ask ask = { .kind = "rank", .unit = "MOF", .as_of = date_of(2008, 10, 1) };
	struct ctx *c = office_open(p);
	int64_t round;
	office_take_ministry(c);
	assert_int_equal(round_open(c, modules_rounds(), &ask, &round), E_OK);
	buf_text(&requests, "staff_number,valid_from,number,round,fact,fact_from\n");
	buf_text(&answers, "staff_number,valid_from,number,decided,note\n");
	for (size_t i = 0; i < COUNT(people); i++)
		for (int n = 1; n <= YEARS; n++) {
			buf_printf(&requests, "%s,2008-10-01,%d,R%lld,rating,2007-12-31\n", people[i], n,
				   (long long)round);
			buf_printf(&answers, "%s,2008-10-02,%d,stays,It was known\n", people[i], n);
		}
	office_take(c, "round_review", buf_str(&requests));
	office_take(c, "round_review_answer", buf_str(&answers));
	return c;
}

static void ask(struct ctx *c, const char *person)
{
	struct buf csv CLEANUP(buf_release) = BUF_INIT;
	buf_printf(&csv, "staff_number,valid_from,number,round,fact,fact_from\n%s,2008-10-03,%d,R1,rating,2007-12-31\n",
		   person, YEARS + 1);
	office_take(c, "round_review", buf_str(&csv));
}

static size_t open_now(struct ctx *c)
{
	struct kept *k CLEANUP(keep_let_go) = NULL;
	size_t n;
	assert_int_equal(review_open(c, &k), E_OK);
	const struct review *list = review_open_list(k, &n);
	for (size_t i = 0; i < n; i++) {
		assert_null(list[i].answer);
		assert_int_equal(list[i].number, YEARS + 1);
		assert_int_equal(record_get(list[i].asked, REVIEW_FACT_FROM, 0), date_of(2007, 12, 31));
	}
	return n;
}

/* proves: MP-27 */
static void only_what_is_open_is_kept(void **state)
{
	struct ctx *c CLEANUP(office_close) = asked_often(*state);
	assert_int_equal(open_now(c), 0);
	ask(c, "1101");
	ask(c, "1103");
	assert_int_equal(open_now(c), 2);
	size_t before = c->arena->used;
	assert_int_equal(open_now(c), 2);
	assert_true(c->arena->used - before < 4096); /* three hundred were answered, and none of them is read again */
	office_take(c, "round_review_answer",
		    "staff_number,valid_from,number,decided,note\n1103,2008-10-04,101,anew,It was not known\n");
	assert_int_equal(open_now(c), 1);
}

/* A thread that may not compute for long reads what is kept, and makes nothing. */
static void a_quick_page_makes_nothing(void **state)
{
	struct ctx *c CLEANUP(office_close) = asked_often(*state);
	struct kept *k CLEANUP(keep_let_go) = NULL;
	c->quick = true;
	assert_int_equal(review_open(c, &k), E_BUSY);
	c->quick = false;
	assert_int_equal(open_now(c), 0);
	c->quick = true;
	assert_int_equal(open_now(c), 0);
	c->quick = false;
}

static enum err but_one(void *arg, int64_t person, bool *ret)
{
	*ret = person != *(const int64_t *)arg;
	return E_OK;
}

static void those_answered_come_from_the_last(void **state)
{
	struct ctx *c CLEANUP(office_close) = asked_often(*state);
	struct review list[7];
	int64_t hidden;
	size_t n;
	assert_int_equal(key_find(c, &person_entity, STR("1103"), &hidden), E_OK);
	assert_int_equal(review_answered(c, but_one, &hidden, list, COUNT(list), &n), E_OK);
	assert_int_equal(n, COUNT(list));
	for (size_t i = 0; i < n; i++) {
		struct str number;
		assert_int_equal(key_text(c, &person_entity, list[i].person, 0, &number), E_OK);
		assert_true(str_is(number, "1102"));
		assert_int_equal(list[i].number, YEARS - (int64_t)i);
		assert_non_null(list[i].answer);
	}
}

/* A round is sealed some weeks before the day on which it takes effect; what it did not know may be learnt between. */
static void a_round_of_a_day_to_come_is_asked_about(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	struct round_ask ask = { .kind = "rank", .unit = "MOF", .as_of = date_of(2008, 10, 1) };
	struct record *fact = record_new(c->arena, &rating_entity);
	int64_t round, person, position;
	office_take_ministry(c);
	assert_int_equal(round_open(c, modules_rounds(), &ask, &round), E_OK);
	assert_int_equal(round_seal(c, modules_rounds(), round, &position), E_OK);
	assert_int_equal(key_find(c, &person_entity, STR("1101"), &person), E_OK);
	fact->valid_from = date_of(2007, 12, 31);
	assert_int_equal(change_begin(c, "test", person), E_OK);
	assert_int_equal(change_settle(c, review_ask(c, person, round, fact), &position), E_OK);
	assert_int_equal(change_begin(c, "test", person), E_OK);
	assert_int_equal(change_settle(c, review_answer(c, person, 1, ANSWER_STAYS, STR("It was known")), &position),
			 E_OK);
}

int review_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(only_what_is_open_is_kept),
		SPOT_CASE(a_quick_page_makes_nothing),
		SPOT_CASE(those_answered_come_from_the_last),
		SPOT_CASE(a_round_of_a_day_to_come_is_asked_about),
	};
	return spot_run("career: review", cases, COUNT(cases));
}
