/* climb_test.c - the invented kind of round and its world. */
#include "decision/climb_test.h"

#include "entity/change.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

int climb_test(void);

/* ---- inputs ---- */

static int32_t reduce_grade(const struct facts *f, struct population *p, size_t row)
{
	(void)row;
	return f->n ? population_pack(p, "grade", f->v[0][f->n - 1]) : NONE;
}

static int32_t reduce_grade_from(const struct facts *f, struct population *p, size_t row)
{
	(void)p, (void)row;
	return f->n ? f->from[f->n - 1] : NONE;
}

static int32_t reduce_grade_proof(const struct facts *f, struct population *p, size_t row)
{
	(void)p, (void)row;
	return f->n ? (int32_t)f->v[1][f->n - 1] : NONE;
}

static int32_t reduce_schooling(const struct facts *f, struct population *p, size_t row)
{
	(void)row;
	return f->n ? population_pack(p, "schooling", f->v[0][f->n - 1]) : NONE;
}

static int32_t reduce_last(const struct facts *f, struct population *p, size_t row)
{
	(void)p, (void)row;
	return f->n ? (int32_t)f->v[0][f->n - 1] : NONE;
}

static enum err derive_place(struct population *p, int32_t *column)
{
	struct ctx *c = population_ctx(p);
	const int32_t *seat = population_column(p, "seat");
	struct moment at = { population_day(p), population_position(p) };
	for (size_t row = 0; row < population_count(p); row++) {
		struct record *r;
		if (seat[row] == NONE)
			continue;
		TRY(read_thing(c, &fixture_seat, seat[row], at, &r));
		column[row] = (int32_t)record_get(r, SEAT_PLACE, 0);
	}
	return E_OK;
}

/* clang-format off */
static const char *const f_grade[] = { "grade", NULL }, *const f_proof[] = { "grade", "proof", NULL },
	*const f_schooling[] = { "schooling", NULL }, *const f_seat[] = { "seat", NULL }, *const f_score[] = { "score", NULL };
static const char *const n_place[] = { "seat", NULL };
static const struct input inputs[] = {
	{ .column = { "grade",       I_CODE,   "grade", false },     .from = &fixture_grade_history, .fields = f_grade, .reduce = reduce_grade },
	{ .column = { "grade_from",  I_DAY,    NULL, false },        .from = &fixture_grade_history, .fields = f_grade, .reduce = reduce_grade_from },
	{ .column = { "grade_proof", I_NUMBER, NULL, false },        .from = &fixture_grade_history, .fields = f_proof, .reduce = reduce_grade_proof },
	{ .column = { "schooling",   I_CODE,   "schooling", false }, .from = &fixture_keeper, .fields = f_schooling, .reduce = reduce_schooling },
	{ .column = { "seat",        I_NUMBER, NULL, false },        .from = &fixture_seat_history, .fields = f_seat, .reduce = reduce_last },
	{ .column = { "place",       I_NUMBER, NULL, false },        .derive = derive_place, .needs = n_place },
	{ .column = { "score",       I_PERCENT, NULL, true },        .from = &fixture_mark, .fields = f_score, .years = 1, .reduce = reduce_last },
	{ .column = { NULL, I_NUMBER, NULL, false } },
};
/* clang-format on */
static const struct input *const input_arrays[] = { inputs, NULL };
static const struct inputs climb_inputs = { &fixture_keeper, input_arrays };

/* ---- judges ---- */

static void judge_time(const struct judge_block *b)
{
	int years = *(const int *)b->prepared;
	for (size_t i = 0; i < b->n; i++) {
		date from = b->in[0][i];
		if (from == NONE) {
			b->out->met[i] = LACKING;
			continue;
		}
		b->out->complete_on[i] = date_add_months(from, 12 * years);
		b->out->value[0][i] = date_months_between(from, b->as_of);
		b->out->met[i] = b->out->complete_on[i] <= b->as_of ? YES : NO;
		b->out->reason[i] = b->out->met[i] == NO;
	}
}

static enum err prepare_number(const struct rules *r, const struct criterion *c, const struct codebook *codes,
			       struct arena *a, struct problems *p, const void **ret)
{
	(void)r, (void)codes, (void)p;
	int *n = ARENA_NEW(a, int);
	*n = (int)c->params[0].i;
	*ret = n;
	return E_OK;
}

