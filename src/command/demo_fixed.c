/* demo_fixed.c - the people who are in every demo, each there to show one case; docs/guide/demo-people.md tells which.
 *
 * They sit together in the directorate PERS, below the first directorate general, and are written down rather than
 * drawn. Numbers end in that of the case; 100 and 150 are their superiors.
 */
#include "command/demo.h"

#include "base/number.h"

const int demo_fixed[CATEGORIES] = { 4, 1, 20 };

/* clang-format off */
static const char units[] =
	"PERS,Directorate of Personnel Records,MOF-01,directorate,1990-01-01\n"
	"PERS-1,Division of Ranks and Retirement,PERS,division,1990-01-01\n"
	"PERS-1A,Section of Ranks,PERS-1,section,1990-01-01\n"
	"PERS-1A1,Office of Decrees,PERS-1A,office,1990-01-01\n"
	"PERS-1A2,Office of Files,PERS-1A,office,1990-01-01\n";

static const char posts[] =
	"PERS.00,Director,PERS,structural,IIA,IV/c,IV/d,1990-01-01,true\n"
	"PERS-1.00,Head of division,PERS-1,structural,IIIA,IV/a,IV/b,1990-01-01,true\n"
	"PERS-1A.00,Head of section,PERS-1A,structural,IVA,III/c,III/d,1990-01-01,true\n"
	"PERS-1A1.00,Head of office,PERS-1A1,structural,IVB,III/b,III/c,1990-01-01,true\n"
	"PERS-1A2.00,Head of office,PERS-1A2,structural,IVB,III/b,III/c,1990-01-01,true\n"
	"PERS-1A.01,Analyst,PERS-1A,general,,,,1990-01-01,\n"
	"PERS-1A.02,Analyst,PERS-1A,general,,,,1990-01-01,\n"
	"PERS-1A.03,Analyst,PERS-1A,general,,,,1990-01-01,\n"
	"PERS-1A.04,Analyst,PERS-1A,general,,,,1990-01-01,\n"
	"PERS-1A.05,Registry clerk,PERS-1A,general,,,,1990-01-01,\n"
	"PERS-1A.06,Registry clerk,PERS-1A,general,,,,1990-01-01,\n"
	"PERS-1A.07,Drafter,PERS-1A,general,,,,1990-01-01,\n"
	"PERS-1A.08,Drafter,PERS-1A,general,,,,1990-01-01,\n"
	"PERS-1A.10,Analyst,PERS-1A,general,,,,1990-01-01,\n"
	"PERS-1A.11,Archivist,PERS-1A,functional,,,,1990-01-01,\n"
	"PERS-1A.14,Verifier,PERS-1A,general,,,,1990-01-01,\n"
	"PERS-1A.15,Registry clerk,PERS-1A,general,,,,1990-01-01,\n"
	"PERS-1A.16,Bookkeeper,PERS-1A,general,,,,1990-01-01,\n"
	"PERS-1A.17,Verifier,PERS-1A,general,,,,1990-01-01,\n"
	"PERS-1A.18,Data processor,PERS-1A,general,,,,1990-01-01,\n"
	"PERS-1A.19,Data processor,PERS-1A,general,,,,1990-01-01,\n"
	"PERS-1A.21,Bookkeeper,PERS-1A,general,,,,1990-01-01,\n"
	"PERS-1A.24,Verifier,PERS-1A,general,,,,1990-01-01,\n"
	"PERS-1A2.12,Drafter,PERS-1A2,general,,,,1990-01-01,\n"
	"PERS-1A2.13,Drafter,PERS-1A2,general,,,,1990-01-01,\n"
	"PERS-1A2.26,Analyst,PERS-1A2,general,,,,1990-01-01,\n";

