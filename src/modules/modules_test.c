/* modules_test.c - the whole of what the modules declare: every record on both databases, every table, judge and name.
 */
#include "../../tests/help/judging.h"
#include "../../tests/help/office.h"
#include "../../tests/help/property.h"
#include "../../tests/help/spot.h"
#include "base/map.h"
#include "entity/io.h"
#include "modules/career/career.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

int modules_test(void);

/* ---- declarations ---- */

static void every_record_is_declared_soundly(void **state)
{
	(void)state;
	struct problems p CLEANUP(problems_release) = PROBLEMS_INIT;
	struct buf said CLEANUP(buf_release) = BUF_INIT;
	for (const struct entity *const *e = modules_registry()->entities; *e; e++)
		entity_selfcheck(modules_registry(), *e, &p);
	for (const struct projection *const *of = modules_registry()->projections; *of; of++)
		projection_selfcheck(modules_registry(), *of, &p);
	problems_print(&p, &said);
	assert_string_equal(buf_str(&said), "");
}

static const struct pack_table *table_named(const char *name)
{
	for (const struct pack_table *const *t = modules_reader()->tables; *t; t++)
		if (text_is((*t)->name, name))
			return *t;
	return NULL;
}

static void issues_codes(const char *of, const char *whose)
{
	const struct pack_table *t = table_named(of);
	if (!t || !t->codes || !t->columns[0].key)
		fail_msg("%s: the codes of %s are issued by no table of the rules", whose, of);
}

/* A code in a record, a column or a table is one that a table of the rules issues. */
static void every_code_has_its_table(void **state)
{
	(void)state;
	for (const struct entity *const *e = modules_registry()->entities; *e; e++)
		for (int i = 0; i < (*e)->nfields; i++)
			if ((*e)->fields[i].type == T_PACK)
				issues_codes((*e)->fields[i].of, (*e)->name);
	for (const struct pack_table *const *t = modules_reader()->tables; *t; t++)
		for (int i = 0; i < (*t)->ncolumns; i++)
			if ((*t)->columns[i].type == P_CODE)
				issues_codes((*t)->columns[i].of, (*t)->name);
	for (const struct input *const *list = modules_inputs()->arrays; *list; list++)
		for (const struct input *in = *list; in->column.name; in++)
			if (in->column.type == I_CODE && !registry_entity(modules_registry(), in->column.of))
				issues_codes(in->column.of, in->column.name);
}

static void once(struct map *seen, const char *sort, const char *name)
{
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	int64_t other;
	buf_printf(&b, "%s %s", sort, name);
	if (!map_add(seen, (struct str){ buf_str(&b), b.n }, 1, &other))
		fail_msg("%s is declared twice", buf_str(&b));
}

static void every_name_is_given_once(void **state)
{
	(void)state;
	struct map *seen = map_new();
	for (const struct module *const *m = modules; *m; m++) {
		once(seen, "module", (*m)->name);
		assert_true(*(*m)->title && *(*m)->help);
	}
	for (const struct entity *const *e = modules_registry()->entities; *e; e++)
		once(seen, "record", (*e)->name);
	for (const struct pack_table *const *t = modules_reader()->tables; *t; t++)
		once(seen, "table", (*t)->name);
	for (const struct pack_parameter *const *list = modules_reader()->parameters; *list; list++)
		for (const struct pack_parameter *x = *list; x->name; x++)
			once(seen, "parameter", x->name);
	for (const struct input *const *list = modules_inputs()->arrays; *list; list++)
		for (const struct input *in = *list; in->column.name; in++)
			once(seen, "input", in->column.name);
	for (const struct judge *const *j = modules_reader()->judges; *j; j++)
		once(seen, (*j)->version == 1 ? "judge@1" : "judge", (*j)->name);
	for (const struct round_kind *const *k = modules_rounds(); *k; k++)
		once(seen, "round", (*k)->name);
	map_free(seen);
}

/* What stands in ledgers keeps its name, its type and its half for ever; new names may come. */
static void no_name_of_the_ledger_changes(void **state)
{
	(void)state;
	struct buf now CLEANUP(buf_release) = BUF_INIT;
	char line[256];
	size_t lines = 0;
	buf_char(&now, '\n');
	describe_ledger_names(modules_registry(), &now);
	FILE *f = fopen("tests/ledger-names.txt", "r");
	assert_non_null(f);
	line[0] = '\n';
	for (; fgets(line + 1, sizeof line - 1, f); lines++)
		if (!strstr(buf_str(&now), line))
			fail_msg("%s stands in ledgers and is gone or differs", line + 1);
	fclose(f);
	assert_true(lines > 50);
}

/* A judge without vectors could change its meaning unseen. */
static void every_judge_has_vectors(void **state)
{
	(void)state;
	for (const struct judge *const *j = modules_reader()->judges; *j; j++) {
		assert_true(*(*j)->title && *(*j)->help);
		judging_vectors(*j);
	}
}

