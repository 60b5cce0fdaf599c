/* demo_jobs.c - what the jobs of the demo's heads are, and what they ask. */
#include "command/demo.h"

/* clang-format off */
static const char competencies[] =
	"leading,2004-01-01,Leading people,behaviour,organisation,5\n"
	"planning,2004-01-01,Planning and organising,skill,organisation,5\n"
	"integrity,2004-01-01,Integrity,attitude,organisation,5\n"
	"deciding,2004-01-01,Deciding,skill,organisation,5\n"
	"treasury-law,2004-01-01,Law of the state treasury,knowledge,job,4\n"
	"writing-decrees,2004-01-01,Drafting of decrees,skill,job,4\n";

static const char job_classes[] =
	"head-of-section,2004-01-01,Head of section,Secretary General\n"
	"head-of-division,2004-01-01,Head of division,Secretary General\n"
	"director,2004-01-01,Director,Secretary General\n";

static const char asked[] =
	"head-of-section,2004-01-01,leading,2\n"
	"head-of-section,2004-01-01,writing-decrees,3\n"
	"head-of-section,2004-01-01,integrity,3\n"
	"head-of-division,2004-01-01,leading,3\n"
	"head-of-division,2004-01-01,planning,3\n"
	"head-of-division,2004-01-01,treasury-law,3\n"
	"director,2004-01-01,leading,4\n"
	"director,2004-01-01,planning,4\n"
	"director,2004-01-01,deciding,4\n"
	"director,2004-01-01,integrity,5\n";

static const char elements[] =
	"head-of-section,2004-01-01,title,Head of section\n"
	"head-of-section,2004-01-01,level,Echelon IV.a\n"
	"head-of-section,2004-01-01,competences,\"Leading people, drafting of decrees, integrity\"\n"
	"head-of-section,2004-01-01,unit,A section of a division\n"
	"head-of-section,2004-01-01,reports-to,The head of the division\n"
	"head-of-section,2004-01-01,responsibilities,The section's files are complete and its decrees leave in time\n"
	"head-of-section,2004-01-01,authority,Signs internal letters of the section\n"
	"head-of-section,2004-01-01,outputs,Drafted decrees and a monthly report\n"
	"head-of-section,2004-01-01,activities,\"Deals out the work, checks drafts, rates the staff each year\"\n"
	"head-of-section,2004-01-01,conditions,None\n"
	"head-of-division,2004-01-01,title,Head of division\n"
	"head-of-division,2004-01-01,level,Echelon III.a or III.b\n"
	"head-of-division,2004-01-01,competences,\"Leading people, planning, law of the state treasury\"\n"
	"head-of-division,2004-01-01,unit,A division of a directorate\n"
	"head-of-division,2004-01-01,reports-to,The director\n"
	"head-of-division,2004-01-01,responsibilities,The division's plan of the year is kept\n"
	"head-of-division,2004-01-01,authority,Signs letters to other divisions and proposes decrees\n"
	"head-of-division,2004-01-01,outputs,Plan and report of the year\n"
	"head-of-division,2004-01-01,activities,\"Plans, leads the heads of section, answers for the division's figures\"\n"
	"head-of-division,2004-01-01,conditions,May be moved within the ministry after two years\n"
	"director,2004-01-01,title,Director\n"
	"director,2004-01-01,level,Echelon II.a or II.b\n"
	"director,2004-01-01,competences,\"Leading people, planning, deciding, integrity\"\n"
	"director,2004-01-01,unit,A directorate of a directorate general\n"
	"director,2004-01-01,reports-to,The director general\n"
	"director,2004-01-01,responsibilities,What the directorate decides is lawful and in time\n"
	"director,2004-01-01,authority,Decides in the name of the director general where so empowered\n"
	"director,2004-01-01,outputs,Decisions and the directorate's accounts\n"
	"director,2004-01-01,activities,\"Decides, leads the divisions, answers to the director general\"\n"
	"director,2004-01-01,conditions,Declares own wealth each year\n";
/* clang-format on */

void demo_competencies_csv(const struct demo *d, struct window w, struct demo_out *out)
{
	(void)d, (void)w;
	buf_text(&out->rows, competencies);
}

void demo_job_classes_csv(const struct demo *d, struct window w, struct demo_out *out)
{
	(void)d, (void)w;
	buf_text(&out->rows, job_classes);
}

void demo_asked_csv(const struct demo *d, struct window w, struct demo_out *out)
{
	(void)d, (void)w;
	buf_text(&out->rows, asked);
}

void demo_elements_csv(const struct demo *d, struct window w, struct demo_out *out)
{
	(void)d, (void)w;
	buf_text(&out->rows, elements);
}
