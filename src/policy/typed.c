/* typed.c - texts of packs read as what they are declared to be. */
#include "policy/typed.h"

#include "base/number.h"

#define CODE_MAX 64
#define TEXT_MAX 4000

/* clang-format off */
static const struct {
	const char *name, *todo;
} types[] = {
	[P_TEXT]      = { "a text",         "write at most 4,000 characters without control characters" },
	[P_CODE]      = { "a code",         "write at most 64 letters, digits and the signs / - _ . without blanks" },
	[P_CODES]     = { "a list of codes", "write codes of letters, digits and the signs / - _ ." },
	[P_INT]       = { "a whole number", "write digits only, such as 4, and no more than 1,000,000" },
	[P_PERCENT]   = { "a percentage",   "write a number from 0 to 100 with at most two decimals, such as 79.5" },
	[P_MONEY]     = { "an amount",      "write a whole number of the smallest unit without points or commas" },
	[P_DATE]      = { "a date",         "write a day that exists as YYYY-MM-DD" },
	[P_MONTH_DAY] = { "a day of the year", "write month and day as MM-DD, such as 10-01" },
	[P_BOOL]      = { "yes or no",      "write true or false" },
	[P_TABLE]     = { "the name of a table", "write the name of a CSV file of the pack without .csv" },
};
/* clang-format on */

const char *typed_name(enum pack_type type)
{
	return types[type].name;
}

static bool is_code(struct str s)
{
	if (s.n == 0 || s.n > CODE_MAX)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		if (!word && !strchr("/-_.@+", c))
			return false;
	}
	return true;
}

static bool read_month_day(struct str s, int64_t *ret)
{
	int64_t month = 0, day = 0;
	if (s.n != 5 || s.p[2] != '-' || !number_parse((struct str){ s.p, 2 }, &month) ||
	    !number_parse((struct str){ s.p + 3, 2 }, &day) || !date_exists(2000, (int)month, (int)day))
		return false;
	*ret = month * 100 + day;
	return true;
}

/* Years and orders; what is larger would not fit where years are counted in months. */
#define INT_MOST 1000000

static bool read_int(struct str s, int64_t *ret)
{
	int64_t v = 0;
	if (!number_parse(s, &v) || v < 0 || v > INT_MOST)
		return false;
	*ret = v;
	return true;
}

static bool read_percent(struct str s, int64_t *ret)
{
	int64_t v = 0;
	if (!decimal_parse(s, 2, &v) || v < 0 || v > 10000)
		return false;
	*ret = v;
	return true;
}

static bool read_date(struct str s, int64_t *ret)
{
	date d = DATE_NONE;
	if (!date_parse(s, &d))
		return false;
	*ret = d;
	return true;
}

static bool read_money(struct str s, int64_t *ret)
{
	int64_t v = 0;
	if (!number_parse(s, &v) || v < 0)
		return false;
	*ret = v;
	return true;
}

static bool read_bool(struct str s, int64_t *ret)
{
	if (!str_is(s, "true") && !str_is(s, "false"))
		return false;
	*ret = str_is(s, "true");
	return true;
}

static bool read_one(enum pack_type type, struct str s, int64_t *ret)
{
	switch (type) {
	case P_TEXT:
		return s.n <= TEXT_MAX && !text_has_control(s);
	case P_CODE:
	case P_TABLE:
	case P_CODES:
		return is_code(s);
	case P_INT:
		return read_int(s, ret);
	case P_PERCENT:
		return read_percent(s, ret);
	case P_MONEY:
		return read_money(s, ret);
	case P_DATE:
		return read_date(s, ret);
	case P_MONTH_DAY:
		return read_month_day(s, ret);
	case P_BOOL:
		return read_bool(s, ret);
	}
	return false;
}

static void refuse(enum pack_type type, struct str s, struct place where, struct problems *p)
{
	int shown = s.n > 40 ? 40 : (int)s.n;
	place_problem(p, where, "\"%.*s%s\" is not %s; %s", shown, s.n ? s.p : "", s.n > 40 ? " and so on" : "",
		      types[type].name, types[type].todo);
}

/* At most so many parts: a list of a rule is short, and checking it for doubles is quadratic. */
#define PARTS 200

bool typed_read_list(const struct str *texts, size_t n, struct arena *a, struct place where, struct problems *p,
		     struct param *ret)
{
	if (n > PARTS) {
		place_problem(p, where, "the list has more than %d codes; part it", PARTS);
		return false;
	}
	struct str *list = ARENA_ARRAY(a, struct str, n ? n : 1);
	for (size_t i = 0; i < n; i++) {
		list[i] = str_trim(texts[i]);
		if (!is_code(list[i])) {
			refuse(P_CODES, list[i], where, p);
			return false;
		}
		for (size_t j = 0; j < i; j++)
			if (str_eq(list[i], list[j])) {
				place_problem(p, where, "%.*s stands twice in the list; remove one", (int)list[i].n,
					      list[i].p);
				return false;
			}
	}
	ret->set = true;
	ret->list = list;
	ret->n = n;
	return true;
}

static bool read_parts(struct str text, struct arena *a, struct place where, struct problems *p, struct param *ret)
{
	struct str parts[PARTS + 1]; /* one too many is refused below */
	size_t n = 0, from = 0;
	for (size_t i = 0; i <= text.n; i++) {
		if (i < text.n && text.p[i] != ';')
			continue;
		if (n < COUNT(parts))
			parts[n] = (struct str){ text.p + from, i - from };
		n++;
		from = i + 1;
	}
	return typed_read_list(parts, n < COUNT(parts) ? n : COUNT(parts), a, where, p, ret);
}

bool typed_read(enum pack_type type, struct str text, struct arena *a, struct place where, struct problems *p,
		struct param *ret)
{
	struct param v = { .set = true };
	if (type == P_CODES) {
		if (!read_parts(text, a, where, p, &v))
			return false;
	} else if (!read_one(type, text, &v.i)) {
		refuse(type, text, where, p);
		return false;
	}
	v.t = text;
	*ret = v;
	return true;
}

/* A code that is a word of its own, as "severe", may have a translation. */
static void add_list(const struct param *v, const struct lang *l, struct buf *out)
{
	char word[CODE_MAX + 1];
	for (size_t i = 0; i < v->n; i++) {
		snprintf(word, sizeof(word), "%.*s", (int)v->list[i].n, v->list[i].p);
		buf_text(out, i ? ", " : "");
		buf_text(out, say(l, word));
	}
}

void typed_words(enum pack_type type, const struct param *v, const struct lang *l, struct buf *out)
{
	if (!v->set)
		buf_text(out, say(l, N_("not stated")));
	else if (type == P_PERCENT)
		say_percent(l, v->i, out);
	else if (type == P_DATE)
		say_date(l, (date)v->i, out);
	else if (type == P_BOOL)
		buf_text(out, say(l, v->i ? N_("yes") : N_("no")));
	else if (v->list)
		add_list(v, l, out);
	else
		buf_add(out, v->t.p, v->t.n);
}
