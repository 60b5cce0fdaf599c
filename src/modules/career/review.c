/* review.c - the request that a sealed round be looked at again for one person, and its answer. */
#include "modules/career/review.h"

#include "decision/round.h"
#include "entity/back.h"
#include "entity/change.h"

static const char *const decided_said[] = { N_("stays as it was decided"), N_("to be decided anew"), NULL };

/* clang-format off */
static const struct field review_fields[] = {
	[REVIEW_NUMBER]    = { "number",    N_("Number"),             T_INT,  .min = 1, .max = 9999, .flags = REQUIRED | KEY | LISTED },
	[REVIEW_ROUND]     = { "round",     N_("Round"),              T_REF,  .ref = &round_entity, .flags = REQUIRED | LISTED | ANY_DAY },
	[REVIEW_FACT]      = { "fact",      N_("What was learnt"),    T_CODE, .max = 64, .flags = REQUIRED,
	                       .help = N_("The kind of fact that the round did not know.") },
	[REVIEW_FACT_FROM] = { "fact_from", N_("In effect from"),     T_DATE, .flags = REQUIRED },
};

static const struct field answer_fields[] = {
	[ANSWER_NUMBER]  = { "number",  N_("Number of the request"), T_INT,  .min = 1, .max = 9999, .flags = REQUIRED | KEY | LISTED },
	[ANSWER_DECIDED] = { "decided", N_("Answer"),                T_ENUM, .of = "stays anew", .said = decided_said, .flags = REQUIRED | LISTED },
	[ANSWER_NOTE]    = { "note",    N_("Reason"),                T_NOTE, .max = 2000, .flags = REQUIRED },
};
/* clang-format on */

const struct entity round_review_entity = {
	.name = "round_review",
	.title = N_("Review asked"),
	.titles = N_("Reviews asked"),
	.help = N_(
		"Somebody asks that a sealed round be looked at again for one person, since a fact was learnt late."),
	.kind = EVENT,
	FIELDS(review_fields),
	.owner = &person_entity,
	.owner_column = "staff_number",
	.see = MAY_DECIDE,
};

const struct entity round_review_answer_entity = {
	.name = "round_review_answer",
	.title = N_("Review answered"),
	.titles = N_("Answers to reviews"),
	.help = N_("Whether a round stays as it was decided for a person, or is to be decided anew, and why."),
	.kind = EVENT,
	FIELDS(answer_fields),
	.owner = &person_entity,
	.owner_column = "staff_number",
	.see = MAY_DECIDE,
};

static enum err rows_of(struct ctx *c, const struct entity *e, int64_t person, struct record ***ret, size_t *ret_n)
{
	return read_all(c, &(struct query){ .entity = e, .owner = person, .extent = BELIEVED }, ret, ret_n);
}

static int open_first(const void *a, const void *b)
{
	const struct review *x = a, *y = b;
	if (!x->answer != !y->answer)
		return x->answer ? 1 : -1;
	return x->asked->known_from < y->asked->known_from ? 1 : x->asked->known_from > y->asked->known_from ? -1 : 0;
}

static int by_request(const void *a, const void *b)
{
	const struct record *x = *(struct record *const *)a, *y = *(struct record *const *)b;
	int64_t one = record_get(x, 0, 0), two = record_get(y, 0, 0);
	if (x->owner != y->owner)
		return x->owner < y->owner ? -1 : 1;
	return (one > two) - (one < two);
}

enum err review_list(struct ctx *c, int64_t person, int64_t round, struct review **ret, size_t *ret_n)
{
	struct record **asked, **answers;
	size_t nasked, nanswers, n = 0;
	TRY(rows_of(c, &round_review_entity, person, &asked, &nasked));
	TRY(rows_of(c, &round_review_answer_entity, person, &answers, &nanswers));
	if (nanswers)
		qsort(answers, nanswers, sizeof *answers, by_request);
	struct review *list = ARENA_ARRAY(c->arena, struct review, nasked + 1);
	for (size_t i = 0; i < nasked; i++) {
		struct review v = { .person = asked[i]->owner, .asked = asked[i] };
		v.number = record_get(asked[i], REVIEW_NUMBER, 0);
		v.round = record_get(asked[i], REVIEW_ROUND, 0);
		struct record **answer =
			nanswers ? bsearch(&asked[i], answers, nanswers, sizeof *answers, by_request) : NULL;
		v.answer = answer ? *answer : NULL;
		if (!round || v.round == round)
			list[n++] = v;
	}
	qsort(list, n, sizeof *list, open_first);
	*ret = list;
	*ret_n = n;
	return E_OK;
}

static enum err of_answer(struct ctx *c, const struct record *answer, struct review *ret)
{
	struct review *all;
	size_t n;
	TRY(review_list(c, answer->owner, 0, &all, &n));
	for (size_t i = 0; i < n; i++)
		if (all[i].number == record_get(answer, ANSWER_NUMBER, 0) && all[i].answer) {
			*ret = all[i];
			return E_OK;
		}
	return E_MISSING; /* the request was withdrawn */
}

enum err review_answered(struct ctx *c, enum err (*wanted)(void *arg, int64_t person, bool *ret), void *arg,
			 struct review *ret, size_t most, size_t *ret_n)
{
	struct back *k CLEANUP(back_close_p) = NULL;
	const struct record *r;
	size_t n = 0;
	TRY(back_open(c, &(struct back_ask){ .entity = &round_review_answer_entity, .position = BACK_ALL }, &k));
	while (n < most) {
		bool is;
		TRY(back_next(k, &r));
		if (!r)
			break;
		if (r->known_to || r->op != OP_HOLDS)
			continue;
		TRY(wanted(arg, r->owner, &is));
		enum err e = is ? of_answer(c, r, &ret[n]) : E_MISSING;
		if (e != E_OK && e != E_MISSING)
			return e;
		n += e == E_OK;
	}
	*ret_n = n;
	return E_OK;
}

enum err review_ask(struct ctx *c, int64_t person, int64_t round, const struct record *fact)
{
	struct review *all;
	struct record *r = record_new(c->arena, &round_review_entity);
	size_t n;
	int64_t last = 0;
	TRY(review_list(c, person, 0, &all, &n));
	for (size_t i = 0; i < n; i++) {
		if (all[i].round == round && !all[i].answer)
			return E_CONFLICT;
		last = all[i].number > last ? all[i].number : last;
	}
	r->owner = person;
	r->valid_from = c->today;
	record_int(r, REVIEW_NUMBER, last + 1);
	record_int(r, REVIEW_ROUND, round);
	record_text(r, REVIEW_FACT, str_of(fact->entity->name));
	record_int(r, REVIEW_FACT_FROM, fact->valid_from);
	return change_save(c, r);
}

enum err review_answer(struct ctx *c, int64_t person, int64_t number, int decided, struct str note)
{
	struct review *all;
	struct record *r = record_new(c->arena, &round_review_answer_entity);
	size_t n, i = 0;
	TRY(review_list(c, person, 0, &all, &n));
	while (i < n && all[i].number != number)
		i++;
	if (i == n)
		return E_MISSING;
	if (all[i].answer)
		return E_CONFLICT;
	r->owner = person;
	r->valid_from = c->today;
	record_int(r, ANSWER_NUMBER, number);
	record_int(r, ANSWER_DECIDED, decided);
	record_text(r, ANSWER_NOTE, note);
	return change_save(c, r);
}
