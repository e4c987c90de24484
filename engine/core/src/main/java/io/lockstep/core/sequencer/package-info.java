/** The one place where commands get their order: sessions, deduplication, stamping. */
package io.lockstep.core.sequencer;
