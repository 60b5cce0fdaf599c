/* demo_papers.c - what came for the fixed people after the first load, paper by paper through the door for changes. */
#include "base/csv.h"
#include "command/demo.h"
#include "entity/change.h"
#include "entity/read.h"

/* clang-format off */
#define PERSON   "staff_number,valid_from,name,sex,birth_date,education,joined_on,category\n"
#define NUMBER   "staff_number,valid_from,number\n"
#define RANK     "staff_number,valid_from,rank,decree,decree_date,signed_by,grade_years,grade_months,proof\n"
#define HELD     "staff_number,valid_from,post,decree,decree_date,acting,proof\n"
#define EXAM     "staff_number,taken_on,exam,passed,proof\n"
#define PAPER    "staff_number,filed_on,kind,number,dated,signed_by,pages,seen_by,seen_on\n"
#define CITATION "staff_number,cited_on,document,fact,fact_day\n"

static const char documents[] =
	PAPER
	"060000102,2008-01-04,rank-decree,KEP-2044/UP.3/2004,2004-08-30,Personnel Bureau,2,Ratna Kusumawardani,2008-01-04\n"
	"060000108,2008-01-04,course-certificate,DIKLATPIM-4/2006/117,2006-11-17,Head of the Training Agency,1,Ratna Kusumawardani,2008-01-04\n"
	"060000109,2008-01-04,oath-record,BA-70/UP.11/2007,2007-09-20,Hendra Simatupang,1,Ratna Kusumawardani,2008-01-04\n"
	"060000112,2008-01-04,sanction-decree,KEP-33/UP.9/2007,2007-10-01,Secretary General,3,Hendra Simatupang,2008-01-04\n"
	"060000113,2008-01-04,sanction-decree,KEP-34/UP.9/2007,2007-10-02,Secretary General,3,Hendra Simatupang,2008-01-04\n"
	"060000114,2008-01-04,sanction-decree,KEP-31/UP.9/2007,2007-09-28,Secretary General,4,Hendra Simatupang,2008-01-04\n"
	"060000118,2008-01-04,status-decree,KEP-52/UP.6/2005,2005-03-14,Personnel Bureau,1,Ratna Kusumawardani,2008-01-04\n"
	"060000124,2008-01-04,status-decree,KEP-4/UP.6/2006,2006-01-05,Secretary General,2,Ratna Kusumawardani,2008-01-04\n";

static const char citations[] =
	CITATION
	"060000102,2008-01-04,KEP-2044/UP.3/2004,rank_history,2004-10-02\n"
	"060000108,2008-01-04,DIKLATPIM-4/2006/117,course_result,2006-11-17\n"
	"060000109,2008-01-04,BA-70/UP.11/2007,post_history,2007-09-20\n"
	"060000112,2008-01-04,KEP-33/UP.9/2007,sanction,2007-10-01\n"
	"060000113,2008-01-04,KEP-34/UP.9/2007,sanction,2007-10-02\n"
	"060000114,2008-01-04,KEP-31/UP.9/2007,sanction,2007-09-28\n"
	"060000114,2008-01-04,KEP-31/UP.9/2007,rank_history,2007-10-01\n"
	"060000118,2008-01-04,KEP-52/UP.6/2005,status_history,2005-04-01\n"
	"060000124,2008-01-04,KEP-4/UP.6/2006,status_history,2006-01-09\n";

/* An acting appointment, a diploma, and in September a decree that looks back two years and a court's ruling on a day of
 * birth. The days are those of the entries, as 20080310. */
