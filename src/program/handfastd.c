/* handfastd: the roles of an M2M service provider in one process. */
#include <errno.h>
#include <getopt.h>
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "daemon/log.h"
#include "daemon/notify.h"
#include "daemon/supervise.h"

enum {
    EXIT_USAGE = 2,
    EXIT_CONFIGURATION = 78,
    CONFIG_ARENA_MAX = 1 << 20,
    HEAP_KEPT = 4 << 20, /* of each thread: else its heap is cut and grown at every commit */
};

static const char help[] =
    "handfastd - trust for machines: enrolment (MEF), authentication (MAF), gateway\n"
    "\n"
    "  1. A machine leaves the factory with one credential: a certificate or a pre-shared key.\n"
    "  2. It bootstraps once: the MEF makes it a known node with a long-term key Km.\n"
    "  3. Each application on it associates: the MAF registers a short-term key Kc for one "
    "target.\n"
    "  4. It talks: the gateway fetches Kc from the MAF and tells the CSE who is really calling.\n"
    "\n"
    "usage: handfastd --config FILE [--check | --show-config]\n"
    "\n"
    "  --config FILE   the configuration, YAML; `handfast init` makes one\n"
    "  --check         read and check everything it names, start nothing\n"
    "  --show-config   print the effective configuration with an explanation of each option\n"
    "  --version       print the version\n"
    "\n"
    "SIGHUP reloads certificates, anchors and revocation lists; SIGTERM drains and ends.\n"
    "exit: 0 ended in order, 1 failed, 2 usage, 78 configuration\n";

static void say(void *context, const char *line)
{
    (void)context;
    fprintf(stderr, "%s\n", line);
}

/* No core dump, no debugger of the same user: keys live here (threat row HOST-1). */
static void harden(void)
{
    const struct rlimit none = {0, 0};

    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0);
    signal(SIGPIPE, SIG_IGN);
    mallopt(M_TRIM_THRESHOLD, HEAP_KEPT);
}

static int check(const struct hf_config *c)
{
    struct hf_materials *m;

    if (hf_materials_load(c, &m, say, NULL) != HF_OK)
        return EXIT_CONFIGURATION;
    hf_materials_free(m);
    puts("the configuration is good");
    return EXIT_SUCCESS;
}

static int with_configuration(const char *path, bool only_check, bool only_show)
{
    struct hf_config config;
    struct hf_arena arena;
    enum hf_log_level level;
    int code = EXIT_CONFIGURATION;

    hf_arena_init(&arena, CONFIG_ARENA_MAX);
    if (hf_config_read(path, &arena, &config, say, NULL) == HF_OK) {
        if (hf_log_level_parse(config.log_level, &level))
            hf_log_set_level(level);
        if (only_show) {
            hf_config_show(&config, stdout);
            code = EXIT_SUCCESS;
        } else {
            code = only_check ? check(&config) : hf_supervise(&config, say, NULL);
        }
    }
    hf_arena_done(&arena);
    return code;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"config",      required_argument, NULL, 'c'},
        {"check",       no_argument,       NULL, 'k'},
        {"show-config", no_argument,       NULL, 's'},
        {"help",        no_argument,       NULL, 'h'},
        {"version",     no_argument,       NULL, 'v'},
        {NULL,          0,                 NULL, 0  }
    };
    const char *config = NULL;
    bool only_check = false, only_show = false;
    int option;

    harden();
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 'c')
            config = optarg;
        else if (option == 'k')
            only_check = true;
        else if (option == 's')
            only_show = true;
        else if (option == 'h' || option == 'v')
            return fputs(option == 'h' ? help : "handfastd " HF_VERSION "\n", stdout) < 0;
        else
            return EXIT_USAGE;
    }
    if (config == NULL || optind != argc) {
        fputs("handfastd: --config FILE is due; --help tells more\n", stderr);
        return EXIT_USAGE;
    }
    return with_configuration(config, only_check, only_show);
}
