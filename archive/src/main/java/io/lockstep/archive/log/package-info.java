/**
 * Reads the files of an archive: which recordings there are, which entries stand in them, and whether every byte is
 * what was recorded. Nothing here asks a running archive or uses Aeron's replay.
 *
 * <pre>
 *   archive directory            one recording                 the chain of epochs
 *   RecordingFiles ──▶ FrameScanner ──▶ EntryScanner ──▶ LogCursor ──▶ log server, index, verify, cat
 *   (catalogue,        (32-byte Aeron   (reassembly,      (density,
 *    segments)          frame headers)   CRC, epoch)       void tails)
 * </pre>
 */
package io.lockstep.archive.log;
