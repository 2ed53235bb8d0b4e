-- Every how many months a long-term matter is reported on, where triage chose it for this issue; null for the setting.
alter table issue add column report_months integer;
