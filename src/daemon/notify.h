/* sd_notify without the library: one datagram to the socket that the supervisor named. */
#ifndef HF_DAEMON_NOTIFY_H
#define HF_DAEMON_NOTIFY_H

/* "READY=1", "STOPPING=1". Does nothing without NOTIFY_SOCKET. */
void hf_notify(const char *state);

#endif
