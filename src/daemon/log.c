#include "daemon/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/wire.h"

enum { LINE_MAX_LEN = 1024 };

static atomic_int threshold = HF_LOG_INFO;
static const char *const words[] = {"error", "warning", "info", "debug"};

bool hf_log_level_parse(const char *word, enum hf_log_level *out)
{
    for (size_t i = 0; i < HF_COUNT(words); i++)
        if (strcmp(words[i], word) == 0) {
            *out = (enum hf_log_level)i;
            return true;
        }
    return false;
}

void hf_log_set_level(enum hf_log_level level)
{
    atomic_store(&threshold, (int)level);
}

bool hf_log_is_on(enum hf_log_level level)
{
    return (int)level <= atomic_load_explicit(&threshold, memory_order_relaxed);
}

/* Printable ASCII as it is; quotes, backslashes and everything else as \xNN. */
static void put_value(struct hf_writer *w, const char *value)
{
    hf_put_u8(w, '"');
    for (const char *p = value; *p != '\0'; p++) {
        uint8_t c = (uint8_t)*p;

        if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') {
            hf_put_u8(w, c);
        } else {
            hf_put_text(w, "\\x");
            hf_put_hex(w, hf_bytes_of(&c, 1));
        }
    }
    hf_put_u8(w, '"');
}

static void put_time(struct hf_writer *w)
{
    struct timespec now;
    struct tm utc;
    char text[32];

    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &utc);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    hf_put_text(w, text);
}

void hf_log(enum hf_log_level level, const char *sentence, ...)
{
    char line[LINE_MAX_LEN];
    struct hf_writer w = hf_writer_over(line, sizeof line - 1);
    const char *name;
    va_list pairs;
    ssize_t ignored;

    if (!hf_log_is_on(level))
        return;
    put_time(&w);
    hf_put_u8(&w, ' ');
    hf_put_text(&w, words[level]);
    hf_put_u8(&w, ' ');
    hf_put_text(&w, sentence);
    va_start(pairs, sentence);
    while ((name = va_arg(pairs, const char *)) != NULL) {
        const char *value = va_arg(pairs, const char *);

        if (value == NULL)
            continue;
        hf_put_u8(&w, ' ');
        hf_put_text(&w, name);
        hf_put_u8(&w, '=');
        put_value(&w, value);
    }
    va_end(pairs);
    line[w.used] = '\n';
    ignored = write(STDERR_FILENO, line, w.used + 1); /* one write: lines of threads stay whole */
    (void)ignored;
}
