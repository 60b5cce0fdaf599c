/* sha256.c - SHA-256 through a context that each thread keeps. */
#include "base/sha256.h"
#include "base/error.h"

#include <openssl/evp.h>
#include <pthread.h>

/* Finding an algorithm by name takes longer than hashing a row, so it is done once; so is making a context. */
static const EVP_MD *algorithm;
static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static _Thread_local EVP_MD_CTX *mine;

static void release(void *context)
{
	EVP_MD_CTX_free(context);
}

static void set_up(void)
{
	algorithm = EVP_MD_fetch(NULL, "SHA256", NULL);
	if (!algorithm)
		bug("OpenSSL has no SHA-256");
	if (pthread_key_create(&key, release))
		bug("no thread key is left");
}

static EVP_MD_CTX *context_new(void)
{
	pthread_once(&once, set_up);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	if (!context || EVP_DigestInit_ex2(context, algorithm, NULL) != 1)
		bug("OpenSSL cannot make a context");
	return context;
}

static void add(const void *p, size_t n)
{
	if (n && EVP_DigestUpdate(mine, p, n) != 1)
		bug("OpenSSL cannot go on with a hash");
}

struct hash sha256(const void *p, size_t n)
{
	return sha256_2(p, n, NULL, 0);
}

struct hash sha256_2(const void *p, size_t n, const void *q, size_t m)
{
	struct hash out;
	if (!mine) {
		mine = context_new();
		pthread_setspecific(key, mine);
	}
	add(p, n);
	add(q, m);
	if (EVP_DigestFinal_ex(mine, out.b, NULL) != 1 || EVP_DigestInit_ex2(mine, NULL, NULL) != 1)
		bug("OpenSSL cannot end a hash");
	return out;
}
