/* The real clock and the real generator behind port/clock.h and port/random.h. */
#ifndef HF_DAEMON_SYSTEM_PORTS_H
#define HF_DAEMON_SYSTEM_PORTS_H

#include "port/clock.h"
#include "port/random.h"

struct hf_clock hf_system_clock(void);
struct hf_random hf_system_random(void);

#endif
