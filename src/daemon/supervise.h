/* Starts the workers, waits for signals, drains. */
#ifndef HF_DAEMON_SUPERVISE_H
#define HF_DAEMON_SUPERVISE_H

#include "daemon/deployment.h"

/* Runs until SIGTERM or SIGINT. The exit code of the process: 0, 1 failed, 78 configuration. */
int hf_supervise(const struct hf_config *c, hf_say *say, void *context);

#endif
