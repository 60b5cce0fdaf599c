/* demo_names.c - invented people are called as people of the islands are: one word or several, few with a family's. */
#include "command/demo.h"

static const char *const women[] = {
	"Siti",   "Sri",     "Dewi",    "Nur",     "Ratna",    "Endang", "Rina",  "Wulan",    "Kartika",
	"Yuni",   "Lestari", "Indah",   "Fitri",   "Ani",      "Maria",  "Rahmi", "Dian",     "Tuti",
	"Hesti",  "Mega",    "Retno",   "Wati",    "Eka",      "Aisyah", "Yulia", "Theresia", "Lilis",
	"Neneng", "Murni",   "Puspita", "Rosmala", "Sulastri", "Titin",  "Umi",   "Vera",     "Winarti",
	"Nani",   "Ida",     "Hartati", "Mariam",  "Suryani",  "Cut",    "Upik",  "Desi",
};
static const char *const men[] = {
	"Agus",     "Budi",   "Slamet",   "Joko",   "Bambang", "Ahmad", "Muhammad", "Hendra",  "Eko",
	"Wahyu",    "Rudi",   "Suharto",  "Sugeng", "Yusuf",   "Imam",  "Hasan",    "Ridwan",  "Dedi",
	"Asep",     "Ujang",  "Johannes", "Markus", "Fajar",   "Teguh", "Sutrisno", "Mulyadi", "Herman",
	"Iskandar", "Zainal", "Arief",    "Irwan",  "Tri",     "Dwi",   "Heru",     "Anton",   "Parlindungan",
	"Rizal",    "Sarwo",  "Tono",     "Untung", "Viktor",  "Wawan", "Yanto",    "Ismail",
};
static const char *const lasts[] = {
	"Santoso",  "Wibowo",   "Nugroho",     "Hidayat", "Saputra",    "Setiawan",      "Kurniawan",   "Rahman",
	"Siregar",  "Nasution", "Simanjuntak", "Hutapea", "Panjaitan",  "Lubis",         "Harahap",     "Sembiring",
	"Ginting",  "Tanjung",  "Chaniago",    "Piliang", "Tampubolon", "Pattinasarany", "Latuconsina", "Rumbewas",
	"Wenda",    "Mandagi",  "Lontoh",      "Sumarno", "Prasetyo",   "Purnomo",       "Susanto",     "Suryadi",
	"Gunawan",  "Wijaya",   "Halim",       "Utomo",   "Subagyo",    "Hartono",       "Basuki",      "Firmansyah",
	"Ramadhan", "Maulana",  "Hakim",       "Fauzi",   "Anwar",      "Effendi",       "Djamaluddin", "Tahir",
	"Pratama",  "Permana",  "Suherman",    "Kusuma",  "Mahendra",   "Pertiwi",
};
static const char *const middles[] = { "Adi", "Putra", "Nur", "Tri", "Budi", "Dwi", "Eka", "Cahya", "Surya", "Jaya" };
/* First names of Bali by order of birth. */
static const char *const balinese[] = { "Wayan", "Made", "Nyoman", "Ketut" };

#define PICK(r, list) (list)[draw_below((r), (int)COUNT(list))]

static const char *first_name(struct draw *r, bool woman)
{
	return woman ? PICK(r, women) : PICK(r, men);
}

enum { ONE_WORD, TWO_WORDS, THREE_WORDS, BALINESE, OF_INITIAL };

void demo_name(const struct demo *d, const struct demo_person *p, struct buf *out)
{
	static const int shapes[] = { 13, 55, 22, 4, 6 };
	struct draw r = draw_from(d->seed, p->person - p->is_double, DRAW_NAME);
	int shape = draw_weighted(&r, shapes, COUNT(shapes));
	const char *first = first_name(&r, p->woman), *middle = PICK(&r, middles), *last = PICK(&r, lasts);
	if (shape == BALINESE)
		buf_printf(out, "%s %s %s", p->woman ? "Ni" : "I", PICK(&r, balinese), last);
	else if (shape == OF_INITIAL || (p->is_double && shape != ONE_WORD)) /* how the other file writes it */
		buf_printf(out, "%c. %s", first[0], last);
	else if (shape == ONE_WORD)
		buf_printf(out, "%s%s", first, p->is_double ? "o" : "");
	else if (shape == TWO_WORDS)
		buf_printf(out, "%s %s", first, last);
	else
		buf_printf(out, "%s %s %s", first, middle, last);
}
