/**
 * The loop: the aggregate with its rows, the handlers of its tasks, and the step beans that the diagrams call.
 */
package org.manyi.issue.process;
