-- Holds all that is asked for, so that SQLite does not take the primary key for the shorter way and read every
-- account of the vendor.
DROP INDEX connection_account_by_account;
CREATE INDEX connection_account_by_account ON connection_account (vendor, account_id, user_id);
