/* salt.c - salts: random, or the stream of a demo. */
#include "ledger/inside.h"

#include <sodium.h>

void salts_start(struct ledger *l, const unsigned char *seed)
{
	l->salts_left = 0;
	l->salts_block = 0;
	l->seeded = seed;
	if (seed) {
		struct hash key = sha256_2("merit salts\n", 12, seed, 32);
		memcpy(l->salt_key, key.b, sizeof l->salt_key);
	}
}

/* A demo's salts are one stream of its seed, whatever the sizes in which they are asked for. */
static void refill(struct ledger *l)
{
	unsigned char nonce[crypto_stream_chacha20_NONCEBYTES];
	if (l->seeded) {
		for (size_t i = 0; i < sizeof nonce; i++)
			nonce[i] = (unsigned char)(l->salts_block >> (8 * i));
		crypto_stream_chacha20(l->salts, sizeof l->salts, nonce, l->salt_key);
		l->salts_block++;
	} else {
		randombytes_buf(l->salts, sizeof l->salts);
	}
	l->salts_left = sizeof l->salts;
}

void ledger_salts(struct ledger *l, unsigned char *out, size_t n)
{
	for (size_t left = n * SALT_SIZE; left > 0;) {
		if (l->salts_left == 0)
			refill(l);
		size_t some = left < l->salts_left ? left : l->salts_left;
		unsigned char *from = l->salts + sizeof l->salts - l->salts_left;
		memcpy(out, from, some);
		sodium_memzero(from, some);
		out += some;
		left -= some;
		l->salts_left -= some;
	}
}

void ledger_salt(struct ledger *l, unsigned char out[static SALT_SIZE])
{
	ledger_salts(l, out, 1);
}
