/* sha256.h - SHA-256 of one piece or two. */
#ifndef MERIT_BASE_SHA256_H
#define MERIT_BASE_SHA256_H

#include <stddef.h>

#define HASH_SIZE 32
struct hash {
	unsigned char b[HASH_SIZE];
};

struct hash sha256(const void *p, size_t n);
/* The hash of two runs one after another, without joining them in memory first. */
struct hash sha256_2(const void *p, size_t n, const void *q, size_t m);

#endif
