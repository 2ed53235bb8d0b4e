/** The auditor's page. */
package org.manyi.audit.web;
