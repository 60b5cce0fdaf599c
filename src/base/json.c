/* json.c - a streaming JSON writer. */
#include "base/json.h"
#include "base/number.h"

void json_init(struct json *j, struct buf *out)
{
	*j = (struct json){ .out = out };
}

/* Where a value of n bytes goes: after the comma that it may need. */
static char *room(struct json *j, size_t n)
{
	char *at = buf_more(j->out, n + 1);
	if (j->comma)
		*at++ = ',';
	j->comma = true;
	at[n] = 0;
	j->out->n = (size_t)(at - j->out->p) + n;
	return at;
}

static void open(struct json *j, char c)
{
	*room(j, 1) = c;
	j->comma = false;
}

static void shut(struct json *j, char c)
{
	buf_char(j->out, c);
	j->comma = true;
}

void json_object(struct json *j)
{
	open(j, '{');
}

void json_object_end(struct json *j)
{
	shut(j, '}');
}

void json_array(struct json *j)
{
	open(j, '[');
}

void json_array_end(struct json *j)
{
	shut(j, ']');
}

static void escape(struct buf *out, unsigned char c)
{
	static const char names[] = "\b\t\n\f\r\"\\", letters[] = "btnfr\"\\";
	const char *at = c ? strchr(names, c) : NULL;
	if (at) {
		buf_char(out, '\\');
		buf_char(out, letters[at - names]);
	} else {
		buf_text(out, "\\u00");
		hex_add(out, &c, 1);
	}
}

/* Whether any of eight bytes is below 0x20, a quote or a backslash. */
static bool has_odd(uint64_t eight)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), highs = ones * 0x80;
	uint64_t quotes = eight ^ ones * '"', slashes = eight ^ ones * '\\';
	/* Only a byte that is less than what is taken from it borrows a high bit that it did not have. */
	uint64_t below = ((eight - ones * 0x20) & ~eight) | ((quotes - ones) & ~quotes) | ((slashes - ones) & ~slashes);
	return below & highs;
}

static bool is_plain(struct str s)
{
	uint64_t eight = UINT64_C(0x2020202020202020);
	if (s.n && s.n < sizeof eight)
		memcpy(&eight, s.p, s.n);
	for (size_t end = sizeof eight; end < s.n; end += sizeof eight) {
		memcpy(&eight, s.p + end - sizeof eight, sizeof eight);
		if (has_odd(eight))
			return false;
	}
	if (s.n >= sizeof eight)
		memcpy(&eight, s.p + s.n - sizeof eight, sizeof eight);
	return !has_odd(eight);
}

/* Each row that is hashed passes here some ten times, nearly always with nothing to escape. */
static void put_plain(struct json *j, struct str s)
{
	char *at = room(j, s.n + 2);
	at[0] = '"';
	if (s.n)
		memcpy(at + 1, s.p, s.n);
	at[s.n + 1] = '"';
}

static void put_escaped(struct json *j, struct str s)
{
	struct buf *out = j->out;
	size_t plain = 0;
	*room(j, 1) = '"';
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		buf_add(out, s.p + plain, i - plain);
		escape(out, c);
		plain = i + 1;
	}
	buf_add(out, s.p + plain, s.n - plain);
	buf_char(out, '"');
}

void json_str(struct json *j, struct str s)
{
	if (is_plain(s))
		put_plain(j, s);
	else
		put_escaped(j, s);
}

void json_key(struct json *j, const char *key)
{
	json_str(j, str_of(key));
	buf_char(j->out, ':');
	j->comma = false;
}

void json_key_ready(struct json *j, struct str key)
{
	json_raw(j, key);
	j->comma = false;
}

void json_text(struct json *j, const char *s)
{
	if (s)
		json_str(j, str_of(s));
	else
		json_null(j);
}

void json_int(struct json *j, int64_t v)
{
	(void)room(j, 0);
	buf_int(j->out, v);
}

void json_date(struct json *j, date day)
{
	char text[DATE_TEXT];
	date_text(day, text);
	put_plain(j, (struct str){ text, day == DATE_NONE ? 0 : DATE_TEXT - 1 });
}

void json_bool(struct json *j, bool v)
{
	json_raw(j, v ? STR("true") : STR("false"));
}

void json_null(struct json *j)
{
	json_raw(j, STR("null"));
}

void json_raw(struct json *j, struct str s)
{
	char *at = room(j, s.n);
	if (s.n)
		memcpy(at, s.p, s.n);
}

void json_hash(struct json *j, const void *p, size_t n)
{
	*room(j, 1) = '"';
	hex_add(j->out, p, n);
	buf_char(j->out, '"');
}

void json_member_text(struct json *j, const char *key, const char *s)
{
	json_key(j, key);
	json_text(j, s);
}

void json_member_str(struct json *j, const char *key, struct str s)
{
	json_key(j, key);
	json_str(j, s);
}

void json_member_stated(struct json *j, const char *key, struct str s)
{
	if (s.n)
		json_member_str(j, key, s);
}

void json_member_int(struct json *j, const char *key, int64_t v)
{
	json_key(j, key);
	json_int(j, v);
}

void json_member_bool(struct json *j, const char *key, bool v)
{
	json_key(j, key);
	json_bool(j, v);
}

void json_member_hash(struct json *j, const char *key, const void *p, size_t n)
{
	json_key(j, key);
	json_hash(j, p, n);
}
