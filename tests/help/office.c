#include "office.h"

#include "base/csv.h"
#include "base/number.h"
#include "entity/change.h"
#include "entity/io.h"
#include "modules/administration/administration.h"
#include "spot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define PACK "packs/indonesia-2008"
static const unsigned char seed[32] = "thirty-two bytes of a big office";

static void tell(struct ctx *c, const char *doing, enum err e)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT;
	if (e == E_OK)
		return;
	if (c && c->problems)
		problems_print(c->problems, &b);
	fail_msg("%s: %s; %s\n%s", doing, err_words(e), fault_text(), buf_str(&b));
}

static enum err first_entries(struct ctx *c, const struct pack *pack)
{
	int64_t position;
	bool fresh;
	struct policy *policy;
	TRY(policy_open(c, modules_reader(), 0, &policy));
	TRY(administration_begin(c));
	TRY(change_begin(c, "pack.load", 0));
	TRY(pack_load(c, pack, &fresh));
	return change_end(c, &position);
}

static enum err make(struct spot *p, const struct pack *pack, struct ctx **ret)
{
	struct txn t CLEANUP(txn_end) = { 0 };
	struct ledger *l;
	struct policy *policy;
	char side[96];
	int64_t clock;
	if (!zone_day_start("Asia/Jakarta", date_of(2008, 9, 15), &clock))
		return E_INVALID;
	struct ledger_birth birth = {
		.origin = "example.org/office", .seed = seed, .clock = clock, .demo = true, .zone = "Asia/Jakarta"
	};
	snprintf(side, sizeof(side), "%s/side", p->folder);
	TRY(txn_write(p->s, &t));
	TRY(ctx_schema(p->s, modules_registry()));
	TRY(ledger_create(p->s, side, &birth, &l));
	TRY(ctx_over(p->s, l, modules_registry(), ret));
	p->s = NULL;
	(*ret)->actor.user = ACTOR_SYSTEM;
	TRY(first_entries(*ret, pack));
	TRY(txn_commit(&t));
	TRY(policy_open(*ret, modules_reader(), 0, &policy));
	return pack_seed(*ret, PACK, pack);
}

struct ctx *office_open(struct spot *p)
{
	CLEANUP(problems_release) struct problems problems = PROBLEMS_INIT;
	CLEANUP(pack_free_p) struct pack *pack = NULL;
	struct ctx *c = NULL;
	assert_int_equal(pack_read(PACK, modules_reader(), &problems, &pack), E_OK);
	tell(c, "an office is made", make(p, pack, &c));
	return c;
}

void office_close(struct ctx **c)
{
	if (!*c)
		return;
	policy_release(*c);
	ctx_close(*c);
	*c = NULL;
}

/* ---- filling ---- */

static enum err take(struct ctx *c, const char *entity, const char *csv)
{
	CLEANUP(csv_free_p) struct csv *file = NULL;
	struct import_counts n;
	TRY(csv_read("file.csv", str_of(csv), c->problems, &file));
	return import_csv(c, registry_entity(c->registry, entity), file, &(struct import_options){ 0 }, &n);
}

void office_take(struct ctx *c, const char *entity, const char *csv)
{
	tell(c, entity, take(c, entity, csv));
}

void office_take_file(struct ctx *c, const char *entity, const char *path)
{
	struct import_counts n;
	tell(c, path, import_file(c, registry_entity(c->registry, entity), path, &(struct import_options){ 0 }, &n));
}

void office_refuses(struct ctx *c, const char *entity, const char *csv, const char *lines)
{
	CLEANUP(buf_release) struct buf said = BUF_INIT;
	int64_t before = ledger_head(c->ledger);
	enum err e = take(c, entity, csv);
	problems_sort(c->problems);
	problems_print(c->problems, &said);
	assert_string_equal(buf_str(&said), lines);
	assert_int_equal(e, E_INVALID);
	tell(NULL, "the head is read", ledger_refresh(c->ledger));
	assert_int_equal(ledger_head(c->ledger), before);
	problems_release(c->problems);
	*c->problems = (struct problems)PROBLEMS_INIT;
}

