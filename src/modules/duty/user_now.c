/* user_now.c - users as they are today: what lists of them read. */
#include "modules/duty/duty.h"

/* clang-format off */
static const struct projected columns[] = {
	[NOW_NAME]      = { .name = "name",      .from = &user_entity,        .field = USER_NAME },
	[NOW_NAME_FOLD] = { .name = "name_fold", .from = &user_entity,        .field = USER_NAME, .folded = true },
	[NOW_PERSON]    = { .name = "person",    .from = &user_person_entity, .field = 0 },
	[NOW_STATUS]    = { .name = "status",    .from = &user_status_entity, .field = USER_STATUS_STATUS },
};
/* clang-format on */

static const char *const indexes[] = {
	"INDEX user_now_name ON user_now (name_fold, id)",
	"INDEX user_now_person ON user_now (person, id)",
	NULL,
};

const struct projection user_now_projection = {
	.name = "user_now",
	.of = &user_entity,
	.columns = columns,
	.ncolumns = (int)COUNT(columns),
	.indexes = indexes,
};
