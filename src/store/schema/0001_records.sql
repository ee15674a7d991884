-- Rows are never deleted: an ended record stays as a tombstone without its key, so that no
-- identifier ever returns. Times are seconds since 1970; 9223372036854775807 is never.
-- Lists are a sequence of texts, each after its length in two octets.
-- state: 1 live, 2 ended, 3 revoked.

CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;

CREATE TABLE authority (id INTEGER PRIMARY KEY, fqdn TEXT NOT NULL UNIQUE);

CREATE TABLE node (
    id         INTEGER PRIMARY KEY,
    authority  INTEGER NOT NULL,
    node_id    TEXT    NOT NULL,
    entities   BLOB    NOT NULL,
    has_cse    INTEGER NOT NULL,
    lifetime_s INTEGER NOT NULL,
    created_s  INTEGER NOT NULL,
    enrolled_s INTEGER NOT NULL,
    state      INTEGER NOT NULL
);
CREATE UNIQUE INDEX node_by_id ON node (authority, node_id);

-- Who claims an entity: one node of an authority. The claim of an ended node may be taken over.
CREATE TABLE entity (
    id        INTEGER PRIMARY KEY,
    authority INTEGER NOT NULL,
    entity    TEXT    NOT NULL,
    node      INTEGER NOT NULL
);
CREATE UNIQUE INDEX entity_by_name ON entity (authority, entity);
CREATE INDEX entity_of_node ON entity (node);

CREATE TABLE credential (
    id            INTEGER PRIMARY KEY,
    authority     INTEGER NOT NULL,
    credential_id TEXT    NOT NULL,
    node          INTEGER,
    key           BLOB,
    fingerprint   BLOB,
    suid          INTEGER NOT NULL,
    expires_s     INTEGER NOT NULL,
    require_pfs   INTEGER NOT NULL,
    issuer_key_id TEXT    NOT NULL,
    state         INTEGER NOT NULL
);
CREATE UNIQUE INDEX credential_by_id ON credential (authority, credential_id);
CREATE INDEX credential_by_fingerprint ON credential (fingerprint) WHERE fingerprint IS NOT NULL;
CREATE INDEX credential_of_node ON credential (node) WHERE state = 1;

-- `ended` is 0 while live and the row's id afterwards: at most one live row of a client and a
-- stakeholder, and the last one is found by the same index.
CREATE TABLE registration (
    id              INTEGER PRIMARY KEY,
    authority       INTEGER NOT NULL,
    ri              TEXT    NOT NULL,
    client          TEXT    NOT NULL,
    admin_fqdn      TEXT    NOT NULL,
    ended           INTEGER NOT NULL,
    node            INTEGER,
    credential_id   TEXT    NOT NULL,
    assigned_key_id TEXT    NOT NULL,
    labels          BLOB    NOT NULL,
    created_s       INTEGER NOT NULL,
    modified_s      INTEGER NOT NULL,
    expires_s       INTEGER NOT NULL,
    state           INTEGER NOT NULL
);
CREATE UNIQUE INDEX registration_by_ri ON registration (authority, ri);
CREATE UNIQUE INDEX registration_of_client ON registration (authority, client, admin_fqdn, ended);
CREATE INDEX registration_of_node ON registration (node) WHERE state = 1;

CREATE TABLE key (
    id           INTEGER PRIMARY KEY,
    authority    INTEGER NOT NULL,
    relative_id  TEXT    NOT NULL,
    source       TEXT    NOT NULL,
    registration INTEGER,
    node         INTEGER,
    admin_fqdn   TEXT    NOT NULL,
    targets      BLOB    NOT NULL,
    labels       BLOB    NOT NULL,
    key          BLOB,
    is_exported  INTEGER NOT NULL,
    suid         INTEGER NOT NULL,
    created_s    INTEGER NOT NULL,
    modified_s   INTEGER NOT NULL,
    expires_s    INTEGER NOT NULL,
    state        INTEGER NOT NULL
);
CREATE UNIQUE INDEX key_by_id ON key (authority, relative_id);
CREATE INDEX key_of_registration ON key (registration) WHERE state = 1;
-- Keys hang on registrations, and registrations on nodes; this one is for keys without.
CREATE INDEX key_of_node ON key (node) WHERE state = 1 AND registration IS NULL;

-- hash = SHA-256(hash of the row before, everything else in this row); the last one is
-- authenticated under the root key in meta, so that cutting the end is seen as well.
CREATE TABLE audit (
    id        INTEGER PRIMARY KEY,
    time_s    INTEGER NOT NULL,
    authority TEXT    NOT NULL,
    act       TEXT    NOT NULL,
    who       TEXT    NOT NULL,
    what      TEXT    NOT NULL,
    detail    TEXT    NOT NULL,
    hash      BLOB    NOT NULL
);

PRAGMA user_version = 1;
