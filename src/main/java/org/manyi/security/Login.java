package org.manyi.security;

/**
 * Somebody who came in.
 *
 * @param user who, with the roles and posts of now
 * @param epoch the account's epoch: once the account's is another, this login is over
 * @param passwordDue true when nothing is open to him before he has chosen another password
 */
record Login(CurrentUser user, int epoch, boolean passwordDue) {}
