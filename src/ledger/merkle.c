/* merkle.c - RFC 6962: roots, right edges, paths, consistency. */
#include "ledger/merkle.h"

#include "base/error.h"

#include <string.h>

struct hash merkle_leaf(const void *p, size_t n)
{
	return sha256_2("\0", 1, p, n);
}

/* SHA-256(0x01 || l || r) */
static struct hash node_of(const struct hash *l, const struct hash *r)
{
	unsigned char both[1 + 2 * HASH_SIZE];
	both[0] = 1;
	memcpy(both + 1, l->b, HASH_SIZE);
	memcpy(both + 1 + HASH_SIZE, r->b, HASH_SIZE);
	return sha256(both, sizeof both);
}

struct hash merkle_empty(void)
{
	return sha256("", 0);
}

bool hash_eq(const struct hash *a, const struct hash *b)
{
	return memcmp(a->b, b->b, HASH_SIZE) == 0;
}

void frontier_add(struct frontier *f, const struct hash *leaf)
{
	struct hash h = *leaf;
	unsigned i = 0;
	for (; f->size >> i & 1; i++)
		h = node_of(&f->edge[i], &h);
	f->edge[i] = h;
	f->size++;
}

struct hash frontier_join(const struct frontier *f, const struct hash *right)
{
	if (f->size == 0)
		return right ? *right : merkle_empty();
	unsigned i = 0;
	while (!(f->size >> i & 1))
		i++;
	struct hash h = right ? node_of(&f->edge[i], right) : f->edge[i];
	for (i++; i < 64; i++)
		if (f->size >> i & 1)
			h = node_of(&f->edge[i], &h);
	return h;
}

struct hash frontier_root(const struct frontier *f)
{
	return frontier_join(f, NULL);
}

struct hash merkle_root(const struct hash *leaves, size_t n)
{
	struct frontier f;
	f.size = 0;
	for (size_t i = 0; i < n; i++)
		frontier_add(&f, &leaves[i]);
	return frontier_root(&f);
}

bool merkle_included(const struct hash *leaf, uint64_t index, uint64_t size, const struct hash *path, size_t n,
		     const struct hash *root)
{
	if (index >= size)
		return false;
	uint64_t at = index, last = size - 1;
	struct hash h = *leaf;
	for (size_t i = 0; i < n; i++) {
		if (last == 0)
			return false;
		if (at & 1 || at == last) {
			h = node_of(&path[i], &h);
			/* A lone right edge has no brothers on the way up: those levels are in no path. */
			for (; at != 0 && !(at & 1); at >>= 1)
				last >>= 1;
		} else {
			h = node_of(&h, &path[i]);
		}
		at >>= 1;
		last >>= 1;
	}
	return last == 0 && hash_eq(&h, root);
}

bool merkle_consistent(uint64_t old, const struct hash *then, uint64_t size, const struct hash *now,
		       const struct hash *path, size_t n)
{
	struct hash empty = merkle_empty();
	if (old == 0)
		return n == 0 && hash_eq(then, &empty) && (size != 0 || hash_eq(now, &empty));
	if (old >= size)
		return old == size && n == 0 && hash_eq(then, now);
	uint64_t at = old - 1, last = size - 1;
	for (; at & 1; at >>= 1)
		last >>= 1;
	size_t i = 0;
	/* at = 0 now means that the old tree is one complete subtree: its root begins the path unsaid. */
	if (at != 0 && n == 0)
		return false;
	struct hash a = at == 0 ? *then : path[i++];
	struct hash b = a;
	for (; i < n; i++) {
		if (last == 0)
			return false;
		if (at & 1 || at == last) {
			a = node_of(&path[i], &a);
			b = node_of(&path[i], &b);
			for (; at != 0 && !(at & 1); at >>= 1)
				last >>= 1;
		} else {
			b = node_of(&b, &path[i]);
		}
		at >>= 1;
		last >>= 1;
	}
	return last == 0 && hash_eq(&a, then) && hash_eq(&b, now);
}

/* The greatest power of two below n, n > 1, as its exponent. */
static unsigned split(uint64_t n)
{
	return 63 - (unsigned)__builtin_clzll(n - 1);
}

/* The root over leaves [lo, lo + n), where lo is a multiple of the power of two not below n. */
static struct hash range_root(struct subtrees s, uint64_t lo, uint64_t n)
{
	if (n == 1)
		return s.get(s.arg, 0, lo);
	unsigned k = split(n);
	if (n == (uint64_t)2 << k)
		return s.get(s.arg, k + 1, lo >> (k + 1));
	struct hash l = s.get(s.arg, k, lo >> k);
	struct hash r = range_root(s, lo + ((uint64_t)1 << k), n - ((uint64_t)1 << k));
	return node_of(&l, &r);
}

size_t merkle_path(struct subtrees s, uint64_t index, uint64_t size, struct hash *path)
{
	struct hash down[MERKLE_PATH];
	size_t n = 0;
	uint64_t lo = 0;
	while (size > 1) {
		uint64_t left = (uint64_t)1 << split(size);
		if (index - lo < left) {
			down[n++] = range_root(s, lo + left, size - left);
			size = left;
		} else {
			down[n++] = range_root(s, lo, left);
			lo += left;
			size -= left;
		}
	}
	for (size_t i = 0; i < n; i++)
		path[i] = down[n - 1 - i];
	return n;
}

size_t merkle_consistency(struct subtrees s, uint64_t old, uint64_t size, struct hash *path)
{
	if (old == 0 || old >= size)
		return 0;
	struct hash down[MERKLE_PATH + 1] = { 0 };
	size_t n = 0;
	uint64_t lo = 0;
	while (old != size) {
		uint64_t left = (uint64_t)1 << split(size);
		if (old <= left) {
			down[n++] = range_root(s, lo + left, size - left);
			size = left;
		} else {
			down[n++] = range_root(s, lo, left);
			lo += left;
			old -= left;
			size -= left;
		}
	}
	if (lo != 0)
		down[n++] = range_root(s, lo, size);
	for (size_t i = 0; i < n; i++)
		path[i] = down[n - 1 - i];
	return n;
}
