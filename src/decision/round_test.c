/* round_test.c - opening, judging, listing, explaining, comparing and overriding, on both databases. */
#include "decision/climb_test.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

int round_test(void);

/* ---- what is made of it ---- */

static void is(const struct climb *w, const struct round *r, int n, enum outcome outcome)
{
	const struct candidate *k = climb_of(w, r, n);
	assert_non_null(k);
	assert_string_equal(outcome_text(k->decided), outcome_text(outcome));
}

static void everybody_has_an_outcome(void **state)
{
	struct climb w CLEANUP(climb_free);
	climb_make(&w, *state);
	struct round *r CLEANUP(round_free_p) = climb_read(&w, climb_open(&w, NULL, "PL-1"), NULL);
	assert_int_equal(r->n, 5);
	assert_string_equal(outcome_text(MEETS), "meets");
	is(&w, r, 1, MEETS);
	is(&w, r, 2, NOT_YET);
	is(&w, r, 3, INCOMPLETE);
	is(&w, r, 4, NOT_YET);
	is(&w, r, 5, OTHER_KIND);
	for (int n = 6; n <= 8; n++)
		assert_null(climb_of(&w, r, n));
	assert_true(str_is(climb_of(&w, r, 1)->next, "1/b"));
	assert_int_equal(r->position, ledger_head(w.c->ledger));
}

static void proof_is_asked_where_the_policy_asks(void **state)
{
	struct climb w CLEANUP(climb_free);
	climb_make(&w, *state);
	int64_t id = climb_open(&w, "strict", "PL-2");
	struct round *r = climb_read(&w, id, NULL);
	is(&w, r, 1, INCOMPLETE); /* claimed only */
	is(&w, r, 4, INCOMPLETE);
	is(&w, r, 5, NOT_YET); /* no other kind here: schooling speaks against it */
	struct buf out CLEANUP(buf_release) = BUF_INIT;
	round_list_csv(r, FOR_COMMITTEE, &out);
	assert_string_equal(
		buf_str(&out),
		"staff_number,rank,next,outcome,override,version,time_met,time_value,time_reason,time_complete_on,"
		"school_met,school_value,school_reason,school_complete_on\n"
		"N-1,1/a,1/b,incomplete,,committee,missing,102,\"the facts are only claimed, and the policy asks for "
		"proof; see the papers first\",2001-04-01,yes,master,schooling master,\n"
		"N-4,1/b,2/a,incomplete,,committee,missing,42,\"the facts are only claimed, and the policy asks for "
		"proof; "
		"see the papers first\",2006-04-01,not-asked,1/b,schooling 1/b,\n"
		"N-5,1/a,1/b,not-yet,,committee,missing,102,\"the facts are only claimed, and the policy asks for "
		"proof; "
		"see the papers first\",2001-04-01,no,primary,schooling primary,\n");
	round_free(r);
	struct record *row = fixture_grade_of(w.c, w.keeper[1], "1/a", date_of(2000, 4, 1));
	record_int(row, GRADE_HISTORY_PROOF, 1);
	OK(fixture_correct(w.c, row, "the paper was seen", NULL));
	r = climb_read(&w, id, NULL);
	is(&w, r, 1, MEETS);
	round_free(r);
}

