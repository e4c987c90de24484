/**
 * Latency of a whole path under an open load: one generator, one message, one way of measuring, and subjects that take
 * turns at it.
 *
 * <pre>
 *   BenchCommand ▶ a worker process for each subject ▶ Subject ◀▶ LoadClient ▶ histogram ▶ ratios, report
 * </pre>
 */
package io.lockstep.benchmarks.path;
