/* tour_page.c - the first five steps, in the order in which an office gets most out of them. */
#include "modules/duty/duty_page.h"

struct step {
	right_t needs;
	const char *title, *words, *button, *path;
};

/* clang-format off */
/* Those whose right the reader lacks, or whose page does not exist, are left out; at most five are shown: so what few
 * may do stands before what many may. */
static const struct step steps[] = {
	{ MAY_AUDIT, N_("Check a decision"), N_("Draw a sample, follow each decision to its papers, and verify that nothing was changed."),
	  N_("Proof"), "/proof" },
	{ MAY_AUDIT, N_("Who read what"), N_("Every look into the confidential part of a file is written down before it is shown."),
	  N_("Readings"), "/duty/reads" },
	{ MAY_FIGURES, N_("A clean list"), N_("See how many facts are proved by paper and what is missing, unit by unit. Mend the worst first."),
	  N_("Data health"), "/health" },
	{ MAY_PEOPLE, N_("Find a person"), N_("Type a name, or any number the person ever had. One page tells what we believe and since when."),
	  N_("People"), "/people" },
	{ MAY_PEOPLE, N_("The seniority list"), N_("The order of ranks, time in rank and age, as it stands on the day you choose. Print it and hang it up."),
	  N_("Seniority list"), "/seniority" },
	{ MAY_PEOPLE, N_("Who is due for what"), N_("Increments, ranks and retirements of the next twelve months, with the letters that go with them."),
	  N_("Due list"), "/due" },
	{ MAY_ROUND, N_("The rank round of the next period"), N_("Who meets all, whose papers are missing, who is not there yet and from when: each with the article."),
	  N_("Rounds"), "/rounds" },
	{ MAY_USERS, N_("Let people in"), N_("Make users, and say what each may do and over which unit."),
	  N_("Users"), "/duty" },
	{ MAY_RESET, N_("Letters for people without mail"), N_("Print a letter with a word for one use for everybody of a unit."),
	  N_("Sign-in letters"), "/duty/letters" },
	{ MAY_OWN, N_("Your own file"), N_("What the service believes of you, proved or not. What is wrong your personnel office mends with its paper."),
	  N_("My file"), "/mine" },
	{ MAY_ANYBODY, N_("The rules"), N_("What the law asks, article by article, and what is only assumed."),
	  N_("Rules"), "/rules" },
	{ MAY_ANYBODY, N_("Your settings"), N_("Your language, your password, and who does your work while you are away."),
	  N_("Settings"), "/settings" },
	{ MAY_ANYBODY, N_("Words and help"), N_("Each page says what it is for, with an example. The words are explained too."),
	  N_("Help"), "/help" },
};
#define SHOWN 5
/* clang-format on */

static size_t shown(const struct request *q, const struct step *ret[static SHOWN])
{
	size_t n = 0;
	for (size_t i = 0; i < COUNT(steps) && n < SHOWN; i++)
		if (who_may(q->who, steps[i].needs) && site_page(q->site, str_of(steps[i].path)))
			ret[n++] = &steps[i];
	return n;
}

static void step_words(struct request *q, const struct step *s)
{
	struct html *h = &q->html;
	HTML(h, "<strong>");
	html_say(h, s->title);
	HTML(h, "</strong><p>");
	html_say(h, s->words);
	HTML(h, "</p><p>");
	link_say(q, s->button, s->path);
	HTML(h, "</p>");
}

/* brief: only the step that is next has its words; beside the work they must not stand in its way. */
static enum err draw_steps(struct request *q, bool brief)
{
	const struct step *list[SHOWN];
	struct record *settings;
	struct html *h = &q->html;
	size_t n = shown(q, list);
	TRY(settings_of(q->c, q->who->actor.user, &settings));
	int64_t done = record_get(settings, SETTING_TOUR, 0);
	HTML(h, "<ol class=\"tour\">");
	for (size_t i = 0; i < n; i++) {
		if ((int64_t)i < done)
			HTML(h, "<li class=\"done\">");
		else if ((int64_t)i == done)
			HTML(h, "<li class=\"now\" aria-current=\"step\">");
		else
			HTML(h, "<li>");
		if (brief && (int64_t)i != done)
			link_say(q, list[i]->title, list[i]->path);
		else
			step_words(q, list[i]);
		HTML(h, "</li>");
	}
	HTML(h, "</ol>");
	return E_OK;
}

static void buttons(struct request *q)
{
	form_begin(q, &(struct form){ .quiet = true }, "/tour");
	HTML(&q->html, "<p class=\"actions\">");
	form_button(q, N_("The next step"), "do", "next", false);
	form_button(q, N_("Put the first steps away"), "do", "away", true);
	HTML(&q->html, "</p>");
	form_end(q, NULL);
}

enum err tour_page_draw(struct request *q)
{
	frame_begin(q, &(struct frame){ 0 });
	TRY(draw_steps(q, false));
	buttons(q);
	sheet_end(q);
	frame_end(q);
	return E_OK;
}

enum err tour_panel_draw(struct request *q, int64_t id)
{
	(void)id;
	if (!q->who->tour)
		return E_OK;
	TRY(draw_steps(q, true));
	buttons(q);
	return E_OK;
}

static enum err session_tour(struct request *q, bool tour)
{
	struct record *s;
	if (!q->who->session)
		return E_OK;
	TRY(plain_read(q->c, &user_session_entity, q->who->session, &s));
	record_int(s, SESSION_TOUR, tour);
	return plain_save(q->c, s);
}

enum err tour_page_write(struct request *q)
{
	const struct step *list[SHOWN];
	struct record *settings;
	int64_t n = (int64_t)shown(q, list);
	TRY(settings_of(q->c, q->who->actor.user, &settings));
	int64_t done = record_get(settings, SETTING_TOUR, 0);
	const char *next = done < n ? list[done]->path : "/";
	bool away = str_is(request_form(q, "do"), "away");
	done = away || done + 1 >= n ? TOUR_DONE : done + 1;
	record_int(settings, SETTING_TOUR, done);
	TRY(plain_save(q->c, settings));
	TRY(session_tour(q, done < TOUR_DONE));
	request_see_again(q, str_of(away ? "/" : next));
	return E_OK;
}
