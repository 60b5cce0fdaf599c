/* round_compare.c - two policies over the same people: how many differ, who, and by which criterion. What the committee
 * decided otherwise belongs to one round and is left aside; the outcomes are those of the rules. */
#include "base/json.h"
#include "decision/inside.h"

#define OUTCOMES (OTHER_KIND + 1)

struct pair {
	const struct candidate *a, *b; /* NULL: not considered there */
};

/* Both lists stand in the same order. */
static bool next_pair(const struct round *a, const struct round *b, size_t at[static 2], struct pair *ret)
{
	const struct candidate *x = at[0] < a->n ? &a->candidates[at[0]] : NULL;
	const struct candidate *y = at[1] < b->n ? &b->candidates[at[1]] : NULL;
	if (!x && !y)
		return false;
	int order = !x ? 1 : !y ? -1 : str_cmp(x->number, y->number);
	*ret = (struct pair){ order <= 0 ? x : NULL, order >= 0 ? y : NULL };
	at[0] += ret->a != NULL;
	at[1] += ret->b != NULL;
	return true;
}

static bool differs(struct pair p)
{
	return !p.a || !p.b || p.a->judged != p.b->judged;
}

static void count(const struct round *a, const struct round *b, size_t n[static OUTCOMES][OUTCOMES], size_t *ret_differ)
{
	size_t at[2] = { 0 };
	struct pair p;
	*ret_differ = 0;
	while (next_pair(a, b, at, &p)) {
		if (p.a && p.b)
			n[p.a->judged][p.b->judged]++;
		*ret_differ += differs(p);
	}
}

/* ---- text ---- */

static void matrix_text(const struct round *a, const struct round *b, size_t n[static OUTCOMES][OUTCOMES],
			struct buf *out)
{
	buf_printf(out, "rows: %.*s, columns: %.*s\n%-12s", (int)a->policy->name.n, a->policy->name.p,
		   (int)b->policy->name.n, b->policy->name.p, "");
	for (enum outcome y = MEETS; y < OUTCOMES; y++)
		buf_printf(out, "%12s", outcome_text(y));
	buf_char(out, '\n');
	for (enum outcome x = MEETS; x < OUTCOMES; x++) {
		buf_printf(out, "%-12s", outcome_text(x));
		for (enum outcome y = MEETS; y < OUTCOMES; y++)
			buf_printf(out, "%12zu", n[x][y]);
		buf_char(out, '\n');
	}
}

static void side_text(const struct round *r, const struct candidate *k, struct buf *out)
{
	buf_printf(out, "  %.*s: %s\n", (int)r->policy->name.n, r->policy->name.p,
		   k ? outcome_text(k->judged) : "not considered");
	for (size_t i = 0; k && i < r->policy->ncriteria; i++) {
		if (!round_decides(r, i, k))
			continue;
		buf_printf(out, "    %.*s: ", (int)r->policy->criteria[i].name.n, r->policy->criteria[i].name.p);
		round_sentence(r, i, k, FOR_COMMITTEE, NULL, out);
		buf_char(out, '\n');
	}
}

static void compare_text(const struct round *a, const struct round *b, size_t n[static OUTCOMES][OUTCOMES],
			 size_t differ, struct buf *out)
{
	size_t at[2] = { 0 };
	struct pair p;
	matrix_text(a, b, n, out);
	buf_printf(out, "%zu differ\n", differ);
	while (next_pair(a, b, at, &p)) {
		if (!differs(p))
			continue;
		struct str number = p.a ? p.a->number : p.b->number;
		buf_printf(out, "\n%.*s\n", (int)number.n, number.p);
		side_text(a, p.a, out);
		side_text(b, p.b, out);
	}
}

/* ---- JSON ---- */

static void matrix_json(const char *first, const char *second, size_t n[static OUTCOMES][OUTCOMES], struct json *j)
{
	json_key(j, "counts");
	json_array(j);
	for (enum outcome x = MEETS; x < OUTCOMES; x++)
		for (enum outcome y = MEETS; y < OUTCOMES; y++) {
			if (!n[x][y])
				continue;
			json_object(j);
			json_member_text(j, first, outcome_text(x));
			json_member_text(j, second, outcome_text(y));
			json_member_int(j, "people", (int64_t)n[x][y]);
			json_object_end(j);
		}
	json_array_end(j);
}

static void side_json(const struct round *r, const struct candidate *k, const char *key, struct json *j)
{
	struct buf sentence CLEANUP(buf_release) = BUF_INIT;
	json_key(j, key);
	json_object(j);
	json_member_text(j, "outcome", k ? outcome_text(k->judged) : NULL);
	json_key(j, "decides");
	json_object(j);
	for (size_t i = 0; k && i < r->policy->ncriteria; i++) {
		if (!round_decides(r, i, k))
			continue;
		buf_reset(&sentence);
		round_sentence(r, i, k, FOR_COMMITTEE, NULL, &sentence);
		json_member_str(j, r->inside->form.criteria[i].name, (struct str){ sentence.p, sentence.n });
	}
	json_object_end(j);
	json_object_end(j);
}

static void compare_json(const struct round *a, const struct round *b, size_t n[static OUTCOMES][OUTCOMES],
			 size_t differ, struct buf *out)
{
	struct arena names CLEANUP(arena_release) = ARENA_INIT;
	const char *first = arena_text(&names, a->policy->name.p, a->policy->name.n);
	const char *second = arena_text(&names, b->policy->name.p, b->policy->name.n);
	size_t at[2] = { 0 };
	struct pair p;
	struct json j;
	json_init(&j, out);
	json_object(&j);
	json_member_int(&j, "round", a->id);
	matrix_json(first, second, n, &j);
	json_member_int(&j, "differ", (int64_t)differ);
	json_key(&j, "people");
	json_array(&j);
	while (next_pair(a, b, at, &p)) {
		if (!differs(p))
			continue;
		json_object(&j);
		json_member_str(&j, "staff_number", p.a ? p.a->number : p.b->number);
		side_json(a, p.a, first, &j);
		side_json(b, p.b, second, &j);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_object_end(&j);
	buf_char(out, '\n');
}

void round_compare(const struct round *a, const struct round *b, bool json, struct buf *out)
{
	size_t n[OUTCOMES][OUTCOMES] = { 0 }, differ;
	count(a, b, n, &differ);
	if (json)
		compare_json(a, b, n, differ, out);
	else
		compare_text(a, b, n, differ, out);
}