static void judge_mark(const struct judge_block *b)
{
	for (size_t i = 0; i < b->n; i++) {
		int32_t score = b->in[0][i];
		b->out->value[0][i] = score;
		b->out->met[i] = score == NONE ? LACKING : score >= *(const int *)b->prepared ? YES : NO;
		b->out->reason[i] = b->out->met[i];
	}
}

static enum err prepare_school(const struct rules *r, const struct criterion *c, const struct codebook *codes,
			       struct arena *a, struct problems *p, const void **ret)
{
	(void)r, (void)c, (void)p;
	int32_t *x = ARENA_ARRAY(a, int32_t, 2);
	x[0] = codes->number(codes->arg, "schooling", STR("master"));
	x[1] = codes->number(codes->arg, "grade", STR("1/b"));
	*ret = x;
	return E_OK;
}

/* Its value is a schooling, or the grade from which none is asked. */
static void judge_school(const struct judge_block *b)
{
	const int32_t *x = b->prepared;
	for (size_t i = 0; i < b->n; i++) {
		bool asked = b->in[1][i] != x[1];
		b->out->met[i] = !asked ? NOT_ASKED : b->in[0][i] == x[0] ? YES : NO;
		b->out->value[0][i] = b->in[asked ? 0 : 1][i];
		b->out->value[1][i] = !asked;
	}
}

/* clang-format off */
static const char *const time_inputs[] = { "grade_from", NULL }, *const time_proofs[] = { "grade_proof", NULL },
	*const mark_inputs[] = { "score", NULL }, *const school_inputs[] = { "schooling", "grade", NULL };
static const struct judge_param time_params[] = { { "years", P_INT, true } }, mark_params[] = { { "minimum", P_PERCENT, true } };
static const struct judge_reason time_reasons[] = {
	{ "your time in the grade is {value} of {need}", "time in grade {value} of {need}", NULL },
	{ "not yet: time in the grade {value} of {need}, complete on {complete_on}", NULL, NULL },
};
static const struct judge_reason mark_reasons[] = {
	{ "not yet: your mark is {value}", "not yet: mark {value}, asked {minimum}", "never said" },
	{ "your mark is {value}", NULL, NULL }, { "your mark is missing", NULL, NULL },
};
static const struct judge_reason school_reasons[] = { { "schooling {value}", NULL, NULL } };
static const struct judge time_judge = { .name = "time", .version = 1, .inputs = time_inputs, .params = time_params, .nparams = 1,
	.value = V_MONTHS, .reasons = time_reasons, .nreasons = 2, .prepare = prepare_number, .judge = judge_time, .proofs = time_proofs };
static const struct judge mark_judge = { .name = "mark", .version = 1, .inputs = mark_inputs, .params = mark_params, .nparams = 1,
	.value = V_PERCENTS, .reasons = mark_reasons, .nreasons = 3, .prepare = prepare_number, .judge = judge_mark };
static const struct judge school_judge = { .name = "school", .version = 1, .inputs = school_inputs, .value = V_CODE,
	.value_of = "schooling grade", .reasons = school_reasons, .nreasons = 1, .prepare = prepare_school, .judge = judge_school };
static const struct judge *const judges[] = { &time_judge, &mark_judge, &school_judge, NULL };
static const struct judge *const judges_blind[] = { &time_judge, &school_judge, NULL };

/* ---- rules ---- */

static const struct pack_column code_columns[] = { { "code", P_TEXT, .required = true, .key = true }, { "order", P_INT, NULL, false, false } };
#define CODES(name_) { name_, name_, code_columns, (int)COUNT(code_columns), true, false }
static const struct pack_table grades = CODES("grade"), schooling = CODES("schooling"), tool = CODES("tool"),
	place_kind = CODES("place_kind"), currency = CODES("currency"), grounds = CODES("override_codes");
static const struct pack_table *const tables[] = { &grades, &schooling, &tool, &place_kind, &currency, &grounds, NULL };
static const struct pack_parameter *const parameters[] = { NULL };
const struct pack_reader climb_reader = { tables, parameters, judges };
const struct pack_reader climb_reader_blind = { tables, parameters, judges_blind };

