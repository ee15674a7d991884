/*
 * The log: a fixed sentence, then pairs of name and value, one line each on standard error.
 * Values of peers are escaped (threat row INP-5); no key ever comes near it.
 *
 *     hf_log(HF_LOG_INFO, "handshake refused", "role", "maf", "reason", why, NULL);
 */
#ifndef HF_DAEMON_LOG_H
#define HF_DAEMON_LOG_H

#include <stdbool.h>

enum hf_log_level { HF_LOG_ERROR, HF_LOG_WARNING, HF_LOG_INFO, HF_LOG_DEBUG };

/* "error", "warning", "info", "debug"; false for another word. */
bool hf_log_level_parse(const char *word, enum hf_log_level *out);
void hf_log_set_level(enum hf_log_level level);
bool hf_log_is_on(enum hf_log_level level);
/* Pairs of `const char *`, ended by NULL; a NULL value is left out with its name. */
void hf_log(enum hf_log_level level, const char *sentence, ...) __attribute__((sentinel));

#endif
