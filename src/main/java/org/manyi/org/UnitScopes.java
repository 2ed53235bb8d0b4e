package org.manyi.org;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps {@code org_unit_scope}: for every unit the keys of those who see it. Written in the transaction that changes the unit, so
 * that a list never shows what it should not.
 */
@Component
class UnitScopes {

    private static final int BATCH = 500;

    private final JdbcClient jdbc;

    UnitScopes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Works out the keys of these units anew. */
    void refresh(Collection<String> unitCodes) {
        List<String> codes = new ArrayList<>(unitCodes);
        for (int start = 0; start < codes.size(); start += BATCH) {
            write(codes.subList(start, Math.min(start + BATCH, codes.size())));
        }
    }

    private void write(List<String> codes) {
        jdbc.sql("delete from org_unit_scope where unit_code in (:codes)")
                .param("codes", codes)
                .update();
        jdbc.sql("""
                        insert into org_unit_scope (unit_code, scope_key)
                        select code, 'unit:' || code from org_unit where code in (:codes)
                        union
                        select code, 'district:' || code from org_unit where code in (:codes) and type = 'DISTRICT'
                        union
                        select s.code, 'district:' || d.code from org_unit s join org_unit d on d.code = s.parent_code
                         where s.code in (:codes) and s.type = 'SCHOOL' and d.type = 'DISTRICT'
                        union
                        select s.code, 'remit:' || k.remit from org_unit s join org_kind k on k.code = s.kind
                         where s.code in (:codes)
                        union
                        select d.code, 'remit:' || r.code from org_unit d join org_remit r on r.department_code = d.code
                         where d.code in (:codes) and d.type = 'DEPARTMENT'
                        union
                        select c.school_code, c.post_key from org_contact c where c.school_code in (:codes)
                        """).param("codes", codes).update();
    }
}
