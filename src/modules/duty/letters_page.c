/* letters_page.c - letters with a word for one use: for everybody of a unit who has none yet, and for one person again.
 */
#include "access/password.h"
#include "access/secret.h"
#include "entity/change.h"
#include "entity/list.h"
#include "modules/duty/duty_page.h"

#define BATCH 40 /* hashing one takes a hundredth of a second and more */
#define LOOKED 200
#define RANGES 64

/* ---- whom ---- */

struct somebody {
	int64_t person, user; /* user 0: none yet */
	struct str name, number;
	int64_t unit;
	char word[LETTER_CODE], hash[PASSWORD_TEXT];
};
struct batch {
	struct somebody list[BATCH];
	size_t n;
	bool more;
	/* of one person only */
	struct str checked, reason;
	bool ready;
};

static struct str kept(struct request *q, struct str s)
{
	return (struct str){ arena_text(q->arena, s.p, s.n), s.n };
}

static int column(const char *name)
{
	int n = projection_column(&staff_now_projection, name);
	if (n < 0)
		bug("staff_now has no column %s", name);
	return n;
}

/* People of a unit without a user, in order of name. */
static enum err gather(struct request *q, struct order_range unit, struct batch *b)
{
	struct list_where where = {
		.column = column("unit_order"), .how = LIST_IN, .low = unit.low, .high = unit.high
	};
	struct list_ask ask = {
		.of = &staff_now_projection, .where = &where, .nwhere = 1, .sort = column("name_fold"), .limit = LOOKED
	};
	struct list_row *rows;
	size_t n = 0;
	bool more = true;
	while (more && b->n < BATCH) {
		TRY(list_rows(q->c, &ask, &rows, &n, &more));
		for (size_t i = 0; i < n && b->n < BATCH; i++) {
			struct somebody *s = &b->list[b->n];
			TRY(user_of_person(q->c, rows[i].id, &s->user));
			ask.after = (struct list_key){ .text = rows[i].v[ask.sort].t, .id = rows[i].id };
			if (s->user)
				continue;
			s->person = rows[i].id;
			s->name = kept(q, rows[i].v[column("name")].t);
			s->number = kept(q, rows[i].code);
			s->unit = rows[i].v[column("unit")].set ? rows[i].v[column("unit")].i : 0;
			b->n++;
		}
	}
	b->more = more || b->n == BATCH;
	return E_OK;
}

/* A unit of the address or the form, within the reader's reach for letters. */
static enum err unit_asked(struct request *q, struct str code, int64_t *ret, struct order_range *ret_range)
{
	enum err e = code.n ? unit_names_find(q->c, code, ret) : E_MISSING;
	if (e == E_OK)
		e = tree_range(q->c, &unit_entity, *ret, ret_range);
	if (e == E_OK && !who_may_at(q->who, MAY_RESET, ret_range->low))
		e = E_MISSING;
	return e;
}

static enum err words(struct somebody *s)
{
	secret_letter(s->word);
	return password_hash(str_of(s->word), s->hash);
}

/* ---- the bulk ---- */

static void unit_form(struct request *q)
{
	form_begin(q, &(struct form){ .get = true }, "/duty/letters");
	form_control(q, &(struct control_ask){ .name = "unit",
					       .label = N_("Unit: code or name"),
					       .kind = C_TEXT,
					       .value = request_param(q, "unit"),
					       .most = 120 });
	form_end(q, N_("Show"));
}

static void offer(struct request *q, struct str unit, const struct batch *b)
{
	struct html *h = &q->html;
	if (!b->n) {
		part_empty(q, N_("Everybody of this unit has a way in."),
			   N_("For somebody who has lost it, print a single new letter."), N_("A single letter"),
			   "/duty/reset");
		return;
	}
	HTML(h, "<ul>");
	for (size_t i = 0; i < b->n; i++) {
		HTML(h, "<li>");
		html_text(h, b->list[i].name);
		HTML(h, " <span class=\"under\">");
		html_text(h, b->list[i].number);
		HTML(h, "</span></li>");
	}
	HTML(h, "</ul><p>");
	if (b->more)
		html_say(h, N_("Forty at a time: after these come the next."));
	else
		html_say(h, N_("These are all who have no way in yet."));
	HTML(h, " ");
	html_say(h, N_("The letters are shown once, to be printed at once. That you printed them is written down."));
	HTML(h, "</p>");
	form_begin(q, &(struct form){ .quiet = true }, "/duty/letters");
	form_hidden(q, "unit", unit);
	form_end(q, N_("Make the letters"));
}

