/* sha256.h - SHA-256 through OpenSSL's EVP with a kept context, one per thread. */
#ifndef MERIT_BASE_SHA256_H
#define MERIT_BASE_SHA256_H

#include <stddef.h>

#define HASH_SIZE 32
struct hash {
	unsigned char b[HASH_SIZE];
};

struct hash sha256(const void *p, size_t n);
/* The hash of two or three runs one after another, without joining them in memory first. */
struct hash sha256_2(const void *p, size_t n, const void *q, size_t m);
struct hash sha256_3(const void *p, size_t n, const void *q, size_t m, const void *r, size_t k);

/* For input that comes in pieces. */
struct sha256;
struct sha256 *sha256_new(void);
void sha256_add(struct sha256 *h, const void *p, size_t n);
struct hash sha256_end(struct sha256 *h); /* the context can be used again from the start */
void sha256_free(struct sha256 *h);

#endif
