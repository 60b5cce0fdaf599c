#include "judging.h"

#include "base/number.h"
#include "modules/module.h"
#include "policy/typed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define MOST_INPUTS 16
#define MOST_PARAMS 8
enum { WIDTH = 3, SEAT_OF_VECTOR = 1 }; /* a vector stands between two people of whom nothing is known */

/* One judge with its rules, ready to be asked. */
struct court {
	struct rules *rules;
	struct population *people; /* gives the codebook */
	struct problems problems;
	struct arena arena;
	struct param params[MOST_PARAMS];
	struct criterion criterion;
	const struct input_column *columns[MOST_INPUTS];
	int32_t in[MOST_INPUTS][WIDTH];
	const int32_t *rows[MOST_INPUTS];
	struct verdicts verdicts;
	struct judge_block block;
};

static void court_close(struct court *t)
{
	rules_free(t->rules);
	population_free(t->people);
	problems_release(&t->problems);
	arena_release(&t->arena);
}

static struct str file_text(struct arena *a, const char *path)
{
	char *text = arena_alloc(a, 1 << 20);
	FILE *f = fopen(path, "r");
	if (!f)
		fail_msg("%s cannot be read; run the tests in the repository's folder", path);
	size_t n = fread(text, 1, (1 << 20) - 1, f);
	fclose(f);
	text[n] = '\0';
	return (struct str){ text, n };
}

/* Cuts what stands before the first `by`; without one, all. */
static struct str cut(struct str *rest, char by)
{
	const char *at = rest->n ? memchr(rest->p, by, rest->n) : NULL;
	size_t n = at ? (size_t)(at - rest->p) : rest->n;
	struct str piece = { rest->p, n };
	rest->p += at ? n + 1 : n;
	rest->n -= at ? n + 1 : n;
	return piece;
}

static void read_params(struct court *t, const struct judge *j, struct str list)
{
	while (list.n) {
		struct str pair = cut(&list, ' '), name = cut(&pair, '=');
		int i = 0;
		while (i < j->nparams && !str_is(name, j->params[i].name))
			i++;
		if (i == j->nparams ||
		    !typed_read(j->params[i].type, pair, &t->arena, (struct place){ 0 }, &t->problems, &t->params[i]))
			fail_msg("%s takes no %.*s=%.*s", j->name, (int)name.n, name.p, (int)pair.n, pair.p);
		t->params[i].set = true;
	}
}

static int32_t input_value(struct court *t, const struct input_column *c, struct str text)
{
	date day;
	if (c->type == I_CODE)
		return population_code(t->people, c->of, text);
	if (c->type == I_DAY)
		return date_parse(text, &day) ? day : NONE;
	struct param number = { 0 };
	bool read = c->type == I_PERCENT
			    ? typed_read(P_PERCENT, text, &t->arena, (struct place){ 0 }, &t->problems, &number)
			    : number_parse(text, &number.i); /* a seal may hold any number, also one that no rule has */
	return read ? (int32_t)number.i : NONE;
}

static void read_inputs(struct court *t, const struct judge *j, struct str list)
{
	for (size_t i = 0; j->inputs[i]; i++) {
		t->columns[i] = &inputs_find(modules_inputs(), j->inputs[i])->column;
		t->rows[i] = t->in[i];
		for (int seat = 0; seat < WIDTH; seat++)
			t->in[i][seat] = NONE;
	}
	while (list.n) {
		struct str pair = cut(&list, ' '), name = cut(&pair, '=');
		size_t i = 0;
		while (j->inputs[i] && !str_is(name, j->inputs[i]))
			i++;
		if (!j->inputs[i])
			fail_msg("%s looks at no %.*s", j->name, (int)name.n, name.p);
		t->in[i][SEAT_OF_VECTOR] = input_value(t, t->columns[i], pair);
		if (t->in[i][SEAT_OF_VECTOR] == NONE)
			fail_msg("%.*s=%.*s cannot be read", (int)name.n, name.p, (int)pair.n, pair.p);
	}
}

/* Reads rules and parameters, and has the judge prepare itself. */
static enum err court_open(struct court *t, const struct judge *j, struct str params)
{
	struct str json = file_text(&t->arena, "tests/judge-vectors.json");
	assert_int_equal(rules_of_json(json, modules_reader(), &t->rules), E_OK);
	t->people = population_new(0, (struct moment){ rules_day(t->rules), 0 });
	t->criterion = (struct criterion){ .name = str_of(j->name), .judge = j, .params = t->params };
	read_params(t, j, params);
	return j->prepare(t->rules, &t->criterion, population_codes(t->people), &t->arena, &t->problems,
			  &t->block.prepared);
}

static void judge_it(struct court *t, const struct judge *j, struct str day, struct str inputs)
{
	struct verdicts *v = &t->verdicts;
	read_inputs(t, j, inputs);
	memset(v, 0, sizeof(*v));
	for (int seat = 0; seat < WIDTH; seat++)
		v->value[0][seat] = v->value[1][seat] = v->complete_on[seat] = NONE;
	t->block.n = WIDTH;
	t->block.in = t->rows;
	t->block.out = v;
	t->block.columns = t->columns;
	assert_true(date_parse(day, &t->block.as_of));
	j->judge(&t->block);
}

