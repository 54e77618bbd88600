-- What came in a burst is 'ARRIVED' at first: it is on disk, but in no line yet, and may be a repetition.
CREATE INDEX inbox_arrived ON inbox (id) WHERE state = 'ARRIVED';
