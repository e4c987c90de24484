/**
 * The agents that move data between Aeron and the core: a sequencer, a replica, a gateway, and the threads they run
 * on.
 */
package io.lockstep.node.agent;
