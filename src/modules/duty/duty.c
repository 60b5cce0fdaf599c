/* duty.c - the module's tables. */
#include "modules/duty/duty.h"

static const struct entity *const entities[] = {
	&user_role_entity,     &user_person_entity,
	&user_duty_entity,     &user_deputy_entity,
	&user_letter_entity,   &file_read_entity,
	&user_password_entity, &user_session_entity,
	&user_token_entity,    &user_setting_entity,
	&sign_in_wait_entity,  &sent_form_entity,
	&kept_form_entity,     NULL,
};
static const struct projection *const projections[] = { &user_now_projection, NULL };

const struct module duty_module = {
	.name = "duty",
	.title = N_("Duties"),
	.help = N_("What users may do and where, how they sign in, and who read whose file."),
	.entities = entities,
	.projections = projections,
	.pages = duty_pages,
	.panels = duty_panels,
	.homes = duty_homes,
};