const char climb_usual[] =
	"policy: usual\nkind: climb\nfrom: 2000-01-01\nsource: Act 1\nassumption: true\nreason: recalled\ndefault: true\n"
	"other_kind:\n  - primary\ncriteria:\n"
	"  - name: time\n    judge: time@1\n    years: 4\n    source: Act 1 art. 2\n"
	"  - name: mark\n    judge: mark@1\n    minimum: 75.5\n    confidential: true\n    source: Act 1 art. 3\n"
	"not_asked:\n  - name: eye_sight\n    reason: the doctor sees to it\n";
static const char strict[] =
	"policy: strict\nkind: climb\nfrom: 2000-01-01\nsource: Act 2\ndefault: false\ncriteria:\n"
	"  - name: time\n    judge: time@1\n    years: 1\n    needs: proved\n    source: Act 2 art. 1\n"
	"  - name: school\n    judge: school@1\n    source: Act 2 art. 2\n";
/* clang-format on */

/* ---- the kind ---- */

static bool period(const struct rules *r, date d, date *ret_next)
{
	(void)r;
	int year, month, day;
	date_parts(d, &year, &month, &day);
	*ret_next = d <= date_of(year, 4, 1)    ? date_of(year, 4, 1)
		    : d <= date_of(year, 10, 1) ? date_of(year, 10, 1)
						: date_of(year + 1, 4, 1);
	return *ret_next == d;
}

static void step(struct population *p, size_t row, struct str *ret_now, struct str *ret_next)
{
	const struct rules *r = population_rules(p);
	*ret_now = population_text(p, "grade", population_column(p, "grade")[row]);
	*ret_next = (struct str){ 0 };
	const struct rules_row *now = rules_find(r, "grade", *ret_now);
	for (size_t i = 0; now && i < rules_count(r, "grade"); i++)
		if (row_int(rules_row(r, "grade", i), "order", 0) == row_int(now, "order", 0) + 1)
			*ret_next = row_text(rules_row(r, "grade", i), "code");
}

static enum err consider(struct population *p, int64_t unit, bool *take, struct problems *problems)
{
	struct ctx *c = population_ctx(p);
	const int32_t *place = population_column(p, "place");
	(void)problems;
	for (size_t row = 0; row < population_count(p); row++) {
		struct str now, next;
		struct record *r;
		if (place[row] == NONE)
			continue;
		TRY(read_thing(c, &fixture_place, place[row], (struct moment){ population_day(p), 0 }, &r));
		step(p, row, &now, &next);
		take[row] = next.n && (place[row] == unit || record_get(r, PLACE_PARENT, 0) == unit);
	}
	return E_OK;
}

static void other_kind(struct population *p, const struct ruleset *policy, size_t first, size_t n, bool *ret)
{
	const int32_t *taught = population_column(p, "schooling");
	for (size_t at = 0; at < n; at++) {
		struct str has = population_text(p, "schooling", taught[first + at]);
		ret[at] = false;
		for (size_t i = 0; i < policy->nother_kind; i++)
			ret[at] = ret[at] || str_eq(policy->other_kind[i], has);
	}
}

static enum err unit_path(struct ctx *c, int64_t unit, struct moment at, const struct str **ret, size_t *ret_n)
{
	struct str *path = ARENA_ARRAY(c->arena, struct str, 1);
	TRY(key_text(c, &fixture_place, unit, at.position, path));
	*ret = path;
	*ret_n = 1;
	return E_OK;
}

static const char *const always[] = { "grade", "schooling", "place", NULL };
const struct round_kind climb_kind = {
	.name = "climb",
	.grounds = "override_codes",
	.title = "Climb",
	.inputs = &climb_inputs,
	.inputs_always = always,
	.period = period,
	.consider = consider,
	.step = step,
	.other_kind = other_kind,
	.unit = &fixture_place,
	.unit_path = unit_path,
};
const struct round_kind *const climb_kinds[] = { &climb_kind, NULL };

/* ---- the world ---- */

