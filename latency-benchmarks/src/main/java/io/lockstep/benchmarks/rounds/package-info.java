/**
 * Runs benchmarks in rounds, so that what is compared shares the machine's good and bad moments, and prints ratios.
 *
 * <pre>
 *   scripts/bench-micro ▶ [ BenchmarkRounds ] ▶ JMH, a round of everything, and again ▶ [ RatioTable ] ▶ [ SavedRun ]
 * </pre>
 */
package io.lockstep.benchmarks.rounds;
