/* What must hold of every entity, over the invented service; on both databases. */
#include "../../tests/help/fixture.h"
#include "../../tests/help/fixture_store.h"
#include "../../tests/help/property.h"
#include "../../tests/help/spot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

int property_test(void);

static void each(void **state, void (*prove)(struct property *p, const struct entity *e))
{
	struct ctx *c CLEANUP(ctx_close_p) = fixture_open(*state, &fixture_registry);
	struct property p = { .c = c, .seed = 20080915 };
	for (const struct entity *const *e = c->registry->entities; *e; e++)
		if ((*e)->kind != PLAIN)
			prove(&p, *e);
}

static void every_record_returns_and_its_leaf_stands(void **state)
{
	each(state, property_round_trip);
}

static void every_broken_attribute_is_named(void **state)
{
	each(state, property_violations);
}

static void old_positions_give_old_answers(void **state)
{
	each(state, property_two_clocks);
}

int property_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(every_record_returns_and_its_leaf_stands),
		SPOT_CASE(every_broken_attribute_is_named),
		SPOT_CASE(old_positions_give_old_answers),
	};
	return spot_run("entity: properties", cases, COUNT(cases));
}
