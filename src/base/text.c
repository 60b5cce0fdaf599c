/* text.c - slices, and what is valid UTF-8. */
#include "base/text.h"

#include <stdint.h>

struct str str_of(const char *text)
{
	return (struct str){ text, text ? strlen(text) : 0 };
}

bool str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool str_is(struct str s, const char *text)
{
	return str_eq(s, str_of(text));
}

int str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.p, b.p, n) : 0;
	return order ? order : (a.n > b.n) - (a.n < b.n);
}

struct str str_copy(struct arena *a, struct str s)
{
	return s.n ? (struct str){ arena_text(a, s.p, s.n), s.n } : (struct str){ 0 };
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct str str_trim(struct str s)
{
	for (size_t n = 1; n && s.n; s.p += n, s.n -= n)
		n = is_blank(s.p[0]) ? 1 : s.n > 1 && memcmp(s.p, "\xc2\xa0", 2) == 0 ? 2 : 0;
	for (size_t n = 1; n && s.n; s.n -= n)
		n = is_blank(s.p[s.n - 1]) ? 1 : s.n > 1 && memcmp(s.p + s.n - 2, "\xc2\xa0", 2) == 0 ? 2 : 0;
	return s;
}

bool text_is(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* How many of the bytes at the front are ASCII, counted by words of eight. */
static size_t ascii_run(const unsigned char *p, size_t n)
{
	size_t i = 0;
	for (; i + 32 <= n; i += 32) {
		uint64_t w[4];
		memcpy(w, p + i, 32);
		if ((w[0] | w[1] | w[2] | w[3]) & 0x8080808080808080u)
			break;
	}
	while (i < n && p[i] < 0x80)
		i++;
	return i;
}

/* Length of the well-formed sequence at p, which begins with a byte of 0x80 or more; 0 when it is not well formed.
 * The second byte's bounds keep out overlong forms, surrogates and what is above U+10FFFF (Unicode, table 3-7). */
static size_t sequence(const unsigned char *p, size_t n)
{
	unsigned char lead = p[0], low = 0x80, high = 0xbf;
	size_t len = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
	if (lead < 0xc2 || lead > 0xf4 || n < len)
		return 0;
	if (lead == 0xe0)
		low = 0xa0;
	else if (lead == 0xed)
		high = 0x9f;
	else if (lead == 0xf0)
		low = 0x90;
	else if (lead == 0xf4)
		high = 0x8f;
	if (p[1] < low || p[1] > high)
		return 0;
	for (size_t i = 2; i < len; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	return len;
}

size_t text_utf8_bad(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t i = 0;
	while (i < s.n) {
		if (p[i] < 0x80) {
			i += ascii_run(p + i, s.n - i);
			continue;
		}
		size_t len = sequence(p + i, s.n - i);
		if (!len)
			return i;
		i += len;
	}
	return s.n;
}

size_t text_letters(struct str s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
}

bool text_has_control(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	for (size_t i = 0; i < s.n; i++) {
		if ((p[i] < 0x20 && p[i] != '\t') || p[i] == 0x7f)
			return true;
		if (p[i] < 0xc2)
			continue;
		size_t left = s.n - i;
		if (p[i] == 0xc2 && left > 1 && p[i + 1] < 0xa0)
			return true;
		/* U+FDD0 to U+FDEF */
		if (p[i] == 0xef && left > 2 && p[i + 1] == 0xb7 && p[i + 2] >= 0x90 && p[i + 2] <= 0xaf)
			return true;
		/* the last two of every plane */
		if (p[i] == 0xef && left > 2 && p[i + 1] == 0xbf && p[i + 2] >= 0xbe)
			return true;
		if (p[i] >= 0xf0 && left > 3 && (p[i + 1] & 0x0f) == 0x0f && p[i + 2] == 0xbf && p[i + 3] >= 0xbe)
			return true;
	}
	return false;
}

struct str text_ungrouped(struct arena *a, struct str s)
{
	char *p = arena_text(a, s.p, s.n);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == ' ')
			continue;
		if (s.p[i] < '0' || s.p[i] > '9')
			return s;
		p[n++] = s.p[i];
	}
	return (struct str){ p, n };
}
