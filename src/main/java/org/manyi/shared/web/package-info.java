/** Answers to refusals and errors, for pages and API alike, and the request's id in the logs. */
package org.manyi.shared.web;
