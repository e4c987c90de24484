/**
 * Gives the log to whoever needs it, from any point, without a gap or a duplicate: the server beside each archive sends
 * history out of the recording's files, and the reader in each replica, gateway or tool joins it to the live stream.
 *
 * <pre>
 *   files ──▶ LogCursor ──▶ LogServer ══replay reply══▶ LogFetch ─┐
 *                              ▲                          │       ├─▶ EntryCheck ─▶ EntryOrder ─▶ EntryHandler
 *                              └══replay request══════════┘       │
 *                                   sequenced multicast ══▶ live ─┘
 * </pre>
 */
package io.lockstep.archive.read;