static const char people[] =
	"060000100,Hendra Simatupang,M,1957-05-14,master,1983-04-01,structural,\n"
	"060000150,Ratna Kusumawardani,F,1964-08-09,master,1990-04-01,structural,\n"
	"060000101,Dewi Anggraini Lestari,F,1975-03-21,bachelor,2000-04-01,general,\n"
	"060000102,Bambang Wiyono,M,1976-11-02,bachelor,2000-10-02,general,\n"
	"060000103,Siti Rohmah,F,1974-01-30,bachelor,2000-04-01,general,\n"
	"060000104,Teguh Prakoso,M,1973-07-17,bachelor,1999-10-01,general,\n"
	"060000105,Sumarni,F,1959-12-05,senior-high,1979-04-01,general,\n"
	"060000106,Wahyu Hidayat,M,1960-02-25,senior-high,1979-10-01,general,\n"
	"060000107,Yohanes Kelen,M,1968-06-14,senior-high,1989-04-01,general,\n"
	"060000108,Nurul Aini,F,1969-09-03,senior-high,1989-04-01,general,\n"
	"060000109,Rudi Gultom,M,1977-04-19,bachelor,2000-04-01,structural,\n"
	"060000110,Maria Goretti Tukan,F,1967-10-08,master,1992-04-01,general,\n"
	"060000111,Agustinus Mote,M,1971-08-28,bachelor,1997-04-01,functional,\n"
	"060000112,Joko Triyono,M,1978-05-11,bachelor,2004-04-01,general,\n"
	"060000113,Eko Purwanto,M,1978-12-24,bachelor,2004-04-01,general,\n"
	"060000114,Rahmat Siregar,M,1972-02-02,bachelor,1999-10-01,general,\n"
	"060000115,Endang Sulistyowati,F,1970-07-07,senior-high,1994-10-01,general,\n"
	"060000116,Muhammad Yusuf Harahap,M,1966-03-15,senior-high,1987-04-01,general,\n"
	"060000216,M. Yusuf Harahap,M,1966-03-15,senior-high,1987-04-01,general,\n"
	"060000117,Ketut Sudarma,M,1953-06-12,diploma-3,1978-04-01,general,\n"
	"060000118,Fitri Handayani,F,1973-11-16,bachelor,1999-10-01,general,\n"
	"060000119,Viktor Latuheru,M,1969-05-26,diploma-3,1993-04-01,general,\n"
	"060000123,Soedarto,M,1952-10-20,master,1978-04-01,structural,\n"
	"060000124,Zulkifli,M,1971-01-09,bachelor,1996-04-01,general,\n"
	"060000126,Yuliana Rumbiak,F,1970-04-04,bachelor,1996-10-01,general,\n";

