/*
 * A listening TCP socket of one worker (SO_REUSEPORT): hands over accepted descriptors, bounded.
 */
#ifndef HF_NET_LISTENER_H
#define HF_NET_LISTENER_H

#include "base/status.h"

#include <stdbool.h>
#include <stdint.h>

struct event_base;
struct sockaddr;
struct hf_listener;

/* Owns `fd` now, which has TCP_NODELAY set; `peer` is borrowed. */
typedef void hf_listener_handler(int fd, const struct sockaddr *peer, void *owner);

/* `address` numeric. HF_ERR_SYSTEM: cannot bind (errno says). */
HF_CHECKED hf_status hf_listener_open(struct event_base *loop, const char *address, uint16_t port,
                                      hf_listener_handler *handler, void *owner,
                                      struct hf_listener **out);
/* The port it listens on; of use where `port` was 0. */
uint16_t hf_listener_port(const struct hf_listener *l);
/* Out of descriptors or at the half-open limit: stop accepting, and go on. */
void hf_listener_pause(struct hf_listener *l, bool paused);
void hf_listener_close(struct hf_listener *l);

#endif
