#include "cli/operator_import_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LINE_MEMORY_MAX = 1 << 18 };

static void remember_folder(struct hf_import_file *f)
{
    const char *slash = strrchr(f->path, '/');

    if (slash == NULL)
        snprintf(f->folder, sizeof f->folder, ".");
    else
        snprintf(f->folder, sizeof f->folder, "%.*s", (int)(slash - f->path) + 1, f->path);
}

hf_status hf_import_open(struct hf_import_file *f, const char *path)
{
    struct stat s;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    memset(f, 0, sizeof *f);
    f->path = path;
    if (fd < 0)
        return HF_ERR_SYSTEM;
    if (fstat(fd, &s) != 0 || !S_ISREG(s.st_mode) || (f->in = fdopen(fd, "r")) == NULL) {
        close(fd);
        errno = EINVAL;
        return HF_ERR_SYSTEM;
    }
    setvbuf(f->in, f->buffer, _IOFBF, sizeof f->buffer);
    f->size = (uint64_t)s.st_size;
    f->is_private = (s.st_mode & (S_IRWXG | S_IRWXO)) == 0 && s.st_uid == geteuid();
    remember_folder(f);
    return HF_OK;
}

void hf_import_close(struct hf_import_file *f)
{
    if (f->in != NULL)
        fclose(f->in);
    hf_wipe(f, sizeof *f);
}

/* One line without its end. HF_ERR_UNKNOWN: no more; HF_ERR_LIMIT: too long, and passed over. */
static hf_status next_line(struct hf_import_file *f, struct hf_bytes *out)
{
    size_t len = 0;
    bool is_long = false;
    int c = getc_unlocked(f->in);

    if (c == EOF)
        return ferror(f->in) ? HF_ERR_SYSTEM : HF_ERR_UNKNOWN;
    for (; c != EOF && c != '\n'; c = getc_unlocked(f->in), f->position++) {
        if (len < HF_IMPORT_LINE_MAX)
            f->text[len++] = (char)c;
        else
            is_long = true;
    }
    f->position++;
    f->line++;
    if (len > 0 && f->text[len - 1] == '\r')
        len--;
    *out = hf_bytes_of(f->text, len);
    if (f->line == 1 && hf_bytes_start_with(*out, HF_LITERAL("\xef\xbb\xbf")))
        *out = hf_bytes_from(*out, 3); /* a byte order mark, as spreadsheets write it */
    return is_long ? HF_ERR_LIMIT : HF_OK;
}

static bool is_nothing(struct hf_bytes line)
{
    for (size_t i = 0; i < line.len; i++)
        if (line.at[i] != ' ' && line.at[i] != '\t')
            return line.at[i] == '#';
    return true;
}

static hf_status read_fields(struct hf_import_file *f, struct hf_bytes line, struct hf_arena *a,
                             struct hf_import_fields *out, char *fault)
{
    return f->is_csv ? hf_import_read_csv(line, &f->columns, a, out, fault)
                     : hf_import_read_json(line, a, out, fault);
}

static bool visit_line(struct hf_import_file *f, struct hf_bytes line,
                       const struct hf_import_rules *rules, hf_import_visit *visit, void *context)
{
    char fault[HF_IMPORT_FAULT_MAX] = "";
    struct hf_arena a;
    struct hf_import_fields fields;
    struct hf_import_record record = {0};
    hf_status st;
    bool go_on;

    hf_arena_init(&a, LINE_MEMORY_MAX);
    st = read_fields(f, line, &a, &fields, fault);
    if (st == HF_OK)
        st = hf_import_judge(rules, &fields, &a, &record, fault);
    if (st != HF_OK && fault[0] == '\0')
        snprintf(fault, sizeof fault, "%s", hf_status_sentence(st));
    go_on = visit(context, f->line, &record, &a, fault);
    hf_secret_wipe(&record.credential.key);
    hf_wipe(&fields, sizeof fields);
    hf_arena_done(&a);
    return go_on;
}

/* The first line that says something: an object, or the header of a table. */
static hf_status read_first(struct hf_import_file *f, struct hf_bytes line, hf_import_visit *visit,
                            void *context)
{
    char fault[HF_IMPORT_FAULT_MAX] = "";
    struct hf_arena a;
    hf_status st;

    hf_arena_init(&a, LINE_MEMORY_MAX);
    st = hf_import_read_header(line, &a, &f->columns, fault);
    if (st != HF_OK)
        (void)visit(context, f->line, NULL, &a, fault);
    hf_arena_done(&a);
    return st;
}

hf_status hf_import_walk(struct hf_import_file *f, struct hf_import_rules *rules,
                         hf_import_visit *visit, void *context)
{
    struct hf_bytes line;
    bool is_first = true, go_on = true;
    hf_status st = HF_OK;

    rewind(f->in);
    f->line = 0;
    f->position = 0;
    rules->file_is_private = f->is_private;
    rules->folder = f->folder;
    while (go_on && (st = next_line(f, &line)) != HF_ERR_UNKNOWN && st != HF_ERR_SYSTEM) {
        if (st == HF_ERR_LIMIT) {
            go_on = visit(context, f->line, NULL, NULL, "the line is longer than 32 KiB");
        } else if (!is_nothing(line)) {
            f->is_csv = is_first ? line.at[0] != '{' : f->is_csv;
            if (is_first && f->is_csv)
                HF_TRY(read_first(f, line, visit, context));
            else
                go_on = visit_line(f, line, rules, visit, context);
            is_first = false;
        }
    }
    st = st == HF_ERR_SYSTEM ? HF_ERR_SYSTEM : HF_OK;
done:
    hf_wipe(f->text, sizeof f->text);
    return st;
}
