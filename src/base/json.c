/* json.c - a streaming JSON writer. */
#include "base/json.h"
#include "base/number.h"

void json_init(struct json *j, struct buf *out)
{
	*j = (struct json){ .out = out };
}

static void before_value(struct json *j)
{
	if (j->comma)
		buf_char(j->out, ',');
	j->comma = true;
}

static void open(struct json *j, char c)
{
	before_value(j);
	buf_char(j->out, c);
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

static bool is_plain(struct str s)
{
	unsigned odd = 0;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		odd |= (c < 0x20) | (c == '"') | (c == '\\');
	}
	return !odd;
}

/* Each row that is hashed passes here some ten times, nearly always with nothing to escape. */
static void quoted_plain(struct buf *out, struct str s)
{
	char *at = buf_more(out, s.n + 2);
	at[0] = '"';
	if (s.n)
		memcpy(at + 1, s.p, s.n);
	at[s.n + 1] = '"';
	at[s.n + 2] = 0;
	out->n += s.n + 2;
}

static void quoted(struct buf *out, struct str s)
{
	if (is_plain(s)) {
		quoted_plain(out, s);
		return;
	}
	buf_char(out, '"');
	size_t plain = 0;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		buf_add(out, s.p + plain, i - plain);
		escape(out, c);
		plain = i + 1;
	}
	if (s.n > plain)
		buf_add(out, s.p + plain, s.n - plain);
	buf_char(out, '"');
}

void json_key(struct json *j, const char *key)
{
	before_value(j);
	quoted(j->out, str_of(key));
	buf_char(j->out, ':');
	j->comma = false;
}

void json_str(struct json *j, struct str s)
{
	before_value(j);
	quoted(j->out, s);
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
	before_value(j);
	buf_int(j->out, v);
}

void json_bool(struct json *j, bool v)
{
	before_value(j);
	buf_text(j->out, v ? "true" : "false");
}

void json_null(struct json *j)
{
	before_value(j);
	buf_text(j->out, "null");
}

void json_raw(struct json *j, struct str s)
{
	before_value(j);
	buf_add(j->out, s.p, s.n);
}

void json_hash(struct json *j, const void *p, size_t n)
{
	before_value(j);
	buf_char(j->out, '"');
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
