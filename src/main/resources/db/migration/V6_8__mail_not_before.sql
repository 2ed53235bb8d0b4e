-- Business time before which a mail waits because its recipient is not to be disturbed; null when it goes at once.
alter table mail add column not_before timestamp with time zone;
