/* password_test.c - hashing, refusing, and secrets. */
#include "access/password.h"
#include "access/right.h"
#include "access/secret.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

int password_test(void);

static void hashed(void **state)
{
	char one[PASSWORD_TEXT], two[PASSWORD_TEXT];
	(void)state;
	assert_int_equal(password_hash(STR("three quiet boats"), one), E_OK);
	assert_int_equal(password_hash(STR("three quiet boats"), two), E_OK);
	assert_string_not_equal(one, two);
	assert_memory_equal(one, "$argon2id$v=19$m=19456,t=2,p=1$", 31);
	assert_true(password_fits(STR("three quiet boats"), one));
	assert_false(password_fits(STR("three quiet boat"), one));
	assert_false(password_fits((struct str){ 0 }, one));
	assert_false(password_fits(STR("three quiet boats"), "not a hash"));
	assert_false(password_stale(one));
	assert_true(password_stale("$argon2id$v=19$m=8192,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$"
				   "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
}

static void refused(void **state)
{
	const struct str known[] = { STR("Wulandari"), STR("196811011990031001"), STR("tax") };
	(void)state;
	assert_null(password_refused(STR("three quiet boats"), known, 3));
	assert_null(password_refused(STR("tax on three boats"), known, 3));
	assert_null(password_refused(STR("perahu di teluk Ambon"), NULL, 0));
	assert_non_null(password_refused(STR("short"), known, 3));
	assert_non_null(password_refused((struct str){ 0 }, known, 3));
	assert_non_null(password_refused(STR("aaaaaaaaaaaaaaa"), known, 3));
	assert_non_null(password_refused(STR("1234567890123"), known, 3));
	assert_non_null(password_refused(STR("password2008"), known, 3));
	assert_non_null(password_refused(STR("Kata Sandi 08"), known, 3));
	assert_non_null(password_refused(STR("my WULANDARI 7x"), known, 3));
	assert_non_null(password_refused(STR("x196811011990031001y"), known, 3));
	assert_non_null(password_refused(STR("three\x01quiet boats"), known, 3));
	assert_non_null(password_refused(STR("three\xffquiet boats"), known, 3));
	char text[PASSWORD_MOST + 8];
	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = (char)('a' + i * 7 % 26);
	assert_null(password_refused((struct str){ text, PASSWORD_MOST }, known, 3));
	assert_non_null(password_refused((struct str){ text, PASSWORD_MOST + 1 }, known, 3));
}

static void secrets(void **state)
{
	char a[SECRET_TEXT], b[SECRET_TEXT], letter[LETTER_CODE];
	unsigned char one[32], two[32];
	(void)state;
	secret_new(a);
	secret_new(b);
	assert_int_equal(strlen(a), SECRET_TEXT - 1);
	assert_string_not_equal(a, b);
	secret_hash(str_of(a), "session", one);
	secret_hash(str_of(a), "session", two);
	assert_true(secret_same(one, two, 32));
	secret_hash(str_of(a), "token", two);
	assert_false(secret_same(one, two, 32));
	secret_hash((struct str){ 0 }, "token", one);
	assert_false(secret_same(one, two, 32));
	secret_letter(letter);
	assert_int_equal(strlen(letter), 11);
	assert_int_equal(letter[5], '-');
	assert_null(strpbrk(letter, "0O1IL2Z5S8B"));
}

static void words_of_rights(void **state)
{
	(void)state;
	for (int i = 0; i < RIGHT_COUNT; i++)
		assert_true(*right_words(i) && *right_code(i));
	assert_string_equal(right_code(RIGHT_NUMBER_AUDIT), "audit");
	assert_null(right_words(-1));
	assert_null(right_code(RIGHT_COUNT));
	assert_null(right_code(-1));
	assert_null(right_words(RIGHT_COUNT));
}

int password_test(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(hashed), cmocka_unit_test(refused),
					    cmocka_unit_test(secrets), cmocka_unit_test(words_of_rights) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
