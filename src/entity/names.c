/* names.c - a text a language, read and made canonical. */
#include "entity/names.h"

#include <ctype.h>
#include <jansson.h>

static bool language_ok(const char *l)
{
	size_t n = strlen(l);
	if (n < 2 || n > 8)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!islower((unsigned char)l[i]) && l[i] != '-')
			return false;
	return true;
}

static const char *wrong_with(json_t *o, bool (*each)(void *arg, struct str text), void *arg)
{
	if (!json_is_object(o) || json_object_size(o) == 0)
		return N_("is not a text a language; write it like {\"en\":\"Harbour\",\"id\":\"Pelabuhan\"}");
	for (void *it = json_object_iter(o); it; it = json_object_iter_next(o, it)) {
		json_t *v = json_object_iter_value(it);
		if (!language_ok(json_object_iter_key(it)) || !json_is_string(v))
			return N_("has something other than a text for a language; write it like {\"en\":\"Harbour\"}");
		if (!each(arg, (struct str){ json_string_value(v), json_string_length(v) }))
			return "";
	}
	return NULL;
}

static int into_buf(const char *p, size_t n, void *out)
{
	buf_add(out, p, n);
	return 0;
}

const char *names_read(struct str json, struct buf *out, bool (*each)(void *arg, struct str text), void *arg)
{
	json_t *o = json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES, NULL);
	const char *wrong = wrong_with(o, each, arg);
	/* Sorted and compact is what RFC 8785 writes of texts without control characters. */
	if (!wrong && json_dump_callback(o, into_buf, out, JSON_COMPACT | JSON_SORT_KEYS) != 0)
		wrong = N_("cannot be written; write it again");
	json_decref(o);
	return wrong;
}
