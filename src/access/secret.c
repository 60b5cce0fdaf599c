/* secret.c - secrets of cookies, tokens and letters. */
#include "access/secret.h"

#include "base/error.h"
#include "base/sha256.h"

#include <sodium.h>

static void ready(void)
{
	if (sodium_init() < 0)
		bug("libsodium cannot begin");
}

void secret_new(char ret[static SECRET_TEXT])
{
	unsigned char bytes[32];
	ready();
	randombytes_buf(bytes, sizeof(bytes));
	sodium_bin2base64(ret, SECRET_TEXT, bytes, sizeof(bytes), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	sodium_memzero(bytes, sizeof(bytes));
}

/* With its purpose before it, so that a secret of one kind is worth nothing as another. */
void secret_hash(struct str secret, const char *purpose, unsigned char ret[static 32])
{
	struct hash of = sha256(purpose, strlen(purpose) + 1);
	struct hash h = sha256_2(of.b, sizeof(of.b), secret.p ? secret.p : "", secret.n);
	memcpy(ret, h.b, sizeof(h.b));
}

bool secret_same(const void *a, const void *b, size_t n)
{
	return sodium_memcmp(a, b, n) == 0;
}

void secret_letter(char ret[static LETTER_CODE])
{
	/* No 0 O, 1 I L, 2 Z, 5 S, 8 B: what is read from paper and typed. */
	static const char clear[] = "ACDEFGHJKMNPQRTUVWXY34679";
	size_t n = 0;
	ready();
	for (int i = 0; i < 10; i++) {
		if (i == 5)
			ret[n++] = '-';
		ret[n++] = clear[randombytes_uniform(sizeof(clear) - 1)];
	}
	ret[n] = '\0';
}
