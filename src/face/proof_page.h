/* proof_page.h - the pages of proof; decision_pages.c lists them. Inner to their files. */
#ifndef MERIT_FACE_PROOF_PAGE_H
#define MERIT_FACE_PROOF_PAGE_H

#include "face/inside.h"

page_half proof_page_draw, proof_page_prepare, proof_page_write, proof_page_code, proof_sample_draw;

#endif
