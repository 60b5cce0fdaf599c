/* banned.h - calls that this house does not make; included before every file by the build. */
#ifndef MERIT_BASE_BANNED_H
#define MERIT_BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifndef MERIT_BANNED_OFF
#undef strcpy
#undef strcat
#undef strncpy
#undef strncat
#undef strtok
#undef sprintf
#undef vsprintf
#undef atoi
#undef atol
#undef atof
#undef gets
#undef system
#undef localtime
#undef gmtime
#undef ctime
#undef asctime
#pragma GCC poison strcpy strcat strncpy strncat strtok sprintf vsprintf atoi atol atof system localtime gmtime ctime  \
	asctime
#endif

#endif
