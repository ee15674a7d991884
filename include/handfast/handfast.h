/*
 * libhandfast: a trust relationship between a device and an M2M service provider, and secure
 * associations for each application on it (oneM2M TS-0003). See libhandfast(3).
 */
#ifndef HANDFAST_HANDFAST_H
#define HANDFAST_HANDFAST_H

#include <handfast/device.h>
#include <handfast/session.h>
#include <handfast/status.h>
#include <handfast/task.h>

#endif
