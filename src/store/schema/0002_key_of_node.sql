-- The end of a node ends every key of it, also one that hangs on a registration of no node or of
-- another one: the index covers them all.
DROP INDEX key_of_node;
CREATE INDEX key_of_node ON key (node) WHERE state = 1;

PRAGMA user_version = 2;
