/* away_page.c - "I am away": who does one's duties from one day to another. */
#include "entity/change.h"
#include "modules/duty/duty_page.h"

static const struct head heads[] = {
	{ N_("Deputy") }, { N_("Role") }, { N_("From") }, { N_("Until") }, { N_("Reason") }, { N_("End it") },
};

static enum err all_of(struct request *q, enum extent extent, struct record ***ret, size_t *ret_n)
{
	return read_all(
		q->c,
		&(struct query){
			.entity = &user_deputy_entity, .owner = q->who->actor.user, .at = AS_OF_NOW, .extent = extent },
		ret, ret_n);
}

/* Whether a later row ends what row i handed over: rows stand in order of day. */
static bool is_over(struct record *const *list, size_t n, size_t i)
{
	for (size_t k = i + 1; k < n; k++)
		if (record_get(list[k], DEPUTY_NUMBER, 0) == record_get(list[i], DEPUTY_NUMBER, 0))
			return true;
	return false;
}

/* Held now or to come. */
static bool matters(const struct request *q, struct record *const *list, size_t n, size_t i)
{
	const struct record *d = list[i];
	return record_get(d, DEPUTY_STATE, DUTY_HELD) == DUTY_HELD &&
	       (d->until == DATE_NONE || d->until >= q->c->today) && !is_over(list, n, i);
}

static enum err one(struct request *q, const struct record *d)
{
	struct str deputy, role = { 0 };
	int64_t which = record_get(d, DEPUTY_ROLE, 0);
	TRY(user_name(q->c, record_get(d, DEPUTY_TO, 0), &deputy));
	if (which)
		TRY(role_words(q->c, which, q->lang, &role));
	row_begin(q);
	cell_text(q, deputy);
	cell_text(q, which ? role : str_of(say(q->lang, N_("all of them"))));
	cell_date(q, d->valid_from);
	cell_date(q, d->until);
	cell_text(q, d->v[DEPUTY_REASON].t);
	cell_begin(q, false);
	form_begin(q, &(struct form){ .quiet = true }, "/away");
	form_hidden(q, "end", str_of(arena_printf(q->arena, "%lld", (long long)d->id)));
	form_button(q, N_("I am back"), NULL, NULL, true);
	form_end(q, NULL);
	cell_end(q);
	row_end(q);
	return E_OK;
}

static enum err deputies(struct request *q)
{
	struct record **list;
	size_t n, shown = 0;
	TRY(all_of(q, BELIEVED, &list, &n));
	for (size_t i = 0; i < n; i++)
		shown += matters(q, list, n, i);
	if (!shown) {
		part_empty(q, N_("Nobody stands in for you."),
			   N_("Before a leave or a journey say here who does your work; it ends by itself."), NULL,
			   NULL);
		return E_OK;
	}
	table_begin(q, N_("Who stands in for you"), heads, COUNT(heads));
	for (size_t i = 0; i < n; i++)
		if (matters(q, list, n, i))
			TRY(one(q, list[i]));
	table_end(q);
	return E_OK;
}

static enum err form(struct request *q)
{
	struct choice *roles;
	size_t n;
	char today[DATE_TEXT];
	TRY(role_choices(q, &roles, &n));
	struct choice *list = ARENA_ARRAY(q->arena, struct choice, n + 1);
	list[0] = (struct choice){ { 0 }, str_of(say(q->lang, N_("all of my duties"))) };
	memcpy(list + 1, roles, n * sizeof(*list));
	form_begin(q, &(struct form){ 0 }, "/away");
	form_control(q, &(struct control_ask){ .name = "deputy",
					       .label = N_("Sign-in name of the deputy"),
					       .kind = C_TEXT,
					       .required = true,
					       .most = 32 });
	form_control(q, &(struct control_ask){ .name = "from",
					       .label = N_("From"),
					       .kind = C_DATE,
					       .required = true,
					       .value = str_of(date_text(q->c->today, today)) });
	form_control(q, &(struct control_ask){ .name = "until",
					       .label = N_("Until, this day included"),
					       .kind = C_DATE,
					       .required = true });
	form_control(q, &(struct control_ask){ .name = "role",
					       .label = N_("Which duty"),
					       .kind = C_CHOICE,
					       .choices = list,
					       .nchoices = n + 1 });
	form_control(q, &(struct control_ask){ .name = "reason",
					       .label = N_("Reason"),
					       .hint = N_("Leave, journey, course, illness: a few words."),
					       .kind = C_TEXT,
					       .required = true,
					       .most = 400 });
	form_end(q, N_("Hand over"));
	return E_OK;
}

