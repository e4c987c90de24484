/** Epochs and commit: whose stream counts, and how much of it a quorum of archives holds. */
package io.lockstep.core.epoch;