static void write_file(const struct climb *w, const char *path, const char *text)
{
	char full[160];
	snprintf(full, sizeof full, "%s/%s", w->pack, path);
	FILE *f = fopen(full, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void load_pack(struct climb *w)
{
	struct problems p CLEANUP(problems_release) = PROBLEMS_INIT;
	struct buf words CLEANUP(buf_release) = BUF_INIT;
	struct pack *k CLEANUP(pack_free_p) = NULL;
	struct txn t CLEANUP(txn_end) = { 0 };
	struct policy *policy;
	int64_t position;
	bool news;
	enum err e = pack_read(w->pack, &climb_reader, &p, &k);
	problems_print(&p, &words);
	if (e != E_OK)
		fail_msg("%s", buf_str(&words));
	OK(ctx_write(w->c, &t));
	OK(change_begin(w->c, "pack.load", 0));
	OK(pack_load(w->c, k, &news));
	OK(change_end(w->c, &position));
	OK(txn_commit(&t));
	OK(policy_open(w->c, &climb_reader, 0, &policy));
}

void climb_pack(struct climb *w, const char *path, const char *text)
{
	write_file(w, path, text);
	load_pack(w);
}

static void make_pack(struct climb *w)
{
	char inner[128];
	snprintf(w->pack, sizeof w->pack, "/tmp/merit-climb-XXXXXX");
	assert_non_null(mkdtemp(w->pack));
	snprintf(inner, sizeof inner, "%s/policies", w->pack);
	mkdir(inner, 0700);
	write_file(w, "pack.yaml", "name: lights\nversion: 1\ntitle: Rules\napplies_to: service\nzone: Asia/Jakarta\n");
	write_file(w, "grade.csv", "code,order\n1/a,1\n1/b,2\n2/a,3\n");
	write_file(w, "schooling.csv", "code,order\nprimary,1\ndiploma-3,2\nmaster,3\n");
	write_file(w, "tool.csv", "code,order\nlamp,1\nhorn,2\n");
	write_file(w, "place_kind.csv", "code,order\ncoast,1\nlight,2\n");
	write_file(w, "currency.csv", "code,order\nIDR,1\n");
	write_file(w, "override_codes.csv", "code,order\nfact-wrong,1\ncourt-ruling,2\n");
	write_file(w, "policies/usual.yaml", climb_usual);
	write_file(w, "policies/strict.yaml", strict);
}

static void save(struct climb *w, struct record *r)
{
	if (fixture_save(w->c, r, NULL) != E_OK) {
		fixture_said(w->c, NULL, "(nothing)");
		fail_msg("%s", fault_text());
	}
}

static int64_t place(struct climb *w, int n, int64_t parent)
{
	struct record *r = fixture_place_of(w->c, n, parent, date_of(1990, 1, 1));
	save(w, r);
	return r->id;
}

static void keeper(struct climb *w, int n, int64_t at, const char *grade_now, int since, int score)
{
	static const char *const numbers[] = { "", "N-1", "N-2", "N-3", "N-4", "N-5", "N-6", "N-7", "N-8" };
	struct record *r = fixture_keeper_of(w->c, n, date_of(1960, 1, 1), date_of(1990, 1, 1));
	if (n == 5)
		record_int(r, KEEPER_SCHOOLING, w->c->codes->number(w->c->codes->arg, "schooling", STR("primary")));
	save(w, r);
	w->keeper[n] = r->id;
	save(w, fixture_number_of(w->c, r->id, numbers[n], date_of(1990, 1, 1)));
	save(w, fixture_grade_of(w->c, r->id, grade_now, date_of(since, 4, 1)));
	if (at) {
		struct record *seat = fixture_seat_of(w->c, n, at, date_of(1990, 1, 1));
		save(w, seat);
		save(w, fixture_sit(w->c, r->id, seat->id, date_of(2000, 1, 1)));
	}
	w->mark[n] = fixture_mark_of(w->c, r->id, 2007, score);
	if (score)
		save(w, w->mark[n]);
}

static void add_tables(struct climb *w)
{
	static const struct entity *const own[] = { &round_entity, &override_entity, &round_seal_entity, NULL };
	size_t n = 0, k = 0;
	for (; fixture_registry.entities[n]; n++)
		w->entities[n] = fixture_registry.entities[n];
	for (size_t i = 0; own[i]; i++)
		w->entities[n++] = own[i];
	for (; pack_tables[k]; k++)
		w->tables[k] = pack_tables[k];
	w->tables[k] = &seal_table;
	w->registry = fixture_registry;
	w->registry.entities = w->entities;
	w->registry.tables = w->tables;
}

void climb_make(struct climb *w, struct spot *p)
{
	struct policy *policy;
	*w = (struct climb){ 0 };
	add_tables(w);
	w->c = fixture_open(p, &w->registry);
	make_pack(w);
	OK(policy_open(w->c, &climb_reader, 0, &policy));
	load_pack(w);
	w->coast = place(w, 1, 0);
	w->light = place(w, 2, w->coast);
	w->other = place(w, 3, 0);
	keeper(w, 1, w->light, "1/a", 2000, 8000);
	keeper(w, 2, w->coast, "1/a", 2006, 8000);
	keeper(w, 3, w->coast, "1/b", 2000, 0);
	keeper(w, 4, w->light, "1/b", 2005, 0);
	keeper(w, 5, w->light, "1/a", 2000, 8000);
	keeper(w, 6, w->light, "2/a", 2000, 8000);
	keeper(w, 7, 0, "1/a", 2000, 8000);
	keeper(w, 8, w->other, "1/a", 2000, 9000);
}

static void remove_file(const struct climb *w, const char *path)
{
	char full[160];
	snprintf(full, sizeof full, "%s/%s", w->pack, path);
	if (unlink(full) != 0)
		rmdir(full);
}

void climb_free(struct climb *w)
{
	static const char *const files[] = { "pack.yaml",
					     "grade.csv",
					     "schooling.csv",
					     "tool.csv",
					     "place_kind.csv",
					     "currency.csv",
					     "override_codes.csv",
					     "policies/usual.yaml",
					     "policies/strict.yaml",
					     "policies",
					     "" };
	policy_release(w->c);
	ctx_close(w->c);
	for (size_t i = 0; i < COUNT(files); i++)
		remove_file(w, files[i]);
}

int64_t climb_open(struct climb *w, const char *policy, const char *unit)
{
	struct round_ask ask = { .kind = "climb", .policy = policy, .unit = unit, .as_of = CLIMB_DAY };
	int64_t id = 0;
	if (round_open(w->c, climb_kinds, &ask, &id) != E_OK) {
		fixture_said(w->c, NULL, "(nothing)");
		fail_msg("%s", fault_text());
	}
	return id;
}

struct round *climb_read(struct climb *w, int64_t id, const char *with)
{
	struct round *r = NULL;
	if (round_read(w->c, climb_kinds, id, with, &r) != E_OK) {
		fixture_said(w->c, NULL, "(nothing)");
		fail_msg("%s", fault_text());
	}
	return r;
}

int64_t climb_seal(struct climb *w, int64_t id)
{
	int64_t position = 0;
	if (round_seal(w->c, climb_kinds, id, &position) != E_OK) {
		fixture_said(w->c, NULL, "(nothing)");
		fail_msg("%s", fault_text());
	}
	return position;
}

const struct candidate *climb_of(const struct climb *w, const struct round *r, int n)
{
	return round_candidate(r, w->keeper[n]);
}

void climb_tamper(struct climb *w, const char *sql)
{
	struct txn t CLEANUP(txn_end) = { 0 };
	OK(txn_write(w->c->store, &t));
	OK(store_exec(w->c->store, sql));
	OK(txn_commit(&t));
}

/* ---- the engine's own records ---- */

static void declarations_are_sound(void **state)
{
	struct climb w = { 0 };
	struct problems p CLEANUP(problems_release) = PROBLEMS_INIT;
	struct buf words CLEANUP(buf_release) = BUF_INIT;
	(void)state;
	add_tables(&w);
	entity_selfcheck(&w.registry, &round_entity, &p);
	entity_selfcheck(&w.registry, &override_entity, &p);
	entity_selfcheck(&w.registry, &round_seal_entity, &p);
	problems_print(&p, &words);
	assert_string_equal(buf_str(&words), "");
}

int climb_test(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(declarations_are_sound) };
	return cmocka_run_group_tests_name("climb", tests, NULL, NULL);
}