enum err letters_page_draw(struct request *q)
{
	struct str code = request_posted(q) ? request_form(q, "unit") : request_param(q, "unit");
	struct batch *b = ARENA_NEW(q->arena, struct batch);
	struct order_range range;
	int64_t unit;
	frame_begin(q, &(struct frame){ 0 });
	part_problems(q);
	HTML(&q->html, "<p>");
	html_say(&q->html, N_("Who has no mail gets a letter with a word, and signs in with it the first time."));
	HTML(&q->html, "</p>");
	unit_form(q);
	enum err e = unit_asked(q, code, &unit, &range);
	if (e == E_OK)
		TRY(gather(q, range, b));
	sheet_end(q);
	if (e != E_OK && e != E_MISSING)
		return e;
	if (code.n) {
		sheet_begin(q, N_("People without a way in"));
		if (e == E_OK)
			offer(q, code, b);
		else
			part_empty(q, N_("There is no such unit within your reach."),
				   N_("Look it up among the units and type its code or name again."), NULL, NULL);
		sheet_end(q);
	}
	frame_end(q);
	return E_OK;
}

enum err letters_page_prepare(struct request *q)
{
	struct batch *b = ARENA_NEW(q->arena, struct batch);
	struct order_range range;
	int64_t unit;
	request_keep(q, b);
	enum err e = unit_asked(q, request_form(q, "unit"), &unit, &range);
	if (e == E_MISSING) {
		problem_in(q, "unit",
			   "there is no such unit within your reach; look it up among the units and type it again");
		return E_INVALID;
	}
	TRY(e);
	TRY(gather(q, range, b));
	for (size_t i = 0; i < b->n; i++)
		TRY(words(&b->list[i]));
	b->ready = true;
	return E_OK;
}

/* ---- writing ---- */

static enum err new_user(struct request *q, struct somebody *s)
{
	struct duty_ask ask = { .from = q->c->today, .until = DATE_NONE };
	TRY(key_find(q->c, &user_role_entity, STR(ROLE_EMPLOYEE), &ask.role));
	TRY(user_add(q->c, s->number, s->name, s->person, q->c->today, &s->user));
	ask.user = s->user;
	return user_give(q->c, &ask);
}

static enum err write_letter(struct request *q, const struct batch *b, struct somebody *s, int64_t at)
{
	struct record *l = record_new(q->c->arena, &user_letter_entity);
	int kind = s->user ? LETTER_RESET : LETTER_ACTIVATION;
	if (!s->user)
		TRY(new_user(q, s));
	l->owner = s->user;
	l->valid_from = q->c->today;
	record_int(l, LETTER_KIND, kind);
	record_int(l, LETTER_AT, at);
	if (b->checked.n)
		record_text(l, LETTER_CHECKED, b->checked);
	record_text(l, LETTER_REASON, b->reason);
	return change_save(q->c, l);
}

/* Somebody else may have made the same users since they were gathered; then the whole is asked for again. */
static enum err write_batch(struct request *q, struct batch *b)
{
	int64_t position, at = ledger_now(q->c->ledger);
	enum err e = E_OK;
	TRY(change_begin(q->c, "user.letter", b->n == 1 ? b->list[0].person : 0));
	for (size_t i = 0; i < b->n && e == E_OK; i++)
		e = write_letter(q, b, &b->list[i], at);
	TRY(change_settle(q->c, e, &position));
	for (size_t i = 0; i < b->n; i++)
		TRY(user_set_password(q->c, b->list[i].user, b->list[i].hash, true));
	return E_OK;
}

static enum err print(struct request *q, const struct batch *b)
{
	frame_begin(q, &(struct frame){ .printed = true });
	HTML(&q->html, "<p class=\"noprint box note\">");
	html_say(&q->html, N_("Print this page now: the words are shown only once. Then close it."));
	HTML(&q->html, " ");
	link_say(q, N_("Back"), "/duty/letters");
	HTML(&q->html, "</p>");
	sheet_end(q);
	for (size_t i = 0; i < b->n; i++) {
		const struct somebody *s = &b->list[i];
		struct letter l = { .name = s->name, .number = s->number, .word = str_of(s->word) };
		TRY(key_text(q->c, &user_entity, s->user, 0, &l.code));
		if (s->unit)
			TRY(part_name(q->c, &unit_entity, s->unit, AS_OF_NOW, &l.unit));
		letter_draw(q, &l);
	}
	frame_end(q);
	return E_OK;
}

enum err letters_page_write(struct request *q)
{
	struct batch *b = request_kept(q);
	if (!b->n) {
		request_see(q, "/duty/letters");
		return E_OK;
	}
	b->reason = str_of(arena_printf(q->arena, "letters for the unit %.*s", (int)request_form(q, "unit").n,
					request_form(q, "unit").p));
	TRY(write_batch(q, b));
	return print(q, b);
}

/* ---- one person again ---- */

static struct str user_given(struct request *q)
{
	return request_param(q, "user");
}