static const char ranks[] =
	"060000100,III/a,1983-04-01,KEP-118/UP.3/1983,1983-02-24,Personnel Bureau,0,0,confirmed\n"
	"060000100,III/d,2001-10-01,KEP-2210/UP.3/2001,2001-08-13,Personnel Bureau,18,6,confirmed\n"
	"060000100,IV/a,2006-04-01,KEP-77/UP.3/2006,2006-02-07,President,23,0,confirmed\n"
	"060000150,III/a,1990-04-01,KEP-501/UP.3/1990,1990-02-16,Personnel Bureau,0,0,confirmed\n"
	"060000150,III/c,2002-04-01,KEP-810/UP.3/2002,2002-02-11,Personnel Bureau,12,0,proved\n"
	"060000150,III/d,2006-10-01,KEP-1904/UP.3/2006,2006-08-21,Personnel Bureau,16,6,confirmed\n"
	"060000101,III/a,2000-04-01,KEP-340/UP.3/2000,2000-02-18,Personnel Bureau,0,0,confirmed\n"
	"060000101,III/b,2004-04-01,KEP-655/UP.3/2004,2004-02-16,Personnel Bureau,4,0,confirmed\n"
	"060000102,III/a,2000-10-02,KEP-1701/UP.3/2000,2000-09-04,Personnel Bureau,0,0,proved\n"
	"060000102,III/b,2004-10-02,KEP-2044/UP.3/2004,2004-08-30,Personnel Bureau,4,0,proved\n"
	"060000103,III/a,2000-04-01,KEP-341/UP.3/2000,2000-02-18,Personnel Bureau,0,0,confirmed\n"
	"060000103,III/b,2004-04-01,KEP-656/UP.3/2004,2004-02-16,Personnel Bureau,4,0,confirmed\n"
	"060000104,III/a,1999-10-01,KEP-1290/UP.3/1999,1999-08-19,Personnel Bureau,0,0,confirmed\n"
	"060000104,III/b,2004-04-01,KEP-657/UP.3/2004,2004-02-16,Personnel Bureau,4,6,confirmed\n"
	"060000105,II/a,1979-04-01,KEP-88/UP.3/1979,1979-02-26,Personnel Bureau,0,0,proved\n"
	"060000105,III/a,1999-10-01,KEP-1302/UP.3/1999,1999-08-20,Personnel Bureau,15,6,confirmed\n"
	"060000105,III/b,2003-10-01,KEP-1877/UP.3/2003,2003-08-15,Personnel Bureau,19,6,confirmed\n"
	"060000106,II/a,1979-10-01,KEP-402/UP.3/1979,1979-08-27,Personnel Bureau,0,0,proved\n"
	"060000106,III/a,1999-10-01,KEP-1303/UP.3/1999,1999-08-20,Personnel Bureau,15,0,confirmed\n"
	"060000106,III/b,2003-10-01,KEP-1878/UP.3/2003,2003-08-15,Personnel Bureau,19,0,confirmed\n"
	"060000107,II/a,1989-04-01,KEP-215/UP.3/1989,1989-02-13,Personnel Bureau,0,0,proved\n"
	"060000107,II/d,2004-04-01,KEP-660/UP.3/2004,2004-02-17,Personnel Bureau,15,0,confirmed\n"
	"060000108,II/a,1989-04-01,KEP-216/UP.3/1989,1989-02-13,Personnel Bureau,0,0,proved\n"
	"060000108,II/d,2004-04-01,KEP-661/UP.3/2004,2004-02-17,Personnel Bureau,15,0,confirmed\n"
	"060000109,II/c,2000-04-01,KEP-345/UP.3/2000,2000-02-18,Personnel Bureau,0,0,confirmed\n"
	"060000109,III/a,2006-04-01,KEP-702/UP.3/2006,2006-02-20,Personnel Bureau,1,0,confirmed\n"
	"060000110,III/b,1992-04-01,KEP-266/UP.3/1992,1992-02-14,Personnel Bureau,0,0,confirmed\n"
	"060000110,III/d,2004-04-01,KEP-663/UP.3/2004,2004-02-17,Personnel Bureau,12,0,confirmed\n"
	"060000111,III/a,1997-04-01,KEP-300/UP.3/1997,1997-02-20,Personnel Bureau,0,0,confirmed\n"
	"060000111,III/c,2005-10-01,KEP-1650/UP.3/2005,2005-08-18,Personnel Bureau,8,6,confirmed\n"
	"060000112,III/a,2004-04-01,KEP-590/UP.3/2004,2004-02-12,Personnel Bureau,0,0,confirmed\n";

