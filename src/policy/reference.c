/* reference.c - what a pack names must stand somewhere: codes in their tables, tables in the pack. */
#include "policy/content.h"

struct checking {
	const struct pack *const *packs;
	size_t n;
	const struct pack *of;
	struct problems *problems;
	struct map *codes; /* "table\x1fcode" of every first key column */
};

static bool has_table(const struct checking *k, struct str name)
{
	for (size_t i = 0; i < k->n; i++)
		if (pack_sheet(k->packs[i], name))
			return true;
	return false;
}

static int key_column(const struct pack_table *t)
{
	for (int i = 0; i < t->ncolumns; i++)
		if (t->columns[i].key)
			return i;
	return 0;
}

static void joined(struct buf *b, const char *table, struct str code)
{
	buf_reset(b);
	buf_text(b, table);
	buf_char(b, '\x1f');
	buf_add(b, code.p, code.n);
}

static void collect(struct checking *k)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT;
	for (size_t i = 0; i < k->n; i++)
		for (size_t s = 0; s < k->packs[i]->nsheets; s++) {
			const struct sheet *sheet = &k->packs[i]->sheets[s];
			int column = key_column(sheet->of);
			for (size_t row = 0; row < sheet->n; row++) {
				joined(&b, sheet->of->name, sheet->rows[row].cells[column].t);
				map_set(k->codes, (struct str){ b.p, b.n }, 1);
			}
		}
}

static bool stands(const struct checking *k, const char *table, struct str code)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT;
	int64_t found = 0;
	joined(&b, table, code);
	return map_get(k->codes, (struct str){ b.p, b.n }, &found);
}

static void check_code(struct checking *k, const char *table, struct str code, struct place where)
{
	if (!stands(k, table, code))
		place_problem(k->problems, where, "%.*s stands in no row of %s.csv; correct it or add the row there",
			      (int)code.n, code.p, table);
}

static void check_value(struct checking *k, enum pack_type type, const char *of, const struct param *v,
			struct place where)
{
	if (!v->set)
		return;
	if (type == P_TABLE && !has_table(k, v->t))
		place_problem(k->problems, where, "the pack has no table %.*s; correct the name or add %.*s.csv",
			      (int)v->t.n, v->t.p, (int)v->t.n, v->t.p);
	else if (type == P_CODE && of)
		check_code(k, of, v->t, where);
	else if (type == P_CODES && of)
		for (size_t i = 0; i < v->n; i++)
			check_code(k, of, v->list[i], where);
}

static void check_sheet(struct checking *k, const struct sheet *s)
{
	for (size_t i = 0; i < s->n; i++)
		for (int c = 0; c < s->of->ncolumns; c++) {
			const struct pack_column *column = &s->of->columns[c];
			struct place where = { .file = s->file, .row = s->rows[i].line, .column = column->name };
			check_value(k, column->type, column->of, &s->rows[i].cells[c], where);
		}
}

/* What is read as what: the code must stand in the table that the row names. */
static void check_synonyms(struct checking *k)
{
	const struct sheet *s = pack_sheet(k->of, str_of(pack_synonyms.name));
	CLEANUP(buf_release) struct buf table = BUF_INIT;
	for (size_t i = 0; s && i < s->n; i++) {
		const struct param *cells = s->rows[i].cells;
		buf_reset(&table);
		buf_add(&table, cells[0].t.p, cells[0].t.n);
		if (has_table(k, cells[0].t))
			check_code(k, buf_str(&table), cells[2].t,
				   (struct place){ .file = s->file, .row = s->rows[i].line, .column = "code" });
	}
}

static bool in_any_table(const struct checking *k, struct str code)
{
	for (size_t i = 0; i < k->n; i++)
		for (size_t s = 0; s < k->packs[i]->nsheets; s++)
			if (k->packs[i]->sheets[s].of->codes && stands(k, k->packs[i]->sheets[s].of->name, code))
				return true;
	return false;
}

static void check_policy(struct checking *k, const struct course_of_rules *c)
{
	struct param periods = { .set = c->periods.n > 0, .t = c->periods };
	check_value(k, P_TABLE, NULL, &periods, c->where);
	for (size_t i = 0; i < c->nother_kind; i++)
		if (!in_any_table(k, c->other_kind[i]))
			place_problem(k->problems, c->where,
				      "other_kind names %.*s, which is no code of any table; correct it",
				      (int)c->other_kind[i].n, c->other_kind[i].p);
	for (size_t i = 0; i < c->ndemands; i++) {
		const struct demand *d = &c->demands[i];
		for (int j = 0; d->judge && j < d->judge->nparams; j++)
			for (size_t a = 0; a < d->n; a++)
				if (str_is(d->arguments[a].name, d->judge->params[j].name))
					check_value(k, d->judge->params[j].type, d->judge->params[j].of,
						    &d->arguments[a].value, d->arguments[a].where);
	}
}

void reference_check(const struct pack *const *packs, size_t n, const struct pack *of, struct problems *p)
{
	CLEANUP(map_free_p) struct map *codes = map_new();
	struct checking k = { .packs = packs, .n = n, .of = of, .problems = p, .codes = codes };
	collect(&k);
	for (size_t i = 0; i < of->nsheets; i++)
		check_sheet(&k, &of->sheets[i]);
	check_synonyms(&k);
	for (size_t i = 0; i < of->nsettings; i++)
		check_value(&k, of->settings[i].of->type, of->settings[i].of->of, &of->settings[i].value,
			    of->settings[i].where);
	for (size_t i = 0; i < of->npolicies; i++)
		check_policy(&k, &of->policies[i]);
}

/* clang-format off */
static const struct pack_column word_columns[] = {
	{ "text", P_TEXT, NULL, .required = true, .key = true },
};
static const struct pack_column synonym_columns[] = {
	{ "of",      P_TABLE, NULL, .required = true, .key = true },
	{ "written", P_TEXT,  NULL, .required = true, .key = true },
	{ "code",    P_CODE,  NULL, .required = true },
};
/* clang-format on */
const struct pack_table pack_synonyms = {
	.name = "synonyms",
	.title = N_("What a written word is read as"),
	.columns = synonym_columns,
	.ncolumns = (int)COUNT(synonym_columns),
	.optional = true,
};
const struct pack_table pack_words = {
	.name = "words",
	.title = N_("Sources and reasons in other languages"),
	.columns = word_columns,
	.ncolumns = (int)COUNT(word_columns),
	.optional = true,
};
