/* secret.c - tokens. */
#include "web/secret.h"

#include <sodium.h>

struct str token_new(struct arena *a)
{
	unsigned char bytes[16];
	size_t room = sodium_base64_ENCODED_LEN(sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	char *text = arena_alloc(a, room);
	randombytes_buf(bytes, sizeof bytes);
	sodium_bin2base64(text, room, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return (struct str){ text, room - 1 };
}

bool token_same(struct str a, struct str b)
{
	return a.n == b.n && a.n >= TOKEN_LEAST && sodium_memcmp(a.p, b.p, a.n) == 0;
}
