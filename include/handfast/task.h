/*
 * Exchanges with the provider's servers, one task each. The caller owns the loop:
 *
 *     while (hf_task_step(t) == HF_WORKING)
 *         wait for hf_task_events(t) on hf_task_fd(t), at most hf_task_timeout_ms(t);
 *
 * hf_task_run is that loop over poll(2). A task may be freed at any time: what it has not finished
 * has not happened, and the key in force stays in force until a new one is proven.
 */
#ifndef HANDFAST_TASK_H
#define HANDFAST_TASK_H

#include <handfast/device.h>

#ifdef __cplusplus
extern "C" {
#endif

enum hf_progress { HF_WORKING, HF_DONE, HF_FAILED };

struct hf_task;

/*
 * Bootstrapping (founding text 1; TS-0003, 8.3.2): from the bootstrap credential to a long-term key
 * in the secure environment. While an enrolment with this provider is in force it does nothing and
 * says so (hf_task_was_current), but with `again`.
 */
HF_PUBLIC_CHECKED hf_status hf_bootstrap_start(struct hf_device *d, bool again,
                                               struct hf_task **out);
/*
 * A security association (founding text 2; TS-0003, 8.2.2.3) for one application with one target;
 * then hf_device_association tells its outputs. `lifetime_s` 0: a day.
 * HF_ERR_MALFORMED: an ID is not absolute.
 */
HF_PUBLIC_CHECKED hf_status hf_associate_start(struct hf_device *d, const char *ae,
                                               const char *target, uint32_t lifetime_s,
                                               struct hf_task **out);

enum hf_progress hf_task_step(struct hf_task *t);
int hf_task_fd(const struct hf_task *t);         /* -1: there is none now */
short hf_task_events(const struct hf_task *t);   /* POLLIN, POLLOUT */
int hf_task_timeout_ms(const struct hf_task *t); /* as poll takes it; -1: for ever */
bool hf_task_was_current(const struct hf_task *t);
/* Why it failed; an empty sentence before that. Lives as long as the task. */
const struct hf_report *hf_task_report(const struct hf_task *t);
/* Blocks until the task is over. */
enum hf_progress hf_task_run(struct hf_task *t);
void hf_task_free(struct hf_task *t); /* accepts NULL; closes and wipes */

#ifdef __cplusplus
}
#endif

#endif
