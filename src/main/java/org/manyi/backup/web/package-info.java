/** The system administrator's page of backups. */
package org.manyi.backup.web;
