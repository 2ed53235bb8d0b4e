alter table mail alter column case_number set data type varchar(100);
