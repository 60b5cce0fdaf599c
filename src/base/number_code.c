/* number_code.c - bytes as text: hexadecimal and base64. */
#include "base/arena.h"
#include "base/number.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void hex_add(struct buf *b, const void *p, size_t n)
{
	const unsigned char *in = p;
	char *out = buf_more(b, n * 2);
	for (size_t i = 0; i < n; i++) {
		*out++ = "0123456789abcdef"[in[i] >> 4];
		*out++ = "0123456789abcdef"[in[i] & 15];
	}
	*out = 0;
	b->n += n * 2;
}

static int hex_digit(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
				      : -1;
}

bool hex_parse(struct str s, void *out, size_t n)
{
	if (s.n % 2 || s.n / 2 != n)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (hex_digit(s.p[i]) < 0)
			return false;
	for (size_t i = 0; i < n; i++)
		((unsigned char *)out)[i] = (unsigned char)(hex_digit(s.p[2 * i]) * 16 + hex_digit(s.p[2 * i + 1]));
	return true;
}

void base64_add(struct buf *b, const void *p, size_t n)
{
	const unsigned char *in = p;
	char *out = buf_more(b, (n + 2) / 3 * 4);
	for (size_t i = 0; i < n; i += 3) {
		unsigned left = (unsigned)(n - i < 3 ? n - i : 3);
		unsigned v =
			(unsigned)in[i] << 16 | (left > 1 ? (unsigned)in[i + 1] << 8 : 0) | (left > 2 ? in[i + 2] : 0u);
		out[0] = alphabet[v >> 18];
		out[1] = alphabet[v >> 12 & 63];
		out[2] = left > 1 ? alphabet[v >> 6 & 63] : '=';
		out[3] = left > 2 ? alphabet[v & 63] : '=';
		out += 4;
	}
	*out = 0;
	b->n += (n + 2) / 3 * 4;
}

static int base64_digit(char c)
{
	const char *at = c ? memchr(alphabet, c, 64) : NULL;
	return at ? (int)(at - alphabet) : -1;
}

/* Four characters, of which the last `pad` are "="; the bits that say nothing must be nought. */
static bool read_four(const char *p, unsigned pad, unsigned char *out)
{
	unsigned v = 0;
	for (unsigned i = 0; i < 4; i++) {
		int digit = i < 4 - pad ? base64_digit(p[i]) : 0;
		if (digit < 0)
			return false;
		v = v << 6 | (unsigned)digit;
	}
	if (v & ((1u << (8 * pad)) - 1))
		return false;
	for (unsigned i = 0; i < 3 - pad; i++)
		out[i] = (unsigned char)(v >> (16 - 8 * i));
	return true;
}

bool base64_parse(struct arena *a, struct str s, struct str *ret)
{
	if (s.n % 4)
		return false;
	unsigned char *out = arena_alloc(a, s.n / 4 * 3 + 1);
	size_t pad = s.n && s.p[s.n - 1] == '=' ? 1 + (s.p[s.n - 2] == '=') : 0;
	for (size_t i = 0; i < s.n; i += 4)
		if (!read_four(s.p + i, i + 4 == s.n ? (unsigned)pad : 0, out + i / 4 * 3))
			return false;
	*ret = (struct str){ (char *)out, s.n / 4 * 3 - pad };
	return true;
}
