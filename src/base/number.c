/* number.c - whole numbers and decimals, read and written exactly. */
#include "base/number.h"

/* Reads digits onto *v, which is kept negative: the most negative number has no positive twin. */
static bool read_digits(const char *p, size_t n, int64_t *v)
{
	for (size_t i = 0; i < n; i++) {
		unsigned digit = (unsigned)(unsigned char)p[i] - '0';
		if (digit > 9 || __builtin_mul_overflow(*v, 10, v) || __builtin_sub_overflow(*v, (int)digit, v))
			return false;
	}
	return n > 0;
}

static bool give(int64_t negative, bool minus, int64_t *ret)
{
	if (!minus && negative == INT64_MIN)
		return false;
	*ret = minus ? negative : -negative;
	return true;
}

bool number_parse(struct str s, int64_t *ret)
{
	int64_t v = 0;
	bool minus = s.n && s.p[0] == '-';
	return s.n > minus && read_digits(s.p + minus, s.n - minus, &v) && give(v, minus, ret);
}

bool decimal_parse(struct str s, int places, int64_t *ret)
{
	int64_t v = 0;
	bool minus = s.n && s.p[0] == '-';
	if (s.n == minus)
		return false;
	const char *p = s.p + minus, *end = s.p + s.n;
	const char *point = memchr(p, '.', (size_t)(end - p));
	const char *whole_end = point ? point : end;
	if (!read_digits(p, (size_t)(whole_end - p), &v))
		return false;
	if (point && (end - point - 1 > places || !read_digits(point + 1, (size_t)(end - point - 1), &v)))
		return false;
	for (int missing = places - (point ? (int)(end - point - 1) : 0); missing > 0; missing--)
		if (__builtin_mul_overflow(v, 10, &v))
			return false;
	return give(v, minus, ret);
}

void decimal_add(struct buf *b, int64_t v, int places)
{
	while (places > 0 && v % 10 == 0) {
		v /= 10;
		places--;
	}
	number_add(b, v, places, '.', 0);
}

/* From the last digit on: those behind the point, the point, then groups of three. */
void number_add(struct buf *b, int64_t v, int places, char point, char group)
{
	char digits[80], *at = digits + sizeof digits;
	uint64_t left = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	for (int written = 0; left || written <= places; left /= 10, written++) {
		int whole = written - places;
		if (places && whole == 0)
			*--at = point;
		else if (group && whole > 0 && whole % 3 == 0)
			*--at = group;
		*--at = (char)('0' + left % 10);
	}
	if (v < 0)
		*--at = '-';
	buf_add(b, at, (size_t)(digits + sizeof digits - at));
}
