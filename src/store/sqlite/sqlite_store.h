/*
 * The store on SQLite: WAL, synchronous=FULL, one writer thread that commits what has gathered
 * (group commit), a read connection per worker, every key wrapped (threat rows STO-1, 2, 4, 5, 12).
 */
#ifndef HF_STORE_SQLITE_SQLITE_STORE_H
#define HF_STORE_SQLITE_SQLITE_STORE_H

#include "port/secure_environment.h"
#include "port/store.h"

struct hf_sqlite_store;

/*
 * Opens or creates `path` and migrates it. `exclusive`: a daemon; a second one is refused
 * (HF_ERR_CONFLICT). Operator commands open it beside a running daemon with `exclusive` false.
 * HF_ERR_CRYPTO  the root key is not the one this store was made with
 * HF_ERR_STORE   read-only, corrupt, a newer schema, disk full; hf_sqlite_store_fault tells
 */
HF_CHECKED hf_status hf_sqlite_store_open(const char *path, const struct hf_secure_environment *se,
                                          bool exclusive, struct hf_sqlite_store **out);
const char *hf_sqlite_store_fault(void); /* of the last failed open on this thread */
/* Commits what waits, joins the writer, closes. Accepts NULL. */
void hf_sqlite_store_close(struct hf_sqlite_store *s);

/*
 * A handle for one worker. Finished commits are handed back through `wake`, which is called on the
 * writer thread and must only make the worker call hf_sqlite_store_deliver soon.
 * wake NULL: commits are carried out within hf_store_commit (operator commands, tests).
 */
HF_CHECKED hf_status hf_sqlite_store_handle(struct hf_sqlite_store *s, void (*wake)(void *context),
                                            void *context, struct hf_store *out);
/*
 * Look-ups of one turn of the worker's loop share one snapshot, which halves their cost. `soon` is
 * called at the first of them; the worker then calls hf_sqlite_store_refresh before it sleeps. What
 * others commit is seen from the next turn on, what this worker is told of (deliver) at once.
 */
void hf_sqlite_store_share_snapshot(struct hf_store *handle, void (*soon)(void *context),
                                    void *context);
void hf_sqlite_store_refresh(struct hf_store *handle);
/* On the worker: calls `done` of every finished commit. */
void hf_sqlite_store_deliver(struct hf_store *handle);
void hf_sqlite_store_release(struct hf_store *handle);

/* Several commits in one transaction, all or nothing (imports); fills each st. */
HF_CHECKED hf_status hf_sqlite_store_commit_all(struct hf_sqlite_store *s,
                                                struct hf_commit *commits, size_t count);
/*
 * The same one by one, for more commits than memory holds; other writers wait from begin to end.
 * add carries out one commit and fills its st; a failed one undoes only itself. `done` is not
 * called. end with `keep` makes all of it durable, without nothing was ever done.
 */
HF_CHECKED hf_status hf_sqlite_store_begin(struct hf_sqlite_store *s);
void hf_sqlite_store_add(struct hf_sqlite_store *s, struct hf_commit *c);
HF_CHECKED hf_status hf_sqlite_store_end(struct hf_sqlite_store *s, bool keep);
/* Listings, in the order of creation, live and ended; filter: NULL or an exact node-id / entity /
 * id. */
enum hf_listing { HF_LIST_NODES, HF_LIST_CREDENTIALS, HF_LIST_REGISTRATIONS, HF_LIST_KEYS };
HF_CHECKED hf_status hf_sqlite_store_list(struct hf_sqlite_store *s, enum hf_listing which,
                                          const struct hf_store_visitor *v);
/* Walks the audit chain; HF_ERR_CRYPTO and *broken_at when a record was changed, cut or moved. */
HF_CHECKED hf_status hf_sqlite_store_check_audit(struct hf_sqlite_store *s, uint64_t *broken_at);

#endif
