/**
 * Stored files: limits, types by content, hashes and who may see them. Owns the tables {@code attachment}, {@code evidence_directory} and {@code evidence_hold} and the files in the data
 * directory; publishes {@link EvidenceStored} and {@link EvidenceExpired}, runs the sweeper. Asks {@link EvidenceOwner}, which the owners of cases implement.
 */
@ApplicationModule(allowedDependencies = {"shared", "security"})
package org.manyi.evidence;

import org.springframework.modulith.ApplicationModule;