enum err away_page_draw(struct request *q)
{
	frame_begin(q, &(struct frame){ 0 });
	part_problems(q);
	TRY(deputies(q));
	sheet_end(q);
	sheet_begin(q, N_("I will be away"));
	TRY(form(q));
	sheet_end(q);
	frame_end(q);
	return E_OK;
}

/* ---- writing ---- */

static enum err next_number(struct request *q, int64_t *ret)
{
	struct record **list;
	size_t n;
	*ret = 1;
	TRY(all_of(q, BELIEVED, &list, &n));
	for (size_t i = 0; i < n; i++)
		if (record_get(list[i], DEPUTY_NUMBER, 0) >= *ret)
			*ret = record_get(list[i], DEPUTY_NUMBER, 0) + 1;
	return E_OK;
}

static enum err hand_over(struct request *q)
{
	struct record *d = record_new(q->c->arena, &user_deputy_entity);
	int64_t deputy, role, number;
	struct str reason = str_trim(request_form(q, "reason"));
	TRY(field_key(q, "deputy", &user_entity, &deputy));
	TRY(field_key(q, "role", &user_role_entity, &role));
	TRY(next_number(q, &number));
	d->owner = q->who->actor.user;
	d->valid_from = field_day(q, "from", true);
	d->until = field_day(q, "until", true);
	if (deputy == q->who->actor.user)
		problem_in(q, "deputy", "nobody stands in for oneself; give another sign-in name");
	else if (deputy <= ACTOR_STORY && !q->c->problems->count)
		problem_in(q, "deputy", "the deputy is missing; give a sign-in name");
	if (d->valid_from != DATE_NONE && d->valid_from < q->c->today)
		problem_in(q, "from", "a day that is over cannot be handed over; begin today or later");
	if (d->until != DATE_NONE && d->until < d->valid_from)
		problem_in(q, "until", "the last day is before the first; correct one of them");
	if (!reason.n)
		problem_in(q, "reason", "no reason is given; say it in a few words");
	if (q->c->problems->count)
		return E_INVALID;
	record_int(d, DEPUTY_NUMBER, number);
	record_int(d, DEPUTY_TO, deputy);
	if (role)
		record_int(d, DEPUTY_ROLE, role);
	record_text(d, DEPUTY_REASON, reason);
	return change_save(q->c, d);
}

static enum err come_back(struct request *q)
{
	struct record **list;
	size_t n;
	TRY(all_of(q, BELIEVED, &list, &n));
	for (size_t i = 0; i < n; i++) {
		if (!str_is(request_form(q, "end"), arena_printf(q->arena, "%lld", (long long)list[i]->id)))
			continue;
		struct record *d = record_copy(q->c->arena, list[i]);
		record_int(d, DEPUTY_STATE, DUTY_ENDED);
		if (d->valid_from >= q->c->today)
			return change_correct(q->c, d, STR("taken back before it began"));
		d->id = 0;
		d->valid_from = q->c->today;
		d->until = DATE_NONE;
		return change_save(q->c, d);
	}
	return E_MISSING;
}

/* What was handed over is not handed on. */
enum err away_page_write(struct request *q)
{
	int64_t position;
	TRY(change_begin(q->c, "user.deputy", q->who->actor.user));
	TRY(change_settle(q->c, request_form(q, "end").n ? come_back(q) : hand_over(q), &position));
	TRY(form_done(q));
	request_tell(q, say(q->lang, N_("Written down.")));
	request_see(q, "/away");
	return E_OK;
}
