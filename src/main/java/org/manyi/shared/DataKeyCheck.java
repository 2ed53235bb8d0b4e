package org.manyi.shared;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Refuses to start with another data key than the one this database was first used with: such a node would write names and phones that
 * no other node can read.
 */
@Component
public class DataKeyCheck implements SmartInitializingSingleton {

    private static final String PROOF = "manyi";

    private final JdbcClient jdbc;
    private final PersonalData personalData;

    DataKeyCheck(JdbcClient jdbc, PersonalData personalData) {
        this.jdbc = jdbc;
        this.personalData = personalData;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (kept() == null) {
            try {
                jdbc.sql("insert into data_key (id, proof) values (1, :proof)")
                        .param("proof", personalData.encrypt(PROOF))
                        .update();
            } catch (DuplicateKeyException e) {
                // Another node starts at the same time; its proof is compared like any other.
            }
        }
        String kept = kept();
        try {
            personalData.decrypt(kept);
        } catch (IllegalStateException e) {
            throw new StartRefusedException(
                    "This node's data key is not the one with which the names and phones in this database are encrypted.",
                    "Set MANYI_KEY to the key of the other nodes; where it was never set, to the content of the file manyi.key"
                            + " in the MANYI_DATA of the node that was there first.");
        }
        renew(kept);
    }

    /** After a change of the key the proof is the new one's: a node that knows the former key alone could not read what is written now. */
    private void renew(String kept) {
        String fresh = personalData.encrypt(PROOF);
        if (!kept.startsWith(fresh.substring(0, fresh.lastIndexOf(':')))) {
            jdbc.sql("update data_key set proof = :fresh where id = 1 and proof = :kept")
                    .param("fresh", fresh)
                    .param("kept", kept)
                    .update();
        }
    }

    /** Lets the next start come with another key; for a database in which nothing is encrypted yet. */
    public void forget() {
        jdbc.sql("delete from data_key").update();
    }

    private String kept() {
        return jdbc.sql("select proof from data_key where id = 1")
                .query(String.class)
                .optional()
                .orElse(null);
    }
}