static const char more_ranks[] =
	"060000113,III/a,2004-04-01,KEP-591/UP.3/2004,2004-02-12,Personnel Bureau,0,0,confirmed\n"
	"060000114,III/a,1999-10-01,KEP-1295/UP.3/1999,1999-08-19,Personnel Bureau,0,0,confirmed\n"
	"060000114,III/b,2003-10-01,KEP-1880/UP.3/2003,2003-08-15,Personnel Bureau,4,0,confirmed\n"
	"060000114,III/a,2007-10-01,KEP-31/UP.9/2007,2007-09-28,Secretary General,8,0,confirmed\n"
	"060000114,III/b,2008-10-01,KEP-31/UP.9/2007,2007-09-28,Secretary General,9,0,confirmed\n"
	"060000115,II/a,1994-10-01,KEP-920/UP.3/1994,1994-08-15,Personnel Bureau,0,0,proved\n"
	"060000115,II/b,2002-10-01,KEP-2101/UP.3/2002,2002-08-19,Personnel Bureau,8,0,confirmed\n"
	"060000116,II/a,1987-04-01,KEP-144/UP.3/1987,1987-02-16,Personnel Bureau,0,0,proved\n"
	"060000116,II/c,2005-04-01,KEP-744/UP.3/2005,2005-02-14,Personnel Bureau,18,0,confirmed\n"
	"060000216,II/a,1987-04-01,KEP-144/UP.3/1987,1987-02-16,Personnel Bureau,0,0,\n"
	"060000216,II/b,2001-04-01,KEP-612/UP.3/2001,2001-02-19,Personnel Bureau,14,0,\n"
	"060000117,II/b,1978-04-01,KEP-61/UP.3/1978,1978-02-20,Personnel Bureau,0,0,proved\n"
	"060000117,III/c,2001-04-01,KEP-615/UP.3/2001,2001-02-19,Personnel Bureau,18,0,confirmed\n"
	"060000118,III/a,1999-10-01,KEP-1296/UP.3/1999,1999-08-19,Personnel Bureau,0,0,confirmed\n"
	"060000118,III/b,2003-10-01,KEP-1881/UP.3/2003,2003-08-15,Personnel Bureau,4,0,confirmed\n"
	"060000119,II/c,1993-04-01,KEP-277/UP.3/1993,1993-02-15,Personnel Bureau,0,0,confirmed\n"
	"060000119,II/d,1997-04-01,KEP-305/UP.3/1997,1997-02-20,Personnel Bureau,4,0,confirmed\n"
	"060000119,III/a,2000-10-01,KEP-1715/UP.3/2000,2000-08-28,Personnel Bureau,2,6,confirmed\n"
	"060000119,III/b,2004-10-01,KEP-2050/UP.3/2004,2004-08-30,Personnel Bureau,6,6,confirmed\n"
	"060000123,III/b,1978-04-01,KEP-58/UP.3/1978,1978-02-20,Personnel Bureau,0,0,confirmed\n"
	"060000123,IV/b,2002-04-01,KEP-12/UP.3/2002,2002-01-28,President,24,0,confirmed\n"
	"060000123,IV/c,2006-04-01,KEP-15/UP.3/2006,2006-01-30,President,28,0,confirmed\n"
	"060000124,III/a,1996-04-01,KEP-288/UP.3/1996,1996-02-19,Personnel Bureau,0,0,confirmed\n"
	"060000124,III/b,2004-04-01,KEP-669/UP.3/2004,2004-02-17,Personnel Bureau,8,0,confirmed\n"
	"060000126,III/a,1996-10-01,KEP-990/UP.3/1996,1996-08-19,Personnel Bureau,0,0,confirmed\n"
	"060000126,III/c,2005-10-01,KEP-1655/UP.3/2005,2005-08-18,Personnel Bureau,9,0,confirmed\n";

