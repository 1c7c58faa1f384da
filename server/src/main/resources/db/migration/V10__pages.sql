-- What a page of a wallet reads, whatever else the wallet has. Runs on H2 and on PostgreSQL.

-- Which transactions concern which wallet, in the order of its history. newness grows towards the top: of a transaction
-- in a block it is height × 2^20 + place, of one that waits it is 2^52 + seen_at.
CREATE TABLE chain_entry (
  txid VARCHAR(64) NOT NULL REFERENCES chain_tx (txid),
  wallet_id VARCHAR(32) NOT NULL,
  newness BIGINT NOT NULL,
  PRIMARY KEY (txid, wallet_id)
);

INSERT INTO chain_entry (txid, wallet_id, newness)
  SELECT t.txid, o.wallet_id, CASE WHEN t.height IS NULL THEN 4503599627370496 + t.seen_at
    ELSE CAST(t.height AS BIGINT) * 1048576 + t.place END
  FROM (SELECT txid, wallet_id FROM chain_coin UNION SELECT spender, wallet_id FROM chain_spend) o
  JOIN chain_tx t ON t.txid = o.txid;

CREATE INDEX chain_entry_newest ON chain_entry (wallet_id, newness DESC, txid);
ALTER TABLE chain_entry ADD CONSTRAINT chain_entry_wallet FOREIGN KEY (wallet_id) REFERENCES chain_wallet (wallet_id);

-- Whether any known transaction spends the coin.
ALTER TABLE chain_coin ADD COLUMN spent BOOLEAN DEFAULT FALSE NOT NULL;
UPDATE chain_coin SET spent = TRUE WHERE EXISTS
  (SELECT 1 FROM chain_spend s WHERE s.txid = chain_coin.txid AND s.vout = chain_coin.vout);
CREATE INDEX chain_coin_by_spent ON chain_coin (wallet_id, spent);

-- With the amount, sums over an address need its index alone.
DROP INDEX chain_coin_by_address;
CREATE INDEX chain_coin_by_address ON chain_coin (wallet_id, branch, address_index, amount);
