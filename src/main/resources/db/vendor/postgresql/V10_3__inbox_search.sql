-- Searching contains, in Chinese: words of two characters are the rule and trigrams do not find them, so an index over all pairs of
-- neighbouring characters. What it finds is compared once more.
create function inbox_pairs(words text) returns text[] language sql immutable parallel safe as
    'select array(select substr(words, place, 2) from generate_series(1, length(words) - 1) place)';

-- New pairs wait in a list; a short one, since whoever fills it sorts it in.
create index inbox_task_search on inbox_task using gin (inbox_pairs(search::text)) with (gin_pending_list_limit = 256)
    where state = 'open';
