/**
 * Benchmarks. Each is a class with a {@code main} that the Maven profile {@code bench} runs by its simple name, on a PostgreSQL of its own
 * that writes through to the disk; what it prints goes to {@code target/bench} as well. Comparisons are made within one run, in
 * alternating rounds: the rates of a shared machine move too much for any other.
 */
package org.manyi.bench;
