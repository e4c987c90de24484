/** What a user implements: a state machine that applies entries of the log and emits outputs. */
package io.lockstep.core.logic;