static void declared_fields_are_there(const struct input *in)
{
	for (const char *const *f = in->from ? in->fields : NULL; f && *f; f++)
		if (entity_field(in->from, *f) < 0)
			fail_msg("%s reads %s, which %s lacks", in->column.name, *f, in->from->name);
	for (const char *const *need = in->needs; need && *need; need++)
		if (!inputs_find(modules_inputs(), *need))
			fail_msg("%s needs %s, which nobody declares", in->column.name, *need);
}

/* What a closed half of a file gives stays closed in the column, and a judge that looks at it is told so. */
static void closed_columns_stay_closed(const struct input *in)
{
	bool closed = false;
	for (const char *const *f = in->from ? in->fields : NULL; f && *f; f++)
		closed = closed || (in->from->fields[entity_field(in->from, *f)].flags & CONFIDENTIAL);
	if (closed && !in->column.confidential && in->column.type != I_NUMBER)
		fail_msg("%s shows what is confidential", in->column.name);
}

static void every_input_can_be_read(void **state)
{
	(void)state;
	for (const struct input *const *list = modules_inputs()->arrays; *list; list++)
		for (const struct input *in = *list; in->column.name; in++) {
			assert_true((in->reduce != NULL) == (in->from != NULL) && (in->derive != NULL) == !in->from);
			declared_fields_are_there(in);
			closed_columns_stay_closed(in);
		}
	for (const struct round_kind *const *k = modules_rounds(); *k; k++)
		for (const char *const *name = (*k)->inputs_always; *name; name++)
			assert_non_null(inputs_find(modules_inputs(), *name));
}

/* ---- every record, on both databases ---- */

static int64_t first_code(struct ctx *c, const char *of, date on)
{
	struct buf list CLEANUP(buf_release) = BUF_INIT;
	c->codes->list(c->codes->arg, of, on, &list);
	return c->codes->number(c->codes->arg, of, (struct str){ buf_str(&list), strcspn(buf_str(&list), ",") });
}

static void fit_level(struct ctx *c, struct record *r)
{
	struct record *competency;
	int of = entity_field(r->entity, "competency"), level = entity_field(r->entity, "level");
	int highest = entity_field(&competency_entity, "levels");
	struct moment at = { r->valid_from, 0 };
	if (read_thing(c, &competency_entity, record_get(r, of, 0), at, &competency) == E_OK &&
	    record_get(r, level, 0) > record_get(competency, highest, 0))
		record_int(r, level, record_get(competency, highest, 0));
}

/* The rules that a declaration alone does not tell: a post's band, a hash's digits, a level's height, a sanction's end.
 */
static void fit_rules(struct ctx *c, struct record *r)
{
	static const int band[] = { POST_ECHELON, POST_RANK_LOW, POST_RANK_HIGH };
	int hash = entity_field(r->entity, "sha256");
	if (hash >= 0 && r->v[hash].set)
		record_text(r, hash, STR("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"));
	int until = entity_field(r->entity, "grace_until");
	if (until >= 0 && record_has(r, until) && record_get(r, until, 0) < r->valid_from)
		record_int(r, until, r->valid_from);
	if (r->entity == &job_competency_entity)
		fit_level(c, r);
	if (r->entity != &post_entity)
		return;
	/* All are structural here and have a band: a category carried forward to a post without one would be refused.
	 */
	record_int(r, POST_CATEGORY, c->codes->number(c->codes->arg, "categories", STR("structural")));
	for (size_t i = 0; i < COUNT(band); i++)
		if (!record_has(r, band[i]))
			record_int(r, band[i], first_code(c, post_entity.fields[band[i]].of, r->valid_from));
}

static void each(void **state, void (*prove)(struct property *p, const struct entity *e))
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	struct property p = { .c = c, .seed = 20080915, .fix = fit_rules };
	for (const struct entity *const *e = c->registry->entities; *e; e++)
		if ((*e)->kind != PLAIN)
			prove(&p, *e);
}

static void every_record_returns_and_its_leaf_stands(void **state)
{
	each(state, property_round_trip);
}

static void every_broken_attribute_is_named(void **state)
{
	each(state, property_violations);
}

/* proves: MP-222 */
static void old_positions_give_old_answers(void **state)
{
	each(state, property_two_clocks);
}

int modules_test(void)
{
	const struct CMUnitTest declared[] = {
		cmocka_unit_test(every_record_is_declared_soundly), cmocka_unit_test(every_code_has_its_table),
		cmocka_unit_test(every_name_is_given_once),         cmocka_unit_test(every_judge_has_vectors),
		cmocka_unit_test(every_input_can_be_read),          cmocka_unit_test(no_name_of_the_ledger_changes),
	};
	static const struct spot_case stored[] = {
		SPOT_CASE(every_record_returns_and_its_leaf_stands),
		SPOT_CASE(every_broken_attribute_is_named),
		SPOT_CASE(old_positions_give_old_answers),
	};
	int failed = cmocka_run_group_tests_name("modules: what is declared", declared, NULL, NULL);
	return failed + spot_run("modules: every record", stored, COUNT(stored));
}
