-- What the record says of a refused send names every reason, and those can be a dozen.
ALTER TABLE audit_event ALTER COLUMN detail SET DATA TYPE VARCHAR(600);