void office_take_ministry(struct ctx *c)
{
	static const char *const files[] = {
		"unit",   "post",        "person",        "rank_history", "post_history",
		"rating", "exam_result", "course_result", "sanction",     "status_history"
	};
	for (size_t i = 0; i < COUNT(files); i++)
		office_take_file(c, files[i], arena_printf(c->arena, "tests/round_cases/%s.csv", files[i]));
}

int64_t office_unit(struct ctx *c, const char *code)
{
	int64_t id = 0;
	tell(c, code, key_find(c, registry_entity(c->registry, "unit"), str_of(code), &id));
	return id;
}

struct rules *office_rules(struct ctx *c, date day)
{
	struct rules *r = NULL;
	tell(c, "the rules", rules_at(c->policy, NULL, 0, day, &r));
	return r;
}

/* ---- looking ---- */

static const struct entity *numbered(struct ctx *c, const char *column)
{
	bool person = text_is(column, "superior"),
	     listed = person || text_is(column, "post") || text_is(column, "unit");
	return listed ? registry_entity(c->registry, person ? "person" : column) : NULL;
}

static void add_cell(struct ctx *c, struct population *p, const char *name, size_t row, struct buf *out)
{
	char day[DATE_TEXT];
	struct str key = STR("-");
	int32_t v = population_column(p, name)[row];
	const struct input_column *column = population_declared(p, name);
	const struct entity *of = numbered(c, name);
	if (v != NONE && of)
		tell(c, name, key_text(c, of, v, 0, &key));
	else if (v != NONE && column->type == I_CODE)
		key = population_text(p, column->of, v);
	else if (v != NONE && column->type == I_DAY)
		key = str_of(date_text(v, day));
	else if (v != NONE) {
		if (column->type == I_PERCENT)
			decimal_add(out, v, 2);
		else
			buf_int(out, v);
		return;
	}
	buf_add(out, key.p, key.n);
}

static size_t split(struct arena *a, const char *list, const char **names)
{
	size_t n = 0;
	char *at = arena_copy(a, list);
	for (char *comma; (comma = strchr(at, ',')); at = comma + 1) {
		*comma = '\0';
		names[n++] = at;
	}
	names[n++] = at;
	names[n] = NULL;
	return n;
}

void office_columns(struct ctx *c, const char *columns, date as_of, const char *policy, struct buf *out)
{
	const char *names[33];
	CLEANUP(rules_free_p) struct rules *rules = office_rules(c, as_of);
	CLEANUP(population_free_p) struct population *p = NULL;
	size_t n = split(c->arena, columns, names);
	struct population_ask ask = { .inputs = modules_inputs(),
				      .names = names,
				      .at = { as_of, 0 },
				      .rules = rules,
				      .policy = policy ? rules_policy(rules, "rank", policy) : NULL };
	tell(c, columns, population_load(c, &ask, &p));
	for (size_t row = 0; row < population_count(p); row++) {
		struct str number;
		tell(c, "a number",
		     key_text(c, registry_entity(c->registry, "person"), population_person(p, row), 0, &number));
		buf_add(out, number.p, number.n);
		for (size_t i = 0; i < n; i++) {
			buf_char(out, ',');
			add_cell(c, p, names[i], row, out);
		}
		buf_char(out, '\n');
	}
}

void office_columns_are(struct ctx *c, date as_of, const char *policy, const char *expected)
{
	CLEANUP(buf_release) struct buf said = BUF_INIT;
	const char *end = strchr(expected, '\n'), *first = strchr(expected, ',');
	buf_add(&said, expected, (size_t)(end - expected) + 1);
	office_columns(c, arena_text(c->arena, first + 1, (size_t)(end - first) - 1), as_of, policy, &said);
	assert_string_equal(buf_str(&said), expected);
}
