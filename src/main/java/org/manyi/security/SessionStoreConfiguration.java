package org.manyi.security;

import java.security.SecureRandom;
import java.util.Base64;
import javax.sql.DataSource;
import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.session.SessionIdGenerator;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;

/** Sessions in the database, so that they outlive a node. */
@Configuration(proxyBeanMethods = false)
class SessionStoreConfiguration {

    private static final String ON_POSTGRESQL = """
            insert into %TABLE_NAME%_attributes (session_primary_id, attribute_name, attribute_bytes)
            values (?, ?, ?)
            on conflict (session_primary_id, attribute_name) do update set attribute_bytes = excluded.attribute_bytes
            """;

    private static final String ON_H2 = """
            merge into %TABLE_NAME%_attributes (session_primary_id, attribute_name, attribute_bytes)
            key (session_primary_id, attribute_name) values (?, ?, ?)
            """;

    /** As many letters as the column takes, from 216 random bits; the library's own are UUIDs of 122. */
    @Bean
    SessionIdGenerator sessionIds() {
        SecureRandom random = new SecureRandom();
        return () -> {
            byte[] bits = new byte[27];
            random.nextBytes(bits);
            return Base64.getUrlEncoder().encodeToString(bits);
        };
    }

    /** Two requests of one session that store the same attribute at once must not fail one another (Spring Session #1213). */
    @Bean
    SessionRepositoryCustomizer<JdbcIndexedSessionRepository> attributeUpserts(DataSource source)
            throws MetaDataAccessException {
        String url = JdbcUtils.extractDatabaseMetaData(source, metaData -> metaData.getURL());
        String upsert = DatabaseDriver.fromJdbcUrl(url) == DatabaseDriver.POSTGRESQL ? ON_POSTGRESQL : ON_H2;
        return sessions -> sessions.setCreateSessionAttributeQuery(upsert);
    }
}
