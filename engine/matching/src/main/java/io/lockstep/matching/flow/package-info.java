/**
 * Order flow in and results out, beside the message path: a recorded or synthetic session of one symbol, how its rows
 * become commands, and the files of fills and best prices that a run leaves.
 *
 * <pre>
 * FlowSource ─▶ FlowCommand ─▶ FlowEncoder ─▶ (DirectMatch or a running system) ─▶ FlowRecorder ─▶ FillsWriter
 *                                                                                              └▶ BboWriter
 * </pre>
 */
package io.lockstep.matching.flow;
