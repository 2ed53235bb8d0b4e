-- The numbers of a year's works name the campaign, the node and the unit.
alter table inbox_case alter column case_number set data type varchar(100);
alter table inbox_case_unit alter column case_number set data type varchar(100);
alter table inbox_case_post alter column case_number set data type varchar(100);
alter table inbox_candidate alter column case_number set data type varchar(100);
alter table inbox_comment alter column case_number set data type varchar(100);
alter table inbox_task alter column case_number set data type varchar(100);
