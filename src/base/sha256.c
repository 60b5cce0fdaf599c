#include "base/sha256.h"
#include "base/arena.h"
#include "base/error.h"

#include <openssl/evp.h>
#include <pthread.h>

struct sha256 {
	EVP_MD_CTX *context;
};

/* Finding an algorithm by name takes longer than hashing a row, so it is done once; so is making a context. */
static const EVP_MD *algorithm;
static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static _Thread_local struct sha256 *mine;

static void release(void *p)
{
	sha256_free(p);
}

static void set_up(void)
{
	algorithm = EVP_MD_fetch(NULL, "SHA256", NULL);
	if (!algorithm)
		bug("OpenSSL has no SHA-256");
	if (pthread_key_create(&key, release))
		bug("no thread key is left");
}

static void begin(struct sha256 *h, const EVP_MD *md)
{
	if (EVP_DigestInit_ex2(h->context, md, NULL) != 1)
		bug("OpenSSL cannot begin a hash");
}

struct sha256 *sha256_new(void)
{
	pthread_once(&once, set_up);
	struct sha256 *h = xmalloc(sizeof *h);
	h->context = EVP_MD_CTX_new();
	if (!h->context)
		bug("OpenSSL cannot make a context");
	begin(h, algorithm);
	return h;
}

void sha256_free(struct sha256 *h)
{
	if (!h)
		return;
	EVP_MD_CTX_free(h->context);
	free(h);
}

void sha256_add(struct sha256 *h, const void *p, size_t n)
{
	if (n && EVP_DigestUpdate(h->context, p, n) != 1)
		bug("OpenSSL cannot go on with a hash");
}

struct hash sha256_end(struct sha256 *h)
{
	struct hash out;
	if (EVP_DigestFinal_ex(h->context, out.b, NULL) != 1)
		bug("OpenSSL cannot end a hash");
	begin(h, NULL);
	return out;
}

struct hash sha256(const void *p, size_t n)
{
	return sha256_3(p, n, NULL, 0, NULL, 0);
}

struct hash sha256_2(const void *p, size_t n, const void *q, size_t m)
{
	return sha256_3(p, n, q, m, NULL, 0);
}

struct hash sha256_3(const void *p, size_t n, const void *q, size_t m, const void *r, size_t k)
{
	if (!mine) {
		mine = sha256_new();
		pthread_setspecific(key, mine);
	}
	sha256_add(mine, p, n);
	sha256_add(mine, q, m);
	sha256_add(mine, r, k);
	return sha256_end(mine);
}