const struct demo_papers demo_late_papers[] = {
	{ 20080201, "document",      documents, NULL },
	{ 20080201, "citation",      citations, NULL },
	{ 20080310, "post_history",  HELD
	  "060000126,2008-03-01,PERS-1A2.00,KEP-18/UP.11/2008,2008-02-25,true,confirmed\n", NULL },
	{ 20080707, "person",        PERSON
	  "060000106,2008-02-20,Wahyu Hidayat,M,1960-02-25,bachelor,1979-10-01,general\n", NULL },
	{ 20080707, "exam_result",   EXAM
	  "060000106,2008-06-18,diploma-adjustment,true,confirmed\n", NULL },
	{ 20080707, "document",      PAPER
	  "060000106,2008-07-03,diploma,S1-0917/UT/2008,2008-02-20,Rector of the Open University,1,Ratna Kusumawardani,2008-07-03\n", NULL },
	{ 20080707, "citation",      CITATION
	  "060000106,2008-07-03,S1-0917/UT/2008,person,2008-02-20\n", NULL },
	{ 20080905, "rank_history",  RANK
	  "060000115,2006-10-01,II/c,KEP-1102/UP.3/2008,2008-06-12,Personnel Bureau,12,0,proved\n", NULL },
	{ 20080905, "document",      PAPER
	  "060000115,2008-09-05,rank-decree,KEP-1102/UP.3/2008,2008-06-12,Personnel Bureau,2,Ratna Kusumawardani,2008-09-05\n", NULL },
	{ 20080905, "citation",      CITATION
	  "060000115,2008-09-05,KEP-1102/UP.3/2008,rank_history,2006-10-01\n", NULL },
	{ 20080908, "person",        PERSON
	  "060000117,1978-04-01,Ketut Sudarma,M,1955-06-12,diploma-3,1978-04-01,general\n",
	  "The District Court of Denpasar ruled that the day of birth is 12 June 1955" },
	{ 20080908, "person_number", NUMBER
	  "060000117,2008-09-08,060000217\n", NULL },
	{ 20080915, "document",      PAPER
	  "060000217,2008-09-08,court-ruling,27/Pdt.P/2008/PN.Dps,2008-08-21,District Court of Denpasar,4,Ratna Kusumawardani,2008-09-08\n", NULL },
	{ 20080915, "citation",      CITATION
	  "060000217,2008-09-08,27/Pdt.P/2008/PN.Dps,person,1978-04-01\n", NULL },
	{ 0 },
};
/* clang-format on */

static enum err read_day(struct ctx *c, const char *head, struct str text, date *ret)
{
	struct field f = { .name = head, .label = head, .type = T_DATE };
	struct value v;
	if (!value_parse(c, &f, text, DATE_NONE, &v, c->problems, NULL, 0))
		return E_INVALID;
	*ret = (date)v.i;
	return E_OK;
}

/* The first cell is the key, the second the day, the others are fields. */
static enum err read_row(struct ctx *c, const struct csv *csv, const struct str *cells, struct record *r)
{
	const struct entity *e = r->entity;
	TRY(key_find(c, e->owner ? e->owner : e, cells[0], e->owner ? &r->owner : &r->id));
	TRY(read_day(c, entity_day_column(e), cells[1], &r->valid_from));
	for (size_t i = 2; i < csv_columns(csv); i++) {
		struct str head = csv_head(csv, i);
		int field = entity_field(e, arena_text(c->arena, head.p, head.n));
		if (field < 0)
			bug("%s has no %.*s", e->name, (int)head.n, head.p);
		if (cells[i].n &&
		    !value_parse(c, &e->fields[field], cells[i], r->valid_from, &r->v[field], c->problems, NULL, 0))
			return E_INVALID;
	}
	return E_OK;
}

static enum err enter_rows(struct ctx *c, const struct demo_papers *p)
{
	struct csv *csv CLEANUP(csv_free_p) = NULL;
	const struct entity *e = registry_entity(c->registry, p->entity);
	if (!e)
		bug("a paper tells of %s, which is no record", p->entity);
	TRY(csv_read("a paper of the demo", str_of(p->rows), c->problems, &csv));
	struct str *cells = ARENA_ARRAY(c->arena, struct str, csv_columns(csv));
	for (size_t row = 0; row < csv_rows(csv); row++) {
		struct record *r = record_new(c->arena, e);
		csv_row(csv, row, cells);
		TRY(read_row(c, csv, cells, r));
		if (p->reason)
			TRY(change_correct(c, r, str_of(p->reason)));
		else
			TRY(change_save(c, r));
	}
	return E_OK;
}

enum err demo_enter_papers(struct ctx *c, const struct demo_papers *first)
{
	struct txn t CLEANUP(txn_end) = { 0 };
	int64_t position;
	TRY(ctx_write(c, &t));
	TRY(change_begin(c, "papers.enter", 0));
	for (const struct demo_papers *p = first; p->entity && p->day == first->day; p++)
		TRY(enter_rows(c, p));
	TRY(change_end(c, &position));
	return txn_commit(&t);
}