/* proves: MP-94 */
static void a_list_is_csv(void **state)
{
	struct climb w CLEANUP(climb_free);
	climb_make(&w, *state);
	struct round *r CLEANUP(round_free_p) = climb_read(&w, climb_open(&w, "usual", "PL-1"), NULL);
	struct buf out CLEANUP(buf_release) = BUF_INIT;
	round_list_csv(r, FOR_COMMITTEE, &out);
	assert_string_equal(buf_str(&out), "staff_number,rank,next,outcome,override,version,time_met,time_value,time_"
					   "reason,time_complete_on,mark_met,"
					   "mark_value,mark_reason,mark_complete_on\n"
					   "N-1,1/a,1/b,meets,,committee,yes,102,time in grade 8 years 6 months of 4 "
					   "years,2004-04-01,yes,\"80;\",\"your mark "
					   "is 80;\",\n"
					   "N-2,1/a,1/b,not-yet,,committee,no,30,\"not yet: time in the grade 2 years "
					   "6 months of 4 years, complete on "
					   "1 April 2010\",2010-04-01,yes,\"80;\",\"your mark is 80;\",\n"
					   "N-3,1/b,2/a,incomplete,,committee,yes,102,time in grade 8 years 6 months "
					   "of 4 years,2004-04-01,missing,\";\","
					   "your mark is missing,\n"
					   "N-4,1/b,2/a,not-yet,,committee,no,42,\"not yet: time in the grade 3 years "
					   "6 months of 4 years, complete on "
					   "1 April 2009\",2009-04-01,missing,\";\",your mark is missing,\n"
					   "N-5,1/a,1/b,other-kind,,committee,not-asked,,,,not-asked,,,\n");
	buf_reset(&out);
	round_list_csv(r, FOR_OTHER, &out);
	assert_string_equal(buf_str(&out),
			    "staff_number,rank,next,outcome,override,version,reason\n"
			    "N-1,1/a,1/b,meets,,other,every condition that was asked is met\n"
			    "N-2,1/a,1/b,not-yet,,other,time: this condition is not met\n"
			    "N-3,1/b,2/a,incomplete,,other,a condition in the personal file cannot be told yet\n"
			    "N-4,1/b,2/a,not-yet,,other,time: this condition is not met\n"
			    "N-5,1/a,1/b,other-kind,,other,belongs to another kind of round\n");
}

static void a_list_is_json_and_text(void **state)
{
	struct climb w CLEANUP(climb_free);
	climb_make(&w, *state);
	struct round *r CLEANUP(round_free_p) = climb_read(&w, climb_open(&w, NULL, "PL-2"), NULL);
	struct buf out CLEANUP(buf_release) = BUF_INIT, expected CLEANUP(buf_release) = BUF_INIT;
	round_list_json(r, FOR_PERSON, &out);
	buf_printf(&expected,
		   "{\"round\":1,\"kind\":\"climb\",\"policy\":\"usual\",\"unit\":\"PL-2\",\"as_of\":\"2008-10-01\","
		   "\"position\":%lld,\"sealed\":false,\"candidates\":[\n"
		   "{\"staff_number\":\"N-1\",\"rank\":\"1/a\",\"next\":\"1/"
		   "b\",\"outcome\":\"meets\",\"version\":\"person\","
		   "\"criteria\":{\"time\":{\"met\":\"yes\",\"value\":\"102\",\"reason\":\"your time in the grade is 8 "
		   "years 6 "
		   "months of 4 "
		   "years\",\"complete_on\":\"2004-04-01\"},\"mark\":{\"met\":\"yes\",\"value\":\"80;\",\"reason\":"
		   "\"your mark is 80;\"}}},\n",
		   (long long)r->position);
	assert_memory_equal(out.p, expected.p, expected.n);
	buf_reset(&out);
	round_list_text(r, FOR_COMMITTEE, &out);
	assert_string_equal(buf_str(&out), "number  rank  next  outcome     time       mark       override\n"
					   "N-1     1/a   1/b   meets       yes        yes\n"
					   "N-4     1/b   2/a   not-yet     no         missing\n"
					   "N-5     1/a   1/b   other-kind  not-asked  not-asked\n");
}

static void why_is_said_in_sentences(void **state)
{
	struct climb w CLEANUP(climb_free);
	climb_make(&w, *state);
	struct round *r CLEANUP(round_free_p) = climb_read(&w, climb_open(&w, NULL, "PL-1"), NULL);
	struct buf out CLEANUP(buf_release) = BUF_INIT;
	round_explain(r, climb_of(&w, r, 2), FOR_PERSON, STR("Ani"), &out);
	assert_non_null(strstr(buf_str(&out), "Ani, N-2: not-yet\n"));
	assert_non_null(strstr(out.p,
			       "- time (not met): not yet: time in the grade 2 years 6 months of 4 years, complete on "
			       "1 April 2010, so in the round of 1 April 2010\n  source: Act 1 art. 2\n"));
	assert_non_null(strstr(out.p, "- mark (met): your mark is 80;\n"));
	assert_non_null(strstr(out.p, "- eye sight: the doctor sees to it\n"));
	assert_non_null(strstr(out.p, "assumed: recalled\n"));
	buf_reset(&out);
	round_explain(r, climb_of(&w, r, 3), FOR_OTHER, (struct str){ 0 }, &out);
	assert_non_null(strstr(buf_str(&out), "a condition in the personal file cannot be told yet"));
	assert_null(strstr(out.p, "your mark"));
	buf_reset(&out);
	round_explain(r, climb_of(&w, r, 5), FOR_COMMITTEE, (struct str){ 0 }, &out);
	assert_non_null(strstr(buf_str(&out), "another kind of round"));
	assert_null(strstr(out.p, "Conditions"));
}