static const char posts_held[] =
	"060000100,PERS-1.00,2005-10-01,KEP-41/UP.11/2005,2005-09-19,2005-10-04,,,confirmed\n"
	"060000150,PERS-1A.00,2006-10-01,KEP-63/UP.11/2006,2006-09-18,2006-10-05,,,confirmed\n"
	"060000101,PERS-1A.01,2004-04-01,KEP-20/UP.11/2004,2004-03-15,,,,confirmed\n"
	"060000102,PERS-1A.02,2005-04-01,KEP-22/UP.11/2005,2005-03-14,,,,confirmed\n"
	"060000103,PERS-1A.03,2004-04-01,KEP-20/UP.11/2004,2004-03-15,,,,confirmed\n"
	"060000104,PERS-1A.04,2003-04-01,KEP-17/UP.11/2003,2003-03-17,,,,confirmed\n"
	"060000105,PERS-1A.05,1999-10-01,KEP-38/UP.11/1999,1999-09-13,,,,proved\n"
	"060000106,PERS-1A.06,1999-10-01,KEP-38/UP.11/1999,1999-09-13,,,,proved\n"
	"060000107,PERS-1A.07,2001-04-01,KEP-15/UP.11/2001,2001-03-19,,,,confirmed\n"
	"060000108,PERS-1A.08,2001-04-01,KEP-15/UP.11/2001,2001-03-19,,,,confirmed\n"
	"060000109,PERS-1A1.00,2007-09-20,KEP-70/UP.11/2007,2007-09-10,2007-09-20,,,confirmed\n"
	"060000110,PERS-1A.10,2003-10-01,KEP-35/UP.11/2003,2003-09-15,,,,confirmed\n"
	"060000111,PERS-1A.11,2000-04-01,KEP-12/UP.11/2000,2000-03-13,,,,confirmed\n"
	"060000112,PERS-1A2.12,2004-04-01,KEP-21/UP.11/2004,2004-03-15,,,,confirmed\n"
	"060000113,PERS-1A2.13,2004-04-01,KEP-21/UP.11/2004,2004-03-15,,,,confirmed\n"
	"060000114,PERS-1A.14,2002-04-01,KEP-16/UP.11/2002,2002-03-18,,,,confirmed\n"
	"060000115,PERS-1A.15,1999-04-01,KEP-14/UP.11/1999,1999-03-15,,,,proved\n"
	"060000116,PERS-1A.16,1998-10-01,KEP-31/UP.11/1998,1998-09-14,,,,proved\n"
	"060000216,PERS-1A.21,2001-04-01,KEP-14/UP.11/2001,2001-03-19,,,,\n"
	"060000117,PERS-1A.17,1998-04-01,KEP-10/UP.11/1998,1998-03-16,,,,proved\n"
	"060000118,PERS-1A.18,2003-10-01,KEP-36/UP.11/2003,2003-09-15,,,,confirmed\n"
	"060000119,PERS-1A.19,1995-10-01,KEP-29/UP.11/1995,1995-09-18,,,,proved\n"
	"060000123,PERS.00,2004-10-01,KEP-9/UP.11/2004,2004-09-20,2004-10-06,,,confirmed\n"
	"060000124,PERS-1A.24,2002-10-01,KEP-33/UP.11/2002,2002-09-16,,,,confirmed\n"
	"060000126,PERS-1A2.26,2004-10-01,KEP-44/UP.11/2004,2004-09-20,,,,confirmed\n";

static const char exams[] =
	"060000105,service-1,1999-03-12,true,proved\n"
	"060000106,service-1,1999-03-12,true,proved\n"
	"060000107,service-1,2007-06-20,false,proved\n"
	"060000109,diploma-adjustment,2005-11-10,true,confirmed\n"
	"060000119,service-1,2000-06-14,true,confirmed\n";

static const char courses[] =
	"060000100,spama,2000-11-24,81.5,proved\n"
	"060000108,diklatpim-4,2006-11-17,79.25,confirmed\n"
	"060000123,diklatpim-2,2004-08-27,84,confirmed\n"
	"060000150,diklatpim-4,2005-09-02,83.75,confirmed\n";

static const char sanctions[] =
	"060000112,promotion-delay,2007-10-01,2008-09-30,KEP-33/UP.9/2007,confirmed\n"
	"060000113,promotion-delay,2007-10-02,2008-10-01,KEP-34/UP.9/2007,confirmed\n"
	"060000114,demotion,2007-09-28,2008-09-30,KEP-31/UP.9/2007,confirmed\n";

