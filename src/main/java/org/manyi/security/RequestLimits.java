package org.manyi.security;

import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What one person may ask of one node, by pages and by tokens together, and one address of what is open to strangers.
 *
 * @param everything all requests but those for the front end's files
 * @param doors what costs more than others, by a name of its own; counted beside {@code everything}
 * @param strangers what costs and is open without a login, by a name of its own; counted by the client's address
 */
@ConfigurationProperties("manyi.limits")
record RequestLimits(
        Budget everything,
        @DefaultValue Map<String, Door> doors,
        @DefaultValue Map<String, Door> strangers) {

    /**
     * How much.
     *
     * @param perMinute in the long run
     * @param atOnce after a pause
     */
    record Budget(int perMinute, int atOnce) {}

    /**
     * Some requests, which share a budget.
     *
     * @param method in capitals; GET includes HEAD
     * @param paths patterns as in the access policy
     * @param parameter counts only requests in which it is given and not blank; null for all
     * @param budget never null
     */
    record Door(String method, List<String> paths, String parameter, Budget budget) {}
}
