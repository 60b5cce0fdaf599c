/* canonical.c - RFC 8785 made anew from JSON that was read. */
#include "ledger/canonical.h"

#include "base/arena.h"
#include "base/jansson_read.h"
#include "base/json.h"

static bool add(struct json *j, const json_t *value);

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool add_object(struct json *j, const json_t *object)
{
	/* jansson's iterators want an object that is not const, and change nothing. */
	union {
		const json_t *given;
		json_t *open;
	} u = { object };
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	size_t n = 0;
	const char **keys = ARENA_ARRAY(&a, const char *, json_object_size(object) + 1);
	for (void *at = json_object_iter(u.open); at; at = json_object_iter_next(u.open, at))
		keys[n++] = json_object_iter_key(at);
	qsort(keys, n, sizeof *keys, by_bytes);
	json_object(j);
	for (size_t i = 0; i < n; i++) {
		json_key(j, keys[i]);
		if (!add(j, json_object_get(object, keys[i])))
			return false;
	}
	json_object_end(j);
	return true;
}

static bool add_array(struct json *j, const json_t *array)
{
	json_array(j);
	for (size_t i = 0; i < json_array_size(array); i++)
		if (!add(j, json_array_get(array, i)))
			return false;
	json_array_end(j);
	return true;
}

static bool add(struct json *j, const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_OBJECT:
		return add_object(j, value);
	case JSON_ARRAY:
		return add_array(j, value);
	case JSON_STRING:
		json_str(j, (struct str){ json_string_value(value), json_string_length(value) });
		return true;
	case JSON_INTEGER:
		json_int(j, json_integer_value(value));
		return true;
	case JSON_TRUE:
	case JSON_FALSE:
		json_bool(j, json_is_true(value));
		return true;
	case JSON_REAL:
	case JSON_NULL:
		break;
	}
	return false;
}

bool canonical_add(const struct json_t *value, struct buf *out)
{
	struct json j;
	json_init(&j, out);
	return value && add(&j, value);
}
