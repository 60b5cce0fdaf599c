/* Trees against RFC 6962 written down naively, and against its published vectors. */
#include "ledger/merkle.h"

#include "base/attr.h"
#include "base/number.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define MOST 300

static struct hash leaves[MOST];

/* The definition of RFC 6962, section 2.1, word for word. */
static struct hash naive(const struct hash *d, size_t n)
{
	if (n == 0)
		return sha256("", 0);
	if (n == 1)
		return d[0];
	size_t k = 1;
	while (k * 2 < n)
		k *= 2;
	struct hash l = naive(d, k), r = naive(d + k, n - k);
	unsigned char node[1 + 2 * HASH_SIZE] = { 1 };
	memcpy(node + 1, l.b, HASH_SIZE);
	memcpy(node + 1 + HASH_SIZE, r.b, HASH_SIZE);
	return sha256(node, sizeof node);
}

static struct hash subtree(void *arg, unsigned level, uint64_t i)
{
	size_t *limit = arg;
	assert_true(((i + 1) << level) <= *limit);
	return naive(leaves + (i << level), (size_t)1 << level);
}

static int setup(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < MOST; i++)
		leaves[i] = merkle_leaf(&i, sizeof i);
	return 0;
}

/* The test vectors that certificate transparency's implementations share. */
static void roots_are_those_published(void **state)
{
	(void)state;
	static const struct {
		const char *p;
		size_t n;
	} inputs[] = {
		{ "", 0 },
		{ "\x00", 1 },
		{ "\x10", 1 },
		{ "\x20\x21", 2 },
		{ "\x30\x31", 2 },
		{ "\x40\x41\x42\x43", 4 },
		{ "\x50\x51\x52\x53\x54\x55\x56\x57", 8 },
		{ "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f", 16 },
	};
	static const char *const roots[] = {
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
		"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
		"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
		"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
		"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
		"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
		"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
		"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
	};
	struct hash d[COUNT(inputs)], expected, root;
	struct frontier f = { 0 };
	for (size_t n = 0; n < COUNT(roots); n++) {
		assert_true(hex_parse(str_of(roots[n]), expected.b, HASH_SIZE));
		root = merkle_root(d, n);
		assert_memory_equal(root.b, expected.b, HASH_SIZE);
		root = frontier_root(&f);
		assert_memory_equal(root.b, expected.b, HASH_SIZE);
		if (n < COUNT(inputs)) {
			d[n] = merkle_leaf(inputs[n].p, inputs[n].n);
			frontier_add(&f, &d[n]);
		}
	}
}

static void roots_are_those_of_the_definition(void **state)
{
	(void)state;
	struct frontier f = { 0 };
	for (size_t n = 0; n <= MOST; n++) {
		struct hash a = naive(leaves, n), b = merkle_root(leaves, n), c = frontier_root(&f);
		assert_true(hash_eq(&a, &b) && hash_eq(&a, &c));
		if (n < MOST)
			frontier_add(&f, &leaves[n]);
	}
}

static void a_frontier_joins_what_comes_right_of_it(void **state)
{
	(void)state;
	/* 256 + 64 leaves right of which a subtree of 13: the root over all, since 320 has no bit below 64. */
	struct frontier f = { 0 };
	for (size_t i = 0; i < 256; i++)
		frontier_add(&f, &leaves[i]);
	struct hash right = merkle_root(leaves + 256, 13), joined = frontier_join(&f, &right);
	struct hash whole = naive(leaves, 269);
	assert_true(hash_eq(&joined, &whole));
	f.size = 0;
	joined = frontier_join(&f, &right);
	assert_true(hash_eq(&joined, &right));
}

static void every_leaf_of_every_small_tree_is_proved(void **state)
{
	(void)state;
	for (size_t n = 1; n <= 70; n++) {
		struct hash root = naive(leaves, n), path[MERKLE_PATH];
		for (size_t i = 0; i < n; i++) {
			size_t len = merkle_path((struct subtrees){ subtree, &n }, i, n, path);
			assert_true(merkle_included(&leaves[i], i, n, path, len, &root));
			/* Another place, another leaf, another size, a path cut or lengthened prove nothing. */
			for (size_t j = 0; j < n; j++)
				assert_true(j == i || !merkle_included(&leaves[i], j, n, path, len, &root));
			assert_false(merkle_included(&leaves[n], i, n, path, len, &root));
			assert_false(merkle_included(&leaves[i], n, n, path, len, &root));
			assert_true(len == 0 || !merkle_included(&leaves[i], i, n, path, len - 1, &root));
			path[len] = root;
			assert_false(merkle_included(&leaves[i], i, n, path, len + 1, &root));
		}
	}
}

static void a_changed_path_proves_nothing(void **state)
{
	(void)state;
	for (size_t n = 2; n <= 40; n++) {
		struct hash root = naive(leaves, n), path[MERKLE_PATH];
		for (size_t i = 0; i < n; i++) {
			size_t len = merkle_path((struct subtrees){ subtree, &n }, i, n, path);
			for (size_t k = 0; k < len; k++) {
				path[k].b[k % HASH_SIZE] ^= 1;
				assert_false(merkle_included(&leaves[i], i, n, path, len, &root));
				path[k].b[k % HASH_SIZE] ^= 1;
			}
		}
	}
}

static void large_trees_are_proved_at_their_edges(void **state)
{
	(void)state;
	static const size_t sizes[] = { 127, 128, 129, 255, 256, 257, 299 };
	for (size_t s = 0; s < COUNT(sizes); s++) {
		size_t n = sizes[s];
		struct hash root = naive(leaves, n), path[MERKLE_PATH];
		for (size_t i = 0; i < n; i++) {
			size_t len = merkle_path((struct subtrees){ subtree, &n }, i, n, path);
			assert_true(merkle_included(&leaves[i], i, n, path, len, &root));
		}
	}
}

static void every_small_tree_is_the_beginning_of_every_later_one(void **state)
{
	(void)state;
	for (size_t n = 0; n <= 40; n++)
		for (size_t old = 0; old <= n; old++) {
			struct hash now = naive(leaves, n), then = naive(leaves, old), path[MERKLE_PATH];
			size_t len = merkle_consistency((struct subtrees){ subtree, &n }, old, n, path);
			assert_true(merkle_consistent(old, &then, n, &now, path, len));
			struct hash other = merkle_leaf("other", 5);
			assert_false(merkle_consistent(old, &other, n, &now, path, len));
			assert_true(old == 0 || !merkle_consistent(old, &then, n, &other, path, len));
			assert_false(merkle_consistent(n + 1, &then, n, &now, path, len));
			for (size_t k = 0; k < len; k++) {
				path[k].b[0] ^= 1;
				assert_false(merkle_consistent(old, &then, n, &now, path, len));
				path[k].b[0] ^= 1;
			}
			assert_true(len == 0 || !merkle_consistent(old, &then, n, &now, path, len - 1));
			path[len] = other;
			assert_false(merkle_consistent(old, &then, n, &now, path, len + 1));
		}
}

int merkle_test(void);
int merkle_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(roots_are_those_published),
		cmocka_unit_test(roots_are_those_of_the_definition),
		cmocka_unit_test(a_frontier_joins_what_comes_right_of_it),
		cmocka_unit_test(every_leaf_of_every_small_tree_is_proved),
		cmocka_unit_test(a_changed_path_proves_nothing),
		cmocka_unit_test(large_trees_are_proved_at_their_edges),
		cmocka_unit_test(every_small_tree_is_the_beginning_of_every_later_one),
	};
	return cmocka_run_group_tests_name("merkle", tests, setup, NULL);
}
