-- Every step of a send writes each of its indexes again. Whoever asks for a state alone finds it by the first
-- column of send_by_expiry, and what is due by send_by_next_try.
DROP INDEX send_by_state;
