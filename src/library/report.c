#include "library/device_state.h"

#include <stdio.h>

hf_status hf_report_set(struct hf_report *r, hf_status st, const char *sentence, const char *clause,
                        const char *what_to_do)
{
    if (r == NULL)
        return st;
    *r = (struct hf_report){.status = st, .clause = clause, .what_to_do = what_to_do};
    snprintf(r->sentence, sizeof r->sentence, "%s", sentence);
    return st;
}
