#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/number.h"
#include "base/parallel.h"
#include "base/sha256.h"

#include <openssl/evp.h>

static void is_hash(struct hash h, const char *hex)
{
	struct buf b CLEANUP(buf_release) = BUF_INIT;
	hex_add(&b, h.b, HASH_SIZE);
	assert_string_equal(b.p, hex);
}

static const char abc[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
static const char empty[] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/* The examples of FIPS 180. */
static void known_hashes(void **state)
{
	(void)state;
	is_hash(sha256("abc", 3), abc);
	is_hash(sha256(NULL, 0), empty);
	is_hash(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56),
		"248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void runs_hash_like_one(void **state)
{
	(void)state;
	is_hash(sha256_2("a", 1, "bc", 2), abc);
	is_hash(sha256_2("abc", 3, NULL, 0), abc);
	is_hash(sha256_2(NULL, 0, "abc", 3), abc);
	is_hash(sha256_2(NULL, 0, NULL, 0), empty);
}

/* Short and long messages take different ways; a block's end falls on every place. */
static void every_length_hashes_as_by_evp(void **state)
{
	(void)state;
	unsigned char message[700];
	struct hash want;
	for (size_t i = 0; i < sizeof message; i++)
		message[i] = (unsigned char)(i * 7 + i / 251);
	for (size_t n = 0; n <= sizeof message; n++) {
		struct hash whole = sha256(message, n), parts = sha256_2(message, n / 3, message + n / 3, n - n / 3);
		assert_true(EVP_Digest(message, n, want.b, NULL, EVP_sha256(), NULL));
		assert_memory_equal(whole.b, want.b, HASH_SIZE);
		assert_memory_equal(parts.b, want.b, HASH_SIZE);
	}
}

static enum err hash_one(void *arg, size_t i, unsigned worker)
{
	(void)worker;
	((struct hash *)arg)[i] = sha256_2("ab", 2, "c", 1);
	return E_OK;
}

static void threads_do_not_meet(void **state)
{
	(void)state;
	struct hash all[200];
	assert_int_equal(parallel_for(COUNT(all), hash_one, all), E_OK);
	for (size_t i = 0; i < COUNT(all); i++)
		is_hash(all[i], abc);
}

int sha256_test(void);
int sha256_test(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_hashes),
		cmocka_unit_test(runs_hash_like_one),
		cmocka_unit_test(every_length_hashes_as_by_evp),
		cmocka_unit_test(threads_do_not_meet),
	};
	return cmocka_run_group_tests_name("sha256", tests, NULL, NULL);
}
