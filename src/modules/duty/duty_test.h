/* duty_test.h - an office with units, posts, three people and users, for the tests of this module. */
#ifndef MERIT_MODULES_DUTY_TEST_H
#define MERIT_MODULES_DUTY_TEST_H

#include "../../../tests/help/office.h"
#include "../../../tests/help/spot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "access/password.h"
#include "entity/change.h"
#include "modules/duty/door.h"

struct given {
	const char *user, *role, *unit, *person;
};

struct ctx *duty_test_open(void **state);                                       /* office_close */
int64_t duty_test_key(struct ctx *c, const struct entity *e, const char *text); /* empty: 0 */
int64_t duty_test_place(struct ctx *c, const char *person);
/* A user, made where there is none of the name, gets a role over a unit. */
int64_t duty_test_give(struct ctx *c, const struct given *g);
const struct who *duty_test_who(struct ctx *c, int64_t user);

/* A write of its own. */
#define WRITING(c, call)                                                                                               \
	do {                                                                                                           \
		struct txn txn_ CLEANUP(txn_end) = { 0 };                                                              \
		assert_int_equal(ctx_write(c, &txn_), E_OK);                                                           \
		assert_int_equal(call, E_OK);                                                                          \
		assert_int_equal(txn_commit(&txn_), E_OK);                                                             \
	} while (0)

#endif