static const char statuses[] =
	"060000118,active,1999-10-01,KEP-1296/UP.3/1999,confirmed\n"
	"060000118,unpaid-leave,2005-04-01,KEP-52/UP.6/2005,confirmed\n"
	"060000118,active,2007-04-01,KEP-19/UP.6/2007,confirmed\n"
	"060000119,active,1993-04-01,KEP-277/UP.3/1993,proved\n"
	"060000119,loan-out,1995-10-01,KEP-77/UP.6/1995,proved\n"
	"060000124,active,1996-04-01,KEP-288/UP.3/1996,confirmed\n"
	"060000124,missing,2005-02-14,KEP-11/UP.6/2005,confirmed\n"
	"060000124,active,2006-01-09,KEP-4/UP.6/2006,confirmed\n";

const struct demo_papers demo_fixed_facts[] = {
	{ .entity = "unit",           .rows = units },
	{ .entity = "post",           .rows = posts },
	{ .entity = "person",         .rows = people },
	{ .entity = "rank_history",   .rows = ranks },
	{ .entity = "rank_history",   .rows = more_ranks },
	{ .entity = "post_history",   .rows = posts_held },
	{ .entity = "exam_result",    .rows = exams },
	{ .entity = "course_result",  .rows = courses },
	{ .entity = "sanction",       .rows = sanctions },
	{ .entity = "status_history", .rows = statuses },
	{ 0 },
};

/* Of 2006 and 2007: score in hundredths and lowest component; the years before follow from them. */
static const struct rated {
	int number, score_2006, lowest_2006, score_2007, lowest_2007;
} rated[] = {
	{ 100, 8350, 80, 8425, 81 }, { 150, 8225, 79, 8300, 80 }, { 101, 8175, 79, 8350, 80 }, { 102, 8050, 78, 8125, 78 },
	{ 103, 8050, 77, 8000, 75 }, { 104, 9125, 89, 9250, 90 }, { 105, 7975, 77, 7925, 76 }, { 106, 8025, 78, 8075, 78 },
	{ 107, 7900, 76, 7950, 77 }, { 108, 8100, 78, 8150, 79 }, { 109, 8200, 79, 8275, 80 }, { 110, 8325, 81, 8400, 82 },
	{ 111, 8150, 79, 8175, 79 }, { 112, 7875, 76, 7900, 76 }, { 113, 7900, 76, 7925, 77 }, { 114, 7850, 76, 7800, 76 },
	{ 115, 8000, 77, 8025, 78 }, { 116, 7800, 76, 7825, 76 }, { 216, 7800, 76, 0, 0 },     { 117, 7925, 77, 7950, 77 },
	{ 118, 7975, 77, 8050, 78 }, { 119, 8125, 79, 8100, 78 }, { 123, 8500, 82, 8525, 83 }, { 124, 7900, 76, 8000, 77 },
	{ 126, 8075, 78, 8150, 79 },
};
/* clang-format on */

static void rating_row(const struct rated *p, int year, int score, int lowest, struct buf *out)
{
	struct buf cell CLEANUP(buf_release) = BUF_INIT;
	buf_printf(out, "060000%d,DP3,%d,", p->number, year);
	decimal_add(&cell, score, 2);
	buf_text(out, buf_str(&cell));
	const char *assessor = p->number == 123 ? "" : p->number == 100 ? "060000123" : "060000150";
	if (p->number == 150)
		assessor = "060000100";
	buf_printf(out, ",%d,%s,%d-01-21,confirmed\n", lowest, assessor, year + 1);
}

void demo_fixed_ratings_csv(const struct demo *d, struct window w, struct demo_out *out)
{
	(void)d;
	for (size_t i = 0; i < COUNT(rated); i++)
		for (int year = 2003; year <= 2007; year++) {
			const struct rated *p = &rated[i];
			int back = 2006 - year;
			int score = year == 2007 ? p->score_2007 : p->score_2006 - 50 * back;
			int lowest = year == 2007 ? p->lowest_2007 : p->lowest_2006 - back / 2;
			bool served = year > 2004 || (p->number != 112 && p->number != 113);
			if (score > 0 && served && demo_within(w, date_of(year, 12, 31)))
				rating_row(p, year, score, lowest, &out->rows);
		}
}
