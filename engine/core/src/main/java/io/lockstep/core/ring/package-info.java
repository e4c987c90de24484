/**
 * The replica's ring buffer, between the stream and whatever consumes entries on threads of their own.
 *
 * <pre>
 *   image ▶ producer ▶ [ EntryRing ] ▶ logic ▶ hash, trace, drop copy   (each behind the ones it depends on)
 * </pre>
 */
package io.lockstep.core.ring;