enum err reset_page_draw(struct request *q)
{
	frame_begin(q, &(struct frame){ 0 });
	part_problems(q);
	HTML(&q->html, "<p>");
	html_say(&q->html,
		 N_("The person stands before you, or is known to you by voice. Ask for the two days below, and type "
		    "what you are told: the page compares it with the file and does not show it."));
	HTML(&q->html, "</p>");
	form_begin(q, &(struct form){ .quiet = true }, "/duty/reset");
	form_control(q, &(struct control_ask){ .name = "person",
					       .label = N_("Staff number"),
					       .kind = C_TEXT,
					       .required = true,
					       .value = user_given(q),
					       .most = 32 });
	form_control(q,
		     &(struct control_ask){ .name = "born", .label = N_("Born on"), .kind = C_DATE, .required = true });
	form_control(q, &(struct control_ask){
				.name = "joined", .label = N_("Joined on"), .kind = C_DATE, .required = true });
	form_control(q, &(struct control_ask){ .name = "reason",
					       .label = N_("Reason"),
					       .hint = N_("Forgotten, letter lost, new in the office: a few words."),
					       .kind = C_TEXT,
					       .required = true,
					       .most = 400 });
	form_end(q, N_("Make the letter"));
	sheet_end(q);
	frame_end(q);
	return E_OK;
}

/* By staff number, or by the sign-in name of whose file it is. */
static enum err person_asked(struct request *q, int64_t *ret)
{
	struct str key = str_trim(request_form(q, "person"));
	int64_t user, order;
	bool scoped;
	enum err e = key.n ? key_find(q->c, &person_entity, key, ret) : E_MISSING;
	if (e == E_MISSING && key.n && key_find(q->c, &user_entity, key, &user) == E_OK) {
		TRY(user_person(q->c, user, ret));
		e = *ret ? E_OK : E_MISSING;
	}
	TRY(e);
	TRY(scope_of(q->c, &person_entity, *ret, &scoped, &order));
	return who_may_at(q->who, MAY_RESET, order) ? E_OK : E_MISSING;
}

/* Whether all that somebody may where is within what the reader may there. The own file is everybody's own. */
static bool reaches_no_further(const struct who *of, const struct who *reader)
{
	for (size_t i = 0; i < of->nreach; i++) {
		right_t rights = of->reach[i].rights & ~(right_t)MAY_OWN;
		struct order_range mine[RANGES];
		size_t n = rights ? who_ranges(reader, rights, mine, RANGES) : 0;
		bool within = !rights;
		for (size_t k = 0; k < n; k++)
			within = within || (mine[k].low <= of->reach[i].first && of->reach[i].last <= mine[k].high);
		if (!within)
			return false;
	}
	return true;
}

/* Whoever gives somebody a new password could sign in as that one: so only over those who may no more than oneself,
 * and nowhere else. */
static enum err not_above(struct request *q, int64_t user)
{
	const struct who *of;
	enum err e = who_of_user(q->c, user, &of);
	if (e == E_DENIED) {
		problem_in(q, "person", "this user is closed; let the user in again first");
		return E_OK;
	}
	TRY(e);
	if (user == q->who->actor.user)
		problem_in(q, "person", "this is you; change your password under your own name");
	else if (!who_may(q->who, MAY_USERS) && !reaches_no_further(of, q->who))
		problem_in(q, "person", "this user may do more than you; ask whoever manages users");
	return E_OK;
}

static enum err compare(struct request *q, const struct record *person)
{
	date born = field_day(q, "born", true), joined = field_day(q, "joined", true);
	if (q->c->problems->count)
		return E_OK;
	if (born != record_get(person, PERSON_BIRTH_DATE, DATE_NONE) ||
	    joined != record_get(person, PERSON_JOINED_ON, DATE_NONE))
		problem_in(q, "born", "what you were told is not what the file says; ask again, or look at the papers");
	return E_OK;
}

static enum err one(struct request *q, struct somebody *s)
{
	struct record *person;
	struct list_row row;
	TRY(person_asked(q, &s->person));
	TRY(read_thing(q->c, &person_entity, s->person, AS_OF_NOW, &person));
	TRY(compare(q, person));
	TRY(user_of_person(q->c, s->person, &s->user));
	if (s->user)
		TRY(not_above(q, s->user));
	s->name = kept(q, person->v[PERSON_NAME].t);
	TRY(key_text(q->c, &person_entity, s->person, 0, &s->number));
	if (list_one(q->c, &staff_now_projection, s->person, &row) == E_OK && row.v[column("unit")].set)
		s->unit = row.v[column("unit")].i;
	return E_OK;
}

enum err reset_page_prepare(struct request *q)
{
	struct batch *b = ARENA_NEW(q->arena, struct batch);
	request_keep(q, b);
	enum err e = one(q, &b->list[0]);
	if (e == E_MISSING)
		problem_in(q, "person",
			   "there is no such person within your reach; look the number up and type it again");
	else
		TRY(e);
	b->reason = kept(q, str_trim(request_form(q, "reason")));
	b->checked = STR("born on; joined on");
	if (!b->reason.n)
		problem_in(q, "reason", "no reason is given; say it in a few words");
	if (q->c->problems->count)
		return E_INVALID;
	b->n = 1;
	return words(&b->list[0]);
}

enum err reset_page_write(struct request *q)
{
	struct batch *b = request_kept(q);
	TRY(write_batch(q, b));
	return print(q, b);
}
