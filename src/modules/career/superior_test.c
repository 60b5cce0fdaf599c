/* superior_test.c - who stands above whom: heads, acting heads, vacancies, and the way up; on both databases. */
#include "../../../tests/help/office.h"
#include "../../../tests/help/spot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

int superior_test(void);

static const char units[] = "code,name,parent,kind,valid_from\n"
			    "MOF,Ministry,,ministry,1990-01-01\n"
			    "FLAG,Head flagged,MOF,division,1990-01-01\n"
			    "HIGH,No flag,MOF,division,1990-01-01\n"
			    "CODE,No echelons,MOF,division,1990-01-01\n"
			    "VACANT,No holder,MOF,division,1990-01-01\n"
			    "ACTING,Acting head,MOF,division,1990-01-01\n"
			    "ENDED,Acting head gone,MOF,division,1990-01-01\n"
			    "TWO,Two acting heads,MOF,division,1990-01-01\n"
			    "LEFT,Acting head who acts elsewhere now,MOF,division,1990-01-01\n"
			    "NORANK,Head without a rank,MOF,division,1990-01-01\n"
			    "BELOW,Below one without a head,VACANT,section,1990-01-01\n"
			    "EMPTY,No posts at all,MOF,division,1990-01-01\n"
			    "UNDER,Below one without posts,EMPTY,section,1990-01-01\n"
			    "MOVES,Moves on the day,FLAG,section,1990-01-01\n"
			    "MOVES,Moves on the day,HIGH,section,2008-10-01\n"
			    "STAFF,A post whose unit changes,MOF,section,1990-01-01\n";
static const char posts[] = "code,title,unit,category,echelon,rank_low,rank_high,valid_from,heads_unit\n"
			    "TOP,Minister,MOF,structural,IA,IV/e,IV/e,1990-01-01,true\n"
			    "F-1,Deputy,FLAG,structural,IIA,IV/c,IV/d,1990-01-01,false\n"
			    "F-2,Head,FLAG,structural,IIIA,IV/a,IV/b,1990-01-01,false\n"
			    "F-2,Head,FLAG,structural,IIIA,IV/a,IV/b,2008-07-01,true\n"
			    "F-3,Clerk,FLAG,general,,,,1990-01-01,\n"
			    "H-1,Deputy,HIGH,structural,IIIB,III/d,IV/a,1990-01-01,\n"
			    "H-2,Head,HIGH,structural,IIIA,IV/a,IV/b,1990-01-01,\n"
			    "H-3,Clerk,HIGH,general,,,,1990-01-01,\n"
			    "C-2,Clerk,CODE,general,,,,1990-01-01,\n"
			    "C-1,Senior clerk,CODE,general,,,,1990-01-01,\n"
			    "V-1,Head,VACANT,structural,IIIA,IV/a,IV/b,1990-01-01,\n"
			    "V-2,Clerk,VACANT,general,,,,1990-01-01,\n"
			    "A-1,Head,ACTING,structural,IIIA,IV/a,IV/b,1990-01-01,\n"
			    "A-2,Clerk,ACTING,general,,,,1990-01-01,\n"
			    "A-3,Clerk,ACTING,general,,,,1990-01-01,\n"
			    "E-1,Head,ENDED,structural,IIIA,IV/a,IV/b,1990-01-01,\n"
			    "E-2,Clerk,ENDED,general,,,,1990-01-01,\n"
			    "T-1,Head,TWO,structural,IIIA,IV/a,IV/b,1990-01-01,\n"
			    "T-2,Clerk,TWO,general,,,,1990-01-01,\n"
			    "L-1,Head,LEFT,structural,IIIA,IV/a,IV/b,1990-01-01,\n"
			    "L-2,Clerk,LEFT,general,,,,1990-01-01,\n"
			    "N-1,Head,NORANK,structural,IIIA,IV/a,IV/b,1990-01-01,\n"
			    "N-2,Clerk,NORANK,general,,,,1990-01-01,\n"
			    "B-1,Clerk,BELOW,general,,,,1990-01-01,\n"
			    "U-1,Clerk,UNDER,general,,,,1990-01-01,\n"
			    "M-1,Clerk,MOVES,general,,,,1990-01-01,\n"
			    "S-1,Clerk,FLAG,general,,,,1990-01-01,\n"
			    "S-1,Clerk,HIGH,general,,,,2008-10-01,\n";
/* Whose post is whose: the number is that of the post, in small letters. */
static const char held[] =
	"top TOP,f1 F-1,f2 F-2,f3 F-3,h1 H-1,h2 H-2,h3 H-3,c2 C-2,c1 C-1,v2 V-2,a2 A-2,a3 A-3,e2 E-2,"
	"t2 T-2,l2 L-2,n1 N-1,n2 N-2,b1 B-1,u1 U-1,m1 M-1,s1 S-1,none -,";

