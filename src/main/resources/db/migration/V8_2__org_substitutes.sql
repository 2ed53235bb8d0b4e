-- Who stands in for a person: asked wherever he could be given a task.
create index org_holding_by_absent on org_holding (substitute_for, until_day);
