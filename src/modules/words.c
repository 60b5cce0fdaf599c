/* words.c - words and abbreviations of the civil service that a newcomer meets on pages and papers. */
#include "modules/site.h"

/* clang-format off */
const struct word site_words[] = {
	{ "BAPERJAKAT", N_("The committee that weighs ranks and posts: Badan Pertimbangan Jabatan dan Kepangkatan.") },
	{ "BKN",        N_("The national civil-service agency: Badan Kepegawaian Negara. It answers whether a rise meets the rules.") },
	{ "BTL",        N_("Not complete: a proposal came back because a paper is missing. It may be mended within the period.") },
	{ "CPNS",       N_("A candidate on probation, before the appointment as civil servant.") },
	{ "DP3",        N_("The yearly rating of a civil servant, in eight components. It is confidential.") },
	{ "Diklatpim",  N_("The leadership courses that go with the echelons.") },
	{ "DUK",        N_("The seniority list: Daftar Urut Kepangkatan.") },
	{ "LAN",        N_("The state institute of administration: Lembaga Administrasi Negara. It sets the courses.") },
	{ "NIP",        N_("The staff number. Since 2008 it has eighteen figures; every older number still finds its person.") },
	{ "Plh., Plt.", N_("Acting for some days, or until a holder is appointed.") },
	{ "PNS",        N_("A civil servant: Pegawai Negeri Sipil.") },
	{ "TMS",        N_("The rules are not met yet: the proposal waits for the next period.") },
	{ "TMT",        N_("In effect from: Terhitung Mulai Tanggal. Time in rank and post is counted from this day.") },
	{ N_("Increment"),       N_("A step of pay for two years of service in the same rank.") },
	{ N_("Grade service"),   N_("The years that count for pay. They are not the years since joining: some are lost on passing to another group of ranks.") },
	{ N_("Seniority"),       N_("The order by rank, time in rank, echelon, time in post, service, course, education and age.") },
	{ N_("Duty"),            N_("A role over a unit with all below it, or over the whole service: what somebody may do, and where.") },
	{ N_("Deputy"),          N_("Who does somebody's duties for a time. What a deputy writes names both.") },
	{ .word = NULL },
};
/* clang-format on */