static void take_people(struct ctx *c)
{
	struct buf people CLEANUP(buf_release) = BUF_INIT, holds CLEANUP(buf_release) = BUF_INIT;
	char number[8], post[8];
	int used;
	buf_text(&people, "staff_number,name,sex,birth_date,education,joined_on,category\n");
	buf_text(&holds, "staff_number,post,valid_from,decree,until,acting\n");
	for (const char *at = held; sscanf(at, "%7s %7[^,],%n", number, post, &used) == 2; at += used) {
		buf_printf(&people, "%s,Person %s,M,1960-01-01,master,1990-01-01,general\n", number, number);
		if (*post != '-')
			buf_printf(&holds, "%s,%s,2000-01-01,D,,\n", number, post);
	}
	buf_text(&holds, "a2,A-1,2006-01-01,D,,true\n"           /* acts over the own unit */
			 "h3,E-1,2006-01-01,D,2008-09-30,true\n" /* until the eve */
			 "h1,T-1,2006-01-01,D,2008-10-01,true\n" /* until the day */
			 "a3,T-1,2006-01-01,D,,true\n"           /* beside h1, whose number is higher */
			 "f3,L-1,2006-01-01,D,,true\n"
			 "f3,V-1,2008-10-02,D,,true\n"); /* acts elsewhere from the morrow */
	office_take(c, "unit", units);
	office_take(c, "post", posts);
	office_take(c, "person", buf_str(&people));
	office_take(c, "post_history", buf_str(&holds));
	office_take(c, "rank_history",
		    "staff_number,rank,valid_from,decree\n"
		    "top,IV/e,2000-01-01,D\nf1,IV/c,2000-01-01,D\nf2,IV/a,2000-01-01,D\nh2,IV/b,2000-01-01,D\n"
		    "h1,III/d,2000-01-01,D\nc1,III/b,2000-01-01,D\na2,III/c,2000-01-01,D\nf3,II/a,2000-01-01,D\n");
}

/* proves: MP-94 */
static void on_the_day(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	take_people(c);
	office_columns_are(c, date_of(2008, 10, 1), NULL,
			   "staff_number,superior,superior_rank\n"
			   "top,-,-\n"
			   "f1,f2,IV/a\n" /* the flag counts, not the echelon */
			   "f2,top,IV/e\n"
			   "f3,f2,IV/a\n"
			   "h1,h2,IV/b\n"
			   "h2,top,IV/e\n"
			   "h3,h2,IV/b\n"
			   "c2,c1,III/b\n"
			   "c1,top,IV/e\n"
			   "v2,top,IV/e\n"
			   "a2,top,IV/e\n"
			   "a3,a2,III/c\n"
			   "e2,top,IV/e\n"
			   "t2,a3,-\n"
			   "l2,f3,II/a\n"
			   "n1,top,IV/e\n"
			   "n2,n1,-\n"
			   "b1,top,IV/e\n"
			   "u1,top,IV/e\n"
			   "m1,h2,IV/b\n"
			   "s1,h2,IV/b\n"
			   "none,-,-\n");
}

/* Before the flag, before the units moved, and with an acting head whose last day had not come. */
static void in_june(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	take_people(c);
	office_columns_are(c, date_of(2008, 6, 30), NULL,
			   "staff_number,superior\n"
			   "top,-\nf1,top\nf2,f1\nf3,f1\nh1,h2\nh2,top\nh3,h2\nc2,c1\nc1,top\nv2,top\na2,top\n"
			   "a3,a2\ne2,h3\nt2,a3\nl2,f3\nn1,top\nn2,n1\nb1,top\nu1,top\nm1,f1\ns1,f1\nnone,-\n");
	office_columns_are(c, date_of(2008, 9, 30), NULL,
			   "staff_number,superior\n"
			   "top,-\nf1,f2\nf2,top\nf3,f2\nh1,h2\nh2,top\nh3,h2\nc2,c1\nc1,top\nv2,top\na2,top\n"
			   "a3,a2\ne2,h3\nt2,a3\nl2,f3\nn1,top\nn2,n1\nb1,top\nu1,top\nm1,f2\ns1,f2\nnone,-\n");
}

/* The day after: one acting head has ended, another acts elsewhere, also for the unit below. */
static void on_the_morrow(void **state)
{
	struct ctx *c CLEANUP(office_close) = office_open(*state);
	take_people(c);
	office_columns_are(c, date_of(2008, 10, 2), NULL,
			   "staff_number,superior\n"
			   "top,-\nf1,f2\nf2,top\nf3,f2\nh1,h2\nh2,top\nh3,h2\nc2,c1\nc1,top\nv2,f3\na2,top\n"
			   "a3,a2\ne2,top\nt2,a3\nl2,top\nn1,top\nn2,n1\nb1,f3\nu1,top\nm1,h2\ns1,h2\nnone,-\n");
}

int superior_test(void)
{
	static const struct spot_case cases[] = { SPOT_CASE(on_the_day), SPOT_CASE(in_june), SPOT_CASE(on_the_morrow) };
	return spot_run("career: superior", cases, COUNT(cases));
}
