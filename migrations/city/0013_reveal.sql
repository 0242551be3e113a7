-- How often somebody looked at who reported requests, without reading the whole log.

CREATE INDEX event_reveal ON event.event (actor, recorded_at) WHERE kind = 'contact.revealed';