/* ---- the list ---- */

enum { JUDGE, PARAMS, DAY, INPUTS, MET, VALUE, REASON, COMPLETE_ON, CELLS };

static void verdict_text(struct court *t, const struct judge *j, struct buf *out)
{
	char day[DATE_TEXT];
	const struct verdicts *v = &t->verdicts;
	buf_printf(out, "%s\t", met_text(v->met[SEAT_OF_VECTOR]));
	judge_value_text(j, v, SEAT_OF_VECTOR, population_codes(t->people), NULL, out);
	buf_printf(out, "\t%d\t%s", v->reason[SEAT_OF_VECTOR], date_text(v->complete_on[SEAT_OF_VECTOR], day));
}

static void sentence_is_whole(struct court *t, enum audience who, const char *verdict)
{
	CLEANUP(buf_release) struct buf said = BUF_INIT;
	judge_sentence(&t->criterion, &t->block, SEAT_OF_VECTOR, who, population_codes(t->people), &said);
	const char *text = buf_str(&said);
	bool no = t->verdicts.met[SEAT_OF_VECTOR] == NO && who != FOR_OTHER;
	if (!*text || strchr(text, '{') || strstr(text, "fail") || strstr(text, "not known") ||
	    (no && strncmp(text, "not yet: ", 9) != 0))
		fail_msg("%s %s: \"%s\"", t->criterion.judge->name, verdict, text);
}

static void try_vector(const struct judge *j, const struct str *cells, size_t line, bool *seen)
{
	CLEANUP(court_close) struct court t = { 0 };
	CLEANUP(buf_release) struct buf said = BUF_INIT, wanted = BUF_INIT;
	assert_int_equal(court_open(&t, j, cells[PARAMS]), E_OK);
	judge_it(&t, j, cells[DAY], cells[INPUTS]);
	verdict_text(&t, j, &said);
	for (int i = MET; i < CELLS; i++)
		buf_printf(&wanted, "%s%.*s", i > MET ? "\t" : "", (int)cells[i].n, cells[i].p);
	if (strcmp(buf_str(&said), buf_str(&wanted)) != 0)
		fail_msg("tests/judge-vectors.tsv:%zu: %s: said \"%s\", wanted \"%s\"", line, j->name, buf_str(&said),
			 buf_str(&wanted));
	for (enum audience who = FOR_PERSON; who <= FOR_OTHER; who++)
		sentence_is_whole(&t, who, buf_str(&said));
	seen[t.verdicts.reason[SEAT_OF_VECTOR]] = true;
}

void judging_vectors(const struct judge *j)
{
	CLEANUP(arena_release) struct arena a = ARENA_INIT;
	struct str rest = file_text(&a, "tests/judge-vectors.tsv"), cells[CELLS];
	const char *name = arena_printf(&a, "%s@%d", j->name, j->version);
	bool seen[256] = { false };
	for (size_t line = 1; rest.n; line++) {
		struct str row = cut(&rest, '\n');
		for (int i = 0; i < CELLS; i++)
			cells[i] = cut(&row, '\t');
		if (str_is(cells[JUDGE], name))
			try_vector(j, cells, line, seen);
	}
	for (int i = 0; i < j->nreasons; i++)
		if (!seen[i])
			fail_msg("%s: no vector of tests/judge-vectors.tsv has the reason %d", name, i);
}

/* ---- words ---- */

void judging_says(const struct judging *x, enum audience who, const char *expected)
{
	CLEANUP(court_close) struct court t = { 0 };
	CLEANUP(buf_release) struct buf said = BUF_INIT;
	assert_int_equal(court_open(&t, x->judge, str_of(x->params)), E_OK);
	judge_it(&t, x->judge, str_of(x->day), str_of(x->inputs));
	judge_sentence(&t.criterion, &t.block, SEAT_OF_VECTOR, who, population_codes(t.people), &said);
	assert_string_equal(buf_str(&said), expected);
}

void judging_rests_on(const struct judging *x, const char *column, const char *expected)
{
	CLEANUP(court_close) struct court t = { 0 };
	assert_int_equal(court_open(&t, x->judge, str_of(x->params)), E_OK);
	judge_it(&t, x->judge, str_of(x->day), str_of(x->inputs));
	const struct rules_row *row =
		x->judge->rests_on(&t.block, SEAT_OF_VECTOR, t.rules, &t.criterion, population_codes(t.people));
	if (!expected || !row)
		assert_true(!row && !expected);
	else
		assert_true(str_is(row_text(row, column), expected));
}

void judging_refuses(const struct judging *x, const char *problem)
{
	CLEANUP(court_close) struct court t = { 0 };
	CLEANUP(buf_release) struct buf said = BUF_INIT;
	assert_int_equal(court_open(&t, x->judge, str_of(x->params)), E_INVALID);
	assert_int_equal(t.problems.count, 1);
	problem_print(&t.problems.list[0], &said);
	assert_string_equal(buf_str(&said), problem);
}