static void two_policies_are_compared(void **state)
{
	struct climb w CLEANUP(climb_free);
	climb_make(&w, *state);
	int64_t id = climb_open(&w, NULL, "PL-2");
	struct round *a CLEANUP(round_free_p) = climb_read(&w, id, NULL);
	struct round *b CLEANUP(round_free_p) = climb_read(&w, id, "strict");
	struct buf out CLEANUP(buf_release) = BUF_INIT;
	round_compare(a, b, false, &out);
	assert_string_equal(buf_str(&out),
			    "rows: usual, columns: strict\n"
			    "                   meets  incomplete     not-yet  other-kind\n"
			    "meets                  0           1           0           0\n"
			    "incomplete             0           0           0           0\n"
			    "not-yet                0           1           0           0\n"
			    "other-kind             0           0           1           0\n"
			    "3 differ\n"
			    "\nN-1\n  usual: meets\n  strict: incomplete\n    time: the facts are only claimed, and "
			    "the policy asks for proof; "
			    "see the papers first\n"
			    "\nN-4\n  usual: not-yet\n    time: not yet: time in the grade 3 years 6 months of 4 "
			    "years, complete on 1 April "
			    "2009\n  strict: incomplete\n    time: the facts are only claimed, and the policy asks for "
			    "proof; see the papers "
			    "first\n"
			    "\nN-5\n  usual: other-kind\n  strict: not-yet\n    school: schooling primary\n");
	buf_reset(&out);
	round_compare(a, b, true, &out);
	assert_non_null(
		strstr(buf_str(&out),
		       "{\"round\":1,\"counts\":[{\"usual\":\"meets\",\"strict\":\"incomplete\",\"people\":1},"));
	assert_non_null(strstr(
		out.p, "{\"staff_number\":\"N-5\",\"usual\":{\"outcome\":\"other-kind\",\"decides\":{}},\"strict\":{"
		       "\"outcome\":\"not-yet\",\"decides\":{\"school\":\"schooling primary\"}}}]}"));
}

/* ---- what is refused ---- */

static void refused(struct climb *w, struct round_ask ask, enum err e, const char *words)
{
	int64_t id = 0;
	int64_t head = ledger_head(w->c->ledger);
	assert_int_equal(round_open(w->c, climb_kinds, &ask, &id), e);
	assert_true(fixture_said(w->c, NULL, words));
	fixture_forget(w->c);
	assert_int_equal(ledger_head(w->c->ledger), head);
}

static void a_round_is_refused(void **state)
{
	struct climb w CLEANUP(climb_free);
	climb_make(&w, *state);
	struct round_ask good = { .kind = "climb", .policy = "usual", .unit = "PL-1", .as_of = CLIMB_DAY }, ask = good;
	ask.kind = "swim";
	refused(&w, ask, E_INVALID, "there is no kind of round \"swim\"; choose one of: climb");
	ask = good;
	ask.unit = "PL-9";
	refused(&w, ask, E_INVALID, "there is no place \"PL-9\" on 1 October 2008");
	ask = good;
	ask.as_of++;
	refused(&w, ask, E_INVALID, "2 October 2008 is no day of a climb round; the next one is 1 April 2009");
	ask = good;
	ask.policy = "lax";
	refused(&w, ask, E_MISSING,
		"there is no policy \"lax\" for a climb round on that day; choose one of: strict, usual");
	struct round *r = NULL;
	assert_int_equal(round_read(w.c, climb_kinds, 99, NULL, &r), E_MISSING);
	assert_true(fixture_said(w.c, NULL, "there is no round 99"));
}

static void an_override(struct climb *w, int64_t round, int n, enum outcome o, const char *code, const char *reason,
			enum err e)
{
	struct override_ask ask = { round, n ? w->keeper[n] : 4711, o, code, reason };
	enum err answer = round_override(w->c, climb_kinds, &ask);
	if (answer != e)
		fixture_said(w->c, NULL, "(nothing)");
	assert_int_equal(answer, e);
}

