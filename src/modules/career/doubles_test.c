/* doubles_test.c - which two names could be one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "modules/career/doubles.h"

int doubles_test(void);

/* Folded names, as the lists hold them. */
static const struct alike {
	const char *a, *b;
	bool alike;
} cases[] = {
	{ "muhammad yusuf harahap", "m. yusuf harahap", true },
	{ "m yusuf harahap", "muhammad yusuf harahap", true },
	{ "drs. budi hartono", "budi hartono, m.sc.", true },
	{ "siti rohmah", "siti rohma", true },
	{ "siti rohmah", "siti rahmah", true },
	{ "suharto", "suharto", true },
	{ "suharto", "suharta", true },
	{ "ani", "ana", false }, /* too short to be a slip */
	{ "budi hartono", "budi", false },
	{ "budi hartono", "hartono budi", false },
	{ "m. h.", "muhammad harahap", false }, /* initials alone say nothing */
	{ "ahmad fauzi", "ahmad hidayat", false },
	{ "rina latuconsina", "dina latuconsina", false }, /* one letter, but the word is short */
	{ "", "", false },
	{ "theresia gunawan", "theresia gunawan gunawan", false },
};

/* proves: HR-19 */
static void names_that_could_be_one(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		bool there = doubles_alike(str_of(cases[i].a), str_of(cases[i].b));
		bool back = doubles_alike(str_of(cases[i].b), str_of(cases[i].a));
		if (there != cases[i].alike || back != cases[i].alike)
			fail_msg("%s and %s: %s", cases[i].a, cases[i].b, there ? "taken for one" : "told apart");
	}
}

int doubles_test(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(names_that_could_be_one) };
	return cmocka_run_group_tests_name("doubles", tests, NULL, NULL);
}
