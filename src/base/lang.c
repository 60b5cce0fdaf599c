/* lang.c - which languages there are, which one a reader wants, and a text in it. */
#include "base/lang_inside.h"

/* clang-format off */
static const struct lang english    = { "en", "English",          true,  NULL,        ',', '.', 0 };
static const struct lang indonesian = { "id", "Bahasa Indonesia", true,  &lang_mo_id, '.', ',', 0 };
static const struct lang khmer      = { "km", "ខ្មែរ",              false, &lang_mo_km, '.', ',', 0 };
static const struct lang thai       = { "th", "ไทย",              false, &lang_mo_th, ',', '.', 543 };
/* clang-format on */
const struct lang *const langs[] = { &english, &indonesian, &khmer, &thai, NULL };

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* "id-ID" is "id": no language of ours has two countries. */
static bool begins_with(struct str tag, const char *ours)
{
	size_t n = strlen(ours);
	if (tag.n < n || (tag.n > n && tag.p[n] != '-' && tag.p[n] != '_'))
		return false;
	for (size_t i = 0; i < n; i++)
		if (lower(tag.p[i]) != ours[i])
			return false;
	return true;
}

const struct lang *lang_find(struct str tag)
{
	for (const struct lang *const *l = langs; *l; l++)
		if (begins_with(tag, (*l)->tag))
			return *l;
	return NULL;
}

/* ---- what a browser asks for: "id-ID, id;q=0.9, en;q=0.8" ---- */
static struct str part(struct str *rest, char until)
{
	const char *end = rest->n ? memchr(rest->p, until, rest->n) : NULL;
	struct str first = { rest->p, end ? (size_t)(end - rest->p) : rest->n };
	size_t gone = first.n + (end != NULL);
	*rest = (struct str){ rest->p + gone, rest->n - gone };
	return str_trim(first);
}

/* In thousandths; 1,000 where none is stated, 0 ("never") where it cannot be read. */
static int quality(struct str parameters)
{
	while (parameters.n) {
		struct str one = part(&parameters, ';');
		if (one.n < 3 || lower(one.p[0]) != 'q' || one.p[1] != '=')
			continue;
		int q = 0, unit = 1000;
		for (size_t i = 2; i < one.n && unit; i++) {
			if (one.p[i] == '.' && i == 3)
				continue;
			if (one.p[i] < '0' || one.p[i] > '9')
				return 0;
			q += (one.p[i] - '0') * unit;
			unit /= 10;
		}
		return q;
	}
	return 1000;
}

const struct lang *lang_accepted(struct str accept_language, bool any)
{
	const struct lang *best = LANG_ENGLISH;
	int best_q = 0;
	while (accept_language.n) {
		struct str parameters = part(&accept_language, ',');
		struct str tag = part(&parameters, ';');
		const struct lang *l = lang_find(tag);
		int q = quality(parameters);
		if (!l || !(l->complete || any) || q <= best_q)
			continue;
		best = l;
		best_q = q;
	}
	return best;
}

const char *lang_tag(const struct lang *l)
{
	return l->tag;
}

const char *lang_name(const struct lang *l)
{
	return l->name;
}

bool lang_complete(const struct lang *l)
{
	return l->complete;
}

/* ---- texts ---- */
const char *say(const struct lang *l, const char *text)
{
	/* The text "" finds the head of the table. */
	const char *found = l && l->texts && text && *text ? lang_mo_find(l->texts, text) : NULL;
	return found ? found : text;
}

/* Of the languages here only English has a plural; locale/check sees to it that the others state one form. */
const char *say_n(const struct lang *l, const char *one, const char *many, int64_t n)
{
	const char *found = l && l->texts ? lang_mo_find(l->texts, one) : NULL;
	return found ? found : n == 1 || n == -1 ? one : many;
}