static void the_committee_decides_otherwise(void **state)
{
	struct climb w CLEANUP(climb_free);
	climb_make(&w, *state);
	int64_t id = climb_open(&w, NULL, "PL-1");
	an_override(&w, id, 2, MEETS, "court-ruling", "ruled on 3 May", E_OK);
	an_override(&w, id, 1, NOT_YET, "fact-wrong", "wrong", E_OK);
	an_override(&w, id, 1, NOT_YET, "court-ruling", "ruled too", E_OK);
	struct round *r CLEANUP(round_free_p) = climb_read(&w, id, NULL);
	is(&w, r, 2, MEETS);
	is(&w, r, 1, NOT_YET);
	assert_int_equal(climb_of(&w, r, 2)->judged, NOT_YET);
	assert_true(str_is(climb_of(&w, r, 1)->override, "court-ruling"));
	struct buf out CLEANUP(buf_release) = BUF_INIT;
	round_explain(r, climb_of(&w, r, 2), FOR_PERSON, (struct str){ 0 }, &out);
	assert_non_null(strstr(buf_str(&out),
			       "The rules alone say not-yet. The committee decided meets: court-ruling\n  "
			       "reason: ruled on 3 May\n"));
	buf_reset(&out);
	round_explain(r, climb_of(&w, r, 2), FOR_OTHER, (struct str){ 0 }, &out);
	assert_null(strstr(buf_str(&out), "ruled on"));
	assert_non_null(strstr(buf_str(&out), "the committee decided otherwise than the rules"));
	an_override(&w, id, 3, MEETS, "whim", "because", E_INVALID);
	an_override(&w, id, 3, MEETS, "court-ruling", "  ", E_INVALID);
	an_override(&w, id, 3, OTHER_KIND, "court-ruling", "x", E_INVALID);
	an_override(&w, id, 5, MEETS, "court-ruling", "x", E_INVALID);
	an_override(&w, id, 7, MEETS, "court-ruling", "x", E_MISSING);
	an_override(&w, id, 0, MEETS, "court-ruling", "x", E_MISSING);
	an_override(&w, 99, 1, MEETS, "court-ruling", "x", E_MISSING);
}

/* A paper may come after the committee decided: then the rules say the same, and nobody departed from them. */
static void the_rules_may_come_to_say_the_same(void **state)
{
	struct climb w CLEANUP(climb_free);
	climb_make(&w, *state);
	struct buf out CLEANUP(buf_release) = BUF_INIT;
	int64_t id = climb_open(&w, NULL, "PL-1");
	an_override(&w, id, 2, NOT_YET, "court-ruling", "ruled on 3 May", E_OK);
	struct round *r CLEANUP(round_free_p) = climb_read(&w, id, NULL);
	is(&w, r, 2, NOT_YET);
	round_reason_for_others(r, climb_of(&w, r, 2), NULL, &out);
	assert_true(out.n > 0);
	assert_null(strstr(buf_str(&out), "otherwise than the rules"));
}

static void papers_that_arrive_still_count(void **state)
{
	struct climb w CLEANUP(climb_free);
	climb_make(&w, *state);
	int64_t id = climb_open(&w, NULL, "PL-1");
	OK(fixture_save(w.c, fixture_mark_of(w.c, w.keeper[3], 2007, 7550), NULL));
	struct round *r = climb_read(&w, id, NULL);
	is(&w, r, 3, MEETS);
	round_free(r);
	OK(fixture_correct(w.c, fixture_mark_of(w.c, w.keeper[3], 2007, 7549), "misread", NULL));
	r = climb_read(&w, id, NULL);
	is(&w, r, 3, NOT_YET);
	round_free(r);
}

int round_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(everybody_has_an_outcome),
		SPOT_CASE(proof_is_asked_where_the_policy_asks),
		SPOT_CASE(a_list_is_csv),
		SPOT_CASE(a_list_is_json_and_text),
		SPOT_CASE(why_is_said_in_sentences),
		SPOT_CASE(two_policies_are_compared),
		SPOT_CASE(a_round_is_refused),
		SPOT_CASE(the_committee_decides_otherwise),
		SPOT_CASE(the_rules_may_come_to_say_the_same),
		SPOT_CASE(papers_that_arrive_still_count),
	};
	return spot_run("round", cases, COUNT(cases));
}
