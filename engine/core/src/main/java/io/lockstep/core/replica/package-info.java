/** A copy of the user's state machine: takes the log in order, applies it, hands its outputs on. */
package io.lockstep.core.replica;
